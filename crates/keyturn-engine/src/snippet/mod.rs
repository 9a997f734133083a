//! Tokens and fields in the form that a tool wants them in.
//!
//! Code forms read the environment; no form writes a client id or a secret into source code
//! (acceptance X9). A form that would run in a browser or mobile application comes with a warning
//! (X6).

mod code;
mod fields;
mod forms;
mod quote;
mod token;

pub(crate) use code::{Authentication, CodeParts};
pub(crate) use fields::{named_fields, render_fields};
pub(crate) use forms::snippets;
pub use forms::{Snippet, SnippetForm};
pub(crate) use token::{TokenParts, render_token};
