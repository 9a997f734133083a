//! Listing and showing credentials, without their secrets.

use chrono::TimeDelta;
use keyturn_core::{Credential, CredentialRef, ProviderId, TokenSummary};
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
}

impl CredentialSummary {
    pub(crate) fn of(vault: &Vault, credential: &Credential) -> Self {
        let token = vault.token_summary(credential.id, credential.environment()).cloned();
        Self { credential: credential.clone(), token }
    }
}

impl Engine {
    /// Lists credentials in the order of their names.
    pub fn list(&self, filter: &ListFilter) -> Result<Vec<CredentialSummary>, EngineError> {
        if let Some(provider) = &filter.provider {
            self.profile(provider)?;
        }
        let (now, today) = (self.now(), self.today());
        let wanted = |summary: &CredentialSummary| {
            let credential = &summary.credential;
            let provider = filter.provider.as_ref().is_none_or(|id| credential.provider == *id);
            let due = filter.due_within_days.is_none_or(|days| {
                credential.due().is_some_and(|due| (due.on - today).num_days() <= days)
            });
            let expiring = filter.expiring_within.is_none_or(|within| {
                let end = summary.token.as_ref().and_then(|token| token.expiry.at);
                end.is_some_and(|end| end - now <= within)
            });
            provider && due && expiring
        };
        self.read(|vault| {
            let live = vault.credentials().filter(|credential| credential.removed_at.is_none());
            let mut found: Vec<CredentialSummary> = live
                .map(|credential| CredentialSummary::of(vault, credential))
                .filter(wanted)
                .collect();
            found.sort_by_cached_key(|summary| summary.credential.reference());
            Ok(found)
        })
    }

    /// Shows one credential.
    pub fn show(&self, reference: &CredentialRef) -> Result<CredentialSummary, EngineError> {
        self.read(|vault| Ok(CredentialSummary::of(vault, find(vault, reference)?)))
    }
}
