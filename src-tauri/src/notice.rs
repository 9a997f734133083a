//! What the pages are told without asking: the agent's events, and whether there is an agent.
//!
//! A thread of its own holds the subscription. When the agent ends it says so, brings the agent up
//! again, and says that as well; a window never asks in intervals.

use std::thread;
use std::time::Duration;

use keyturn_protocol::{Client, Event};
use serde::Serialize;
use tauri::{AppHandle, Emitter, Manager, Runtime};

use crate::agent::Agent;
use crate::tester::Bodies;
use crate::{closing, windows};

/// The name under which pages listen.
const NAME: &str = "keyturn";
/// How long after a loss the agent is started again, at first and at last.
const FIRST_PAUSE: Duration = Duration::from_millis(500);
const LONGEST_PAUSE: Duration = Duration::from_secs(30);

/// Something happened; a page that shows it asks again.
#[derive(Debug, Clone, Serialize)]
#[serde(untagged)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub(crate) enum Notice {
    /// The agent went or came.
    Agent {
        /// Which of both.
        agent: Presence,
    },
    /// The user wants something of the window itself.
    Window {
        /// What.
        window: WindowNotice,
    },
    /// Something in the vault or about it changed.
    Vault(Event),
}

/// What the user wants of the window itself.
#[derive(Debug, Clone, Copy, Serialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(test, derive(ts_rs::TS))]
pub(crate) enum WindowNotice {
    /// To close it, for the first time: the page says what goes on, and closes it then.
    Closing,
}

/// Whether there is an agent.
#[derive(Debug, Clone, Copy, Serialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(test, derive(ts_rs::TS))]
pub(crate) enum Presence {
    /// It ended, and the unlocked vault with it.
    Lost,
    /// It runs again.
    Back,
}

/// Listens to the agent for as long as the app runs.
pub(crate) fn forward<R: Runtime>(app: AppHandle<R>, agent: Agent) -> std::io::Result<()> {
    thread::Builder::new().name("notices".to_owned()).spawn(move || listen(&app, &agent))?;
    Ok(())
}

fn listen<R: Runtime>(app: &AppHandle<R>, agent: &Agent) {
    let mut lost = false;
    let mut pause = FIRST_PAUSE;
    loop {
        if let Ok(mut events) = agent.connect().and_then(Client::subscribe) {
            tell(app, if lost { back() } else { Notice::Vault(Event::Subscribed) });
            pause = FIRST_PAUSE;
            while let Ok(event) = events.wait() {
                match &event {
                    Event::OpenRequested(_) | Event::PaletteRequested => {
                        windows::bring_to_front(app);
                    }
                    Event::Quit => closing::leave(app),
                    Event::Locked => app.state::<Bodies>().clear(),
                    _ => {}
                }
                tell(app, Notice::Vault(event));
            }
            lost = false;
            // The vault was locked with the agent's end.
            app.state::<Bodies>().clear();
        }
        if !lost {
            tell(app, Notice::Agent { agent: Presence::Lost });
            lost = true;
        }
        thread::sleep(pause);
        pause = (pause * 2).min(LONGEST_PAUSE);
    }
}

/// Tells the page what the user wants of its window.
pub(crate) fn tell_window<R: Runtime>(app: &AppHandle<R>, window: WindowNotice) {
    tell(app, Notice::Window { window });
}

const fn back() -> Notice {
    Notice::Agent { agent: Presence::Back }
}

fn tell<R: Runtime>(app: &AppHandle<R>, notice: Notice) {
    // It fails only where the window is gone, and then nobody needs to know.
    drop(app.emit_to(windows::MAIN, NAME, notice));
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn notices_have_the_form_that_pages_know() {
        let form = |notice: Notice| serde_json::to_value(notice).unwrap();
        assert_eq!(form(back()), json!({"agent": "back"}));
        assert_eq!(form(Notice::Vault(Event::Locked)), json!("locked"));
        let closing = Notice::Window { window: WindowNotice::Closing };
        assert_eq!(form(closing), json!({"window": "closing"}));
        let changed = Event::CredentialChanged("acme/main".parse().unwrap());
        assert_eq!(form(Notice::Vault(changed)), json!({"credential_changed": "acme/main"}));
    }
}
