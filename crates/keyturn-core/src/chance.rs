//! The one source of chance for what is no secret: how long to wait before trying again.

/// Draws numbers. Injected like the clock, so that a test knows what is drawn.
pub trait Chance: Send + Sync {
    /// A number from 0 up to, but without, 1; each as likely as any other.
    fn draw(&self) -> f64;
}

/// The operating system's randomness.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemChance;

impl Chance for SystemChance {
    fn draw(&self) -> f64 {
        // Without randomness the middle: waiting too evenly is no reason to fail.
        getrandom::u32().map_or(0.5, |number| f64::from(number) / (f64::from(u32::MAX) + 1.0))
    }
}

/// Draws the same number every time.
#[derive(Debug, Clone, Copy)]
pub struct FixedChance(pub f64);

impl Chance for FixedChance {
    fn draw(&self) -> f64 {
        self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_drawn_lies_below_one_and_differs() {
        let drawn: Vec<f64> = (0..100).map(|_| SystemChance.draw()).collect();
        assert!(drawn.iter().all(|number| (0.0..1.0).contains(number)));
        assert!(drawn.iter().any(|number| (number - drawn[0]).abs() > f64::EPSILON));
    }
}
