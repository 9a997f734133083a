//! Passphrases: typed without echo, or from standard input.

use keyturn_core::SecretString;
use keyturn_protocol::ApiError;

use crate::context::Context;
use crate::failure::usage;
use crate::input::{ask_secret, secret_from_stdin};

const INSTEAD: &str = "Give it on standard input with --passphrase-stdin.";

/// Gets the passphrase that opens the vault.
pub(crate) fn existing(context: &Context, stdin: bool) -> Result<SecretString, ApiError> {
    if stdin { from_stdin("the passphrase") } else { ask_secret(context, "Passphrase", INSTEAD) }
}

/// Gets a new passphrase; at a terminal it is typed twice.
pub(crate) fn new(context: &Context, stdin: bool) -> Result<SecretString, ApiError> {
    if stdin {
        return from_stdin("the passphrase");
    }
    let first = ask_secret(context, "New passphrase", INSTEAD)?;
    let second = ask_secret(context, "Once more", INSTEAD)?;
    if first.expose() != second.expose() {
        return Err(usage("the two passphrases differ", "Nothing was made; try again."));
    }
    Ok(first)
}

/// Reads what must not be empty from standard input.
pub(crate) fn from_stdin(what: &str) -> Result<SecretString, ApiError> {
    let read = secret_from_stdin()?;
    if read.is_empty() {
        return Err(usage(format!("{what} on standard input is empty"), "Nothing was changed."));
    }
    Ok(read)
}
