//! What is said of the limits: how much of each is used, and when it is free again.

use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use keyturn_core::Credential;
use keyturn_providers::LimitScope;

use super::{counter, in_force, midnight};
use crate::Engine;
use crate::engine::guard;

/// One window of one limit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LimitUse {
    /// What it limits.
    pub label: String,
    /// The plan it belongs to.
    pub plan: Option<String>,
    /// What requests are counted by.
    pub scope: LimitScope,
    /// The window.
    pub window: LimitWindow,
    /// How many requests it takes.
    pub limit: u32,
    /// How many may go at once.
    pub burst: Option<u32>,
    /// How many went through this Keyturn; of a limit for each endpoint, those of the busiest.
    pub used: u32,
    /// When some of it is free again; `None` where nothing is used.
    pub resets_at: Option<DateTime<Utc>>,
    /// Whether the provider's main documentation says so.
    pub verified: bool,
}

/// What a limit counts within.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LimitWindow {
    /// A second.
    Second,
    /// A minute.
    Minute,
    /// A day of UTC.
    Day,
}

impl Engine {
    /// How the limits that count for a credential are used, through this Keyturn.
    pub fn limits(&self, credential: &Credential) -> Vec<LimitUse> {
        let Ok(profile) = self.profile(&credential.provider) else { return Vec::new() };
        let now = self.now();
        let mut uses = Vec::new();
        for (place, limit) in in_force(profile, credential) {
            let counter = counter(place, limit, credential);
            let mut say = |window, most: Option<u32>, (used, resets_at)| {
                let Some(most) = most else { return };
                uses.push(LimitUse {
                    label: limit.label.clone(),
                    plan: limit.plan.clone(),
                    scope: limit.scope,
                    window,
                    limit: most,
                    burst: limit.burst.filter(|_| window == LimitWindow::Second),
                    used,
                    resets_at,
                    verified: limit.verified,
                });
            };
            let owner = self.gates.owner(profile, limit, &counter);
            let within = |window| self.busiest(owner, window, now);
            say(LimitWindow::Second, limit.per_second, within(Duration::from_secs(1)));
            say(LimitWindow::Minute, limit.per_minute, within(Duration::from_mins(1)));
            let today = self.used_today(&profile.id, &counter);
            let resets_at = (today > 0).then(|| midnight(now));
            say(LimitWindow::Day, limit.per_day, (today, resets_at));
        }
        uses
    }

    /// The fullest of a limit's gates.
    fn busiest(
        &self,
        owner: u64,
        window: Duration,
        now: DateTime<Utc>,
    ) -> (u32, Option<DateTime<Utc>>) {
        let open = guard(&self.gates.open);
        let same = open.range((owner, u64::MIN)..=(owner, u64::MAX));
        let (used, leaves) = same
            .map(|(_, gate)| gate.used(window))
            .max_by_key(|(used, _)| *used)
            .unwrap_or_default();
        let leaves = leaves.and_then(|span| TimeDelta::from_std(span).ok());
        (used, leaves.map(|span| now + span))
    }
}
