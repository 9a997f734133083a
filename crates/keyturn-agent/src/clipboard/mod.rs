//! The clipboard, held by a small process of its own.
//!
//! Why not by the agent itself: the agent may have been started where there was no screen, and only
//! the caller knows its own; and should the agent be killed, its end of the pipe closes and the
//! holder clears the clipboard all the same. The holder is `keyturn clipboard`, spoken to over its
//! standard input and output; it is undumpable like the agent and lives until the clipboard is
//! cleared.

mod hold;

use std::process::Stdio;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use keyturn_core::SecretString;
use keyturn_protocol::calls::DisplayVariables;
use keyturn_protocol::{
    ApiError, ClipboardEnd, ErrorCode, Event, SecretOnWire, decode, encode, environment,
};
use serde::{Deserialize, Serialize};
use tokio::process::{Child, ChildStdout};
use tokio::sync::{Mutex, broadcast};

use crate::message;
use crate::own_program::own_program;

pub use hold::hold_clipboard;

/// What the holder is told to do.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Order {
    /// Puts the secret on the clipboard and clears it after that time, or at the end of input.
    Hold { secret: SecretOnWire, clear_after_s: u64 },
    /// Reads the clipboard.
    Read,
}

/// What the holder answers.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Report {
    /// The secret is on the clipboard.
    Holding,
    /// This is on the clipboard.
    Text(SecretOnWire),
    /// The secret is the clipboard's no more; the last that a holder says.
    Released(ClipboardEnd),
    /// It did not work.
    Failed(String),
}

const OTHER_ANSWER: &str = "it answered something else than it was asked";

/// How long a screen may take to answer.
const PATIENCE: Duration = Duration::from_secs(5);

/// The agent's side: at most one holder at a time.
#[derive(Debug)]
pub(crate) struct Clipboard {
    current: Mutex<Option<Child>>,
    /// Counts the copies: what an earlier holder says when a later one is there is not told.
    turn: Arc<AtomicU64>,
    events: broadcast::Sender<Event>,
}

impl Clipboard {
    /// A clipboard that tells subscribers what became of each copy.
    pub(crate) fn telling(events: broadcast::Sender<Event>) -> Self {
        Self { current: Mutex::default(), turn: Arc::default(), events }
    }

    /// Puts a secret on the clipboard of the caller's screen, in place of what Keyturn put there
    /// before.
    pub(crate) async fn copy(
        &self,
        secret: &SecretString,
        clear_after_s: u64,
        display: &DisplayVariables,
    ) -> Result<(), ApiError> {
        let mut current = self.current.lock().await;
        let turn = self.turn.fetch_add(1, Ordering::SeqCst) + 1;
        // Killed, not told to clear: it might take the new content for its own.
        if let Some(mut old) = current.take() {
            let held_on = matches!(old.try_wait(), Ok(None));
            drop(old.kill().await);
            if held_on {
                drop(self.events.send(Event::ClipboardReleased(ClipboardEnd::Replaced)));
            }
        }
        let secret = SecretOnWire(secret.duplicate());
        let (mut child, report) = start(&Order::Hold { secret, clear_after_s }, display).await?;
        match report {
            Report::Holding => {
                if let Some(output) = child.stdout.take() {
                    self.tell_the_end(turn, output);
                }
                *current = Some(child);
                Ok(())
            }
            Report::Failed(reason) => Err(unavailable(&reason)),
            Report::Text(_) | Report::Released(_) => Err(unavailable(OTHER_ANSWER)),
        }
    }

    /// Tells subscribers what the holder says at its end. One that is killed says nothing.
    fn tell_the_end(&self, turn: u64, mut output: ChildStdout) {
        let (turns, events) = (Arc::clone(&self.turn), self.events.clone());
        tokio::spawn(async move {
            let Ok(said) = message::read(&mut output).await else { return };
            if let Some(Report::Released(end)) = decode(&said)
                && turns.load(Ordering::SeqCst) == turn
            {
                drop(events.send(Event::ClipboardReleased(end)));
            }
        });
    }

    /// Reads the clipboard of the caller's screen.
    pub(crate) async fn read(&self, display: &DisplayVariables) -> Result<SecretString, ApiError> {
        let (mut child, report) = start(&Order::Read, display).await?;
        drop(child.kill().await);
        match report {
            Report::Text(text) => Ok(text.0),
            Report::Failed(reason) => Err(unavailable(&reason)),
            Report::Holding | Report::Released(_) => Err(unavailable(OTHER_ANSWER)),
        }
    }

    /// Whether something of ours may be on the clipboard.
    pub(crate) fn is_holding(&self) -> bool {
        match self.current.try_lock() {
            Ok(mut current) => {
                current.as_mut().is_some_and(|child| matches!(child.try_wait(), Ok(None)))
            }
            // It is being put there.
            Err(_) => true,
        }
    }

    /// Clears the clipboard if what Keyturn put there is still on it, and waits until that is done.
    pub(crate) async fn clear(&self) {
        if let Some(mut child) = self.current.lock().await.take() {
            drop(child.stdin.take());
            if tokio::time::timeout(PATIENCE, child.wait()).await.is_err() {
                drop(child.kill().await);
            }
        }
    }
}

async fn start(order: &Order, display: &DisplayVariables) -> Result<(Child, Report), ApiError> {
    let exchange = async {
        let mut command = own_program();
        command.arg("clipboard").stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null());
        for name in environment::DISPLAY {
            match display.get(name) {
                Some(value) => command.env(name, value),
                None => command.env_remove(name),
            };
        }
        let mut child = command.spawn()?;
        if let Some(input) = &mut child.stdin {
            message::write(input, &encode(order)).await?;
        }
        let output = child.stdout.as_mut().ok_or(std::io::ErrorKind::BrokenPipe)?;
        let report =
            decode(&message::read(output).await?).ok_or(std::io::ErrorKind::InvalidData)?;
        Ok::<_, std::io::Error>((child, report))
    };
    match tokio::time::timeout(PATIENCE, exchange).await {
        Ok(Ok(started)) => Ok(started),
        Ok(Err(error)) => Err(unavailable(&error.to_string())),
        Err(_) => Err(unavailable("the screen did not answer within 5 s")),
    }
}

fn unavailable(reason: &str) -> ApiError {
    ApiError::new(
        ErrorCode::ClipboardUnavailable,
        format!("the clipboard cannot be reached: {reason}"),
    )
    .hint("Run this where DISPLAY or WAYLAND_DISPLAY names your screen, or pipe the value with `keyturn get` or `keyturn token`.")
}
