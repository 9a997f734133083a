//! Where a rotation stands, for people.

use std::fmt::Write as _;

use keyturn_core::rotation::{OldKeyEnd, OldKeyLife};
use keyturn_protocol::calls::{EmergencyView, RotationDetail, RotationOffer, StageView};

use crate::output::table::{Cell, Facts, Style};
use crate::output::visible;
use crate::output::words::moment;

/// The whole view.
pub(super) fn text(detail: &RotationDetail, colors: bool) -> String {
    let mut facts = Facts::default();
    facts.add_known("Credential", Some(detail.reference.to_string()));
    if let Some(emergency) = &detail.emergency {
        let since = format!("compromised since {}", moment(emergency.declared_at));
        facts.add("Emergency", Cell::new(since, Style::Bad));
        facts.add("", Cell::new(&emergency.warning, Style::Bad));
        facts.add_known("Offered", Some(&emergency.offered));
        facts.add_known("Support", emergency.support_address.as_ref());
    }
    facts.add_known("Due", detail.due_on.map(|day| day.to_string()));
    facts.add_lines("Stages", detail.stages.iter().map(|stage| stage_line(detail, stage)));
    if let Some(request) = &detail.request {
        let ticket = request.ticket.as_ref().map(|ticket| format!(", ticket {ticket}"));
        let asked = format!("on {}{}", request.on, ticket.unwrap_or_default());
        facts.add_known("Asked", Some(asked));
        facts.add_known("Note", request.note.as_ref());
        let nudge = request.nudge_on.map(|day| format!("{day}, when nothing came by then"));
        facts.add_known("Ask again", nudge);
    }
    facts.add_lines(
        "Key",
        detail.fields.iter().filter_map(|field| {
            let tail = field.current_last_four.as_ref()?;
            let other = field.other_last_four.as_ref().map(|other| {
                let which =
                    if detail.promoted_at.is_some() { "the old one" } else { "the new one" };
                format!(", {which} in {other}")
            });
            Some(format!("{} in use ends in {tail}{}", field.label, other.unwrap_or_default()))
        }),
    );
    facts.add_known("Old key", detail.old_key.map(|old| life(detail, old)));
    facts.add_known("What is said", detail.old_key_note.as_ref());
    facts.add_known("Where", Some(&detail.place));
    facts.add_lines("To do there", &detail.instructions);
    facts.add_lines("Not ready", &detail.consumers.behind);
    facts.add("Next", Cell::new(&detail.next, Style::Warn));
    let offers: Vec<&str> = detail.offers.iter().map(|offer| flag(*offer)).collect();
    facts.add_known("Possible", Some(offers.join(" ")));
    facts.render(colors)
}

fn stage_line(detail: &RotationDetail, stage: &StageView) -> String {
    let here = detail.stage == Some(stage.stage);
    let mark = match (here, stage.reached_at) {
        (true, _) => "→",
        (false, Some(_)) => "✓",
        (false, None) => "·",
    };
    let at = stage.reached_at.map(|at| format!("  {}", moment(at))).unwrap_or_default();
    format!("{mark} {}{at}", stage.title)
}

fn life(detail: &RotationDetail, life: OldKeyLife) -> String {
    let untouched = match detail.old_key_end {
        OldKeyEnd::OnConfirmation => detail.confirmed_at.is_none(),
        OldKeyEnd::AtOnce | OldKeyEnd::Unknown => detail.issued_at.is_none(),
    };
    match life {
        OldKeyLife::Lives { known_at } => format!("works, as of {}", moment(known_at)),
        OldKeyLife::Unknown if untouched => {
            "nothing has ended it, as far as is known; it was not tested".to_owned()
        }
        OldKeyLife::Unknown => "nobody knows whether it still works".to_owned(),
        OldKeyLife::Ended { known_at } => format!("dead since {} at the latest", moment(known_at)),
    }
}

/// The flag that takes a step.
pub(super) const fn flag(offer: RotationOffer) -> &'static str {
    match offer {
        RotationOffer::Start => "--start",
        RotationOffer::Compromised => "--compromised",
        RotationOffer::Request => "--requested",
        RotationOffer::Store => "--store",
        RotationOffer::Verify => "--verify",
        RotationOffer::Confirm => "--confirm",
        RotationOffer::Promote => "--promote",
        RotationOffer::Retire => "--retire",
        RotationOffer::RollBack => "--rollback",
        RotationOffer::Cancel => "--cancel",
    }
}

/// The text to the support, with where it goes.
pub(super) fn letter(emergency: &EmergencyView) -> String {
    let mut text = String::from("\n");
    if let Some(address) = &emergency.support_address {
        // Writing to a String cannot fail.
        let _written = writeln!(text, "To: {}", visible::line(address));
    }
    text.push_str(&visible::text(&emergency.support_text));
    text
}
