//! The one secret that is on the screen: in a prompt of its own ([`crate::prompt`]), which alone is handed
//! it. It ends with the prompt's window, with its time, with the lock, with the program that asked, and
//! when another one is shown.

use std::path::PathBuf;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use keyturn_protocol::prompt::{PromptOrder, PromptReport, RevealOrder};
use keyturn_protocol::{ApiError, ErrorCode};
use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::io::Errno;
use rustix::process::{Pid, PidfdFlags, pidfd_open};
use tokio::sync::oneshot;
use tokio::task::AbortHandle;

use crate::prompt::Prompt;
use crate::screen::Screen;

/// How long a window may take to come up.
const OPENING: Duration = Duration::from_secs(20);

/// What is shown now, if anything.
#[derive(Debug, Default)]
pub(crate) struct Showing(Mutex<Option<AbortHandle>>);

/// Where and for whom something is shown.
#[derive(Debug)]
pub(crate) struct Place {
    /// The window's program.
    pub(crate) program: PathBuf,
    /// The screen.
    pub(crate) screen: Screen,
    /// The process that asked.
    pub(crate) asker: i32,
}

impl Showing {
    /// Shows a secret in place of what is shown now. Answers when it is on the screen; `still` is asked
    /// once everything is ready to be ended from outside.
    pub(crate) async fn show(
        &self,
        place: Place,
        order: RevealOrder,
        still: impl FnOnce() -> bool,
    ) -> Result<(), ApiError> {
        let (shown, on_screen) = oneshot::channel();
        let (go, ready) = oneshot::channel();
        let task = tokio::spawn(async move {
            if ready.await.is_ok() {
                present(place, order, shown).await;
            }
        });
        self.replace(Some(task.abort_handle()));
        // A lock before this moment is seen here, and one after it ends the task.
        if !still() {
            self.end();
            return Err(ended());
        }
        go.send(()).ok();
        on_screen.await.unwrap_or_else(|_| Err(ended()))
    }

    /// Ends what is shown.
    pub(crate) fn end(&self) {
        self.replace(None);
    }

    fn replace(&self, task: Option<AbortHandle>) {
        let mut current = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(old) = std::mem::replace(&mut *current, task) {
            // With the task its prompt is dropped, and killed.
            old.abort();
        }
    }
}

/// Opens the prompt, says when it is on the screen, and stays until it ends.
async fn present(place: Place, order: RevealOrder, shown: oneshot::Sender<Result<(), ApiError>>) {
    let Place { program, screen, asker } = place;
    let longest = Duration::from_secs(order.seconds) + Duration::from_secs(1);
    let opening = async {
        let mut prompt = Prompt::start(&program, &screen, &PromptOrder::Reveal(order)).await?;
        match prompt.report().await? {
            PromptReport::Shown => Ok(prompt),
            PromptReport::Answered(_) => Err(std::io::ErrorKind::InvalidData.into()),
        }
    };
    let opened = tokio::time::timeout(OPENING, opening).await;
    let opened = opened.unwrap_or_else(|_| Err(std::io::ErrorKind::TimedOut.into()));
    match opened {
        Ok(prompt) => {
            drop(shown.send(Ok(())));
            tokio::select! {
                () = prompt.end() => {}
                () = tokio::time::sleep(longest) => {}
                () = end_of(asker, longest) => {}
            }
        }
        Err(error) => drop(shown.send(Err(not_opened(&error)))),
    }
}

/// Waits until a process ended; for ever where that cannot be seen, or takes longer than it is watched.
/// In a thread: the runtime cannot take the descriptor of a process without `unsafe`.
async fn end_of(pid: i32, watched_for: Duration) {
    let Some(process) = Pid::from_raw(pid) else { return std::future::pending().await };
    let (ended, end) = oneshot::channel();
    match pidfd_open(process, PidfdFlags::empty()) {
        Ok(process) => drop(std::thread::spawn(move || {
            let mut watched = [PollFd::new(&process, PollFlags::IN)];
            let limit = Timespec::try_from(watched_for).ok();
            if poll(&mut watched, limit.as_ref()) == Ok(1) {
                ended.send(()).ok();
            }
        })),
        Err(Errno::SRCH) => return,
        Err(_) => {}
    }
    if end.await.is_err() {
        std::future::pending::<()>().await;
    }
}

fn ended() -> ApiError {
    ApiError::new(ErrorCode::VaultLocked, "the vault was locked before it was shown")
        .hint("Unlock it, then reveal it again.")
}

fn not_opened(error: &std::io::Error) -> ApiError {
    let message = format!("the window that shows it cannot be opened: {error}");
    ApiError::new(ErrorCode::Internal, message)
        .hint("Start Keyturn's window from a terminal to see what is wrong, or use `keyturn copy`.")
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;

    #[tokio::test]
    async fn the_end_of_a_process_is_seen() {
        let mut child = tokio::process::Command::new("cat")
            .stdin(std::process::Stdio::piped())
            .spawn()
            .unwrap();
        let pid = i32::try_from(child.id().unwrap()).unwrap();
        let end = tokio::spawn(end_of(pid, OPENING));
        assert!(!end.is_finished());
        drop(child.stdin.take());
        end.await.unwrap();
        child.wait().await.unwrap();
    }

    #[tokio::test]
    async fn a_lock_in_between_shows_nothing_and_says_so() {
        let showing = Showing::default();
        let place = place(Path::new("/nonexistent"));
        let error = showing.show(place, order(), || false).await.unwrap_err();
        assert_eq!(error.code, ErrorCode::VaultLocked);
    }

    #[tokio::test]
    async fn a_window_that_cannot_be_opened_is_said() {
        let showing = Showing::default();
        let error = showing.show(place(Path::new("/nonexistent")), order(), || true).await;
        assert!(error.unwrap_err().message.contains("cannot be opened"));
    }

    /// The prompt is a FAKE here: a script that keeps what it is handed on the pair, and then hangs.
    #[tokio::test]
    async fn the_secret_goes_over_the_pair_and_its_window_ends_with_the_lock() {
        let folder = tempfile::tempdir().unwrap();
        let script = "#!/bin/sh\necho $$ > \"$0.pid\"\nhead -c 4 > /dev/null\n\
            head -c 50 > \"$0.order\"\nprintf '\\000\\000\\000\\007\"shown\"' >&0\nexec cat > /dev/null\n";
        let program = folder.path().join("fake-prompt");
        write(&program, script);
        let showing = Showing::default();
        showing.show(place(&program), order(), || true).await.unwrap();
        let handed = std::fs::read_to_string(folder.path().join("fake-prompt.order")).unwrap();
        assert!(handed.contains("canary"), "{handed}");
        let pid = std::fs::read_to_string(folder.path().join("fake-prompt.pid")).unwrap();
        showing.end();
        end_of(pid.trim().parse().unwrap(), OPENING).await;
    }

    /// By a process of its own, so that no child of this one holds the file open for writing.
    fn write(program: &Path, script: &str) {
        let mut shell = std::process::Command::new("sh");
        shell
            .args(["-c", "printf %s \"$1\" > \"$0\" && chmod 755 \"$0\""])
            .arg(program)
            .arg(script);
        assert!(shell.status().unwrap().success());
    }

    fn order() -> RevealOrder {
        let value = keyturn_protocol::SecretOnWire::new("canary");
        RevealOrder { title: "a/b/c".to_owned(), value, seconds: 15, kit: None }
    }

    fn place(program: &Path) -> Place {
        let asker = i32::try_from(std::process::id()).unwrap();
        Place { program: program.to_owned(), screen: Screen::default(), asker }
    }
}
