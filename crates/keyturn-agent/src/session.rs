//! `keyturn session`, the agent's child for what needs the desktop: notifications, the tray and the
//! shortcut. It has no key, is started when something is first to be shown, and again after it ended.

use std::process::Stdio;
use std::sync::Arc;

use keyturn_protocol::session::{SessionCommand, SessionReport};
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::process::{Child, ChildStdin, ChildStdout};
use tokio::sync::broadcast;
use tokio::sync::mpsc::{self, UnboundedReceiver, UnboundedSender};

use crate::agent::Agent;
use crate::own_program::own_program;

/// So many reports wait for a listener that is busy.
const MOST_WAITING: usize = 256;

/// The way to the session: whoever has something to show says it here and waits for nothing; what
/// comes back everybody hears who listens.
#[derive(Debug)]
pub(crate) struct Session {
    orders: UnboundedSender<Order>,
    heard: broadcast::Sender<Heard>,
}

/// What the keeper of the process is to do.
#[derive(Debug)]
pub(crate) enum Order {
    /// Passes this on; starts the process where none runs.
    Say(SessionCommand),
    /// Ends the process: it does not answer.
    Restart,
}

/// What comes from the session.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Heard {
    /// It reports.
    Report(SessionReport),
    /// It is gone, with all that it showed or was to show, or it cannot be started.
    Ended,
}

impl Session {
    /// The way to a session, and the other end for [`keep`].
    pub(crate) fn new() -> (Self, UnboundedReceiver<Order>) {
        let (orders, received) = mpsc::unbounded_channel();
        (Self { orders, heard: broadcast::Sender::new(MOST_WAITING) }, received)
    }

    /// Hears from here on what the session reports.
    pub(crate) fn listen(&self) -> broadcast::Receiver<Heard> {
        self.heard.subscribe()
    }

    /// Has the session do something.
    pub(crate) fn say(&self, command: SessionCommand) {
        // The keeper lives as long as the agent.
        drop(self.orders.send(Order::Say(command)));
    }

    /// Has everybody hear what no session said.
    #[cfg(test)]
    pub(crate) fn hear(&self, heard: Heard) {
        self.heard.send(heard).unwrap();
    }

    /// Ends a session that does not answer.
    pub(crate) fn restart(&self) {
        drop(self.orders.send(Order::Restart));
    }
}

/// A running process. It ends by itself when the agent does, since its standard input ends.
struct Running {
    child: Child,
    input: ChildStdin,
    reports: tokio::io::Lines<BufReader<ChildStdout>>,
}

/// Keeps the process for as long as the agent runs.
pub(crate) async fn keep(agent: Arc<Agent>, mut orders: UnboundedReceiver<Order>) {
    let heard = &agent.session.heard;
    let mut running: Option<Running> = None;
    loop {
        let ended = tokio::select! {
            order = orders.recv() => match order {
                None => return,
                Some(Order::Say(command)) => say(&mut running, &command).await,
                Some(Order::Restart) => running.as_ref().map_or(Ok(()), |_| {
                    Err(std::io::ErrorKind::TimedOut.into())
                }),
            },
            report = report(&mut running) => report.map(|report| {
                if let Some(report) = report {
                    drop(heard.send(Heard::Report(report)));
                }
            }),
        };
        if let Err(error) = ended {
            agent.log.line(&format!("the session ended: {error}"));
            if let Some(mut gone) = running.take() {
                drop(gone.child.kill().await);
            }
            drop(heard.send(Heard::Ended));
        }
    }
}

async fn say(running: &mut Option<Running>, command: &SessionCommand) -> std::io::Result<()> {
    let mut line = serde_json::to_vec(command)?;
    line.push(b'\n');
    if running.is_none() {
        *running = Some(start()?);
    }
    let Some(Running { input, .. }) = running else { return Ok(()) };
    input.write_all(&line).await?;
    input.flush().await
}

/// Waits for a report; for ever where no process runs. `None` is one that this agent does not know.
async fn report(running: &mut Option<Running>) -> std::io::Result<Option<SessionReport>> {
    let Some(Running { reports, .. }) = running else { return std::future::pending().await };
    let line = reports.next_line().await?.ok_or(std::io::ErrorKind::UnexpectedEof)?;
    Ok(serde_json::from_str(&line).ok())
}

fn start() -> std::io::Result<Running> {
    let mut child = own_program()
        .arg("session")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()?;
    let (Some(input), Some(output)) = (child.stdin.take(), child.stdout.take()) else {
        return Err(std::io::ErrorKind::BrokenPipe.into());
    };
    Ok(Running { child, input, reports: BufReader::new(output).lines() })
}
