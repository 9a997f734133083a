//! What happens on a lane, in words.

use std::borrow::Cow;

use chrono::{DateTime, NaiveDate, Utc};
use keyturn_core::reminder::ReminderKind;
use keyturn_core::rotation::{Due, OldKeyLife, VerifiedBy};
use keyturn_core::{Credential, ExpirySource, KeyStanding, Rotation};

use super::lane::stored_at;
use super::{Known, LaneEvent, LaneEventKind};

/// Everything that happens on a credential's lane, in the order of time.
pub(super) fn of(known: &Known<'_>, credential: &Credential, due: Option<Due>) -> Vec<LaneEvent> {
    let mut events = Events { known, found: Vec::with_capacity(16) };
    events.birth(credential);
    if let Some(rotation) = &credential.rotating {
        events.rotation(rotation);
    }
    events.tokens(credential);
    events.reminders(credential);
    events.end(credential, due);
    events.found.sort_by_key(|event| (event.at, event.kind));
    events.found
}

/// A reminder so many days ahead, in words.
fn ahead(days: u32) -> Cow<'static, str> {
    match days {
        0 => Cow::Borrowed("A reminder comes, on that day"),
        1 => Cow::Borrowed("A reminder comes, 1 day before"),
        days => Cow::Owned(format!("A reminder comes, {days} days before")),
    }
}

struct Events<'a> {
    known: &'a Known<'a>,
    found: Vec<LaneEvent>,
}

impl Events<'_> {
    fn moment(
        &mut self,
        at: DateTime<Utc>,
        kind: LaneEventKind,
        title: impl Into<Cow<'static, str>>,
    ) {
        let on = self.known.days.day(at);
        self.found.push(LaneEvent { at, on, kind, title: title.into() });
    }

    fn day(&mut self, on: NaiveDate, kind: LaneEventKind, title: impl Into<Cow<'static, str>>) {
        let at = self.known.days.begin(on);
        self.found.push(LaneEvent { at, on, kind, title: title.into() });
    }

    /// When its keys were issued and stored, and which of them are gone.
    fn birth(&mut self, credential: &Credential) {
        use LaneEventKind::{Issued, Rotation};
        if let Some(on) = credential.rotation.issued_on {
            self.day(on, Issued, "The key was issued");
        }
        let run = credential.rotating.as_ref();
        let beside = run.and_then(|run| run.issued_at);
        if credential.versions.is_empty() && beside != Some(stored_at(credential)) {
            self.moment(stored_at(credential), Issued, "The key was stored");
        }
        for version in &credential.versions {
            let number = version.number;
            // The one that the rotation stored is told of there.
            if beside != Some(version.stored_at) && version.standing != KeyStanding::Next {
                self.moment(version.stored_at, Issued, format!("Version {number} was stored"));
            }
            if version.standing == KeyStanding::Retired {
                self.moment(version.since, Rotation, format!("Version {number} was retired"));
            }
        }
    }

    /// The stages that its rotation has reached.
    fn rotation(&mut self, rotation: &Rotation) {
        use LaneEventKind::Rotation;
        self.moment(rotation.started_at, Rotation, "The rotation began");
        if let Some(emergency) = &rotation.emergency {
            self.moment(emergency.declared_at, Rotation, "The key was called compromised");
        }
        if let Some(request) = &rotation.request {
            self.day(request.on, Rotation, "The provider's support was asked for a new key");
        }
        if let Some(at) = rotation.issued_at {
            self.moment(at, Rotation, "The new key was stored beside the old one");
        }
        if let Some(verified) = rotation.verified {
            let by = match verified.by {
                VerifiedBy::TestCall => "by a test call",
                VerifiedBy::Exchange => "by an exchange",
                VerifiedBy::Word => "by the user's word",
            };
            self.moment(verified.at, Rotation, format!("The new key is known to work, {by}"));
        }
        if let Some(at) = rotation.confirmed_at {
            self.moment(at, Rotation, "The provider was told that the new key arrived");
        }
        if let Some(at) = rotation.promoted_at {
            self.moment(at, Rotation, "The new key became the one in use");
        }
        if let OldKeyLife::Ended { known_at } = rotation.old_key {
            self.moment(known_at, Rotation, "The old key is dead, at the latest since then");
        }
    }

    /// When its tokens end.
    fn tokens(&mut self, credential: &Credential) {
        let vault = self.known.vault;
        for environment in &credential.environments {
            let Some(token) = vault.token_summary(credential.id, environment) else { continue };
            let Some(at) = token.expiry.at else { continue };
            let ends = match token.expiry.source {
                ExpirySource::Learned => "ends about now, going by earlier ones",
                _ if credential.keep_fresh => "ends; it is renewed before",
                _ => "ends",
            };
            let title = format!("The token for {environment} {ends}");
            self.moment(at, LaneEventKind::TokenExpires, title);
        }
    }

    /// When it is due, and when it ends.
    fn end(&mut self, credential: &Credential, due: Option<Due>) {
        let ends_on = credential.rotation.expires_on;
        if let Some(on) = ends_on {
            self.day(on, LaneEventKind::Expires, "The key ends");
        }
        let Some(due) = due else { return };
        if ends_on != Some(due.on) {
            self.day(due.on, LaneEventKind::Due, "The key is due to be replaced");
        }
    }

    /// What it is reminded of: the next one of each series, those of the same series that follow it
    /// before its day, and what was told and nobody saw to.
    fn reminders(&mut self, credential: &Credential) {
        use LaneEventKind::Reminder;
        for reminder in self.known.reminders.get(&credential.id).copied().unwrap_or_default() {
            let title = &reminder.title;
            if reminder.told {
                self.moment(reminder.at, Reminder, format!("A reminder came: {title}"));
                continue;
            }
            self.moment(reminder.at, Reminder, format!("A reminder comes: {title}"));
            let leads_on =
                matches!(reminder.kind, ReminderKind::RotationDue | ReminderKind::KeyExpires);
            let Some(due_on) = reminder.due_on.filter(|_| leads_on) else { continue };
            for lead in self.known.leads.of(due_on, None) {
                let at = self.known.days.moment(lead.on, lead.at);
                if at > reminder.at {
                    let (on, title) = (lead.on, ahead(lead.ahead));
                    self.found.push(LaneEvent { at, on, kind: Reminder, title });
                }
            }
        }
    }
}
