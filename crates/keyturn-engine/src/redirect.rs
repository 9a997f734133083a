//! Where answers led, and going there by the user's choice: without the credential, one step far.
//!
//! An address that may be asked has a ticket, in memory alone: the newest ones stay, and all go with the
//! lock. What comes back is a stranger's, and no row of the profile is asked what it means.

use std::collections::VecDeque;
use std::sync::Arc;

use keyturn_core::{CredentialId, CredentialRef, EnvironmentName};
use keyturn_http::{Answer, Lead, LeadError, Redactor};
use keyturn_providers::{Diagnosis, KeyturnAction};
use keyturn_vault::{JournalEntry, NotedExchange};

use crate::aside;
use crate::endpoint::origins;
use crate::engine::{find, guard};
use crate::exchange::{Noted, redactor_of};
use crate::request::Written;
use crate::{Engine, EngineError, Sent};

/// So many addresses are kept.
const MOST: usize = 32;
/// What stands in the history where a recipe would stand.
const NO_RECIPE: &str = "none";

/// An address that an answer named.
struct Held {
    ticket: u64,
    owner: CredentialId,
    environment: EnvironmentName,
    lead: Lead,
}

/// The addresses that may be asked, the oldest first.
#[derive(Default)]
pub(crate) struct Leads {
    held: VecDeque<Held>,
    given: u64,
}

impl Leads {
    fn keep(&mut self, owner: CredentialId, environment: EnvironmentName, lead: Lead) -> u64 {
        self.given += 1;
        if self.held.len() == MOST {
            drop(self.held.pop_front());
        }
        self.held.push_back(Held { ticket: self.given, owner, environment, lead });
        self.given
    }

    fn of(&self, owner: CredentialId, ticket: u64) -> Option<(EnvironmentName, Lead)> {
        let found = self.held.iter().find(|held| held.ticket == ticket && held.owner == owner)?;
        Some((found.environment.clone(), found.lead.clone()))
    }

    /// Forgets all of them; their tickets are not given again.
    pub(crate) fn clear(&mut self) {
        self.held.clear();
    }
}

impl Engine {
    /// The ticket for where an answer leads, or why nobody may go there; `None` where it leads nowhere, and
    /// where the vault was locked meanwhile: no address outlives the lock.
    pub(crate) fn led(
        &self,
        owner: CredentialId,
        environment: &EnvironmentName,
        lead: Option<Result<Lead, LeadError>>,
    ) -> Option<Result<u64, LeadError>> {
        let lead = match lead? {
            Ok(lead) => lead,
            Err(error) => return Some(Err(error)),
        };
        // Under the vault's guard: the lock, which holds it, comes before this or forgets it.
        let keep = |_: &_| Ok(guard(&self.leads).keep(owner, environment.clone(), lead));
        self.read(keep).ok().map(Ok)
    }

    /// Whether an address that an answer named is of an origin that the credential is bound to, in any of its
    /// environments.
    pub fn leads_where_bound(
        &self,
        reference: &CredentialRef,
        ticket: u64,
    ) -> Result<bool, EngineError> {
        self.read(|vault| {
            let credential = find(vault, reference)?;
            let profile = self.profile(&credential.provider)?;
            let held = guard(&self.leads).of(credential.id, ticket);
            let (_, lead) = held.ok_or(EngineError::NoLead)?;
            let origin = lead.endpoint().base().origin().ascii_serialization();
            // An environment whose address is not complete is no origin.
            let bound = |name| origins(vault, profile, credential, name);
            let mut bound = credential.environments.iter().filter_map(|name| bound(name).ok());
            Ok(bound.any(|bound| bound.contains(&origin)))
        })
    }

    /// Where a ticket leads, by scheme, host and port; `None` where it leads nowhere.
    #[must_use]
    pub fn leads_to(&self, reference: &CredentialRef, ticket: u64) -> Option<String> {
        let owner = self.read(|vault| Ok(find(vault, reference)?.id)).ok()?;
        let (_, lead) = guard(&self.leads).of(owner, ticket)?;
        Some(lead.endpoint().base().origin().ascii_serialization())
    }

    /// Asks an address that an answer named. Nothing of the first request goes there.
    pub async fn follow(
        &self,
        reference: &CredentialRef,
        ticket: u64,
        caller: &str,
    ) -> Result<Sent, EngineError> {
        let (entry, owner, redactor) = self.read(|vault| {
            let credential = find(vault, reference)?;
            self.know_exchanges(vault, credential.id);
            // A server that has a secret from elsewhere shows none of it.
            let redactor = Arc::new(redactor_of(vault, credential)?);
            Ok((self.entry(caller, "follow redirect", credential), credential.id, redactor))
        })?;
        let held = guard(&self.leads).of(owner, ticket);
        let (environment, lead) = held.ok_or(EngineError::NoLead)?;
        let exchange = noted(self, &environment, &lead, &redactor, caller);
        let mut noted = Noted::new(self, owner, exchange);
        noted.attempt(&redactor);
        let endpoint = lead.endpoint();
        let entry = JournalEntry {
            host: Some(endpoint.host_and_port()),
            path: Some("/…".to_owned()),
            ..entry
        };
        let mut written = Written { engine: self, entry };
        let answered = self.ports.transport.send(endpoint, &lead.outgoing()).await;
        written.entry.status = answered.as_ref().ok().map(|answer| answer.status);
        drop(written);
        let answer = match answered {
            Ok(answer) => answer,
            Err(error) => {
                let error = EngineError::from(error);
                noted.failed(&error);
                return Err(error);
            }
        };
        let headers = redactor.redact_headers(&answer.headers);
        let body = aside::redacted(&redactor, answer.body).await;
        let answer = Answer { headers, body, ..answer };
        let sent = Sent {
            request: lead.described(),
            redirect: answer.redirect(endpoint, lead.path()),
            lead: self.led(owner, &environment, answer.lead(endpoint, lead.path())),
            answer: Some((answer, without_meaning())),
            attempts: 1,
            kept: None,
            exchange: noted.number(),
            checks: Vec::new(),
        };
        noted.answered(&sent);
        Ok(sent)
    }
}

/// What the history has of it: the whole address without its query, since it may be of another host.
fn noted(
    engine: &Engine,
    environment: &EnvironmentName,
    lead: &Lead,
    redactor: &Redactor,
    caller: &str,
) -> NotedExchange {
    let names = lead.query_names().into_iter().map(|name| redactor.redact_text(&name));
    NotedExchange {
        query: names.collect(),
        caller: caller.to_owned(),
        ..NotedExchange::new(
            engine.now(),
            environment.clone(),
            NO_RECIPE.to_owned(),
            "GET".to_owned(),
            redactor.redact_text(&lead.shown()),
        )
    }
}

/// The profile's rows are about the provider's interface, which this is not.
fn without_meaning() -> Diagnosis {
    Diagnosis {
        meaning: "what the address answered without the credential".to_owned(),
        action: String::new(),
        row: None,
        keyturn: KeyturnAction::None,
        credential_refused: false,
        refused: false,
        provider_says: None,
        retry_at: None,
        verified: false,
        notes: Vec::new(),
    }
}
