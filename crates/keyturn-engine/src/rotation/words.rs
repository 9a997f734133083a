//! What to do next, and how long an old key lives, in words.

use std::fmt::Write as _;

use chrono::{DateTime, NaiveDate, Utc};
use keyturn_core::RotationStage;
use keyturn_core::rotation::{OldKeyEnd, OldKeyLife, Rotation};
use keyturn_providers::{Profile, RotationKind};

use super::trial::{Trial, reason};

/// What the next step depends on.
pub(super) struct Situation<'a> {
    pub(super) profile: &'a Profile,
    pub(super) rotation: Option<&'a Rotation>,
    /// What would be sent to try the new key.
    pub(super) trial: Option<&'a Trial>,
    pub(super) old_testable: bool,
    /// Who lacks the new key.
    pub(super) behind: &'a [String],
    pub(super) nudge_on: Option<NaiveDate>,
    pub(super) today: NaiveDate,
}

/// A stage's headline.
pub(super) const fn title(stage: RotationStage) -> &'static str {
    match stage {
        RotationStage::Started => "Begin",
        RotationStage::Requested => "Ask the support for a new key",
        RotationStage::Issued => "Store the new key",
        RotationStage::Verified => "Test the new key",
        RotationStage::Confirmed => "Confirm to the support",
        RotationStage::Promoted => "Put the new key in use",
        RotationStage::Retiring => "Retire the old key",
    }
}

/// What to do next, in one or two sentences.
pub(super) fn next(situation: &Situation<'_>) -> String {
    let Situation { profile, rotation, .. } = situation;
    let place = &profile.rotation.place;
    let Some(rotation) = rotation else {
        return match profile.rotation.kind {
            RotationKind::SelfService => {
                format!("Nothing is under way. A new key is made at: {place}.")
            }
            RotationKind::SupportRequest => {
                format!("Nothing is under way. A new key is asked for at: {place}.")
            }
        };
    };
    match rotation.stage {
        RotationStage::Started => begun(rotation, place),
        RotationStage::Requested => waiting(situation, rotation),
        RotationStage::Issued => issued(situation, rotation),
        RotationStage::Verified if rotation.route.confirmed => format!(
            "Put the new key in place everywhere, then confirm to the support that it arrived: that may end the old one.{}",
            lacking("Without the new key", situation.behind)
        ),
        RotationStage::Verified => {
            format!("The new key works. Put it in use.{}", lacking("Without it", situation.behind))
        }
        RotationStage::Confirmed => {
            "Put the new key in use now: the old one may be dead already.".to_owned()
        }
        RotationStage::Promoted => promoted(situation, rotation),
        RotationStage::Retiring => format!(
            "The old key still answers. End it at the provider ({place}), then retire it here once more.{}",
            lacking("Still used by", situation.behind)
        ),
    }
}

fn begun(rotation: &Rotation, place: &str) -> String {
    match rotation.route.old_key {
        _ if rotation.route.requested => {
            format!("Ask for a new key ({place}), and record here that you did.")
        }
        OldKeyEnd::AtOnce => format!(
            "Make ready everything that uses the key: the old one ends when the new one is made. Then make it ({place}) and store it here."
        ),
        OldKeyEnd::OnConfirmation | OldKeyEnd::Unknown => format!(
            "Make a new key ({place}) and store it here. The old one stays in use meanwhile."
        ),
    }
}

fn waiting(situation: &Situation<'_>, rotation: &Rotation) -> String {
    let mut text = "It is the support's turn.".to_owned();
    if let Some(request) = &rotation.request {
        let days = (situation.today - request.on).num_days();
        let ago = match days {
            0 => "today".to_owned(),
            1 => "yesterday".to_owned(),
            days => format!("{days} days ago"),
        };
        let ticket = request.ticket.as_ref().map(|ticket| format!(", ticket {ticket}"));
        text = format!(
            "It is the support's turn, asked {ago} ({}{}).",
            request.on,
            ticket.unwrap_or_default()
        );
    }
    if situation.nudge_on.is_some_and(|day| day <= situation.today) {
        text.push_str(" It is silent for long: ask again, and record that.");
    }
    text.push_str(" When the new key is there, store it here.");
    text
}

fn issued(situation: &Situation<'_>, rotation: &Rotation) -> String {
    let mut text = String::new();
    if rotation.route.old_key == OldKeyEnd::AtOnce {
        text.push_str(
            "Replace the key everywhere now: the old one ended when the new one was made. ",
        );
        if !situation.profile.rotation.old_key_verified {
            text.push_str("(That is our reading of the provider's documentation.) ");
        }
    }
    // Writing to a String cannot fail.
    let _written = match situation.trial {
        Some(trial) => write!(text, "Test the new key: {}", trial.in_words()),
        None => write!(
            text,
            "Nothing harmless is known that would test the new key ({}). Try it yourself, then say that it works.",
            reason(situation.profile)
        ),
    };
    text
}

fn promoted(situation: &Situation<'_>, rotation: &Rotation) -> String {
    let place = &situation.profile.rotation.place;
    let end = match (rotation.old_key, rotation.route.old_key) {
        (OldKeyLife::Ended { .. }, _) => "The old one is dead, as far as is known.".to_owned(),
        (_, OldKeyEnd::OnConfirmation) if rotation.confirmed_at.is_some() => {
            "The old one ends with the confirmation.".to_owned()
        }
        _ => format!("When nobody needs the old one any more, end it at the provider ({place})."),
    };
    let how = if situation.old_testable {
        "Retire it then: it is forgotten here when the provider refuses it."
    } else {
        "Retire it then by your word: it cannot be tested without harm."
    };
    format!("The new key is in use. {end} {how}{}", lacking("Still used by", situation.behind))
}

fn lacking(what: &str, behind: &[String]) -> String {
    if behind.is_empty() { String::new() } else { format!(" {what}: {}.", behind.join(", ")) }
}

/// Until when a compromised key can be used by whoever has it.
pub(super) fn old_key_lives(profile: &Profile, rotation: &Rotation) -> String {
    let (name, place) = (&profile.name, &profile.rotation.place);
    if let OldKeyLife::Ended { known_at } = rotation.old_key {
        let reading = if profile.rotation.old_key_verified { "" } else { ", by our reading" };
        let said = match rotation.route.old_key {
            OldKeyEnd::AtOnce => reading,
            OldKeyEnd::OnConfirmation | OldKeyEnd::Unknown => "",
        };
        return format!(
            "The compromised key is dead{said}, at the latest since {}.",
            known_at.format("%Y-%m-%d %H:%M UTC")
        );
    }
    let until = match rotation.route.old_key {
        OldKeyEnd::AtOnce if rotation.issued_at.is_some() => {
            let reading = if profile.rotation.old_key_verified { "" } else { ", by our reading" };
            return format!(
                "The compromised key ended when the new one was made{reading}. Until the stored one is known to work and in use, take it that whoever has the old one can use it. Keyturn cannot end it."
            );
        }
        OldKeyEnd::AtOnce => format!("a new one is made ({place}), which ends it at once"),
        OldKeyEnd::OnConfirmation if rotation.route.confirmed => {
            format!("{name}'s support has issued another one and you confirmed it")
        }
        OldKeyEnd::OnConfirmation => format!("you end it ({place})"),
        OldKeyEnd::Unknown => {
            format!("{name} or you end it ({place}): a new key alone may not end it")
        }
    };
    format!("Whoever has the compromised key can use it until {until}. Keyturn cannot end it.")
}

/// What became of a key whose emergency was given up.
pub(super) fn given_up(at: DateTime<Utc>) -> String {
    let at = at.format("%Y-%m-%d %H:%M UTC");
    format!(
        "The emergency was given up at {at}: the key stayed in use, and nothing here has ended it."
    )
}

/// What the provider offers for a compromised key.
pub(super) fn offered(profile: &Profile) -> String {
    let place = &profile.rotation.place;
    match (&profile.rotation.support.compromised, profile.rotation.kind) {
        (Some(text), _) => text.clone(),
        (None, RotationKind::SelfService) => {
            format!("You make a new key and end the old one yourself: {place}.")
        }
        (None, RotationKind::SupportRequest) => {
            format!(
                "A new key is asked for at: {place}. Ask the support to end the old one at once."
            )
        }
    }
}
