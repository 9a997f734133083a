//! Listing and showing credentials, without their secrets.

use chrono::{NaiveDate, TimeDelta};
use keyturn_core::rotation::{Due, Policies};
use keyturn_core::{Credential, CredentialRef, ProviderId, RotationState, TokenSummary};
use keyturn_vault::Vault;

use crate::engine::find;
use crate::{Engine, EngineError};

/// Which credentials are listed; `None` does not narrow.
#[derive(Debug, Clone, Default)]
pub struct ListFilter {
    /// Those of this provider.
    pub provider: Option<ProviderId>,
    /// Those due within so many days.
    pub due_within_days: Option<i64>,
    /// Those whose token ends within that time, or has ended.
    pub expiring_within: Option<TimeDelta>,
}

/// A credential with what may be said of its token.
#[derive(Debug, Clone)]
pub struct CredentialSummary {
    /// The credential.
    pub credential: Credential,
    /// Its token in the preferred environment.
    pub token: Option<TokenSummary>,
    /// The day its key is due by the rules in force, and why.
    pub due: Option<Due>,
    /// Where its rotation stands.
    pub state: RotationState,
}

impl Engine {
    /// What may be said of a credential of the open vault.
    pub(crate) fn summary(&self, vault: &Vault, credential: &Credential) -> CredentialSummary {
        summary(vault, credential, &self.policies(), self.today())
    }

    /// Lists credentials in the order of their names.
    pub fn list(&self, filter: &ListFilter) -> Result<Vec<CredentialSummary>, EngineError> {
        if let Some(provider) = &filter.provider {
            self.profile(provider)?;
        }
        let (now, today) = (self.now(), self.today());
        let policies = self.policies();
        let wanted = |summary: &CredentialSummary| {
            let credential = &summary.credential;
            let provider = filter.provider.as_ref().is_none_or(|id| credential.provider == *id);
            let due = filter.due_within_days.is_none_or(|days| {
                summary.due.is_some_and(|due| (due.on - today).num_days() <= days)
            });
            let expiring = filter.expiring_within.is_none_or(|within| {
                let end = summary.token.as_ref().and_then(|token| token.expiry.at);
                end.is_some_and(|end| end - now <= within)
            });
            provider && due && expiring
        };
        self.read(|vault| {
            let mut found: Vec<CredentialSummary> = vault
                .live_credentials()
                .map(|credential| summary(vault, credential, &policies, today))
                .filter(wanted)
                .collect();
            found.sort_by_cached_key(|summary| summary.credential.reference());
            Ok(found)
        })
    }

    /// Shows one credential.
    pub fn show(&self, reference: &CredentialRef) -> Result<CredentialSummary, EngineError> {
        self.read(|vault| Ok(self.summary(vault, find(vault, reference)?)))
    }
}

fn summary(
    vault: &Vault,
    credential: &Credential,
    policies: &Policies,
    today: NaiveDate,
) -> CredentialSummary {
    let token = vault.token_summary(credential.id, credential.environment()).cloned();
    CredentialSummary {
        token,
        due: policies.due_by(credential, today),
        state: policies.state(credential, today),
        credential: credential.clone(),
    }
}
