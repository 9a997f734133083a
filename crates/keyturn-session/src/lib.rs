//! The process beside the agent that touches the desktop: notifications now, tray and shortcut later.
//!
//! It is a child of the agent (`keyturn session`), reads [`SessionCommand`]s from standard input, one
//! JSON document a line, answers each with a [`SessionReport`] on standard output, and ends when its
//! input does. It has no key, no vault and no socket, and what it is told to show is never a secret:
//! that is why it may talk to the desktop while the agent may not be looked into.
//!
//! Where to look next: `notification` for how one is shown, `keyturn-agent` for who sends them.

mod notification;

use std::io::{self, BufRead, Write};

use keyturn_protocol::session::{SessionCommand, SessionReport};
use thiserror::Error;

use crate::notification::Notifier;

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
    serve(io::stdin().lock(), io::stdout().lock())
}

/// Answers each command; a line that is no command is passed over, so that a newer agent's commands
/// do not end an older session.
fn serve(input: impl BufRead, mut output: impl Write) -> Result<(), SessionError> {
    let notifier = Notifier::new().map_err(SessionError::Runtime)?;
    for line in input.lines() {
        let line = line.map_err(SessionError::Pipe)?;
        let Ok(command) = serde_json::from_str::<SessionCommand>(&line) else {
            continue;
        };
        let report = obey(&notifier, &command);
        let mut answer =
            serde_json::to_vec(&report).map_err(|error| SessionError::Pipe(error.into()))?;
        answer.push(b'\n');
        output.write_all(&answer).and_then(|()| output.flush()).map_err(SessionError::Pipe)?;
    }
    Ok(())
}

fn obey(notifier: &Notifier, command: &SessionCommand) -> SessionReport {
    match command {
        SessionCommand::Notify { id, title, body, urgent } => {
            match notifier.show(title, body, *urgent) {
                Ok(()) => SessionReport::Shown { id: *id },
                Err(error) => SessionReport::Failed { id: *id, reason: error.to_string() },
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_that_is_no_command_is_passed_over() {
        let mut output = Vec::new();
        serve("{\"dance\":{}}\nnonsense\n\n".as_bytes(), &mut output).unwrap();
        assert!(output.is_empty(), "nothing was done, so nothing is reported");
    }
}
