//! Writes a stretch of a body as a line, with the marks of what was searched for.

use std::ops::Range;

use super::pieces::Kind;
use super::search::Hits;
use super::text::without_break;
use super::units::{Reading, Unit, Units};

/// A line while it is written.
#[derive(Default)]
pub(super) struct Writing {
    pub(super) text: String,
    /// Start and length in UTF-16 units, as pages count.
    pub(super) marks: Vec<(u32, u32)>,
    columns: u32,
}

impl Writing {
    pub(super) fn push_str(&mut self, text: &str) {
        self.text.push_str(text);
        self.columns += u32::try_from(text.encode_utf16().count()).unwrap_or(0);
    }

    fn push(&mut self, unit: Unit<'_>) {
        match unit {
            Unit::Sign(sign) => {
                self.text.push(sign);
                self.columns += u32::try_from(sign.len_utf16()).unwrap_or(0);
            }
            Unit::Together(text) => self.push_str(text),
        }
    }
}

/// Writes one stretch behind what is there.
pub(super) fn written(
    writing: &mut Writing,
    text: &str,
    stretch: Range<usize>,
    is_json: bool,
    kind: Kind,
    hits: Option<&Hits>,
) {
    let reading = match (is_json, kind) {
        (false, _) => Reading::Plain,
        (true, Kind::ContinuedString) => Reading::JsonString,
        (true, _) => Reading::Json,
    };
    let mut line = text.get(stretch.clone()).unwrap_or_default();
    if !is_json {
        line = without_break(line);
    }
    let mut hits = hits.into_iter().flat_map(|hits| hits.within(stretch.clone())).peekable();
    let mut begun = None;
    for (at, unit) in Units::new(line, reading) {
        let at = stretch.start + at;
        if let (Some(from), Some(hit)) = (begun, hits.peek())
            && hit.end <= at
        {
            writing.marks.push((from, writing.columns - from));
            begun = None;
            hits.next();
        }
        if begun.is_none() && hits.peek().is_some_and(|hit| hit.start <= at && at < hit.end) {
            begun = Some(writing.columns);
        }
        writing.push(unit);
    }
    if let Some(from) = begun {
        writing.marks.push((from, writing.columns - from));
    }
}
