//! Tells the user in time, through the session's notifications, and does what is chosen on them.
//!
//! What is to be told, and when, is the engine's word; this part wakes for it, hands it over once, and
//! notes what became of it. It works while the vault is locked. Where to look next: `teller` for what is
//! on the screen, `words` for what it says, `act` for what a choice does.

mod act;
mod teller;
#[cfg(test)]
mod tests;
mod words;

use std::sync::Arc;
use std::time::{Duration, Instant};

use chrono::{DateTime, Utc};
use keyturn_core::CredentialRef;
use keyturn_protocol::Event;
use tokio::sync::broadcast::error::RecvError;

use teller::Next;
pub(crate) use teller::Teller;

use crate::agent::{Agent, TICK};
use crate::session::Heard;

/// Runs for as long as the agent: looks at the next reminder's time, whenever something changed, and
/// every [`TICK`], since the runtime's timers stand still while the machine sleeps.
pub(crate) async fn run(agent: Arc<Agent>) {
    let mut heard = agent.session.listen();
    loop {
        // The keyring and the disk may take their time; other calls are served meanwhile.
        tokio::task::block_in_place(|| look(&agent, Instant::now()));
        let pause = pause(agent.engine.next_reminder_at(), agent.engine.now());
        tokio::select! {
            () = agent.schedule_changed.notified() => {}
            () = tokio::time::sleep(pause) => {}
            said = heard.recv() => match said {
                Err(RecvError::Closed) => return,
                // What was missed may be anything: what is not known as shown is told again.
                said => {
                    let said = said.unwrap_or(Heard::Ended);
                    tokio::task::block_in_place(|| hear(&agent, &said, Instant::now()));
                }
            }
        }
        agent.lock_when_idle().await;
        tokio::task::block_in_place(|| agent.tidy());
    }
}

/// How long to wait: until the next reminder, and never longer than [`TICK`]. What is due already waits
/// for the session, which rings by itself.
fn pause(next: Option<DateTime<Utc>>, now: DateTime<Utc>) -> Duration {
    let until = next.and_then(|at| (at - now).to_std().ok()).filter(|span| !span.is_zero());
    until.map_or(TICK, |span| span.min(TICK))
}

/// Hands over what is to be told now.
fn look(agent: &Agent, now: Instant) {
    // What may not be read or written yet is tried again at every round, and the inbox says so.
    agent.engine.load_schedule();
    agent.engine.flush_schedule().ok();
    let waiting = agent.engine.reminders_to_tell();
    let mut teller = agent.teller();
    if teller.hangs(now) {
        agent.log.line("the session says nothing; it is started again");
        agent.session.restart();
    }
    if waiting.is_empty() {
        return;
    }
    let hidden = !agent.engine.is_unlocked() && agent.engine.reminder_settings().hide_names;
    let hide_names = hidden || agent.share_safe.is_on();
    for command in teller.hand_over(waiting, hide_names, now) {
        agent.session.say(command);
    }
}

/// Takes notice of what the session says, and does what follows.
fn hear(agent: &Agent, heard: &Heard, now: Instant) {
    let next = match heard {
        Heard::Report(report) => agent.teller().heard(report, now),
        Heard::Ended => agent.teller().ended(now),
    };
    let done = match next {
        Next::Nothing => return,
        Next::Problem(reason) => {
            agent.log.line(&format!("a notification could not be shown: {reason}"));
            Ok(())
        }
        Next::Told(ids) => agent.engine.told(&ids),
        Next::Dismissed(ids) => agent.engine.mark_read(&ids),
        Next::Chosen(action, reminders) => act::act(agent, action, &reminders),
    };
    if let Err(error) = done {
        agent.log.line(&format!("noting what became of a reminder: {error}"));
    }
    agent.tell(Event::RemindersChanged);
}

/// What a credential's reminders say was seen to elsewhere: nothing of it stays on the screen.
pub(crate) fn seen_to(agent: &Agent, reference: &CredentialRef) {
    for command in agent.teller().seen_to(reference) {
        agent.session.say(command);
    }
    agent.tell(Event::RemindersChanged);
}
