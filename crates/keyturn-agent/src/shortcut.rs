//! The shortcut that brings the palette up, whichever program has the focus. Its keys are a preference in
//! `config.toml`; `keyturn session` listens for them, since this process does not touch the desktop.

use std::sync::Arc;
use std::time::Duration;

use keyturn_protocol::calls::{ShortcutState, ShortcutView};
use keyturn_protocol::config_file::{ConfigFile, SHORTCUT};
use keyturn_protocol::keys::Keys;
use keyturn_protocol::session::{SessionCommand, SessionReport, TakenKeys};
use keyturn_protocol::{ApiError, ErrorCode};
use serde::{Deserialize, Serialize};
use tokio::sync::broadcast::error::RecvError;
use tokio::sync::watch;
use tokio::time::Instant;

use crate::agent::Agent;
use crate::desktop::{self, Wanted};
use crate::session::Heard;
use crate::tray;

/// The keys that it has until the user chooses others.
const USUAL: &str = "Ctrl+Alt+K";
/// A session that ended is asked again after so long.
const PAUSE: Duration = Duration::from_mins(5);
/// So long the desktop may take to say whether it takes new keys.
const PATIENCE: Duration = Duration::from_secs(3);

const NO_SCREEN: &str = "The agent was started without a screen, so no keys can be taken: bind \
                         `keyturn-desktop --palette` to keys in your desktop's settings.";
const NO_SESSION: &str = "The program that listens for keys ended: it is started again in a while.";

/// The section of `config.toml`.
#[derive(Debug, Serialize, Deserialize)]
#[serde(default)]
struct Section {
    /// The keys; empty for none.
    palette: String,
}

impl Default for Section {
    fn default() -> Self {
        Self { palette: USUAL.to_owned() }
    }
}

/// How the shortcut stands.
#[derive(Debug)]
pub(crate) struct Shortcut(watch::Sender<ShortcutView>);

impl Default for Shortcut {
    fn default() -> Self {
        Self(watch::Sender::new(view(String::new(), ShortcutState::Off, None)))
    }
}

impl Shortcut {
    /// How it stands now.
    pub(crate) fn view(&self) -> ShortcutView {
        self.0.borrow().clone()
    }

    /// Notes what became of keys; news of keys that are no longer wanted is old.
    fn note(&self, keys: Keys, taken: TakenKeys) {
        self.0.send_if_modified(|shown| {
            if shown.keys != keys.to_string() {
                return false;
            }
            (shown.state, shown.decided, shown.problem) = match taken {
                TakenKeys::Taken { decided } => (ShortcutState::Working, decided, None),
                TakenKeys::Asked => (ShortcutState::Asked, None, None),
                TakenKeys::Refused { reason } => (ShortcutState::Failed, None, Some(reason)),
            };
            true
        });
    }
}

/// Keeps the session listening for as long as the agent runs.
pub(crate) async fn run(agent: Arc<Agent>) {
    let mut heard = agent.session.listen();
    match ConfigFile::of(&agent.home).read::<Section>(SHORTCUT) {
        Ok(section) => match parse(&section.palette) {
            Ok(keys) => take(&agent, keys),
            Err(error) => fail(&agent, section.palette, error.to_string()),
        },
        Err(error) => fail(&agent, String::new(), ApiError::from(&error).message),
    }
    let mut again = None;
    loop {
        let said = tokio::select! {
            said = heard.recv() => said,
            () = until(again) => {
                again = None;
                take_again(&agent);
                continue;
            }
        };
        match said {
            Ok(Heard::Report(SessionReport::Keys { keys, taken })) => {
                agent.shortcut.note(keys, taken);
            }
            Ok(Heard::Report(SessionReport::KeysPressed { activation })) => {
                desktop::open(&agent, &Wanted::Palette { activation });
            }
            Ok(Heard::Ended) => {
                let before = agent.shortcut.view();
                if matches!(before.state, ShortcutState::Off | ShortcutState::Failed) {
                    continue;
                }
                fail(&agent, before.keys, NO_SESSION.to_owned());
                again = Some(Instant::now() + PAUSE);
            }
            Ok(Heard::Report(_)) | Err(RecvError::Lagged(_)) => {}
            Err(RecvError::Closed) => return,
        }
    }
}

/// Waits until then; for ever where there is no then.
async fn until(then: Option<Instant>) {
    match then {
        Some(then) => tokio::time::sleep_until(then).await,
        None => std::future::pending().await,
    }
}

/// Has a session listen again for the keys of the one that ended. The user may have chosen others
/// meanwhile: those were passed on then.
fn take_again(agent: &Agent) {
    let shown = agent.shortcut.view();
    if shown.problem.as_deref() == Some(NO_SESSION)
        && let Ok(keys) = parse(&shown.keys)
    {
        take(agent, keys);
    }
}

/// Keeps other keys and has the session listen for them. Answers when the desktop did, or after a few
/// seconds that it was asked.
pub(crate) async fn set(agent: &Agent, text: &str) -> Result<ShortcutView, ApiError> {
    let keys = parse(text).map_err(|error| {
        ApiError::new(ErrorCode::InvalidInput, error.to_string())
            .hint("Write it like Ctrl+Alt+K, or leave it empty for none.")
    })?;
    let section = Section { palette: written(keys) };
    ConfigFile::of(&agent.home)
        .write(SHORTCUT, &section)
        .map_err(|error| ApiError::from(&error))?;
    let mut changes = agent.shortcut.0.subscribe();
    take(agent, keys);
    let answered = changes.wait_for(|view| view.state != ShortcutState::Asked);
    drop(tokio::time::timeout(PATIENCE, answered).await);
    Ok(agent.shortcut.view())
}

fn parse(text: &str) -> Result<Option<Keys>, keyturn_protocol::keys::KeysError> {
    if text.trim().is_empty() { Ok(None) } else { text.parse().map(Some) }
}

fn written(keys: Option<Keys>) -> String {
    keys.as_ref().map(ToString::to_string).unwrap_or_default()
}

fn take(agent: &Agent, keys: Option<Keys>) {
    if keys.is_some() && !has_desktop() {
        return fail(agent, written(keys), NO_SCREEN.to_owned());
    }
    let state = if keys.is_some() { ShortcutState::Asked } else { ShortcutState::Off };
    let before = agent.shortcut.0.send_replace(view(written(keys), state, None));
    // Nobody starts a program to have it do nothing.
    if keys.is_some() || before.state != ShortcutState::Off {
        agent.session.say(SessionCommand::TakeKeys { keys });
    }
}

fn fail(agent: &Agent, keys: String, problem: String) {
    agent.shortcut.0.send_replace(view(keys, ShortcutState::Failed, Some(problem)));
}

const fn view(keys: String, state: ShortcutState, problem: Option<String>) -> ShortcutView {
    ShortcutView { keys, state, decided: None, problem }
}

/// Whether there is anybody to ask for keys: an X server, or a bus that a desktop may be on.
fn has_desktop() -> bool {
    std::env::var_os("DISPLAY").is_some_and(|name| !name.is_empty()) || tray::has_bus()
}

#[cfg(test)]
mod tests {
    use tokio::task::JoinHandle;

    use super::*;
    use crate::agent::tests::opened;

    fn shows(keys: &'static str, state: ShortcutState) -> impl FnMut(&ShortcutView) -> bool {
        move |view| view.keys == keys && view.state == state
    }

    /// An agent whose session had the usual keys and ended; what is shown since, and what listens.
    async fn ended(
        folder: &tempfile::TempDir,
    ) -> (Arc<Agent>, watch::Receiver<ShortcutView>, JoinHandle<()>) {
        let (agent, _) = opened(folder);
        let mut seen = agent.shortcut.0.subscribe();
        let listening = tokio::spawn(run(Arc::clone(&agent)));
        seen.wait_for(|view| view.keys == USUAL).await.unwrap();
        agent.shortcut.0.send_replace(view(USUAL.to_owned(), ShortcutState::Working, None));
        agent.session.hear(Heard::Ended);
        (agent, seen, listening)
    }

    #[tokio::test(start_paused = true)]
    async fn keys_that_are_chosen_after_a_session_ended_are_heard_at_once_and_stay() {
        let folder = tempfile::tempdir().unwrap();
        let (agent, mut seen, listening) = ended(&folder).await;
        seen.wait_for(shows(USUAL, ShortcutState::Failed)).await.unwrap();

        let ended_at = Instant::now();
        let chosen = view("Super+F7".to_owned(), ShortcutState::Asked, None);
        agent.shortcut.0.send_replace(chosen);
        let keys = "Super+F7".parse().unwrap();
        let taken = TakenKeys::Taken { decided: None };
        agent.session.hear(Heard::Report(SessionReport::Keys { keys, taken }));
        seen.wait_for(shows("Super+F7", ShortcutState::Working)).await.unwrap();
        assert!(ended_at.elapsed() < PAUSE, "nobody waits for the old keys' turn");

        tokio::time::sleep(PAUSE * 2).await;
        assert!(shows("Super+F7", ShortcutState::Working)(&agent.shortcut.view()));
        listening.abort();
    }

    #[tokio::test(start_paused = true)]
    async fn the_keys_of_a_session_that_ended_are_asked_for_again_after_a_while() {
        let folder = tempfile::tempdir().unwrap();
        let (_agent, mut seen, listening) = ended(&folder).await;
        let unheard = |view: &ShortcutView| view.problem.as_deref() == Some(NO_SESSION);
        seen.wait_for(unheard).await.unwrap();
        let ended_at = Instant::now();
        seen.wait_for(|view| !unheard(view)).await.unwrap();
        assert!(ended_at.elapsed() >= PAUSE);
        listening.abort();
    }
}
