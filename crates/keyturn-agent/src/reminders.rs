//! Tells the user once when a key has come due, through the session's notifications.

use std::sync::Arc;
use std::time::Duration;

use keyturn_core::rotation::DueReason;
use keyturn_engine::Reminder;
use keyturn_protocol::session::{SessionCommand, SessionReport};

use crate::agent::{Agent, TICK};
use crate::session::Session;

/// How long the session may take to show a notification.
const PATIENCE: Duration = Duration::from_secs(10);

/// Runs for as long as the agent: looks whenever something changed, and every [`TICK`].
pub(crate) async fn run(agent: Arc<Agent>) {
    let mut session = start(&agent);
    let mut failed_before = false;
    loop {
        drop(tokio::time::timeout(TICK, agent.schedule_changed.notified()).await);
        agent.lock_when_idle().await;
        if let Err(error) = agent.engine.write_told() {
            agent.log.line(&format!("noting reminders: {error}"));
        }
        let waiting = agent.engine.untold_reminders();
        if waiting.is_empty() {
            continue;
        }
        if session.is_none() {
            session = start(&agent);
        }
        let Some(running) = &mut session else {
            continue;
        };
        for (id, reminder) in (1..).zip(waiting) {
            match tell(running, id, &reminder).await {
                Ok(SessionReport::Shown { .. }) => {
                    failed_before = false;
                    if let Err(error) = agent.engine.told(&reminder) {
                        agent.log.line(&format!("noting a reminder: {error}"));
                    }
                }
                Ok(SessionReport::Failed { reason, .. }) => {
                    // Said once; it is tried again at every tick.
                    if !failed_before {
                        agent.log.line(&format!("a notification could not be shown: {reason}"));
                    }
                    failed_before = true;
                    break;
                }
                Err(error) => {
                    agent.log.line(&format!("the session ended: {error}"));
                    session = None;
                    break;
                }
            }
        }
    }
}

fn start(agent: &Agent) -> Option<Session> {
    Session::start()
        .inspect_err(|error| {
            agent.log.line(&format!("the session did not start: {error}"));
        })
        .ok()
}

async fn tell(
    session: &mut Session,
    id: u64,
    reminder: &Reminder,
) -> std::io::Result<SessionReport> {
    let command = notification(id, reminder);
    tokio::time::timeout(PATIENCE, session.carry_out(&command))
        .await
        .unwrap_or_else(|_| Err(std::io::ErrorKind::TimedOut.into()))
}

fn notification(id: u64, reminder: &Reminder) -> SessionCommand {
    let on = reminder.due.on.format("%-d %B %Y");
    let why = match reminder.due.reason {
        DueReason::Expires => format!("The key expires on {on}."),
        DueReason::Interval => format!("Its rotation was due on {on}."),
    };
    SessionCommand::Notify {
        id,
        title: format!("{} is due for rotation", reminder.reference),
        body: format!("{why} Replace it at the provider and store the new one."),
        urgent: true,
    }
}

#[cfg(test)]
mod tests {
    use keyturn_core::CredentialId;
    use keyturn_core::rotation::Due;

    use super::*;

    #[test]
    fn a_notification_names_the_key_and_the_day() {
        let reminder = Reminder {
            credential: CredentialId::make_random(),
            reference: "deepidv/main".parse().unwrap(),
            due: Due { on: "2026-06-05".parse().unwrap(), reason: DueReason::Interval },
        };
        let SessionCommand::Notify { title, body, .. } = notification(1, &reminder);
        assert_eq!(title, "deepidv/main is due for rotation");
        assert!(body.contains("5 June 2026"), "{body}");
    }
}
