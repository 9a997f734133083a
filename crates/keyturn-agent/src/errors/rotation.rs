//! What is told where a step of a rotation is not taken.

use keyturn_core::rotation::NotNow;
use keyturn_engine::RotationError;
use keyturn_protocol::ErrorCode;

pub(super) fn of_rotation(error: &RotationError) -> ErrorCode {
    match error {
        RotationError::NoneUnderWay { .. } => ErrorCode::NotFound,
        RotationError::FutureDay { .. }
        | RotationError::NothingGiven
        | RotationError::NotReplaced { .. }
        | RotationError::SameKey { .. } => ErrorCode::InvalidInput,
        RotationError::NotNow(NotNow::NotVerified | NotNow::OldKeyUntested)
        | RotationError::OldUntested { .. }
        | RotationError::EmergencyOpen { .. }
        | RotationError::NewKeyStored { .. }
        | RotationError::WordNeeded { .. }
        | RotationError::EndNeedsWord { .. }
        | RotationError::ConsumersBehind { .. } => ErrorCode::ConfirmationNeeded,
        RotationError::Refused { .. } | RotationError::OldRefused { .. } => {
            ErrorCode::CredentialRefused
        }
        RotationError::Unclear { .. } | RotationError::AnotherKey { .. } => {
            ErrorCode::ProviderAnswer
        }
        RotationError::NotNow(_) | RotationError::UnderWay { .. } => ErrorCode::RefusedByPolicy,
        RotationError::Overtaken => ErrorCode::Internal,
    }
}

pub(super) fn rotation_hint(error: &RotationError) -> String {
    match error {
        RotationError::NoneUnderWay { reference } => {
            format!("Begin one with `keyturn rotate {reference} --start`.")
        }
        RotationError::NotNow(error) => not_now_hint(*error).to_owned(),
        RotationError::FutureDay { .. } => "Name the day on which you asked.".to_owned(),
        RotationError::NothingGiven => "Give the new key on standard input, or type it.".to_owned(),
        RotationError::NotReplaced { reference, .. }
        | RotationError::UnderWay { reference, .. } => {
            format!(
                "`keyturn rotate {reference}` shows what goes on and what comes next; --store takes the new key."
            )
        }
        RotationError::SameKey { .. } => {
            "Copy the new one; the last four characters tell them apart.".to_owned()
        }
        RotationError::NewKeyStored { .. } => {
            "Say --yes if the one that is stored is not the right one. Nothing was changed."
                .to_owned()
        }
        RotationError::WordNeeded { .. } => {
            "Try the new key yourself, then say --verify --by-word.".to_owned()
        }
        RotationError::EndNeedsWord { .. } => {
            "End the old key at the provider, then say --retire --by-word.".to_owned()
        }
        RotationError::Refused { action, .. } => {
            format!("{action} The new key stays stored; --store takes another one.")
                .trim()
                .to_owned()
        }
        RotationError::OldUntested { .. } => not_now_hint(NotNow::OldKeyUntested).to_owned(),
        RotationError::EmergencyOpen { .. } => {
            "Say --yes if the key did not fall into wrong hands after all. Nothing was changed."
                .to_owned()
        }
        RotationError::OldRefused { .. } => {
            "Nothing was changed: go on with the new key.".to_owned()
        }
        RotationError::Unclear { action, .. } => {
            format!("{action} Try again, or say --by-word if you know that it works.")
                .trim()
                .to_owned()
        }
        RotationError::AnotherKey { .. } => {
            "Compare both; say --by-word if it is the right one.".to_owned()
        }
        RotationError::ConsumersBehind { reference, .. } => format!(
            "Give it to them first and tick them with `keyturn consumers {reference} --has-new ID`, or say --yes."
        ),
        RotationError::Overtaken => "Look where it stands, then try again.".to_owned(),
    }
}

const fn not_now_hint(error: NotNow) -> &'static str {
    match error {
        NotNow::NoSupport => "Make the key at the provider, then --store it.",
        NotNow::Issued => "Go on with --verify.",
        NotNow::NotIssued => "Store it with --store.",
        NotNow::NotVerified => "Test it with --verify, or say --by-word if you know that it works.",
        NotNow::Confirmed | NotNow::NothingToConfirm => "Go on with --promote.",
        NotNow::NotConfirmed => "Tell the support, then note that with --confirm.",
        NotNow::Promoted => "Go on with --retire.",
        NotNow::NotPromoted => "Put it in use with --promote.",
        NotNow::OldKeyUntested => {
            "Say --yes if you know that the old key works: the new one is forgotten. Nothing was changed."
        }
        NotNow::OldKeyEnded => "Go on with the new key; it stays stored.",
    }
}
