//! Finding credentials by their words, and a key of any time by its last four characters.
//!
//! Four characters are compared with every version of every key that is or was stored here, those of
//! removed credentials included. A whole secret is recognised by its fingerprint, so that the user can be
//! told that it was typed in full; it is never repeated.

mod line;
mod words;

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Utc};
use keyturn_core::{
    Credential, CredentialId, CredentialRef, FieldName, Fingerprint, KeyStanding, KeyVersion,
    SecretString,
};
use keyturn_providers::Profile;
use keyturn_vault::Vault;
use thiserror::Error;

use crate::consumer::Seen;
use crate::endpoint::origins;
use crate::version::nearness;
use crate::{Engine, EngineError};

/// The longest text that is looked for, in bytes: as long as a field's value may be.
const LONGEST: usize = 16 * 1024;

/// So many words are compared with whole secrets.
const MOST_WORDS: usize = 20;

/// Says why nothing was looked for. The text is not repeated: it may be a secret.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum FindError {
    /// There is nothing in it.
    #[error("there is nothing to look for")]
    Nothing,
    /// It is longer than any key.
    #[error("the text to look for is longer than {LONGEST} bytes")]
    TooLong,
}

/// A credential that was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FoundCredential {
    /// Which one.
    pub reference: CredentialRef,
    /// The provider's name.
    pub provider_name: String,
    /// Who is responsible for it.
    pub owner: Option<String>,
    /// The hosts its secrets may go to.
    pub hosts: Vec<String>,
    /// The key that was found; `None` where the credential was found by its words.
    pub key: Option<FoundKey>,
    /// Who uses it: written down, or seen. Of a key, those of its version.
    pub users: Vec<String>,
    /// When it was removed, where it lies in the trash.
    pub removed_at: Option<DateTime<Utc>>,
    /// One line that is safe to paste into a chat.
    pub line: String,
    /// What the user should know about how this was found.
    pub note: Option<FindNote>,
}

/// What the user should know about how something was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FindNote {
    /// The key's last four characters differ from the text in upper and lower case.
    OtherCase,
    /// The text is a whole secret: it was typed where it should not be.
    WholeSecret,
}

/// A key that was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FoundKey {
    /// In which field.
    pub field: FieldName,
    /// Its last four characters; `None` of what a person chose.
    pub last_four: Option<String>,
    /// Which version.
    pub version: u32,
    /// Where that version stands.
    pub standing: KeyStanding,
    /// When it was stored.
    pub stored_at: DateTime<Utc>,
    /// Since when it stands there.
    pub since: DateTime<Utc>,
    /// Whether it was never in use.
    pub never_used: bool,
}

/// How a key was found; the surest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Match {
    /// It is the very text.
    Whole,
    /// It ends in these four characters.
    LastFour,
    /// It ends in these four characters, written in other case.
    OtherCase,
}

/// What one search needs of a credential's surroundings.
struct Surroundings<'a> {
    vault: &'a Vault,
    profiles: BTreeMap<CredentialId, Option<&'a Profile>>,
    seen: Seen,
}

impl Engine {
    /// Finds credentials: by the last four characters of a key, by a whole secret, or by words of the
    /// name, the provider, the owner, the note, the hosts and the consumers. Keys come first, those in
    /// use before retired ones, what was removed last.
    pub fn find(&self, text: &str) -> Result<Vec<FoundCredential>, EngineError> {
        let text = text.trim();
        if text.is_empty() {
            return Err(FindError::Nothing.into());
        }
        if text.len() > LONGEST {
            return Err(FindError::TooLong.into());
        }
        self.read(|vault| {
            let keys = found_keys(vault, text);
            let is_whole = keys.iter().any(|(how, ..)| *how == Match::Whole);
            let profiles = vault
                .credentials()
                .map(|credential| (credential.id, self.profile(&credential.provider).ok()));
            let profiles: BTreeMap<CredentialId, Option<&Profile>> = profiles.collect();
            let mut ids: BTreeSet<CredentialId> = keys.iter().map(|(_, one, _)| one.id).collect();
            let mut named: Vec<&Credential> = Vec::new();
            if !is_whole {
                let wanted = words::Words::new(text);
                named.extend(vault.credentials().filter(|credential| {
                    let profile = profiles.get(&credential.id).copied().flatten();
                    !ids.contains(&credential.id)
                        && wanted.are_in(credential, profile, || hosts(vault, profile, credential))
                }));
                named.sort_by_cached_key(|one| (one.removed_at, one.reference()));
            }
            if keys.is_empty() && named.is_empty() {
                return Ok(Vec::new());
            }
            let journal = self.whole_journal(vault)?;
            ids.extend(named.iter().map(|credential| credential.id));
            let seen = Seen::of(&journal, |id| ids.contains(&id));
            let around = Surroundings { vault, profiles, seen };
            let by_key = keys
                .into_iter()
                .map(|(how, credential, key)| around.found(credential, Some((how, key))));
            let by_words = named.into_iter().map(|credential| around.found(credential, None));
            Ok(by_key.chain(by_words).collect())
        })
    }
}

/// The keys of all times that the text names, the surest and nearest first.
fn found_keys<'v>(vault: &'v Vault, text: &str) -> Vec<(Match, &'v Credential, FoundKey)> {
    let wanted = Wanted::of(vault, text);
    let mut found = Vec::new();
    for credential in vault.credentials() {
        // A key that several versions share is told once, by the one that is nearest to its use.
        let mut keys: BTreeMap<Identity<'_>, (Match, &KeyVersion)> = BTreeMap::new();
        for version in &credential.versions {
            for (identity, how) in wanted.matches(version) {
                let known = keys.entry(identity).or_insert((how, version));
                if nearness(version) >= nearness(known.1) {
                    *known = (how, version);
                }
            }
        }
        found.extend(keys.into_iter().map(|((field, four, _), (how, version))| {
            let key = FoundKey {
                field: field.clone(),
                last_four: four.cloned(),
                version: version.number,
                standing: version.standing,
                stored_at: version.stored_at,
                since: version.since,
                never_used: version.never_used,
            };
            (how, nearness(version), credential, key)
        }));
    }
    found.sort_by_cached_key(|(how, nearness, credential, key)| {
        let nearest_first = std::cmp::Reverse(*nearness);
        (
            *how,
            credential.removed_at.is_some(),
            nearest_first,
            credential.reference(),
            key.field.clone(),
        )
    });
    found.into_iter().map(|(how, _, credential, key)| (how, credential, key)).collect()
}

/// The fingerprints of the text, and of its words without quotes: a key is pasted with `Bearer` before it
/// as well.
fn prints(vault: &Vault, text: &str) -> Vec<Fingerprint> {
    let words = text.split_whitespace().map(|word| word.trim_matches(['"', '\'', ',', ';']));
    let words = words.filter(|word| !word.is_empty()).take(MOST_WORDS);
    let texts = std::iter::once(text).chain(words);
    texts.map(|text| vault.fingerprint(&SecretString::new(text.to_owned()))).collect()
}

/// What makes a key the same in two versions.
type Identity<'a> = (&'a FieldName, Option<&'a String>, Option<&'a Fingerprint>);

/// What every version is compared with.
struct Wanted<'t> {
    text: &'t str,
    lower: String,
    prints: Vec<Fingerprint>,
}

impl<'t> Wanted<'t> {
    fn of(vault: &Vault, text: &'t str) -> Self {
        Self { text, lower: text.to_lowercase(), prints: prints(vault, text) }
    }

    fn matches<'v>(&self, version: &'v KeyVersion) -> Vec<(Identity<'v>, Match)> {
        let whole = version.fingerprints.iter().filter(|(_, known)| self.prints.contains(known));
        let whole = whole.map(|(field, known)| {
            ((field, version.last_fours.get(field), Some(known)), Match::Whole)
        });
        let fours = version.last_fours.iter().filter_map(|(field, four)| {
            let how = if four == self.text {
                Match::LastFour
            } else if four.to_lowercase() == self.lower {
                Match::OtherCase
            } else {
                return None;
            };
            Some(((field, Some(four), version.fingerprints.get(field)), how))
        });
        whole.chain(fours).collect()
    }
}

impl Surroundings<'_> {
    fn found(&self, credential: &Credential, key: Option<(Match, FoundKey)>) -> FoundCredential {
        let profile = self.profiles.get(&credential.id).copied().flatten();
        let (how, key) = key.unzip();
        let users = self.users(credential, key.as_ref());
        let line = line::line(credential, profile, key.as_ref(), &users);
        FoundCredential {
            reference: credential.reference(),
            provider_name: profile
                .map_or_else(|| credential.provider.to_string(), |profile| profile.name.clone()),
            owner: credential.owner.clone(),
            hosts: hosts(self.vault, profile, credential),
            key,
            users,
            removed_at: credential.removed_at,
            line,
            note: match how {
                Some(Match::Whole) => Some(FindNote::WholeSecret),
                Some(Match::OtherCase) => Some(FindNote::OtherCase),
                Some(Match::LastFour) | None => None,
            },
        }
    }

    /// Who uses a credential, or one version of its key. Who had an old version by hand is not known:
    /// those count that were written down while it was in use and have a later one now. Who is said to
    /// have an earlier one never had it.
    fn users(&self, credential: &Credential, key: Option<&FoundKey>) -> Vec<String> {
        let written_down =
            credential.consumers.iter().filter(|consumer| match (key, consumer.version) {
                (None, _) | (Some(_), None) => true,
                (Some(key), Some(version)) => {
                    let is_past =
                        matches!(key.standing, KeyStanding::Previous | KeyStanding::Retired);
                    let had_it = is_past && !key.never_used && version > key.version;
                    version == key.version
                        || (had_it && consumer.added_on <= key.since.date_naive())
                }
            });
        let seen = self.seen.of_credential(credential.id).iter();
        let seen = seen.filter(|one| key.is_none_or(|key| one.versions.contains(&key.version)));
        let mut users: Vec<String> = written_down.map(|consumer| consumer.name.clone()).collect();
        for one in seen {
            if !users.contains(&one.program) {
                users.push(one.program.clone());
            }
        }
        users
    }
}

/// The hosts that a credential's secrets may go to; none where its profile is not known.
fn hosts(vault: &Vault, profile: Option<&Profile>, credential: &Credential) -> Vec<String> {
    let Some(profile) = profile else { return Vec::new() };
    let mut hosts = Vec::new();
    for environment in &credential.environments {
        for origin in origins(vault, profile, credential, environment).into_iter().flatten() {
            let host = origin.split_once("://").map_or(origin.as_str(), |(_, host)| host);
            if !hosts.iter().any(|known| known == host) {
                hosts.push(host.to_owned());
            }
        }
    }
    hosts
}
