//! The check of every day: run once a day of the user's calendar while the vault is open, where the
//! settings say so. What fails is reminded of until it passes; only what is known to be harmless is sent.
//!
//! What says nothing of a key, an answer that did not come or a provider in trouble, is no failure: it is asked
//! again that day, less and less often. Where nobody answered at all this machine is taken to be offline.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::sync::Arc;

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use keyturn_core::reminder::Subject;
use keyturn_core::{Credential, CredentialId};
use keyturn_vault::{CheckFailure, Vault};

use super::{CheckResult, Checked, Gathered, Manner, Round};
use crate::{Engine, EngineError};

/// When one that came to no end is tried again; each further time takes twice as long.
const AGAIN_AFTER: TimeDelta = TimeDelta::hours(1);
/// So often at most that is doubled.
const DOUBLED: u32 = 2;
/// How the journal names it.
const CALLER: &str = "keyturn, daily check";

/// A request of a credential, by its name.
type Asked = (CredentialId, String);

/// How the check of the day goes, since the vault was opened.
#[derive(Default)]
pub(crate) struct DailyCheck {
    /// When it was begun last, and the how many-th time in a row; `None` once it came to its end.
    tried: Option<(DateTime<Utc>, u32)>,
    /// What nobody could tell on the day that was checked last.
    left: BTreeSet<Asked>,
}

impl DailyCheck {
    fn was_just_tried(&self, now: DateTime<Utc>) -> bool {
        self.tried.is_some_and(|(at, times)| {
            let doubled = times.saturating_sub(1).min(DOUBLED);
            at <= now && now - at < AGAIN_AFTER * 2_i32.pow(doubled)
        })
    }

    fn begin(&mut self, now: DateTime<Utc>) {
        let times = self.tried.map_or(0, |(_, times)| times);
        self.tried = Some((now, times.saturating_add(1)));
    }
}

/// Whether the day that was checked last is today. One that is far ahead was noted by a clock that has been set
/// back since.
fn is_over(checked_on: Option<NaiveDate>, today: NaiveDate) -> bool {
    checked_on.is_some_and(|on| on == today || (on > today && on - today <= TimeDelta::days(1)))
}

/// How it went with a credential.
struct Told<'checked> {
    /// The version of its secrets by now.
    secret_version: u32,
    checked: Vec<&'checked Checked>,
}

impl Told<'_> {
    /// Whether it says something of the key that is there by now.
    fn is_decided(&self, one: &Checked) -> bool {
        !one.undecided && one.secret_version == self.secret_version
    }

    fn failed(&self) -> Option<&Checked> {
        let failed = |one: &&&Checked| one.result == CheckResult::Failed && self.is_decided(one);
        self.checked.iter().find(failed).copied()
    }

    /// Whether a failure stands where nothing failed this time: nobody could tell this time, or it was not
    /// asked again while its request is still there.
    fn leaves(&self, failure: &CheckFailure, were_all: bool) -> bool {
        // Of what could not be read, nobody knows the name.
        let is_it = |one: &&&Checked| one.request == failure.request || one.request.is_empty();
        let mut same = self.checked.iter().filter(is_it).peekable();
        let was_asked = same.peek().is_some();
        failure.is_of(self.secret_version)
            && if was_asked { same.any(|one| !self.is_decided(one)) } else { !were_all }
    }
}

impl Engine {
    /// Whether today's check is still to be run, or what is left of it: the settings want it, and the vault is
    /// open for writing. One that came to no end is tried again after an hour, or when the vault is opened again.
    pub fn daily_check_is_due(&self) -> bool {
        let wanted =
            |vault: &Vault| vault.settings().security.daily_check && !vault.is_quarantined();
        if !self.read(|vault| Ok(wanted(vault))).unwrap_or(false) {
            return false;
        }
        let (today, now) = (self.today(), self.now());
        let observed = self.observed();
        let check = &observed.daily_check;
        let is_left = !is_over(observed.seen.checked_on, today) || !check.left.is_empty();
        is_left && !check.was_just_tried(now)
    }

    /// Runs it, or what is left of it, and notes what failed.
    pub async fn run_daily_check(self: &Arc<Self>) -> Result<Vec<Checked>, EngineError> {
        let (today, now) = (self.today(), self.now());
        let left = {
            let mut observed = self.observed();
            // Before anything is sent: whatever becomes of it, it is not run again and again.
            observed.daily_check.begin(now);
            let over = is_over(observed.seen.checked_on, today);
            Some(observed.daily_check.left.clone()).filter(|left| over && !left.is_empty())
        };
        let mut jobs = self.read(|vault| self.jobs(vault, None))?;
        if let Some(left) = &left {
            jobs.retain(|job| job.is_one_of(left));
        }
        let round = Round::new(Manner { confirmed: false, daily: true }, CALLER);
        let Gathered { checked, closed } = self.run(jobs, round).await;
        // Of one that a lock ended, what is known is not lost where the vault is open again by now.
        let were_all = left.is_none() && closed.is_none();
        self.note_failures(&checked, today, were_all)?;
        if closed.is_none() {
            self.note_end(&checked, today, were_all)?;
        }
        self.unwritten.notify_one();
        self.reckon_reminders()?;
        closed.map_or(Ok(checked), Err)
    }

    /// Notes which credentials failed, and since when.
    fn note_failures(
        &self,
        checked: &[Checked],
        today: NaiveDate,
        were_all: bool,
    ) -> Result<(), EngineError> {
        let told = self.by_owner(checked)?;
        let mut observed = self.observed();
        for (credential, told) in told {
            let failures = &mut observed.seen.check_failures;
            let place = failures.iter().position(|old| old.credential == credential);
            let old = place.map(|place| failures.remove(place));
            let old = old.filter(|old| old.is_of(told.secret_version));
            let stays = old.as_ref().filter(|old| told.leaves(old, were_all));
            let failure = match (told.failed(), stays) {
                // A part of the day's requests says nothing of the one that failed before.
                (_, Some(old)) if !were_all => Some(old.clone()),
                (Some(one), _) => Some(CheckFailure {
                    credential,
                    request: one.request.clone(),
                    why: why(one),
                    since: old.as_ref().map_or(today, |old| old.since.min(today)),
                    secret_version: Some(told.secret_version),
                }),
                (None, stays) => stays.cloned(),
            };
            failures.extend(failure);
        }
        observed.unwritten = true;
        Ok(())
    }

    /// Notes that it came to its end: the day is over, unless nobody answered, and what is left is known.
    fn note_end(
        &self,
        checked: &[Checked],
        today: NaiveDate,
        were_all: bool,
    ) -> Result<(), EngineError> {
        let told = self.by_owner(checked)?;
        let left = told.iter().flat_map(|(credential, told)| {
            let left = told.checked.iter().filter(|one| !told.is_decided(one));
            left.map(|one| (*credential, one.request.clone()))
        });
        let left: BTreeSet<Asked> = left.collect();
        let was_heard = checked.iter().any(|one| {
            one.status.is_some() || one.credential_refused || one.result == CheckResult::Passed
        });
        let mut observed = self.observed();
        if were_all && (was_heard || left.is_empty()) {
            observed.seen.checked_on = Some(today);
        }
        if left.is_empty() {
            observed.daily_check.tried = None;
        }
        observed.daily_check.left = left;
        Ok(())
    }

    /// Notes which credentials pass again, or can no longer be asked, whoever ran it; `were_all` says that
    /// nothing that is saved with them was left out.
    pub(super) fn note_passes(&self, checked: &[Checked], were_all: bool) {
        let Ok(told) = self.by_owner(checked) else { return };
        self.forget_failures(|failure| {
            let told = told.get(&failure.credential);
            told.is_some_and(|told| told.failed().is_none() && !told.leaves(failure, were_all))
        });
        self.observed().daily_check.left.retain(|(credential, request)| {
            let mut same = told
                .get(credential)
                .into_iter()
                .flat_map(|told| told.checked.iter().filter(|one| told.is_decided(one)));
            !same.any(|one| one.request == *request)
        });
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

    /// How it went with each credential that is still there.
    fn by_owner<'checked>(
        &self,
        checked: &'checked [Checked],
    ) -> Result<BTreeMap<CredentialId, Told<'checked>>, EngineError> {
        self.read(|vault| {
            let mut all = BTreeMap::new();
            for one in checked {
                let lives = |owner: &&Credential| owner.removed_at.is_none();
                let Some(owner) = vault.credential(one.owner).filter(lives) else { continue };
                let secret_version = owner.secret_version;
                let told = all.entry(owner.id);
                let told = told.or_insert_with(|| Told { secret_version, checked: Vec::new() });
                told.checked.push(one);
            }
            Ok(all)
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
            let of_this_key = failure.is_of(credential.secret_version);
            (lives && of_this_key).then(|| Subject::check_failed(credential, request, why, *since))
        };
        failures.filter_map(subject).collect()
    }
}

/// Why it failed, without a value of the answer.
fn why(checked: &Checked) -> String {
    checked.why.clone().unwrap_or_else(|| "it did not pass".to_owned())
}

impl fmt::Debug for DailyCheck {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        // The name of a request may be a person's.
        write!(formatter, "DailyCheck({:?}, {} left)", self.tried, self.left.len())
    }
}
