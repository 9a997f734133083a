//! What a page sends: an argument of a command, refused in the same words as everything else.
//!
//! Tauri's own refusal is a bare text that may quote what was sent, secrets included. This one is an
//! [`ApiError`] that quotes nothing.

use keyturn_core::NameError;
use keyturn_protocol::{ApiError, ErrorCode};
use serde::Deserialize;
use tauri::Runtime;
use tauri::ipc::{CommandArg, CommandItem, InvokeError};

/// An argument of a command.
#[derive(Debug)]
pub(crate) struct Input<T>(pub(crate) T);

impl<'de, R: Runtime, T: Deserialize<'de>> CommandArg<'de, R> for Input<T> {
    fn from_command(item: CommandItem<'de, R>) -> Result<Self, InvokeError> {
        T::deserialize(item).map(Self).map_err(|error| refused(&error).into())
    }
}

/// Passes on what is wrong with a name, which is what a person can type wrongly; of the rest serde's
/// words would quote the input.
fn refused(error: &serde_json::Error) -> ApiError {
    let names = [
        NameError::Empty,
        NameError::TooLong,
        NameError::BadCharacter,
        NameError::Reserved,
        NameError::NotAReference,
    ];
    let text = error.to_string();
    match names.iter().find(|name| name.to_string() == text) {
        Some(name) => {
            ApiError::new(ErrorCode::InvalidInput, name.to_string()).hint("Choose another name.")
        }
        None => ApiError::new(ErrorCode::InvalidInput, "what was entered was not understood")
            .hint("Check dates and numbers."),
    }
}

#[cfg(test)]
mod tests {
    use keyturn_core::CredentialName;
    use serde_json::json;

    use super::*;

    #[test]
    fn a_name_that_is_too_long_is_refused_in_the_words_for_names() {
        let error = CredentialName::deserialize(json!("x".repeat(500))).unwrap_err();
        let refused = refused(&error);
        assert_eq!(refused.code, ErrorCode::InvalidInput);
        assert_eq!(refused.message, "a name has at most 64 characters");
    }

    #[test]
    fn a_refusal_never_quotes_what_was_sent() {
        let error = u32::deserialize(json!("canary-7x9z")).unwrap_err();
        assert!(error.to_string().contains("canary"), "positive control: serde quotes it");
        assert!(!format!("{:?}", refused(&error)).contains("canary"));
    }
}
