//! The process beside the agent that touches the desktop: notifications, the tray, and the shortcut that
//! works in every program.
//!
//! It is a child of the agent (`keyturn session`), reads [`SessionCommand`]s from standard input, one
//! JSON document a line, tells [`SessionReport`]s on standard output as things happen, and ends when
//! its input does. It has no key, no vault and no socket, and what it is told to show is never a
//! secret: that is why it may talk to the desktop while the agent may not be looked into.
//!
//! Where to look next: `board` for what is on the screen, `notification` for how one is shown, `watch`
//! for what becomes of it, `tray` for the icon and its menu, `keys` for the shortcut, `keyturn-agent` for who sends them.

mod board;
mod keys;
mod notification;
mod tray;
mod watch;

use std::io::{self, BufRead, Write};
use std::thread;

use keyturn_protocol::session::{SessionCommand, SessionReport};
use thiserror::Error;
use tokio::runtime::Builder;
use tokio::sync::mpsc::{self, UnboundedReceiver};

use crate::board::Board;
use crate::keys::Listening;
use crate::tray::Tray;

/// Says why the session ended before its input did.
#[derive(Debug, Error)]
pub enum SessionError {
    /// The runtime that speaks D-Bus cannot be started.
    #[error("the session cannot start")]
    Runtime(#[source] io::Error),
    /// The agent's end of a pipe is gone or broken.
    #[error("the session lost its agent")]
    Pipe(#[source] io::Error),
}

/// Serves the agent on standard input and output until the input ends.
pub fn run() -> Result<(), SessionError> {
    let (commands, received) = mpsc::unbounded_channel();
    // A thread of its own: reading a pipe has no end that could be waited for otherwise.
    thread::Builder::new()
        .name("commands".to_owned())
        .spawn(move || {
            for line in io::stdin().lock().lines().map_while(Result::ok) {
                if commands.send(line).is_err() {
                    return;
                }
            }
        })
        .map_err(SessionError::Runtime)?;
    let runtime = Builder::new_current_thread().enable_all().build();
    runtime.map_err(SessionError::Runtime)?.block_on(serve(received, io::stdout()))
}

/// Obeys each command and tells what happens; a line that is no command is passed over, so that a
/// newer agent's commands do not end an older session.
async fn serve(
    mut commands: UnboundedReceiver<String>,
    mut output: impl Write,
) -> Result<(), SessionError> {
    let mut board = Board::new();
    let (choices, mut chosen) = mpsc::unbounded_channel();
    let mut tray = Tray::new(choices);
    let (reports, mut heard) = mpsc::unbounded_channel();
    let mut listening = Listening::new(reports);
    loop {
        let reports = tokio::select! {
            line = commands.recv() => {
                let Some(line) = line else { return Ok(()) };
                match serde_json::from_str::<SessionCommand>(&line) {
                    Ok(SessionCommand::ShowTray(view)) => {
                        tray.show(view).await;
                        continue;
                    }
                    Ok(SessionCommand::TakeKeys { keys }) => {
                        listening.take(keys);
                        continue;
                    }
                    Ok(command) => board.obey(command),
                    Err(_) => continue,
                }
            }
            happening = board.next() => board.note(happening),
            Some(choice) = chosen.recv() => vec![SessionReport::ChosenInTray(choice)],
            Some(report) = heard.recv() => vec![report],
        };
        for report in reports {
            let mut line =
                serde_json::to_vec(&report).map_err(|error| SessionError::Pipe(error.into()))?;
            line.push(b'\n');
            output.write_all(&line).and_then(|()| output.flush()).map_err(SessionError::Pipe)?;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_that_is_no_command_is_passed_over() {
        let (commands, received) = mpsc::unbounded_channel();
        for line in ["{\"dance\":{}}", "nonsense", ""] {
            commands.send(line.to_owned()).unwrap();
        }
        drop(commands);
        let mut output = Vec::new();
        let runtime = Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(serve(received, &mut output)).unwrap();
        assert!(output.is_empty(), "nothing was done, so nothing is reported");
    }
}
