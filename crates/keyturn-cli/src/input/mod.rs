//! How values come in that may not be arguments: prompts without echo, standard input, questions.
//!
//! Nothing here passes through a buffer that is not wiped, except the terminal's own.

pub(crate) mod fields;
pub(crate) mod file;
pub(crate) mod passphrase;
mod stdin;
mod terminal;

pub(crate) use stdin::{body_from_stdin, bytes_from_stdin, secret_from_stdin, text_from_stdin};

use std::io::{self, Write};

use keyturn_core::SecretString;
use keyturn_protocol::{ApiError, Call, Client, ErrorCode};

use crate::context::Context;
use crate::failure::usage;

/// Asks for a secret without echo; `instead` names the flag for when nobody can be asked.
pub(crate) fn ask_secret(
    context: &Context,
    what: &str,
    instead: &str,
) -> Result<SecretString, ApiError> {
    if !context.can_ask() {
        return Err(usage(format!("{what} is needed, and nobody can be asked for it"), instead));
    }
    let typed = terminal::read_hidden(&format!("{what}: ")).map_err(|error| not_read(&error))?;
    let typed = SecretString::new(typed.to_string());
    if typed.is_empty() {
        return Err(usage(format!("{what} is empty"), "Nothing was changed; try again."));
    }
    Ok(typed)
}

/// Asks a question that is answered with yes or no; anything but yes is no.
pub(crate) fn confirm(question: &str) -> Result<bool, ApiError> {
    let answer = ask_line(&format!("{question} [y/N] "))?;
    Ok(matches!(answer.trim().to_lowercase().as_str(), "y" | "yes"))
}

/// Makes a call; asks the question where it needs a yes that was not given. `call` takes the yes.
pub(crate) fn call_with_yes<C: Call>(
    context: &Context,
    agent: &mut Client,
    yes: bool,
    question: &str,
    call: impl Fn(bool) -> C,
) -> Result<C::Answer, ApiError> {
    match agent.call(call(yes)) {
        Err(error) if error.code == ErrorCode::ConfirmationNeeded && context.can_ask() => {
            context.output.note("note", &error.message);
            if confirm(question)? { agent.call(call(true)) } else { Err(error) }
        }
        answer => answer,
    }
}

/// Asks for a line that may be seen.
pub(crate) fn ask_line(prompt: &str) -> Result<String, ApiError> {
    let mut line = String::new();
    write!(io::stderr(), "{prompt}").map_err(|error| not_read(&error))?;
    let length = io::stdin().read_line(&mut line).map_err(|error| not_read(&error))?;
    if length == 0 {
        return Err(ApiError::new(ErrorCode::ConfirmationNeeded, "the question was not answered")
            .hint("Nothing was changed; try again."));
    }
    Ok(line)
}

fn not_read(error: &io::Error) -> ApiError {
    usage(format!("the terminal cannot be read: {error}"), "Nothing was changed; try again.")
}
