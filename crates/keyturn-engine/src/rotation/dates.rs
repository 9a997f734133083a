//! The dates of the key in use follow it: a promoted key is due by its own day of issue.

use keyturn_core::Credential;
use keyturn_core::rotation::{KeyDates, Rotation};

/// Gives the credential the dates of the key that comes into use, and keeps those of the other one.
pub(super) fn exchange(credential: &mut Credential, rotation: &mut Rotation) {
    let policy = &mut credential.rotation;
    let came = rotation.other_dates;
    rotation.other_dates = KeyDates {
        issued_on: policy.issued_on,
        expires_on: policy.expires_on,
        replace_on: policy.replace_on,
    };
    policy.issued_on = came.issued_on;
    policy.expires_on = came.expires_on;
    policy.replace_on = came.replace_on;
    // What was said of the other key's day says nothing of this one's.
    credential.reminded_of = None;
}
