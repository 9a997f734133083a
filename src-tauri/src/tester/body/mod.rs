//! Bodies of answers. The shell holds them, and a page gets the lines that it shows: whatever a body is, at
//! most four hundred lines of a thousand characters.
//!
//! Nothing here is ever read as anything but text, bytes or a picture. Where to look next: `store` for which
//! are held, `shown` for one of them, `json` for its layout, `view` for what the page is told.

mod decode;
mod folds;
mod hex;
mod image;
mod json;
mod pieces;
mod search;
mod shown;
mod store;
#[cfg(test)]
pub(super) mod tests;
mod text;
mod units;
mod view;
mod write;

pub(crate) use shown::Body;
pub(crate) use store::Bodies;
pub(crate) use view::{BodyForm, BodyHits, BodyImage, BodyLines, BodyRow, FoldedBody, ShownBody};
