//! What the tray shows, and what a choice there does. The session draws it; it is this agent's own child
//! on pipes of its own, so what the user chooses there needs no further grant.

mod act;
mod view;

use std::collections::VecDeque;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use keyturn_core::CredentialRef;
use keyturn_engine::ListFilter;
use keyturn_protocol::session::{SessionCommand, SessionReport};
use keyturn_protocol::tray::TrayView;
use tokio::sync::Notify;
use tokio::sync::broadcast::error::RecvError;

use crate::agent::Agent;
use crate::session::Heard;

/// Times in the menu are looked at again after so long.
const PAUSE: Duration = Duration::from_mins(5);
/// What changes at once is shown at once: so long is waited for more.
const GATHER: Duration = Duration::from_millis(200);
/// So many that were used last are remembered.
const MOST_RECENT: usize = 5;

/// The credentials that were used last, the last one first.
#[derive(Debug, Default)]
pub(crate) struct Recent {
    order: VecDeque<CredentialRef>,
    /// Rung when another one is the first.
    changed: Arc<Notify>,
}

impl Recent {
    /// Notes a use.
    pub(crate) fn used(&mut self, reference: &CredentialRef) {
        if self.order.front() == Some(reference) {
            return;
        }
        self.order.retain(|known| known != reference);
        self.order.push_front(reference.clone());
        self.order.truncate(MOST_RECENT);
        self.changed.notify_one();
    }
}

/// Keeps the tray in step for as long as the agent runs. Without a bus there is no tray.
pub(crate) async fn run(agent: Arc<Agent>) {
    if !has_bus() {
        return;
    }
    let mut heard = agent.session.listen();
    let mut events = agent.events.subscribe();
    let used = Arc::clone(&agent.recent().changed);
    let mut shown = None;
    loop {
        let view = agent.share_safe.cover_tray(current(&agent));
        if shown.as_ref() != Some(&view) {
            agent.session.say(SessionCommand::ShowTray(view.clone()));
            shown = Some(view);
        }
        tokio::select! {
            () = tokio::time::sleep(PAUSE) => {}
            () = used.notified() => tokio::time::sleep(GATHER).await,
            event = events.recv() => match event {
                Ok(_) | Err(RecvError::Lagged(_)) => {
                    tokio::time::sleep(GATHER).await;
                    while events.try_recv().is_ok() {}
                }
                Err(RecvError::Closed) => return,
            },
            said = heard.recv() => match said {
                Ok(Heard::Report(SessionReport::ChosenInTray(choice))) => {
                    act::act(&agent, choice).await;
                }
                Ok(Heard::Ended) => {
                    // It may end again at once: the next one waits.
                    shown = None;
                    tokio::time::sleep(PAUSE).await;
                }
                Ok(Heard::Report(_)) | Err(RecvError::Lagged(_)) => {}
                Err(RecvError::Closed) => return,
            },
        }
    }
}

/// Whether there is a session bus to show a tray on, by the rules of D-Bus.
pub(crate) fn has_bus() -> bool {
    let named = std::env::var_os("DBUS_SESSION_BUS_ADDRESS").is_some_and(|name| !name.is_empty());
    let runtime = std::env::var_os("XDG_RUNTIME_DIR");
    named || runtime.is_some_and(|folder| Path::new(&folder).join("bus").exists())
}

fn current(agent: &Agent) -> TrayView {
    let unread = agent.engine.inbox().unread;
    let Ok(all) = agent.engine.list(&ListFilter::default()) else {
        return view::of_closed(unread);
    };
    let recent: Vec<CredentialRef> = agent.recent().order.iter().cloned().collect();
    let (now, today) = (agent.engine.now(), agent.engine.today());
    let paused = agent.engine.reminder_settings().paused_until.filter(|until| *until > now);
    let paused = paused.map(|until| {
        format!("Reminders are silent until {}", agent.engine.local(until).format("%H:%M"))
    });
    let countdown = agent.engine.countdown();
    TrayView { paused, ..view::of_open(&all, &recent, unread, &countdown, now, today) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_used_come_first_and_each_once() {
        let mut recent = Recent::default();
        let acme = |name: &str| format!("acme/{name}").parse::<CredentialRef>().unwrap();
        for name in ["a", "b", "c", "a", "d", "e", "f"] {
            recent.used(&acme(name));
        }
        let names: Vec<String> = recent.order.iter().map(ToString::to_string).collect();
        assert_eq!(names, ["acme/f", "acme/e", "acme/d", "acme/a", "acme/c"]);
    }
}
