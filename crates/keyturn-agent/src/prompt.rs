//! Starting the prompt, and the agent's end of the pair that it alone can speak on: see
//! [`keyturn_protocol::prompt`].
//!
//! The pair's other end becomes the child's standard input. That needs no descriptor that is open across
//! an exec, not even for a moment in which another thread could start another child: both ends are closed
//! on exec, and only this child gets a copy in place of its input. Dropping a [`Prompt`] kills its
//! process, and with it the window.

use std::os::fd::OwnedFd;
use std::path::Path;
use std::process::Stdio;

use keyturn_protocol::prompt::{FLAG, PromptOrder, PromptReport};
use keyturn_protocol::{decode, encode};
use tokio::net::UnixStream;
use tokio::process::{Child, Command};

use crate::message;
use crate::screen::Screen;

/// A running prompt.
#[derive(Debug)]
pub(crate) struct Prompt {
    stream: UnixStream,
    /// Killed when dropped.
    child: Child,
}

impl Prompt {
    /// Starts the window's program as a prompt on a screen, and says what it is to show.
    pub(crate) async fn start(
        program: &Path,
        screen: &Screen,
        order: &PromptOrder,
    ) -> std::io::Result<Self> {
        let (ours, theirs) = std::os::unix::net::UnixStream::pair()?;
        ours.set_nonblocking(true)?;
        let stream = UnixStream::from_std(ours)?;
        let child = {
            // The command holds the other end as well, so it must go: the child's death has to be seen.
            let mut command = command(program, screen);
            command.stdin(OwnedFd::from(theirs)).spawn()?
        };
        let mut prompt = Self { stream, child };
        message::write(&mut prompt.stream, &encode(order)).await?;
        Ok(prompt)
    }

    /// Waits for what it says next; fails when it is gone, or says what no prompt says.
    pub(crate) async fn report(&mut self) -> std::io::Result<PromptReport> {
        let report = message::read(&mut self.stream).await?;
        decode(&report).ok_or_else(|| std::io::ErrorKind::InvalidData.into())
    }

    /// Waits until it is gone, whatever it still says.
    pub(crate) async fn end(mut self) {
        while self.report().await.is_ok() {}
        drop(self.child.wait().await);
    }
}

fn command(program: &Path, screen: &Screen) -> Command {
    let mut command = Command::new(program);
    command.arg(FLAG).current_dir("/").env_clear().envs(screen.variables());
    command.stdout(Stdio::null()).stderr(Stdio::null());
    // No signal of a terminal that the agent may be attached to answers a question.
    command.process_group(0).kill_on_drop(true);
    command
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::PermissionsExt as _;

    use keyturn_protocol::prompt::{
        AskingProgram, ConsentAction, ConsentAnswer, ConsentQuestion, ConsentReach,
    };

    use super::*;

    fn question() -> PromptOrder {
        let program =
            AskingProgram { name: "curl".to_owned(), path: None, script: None, pid: 4_711 };
        PromptOrder::Consent(ConsentQuestion {
            program,
            parents: Vec::new(),
            action: ConsentAction::TakeToken,
            targets: vec!["acme/main/token".to_owned()],
            reach: ConsentReach::Program,
            seconds: 60,
        })
    }

    /// A prompt that is a shell script, called FAKE.
    async fn fake(folder: &Path, script: &str) -> std::io::Result<Prompt> {
        let program = folder.join("fake-prompt");
        // Written by a process of its own, so that no child of this one holds it open for writing.
        let text = format!("cat > \"$0\" << 'END'\n#!/bin/sh\n{script}\nEND\nchmod 755 \"$0\"");
        let written = std::process::Command::new("sh").args(["-c", &text]).arg(&program).status();
        assert!(written.unwrap().success());
        assert!(std::fs::metadata(&program).unwrap().permissions().mode() & 0o100 != 0);
        Prompt::start(&program, &Screen::default(), &question()).await
    }

    fn says(report: PromptReport) -> String {
        let bytes = keyturn_protocol::frame::split(&encode(&report)).to_vec();
        bytes.iter().fold(String::new(), |text, byte| format!("{text}\\{byte:03o}"))
    }

    #[tokio::test]
    async fn what_the_child_says_on_the_pair_it_inherited_is_heard() {
        let folder = tempfile::tempdir().unwrap();
        let answered = PromptReport::Answered(ConsentAnswer::AllowOnce);
        let script = format!("printf '{}' >&0; sleep 30", says(answered));
        let mut prompt = fake(folder.path(), &script).await.unwrap();
        assert_eq!(prompt.report().await.unwrap(), answered);
    }

    #[tokio::test]
    async fn a_prompt_that_dies_says_so() {
        let folder = tempfile::tempdir().unwrap();
        // It has begun to read the question: otherwise asking itself may fail, which says so as well.
        let mut prompt = fake(folder.path(), "head -c 1 > /dev/null").await.unwrap();
        assert!(prompt.report().await.is_err());
    }

    /// Positive control of what the pair is for: a process that inherits it could answer, so nothing but
    /// the prompt may. What the prompt's own children would inherit is the prompt's to close.
    #[tokio::test]
    async fn no_other_child_of_the_agent_inherits_the_pair() {
        let folder = tempfile::tempdir().unwrap();
        let list = "ls -l /proc/self/fd | grep -c socket: || :";
        let mut prompt = fake(folder.path(), "read -r _; sleep 30").await.unwrap();
        let sockets = |program: &str, words: &[&str], input: Stdio| {
            let mut command = std::process::Command::new(program);
            let output = command.args(words).stdin(input).stderr(Stdio::null()).output().unwrap();
            String::from_utf8(output.stdout).unwrap().trim().to_owned()
        };
        assert_eq!(sockets("sh", &["-c", list], Stdio::null()), "0");
        let (_ours, theirs) = std::os::unix::net::UnixStream::pair().unwrap();
        let inherited = sockets("sh", &["-c", list], OwnedFd::from(theirs).into());
        assert_eq!(inherited, "1", "control: one that is handed over is seen");
        prompt.child.kill().await.unwrap();
    }

    #[test]
    fn a_prompt_gets_its_screen_and_no_other_variable() {
        let screen = Screen::of(i32::try_from(std::process::id()).unwrap()).unwrap_or_default();
        let command = command(Path::new("/x/keyturn-desktop"), &screen);
        let command = command.as_std();
        assert_eq!(command.get_args().collect::<Vec<_>>(), ["--prompt"]);
        assert_eq!(command.get_envs().count(), screen.variables().count());
    }
}
