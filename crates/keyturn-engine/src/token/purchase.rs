//! One exchange: what it needs is taken out of the vault, the provider is asked, the token committed.

use chrono::{DateTime, TimeDelta, Utc};
use keyturn_core::{
    Credential, EnvironmentName, Expiry, ExpirySource, FieldName, SecretFields, SecretString, Token,
};
use keyturn_http::{Buyer, Endpoint, ExchangeError, Exchanged};
use keyturn_providers::{CredentialFacts, Exchange, Method};
use keyturn_vault::{JournalEntry, SaveError};
use tokio::sync::watch;

use super::TokenRequest;
use super::flight::{Failure, FlightKey, Progress};
use super::wire::Aloft;
use crate::back_off::{BackOff, again, asked_for, wait};
use crate::bound::Bound;
use crate::endpoint::token_endpoint;
use crate::limit::{Claim, Sending};
use crate::refresh::Refresh;
use crate::{Engine, EngineError};

/// A token that is to be bought: whose, and under which limits. It holds no secret, so that it may
/// wait.
pub(super) struct Order {
    pub(super) key: FlightKey,
    request: TokenRequest,
    claims: Vec<Claim>,
}

/// What an exchange needs, taken out of the vault just before the network is asked.
pub(super) struct Purchase {
    pub(super) credential: Credential,
    pub(super) environment: EnvironmentName,
    exchange: Exchange,
    refresh: Option<Refresh>,
    endpoint: Endpoint,
    secrets: SecretFields,
    /// The vault does not close before it was written what became of it.
    _aloft: Aloft,
}

/// An exchange that bought nothing.
enum Miss {
    /// The refresh token is no good any more, and forgotten; the first grant may be.
    Spent,
    /// It failed.
    Failed {
        error: EngineError,
        /// Whether it may have used up some of the provider's limits.
        arrived: bool,
    },
}

impl Engine {
    /// Settles whose token is bought, and which limits count.
    pub(super) fn order(&self, request: &TokenRequest) -> Result<Order, EngineError> {
        self.read(|vault| {
            let bound = self.bound(vault, &request.reference, request.environment.as_ref())?;
            let Bound { credential, profile, environment, .. } = bound;
            let Method::Exchange(exchange) = profile.method_for(credential) else {
                return Err(EngineError::TokenVanished);
            };
            let sending = Sending { path: &exchange.path, buys_a_token: true };
            Ok(Order {
                key: FlightKey::of(credential, environment),
                claims: self.claims(profile, credential, environment, sending),
                request: TokenRequest { environment: Some(environment.clone()), ..request.clone() },
            })
        })
    }

    /// Takes out of the vault what an exchange needs.
    fn purchase(&self, order: &Order) -> Result<Purchase, EngineError> {
        let request = &order.request;
        self.read(|vault| {
            // An older file may bind a secret to where the user has since unbound it from.
            if vault.is_quarantined() {
                return Err(SaveError::Quarantined.into());
            }
            let bound = self.bound(vault, &request.reference, request.environment.as_ref())?;
            let Bound { credential, profile, environment, .. } = bound;
            // It may have waited, and the credential of that name may be another one by now.
            let Method::Exchange(exchange) = profile.method_for(credential) else {
                return Err(EngineError::TokenVanished);
            };
            if FlightKey::of(credential, environment) != order.key {
                return Err(EngineError::TokenVanished);
            }
            let open = |name: &FieldName| profile.open_value(credential, name);
            Ok(Purchase {
                _aloft: self.set_out()?,
                secrets: vault.secrets(credential.id)?,
                refresh: Refresh::of(vault, profile, credential, environment, exchange)?,
                exchange: exchange.filled(&open)?,
                endpoint: token_endpoint(vault, profile, credential, environment)?,
                environment: environment.clone(),
                credential: credential.clone(),
            })
        })
    }

    /// Buys a token and commits it; on any failure the old one stays. It waits for its turn, and asks
    /// again where the provider has too much to do or trouble of its own.
    pub(super) async fn buy(
        &self,
        order: &Order,
        caller: &str,
        progress: &watch::Sender<Progress>,
    ) -> Result<(), Failure> {
        let mut back_off = BackOff::default();
        loop {
            let turn = match self.turn(&order.claims, true).await {
                Err(EngineError::NotYet { what, retry_at }) => {
                    progress.send_replace(Progress::Waits { what, retry_at });
                    self.turn(&order.claims, false).await
                }
                turn => turn,
            };
            let turn = turn.map_err(|error| Failure { error, asked: None })?;
            progress.send_replace(Progress::UnderWay);
            let error = match self.buy_once(order, caller).await {
                Ok(()) => return Ok(()),
                // A request of its own, in a turn of its own.
                Err(Miss::Spent) => continue,
                Err(Miss::Failed { error, arrived }) => {
                    if !arrived {
                        self.not_sent(&order.claims);
                    }
                    error
                }
            };
            let (once_more, asked) = self.may_ask_again(order, &error);
            let refused_429 =
                matches!(error, EngineError::Exchange(ExchangeError::Refused { status: 429, .. }));
            if refused_429 && let Some(asked) = asked {
                turn.hold(asked);
            }
            let span = once_more.then(|| back_off.next(asked, &*self.ports.chance)).flatten();
            let Some(span) = span else { return Err(Failure { error, asked }) };
            if refused_429 {
                turn.hold(span);
            }
            drop(turn);
            let (what, retry_at) = (error.to_string(), self.now() + span);
            progress.send_replace(Progress::Waits { what, retry_at });
            wait(&*self.ports.clock, span).await;
        }
    }

    /// One request, written down whatever becomes of it.
    async fn buy_once(&self, order: &Order, caller: &str) -> Result<(), Miss> {
        let arrived = |error| Miss::Failed { error, arrived: true };
        let purchase =
            self.purchase(order).map_err(|error| Miss::Failed { error, arrived: false })?;
        let exchange = purchase.refresh.as_ref().map_or(&purchase.exchange, |one| &one.exchange);
        let entry = JournalEntry {
            host: Some(purchase.endpoint.host_and_port()),
            path: Some(exchange.path.clone()),
            ..self.entry(caller, "exchange", &purchase.credential)
        };
        let refresh_token = purchase.refresh.as_ref().map(|refresh| &refresh.token);
        match self.ask_with(&purchase, exchange, refresh_token).await {
            Ok(bought) => {
                let bought = match &purchase.refresh {
                    Some(refresh) => refresh.carried_on(bought),
                    None => bought,
                };
                let bought = self.checked(&purchase, bought);
                self.store(&order.key, bought, entry).map_err(arrived)
            }
            Err(error) => {
                let entry = JournalEntry { action: "exchange failed".to_owned(), ..entry };
                if let Some(refresh) = &purchase.refresh
                    && let EngineError::Exchange(refusal) = &error
                    && refresh.is_spent(refusal, &purchase.secrets)
                {
                    let (owner, environment) = (purchase.credential.id, &purchase.environment);
                    self.forget_spent(owner, environment, &refresh.token, entry)
                        .map_err(arrived)?;
                    return Err(Miss::Spent);
                }
                self.note_later(entry);
                let arrived = may_have_used_a_turn(&error);
                Err(Miss::Failed { error, arrived })
            }
        }
    }

    /// Whether an exchange that failed is made again by itself: 429 and 5xx alone, where the meaning of
    /// the answer is to back off. And for how long the provider asked to be left alone.
    fn may_ask_again(&self, order: &Order, error: &EngineError) -> (bool, Option<TimeDelta>) {
        let EngineError::Exchange(ExchangeError::Refused {
            status, diagnosis, retry_after, ..
        }) = error
        else {
            return (false, None);
        };
        let provider = &order.request.reference.provider;
        let skew = self.skew(provider, &order.key.environment).unwrap_or_default();
        let asked = asked_for(*retry_after, diagnosis.retry_at, skew, self.now());
        (again(*status, diagnosis.keyturn), asked)
    }

    async fn ask_with(
        &self,
        purchase: &Purchase,
        exchange: &Exchange,
        refresh_token: Option<&SecretString>,
    ) -> Result<Exchanged, EngineError> {
        let profile = self.profile(&purchase.credential.provider)?;
        let open = |name: &FieldName| profile.open_value(&purchase.credential, name);
        let answered = keyturn_http::exchange(
            &*self.ports.transport,
            profile,
            exchange,
            &purchase.endpoint,
            Buyer {
                open: &open,
                secrets: &purchase.secrets,
                refresh_token,
                facts: CredentialFacts::of(profile, &purchase.credential),
            },
            &*self.ports.clock,
        )
        .await;
        Ok(answered?)
    }

    /// What was bought, told by this machine's clock, which everything else goes by (X5).
    fn checked(&self, purchase: &Purchase, bought: Exchanged) -> Token {
        let provider = &purchase.credential.provider;
        if let Some(skew) = bought.skew {
            self.see_skew(provider, &purchase.environment, skew);
        }
        let skew = bought.skew.unwrap_or_default();
        let by_our_clock = |at: DateTime<Utc>| at.checked_sub_signed(skew).unwrap_or(at);
        let issued_at = by_our_clock(bought.issued_at);
        let mut expiry = Expiry { at: bought.expiry.at.map(by_our_clock), ..bought.expiry };
        let learned = self.learned_lifetime(provider, &purchase.environment);
        if let (ExpirySource::Unknown, Some(life)) = (expiry.source, learned) {
            expiry =
                Expiry { at: issued_at.checked_add_signed(life), source: ExpirySource::Learned };
        }
        Token {
            credential: purchase.credential.id,
            environment: purchase.environment.clone(),
            access_token: bought.access_token,
            refresh_token: bought.refresh_token,
            token_type: bought.token_type,
            issued_at,
            expiry,
            secret_version: purchase.credential.secret_version,
        }
    }
}

/// Whether an exchange without an answer that is of use may have used up some of the provider's limits.
fn may_have_used_a_turn(error: &EngineError) -> bool {
    match error {
        EngineError::Exchange(ExchangeError::Transport(error)) => {
            crate::limit::may_have_arrived(error)
        }
        EngineError::Exchange(_) => true,
        _ => false,
    }
}
