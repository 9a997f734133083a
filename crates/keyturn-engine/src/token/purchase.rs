//! One exchange: what it needs is taken out of the vault, the provider is asked, the token committed.

use chrono::{DateTime, TimeDelta, Utc};
use keyturn_core::{
    Credential, EnvironmentName, Expiry, ExpirySource, FieldName, SecretFields, SecretString, Token,
};
use keyturn_http::{Buyer, Endpoint, ExchangeError, Exchanged};
use keyturn_providers::{CredentialFacts, Exchange, Method};
use keyturn_vault::{Batch, JournalEntry, SaveError};
use tokio::sync::watch;

use super::TokenRequest;
use super::flight::{FlightKey, Progress};
use crate::back_off::{BackOff, again, wait};
use crate::bound::Bound;
use crate::endpoint::token_endpoint;
use crate::limit::{Claim, Sending};
use crate::refresh::Refresh;
use crate::{Engine, EngineError};

/// A token that is to be bought: whose, and under which limits. It holds no secret, so that it may
/// wait.
pub(super) struct Order {
    pub(super) key: FlightKey,
    pub(super) secret_version: u32,
    request: TokenRequest,
    claims: Vec<Claim>,
}

/// What an exchange needs, taken out of the vault just before the network is asked.
struct Purchase {
    credential: Credential,
    environment: EnvironmentName,
    exchange: Exchange,
    refresh: Option<Refresh>,
    endpoint: Endpoint,
    secrets: SecretFields,
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
                key: (credential.id, environment.clone()),
                secret_version: credential.secret_version,
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
            if credential.id != order.key.0 {
                return Err(EngineError::TokenVanished);
            }
            let open = |name: &FieldName| profile.open_value(credential, name);
            Ok(Purchase {
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
    ) -> Result<(), EngineError> {
        let mut back_off = BackOff::default();
        loop {
            let turn = match self.turn(&order.claims, true).await {
                Ok(turn) => turn,
                Err(EngineError::NotYet { what, retry_at }) => {
                    progress.send_replace(Progress::Waits { what, retry_at });
                    self.turn(&order.claims, false).await?
                }
                Err(error) => return Err(error),
            };
            progress.send_replace(Progress::UnderWay);
            let error = match self.buy_once(order, caller).await {
                Ok(()) => return Ok(()),
                Err(error) => error,
            };
            if !reached_the_provider(&error) {
                self.not_sent(&order.claims);
            }
            let Some(asked) = self.may_ask_again(order, &error) else { return Err(error) };
            let Some(span) = back_off.next(asked, &*self.ports.chance) else { return Err(error) };
            if matches!(error, EngineError::Exchange(ExchangeError::Refused { status: 429, .. })) {
                turn.hold(span);
            }
            drop(turn);
            let (what, retry_at) = (error.to_string(), self.now() + span);
            progress.send_replace(Progress::Waits { what, retry_at });
            wait(&*self.ports.clock, span).await;
        }
    }

    async fn buy_once(&self, order: &Order, caller: &str) -> Result<(), EngineError> {
        let purchase = self.purchase(order)?;
        let entry = JournalEntry {
            host: Some(purchase.endpoint.host_and_port()),
            path: Some(purchase.exchange.path.clone()),
            ..self.entry(caller, "exchange", &purchase.credential)
        };
        let bought = self.ask(&purchase).await.and_then(|bought| self.checked(&purchase, bought));
        drop(purchase);
        let token = match bought {
            Ok(token) => token,
            Err(error) => {
                self.note_later(JournalEntry { action: "exchange failed".to_owned(), ..entry });
                return Err(error);
            }
        };
        self.write(|vault| {
            let mut batch = Batch::new();
            batch.append_journal(vec![entry]);
            batch.put_token(token);
            self.commit(vault, batch)
        })
    }

    /// Whether an exchange that failed is made again by itself, and what the provider asked for:
    /// 429 and 5xx alone, where the meaning of the answer is to back off.
    #[expect(clippy::option_option, reason = "whether at all, and whether a time was asked for")]
    fn may_ask_again(&self, order: &Order, error: &EngineError) -> Option<Option<TimeDelta>> {
        let EngineError::Exchange(ExchangeError::Refused {
            status, diagnosis, retry_after, ..
        }) = error
        else {
            return None;
        };
        let provider = &order.request.reference.provider;
        let skew = self.skew(provider, &order.key.1).unwrap_or_default();
        let told = diagnosis.retry_at.map(|at| at - skew - self.now());
        again(*status, diagnosis.keyturn).then_some(retry_after.or(told))
    }

    /// Asks the provider: with the refresh token where there is one that it takes.
    async fn ask(&self, purchase: &Purchase) -> Result<Exchanged, EngineError> {
        if let Some(refresh) = &purchase.refresh {
            match self.ask_with(purchase, &refresh.exchange, Some(&refresh.token)).await {
                Err(EngineError::Exchange(error))
                    if refresh.is_spent(&error, &purchase.secrets) => {}
                answered => return Ok(refresh.carried_on(answered?)),
            }
        }
        self.ask_with(purchase, &purchase.exchange, None).await
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
    fn checked(&self, purchase: &Purchase, bought: Exchanged) -> Result<Token, EngineError> {
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
        let token = Token {
            credential: purchase.credential.id,
            environment: purchase.environment.clone(),
            access_token: bought.access_token,
            refresh_token: bought.refresh_token,
            token_type: bought.token_type,
            issued_at,
            expiry,
            secret_version: purchase.credential.secret_version,
        };
        match token.expiry.at.filter(|end| *end <= self.now()) {
            Some(ended_at) => {
                self.keep_refresh_token(token)?;
                Err(EngineError::BoughtEnded { ended_at })
            }
            None => Ok(token),
        }
    }
}

/// Whether a failed exchange may have used up some of the provider's limits.
fn reached_the_provider(error: &EngineError) -> bool {
    match error {
        EngineError::Exchange(ExchangeError::Transport(error)) => {
            crate::limit::may_have_arrived(error)
        }
        EngineError::Exchange(_) | EngineError::BoughtEnded { .. } | EngineError::Save(_) => true,
        _ => false,
    }
}
