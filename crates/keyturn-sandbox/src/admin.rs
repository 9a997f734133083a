//! What a test can do to the sandbox and ask of it, in the same process.

use std::collections::BTreeMap;
use std::net::IpAddr;
use std::sync::Arc;

use chrono::{DateTime, TimeDelta, Utc};

use crate::seen::Log;
use crate::state::Shared;
use crate::{Credentials, Fault, PanbasicAuth, Plan, Provider, SeenRequest, TlsFault};

/// Controls a running sandbox. Cloning gives another handle to the same one.
#[derive(Clone)]
pub struct Admin(pub(crate) Arc<Shared>);

impl Admin {
    /// The newest credentials of every provider.
    #[must_use]
    pub fn credentials(&self) -> Credentials {
        self.0.lock().credentials.clone()
    }

    /// The sandbox's time, which its `Date` headers tell.
    #[must_use]
    pub fn now(&self) -> DateTime<Utc> {
        self.0.lock().now()
    }

    /// Moves the sandbox's clock; a negative span sets it back.
    pub fn advance_clock(&self, span: TimeDelta) {
        self.0.lock().clock.advance(span);
    }

    /// Stops the clock, so that rate limits do not depend on the machine's speed.
    pub fn stop_clock(&self) {
        self.0.lock().clock.stop();
    }

    /// Lets the clock go on from where it stands.
    pub fn run_clock(&self) {
        self.0.lock().clock.run();
    }

    /// Ends every access token that the provider has issued so far.
    pub fn expire_tokens(&self, provider: Provider) {
        let mut state = self.0.lock();
        let now = state.now();
        state.tokens.expire(provider, now);
    }

    /// Ends every long-lived key of the provider, without a new one.
    pub fn revoke_key(&self, provider: Provider) {
        self.0.lock().account(provider).keys.clear();
    }

    /// Makes a new long-lived key; the old one goes on until [`Admin::confirm_key`].
    #[must_use]
    pub fn issue_key(&self, provider: Provider) -> String {
        self.0.lock().issue_key(provider)
    }

    /// Deepvue's dashboard gives a new pair, with a client id of its own; the old one goes on until
    /// [`Admin::confirm_key`]. The new secret is the answer, the id stands in [`Admin::credentials`].
    #[must_use]
    pub fn issue_pair(&self) -> String {
        self.0.lock().issue_pair()
    }

    /// Ends every long-lived key but the newest.
    pub fn confirm_key(&self, provider: Provider) {
        self.0.lock().confirm_key(provider);
    }

    /// Makes a new long-lived key that ends the old one at once.
    #[must_use]
    pub fn regenerate_key(&self, provider: Provider) -> String {
        let mut state = self.0.lock();
        let key = state.issue_key(provider);
        state.confirm_key(provider);
        key
    }

    /// DeepCurrent's dialog "Reveal API key": the whole key the first time, then its last four
    /// characters.
    #[must_use]
    pub fn reveal_key(&self) -> String {
        let mut state = self.0.lock();
        let key = state.credentials.deepcurrent.api_key.clone();
        if std::mem::replace(&mut state.revealed, true) {
            crate::deepcurrent::last_four(&key)
        } else {
            key
        }
    }

    /// Serves these addresses only, everyone else gets 403 on everything; `None` lifts it.
    pub fn allow_ips(&self, provider: Provider, ips: Option<Vec<IpAddr>>) {
        self.0.lock().account(provider).allowed_ips = ips;
    }

    /// Answers valid credentials with 403: no access, plan or role.
    pub fn forbid(&self, provider: Provider, on: bool) {
        self.0.lock().account(provider).forbidden = on;
    }

    /// Makes deepidv answer 402.
    pub fn out_of_credit(&self, on: bool) {
        self.0.lock().out_of_credit = on;
    }

    /// Sets how many requests of today's quota are used up.
    pub fn set_used_today(&self, provider: Provider, count: u32) {
        let mut state = self.0.lock();
        let now = state.now();
        state.account(provider).day.set(now, count);
    }

    /// Sets Deepvue's plan.
    pub fn set_plan(&self, plan: Plan) {
        self.0.lock().plan = plan;
    }

    /// Sets what Deepvue's sample endpoint asks for.
    pub fn set_panbasic_auth(&self, auth: PanbasicAuth) {
        self.0.lock().panbasic_auth = auth;
    }

    /// Breaks the provider's TLS for new connections; `None` mends it.
    pub fn break_tls(&self, provider: Provider, fault: Option<TlsFault>) {
        self.0.lock().account(provider).tls = fault;
    }

    /// Puts a fault behind those that wait already.
    pub fn fault(&self, provider: Provider, fault: Fault) {
        self.0.lock().account(provider).faults.push_back(fault);
    }

    /// Removes the faults that still wait.
    pub fn clear_faults(&self, provider: Provider) {
        self.0.lock().account(provider).faults.clear();
    }

    /// How many requests reached that path of the provider, whatever became of them.
    #[must_use]
    pub fn count(&self, provider: Provider, path: &str) -> u64 {
        let state = self.0.lock();
        let counts = state.log.counts().get(&provider);
        counts.and_then(|paths| paths.get(path)).copied().unwrap_or_default()
    }

    /// How many requests reached the provider.
    #[must_use]
    pub fn total(&self, provider: Provider) -> u64 {
        self.0.lock().log.counts().get(&provider).into_iter().flat_map(BTreeMap::values).sum()
    }

    /// How many requests reached which path of which provider.
    #[must_use]
    pub fn counts(&self) -> BTreeMap<Provider, BTreeMap<String, u64>> {
        self.0.lock().log.counts().clone()
    }

    /// The last 1,000 requests that reached the provider, oldest first.
    #[must_use]
    pub fn requests(&self, provider: Provider) -> Vec<SeenRequest> {
        self.0.lock().log.requests(provider)
    }

    /// Begins to count and to record anew.
    pub fn forget_requests(&self) {
        self.0.lock().log = Log::default();
    }

    /// How many connections the plain-HTTP port has dropped.
    #[must_use]
    pub fn plain_connections(&self) -> u64 {
        self.0.lock().plain_connections
    }

    /// The token that the provider issued last.
    #[must_use]
    pub fn last_token(&self, provider: Provider) -> Option<String> {
        self.0.lock().tokens.last().get(&provider).cloned()
    }

    /// The token that each provider issued last.
    #[must_use]
    pub fn last_tokens(&self) -> BTreeMap<Provider, String> {
        self.0.lock().tokens.last().clone()
    }
}
