//! Mistakes in the words of a command: clap's messages, in text or as JSON, with exit status 2.

use std::ffi::OsString;

use clap::error::{ContextKind, ContextValue, ErrorKind};
use keyturn_protocol::{ApiError, ErrorCode};

use crate::args::wants;
use crate::exit::Status;
use crate::output::{ColorChoice, Output, OutputFormat};

/// Tells what is wrong with the words, or prints the help that was asked for.
pub(crate) fn report(mut error: clap::Error, words: &[OsString]) -> Status {
    if !error.use_stderr() {
        // Help and version are results; a reader that left early is no failure.
        drop(error.print());
        return Status::Done;
    }
    // It would advise to pass the option as a value, which no command of ours takes.
    drop(error.remove(ContextKind::Suggested));
    let error = &error;
    let json = wants(words, "--format", "json");
    let stray = is_stray_word(error);
    if json || stray {
        let format = if json { OutputFormat::Json } else { OutputFormat::Text };
        Output::new(format, ColorChoice::Auto).error(&as_api_error(error, stray));
    } else {
        drop(error.print());
    }
    Status::Usage
}

/// Whether a word too many stands there. It may be a secret that somebody typed as an argument, so
/// it is not repeated: terminals scroll into logs.
fn is_stray_word(error: &clap::Error) -> bool {
    let invalid = error.get(ContextKind::InvalidArg);
    error.kind() == ErrorKind::UnknownArgument
        && matches!(invalid, Some(ContextValue::String(word)) if !word.starts_with('-'))
}

fn as_api_error(error: &clap::Error, stray: bool) -> ApiError {
    if stray {
        return ApiError::new(ErrorCode::InvalidInput, "there is a word too many")
            .hint("Secrets are never given as arguments: see `keyturn COMMAND --help`.");
    }
    if matches!(
        error.kind(),
        ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand | ErrorKind::MissingSubcommand
    ) {
        return ApiError::new(ErrorCode::InvalidInput, "a command is missing")
            .hint("See `keyturn --help`.");
    }
    let text = error.render().to_string();
    let said = text.split("\n\n").next().unwrap_or_default().trim_start_matches("error:");
    let message = said.split_whitespace().collect::<Vec<_>>().join(" ");
    ApiError::new(ErrorCode::InvalidInput, message).hint("See `keyturn --help`.")
}
