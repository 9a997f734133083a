//! What is told where a request is not saved.

use keyturn_engine::SavedRequestError;
use keyturn_protocol::ErrorCode;

pub(super) const fn of_saved(error: &SavedRequestError) -> ErrorCode {
    match error {
        SavedRequestError::NotThere { .. } | SavedRequestError::NoEnvironment { .. } => {
            ErrorCode::NotFound
        }
        SavedRequestError::NameTaken { .. } => ErrorCode::AlreadyExists,
        SavedRequestError::Authenticates { .. } | SavedRequestError::Secret { .. } => {
            ErrorCode::RefusedByPolicy
        }
        _ => ErrorCode::InvalidInput,
    }
}

pub(super) fn saved_hint(error: &SavedRequestError) -> String {
    match error {
        SavedRequestError::NotThere { reference, .. } => {
            format!("`keyturn saved {reference}` lists what is saved.")
        }
        SavedRequestError::NoEnvironment { known, .. } => {
            format!("Known: {}. Nothing was saved.", known.join(", "))
        }
        SavedRequestError::NameTaken { .. } => {
            "Choose another name, or replace that one. Nothing was saved.".to_owned()
        }
        SavedRequestError::TooMany | SavedRequestError::TooLargeTogether => "Remove one first. Nothing was saved.".to_owned(),
        SavedRequestError::Authenticates { .. } => {
            "Leave it out: the recipe puts the provider's authentication in. Nothing was saved."
                .to_owned()
        }
        SavedRequestError::Secret { .. } => {
            "Take it out: the recipe puts the secret in when the request is sent. What is no secret \
             though it looks so can be a variable, given each time. Nothing was saved."
                .to_owned()
        }
        _ => "Nothing was saved.".to_owned(),
    }
}
