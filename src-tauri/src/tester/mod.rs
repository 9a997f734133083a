//! The request tester's share of the shell: bodies of answers, the contents of files, reading and writing
//! requests as text, and taking a request back.
//!
//! It refuses to send anything itself, and to give a page a whole body. Where to look next: `body/` for what
//! is shown of an answer, `send` for the way to the agent, `turns` for taking a request back, `import` and
//! `written` for requests as text.

mod answer;
pub(crate) mod body;
mod call;
pub(crate) mod compare;
mod copy;
pub(crate) mod import;
pub(crate) mod save;
pub(crate) mod send;
mod turns;
#[cfg(test)]
mod wire;
pub(crate) mod written;

pub(crate) use answer::{ShownKept, TesterAnswer};
pub(crate) use body::{
    Bodies, Body, BodyForm, BodyHits, BodyImage, BodyLines, BodyRow, FoldedBody,
};
pub(crate) use call::TesterRequest;
pub(crate) use compare::AnswerRef;
pub(crate) use copy::copied;
pub(crate) use import::{ImportedDocument, ImportedView};
pub(crate) use turns::Turns;
