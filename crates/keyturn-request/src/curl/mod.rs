//! cURL commands, as browsers and documentation write them, for Bash and for the Windows command prompt.
//!
//! [`line`](fn@line) says what a command's arguments are; [`import`] makes a request of them. Who looks for the
//! credential in a command takes the arguments alone.
//!
//! Why no library: those that split a shell's words know neither `$'…'`, as browsers write, nor the
//! Windows prompt; curl-parser knows seven options and drops the others without a word.

mod address;
mod bash;
mod error;
mod form;
mod header;
mod import;
mod line;
mod options;
mod pieces;
mod windows;

pub use bash::Dollar;
pub use error::CurlError;
pub(crate) use header::left_to_the_sender;
pub(crate) use import::without_credentials;
pub use import::{LONGEST_COMMAND, import};
pub use line::{Argument, Line, is_command, line};
pub use options::{About, Known};
