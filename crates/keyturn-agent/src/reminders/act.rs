//! What a choice on a notification does. It counts while the vault is locked, too: no secret hangs on it.

use chrono::TimeDelta;
use keyturn_core::reminder::Reminder;
use keyturn_engine::EngineError;
use keyturn_protocol::Event;
use keyturn_protocol::session::NotificationAction;

use super::teller::ids;
use crate::agent::Agent;
use crate::desktop;

/// A reminder of a day is put off for so long.
const DAY: TimeDelta = TimeDelta::days(1);
/// One of a moment cannot wait longer.
const MOMENT: TimeDelta = TimeDelta::minutes(10);

/// Who it is in the journal.
const CALLER: &str = "a notification";

/// Does what the user chose about these.
pub(super) fn act(
    agent: &Agent,
    action: NotificationAction,
    reminders: &[Reminder],
) -> Result<(), EngineError> {
    match action {
        NotificationAction::Open => {
            // The gravest comes first.
            let reference = reminders.first().map(|reminder| reminder.reference.clone());
            desktop::open(agent, &reference.into());
            agent.engine.mark_read(&ids(reminders))
        }
        NotificationAction::Snooze => {
            let moment = reminders.iter().any(|reminder| reminder.moment);
            let span = if moment { MOMENT } else { DAY };
            agent.engine.snooze_these(&ids(reminders), agent.engine.now() + span)
        }
        NotificationAction::MarkRequested => {
            for reminder in reminders {
                agent.engine.mark_requested(&reminder.reference, CALLER)?;
                agent.tell(Event::CredentialChanged(reminder.reference.clone()));
            }
            Ok(())
        }
    }
}
