//! Recognising what was pasted, and adding credentials from it.
//!
//! The values stay here, under a ticket for each suggestion, so that whoever pasted them can forget the
//! text at once: see [`tickets`]. What is answered has the last four characters of a secret and no more.

mod error;
mod tickets;

use keyturn_core::{
    CredentialName, EnvironmentName, FieldName, PasteTicket, ProviderId, SecretString, TargetRef,
    last_four,
};
use keyturn_providers::recognize::{
    JwtFacts, KnownProvider, OwnHost, PastedKind, Suggestion, Sure, recognize,
};
use keyturn_providers::{FieldKind, Profile};
use keyturn_vault::Vault;

use crate::capture::{Twin, twin};
use crate::engine::{find, guard};
use crate::{AddCredential, CredentialSummary, Engine, EngineError};

pub use error::PasteError;
pub(crate) use tickets::Tickets;

/// What was found in a pasted text.
#[derive(Debug)]
pub struct PasteFound {
    /// What it is.
    pub kind: PastedKind,
    /// The suggestions, the best first.
    pub suggestions: Vec<PasteSuggestion>,
    /// Whether they are different credentials; otherwise they are readings of the same values.
    pub separate: bool,
    /// What it refers to, where it is a reference.
    pub reference: Option<TargetRef>,
    /// Whether that credential is here.
    pub reference_known: bool,
    /// What a JWT says of itself, unverified.
    pub jwt: Option<JwtFacts>,
    /// What the user should know.
    pub notes: Vec<String>,
    /// How many values look like secrets and belong to no suggestion.
    pub left_over: usize,
}

/// A credential that a pasted text could be.
#[derive(Debug)]
pub struct PasteSuggestion {
    /// What its secrets are added by.
    pub ticket: PasteTicket,
    /// The provider.
    pub provider: ProviderId,
    /// Its name.
    pub provider_name: String,
    /// What it was taken out of.
    pub kind: PastedKind,
    /// What the text calls it.
    pub name: Option<CredentialName>,
    /// The environment that the text names.
    pub environment: Option<EnvironmentName>,
    /// What was found, in the order of the profile.
    pub fields: Vec<PastedField>,
    /// What a credential needs beside that.
    pub missing: Vec<FieldName>,
    /// When the secret ends, where it says so itself.
    pub expires_at: Option<chrono::DateTime<chrono::Utc>>,
    /// Why it is suggested.
    pub why: String,
    /// How sure that is.
    pub sure: Sure,
    /// Where one of its secrets is stored already, or was.
    pub twin: Option<Twin>,
}

/// A field that was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PastedField {
    /// Its name.
    pub name: FieldName,
    /// What the provider calls it.
    pub label: String,
    /// Whether it is a secret.
    pub secret: bool,
    /// The value of an open field.
    pub value: Option<String>,
    /// The last four characters of a secret, where showing them gives nothing away.
    pub last_four: Option<String>,
    /// How many characters it has; `None` of what a person chose.
    pub length: Option<usize>,
}

/// Says which pasted secrets a new credential takes.
#[derive(Debug, Clone)]
pub struct FromPaste {
    /// The suggestion.
    pub ticket: PasteTicket,
    /// The fields that are taken; a value that is given beside them counts instead.
    pub fields: Vec<FieldName>,
}

impl Engine {
    /// Says what a pasted text is, and keeps its secrets for a few minutes.
    pub fn recognize_paste(&self, text: &SecretString) -> Result<PasteFound, EngineError> {
        self.check_open()?;
        let ids = self.known_ids();
        let profiles: Vec<&Profile> = ids.iter().filter_map(|id| self.profile(id).ok()).collect();
        let providers: Vec<KnownProvider<'_>> = self.read(|vault| {
            let known = profiles
                .iter()
                .map(|profile| KnownProvider { profile, own_hosts: own_hosts(vault, &profile.id) });
            Ok(known.collect())
        })?;
        // Nobody waits for the vault meanwhile.
        let found = recognize(text, &providers).map_err(PasteError::from)?;
        self.read(|vault| {
            let mut pastes = guard(&self.pastes);
            let paste = pastes.next_paste();
            let now = self.now();
            let alone = found.separate;
            let suggestions = found.suggestions.into_iter().filter_map(|one| {
                let profile = profiles.iter().find(|profile| profile.id == one.provider)?;
                let ticket = PasteTicket::make_random();
                let shown = shown(vault, profile, ticket, &one);
                pastes.keep(tickets::Held {
                    ticket,
                    paste,
                    alone,
                    provider: one.provider,
                    secrets: one.secrets,
                    since: now,
                });
                Some(shown)
            });
            let suggestions = suggestions.collect();
            let is_here = |target: &TargetRef| find(vault, &target.credential).is_ok();
            Ok(PasteFound {
                kind: found.kind,
                suggestions,
                separate: found.separate,
                reference_known: found.reference.as_ref().is_some_and(is_here),
                reference: found.reference,
                jwt: found.jwt,
                notes: found.notes,
                left_over: found.left_over,
            })
        })
    }

    /// Adds a credential with secrets that were pasted before. Its ticket is void afterwards, and so are
    /// those of other readings of the same values; where it fails, it can be tried again.
    pub fn add_pasted(
        &self,
        mut request: AddCredential,
        from: &FromPaste,
        caller: &str,
    ) -> Result<CredentialSummary, EngineError> {
        self.check_open()?;
        let now = self.now();
        let taken = guard(&self.pastes).secrets(from, &request.provider, now)?;
        for (name, value) in taken.iter() {
            if request.secrets.get(name).is_none() {
                request.secrets.insert(name.clone(), value.duplicate());
            }
        }
        let added = self.add(request, caller)?;
        guard(&self.pastes).forget(&from.ticket);
        Ok(added)
    }

    /// Wipes pasted values that were kept for long enough.
    pub fn forget_old_pastes(&self) {
        guard(&self.pastes).forget_old(self.now());
    }

    /// How many suggestions have values that are kept.
    pub fn pastes_kept(&self) -> usize {
        guard(&self.pastes).len()
    }
}

fn own_hosts(vault: &Vault, provider: &ProviderId) -> Vec<OwnHost> {
    let own = vault.settings().environments.iter().filter(|own| own.provider == *provider);
    own.map(|own| OwnHost { environment: own.name.clone(), base_url: own.base_url.clone() })
        .collect()
}

/// What is shown of a suggestion.
fn shown(
    vault: &Vault,
    profile: &Profile,
    ticket: PasteTicket,
    one: &Suggestion,
) -> PasteSuggestion {
    let fields = profile.fields.iter().filter_map(|field| {
        let open = one.open.get(&field.name).cloned();
        let secret = one.secrets.get(&field.name);
        if open.is_none() && secret.is_none() {
            return None;
        }
        // Of what a person chose nothing is shown.
        let machine_made = secret.filter(|_| field.kind == FieldKind::Secret);
        Some(PastedField {
            name: field.name.clone(),
            label: field.label.clone(),
            secret: secret.is_some(),
            value: open,
            last_four: machine_made
                .filter(|_| field.show_last_four)
                .and_then(|secret| last_four(secret.expose())),
            length: machine_made.map(|secret| secret.expose().chars().count()),
        })
    });
    PasteSuggestion {
        ticket,
        provider: one.provider.clone(),
        provider_name: profile.name.clone(),
        kind: one.kind,
        name: one.name.clone(),
        environment: one.environment.clone(),
        fields: fields.collect(),
        missing: one.missing.clone(),
        expires_at: one.expires_at,
        why: one.why.clone(),
        sure: one.sure,
        twin: one.secrets.iter().find_map(|(_, secret)| twin(vault, secret, None)),
    }
}
