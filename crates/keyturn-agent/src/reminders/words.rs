//! What a notification says and offers. A value is never in it, and names are not where they are to be
//! hidden.

use keyturn_core::reminder::Reminder;
use keyturn_protocol::session::{NotificationAction, OfferedAction, SessionCommand};

/// So many are named; the rest is counted.
const MOST_NAMED: usize = 5;

/// One notification for all of these.
pub(super) fn notification(id: u64, reminders: &[Reminder], hide_names: bool) -> SessionCommand {
    let (title, body) = match reminders {
        [one] if hide_names => (hidden_title(one), HIDDEN.to_owned()),
        _ if hide_names => (needs_you(reminders), HIDDEN.to_owned()),
        [one] => (one.title.clone(), one.body.clone()),
        _ => (needs_you(reminders), names(reminders)),
    };
    SessionCommand::Notify {
        id,
        title,
        body,
        urgent: reminders.iter().any(|reminder| reminder.urgent),
        actions: actions(reminders),
    }
}

const HIDDEN: &str = "Open Keyturn to see which.";

fn hidden_title(reminder: &Reminder) -> String {
    if reminder.moment { "A token ends soon" } else { "A key is due" }.to_owned()
}

fn needs_you(reminders: &[Reminder]) -> String {
    let what = if reminders.iter().all(|reminder| reminder.moment) { "tokens" } else { "keys" };
    format!("{} {what} need you", reminders.len())
}

fn names(reminders: &[Reminder]) -> String {
    let named = reminders.iter().take(MOST_NAMED).map(|reminder| reminder.title.clone());
    let mut lines: Vec<String> = named.collect();
    if reminders.len() > MOST_NAMED {
        lines.push(format!("and {} more", reminders.len() - MOST_NAMED));
    }
    lines.join("\n")
}

fn actions(reminders: &[Reminder]) -> Vec<OfferedAction> {
    let snooze = if reminders.iter().any(|reminder| reminder.moment) {
        "Snooze for 10 minutes"
    } else {
        "Snooze for a day"
    };
    let mut offered =
        vec![(NotificationAction::Open, "Open"), (NotificationAction::Snooze, snooze)];
    // Of several, nobody knows which one is meant.
    if let [Reminder { can_request: true, .. }] = reminders {
        offered.push((NotificationAction::MarkRequested, "Mark as requested"));
    }
    let offered = offered.into_iter();
    offered.map(|(action, label)| OfferedAction { action, label: label.to_owned() }).collect()
}

#[cfg(test)]
mod tests {
    use super::super::tests::reminder;
    use super::*;

    fn said(reminders: &[Reminder], hide_names: bool) -> (String, String, Vec<String>) {
        let SessionCommand::Notify { title, body, actions, .. } =
            notification(1, reminders, hide_names)
        else {
            panic!("it is a notification");
        };
        (title, body, actions.into_iter().map(|offered| offered.label).collect())
    }

    fn many(count: usize) -> Vec<Reminder> {
        (0..count).map(|number| reminder(&format!("acme/key-{number}"))).collect()
    }

    #[test]
    fn one_is_said_in_its_own_words() {
        let one = reminder("acme/main");
        let (title, body, labels) = said(std::slice::from_ref(&one), false);
        assert_eq!((title, body), (one.title, one.body));
        assert_eq!(labels, ["Open", "Snooze for a day"]);
    }

    #[test]
    fn several_are_one_notification_that_names_up_to_five() {
        let (title, body, _) = said(&many(3), false);
        assert_eq!(title, "3 keys need you");
        assert_eq!(body.lines().count(), 3);
        assert!(body.contains("acme/key-2"), "{body}");
        let (title, body, _) = said(&many(12), false);
        assert_eq!(title, "12 keys need you");
        assert_eq!(body.lines().count(), 6);
        assert!(body.ends_with("and 7 more"), "{body}");
    }

    #[test]
    fn hidden_names_are_nowhere() {
        for count in [1, 3] {
            let (title, body, labels) = said(&many(count), true);
            let all = format!("{title} {body} {labels:?}");
            assert!(!all.contains("acme") && !all.contains("key-"), "{all}");
        }
        assert_eq!(said(&many(1), true).0, "A key is due");
        assert_eq!(said(&many(2), true).0, "2 keys need you");
    }

    #[test]
    fn asking_the_support_is_offered_for_one_key_that_waits_for_it() {
        let mut one = reminder("acme/main");
        one.can_request = true;
        let labels = said(std::slice::from_ref(&one), false).2;
        assert_eq!(labels, ["Open", "Snooze for a day", "Mark as requested"]);
        let (_, _, labels) = said(&[one, reminder("acme/other")], false);
        assert_eq!(labels.len(), 2);
    }

    #[test]
    fn what_is_about_a_moment_is_put_off_by_minutes() {
        let mut one = reminder("acme/main");
        one.moment = true;
        assert_eq!(said(&[one], false).2[1], "Snooze for 10 minutes");
    }
}
