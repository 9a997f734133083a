//! The check of every day: run once a day of the user's calendar while the vault is open, where the
//! settings say so. What fails is reminded of until it passes; only what is known to be harmless is sent.

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use keyturn_core::CredentialId;
use keyturn_core::reminder::Subject;
use keyturn_vault::{CheckFailure, Vault};

use super::{CheckResult, Checked, Gathered, Manner};
use crate::engine::find;
use crate::{Engine, EngineError};

/// When one that came to no end is tried again.
const AGAIN_AFTER: TimeDelta = TimeDelta::hours(1);
/// How the journal names it.
const CALLER: &str = "keyturn, daily check";

impl Engine {
    /// Whether today's check is still to be run: the settings want it, and the vault is open for writing.
    /// One that came to no end is tried again after an hour, or when the vault is opened again.
    pub fn daily_check_is_due(&self) -> bool {
        let wanted =
            |vault: &Vault| vault.settings().security.daily_check && !vault.is_quarantined();
        if !self.read(|vault| Ok(wanted(vault))).unwrap_or(false) {
            return false;
        }
        let (today, now) = (self.today(), self.now());
        // A day that is far ahead was noted by a clock that has been set back since.
        let over = |on: NaiveDate| on == today || (on > today && on - today <= TimeDelta::days(1));
        let just_tried = |at: DateTime<Utc>| at <= now && now - at < AGAIN_AFTER;
        let observed = self.observed();
        !observed.seen.checked_on.is_some_and(over) && !observed.check_tried.is_some_and(just_tried)
    }

    /// Runs it, and notes what failed.
    pub async fn run_daily_check(self: &Arc<Self>) -> Result<Vec<Checked>, EngineError> {
        let (today, now) = (self.today(), self.now());
        // Before anything is sent: whatever becomes of it, it is not run again and again.
        self.observed().check_tried = Some(now);
        let manner = Manner { confirmed: false, buys: false };
        let Gathered { checked, closed } = self.run(None, manner, CALLER).await?;
        // Of one that a lock ended, what is known is not lost where the vault is open again by now.
        self.note_failures(&checked, today, closed.is_none())?;
        closed.map_or(Ok(checked), Err)
    }

    /// Notes which credentials failed, and since when.
    fn note_failures(
        &self,
        checked: &[Checked],
        today: NaiveDate,
        was_all: bool,
    ) -> Result<(), EngineError> {
        let found = self.by_owner(checked)?;
        let mut observed = self.observed();
        for (credential, checked) in found {
            let failures = &mut observed.seen.check_failures;
            let place = failures.iter().position(|old| old.credential == credential);
            let old = place.map(|place| failures.remove(place));
            let since = old.as_ref().map_or(today, |old| old.since.min(today));
            let first = checked.iter().find(|one| one.result == CheckResult::Failed);
            let failed = first.map(|one| (one.request.clone(), why(one)));
            let stays = || old.filter(|old| stands(old, &checked));
            let failed = failed.or_else(|| stays().map(|old| (old.request, old.why)));
            if let Some((request, why)) = failed {
                failures.push(CheckFailure { credential, request, why, since });
            }
        }
        if was_all {
            observed.seen.checked_on = Some(today);
        }
        observed.unwritten = true;
        drop(observed);
        self.unwritten.notify_one();
        self.reckon_reminders()
    }

    /// Notes which credentials pass again, or can no longer be asked, whoever ran it.
    pub(super) fn note_passes(&self, checked: &[Checked]) {
        let Ok(found) = self.by_owner(checked) else { return };
        let over = |failure: &CheckFailure| {
            let checked = found.get(&failure.credential);
            checked.is_some_and(|checked| {
                let fails = checked.iter().any(|one| one.result == CheckResult::Failed);
                !fails && !stands(failure, checked)
            })
        };
        self.forget_failures(over);
        // A vault that was locked meanwhile is reckoned anew when it opens.
        drop(self.reckon_reminders());
    }

    /// Forgets the failures that are over.
    pub(crate) fn forget_failures(&self, over: impl Fn(&CheckFailure) -> bool) {
        let mut observed = self.observed();
        let before = observed.seen.check_failures.len();
        observed.seen.check_failures.retain(|failure| !over(failure));
        if observed.seen.check_failures.len() < before {
            observed.unwritten = true;
            drop(observed);
            self.unwritten.notify_one();
        }
    }

    /// How it went, for each credential.
    fn by_owner<'checked>(
        &self,
        checked: &'checked [Checked],
    ) -> Result<BTreeMap<CredentialId, Vec<&'checked Checked>>, EngineError> {
        self.read(|vault| {
            let mut found = BTreeMap::<_, Vec<_>>::new();
            for checked in checked {
                if let Ok(owner) = find(vault, &checked.reference) {
                    found.entry(owner.id).or_default().push(checked);
                }
            }
            Ok(found)
        })
    }

    /// What is reminded of: the credentials whose last check failed.
    pub(crate) fn failed_checks(&self, vault: &Vault) -> Vec<Subject> {
        let failures = self.observed().seen.check_failures.clone();
        let wanted = vault.settings().security.daily_check;
        let failures = failures.into_iter().filter(|_| wanted);
        let subject = |failure: CheckFailure| {
            let credential = vault.credential(failure.credential)?;
            let CheckFailure { request, why, since, .. } = &failure;
            let lives = credential.removed_at.is_none();
            lives.then(|| Subject::check_failed(credential, request, why, *since))
        };
        failures.filter_map(subject).collect()
    }
}

/// Whether a failure stands where nothing failed this time: its request is still there, and was not run
/// for a reason that passes by itself.
fn stands(failure: &CheckFailure, checked: &[&Checked]) -> bool {
    let waits = |one: &Checked| one.result == CheckResult::NotRun && !one.never_runs;
    // Of what could not be read, nobody knows the name.
    let is_it = |one: &Checked| one.request == failure.request || one.request.is_empty();
    checked.iter().any(|one| is_it(one) && waits(one))
}

/// Why it failed, without a value of the answer.
fn why(checked: &Checked) -> String {
    checked.why.clone().unwrap_or_else(|| "it did not pass".to_owned())
}
