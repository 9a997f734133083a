//! The access tokens that were issued, and what became of them.

use std::collections::{BTreeMap, HashMap};

use chrono::{DateTime, Utc};

use crate::Provider;
use crate::provider::Place;

/// All tokens of all providers. A token is looked up as a whole: what was never issued here is
/// refused, however well it is signed.
#[derive(Default)]
pub(crate) struct Tokens {
    issued: HashMap<String, Issued>,
    last: BTreeMap<Provider, String>,
}

struct Issued {
    provider: Provider,
    place: Place,
    expires_at: DateTime<Utc>,
}

/// What a provider finds when it looks a token up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Standing {
    Valid,
    Expired,
    /// Never issued here: by another provider, another place, or nobody.
    Unknown,
}

impl Tokens {
    pub(crate) fn add(
        &mut self,
        (provider, place): (Provider, Place),
        token: String,
        expires_at: DateTime<Utc>,
    ) {
        self.last.insert(provider, token.clone());
        self.issued.insert(token, Issued { provider, place, expires_at });
    }

    pub(crate) fn standing(
        &self,
        (provider, place): (Provider, Place),
        token: &str,
        now: DateTime<Utc>,
    ) -> Standing {
        match self.issued.get(token) {
            Some(issued) if issued.provider == provider && issued.place == place => {
                if now < issued.expires_at { Standing::Valid } else { Standing::Expired }
            }
            _ => Standing::Unknown,
        }
    }

    /// Ends every token of the provider that was issued so far.
    pub(crate) fn expire(&mut self, provider: Provider, now: DateTime<Utc>) {
        for issued in self.issued.values_mut().filter(|issued| issued.provider == provider) {
            issued.expires_at = issued.expires_at.min(now);
        }
    }

    pub(crate) const fn last(&self) -> &BTreeMap<Provider, String> {
        &self.last
    }
}
