//! What reached the providers: the proof that something was sent once, or not at all.

use std::collections::{BTreeMap, VecDeque};

use chrono::{DateTime, Utc};
use serde::Serialize;

use crate::Provider;

/// A request as it arrived. It shows everything, secrets included: they are the sandbox's own.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SeenRequest {
    /// When, by the sandbox's clock.
    pub at: DateTime<Utc>,
    /// The method.
    pub method: String,
    /// The path.
    pub path: String,
    /// The query as it was written.
    pub query: Option<String>,
    /// The headers, names in lower case.
    pub headers: Vec<(String, String)>,
    /// The body, at most 1 MiB; what is not UTF-8 is replaced.
    pub body: String,
}

impl SeenRequest {
    /// The first header of that name, which is given in lower case.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }
}

const KEPT: usize = 1_000;

/// The last [`KEPT`] requests of each provider, and the count of all.
#[derive(Default)]
pub(crate) struct Log {
    requests: BTreeMap<Provider, VecDeque<SeenRequest>>,
    counts: BTreeMap<Provider, BTreeMap<String, u64>>,
}

impl Log {
    pub(crate) fn add(&mut self, provider: Provider, request: SeenRequest) {
        *self.counts.entry(provider).or_default().entry(request.path.clone()).or_default() += 1;
        let requests = self.requests.entry(provider).or_default();
        if requests.len() == KEPT {
            requests.pop_front();
        }
        requests.push_back(request);
    }

    pub(crate) const fn counts(&self) -> &BTreeMap<Provider, BTreeMap<String, u64>> {
        &self.counts
    }

    pub(crate) fn requests(&self, provider: Provider) -> Vec<SeenRequest> {
        self.requests.get(&provider).into_iter().flatten().cloned().collect()
    }
}
