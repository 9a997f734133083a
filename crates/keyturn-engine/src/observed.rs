//! What was seen of providers: the day's counts, lifetimes that were learned, clocks that are off.
//!
//! It is kept in memory while the vault is open and written to it together with the journal, at most
//! once a second and when the vault locks. What cannot be written is only forgotten.

use std::sync::MutexGuard;

use chrono::TimeDelta;
use keyturn_core::{Credential, EnvironmentName, ProviderId};
use keyturn_vault::{ClockSkew, DayCount, LearnedLifetime, Observations};

use crate::Engine;
use crate::check::DailyCheck;
use crate::engine::guard;

/// Providers' clocks that are further off are told of (X5).
const SKEW_TO_TELL: TimeDelta = TimeDelta::seconds(60);
/// A skew that differs less from the last one is the same: headers have whole seconds.
const SAME_SKEW_S: u64 = 5;

/// What was seen, and whether the vault has it yet.
#[derive(Debug, Default)]
pub(crate) struct Observed {
    pub(crate) seen: Observations,
    pub(crate) unwritten: bool,
    /// How the check of the day goes.
    pub(crate) daily_check: DailyCheck,
}

impl Engine {
    pub(crate) fn observed(&self) -> MutexGuard<'_, Observed> {
        guard(&self.observed)
    }

    /// How many requests of a day's counter are used today.
    pub(crate) fn used_today(&self, provider: &ProviderId, counter: &str) -> u32 {
        let today = self.now().date_naive();
        let observed = self.observed();
        let mut days = observed.seen.days.iter();
        days.find(|day| day.provider == *provider && day.counter == counter && day.day == today)
            .map_or(0, |day| day.used)
    }

    /// Counts one request of today, unless the day is used up; a new day begins at nothing. Looking
    /// and counting are one step: of many callers no more than `most` get a yes.
    pub(crate) fn count_within(&self, provider: &ProviderId, counter: &str, most: u32) -> bool {
        let today = self.now().date_naive();
        let mut observed = self.observed();
        let days = &mut observed.seen.days;
        // Yesterday's stays for a clock that is set back across midnight.
        days.retain(|day| (today - day.day).num_days().abs() <= 1);
        let known = days
            .iter_mut()
            .find(|day| day.provider == *provider && day.counter == counter && day.day == today);
        match known {
            Some(day) if day.used >= most => return false,
            Some(day) => day.used += 1,
            None if most == 0 => return false,
            None => days.push(DayCount {
                provider: provider.clone(),
                counter: counter.to_owned(),
                day: today,
                used: 1,
            }),
        }
        observed.unwritten = true;
        self.unwritten.notify_one();
        true
    }

    /// Takes back one request of today.
    pub(crate) fn count_one_less(&self, provider: &ProviderId, counter: &str) {
        let today = self.now().date_naive();
        let mut observed = self.observed();
        let mut days = observed.seen.days.iter_mut();
        let known = days
            .find(|day| day.provider == *provider && day.counter == counter && day.day == today);
        if let Some(day) = known {
            day.used = day.used.saturating_sub(1);
            observed.unwritten = true;
            self.unwritten.notify_one();
        }
    }

    /// How long the provider's tokens were seen to live there.
    pub(crate) fn learned_lifetime(
        &self,
        provider: &ProviderId,
        environment: &EnvironmentName,
    ) -> Option<TimeDelta> {
        let observed = self.observed();
        let mut lifetimes = observed.seen.lifetimes.iter();
        let known =
            lifetimes.find(|life| life.provider == *provider && life.environment == *environment);
        known.and_then(|life| TimeDelta::try_seconds(life.seconds))
    }

    /// Notes how long the provider's tokens live there.
    pub(crate) fn learn_lifetime(
        &self,
        provider: &ProviderId,
        environment: &EnvironmentName,
        life: TimeDelta,
    ) {
        let mut observed = self.observed();
        let lifetimes = &mut observed.seen.lifetimes;
        lifetimes.retain(|old| old.provider != *provider || old.environment != *environment);
        lifetimes.push(LearnedLifetime {
            provider: provider.clone(),
            environment: environment.clone(),
            seconds: life.num_seconds(),
        });
        observed.unwritten = true;
        self.unwritten.notify_one();
    }

    /// How far the provider's clock was ahead of this machine's when it answered last.
    pub(crate) fn skew(
        &self,
        provider: &ProviderId,
        environment: &EnvironmentName,
    ) -> Option<TimeDelta> {
        let observed = self.observed();
        let mut skews = observed.seen.skews.iter();
        let known =
            skews.find(|skew| skew.provider == *provider && skew.environment == *environment);
        known.and_then(|skew| TimeDelta::try_seconds(skew.seconds))
    }

    /// Notes how far the provider's clock is off (X5).
    pub(crate) fn see_skew(
        &self,
        provider: &ProviderId,
        environment: &EnvironmentName,
        skew: TimeDelta,
    ) {
        let last = self.skew(provider, environment);
        let seconds = skew.num_seconds();
        if last.is_some_and(|last| last.num_seconds().abs_diff(seconds) < SAME_SKEW_S) {
            return;
        }
        let seen_at = self.now();
        let mut observed = self.observed();
        let skews = &mut observed.seen.skews;
        skews.retain(|old| old.provider != *provider || old.environment != *environment);
        let (provider, environment) = (provider.clone(), environment.clone());
        skews.push(ClockSkew { provider, environment, seconds, seen_at });
        observed.unwritten = true;
        self.unwritten.notify_one();
    }

    /// How far the provider's clock was ahead of this machine's, in the credential's preferred
    /// environment; `None` where nothing was answered yet.
    pub fn clock_skew(&self, credential: &Credential) -> Option<TimeDelta> {
        self.skew(&credential.provider, credential.environment())
    }

    /// What is said where the provider's clock and this machine's are far apart.
    pub(crate) fn skew_warning(
        &self,
        provider: &ProviderId,
        environment: &EnvironmentName,
    ) -> Option<String> {
        let skew = self.skew(provider, environment)?;
        (skew.abs() > SKEW_TO_TELL).then(|| {
            let side = if skew > TimeDelta::zero() { "behind" } else { "ahead of" };
            let span = keyturn_core::duration::human(skew.abs());
            format!(
                "this machine's clock is {span} {side} the provider's; times are corrected by that"
            )
        })
    }
}
