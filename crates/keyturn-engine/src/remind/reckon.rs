//! Reading from the open vault what is reminded of.

use std::collections::HashMap;
use std::sync::Arc;

use chrono::Days;
use keyturn_core::reminder::{About, Mark, Subject, SupportFacts};
use keyturn_core::rotation::{Policies, RotationStage, in_use_since};
use keyturn_core::{Credential, ProviderId};
use keyturn_providers::schema::ChecklistItem;
use keyturn_providers::{Profile, RotationKind};
use keyturn_vault::Vault;

use crate::{AskSupport, Engine, EngineError};

/// What of a profile reminders depend on.
#[derive(Default)]
struct Facts<'a> {
    support: SupportFacts,
    never_ends: bool,
    /// The items of its checklist that come again, each after so many days.
    items: Vec<(&'a ChecklistItem, u64)>,
}

impl<'a> Facts<'a> {
    fn of(profile: &'a Profile) -> Self {
        let rotation = &profile.rotation;
        let nudge = rotation.nudge_after.as_ref().map(|span| span.length().num_days());
        let items = profile.checklist.iter().filter_map(|item| {
            let days = item.repeat_every.as_ref()?.length().num_days();
            Some((item, u64::try_from(days).ok().filter(|days| *days > 0)?))
        });
        Self {
            support: SupportFacts {
                by_support: rotation.kind == RotationKind::SupportRequest,
                nudge_days: nudge.and_then(|days| u32::try_from(days).ok()),
            },
            never_ends: rotation.never_ends,
            items: items.collect(),
        }
    }
}

impl Engine {
    /// Reckons all of it anew, which happens by itself wherever something changes.
    pub fn reckon_reminders(&self) -> Result<(), EngineError> {
        self.read(|vault| {
            self.reminding().reckoned = None;
            self.reckon(vault);
            Ok(())
        })
    }

    /// Reckons anew where a credential or a setting changed since the last time.
    pub(crate) fn reckon(&self, vault: &Vault) {
        let failed_checks = self.failed_checks(vault);
        let mut state = self.reminding();
        if state.reckoned == Some(vault.revision()) {
            return;
        }
        state.reckoned = Some(vault.revision());
        let mut facts: HashMap<&ProviderId, Facts<'_>> = HashMap::new();
        for credential in vault.live_credentials() {
            let read =
                || self.profile(&credential.provider).map_or_else(|_| Facts::default(), Facts::of);
            facts.entry(&credential.provider).or_insert_with(read);
        }
        let settings = vault.settings().reminders.clone();
        let never_ending = facts.iter().filter(|(_, facts)| facts.never_ends);
        let never_ending = never_ending.map(|(provider, _)| (*provider).clone());
        let policies = Policies::new(&settings, never_ending);
        let mut subjects: Vec<Subject> = Vec::new();
        for credential in vault.live_credentials() {
            let facts = &facts[&credential.provider];
            let first = subjects.len();
            subjects.extend(Subject::of(credential, &policies, facts.support));
            for subject in subjects.iter().skip(first).filter(|_| credential.reminded_of.is_some())
            {
                let due = matches!(&subject.about, About::Due { .. });
                if due && credential.reminded_of == Some(subject.anchor()) {
                    state.book.told_before(&subject.series(), subject.anchor());
                }
            }
            subjects.extend(checklist(credential, facts));
        }
        subjects.extend(failed_checks);
        let lives = |id| vault.credential(id).is_some_and(|one| one.removed_at.is_none());
        let changed = state.book.reckon(settings, subjects, lives, self.now());
        state.policies = Arc::new(policies);
        if changed {
            self.note_change(&mut state);
        }
    }

    /// Joins what the vault that was opened knows as told, and reckons from it.
    pub(crate) fn take_over_reminders(&self, vault: &Vault) {
        let mut state = self.reminding();
        state.book.join(vault.reminders().clone());
        state.reckoned = None;
        if state.book.log() != *vault.reminders() {
            self.note_change(&mut state);
        }
        drop(state);
        self.reckon(vault);
    }

    /// Notes that the vault was closed: what is known stays.
    pub(crate) fn keep_reminders(&self) {
        self.reminding().reckoned = None;
    }

    /// Writes into the vault which supports were asked while it was locked. What has moved on since then
    /// stays as it is.
    pub(crate) fn write_marks(&self) {
        let writable = self.read(|vault| Ok(!vault.is_quarantined())).unwrap_or(false);
        if !writable {
            return;
        }
        let marks = self.reminding().book.take_marks();
        if marks.is_empty() {
            return;
        }
        for mark in marks {
            let waiting = self.read(|vault| {
                let found = vault.credential(mark.credential);
                Ok(found.filter(|one| waits_for(one, mark)).map(Credential::reference))
            });
            if let Ok(Some(reference)) = waiting {
                let asked = AskSupport { on: Some(mark.on), ..AskSupport::default() };
                // One that is refused has no better chance the next time.
                drop(self.note_support_request(&reference, asked, "a notification, while locked"));
            }
        }
        let mut state = self.reminding();
        self.note_change(&mut state);
    }
}

/// Whether a request of that day is news for a credential.
fn waits_for(credential: &Credential, mark: Mark) -> bool {
    let stage = credential.rotating.as_ref().map(|rotating| rotating.stage);
    let replaced = credential.rotation.issued_on.is_some_and(|on| on > mark.on);
    let begun = stage.is_some_and(|stage| stage >= RotationStage::Requested);
    credential.removed_at.is_none() && !replaced && !begun
}

/// The items of its checklist that come again. One that was never ticked counts from the day the
/// credential came into use.
fn checklist<'a>(
    credential: &'a Credential,
    facts: &'a Facts<'_>,
) -> impl Iterator<Item = Subject> + 'a {
    facts.items.iter().filter_map(|(item, days)| {
        let added = credential.created_at.date_naive();
        let on = credential.ticks.get(&item.id).copied();
        let on = on.unwrap_or_else(|| in_use_since(credential).max(added));
        let again_on = on.checked_add_days(Days::new(*days))?;
        Some(Subject::checklist(credential, &item.id, &item.text, again_on))
    })
}
