//! What can be said of a status that the profile has no row for.

use crate::diagnose::Diagnosis;
use crate::schema::answer::KeyturnAction;

pub(super) fn meaning(status: u16) -> Diagnosis {
    let (meaning, action, keyturn) = match status {
        200..=299 => ("The provider accepted the request.", "", KeyturnAction::None),
        300..=399 => (
            "The provider points to another address; Keyturn does not follow, since secrets would go along.",
            "Check the path, and the environment's address.",
            KeyturnAction::None,
        ),
        400 | 422 => (
            "The provider did not understand the request.",
            "Check its query and body against the provider's documentation.",
            KeyturnAction::None,
        ),
        401 => (
            "The provider does not accept who sent this; its profile has no closer meaning for this answer.",
            "Check the credential at the provider.",
            KeyturnAction::None,
        ),
        403 => (
            "The provider refuses this; its profile has no closer meaning for this answer.",
            "Check what this credential may do at the provider.",
            KeyturnAction::None,
        ),
        404 => ("There is nothing at this path.", "Check the path.", KeyturnAction::None),
        429 => ("Too many requests.", "Wait, and send less often.", KeyturnAction::BackOff),
        500..=599 => (
            "The provider has trouble of its own.",
            "Try again later; if it goes on, ask the provider.",
            KeyturnAction::BackOff,
        ),
        _ => (
            "The provider's profile has no meaning for this answer.",
            "Look the status up in the provider's documentation.",
            KeyturnAction::None,
        ),
    };
    said(meaning, action, keyturn)
}

/// What a refusal means of a request that asked for a token without the secrets that buy one.
pub(super) fn without_secrets() -> Diagnosis {
    said(
        "This path issues tokens, and the request did not carry the stored secrets that buy one.",
        "Let `keyturn token REF` ask for it: it sends them as the provider wants them.",
        KeyturnAction::None,
    )
}

fn said(meaning: &str, action: &str, keyturn: KeyturnAction) -> Diagnosis {
    Diagnosis {
        meaning: meaning.to_owned(),
        action: action.to_owned(),
        row: None,
        keyturn,
        credential_refused: false,
        refused: false,
        provider_says: None,
        retry_at: None,
        // No document stands behind a general meaning.
        verified: false,
        notes: Vec::new(),
    }
}
