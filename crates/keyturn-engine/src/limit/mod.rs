//! The provider's limits, kept for all callers together.
//!
//! Each limit that counts for a request has a gate ([`gate`]) for its second and minute, and a count of
//! its day, which survives in the vault ([`crate::observed`]). A request goes when every one of them
//! has room. What counts here is what goes through this Keyturn; others may use the same account.
//!
//! Days are days of UTC: no provider says where its own begin.

mod gate;
mod pace;
mod plan;
mod view;

use std::collections::BTreeMap;
use std::hash::{BuildHasher as _, RandomState};
use std::sync::{Arc, Mutex};

use chrono::{DateTime, Days, NaiveTime, TimeDelta, Utc};
use keyturn_core::{Credential, EnvironmentName, ProviderId};
use keyturn_http::SendError;
use keyturn_providers::{Limit, LimitScope, Profile};
use tokio::sync::Notify;

use crate::engine::guard;
use crate::{Engine, EngineError};
use gate::Gate;
use pace::Rules;

pub(crate) use gate::Turn;
pub(crate) use plan::checked_plan;
pub use view::{LimitUse, LimitWindow};

/// More gates than this are looked through for those that nobody needs any more.
const MANY: usize = 256;

/// The gates of all limits. They outlive a lock, so that locking makes no room; of whom they are is
/// kept as numbers alone, which mean nothing outside this process.
#[derive(Default)]
pub(crate) struct Gates {
    open: Mutex<BTreeMap<GateKey, Arc<Gate>>>,
    numbers: RandomState,
    /// Rung when a request was answered: there may be room.
    answers: Arc<Notify>,
}

/// Which limit and of whom, then at which endpoint.
type GateKey = (u64, u64);

/// What a request wants of one limit.
#[derive(Debug, Clone)]
pub(crate) struct Claim {
    provider: ProviderId,
    /// The rates of its second and minute.
    rates: String,
    gate: GateKey,
    rules: Option<Rules>,
    /// The name of the day's counter, and its limit.
    day: Option<(String, u32)>,
}

/// What is about to be sent.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Sending<'a> {
    pub(crate) path: &'a str,
    pub(crate) buys_a_token: bool,
}

/// The limits that count for a credential: those of every plan, and those of the plan it has, with
/// their places among these.
pub(crate) fn in_force<'profile>(
    profile: &'profile Profile,
    credential: &Credential,
) -> impl Iterator<Item = (usize, &'profile Limit)> {
    let plan = credential.plan.clone();
    let counts = move |limit: &&Limit| limit.plan.is_none() || limit.plan == plan;
    profile.limits.iter().filter(counts).enumerate()
}

/// Names what a limit counts by: who shares a name shares the limit. The plan is no part of it, since
/// what an account has used stays used when its plan changes.
pub(crate) fn counter(place: usize, limit: &Limit, credential: &Credential) -> String {
    let named = limit.counted_by.as_ref().and_then(|field| credential.open_value(field));
    let owner = match named.filter(|name| !name.is_empty()) {
        Some(name) => format!("={name}"),
        None => credential.id.to_string(),
    };
    format!("{place}\n{:?}\n{owner}", limit.scope)
}

impl Gates {
    /// The number of a limit and of whom it counts.
    fn owner(&self, profile: &Profile, limit: &Limit, counter: &str) -> u64 {
        self.numbers.hash_one((profile.id.as_str(), counter, limit.rates_in_words()))
    }
}

impl Engine {
    /// What a request wants of the limits that count for it, in the order of the gates.
    pub(crate) fn claims(
        &self,
        profile: &Profile,
        credential: &Credential,
        environment: &EnvironmentName,
        sending: Sending<'_>,
    ) -> Vec<Claim> {
        let mut claims: Vec<Claim> = in_force(profile, credential)
            .filter(|(_, limit)| limit.counts_exchanges || !sending.buys_a_token)
            .map(|(place, limit)| {
                let counter = counter(place, limit, credential);
                let endpoint = match limit.scope {
                    LimitScope::Organization | LimitScope::Account => None,
                    LimitScope::Endpoint => Some((environment, endpoint_of(sending.path))),
                };
                let owner = self.gates.owner(profile, limit, &counter);
                Claim {
                    provider: profile.id.clone(),
                    rates: limit.rates_in_words(),
                    gate: (owner, self.gates.numbers.hash_one(endpoint)),
                    rules: Rules::of(limit),
                    day: limit.per_day.map(|most| (counter, most)),
                }
            })
            .collect();
        claims.sort_by_key(|claim| claim.gate);
        claims
    }

    /// Waits for its turn under all limits. With `no_wait`, or where the wait would be too long, it
    /// fails at once and tells when there is room.
    pub(crate) async fn turn(&self, claims: &[Claim], no_wait: bool) -> Result<Turn, EngineError> {
        self.check_days(claims)?;
        let gates: Vec<Arc<Gate>> = claims.iter().filter_map(|claim| self.gate(claim)).collect();
        let turn = gate::pass(&gates, &self.gates.answers, no_wait).await.map_err(|wait| {
            let wait = TimeDelta::from_std(wait).unwrap_or(TimeDelta::MAX);
            let paced = claims.iter().find(|claim| claim.rules.is_some());
            EngineError::NotYet {
                what: paced.map(|claim| reached(claim, &claim.rates)).unwrap_or_default(),
                retry_at: self.now().checked_add_signed(wait).unwrap_or(DateTime::<Utc>::MAX_UTC),
            }
        })?;
        // The queue may have used the day up, or gone past midnight.
        self.count_days(claims)?;
        Ok(turn)
    }

    /// Takes back a request that never left this machine.
    pub(crate) fn not_sent(&self, claims: &[Claim]) {
        for claim in claims {
            if let Some((counter, _)) = &claim.day {
                self.count_one_less(&claim.provider, counter);
            }
        }
    }

    fn check_days(&self, claims: &[Claim]) -> Result<(), EngineError> {
        for claim in claims {
            let Some((counter, most)) = &claim.day else { continue };
            if self.used_today(&claim.provider, counter) >= *most {
                return Err(self.day_used_up(claim, *most));
            }
        }
        Ok(())
    }

    /// Counts one request of today for every claim, or for none where one of their days is used up.
    fn count_days(&self, claims: &[Claim]) -> Result<(), EngineError> {
        for (place, claim) in claims.iter().enumerate() {
            let Some((counter, most)) = &claim.day else { continue };
            if !self.count_within(&claim.provider, counter, *most) {
                self.not_sent(claims.get(..place).unwrap_or_default());
                return Err(self.day_used_up(claim, *most));
            }
        }
        Ok(())
    }

    fn day_used_up(&self, claim: &Claim, most: u32) -> EngineError {
        let what = reached(claim, &format!("{most} a day"));
        EngineError::NotYet { what, retry_at: midnight(self.now()) }
    }

    fn gate(&self, claim: &Claim) -> Option<Arc<Gate>> {
        let rules = claim.rules?;
        let mut open = guard(&self.gates.open);
        if open.len() > MANY {
            open.retain(|_, gate| Arc::strong_count(gate) > 1 || !gate.is_idle());
        }
        let gate = open.entry(claim.gate).or_insert_with(|| Arc::new(Gate::new(rules)));
        Some(Arc::clone(gate))
    }
}

/// The endpoint that a path belongs to: which thing is asked for is not part of it. A number or an id
/// has a digit in it; the version of an API has one, too, and stays.
fn endpoint_of(path: &str) -> String {
    let is_version = |segment: &str| {
        let number = segment.strip_prefix(['v', 'V']).unwrap_or_default();
        !number.is_empty() && number.chars().all(|c| c.is_ascii_digit() || c == '.')
    };
    let named =
        |segment: &str| is_version(segment) || !segment.contains(|c: char| c.is_ascii_digit());
    let segments = path.split('/').filter(|segment| !segment.is_empty());
    segments.map(|segment| if named(segment) { segment } else { "…" }).collect::<Vec<_>>().join("/")
}

/// Whether a request without an answer may have arrived all the same, and so counts.
pub(crate) fn may_have_arrived(error: &SendError) -> bool {
    !matches!(
        error,
        SendError::Policy(_)
            | SendError::Dns { .. }
            | SendError::Connect { .. }
            | SendError::Tls { .. }
    )
}

fn reached(claim: &Claim, rates: &str) -> String {
    format!("{}'s limit ({rates}) is reached through this Keyturn", claim.provider)
}

/// When the next day of UTC begins.
pub(crate) fn midnight(now: DateTime<Utc>) -> DateTime<Utc> {
    let tomorrow = now.date_naive().checked_add_days(Days::new(1)).unwrap_or(now.date_naive());
    tomorrow.and_time(NaiveTime::MIN).and_utc()
}
