//! Which characters of a path stand within quotes, where brackets and dots mean themselves.

/// Where in a text one is.
#[derive(Default)]
pub(super) struct Quotes {
    open: Option<char>,
    escaped: bool,
}

impl Quotes {
    /// Goes one character further: tells whether it stands within quotes or is one.
    pub(super) fn covers(&mut self, c: char) -> bool {
        let Some(open) = self.open else {
            if matches!(c, '\'' | '"') {
                self.open = Some(c);
            }
            return self.open.is_some();
        };
        if self.escaped {
            self.escaped = false;
        } else if c == '\\' {
            self.escaped = true;
        } else if c == open {
            self.open = None;
        }
        true
    }
}
