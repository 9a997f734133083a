//! What time did: keys that are due, that were never replaced, that nobody uses.

use chrono::{NaiveDate, TimeDelta};
use keyturn_core::{Credential, FieldValue, RotationStage};

use super::{Found, Patient};

/// After so many days a key that has no interval counts as never rotated.
const A_YEAR: i64 = 365;

/// After so long a credential counts as unused.
const UNUSED_AFTER: TimeDelta = TimeDelta::days(90);

/// Its date has passed, and its replacement is not in use yet.
pub(super) fn overdue(patient: &Patient<'_>) -> Found {
    let credential = patient.credential;
    let due = patient.policies.due(credential)?.on;
    let stage = credential.rotating.as_ref().map(|rotating| rotating.stage);
    let is_replaced = matches!(stage, Some(RotationStage::Promoted | RotationStage::Retiring));
    let days = (patient.today - due).num_days();
    if days <= 0 || is_replaced {
        return None;
    }
    let ago = if days == 1 { "yesterday".to_owned() } else { format!("{days} days ago") };
    let under_way = if stage.is_some() { "; its replacement is under way" } else { "" };
    Some((
        format!("It was due on {due}, {ago}{under_way}."),
        format!("Replace it: `keyturn rotate {}`.", credential.reference()),
    ))
}

/// It is the only one that there ever was here, and old. One that is overdue is told of once.
pub(super) fn never_rotated(patient: &Patient<'_>) -> Found {
    let credential = patient.credential;
    if credential.versions.len() != 1
        || credential.rotation.age_only
        || credential.rotating.is_some()
        || !holds_secrets(credential)
        || overdue(patient).is_some()
    {
        return None;
    }
    let since = in_use_since(credential)?;
    let days = (patient.today - since).num_days();
    let limit = patient.policies.interval_days(credential).map_or(A_YEAR, i64::from);
    (days > limit).then(|| {
        (
            format!("The key was never replaced; it is {days} days old, since {since}."),
            format!(
                "Replace it: `keyturn rotate {0}`. To be reminded the next time: `keyturn edit {0} --rotate-every 90d`.",
                credential.reference()
            ),
        )
    })
}

/// Nobody used it through this Keyturn for a long time, and it has been here for that long.
pub(super) fn unused(patient: &Patient<'_>) -> Found {
    let credential = patient.credential;
    let seen = patient.seen.of_credential(credential.id);
    let last = seen.first().map(|one| one.last_used_at);
    let since = last.unwrap_or(credential.created_at);
    if patient.now - since < UNUSED_AFTER {
        return None;
    }
    let finding = match last {
        Some(last) => {
            format!("Nobody used it through this Keyturn since {}.", last.format("%-d %b %Y"))
        }
        None => format!(
            "Nobody ever used it through this Keyturn; it was added on {}.",
            credential.created_at.format("%-d %b %Y")
        ),
    };
    let reference = credential.reference();
    Some((
        finding,
        format!(
            "If nobody needs it, end it at its provider and remove it: `keyturn remove {reference}`. If others use it, write them down: `keyturn consumers {reference} --add NAME`."
        ),
    ))
}

fn holds_secrets(credential: &Credential) -> bool {
    credential.fields.iter().any(|field| !matches!(field.value, FieldValue::Open(_)))
}

/// The day of issue, or else the day on which it was stored.
fn in_use_since(credential: &Credential) -> Option<NaiveDate> {
    let stored = credential.versions.first().map(|version| version.stored_at.date_naive());
    credential.rotation.issued_on.or(stored)
}
