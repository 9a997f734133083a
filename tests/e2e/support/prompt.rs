//! The prompt, started as the agent starts it: with its order on the pair of sockets that it inherits.

use std::os::fd::OwnedFd;
use std::os::unix::net::UnixStream;
use std::process::{Child, Command, Stdio};

use keyturn_protocol::prompt::{FLAG, PromptOrder};
use keyturn_protocol::{encode, frame};

use super::driver::free_address;
use super::inspector::Inspector;

/// The running prompt, and the agent's end of the pair; it ends with this.
pub(crate) struct Prompt {
    child: Child,
    agent: UnixStream,
    inspector: String,
}

impl Prompt {
    /// Starts it with an order. `command` starts the window's program.
    pub(crate) fn start(mut command: Command, order: &PromptOrder) -> Self {
        let (agent, inherited) = UnixStream::pair().expect("a pair of sockets can be made");
        frame::write(&mut &agent, &encode(order)).expect("the order can be said");
        let inspector = free_address();
        let child = command
            .arg(FLAG)
            .env("WEBKIT_INSPECTOR_HTTP_SERVER", &inspector)
            .stdin(Stdio::from(OwnedFd::from(inherited)))
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("the window's program can be started");
        Self { child, agent, inspector }
    }

    /// Its page, once it is there.
    #[track_caller]
    pub(crate) fn page(&self) -> Inspector {
        Inspector::of(&self.inspector)
    }

    /// What it tells the agent next, as JSON.
    pub(crate) fn says(&self) -> Option<String> {
        let said = frame::read(&mut &self.agent).ok()?;
        String::from_utf8(said.to_vec()).ok()
    }

    /// Waits for its end.
    pub(crate) fn ends(&mut self) {
        self.child.wait().expect("it can be waited for");
    }
}

impl Drop for Prompt {
    fn drop(&mut self) {
        drop(self.child.kill());
        drop(self.child.wait());
    }
}
