//! What about the vault's credentials should be looked at.
//!
//! It looks at what is known here, sends nothing, and hands out no value: equal values are recognised by
//! their fingerprints, and a key for tests by the profile's pattern. Where to look next: [`FindingKind`]
//! for what it looks for, one function for each below.

mod age;
mod purpose;
mod reuse;

use chrono::{DateTime, NaiveDate, Utc};
use keyturn_core::rotation::{OldKeyLife, Policies};
use keyturn_core::{Credential, CredentialRef, FieldValue, KeyStanding};

use crate::consumer::{Seen, behind};
use crate::{Engine, EngineError, version};

/// How the vault's credentials are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Health {
    /// When it was looked at.
    pub at: DateTime<Utc>,
    /// How many credentials were looked at.
    pub credentials: u32,
    /// What was found, the gravest first.
    pub findings: Vec<Finding>,
}

/// Something to look at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// What kind.
    pub kind: FindingKind,
    /// At which credential.
    pub reference: CredentialRef,
    /// What was found, in one sentence.
    pub finding: String,
    /// What to do about it.
    pub action: String,
}

/// A kind of finding, the gravest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum FindingKind {
    /// It was called compromised, and the old key is not known to be dead.
    Compromised,
    /// Its date has passed.
    Overdue,
    /// The same value is stored at another credential or field as well.
    ReusedValue,
    /// A key for tests is bound to a production environment.
    TestKeyInProduction,
    /// Its value is lost.
    ValueLost,
    /// Consumers still have a version that was replaced.
    ConsumersBehind,
    /// It was never rotated, for longer than its interval or a year.
    NeverRotated,
    /// Nobody is responsible for it.
    NoOwner,
    /// Nobody used it through this Keyturn for 90 days.
    Unused,
}

/// What every question is asked with.
struct Patient<'a> {
    credential: &'a Credential,
    seen: &'a Seen,
    policies: &'a Policies,
    now: DateTime<Utc>,
    today: NaiveDate,
}

/// A finding without its place: what was found, what to do.
type Found = Option<(String, String)>;

impl Engine {
    /// Looks through all credentials that are not in the trash.
    pub fn health(&self) -> Result<Health, EngineError> {
        let (now, today) = (self.now(), self.today());
        let policies = self.policies();
        self.read(|vault| {
            let journal = self.whole_journal(vault)?;
            let seen = Seen::of(&journal, |_| true);
            let live: Vec<&Credential> = vault.live_credentials().collect();
            let reuse = reuse::Reuse::of(&live);
            let mut findings = Vec::new();
            for credential in live.iter().copied() {
                let patient = Patient { credential, seen: &seen, policies: &policies, now, today };
                for (kind, found) in [
                    (FindingKind::Compromised, compromised(credential)),
                    (FindingKind::Overdue, age::overdue(&patient)),
                    (FindingKind::ReusedValue, reuse.found(credential)),
                    (FindingKind::TestKeyInProduction, self.key_for_tests(vault, credential)),
                    (FindingKind::ValueLost, value_lost(credential)),
                    (FindingKind::ConsumersBehind, consumers_behind(&patient)),
                    (FindingKind::NeverRotated, age::never_rotated(&patient)),
                    (FindingKind::NoOwner, no_owner(credential)),
                    (FindingKind::Unused, age::unused(&patient)),
                ] {
                    findings.extend(found.map(|(finding, action)| Finding {
                        kind,
                        reference: credential.reference(),
                        finding,
                        action,
                    }));
                }
            }
            findings.sort_by(|a, b| (a.kind, &a.reference).cmp(&(b.kind, &b.reference)));
            let credentials = u32::try_from(live.len()).unwrap_or(u32::MAX);
            Ok(Health { at: now, credentials, findings })
        })
    }
}

fn compromised(credential: &Credential) -> Found {
    let rotating = credential.rotating.as_ref()?;
    let declared_at = rotating.emergency.as_ref()?.declared_at;
    if matches!(rotating.old_key, OldKeyLife::Ended { .. }) {
        return None;
    }
    let on = declared_at.format("%-d %b %Y");
    Some((
        format!("It was called compromised on {on}, and the old key is not known to be dead."),
        format!(
            "End the old key at its provider now; `keyturn rotate {}` says how, and goes on.",
            credential.reference()
        ),
    ))
}

fn value_lost(credential: &Credential) -> Found {
    let lost: Vec<String> = credential
        .fields
        .iter()
        .filter_map(|field| match &field.value {
            FieldValue::Missing { last_four: Some(four) } => {
                Some(format!("{} (it ends in {four})", field.name))
            }
            FieldValue::Missing { last_four: None } => Some(field.name.to_string()),
            FieldValue::Open(_) | FieldValue::Secret { .. } => None,
        })
        .collect();
    let reference = credential.reference();
    (!lost.is_empty()).then(|| {
        (
            format!("The value of {} is not stored here.", lost.join(" and ")),
            format!(
                "Where somebody still has it: `keyturn capture {reference}`. Otherwise replace it: `keyturn rotate {reference}`."
            ),
        )
    })
}

/// Those that lack the version in use. Who already has the next one is ahead, not behind.
fn consumers_behind(patient: &Patient<'_>) -> Found {
    let credential = patient.credential;
    let next = version::number(credential, KeyStanding::Next);
    let enough: Vec<u32> = std::iter::once(credential.secret_version).chain(next).collect();
    // A token ends by itself, and the next one is bought with the new key.
    let seen = patient.seen.of_credential(credential.id).iter();
    let seen = seen.filter(|one| one.took_key());
    let behind = behind(credential, seen, &enough, patient.now);
    let reference = credential.reference();
    (!behind.is_empty()).then(|| {
        (
            format!(
                "Not everybody has version {}: {}.",
                credential.secret_version,
                behind.join(", ")
            ),
            format!(
                "Give them the new key, then note it: `keyturn consumers {reference} --has-new ID`."
            ),
        )
    })
}

fn no_owner(credential: &Credential) -> Found {
    credential.owner.is_none().then(|| {
        (
            "Nobody is named who is responsible for it.".to_owned(),
            format!("Name somebody: `keyturn edit {} --owner NAME`.", credential.reference()),
        )
    })
}
