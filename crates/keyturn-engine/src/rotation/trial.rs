//! Finding out whether a key works, without creating or changing anything at the provider (X8).
//!
//! The profile's test call is sent, or a token is bought and thrown away. Nothing else ever is; where a
//! token is bought with something that is good for one time only, not even that.

use keyturn_core::rotation::VerifiedBy;
use keyturn_core::{
    Credential, CredentialRef, EnvironmentName, FieldName, KeyStanding, SecretFields, SecretString,
};
use keyturn_http::{
    Buyer, Endpoint, ExchangeError, Exchanged, Redactor, UserBody, UserRequest, build_request,
    checked_path,
};
use keyturn_providers::{
    AnswerFacts, AnsweredBy, CredentialFacts, Exchange, Method, Profile, Recipe, Sample, TestCall,
    diagnose,
};
use keyturn_vault::{JournalEntry, SaveError, SecretSlot, Vault};

use super::RotationError;
use super::key_set::WithKey;
use crate::endpoint::{endpoint, token_endpoint};
use crate::engine::find;
use crate::last_four::another_key;
use crate::limit::{Claim, Sending, may_have_arrived};
use crate::{Engine, EngineError, version};

/// What is sent to find out whether a key works: one of the two, or both.
pub(super) struct Trial {
    /// A token is bought, and thrown away in the end.
    exchange: Option<Exchange>,
    /// The profile's test call.
    sample: Option<(Recipe, Sample)>,
}

/// What a provider made of a key.
pub(super) enum Tried {
    /// It took it.
    Worked(VerifiedBy),
    /// It took it, and knows another one (DC5).
    Another { note: String },
    /// It refused it.
    Refused { meaning: String, action: String },
}

/// A trial ready to be sent, with the secrets that it takes.
struct Ready {
    profile: Profile,
    key: WithKey,
    environment: EnvironmentName,
    address: Endpoint,
    token_address: Endpoint,
    trial: Trial,
    entry: JournalEntry,
}

impl Trial {
    /// In words, for who decides about it.
    pub(super) fn in_words(&self) -> String {
        let bought = self.exchange.as_ref().map(|one| format!("{} {}", one.method, one.path));
        match (&self.sample, bought) {
            (Some((_, sample)), bought) => {
                let first = bought.map(|bought| format!("{bought}, and with the token "));
                let (first, method, path) =
                    (first.unwrap_or_default(), &sample.method, &sample.path);
                format!("{first}{method} {path}: it reads and changes nothing.")
            }
            (None, bought) => {
                let bought = bought.unwrap_or_default();
                format!("{bought}: a token is bought with it and thrown away.")
            }
        }
    }
}

/// What would be sent to find out whether a key works; nothing where all that is known does harm.
pub(super) fn trial(
    vault: &Vault,
    profile: &Profile,
    credential: &Credential,
    which: SecretSlot,
) -> Result<Option<Trial>, EngineError> {
    Ok(trial_with(profile, &WithKey::of(vault, profile, credential, which)?))
}

impl Engine {
    /// Sends a key's trial. Every attempt is in the journal.
    pub(super) async fn try_slot(
        &self,
        reference: &CredentialRef,
        which: SecretSlot,
        caller: &str,
    ) -> Result<Tried, EngineError> {
        let ready = self.ready(reference, which, caller)?;
        let token = match &ready.trial.exchange {
            None => None,
            Some(exchange) => match self.buy_for_trial(&ready, exchange).await? {
                Ok(bought) => Some(bought.access_token),
                Err(refused) => return Ok(refused),
            },
        };
        match &ready.trial.sample {
            None => Ok(Tried::Worked(VerifiedBy::Exchange)),
            Some((recipe, sample)) => {
                self.send_sample(&ready, recipe, sample, token.as_ref()).await
            }
        }
    }

    fn ready(
        &self,
        reference: &CredentialRef,
        which: SecretSlot,
        caller: &str,
    ) -> Result<Ready, EngineError> {
        self.read(|vault| {
            // An older file may bind a secret to where the user has since unbound it from.
            if vault.is_quarantined() {
                return Err(SaveError::Quarantined.into());
            }
            let stored = find(vault, reference)?;
            let profile = self.profile(&stored.provider)?;
            let key = WithKey::of(vault, profile, stored, which)?;
            let trial = trial_with(profile, &key).ok_or_else(|| RotationError::WordNeeded {
                provider: profile.id.clone(),
                reason: reason(profile),
            })?;
            let environment = key.credential.environment().clone();
            let (action, standing) = match which {
                SecretSlot::Current => ("rotate try old key", KeyStanding::Current),
                SecretSlot::Previous => ("rotate try old key", KeyStanding::Previous),
                SecretSlot::Next => ("rotate try new key", KeyStanding::Next),
            };
            let version = version::number(&key.credential, standing);
            Ok(Ready {
                address: endpoint(vault, profile, &key.credential, &environment)?,
                token_address: token_endpoint(vault, profile, &key.credential, &environment)?,
                entry: self.entry_of_version(caller, action, &key.credential, version),
                profile: profile.clone(),
                environment,
                trial,
                key,
            })
        })
    }

    async fn buy_for_trial(
        &self,
        ready: &Ready,
        exchange: &Exchange,
    ) -> Result<Result<Exchanged, Tried>, EngineError> {
        let Ready { profile, key, token_address, .. } = ready;
        let claims = self.claims_of(ready, &exchange.path, true);
        let turn = self.turn(&claims, false).await?;
        let _aloft = self.set_out()?;
        let open = |name: &FieldName| profile.open_value(&key.credential, name);
        let buyer = Buyer {
            open: &open,
            secrets: &key.secrets,
            refresh_token: None,
            facts: CredentialFacts::of(profile, &key.credential),
        };
        let answered = keyturn_http::exchange(
            &*self.ports.transport,
            profile,
            exchange,
            token_address,
            buyer,
            &*self.ports.clock,
        )
        .await;
        drop(turn);
        let status = match &answered {
            Err(ExchangeError::Refused { status, .. }) => Some(*status),
            _ => None,
        };
        self.note_tried(ready, token_address, &exchange.path, status);
        match answered {
            Ok(bought) => Ok(Ok(bought)),
            Err(ExchangeError::Refused { diagnosis, .. }) if diagnosis.credential_refused => {
                Ok(Err(Tried::Refused { meaning: diagnosis.meaning, action: diagnosis.action }))
            }
            Err(ExchangeError::Refused { status, diagnosis, .. }) => Err(RotationError::Unclear {
                status,
                meaning: diagnosis.meaning,
                action: diagnosis.action,
            }
            .into()),
            Err(error) => {
                if let ExchangeError::Transport(error) = &error
                    && !may_have_arrived(error)
                {
                    self.not_sent(&claims);
                }
                Err(error.into())
            }
        }
    }

    async fn send_sample(
        &self,
        ready: &Ready,
        recipe: &Recipe,
        sample: &Sample,
        token: Option<&SecretString>,
    ) -> Result<Tried, EngineError> {
        let Ready { profile, key, address, .. } = ready;
        let request = UserRequest {
            method: sample.method.clone(),
            path: checked_path(address, &sample.path)?,
            query: sample.query.iter().map(|one| (one.key.clone(), one.value.clone())).collect(),
            headers: Vec::new(),
            body: sample.body.as_ref().map_or_else(UserBody::default, |body| UserBody::Bytes {
                content_type: body.content_type.clone(),
                bytes: body.text.clone().into_bytes(),
            }),
        };
        let claims = self.claims_of(ready, &request.path, false);
        let turn = self.turn(&claims, false).await?;
        let outgoing = build_request(profile, recipe, address, token, &key.secrets, &request)?;
        let answered = self.ports.transport.send(address, &outgoing).await;
        let made = outgoing.made_of_secrets();
        drop(turn);
        let status = answered.as_ref().ok().map(|answer| answer.status);
        self.note_tried(ready, address, &sample.path, status);
        let mut answer = answered.inspect_err(|error| {
            if !may_have_arrived(error) {
                self.not_sent(&claims);
            }
        })?;
        let redactor = Redactor::new(&key.secrets, token).knowing(&made);
        answer.body = redactor.redact_body(answer.body);
        let facts = AnswerFacts {
            sent_token: Some(token.is_some()),
            sent_key: Some(recipe.fields().next().is_some()),
            clock_skew: answer.skew(self.now()),
            credential: CredentialFacts::of(profile, &key.credential),
            // A token that was just bought and is refused says that the key is no good.
            already_renewed: token.is_some(),
            ..AnswerFacts::new(
                answer.status,
                &answer.body,
                AnsweredBy::at(profile, &key.credential, &request.path),
            )
        };
        let diagnosis = diagnose(profile, &facts);
        if (200..=299).contains(&answer.status) && !diagnosis.refused {
            return Ok(match another_key(sample, &key.credential, &answer) {
                Some(note) => Tried::Another { note },
                None => Tried::Worked(VerifiedBy::TestCall),
            });
        }
        if diagnosis.credential_refused {
            return Ok(Tried::Refused { meaning: diagnosis.meaning, action: diagnosis.action });
        }
        Err(RotationError::Unclear {
            status: answer.status,
            meaning: diagnosis.meaning,
            action: diagnosis.action,
        }
        .into())
    }

    fn claims_of(&self, ready: &Ready, path: &str, buys_a_token: bool) -> Vec<Claim> {
        let sending = Sending { path, buys_a_token };
        self.claims(&ready.profile, &ready.key.credential, &ready.environment, sending)
    }

    fn note_tried(&self, ready: &Ready, address: &Endpoint, path: &str, status: Option<u16>) {
        self.note_later(JournalEntry {
            at: self.now(),
            host: Some(address.host_and_port()),
            path: Some(path.to_owned()),
            status,
            ..ready.entry.clone()
        });
    }
}

/// Why nothing can be tried, in the profile's words.
pub(super) fn reason(profile: &Profile) -> String {
    let reason = match &profile.test_call {
        TestCall::None { reason } | TestCall::Exchange { reason } => reason.as_str(),
        TestCall::Sample { .. } => "what the test would need is not stored",
    };
    reason.trim_end_matches('.').to_owned()
}

fn trial_with(profile: &Profile, key: &WithKey) -> Option<Trial> {
    let credential = &key.credential;
    let open = |name: &FieldName| profile.open_value(credential, name);
    let exchange = match profile.method_for(credential) {
        Method::Key(field) => {
            key.secrets.get(field)?;
            None
        }
        Method::Exchange(exchange) => {
            // Whoever spends a refresh token for a trial has none afterwards.
            let spends = exchange.body.iter().any(|entry| entry.key == "refresh_token");
            if spends || !all_there(profile, exchange, &key.secrets) {
                return None;
            }
            Some(exchange.filled(&open).ok()?)
        }
    };
    if let TestCall::Sample { sample } = &profile.test_call
        && let Some(sample) = profile.sample(sample).filter(|one| !one.may_change_something())
    {
        let named = sample.recipe.as_deref().and_then(|name| profile.recipe(name));
        let recipe = named.unwrap_or_else(|| profile.default_recipe(credential));
        let recipe = recipe.filled(&open).ok()?;
        if !recipe.needs_token() {
            return Some(Trial { exchange: None, sample: Some((recipe, sample.clone())) });
        }
        if exchange.is_some() {
            return Some(Trial { exchange, sample: Some((recipe, sample.clone())) });
        }
    }
    exchange.is_some().then_some(Trial { exchange, sample: None })
}

/// Whether every secret that an exchange cannot do without is there.
fn all_there(profile: &Profile, exchange: &Exchange, secrets: &SecretFields) -> bool {
    exchange.needed_fields().into_iter().all(|name| {
        let secret = profile.field(name).is_some_and(keyturn_providers::Field::is_secret);
        !secret || secrets.get(name).is_some()
    })
}
