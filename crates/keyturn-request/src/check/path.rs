//! A path in JSON (RFC 9535) that may be asked of an answer of a stranger.
//!
//! A path is the user's, and a body the provider's: what is refused here is what lets a small path and a
//! hostile body cost more than they are worth. So a path looks everywhere (`..`) at most once and never
//! in a filter, a filter looks at nothing but what it filters, and brackets are neither deep nor many.
//! What selects a value in several ways is asked of a small body alone: each way is a list of its own.

use serde_json::Value;
use serde_json_path::JsonPath;

use super::CheckError;
use super::quotes::Quotes;

/// The longest path, in bytes.
const LONGEST: usize = 300;
/// How deep brackets and parentheses may lie in each other.
const DEEPEST: usize = 4;
/// In how many ways the same value may be selected.
const MOST_WAYS: usize = 32;
/// How many values may be looked at, each as often as there are ways to select it.
const MOST_LOOKS: usize = 6_000_000;

/// A path that was checked.
pub(super) struct Path {
    path: JsonPath,
    ways: usize,
}

impl Path {
    /// Reads a path.
    pub(super) fn of(text: &str) -> Result<Self, CheckError> {
        if text.len() > LONGEST {
            return Err(CheckError::PathTooWide);
        }
        let shape = Shape::of(text);
        if shape.deepest > DEEPEST || shape.ways > MOST_WAYS || shape.is_wide {
            return Err(CheckError::PathTooWide);
        }
        let path = JsonPath::parse(text).map_err(|_| CheckError::Path)?;
        Ok(Self { path, ways: shape.ways })
    }

    /// What it finds, in the order of the document; `None` where it would look at too much. A document
    /// has at most so many values.
    pub(super) fn of_value<'value>(
        &self,
        value: &'value Value,
        values: usize,
    ) -> Option<Vec<&'value Value>> {
        // One way is bounded by what a document may take in memory.
        let fits = self.ways == 1 || self.ways.saturating_mul(values) <= MOST_LOOKS;
        fits.then(|| self.path.query(value).all())
    }
}

/// What can be told of a path without reading it.
struct Shape {
    deepest: usize,
    ways: usize,
    is_wide: bool,
}

impl Shape {
    fn of(text: &str) -> Self {
        let mut shape = Self { deepest: 0, ways: 1, is_wide: false };
        // For each open bracket or parenthesis: how many selectors it has, if it is a bracket.
        let mut open: Vec<Option<usize>> = Vec::new();
        // And which of them has a wildcard already.
        let mut wild: Vec<bool> = Vec::new();
        let (mut quotes, mut before) = (Quotes::default(), ' ');
        let mut everywhere = 0_usize;
        let mut in_filter = false;
        for c in text.chars().skip(1) {
            if quotes.covers(c) {
                before = ' ';
                continue;
            }
            match c {
                '[' | '(' => {
                    open.push((c == '[').then_some(1));
                    wild.push(false);
                }
                ']' | ')' => {
                    wild.pop();
                    if let Some(Some(selectors)) = open.pop() {
                        shape.ways = shape.ways.saturating_mul(selectors);
                    }
                    in_filter &= !open.is_empty();
                }
                ',' => {
                    if let Some(Some(selectors)) = open.last_mut() {
                        *selectors += 1;
                    }
                }
                // `.*` is no selector of the bracket that it stands in.
                '*' if before != '.' => {
                    if let Some(wild) = wild.last_mut() {
                        shape.is_wide |= std::mem::replace(wild, true);
                    }
                }
                '?' => in_filter = true,
                '$' => shape.is_wide = true,
                '.' if before == '.' => {
                    everywhere += 1;
                    shape.is_wide |= in_filter || everywhere > 1;
                }
                _ => {}
            }
            shape.deepest = shape.deepest.max(open.len());
            before = c;
        }
        shape
    }
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, Instant};

    use super::*;

    #[test]
    fn what_would_look_too_far_is_refused() {
        for wide in [
            "$..a..b",
            "$[?@..a]",
            "$[?$.a == 1]",
            "$[?@.a == $.b]",
            "$[[[[[[",
            "$[?((((@.a))))]",
            "$[0,0,0,0][0,0,0,0][0,0,0,0]",
            "$..[*,*]",
            "$..[ * , 0, * ]",
        ] {
            assert_eq!(Path::of(wide).err(), Some(CheckError::PathTooWide), "{wide}");
        }
        let long = format!("$.{}", "a".repeat(LONGEST));
        assert_eq!(Path::of(&long).err(), Some(CheckError::PathTooWide));
        for none in ["", "a", ".a", "$.", "$[", "$['a", "$.a b", "$[?match(@.a, 'x')]"] {
            assert_eq!(Path::of(none).err(), Some(CheckError::Path), "{none:?}");
        }
        for fine in [
            "$",
            "$..id",
            "$['a..b$', 1]",
            "$.a[?@.b == 'x..y' && @.c > 1].d",
            "$[-1:]",
            "$[*][*]",
            "$..[?@[*]][*]",
            "$[?@.*, *]",
        ] {
            assert!(Path::of(fine).is_ok(), "{fine}");
        }
    }

    #[test]
    fn what_is_selected_in_several_ways_is_asked_of_few_values_alone() {
        let value = serde_json::json!([1, 2]);
        let looks = |path: &str, values| Path::of(path).unwrap().of_value(&value, values).is_some();
        let (few, many) = (MOST_LOOKS / 16, MOST_LOOKS / 8);
        let sixteen = format!("$..[{}]", ["0:"; 16].join(","));
        assert!(looks(&sixteen, few) && !looks(&sixteen, many));
        assert!(looks("$..[*]", MOST_LOOKS * 2), "one way is as long as the document");
    }

    #[test]
    fn no_path_of_the_longest_kind_takes_long_to_read() {
        let started = Instant::now();
        for piece in ["(", "[", "[?", "[?(", "[?!(", "..", "[*]", "[?@", "[?@.a==", "'", "\\", "$"]
        {
            let text: String = format!("${}", piece.repeat(LONGEST));
            for length in [10, 50, 299] {
                drop(Path::of(text.get(..length).unwrap()));
            }
        }
        let nested = "$[?((@.a) || (@.b)) && !(@.c[?@.d])]";
        drop(Path::of(nested));
        // Generous, since a test says nothing of a busy machine: without the limits it takes for ever.
        assert!(started.elapsed() < Duration::from_secs(20));
    }
}
