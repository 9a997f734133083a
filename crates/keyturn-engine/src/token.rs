//! The live token: reused while it lives, bought once for everybody who waits for it.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};

use chrono::{DateTime, TimeDelta, Utc};
use keyturn_core::{
    Credential, CredentialId, CredentialRef, EnvironmentName, Expiry, FieldName, SecretFields,
    SecretString, Token, TokenFormat,
};
use keyturn_http::Endpoint;
use keyturn_providers::{Exchange, Method, Profile, Recipe};
use keyturn_vault::{Batch, JournalEntry, Vault};
use tokio::sync::watch;

use crate::endpoint::endpoint;
use crate::engine::{find, guard};
use crate::snippet::{TokenParts, render_token};
use crate::{Engine, EngineError};

/// Which token is wanted, and how good it must be.
#[derive(Debug, Clone)]
pub struct TokenRequest {
    /// Of which credential.
    pub reference: CredentialRef,
    /// In which environment; `None` takes the preferred one.
    pub environment: Option<EnvironmentName>,
    /// The least time it must have left.
    pub min_ttl: TimeDelta,
    /// Whether a new one is wanted whatever the old one is worth.
    pub renew: bool,
}

/// A token as it is handed out.
#[derive(Debug)]
pub struct LiveToken {
    /// The token itself.
    pub access_token: SecretString,
    /// Its type, e.g. `bearer`.
    pub token_type: String,
    /// When it was bought; `None` for a key that is itself what is sent.
    pub issued_at: Option<DateTime<Utc>>,
    /// When it ends.
    pub expiry: Expiry,
    /// Whether it had been there before.
    pub reused: bool,
}

/// A token to be handed out in a form.
#[derive(Debug, Clone)]
pub struct RenderToken {
    /// Which token.
    pub token: TokenRequest,
    /// The form.
    pub format: TokenFormat,
    /// Whether the recipe's other secrets come along.
    pub with_key: bool,
}

/// A token in a form.
#[derive(Debug)]
pub struct RenderedToken {
    /// The text.
    pub text: SecretString,
    /// When the token ends.
    pub expiry: Expiry,
    /// Whether it had been there before.
    pub reused: bool,
    /// Whether a long-lived secret is in it.
    pub long_lived: bool,
    /// What the user should know about the form.
    pub warnings: Vec<String>,
}

type Outcome = Option<Result<(), Arc<EngineError>>>;
type FlightKey = (CredentialId, EnvironmentName);

/// The exchanges that are under way, one for each credential and environment.
#[derive(Debug, Default)]
pub(crate) struct Flights(Mutex<HashMap<FlightKey, watch::Receiver<Outcome>>>);

/// What an exchange needs, taken out of the vault before the network is asked.
struct Purchase {
    credential: Credential,
    environment: EnvironmentName,
    exchange: Exchange,
    endpoint: Endpoint,
    secrets: SecretFields,
}

enum Found {
    Live(LiveToken),
    /// A token that is due for renewal but lives long enough for this caller, if it has to.
    Fallback(LiveToken),
    Nothing,
}

impl Engine {
    /// Hands out the live token, buying one when there is none that lives long enough. All callers
    /// that wait for the same token share one exchange; it goes on when they leave.
    pub async fn token(
        self: &Arc<Self>,
        request: &TokenRequest,
        caller: &str,
    ) -> Result<LiveToken, EngineError> {
        let (receiver, fallback) = {
            let mut flights = guard(&self.flights.0);
            let found = self.find_token(request, caller)?;
            let fallback = match found {
                Found::Live(token) => return Ok(token),
                Found::Fallback(token) => Some(token),
                Found::Nothing => None,
            };
            let purchase = self.purchase(request)?;
            let key = (purchase.credential.id, purchase.environment.clone());
            let receiver = if let Some(receiver) = flights.get(&key) {
                receiver.clone()
            } else {
                let receiver = self.take_off(key.clone(), purchase, caller);
                flights.insert(key, receiver.clone());
                receiver
            };
            (receiver, fallback)
        };
        match (land(receiver).await, fallback) {
            (Ok(()), _) => {
                let bought =
                    TokenRequest { min_ttl: TimeDelta::MIN, renew: false, ..request.clone() };
                match self.find_token(&bought, caller)? {
                    Found::Live(token) | Found::Fallback(token) => {
                        Ok(LiveToken { reused: false, ..token })
                    }
                    Found::Nothing => Err(EngineError::TokenVanished),
                }
            }
            // A provider that is down does not cost a token that still lives.
            (Err(error), Some(token)) if error.is_transient() => Ok(token),
            (Err(error), _) => Err(EngineError::Shared(error)),
        }
    }

    /// Hands out the live token in a form.
    pub async fn render_token(
        self: &Arc<Self>,
        request: &RenderToken,
        caller: &str,
    ) -> Result<RenderedToken, EngineError> {
        let token = self.token(&request.token, caller).await?;
        let now = self.now();
        self.write(|vault| {
            let credential = find(vault, &request.token.reference)?;
            let profile = self.profile(&credential.provider)?;
            let environment =
                request.token.environment.as_ref().unwrap_or_else(|| credential.environment());
            let endpoint = endpoint(vault, profile, credential, environment)?;
            let key_field = match profile.method_for(credential) {
                Method::Key(field) => Some(field),
                Method::Exchange(_) => None,
            };
            let recipe = recipe_for(profile, credential, request.with_key);
            let mut other_headers = Vec::new();
            if request.with_key {
                let secrets = vault.secrets(credential.id)?;
                for header in &recipe.headers {
                    if let keyturn_providers::Carried::Field(field) = &header.carries
                        && Some(field) != key_field
                        && let Some(secret) = secrets.get(field)
                    {
                        other_headers.push((header.name.clone(), secret.duplicate()));
                    }
                }
            }
            let parts = TokenParts {
                profile,
                recipe,
                key_field,
                base_url: endpoint.base().as_str(),
                token: &token,
                other_headers,
                now,
            };
            let (text, mut warnings) = render_token(&parts, request.format);
            if let Some(left) = token.expiry.at.map(|end| end - now)
                && left < request.token.min_ttl
            {
                let left = keyturn_core::duration::human(left);
                warnings.push(format!("the provider's newest token lives only {left}"));
            }
            // A long-lived secret leaves only after it was written down that it did.
            let long_lived = request.with_key || key_field.is_some();
            if long_lived {
                let mut batch = Batch::new();
                batch.append_journal(vec![self.entry(caller, "token with key", credential)]);
                self.commit(vault, batch)?;
            }
            let LiveToken { expiry, reused, .. } = token;
            Ok(RenderedToken { text, expiry, reused, long_lived, warnings })
        })
    }

    /// Looks for a token that will do.
    fn find_token(&self, request: &TokenRequest, caller: &str) -> Result<Found, EngineError> {
        let now = self.now();
        self.read(|vault| {
            let credential = find(vault, &request.reference)?;
            let profile = self.profile(&credential.provider)?;
            let environment =
                request.environment.as_ref().unwrap_or_else(|| credential.environment());
            // The address is checked here, too: a token never leaves for where it is not bound.
            endpoint(vault, profile, credential, environment)?;
            let exchange = match profile.method_for(credential) {
                Method::Key(field) => return key_itself(vault, profile, credential, field),
                Method::Exchange(exchange) => exchange,
            };
            if request.renew {
                return Ok(Found::Nothing);
            }
            let Some(token) = vault.token(credential.id, environment)? else {
                return Ok(Found::Nothing);
            };
            if token.secret_version != credential.secret_version
                || !token.lives_for(request.min_ttl, now)
            {
                return Ok(Found::Nothing);
            }
            self.note_later(self.entry(caller, "token", credential));
            let early = renewal_is_due(&token, exchange, now);
            let token = LiveToken {
                access_token: token.access_token,
                token_type: token.token_type,
                issued_at: Some(token.issued_at),
                expiry: token.expiry,
                reused: true,
            };
            Ok(if early { Found::Fallback(token) } else { Found::Live(token) })
        })
    }

    fn purchase(&self, request: &TokenRequest) -> Result<Purchase, EngineError> {
        self.read(|vault| {
            let credential = find(vault, &request.reference)?;
            let profile = self.profile(&credential.provider)?;
            let environment =
                request.environment.as_ref().unwrap_or_else(|| credential.environment());
            let Method::Exchange(exchange) = profile.method_for(credential) else {
                return Err(EngineError::TokenVanished);
            };
            Ok(Purchase {
                endpoint: endpoint(vault, profile, credential, environment)?,
                secrets: vault.secrets(credential.id)?,
                exchange: exchange.clone(),
                environment: environment.clone(),
                credential: credential.clone(),
            })
        })
    }

    /// Starts an exchange as a task of its own.
    fn take_off(
        self: &Arc<Self>,
        key: FlightKey,
        purchase: Purchase,
        caller: &str,
    ) -> watch::Receiver<Outcome> {
        let (sender, receiver) = watch::channel(None);
        let engine = Arc::clone(self);
        let caller = caller.to_owned();
        tokio::spawn(async move {
            let outcome = engine.buy(purchase, &caller).await.map_err(Arc::new);
            // The token is in the vault before the flight is over: who looks in between finds one
            // or the other, and never takes off a second time.
            guard(&engine.flights.0).remove(&key);
            sender.send_replace(Some(outcome));
        });
        receiver
    }

    async fn buy(&self, purchase: Purchase, caller: &str) -> Result<(), EngineError> {
        let Purchase { credential, environment, exchange, endpoint, secrets } = purchase;
        let profile = self.profile(&credential.provider)?;
        let open = |name: &FieldName| credential.open_value(name).map(str::to_owned);
        let answered = keyturn_http::exchange(
            &*self.ports.transport,
            profile,
            &exchange,
            &endpoint,
            &open,
            &secrets,
            &*self.ports.clock,
        )
        .await;
        drop(secrets);
        let entry = JournalEntry {
            host: Some(endpoint.host_and_port()),
            path: Some(exchange.path.clone()),
            ..self.entry(caller, "exchange", &credential)
        };
        let bought = match answered {
            Ok(bought) => bought,
            Err(error) => {
                self.note_later(JournalEntry { action: "exchange failed".to_owned(), ..entry });
                return Err(error.into());
            }
        };
        // The provider's times, told by this machine's clock, which everything else goes by (X5).
        let skew = bought.skew.unwrap_or_default();
        let by_our_clock = |at: DateTime<Utc>| at.checked_sub_signed(skew).unwrap_or(at);
        let token = Token {
            credential: credential.id,
            environment,
            access_token: bought.access_token,
            token_type: bought.token_type,
            issued_at: by_our_clock(bought.issued_at),
            expiry: Expiry { at: bought.expiry.at.map(by_our_clock), ..bought.expiry },
            secret_version: credential.secret_version,
        };
        // The old token, if there is one that lives, stays.
        if let Some(ended_at) = token.expiry.at.filter(|end| *end <= self.now()) {
            self.note_later(JournalEntry { action: "exchange failed".to_owned(), ..entry });
            return Err(EngineError::BoughtEnded { ended_at });
        }
        self.write(|vault| {
            let mut batch = Batch::new();
            batch.append_journal(vec![entry]);
            batch.put_token(token);
            self.commit(vault, batch)
        })
    }
}

async fn land(mut receiver: watch::Receiver<Outcome>) -> Result<(), Arc<EngineError>> {
    match receiver.wait_for(Option::is_some).await.map(|outcome| outcome.clone()) {
        Ok(Some(outcome)) => outcome,
        // The task ended without a word: it panicked.
        Ok(None) | Err(_) => Err(Arc::new(EngineError::TokenVanished)),
    }
}

/// Whether a token is so near its end that it is renewed before it is needed (DV10).
fn renewal_is_due(token: &Token, exchange: &Exchange, now: DateTime<Utc>) -> bool {
    token.expiry.at.is_some_and(|end| {
        let life = end - token.issued_at;
        end - now <= life * i32::from(exchange.renew_percent_left) / 100
    })
}

/// A credential whose key is itself what is sent.
fn key_itself(
    vault: &Vault,
    profile: &Profile,
    credential: &Credential,
    field: &FieldName,
) -> Result<Found, EngineError> {
    let mut secrets = vault.secrets(credential.id)?;
    let key = secrets.remove(field).ok_or_else(|| EngineError::ValueNotStored {
        reference: credential.reference(),
        field: field.clone(),
    })?;
    let never_expires = profile.field(field).is_some_and(|field| field.never_expires);
    let expiry = if never_expires { Expiry::NONE } else { Expiry::UNKNOWN };
    Ok(Found::Live(LiveToken {
        access_token: key,
        token_type: "api_key".to_owned(),
        issued_at: None,
        expiry,
        reused: true,
    }))
}

/// The recipe whose headers are shown: the credential's own or, with the key, the first that sends
/// the token and something long-lived.
fn recipe_for<'profile>(
    profile: &'profile Profile,
    credential: &Credential,
    with_key: bool,
) -> &'profile Recipe {
    let with_both = |recipe: &&Recipe| recipe.needs_token() && recipe.fields().next().is_some();
    profile
        .recipes
        .iter()
        .find(|recipe| with_key && with_both(recipe))
        .unwrap_or_else(|| profile.default_recipe(credential))
}
