//! One credential's lane.

use chrono::{DateTime, Utc};
use keyturn_core::Credential;
use keyturn_core::rotation::{Due, counts_since};

use super::{Known, Lane, events, overlap};

/// Draws the lane of a credential.
pub(super) fn of(known: &Known<'_>, credential: &Credential, due: Option<Due>) -> Lane {
    let due_on = due.map(|due| due.on);
    let window_from = due
        .and_then(|due| known.leads.of(due.on, counts_since(credential, due.reason)).next())
        .map(|lead| lead.on);
    Lane {
        reference: credential.reference(),
        state: known.policies.state(credential, known.today),
        from: credential
            .rotation
            .issued_on
            .unwrap_or_else(|| known.days.day(stored_at(credential))),
        until: credential.rotation.expires_on,
        due_on,
        window_from,
        overlap: credential.rotating.as_ref().and_then(overlap::known),
        events: events::of(known, credential, due),
    }
}

/// When the key in use was stored.
pub(super) fn stored_at(credential: &Credential) -> DateTime<Utc> {
    credential.copied_at().unwrap_or(credential.created_at)
}
