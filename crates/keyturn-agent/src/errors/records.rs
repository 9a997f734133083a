//! What is told where the trash or a history stays as it is.

use keyturn_engine::{HistoryError, TrashError};
use keyturn_protocol::ErrorCode;

pub(super) const fn of_trash(error: &TrashError) -> ErrorCode {
    match error {
        TrashError::NameTaken { .. } => ErrorCode::AlreadyExists,
        TrashError::NeedsYes { .. } => ErrorCode::ConfirmationNeeded,
        _ => ErrorCode::NotFound,
    }
}

pub(super) fn trash_hint(error: &TrashError) -> String {
    match error {
        TrashError::NameTaken { reference, .. } => {
            format!("Give it one: `keyturn trash restore {reference} --as NAME`.")
        }
        TrashError::NeedsYes { .. } => {
            "Say --yes if that is what you want. Nothing was deleted.".to_owned()
        }
        _ => "`keyturn trash list` shows what there is.".to_owned(),
    }
}

pub(super) const fn of_history(error: &HistoryError) -> ErrorCode {
    match error {
        HistoryError::NoVersion { .. } => ErrorCode::NotFound,
        HistoryError::NeedsYes { .. } => ErrorCode::ConfirmationNeeded,
        _ => ErrorCode::RefusedByPolicy,
    }
}

pub(super) fn history_hint(error: &HistoryError) -> String {
    match error {
        HistoryError::NoVersion { reference, .. } => {
            format!("`keyturn history {reference}` lists them.")
        }
        HistoryError::InUse { .. } => "Nothing was changed.".to_owned(),
        HistoryError::NotYet { reference, .. } => {
            format!("`keyturn rotate {reference} --promote` puts it in use.")
        }
        HistoryError::NeedsYes { .. } => {
            "Say --yes if that is what you want. Nothing was changed.".to_owned()
        }
        _ => "Get a new key from the provider, and store it with `keyturn rotate`.".to_owned(),
    }
}
