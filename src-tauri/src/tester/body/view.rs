//! What the page is told of a body: which forms it has, and some of its lines at a time.

use std::fmt;

use serde::{Deserialize, Serialize};

/// A body that the shell holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub(crate) struct ShownBody {
    /// Names it until the vault is locked, or until newer ones need its room.
    pub(crate) id: u64,
    /// How many bytes it has.
    pub(crate) bytes: u64,
    /// What the answer says that it is.
    pub(crate) media_type: Option<String>,
    /// The forms that it can be shown in.
    pub(crate) forms: Vec<BodyForm>,
    /// The one to begin with.
    pub(crate) form: BodyForm,
    /// What has to be known about it, in sentences: JSON that breaks off, bytes that are no text.
    pub(crate) remarks: Vec<String>,
}

/// A form in which a body is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(test, derive(ts_rs::TS))]
pub(crate) enum BodyForm {
    /// JSON, laid out and foldable.
    Json,
    /// Text as it came.
    Text,
    /// Its bytes.
    Hex,
    /// A picture.
    Image,
}

/// Some lines of a body.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub(crate) struct BodyLines {
    /// How many rows are visible now.
    pub(crate) total: u32,
    /// How many characters the longest line has; at most a thousand.
    pub(crate) longest: u32,
    /// The row of the first one.
    pub(crate) from: u32,
    /// The lines.
    pub(crate) lines: Vec<BodyLine>,
}

/// One line, of at most a thousand characters.
#[derive(PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub(crate) struct BodyLine {
    /// Its number among all, hidden ones too, from 0.
    pub(crate) line: u32,
    /// What it says, without its indentation.
    pub(crate) text: String,
    /// Whether it goes on with the one above, which was too long.
    pub(crate) continued: bool,
    /// How deep it lies.
    pub(crate) depth: u32,
    /// Whether it can be folded, and is.
    pub(crate) fold: Option<Fold>,
    /// How many lines it hides, or would.
    pub(crate) hides: u32,
    /// Where the text that was searched for stands: start and length in UTF-16 units.
    pub(crate) marks: Vec<(u32, u32)>,
}

impl fmt::Debug for BodyLine {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        // What it says may be personal data.
        formatter
            .debug_struct("BodyLine")
            .field("line", &self.line)
            .field("depth", &self.depth)
            .field("fold", &self.fold)
            .field("marks", &self.marks)
            .finish_non_exhaustive()
    }
}

/// Whether what can be folded is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(test, derive(ts_rs::TS))]
pub(crate) enum Fold {
    /// What is inside is shown.
    Open,
    /// It is hidden.
    Closed,
}

/// What folding came to.
#[derive(Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub(crate) struct FoldedBody {
    /// How many rows are visible now.
    pub(crate) total: u32,
}

/// What was found.
#[derive(Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub(crate) struct BodyHits {
    /// How often it was found, at most 10,000 times.
    pub(crate) hits: u32,
    /// Whether there are more.
    pub(crate) most: bool,
    /// The line of each, in order.
    pub(crate) rows: Vec<u32>,
}

/// Where a line is shown.
#[derive(Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub(crate) struct BodyRow {
    /// Its row among the visible ones.
    pub(crate) row: u32,
}

/// A picture, for an `img`.
#[derive(Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub(crate) struct BodyImage {
    /// Its address, which holds all of it.
    pub(crate) data_url: String,
}
