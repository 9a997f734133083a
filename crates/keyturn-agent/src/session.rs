//! `keyturn session`, the agent's child for what needs the desktop: notifications now, tray and
//! shortcut later. It has no key and is started again when it ends.

use std::process::Stdio;

use keyturn_protocol::session::{SessionCommand, SessionReport};
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::process::Child;

use crate::own_program::own_program;

/// The running session process.
#[derive(Debug)]
pub(crate) struct Session {
    child: Child,
    reports: tokio::io::Lines<BufReader<tokio::process::ChildStdout>>,
}

impl Session {
    /// Starts the process. It ends by itself when the agent does, since its standard input ends.
    pub(crate) fn start() -> std::io::Result<Self> {
        let mut child = own_program()
            .arg("session")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()?;
        let output = child.stdout.take().ok_or(std::io::ErrorKind::BrokenPipe)?;
        Ok(Self { child, reports: BufReader::new(output).lines() })
    }

    /// Hands a command over and waits for its report.
    pub(crate) async fn carry_out(
        &mut self,
        command: &SessionCommand,
    ) -> std::io::Result<SessionReport> {
        let mut line = serde_json::to_vec(command)?;
        line.push(b'\n');
        let input = self.child.stdin.as_mut().ok_or(std::io::ErrorKind::BrokenPipe)?;
        input.write_all(&line).await?;
        input.flush().await?;
        let report = self.reports.next_line().await?.ok_or(std::io::ErrorKind::UnexpectedEof)?;
        Ok(serde_json::from_str(&report)?)
    }
}
