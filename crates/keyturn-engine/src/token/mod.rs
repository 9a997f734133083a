//! The live token: reused while it lives, bought once for everybody who waits for it.

mod flight;
mod purchase;
mod render;
mod said;
mod store;
mod wire;

use std::sync::Arc;

use chrono::{DateTime, TimeDelta, Utc};
use keyturn_core::{Credential, CredentialRef, EnvironmentName, Expiry, FieldName, SecretString};
use keyturn_providers::{Method, Profile};
use keyturn_vault::Vault;

use crate::bound::Bound;
use crate::engine::{find, guard};
use crate::{Engine, EngineError};

pub(crate) use flight::{FlightKey, Flights};
pub(crate) use render::fields_in_text;
pub use render::{RenderToken, RenderedToken};
pub use said::TokenEndError;
pub(crate) use wire::{Aloft, Wire};

use flight::{Landing, land};

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
    /// When the token was bought that a provider just refused: a new one is wanted where that one is
    /// still the stored one, and not where another caller renewed it meanwhile.
    pub refused: Option<DateTime<Utc>>,
    /// Whether to fail at once, and tell when, rather than wait for a turn or a provider in trouble.
    pub no_wait: bool,
}

impl TokenRequest {
    /// Any token that lives, waited for where there is none.
    #[must_use]
    pub const fn usable(reference: CredentialRef, environment: Option<EnvironmentName>) -> Self {
        Self {
            reference,
            environment,
            min_ttl: TimeDelta::zero(),
            renew: false,
            refused: None,
            no_wait: false,
        }
    }
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
    /// What the user should know, e.g. that it could not be renewed.
    pub warnings: Vec<String>,
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
        let token = self.live_token(request, caller).await?;
        self.note_use(request, caller)?;
        Ok(token)
    }

    /// The same, for use in here: nothing is written down.
    pub(crate) async fn live_token(
        self: &Arc<Self>,
        request: &TokenRequest,
        caller: &str,
    ) -> Result<LiveToken, EngineError> {
        loop {
            if let Some(token) = self.token_or_flight(request, caller).await? {
                return Ok(token);
            }
        }
    }

    /// One look and, where there is no token that will do, one flight; `None` where it is to be looked
    /// anew.
    async fn token_or_flight(
        self: &Arc<Self>,
        request: &TokenRequest,
        caller: &str,
    ) -> Result<Option<LiveToken>, EngineError> {
        let (seat, flight, fallback) = {
            let mut board = guard(&self.flights.0);
            let fallback = match self.find_token(request)? {
                Found::Live(token) => return Ok(Some(token)),
                Found::Fallback(token) => Some(token),
                Found::Nothing => None,
            };
            let order = self.order(request)?;
            match (board.under_way(&order.key), fallback) {
                (Some(seat), fallback) => (seat, None, fallback),
                (None, Some(mut token)) if board.rests(&order.key).is_some() => {
                    token.warnings.extend(board.rests(&order.key).map(not_renewed));
                    return Ok(Some(token));
                }
                (None, fallback) => {
                    let (seat, flight) = self.take_off(&mut board, order);
                    (seat, Some(flight), fallback)
                }
            }
        };
        if let Some(flight) = flight {
            flight.start(caller);
        }
        // Who has a token that lives never waits for one that is better.
        let landing = land(seat, request.no_wait || fallback.is_some()).await;
        match (landing, fallback) {
            (Landing::Bought, _) => {
                let bought = TokenRequest {
                    min_ttl: TimeDelta::MIN,
                    renew: false,
                    refused: None,
                    ..request.clone()
                };
                match self.find_token(&bought)? {
                    Found::Live(token) | Found::Fallback(token) => {
                        Ok(Some(LiveToken { reused: false, ..token }))
                    }
                    Found::Nothing => Err(EngineError::TokenVanished),
                }
            }
            // A provider that sells no token does not cost one that still lives.
            (Landing::Failed(error), Some(mut token)) => {
                token.warnings.push(not_renewed(&error.to_string()));
                Ok(Some(token))
            }
            (Landing::Left { .. }, Some(token)) => Ok(Some(token)),
            (Landing::Cleared, _) => Ok(None),
            (Landing::Failed(error), None) => Err(EngineError::Shared(error)),
            (Landing::Left { what, retry_at }, None) => Err(EngineError::NotYet { what, retry_at }),
        }
    }

    /// Looks for a token that will do.
    fn find_token(&self, request: &TokenRequest) -> Result<Found, EngineError> {
        let now = self.now();
        self.read(|vault| {
            // The address is checked here, too: a token never leaves for where it is not bound.
            let bound = self.bound(vault, &request.reference, request.environment.as_ref())?;
            let Bound { credential, profile, environment, .. } = bound;
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
                || request.refused == Some(token.issued_at)
                || !token.lives_for(request.min_ttl, now)
            {
                return Ok(Found::Nothing);
            }
            let summary = token.summary();
            let early = summary.renewal_is_due(exchange.renew_percent_left, now)
                || summary.left(now).is_some_and(|left| left <= request.min_ttl);
            let token = LiveToken {
                access_token: token.access_token,
                token_type: token.token_type,
                issued_at: Some(token.issued_at),
                expiry: token.expiry,
                reused: true,
                warnings: Vec::new(),
            };
            Ok(if early { Found::Fallback(token) } else { Found::Live(token) })
        })
    }

    fn note_use(&self, request: &TokenRequest, caller: &str) -> Result<(), EngineError> {
        self.read(|vault| {
            self.note_later(self.entry(caller, "token", find(vault, &request.reference)?));
            Ok(())
        })
    }
}

fn not_renewed(why: &str) -> String {
    format!("this token is due for renewal, and that failed: {why}")
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
        warnings: Vec::new(),
    }))
}
