//! A line for each figure: the number of its bar, what it is, how much, and what it is held to.

use std::io::{self, Write as _};
use std::time::Instant;

/// What is said in place of a bar's number where the plan states a figure outside its list of bars.
pub(crate) const UNNUMBERED: &str = "-";

/// Prints a figure, the most that it may be, and whether it is more.
pub(crate) fn held(bar: &str, what: &str, value: f64, unit: &str, at_most: f64) {
    let verdict = if value <= at_most { "ok" } else { "MISSED" };
    let limit = with_unit(&at_most.to_string(), unit);
    line(bar, what, &figure(value, unit), &format!("≤ {limit:<12} {verdict}"));
}

/// Prints a figure that another one is compared with, or that explains one.
pub(crate) fn told(bar: &str, what: &str, value: f64, unit: &str, why: &str) {
    line(bar, what, &figure(value, unit), why);
}

/// Prints that a test holds a bar, and where that test is.
pub(crate) fn tested(bar: &str, file: &str) {
    let (number, what) = bar.split_once(", ").unwrap_or((UNNUMBERED, bar));
    line(number, what, "test", file);
}

/// The middle one of the values.
pub(crate) fn median(values: Vec<f64>) -> f64 {
    quantile(values, 2)
}

/// What one value in twenty exceeds.
pub(crate) fn ninety_fifth(values: Vec<f64>) -> f64 {
    quantile(values, 20)
}

/// What one value in `parts` exceeds.
fn quantile(mut values: Vec<f64>, parts: usize) -> f64 {
    values.sort_by(f64::total_cmp);
    let at = values.len().saturating_sub(1 + values.len() / parts);
    values.get(at).copied().unwrap_or(f64::NAN)
}

/// The milliseconds since then.
pub(crate) fn milliseconds(begun: Instant) -> f64 {
    begun.elapsed().as_secs_f64() * 1_000.0
}

/// A count as a figure.
pub(crate) fn counted(count: u64) -> f64 {
    u32::try_from(count).map_or(f64::INFINITY, f64::from)
}

fn figure(value: f64, unit: &str) -> String {
    let digits = match unit {
        "" => 0,
        "×" => 2,
        _ if value >= 100.0 => 0,
        _ => 1,
    };
    with_unit(&format!("{value:.digits$}"), unit)
}

fn with_unit(text: &str, unit: &str) -> String {
    if unit.is_empty() { text.to_owned() } else { format!("{text} {unit}") }
}

fn line(bar: &str, what: &str, figure: &str, note: &str) {
    // Nothing can be done where stdout is closed.
    drop(writeln!(io::stdout(), "{bar:>2}  {what:<48} {figure:>10}   {note}"));
}
