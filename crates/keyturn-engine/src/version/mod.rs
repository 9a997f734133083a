//! The versions of a credential's secrets: which there were, where each stands, what tells them apart.
//!
//! Whoever stores or moves secrets notes it here, in the same transaction. A number belongs to one set of
//! values for ever: it is never given again, also not after a way back. What is kept of a version is its
//! last four characters (machine-made keys of twelve characters or more alone) and fingerprints that mean
//! nothing outside of this vault; never a value. Nothing of a password outlives the password itself.

mod fill;
mod holder;

#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use keyturn_core::{
    Credential, FieldName, FieldValue, Fingerprint, KeyStanding, KeyVersion, SecretFields,
    last_four,
};
use keyturn_providers::{FieldKind, Profile};
use keyturn_vault::Vault;

pub(crate) use fill::fill;
pub(crate) use holder::holders;

use crate::EngineError;

/// Notes the secrets that are in use from now on; what was in use before is retired. To be called after
/// the fields and `secret_version` are those of the new secrets; the version gets another number where
/// that one was given already.
pub(crate) fn note_current(
    vault: &Vault,
    profile: &Profile,
    credential: &mut Credential,
    secrets: &SecretFields,
    at: DateTime<Utc>,
) {
    let number = credential.secret_version.max(highest(credential).saturating_add(1));
    let mut version = KeyVersion {
        number,
        stored_at: at,
        standing: KeyStanding::Current,
        since: at,
        never_used: false,
        last_fours: last_fours(Some(profile), credential, secrets),
        fingerprints: fingerprints(vault, secrets),
    };
    credential.secret_version = number;
    if let Some(at) = credential.versions.iter().position(|old| is_same_key(old, &version)) {
        let old = credential.versions.remove(at);
        if !old.fingerprints.is_empty() {
            version.stored_at = old.stored_at;
        }
        for consumer in &mut credential.consumers {
            consumer.version =
                consumer.version.map(|it| if it == old.number { number } else { it });
        }
    }
    stand(credential, KeyStanding::Current, KeyStanding::Retired, at);
    credential.versions.push(version);
}

/// Notes the secrets that are stored beside those in use; answers their version's number. The same
/// secrets again are the same version, others retire the ones that stood there.
pub(crate) fn note_next(
    vault: &Vault,
    profile: &Profile,
    credential: &mut Credential,
    secrets: &SecretFields,
    at: DateTime<Utc>,
) -> Result<u32, EngineError> {
    fill(vault, Some(profile), credential)?;
    let fingerprints = fingerprints(vault, secrets);
    if let Some(next) = standing(credential, KeyStanding::Next)
        && next.fingerprints == fingerprints
    {
        return Ok(next.number);
    }
    stand(credential, KeyStanding::Next, KeyStanding::Retired, at);
    let number = highest(credential).max(credential.secret_version).saturating_add(1);
    credential.versions.push(KeyVersion {
        number,
        stored_at: at,
        standing: KeyStanding::Next,
        since: at,
        never_used: true,
        last_fours: machine_made(Some(profile), secrets),
        fingerprints,
    });
    Ok(number)
}

/// Notes that the next version is the one in use now, and the one before it is kept for a way back.
pub(crate) fn note_promotion(credential: &mut Credential, at: DateTime<Utc>) {
    stand(credential, KeyStanding::Previous, KeyStanding::Retired, at);
    stand(credential, KeyStanding::Current, KeyStanding::Previous, at);
    stand(credential, KeyStanding::Next, KeyStanding::Current, at);
    take_number(credential);
}

/// Notes that the version before is in use again, and the promoted one is the next again.
pub(crate) fn note_roll_back(credential: &mut Credential, at: DateTime<Utc>) {
    stand(credential, KeyStanding::Next, KeyStanding::Retired, at);
    stand(credential, KeyStanding::Current, KeyStanding::Next, at);
    stand(credential, KeyStanding::Previous, KeyStanding::Current, at);
    take_number(credential);
}

/// Notes that the value of the version before is no longer stored.
pub(crate) fn note_retirement(credential: &mut Credential, at: DateTime<Utc>) {
    stand(credential, KeyStanding::Previous, KeyStanding::Retired, at);
}

/// Notes that the next version was given up, and its value is no longer stored.
pub(crate) fn note_cancel(credential: &mut Credential, at: DateTime<Utc>) {
    stand(credential, KeyStanding::Next, KeyStanding::Retired, at);
}

/// The version that stands there.
pub(crate) fn standing(credential: &Credential, standing: KeyStanding) -> Option<&KeyVersion> {
    credential.versions.iter().find(|version| version.standing == standing)
}

/// The number of the version that stands there.
pub(crate) fn number(credential: &Credential, at: KeyStanding) -> Option<u32> {
    standing(credential, at).map(|version| version.number)
}

/// The version that consumers are to have: the next one where it is stored, else the one in use.
pub(crate) fn wanted(credential: &Credential) -> u32 {
    number(credential, KeyStanding::Next).unwrap_or(credential.secret_version)
}

/// How much a version matters where several hold the same value: the one in use most.
pub(crate) fn nearness(version: &KeyVersion) -> (u8, u32) {
    (rank(version.standing), version.number)
}

/// How near to its use a version is by its place alone.
pub(crate) const fn rank(standing: KeyStanding) -> u8 {
    match standing {
        KeyStanding::Current => 3,
        KeyStanding::Next => 2,
        KeyStanding::Previous => 1,
        KeyStanding::Retired => 0,
    }
}

/// The highest number that a version ever had; 0 where there is none.
fn highest(credential: &Credential) -> u32 {
    credential.versions.iter().map(|version| version.number).max().unwrap_or(0)
}

/// Whether the version in use goes on under another number: its secrets are the same, or nothing more
/// than their last four characters was known and they are caught now.
fn is_same_key(old: &KeyVersion, new: &KeyVersion) -> bool {
    let fits = |(field, four)| new.last_fours.get(field) == Some(four);
    let is_caught = old.fingerprints.is_empty() && old.last_fours.iter().all(fits);
    let is_equal = !old.fingerprints.is_empty() && old.fingerprints == new.fingerprints;
    old.standing == KeyStanding::Current && (is_caught || is_equal)
}

/// Moves whatever stands at one place to another.
fn stand(credential: &mut Credential, from: KeyStanding, to: KeyStanding, at: DateTime<Utc>) {
    for version in credential.versions.iter_mut().filter(|version| version.standing == from) {
        version.standing = to;
        version.since = at;
        version.never_used &= to != KeyStanding::Current;
        if to == KeyStanding::Retired {
            // Of what a person chose nothing stays: a fingerprint can be tried against a short list of
            // words by whoever has the vault's key.
            let KeyVersion { fingerprints, last_fours, .. } = version;
            fingerprints.retain(|field, _| last_fours.contains_key(field));
        }
    }
}

/// The version in use gives the secrets their number.
fn take_number(credential: &mut Credential) {
    if let Some(number) = number(credential, KeyStanding::Current) {
        credential.secret_version = number;
    }
}

/// The last four characters of each machine-made secret, and of those whose value is lost.
fn last_fours(
    profile: Option<&Profile>,
    credential: &Credential,
    secrets: &SecretFields,
) -> BTreeMap<FieldName, String> {
    let lost = credential.fields.iter().filter_map(|field| match &field.value {
        FieldValue::Missing { last_four: Some(four) } => Some((field.name.clone(), four.clone())),
        _ => None,
    });
    lost.chain(machine_made(profile, secrets)).collect()
}

fn machine_made(profile: Option<&Profile>, secrets: &SecretFields) -> BTreeMap<FieldName, String> {
    let is_machine_made = |name: &FieldName| {
        let field = profile.and_then(|profile| profile.field(name));
        field.is_some_and(|field| field.kind == FieldKind::Secret)
    };
    let fours = secrets.iter().filter(|(name, _)| is_machine_made(name));
    fours.filter_map(|(name, value)| Some((name.clone(), last_four(value.expose())?))).collect()
}

fn fingerprints(vault: &Vault, secrets: &SecretFields) -> BTreeMap<FieldName, Fingerprint> {
    secrets.iter().map(|(name, value)| (name.clone(), vault.fingerprint(value))).collect()
}
