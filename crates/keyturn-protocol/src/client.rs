//! The blocking client: what the command line and the window use to reach a running agent.
//!
//! It connects and talks; starting an agent is in [`crate::start`].

use std::io;
use std::net::Shutdown;
use std::os::unix::net::UnixStream;
use std::path::Path;
use std::time::Duration;

use rustix::net::RecvFlags;
use serde::de::DeserializeOwned;

use crate::calls::{Call, Subscribe};
use crate::start::Renewal;
use crate::{
    ApiError, Asking, ErrorCode, Event, Hello, Reply, Waiting, Welcome, decode, encode, frame,
};

/// How long a living agent may take to greet.
const GREETING: Duration = Duration::from_secs(10);

/// How long an older agent may take to land what it bought and to lock the vault.
const LAST_WORK: Duration = Duration::from_secs(20);

/// A connection to the agent.
#[derive(Debug)]
pub struct Client {
    stream: UnixStream,
    /// `None` until the agent's welcome was read, which happens with the first answer.
    welcome: Option<Welcome>,
    /// How to go on with another agent, when this one ends for us.
    renewal: Option<Renewal>,
    /// Whether that happened.
    renewed: bool,
    /// What is done when the agent asks the user about a call.
    on_asked: Option<fn()>,
}

/// Ends a client's connection while it waits for an answer, from another thread. The agent ends what it
/// does for a caller that has left, where the call is one of those that may take long.
#[derive(Debug)]
pub struct Hangup(UnixStream);

/// A connection that the agent sends events on.
#[derive(Debug)]
pub struct Events(Client);

impl Client {
    /// Connects to the agent behind `socket` and says hello. The handshake's answer is read together
    /// with the first call's, which saves a round trip. `asking` says whether the user may be asked
    /// about this client.
    ///
    /// Fails with the operating system's error when nobody listens, and refuses a socket that
    /// another user's process serves.
    pub fn connect(socket: &Path, asking: Asking) -> io::Result<Self> {
        Self::with_hello(socket, &Hello::ours(asking))
    }

    /// Connects as a client that goes on with another agent, when an older one ends for it.
    pub(crate) fn renewing(socket: &Path, asking: Asking, renewal: Renewal) -> io::Result<Self> {
        let hello = Hello { replaces: true, ..Hello::ours(asking) };
        Ok(Self { renewal: Some(renewal), ..Self::with_hello(socket, &hello)? })
    }

    fn with_hello(socket: &Path, hello: &Hello) -> io::Result<Self> {
        let mut stream = UnixStream::connect(socket)?;
        let peer = rustix::net::sockopt::socket_peercred(&stream)?;
        if peer.uid != rustix::process::geteuid() {
            return Err(io::Error::new(
                io::ErrorKind::PermissionDenied,
                "the socket is served by another user's process",
            ));
        }
        stream.set_read_timeout(Some(GREETING))?;
        stream.set_write_timeout(Some(GREETING))?;
        frame::write(&mut stream, &encode(hello))?;
        Ok(Self { stream, welcome: None, renewal: None, renewed: false, on_asked: None })
    }

    /// Has this done whenever the agent asks the user about a call, for whose answer it then waits.
    #[must_use]
    pub fn when_asked(self, told: fn()) -> Self {
        Self { on_asked: Some(told), ..self }
    }

    /// Limits how long an answer may take; `None` waits for as long as it needs.
    pub fn set_timeout(&self, timeout: Option<Duration>) -> io::Result<()> {
        self.stream.set_read_timeout(timeout)
    }

    /// Calls the agent and waits for its answer.
    pub fn call<C: Call>(&mut self, call: C) -> Result<C::Answer, ApiError> {
        let message = encode(&call.into());
        let sent = frame::write(&mut self.stream, &message);
        match self.greet() {
            // It did nothing of the call: it is sent again.
            Err(error) if ends_for_us(&error) => self.renew(&message)?,
            Err(error) => return Err(error),
            Ok(_) => sent.map_err(|error| gone(&error))?,
        }
        let answer: Result<C::Answer, ApiError> = self.answer::<Reply<C::Answer>>()?.into();
        answer.map_err(|error| if self.renewed { after_renewal(error) } else { error })
    }

    /// Waits for the end of the older agent, has another started, and sends it the call.
    fn renew(&mut self, message: &[u8]) -> Result<(), ApiError> {
        let Some(renewal) = self.renewal.take() else { return Err(garbled()) };
        self.set_timeout(Some(LAST_WORK)).map_err(|error| gone(&error))?;
        while frame::read(&mut self.stream).is_ok() {}
        *self = Self { renewed: true, on_asked: self.on_asked, ..renewal.again()? };
        frame::write(&mut self.stream, message).map_err(|error| gone(&error))?;
        self.greet().map(|_| ())
    }

    /// What ends this connection from another thread. It does not reach an agent that is started anew
    /// meanwhile, in place of an older one.
    pub fn hangup(&self) -> Result<Hangup, ApiError> {
        self.stream.try_clone().map(Hangup).map_err(|error| gone(&error))
    }

    /// Waits until the agent has ended, which it does once it has answered a call to stop.
    pub fn wait_for_end(mut self) {
        while frame::read(&mut self.stream).is_ok() {}
    }

    /// Whether the agent ended the connection while nobody was asking anything.
    #[must_use]
    pub fn has_ended(&self) -> bool {
        let flags = RecvFlags::PEEK | RecvFlags::DONTWAIT;
        let mut byte = [0_u8];
        // Between calls the agent says nothing: what can be read is its end, or nothing to rely on.
        // The welcome waits to be read only before the first call.
        match rustix::net::recv(&self.stream, &mut byte, flags) {
            Ok((received, _)) => received == 0 || self.welcome.is_some(),
            Err(error) => error != rustix::io::Errno::AGAIN,
        }
    }

    /// Who answers: the agent's version and process id.
    pub fn welcome(&mut self) -> Result<&Welcome, ApiError> {
        self.greet()
    }

    /// Turns the connection into a stream of events.
    pub fn subscribe(mut self) -> Result<Events, ApiError> {
        let Event::Subscribed = self.call(Subscribe {})? else {
            return Err(garbled());
        };
        Ok(Events(self))
    }

    fn greet(&mut self) -> Result<&Welcome, ApiError> {
        if self.welcome.is_none() {
            let welcome: Result<Welcome, ApiError> = self.read::<Reply<Welcome>>()?.into();
            self.welcome = Some(welcome?);
            // It lives: from here on an answer may take as long as its provider.
            self.set_timeout(None).map_err(|error| gone(&error))?;
        }
        self.welcome.as_ref().ok_or_else(garbled)
    }

    /// Reads the answer to a call, and before it that the user is asked.
    fn answer<T: DeserializeOwned>(&mut self) -> Result<T, ApiError> {
        loop {
            let message = frame::read(&mut self.stream).map_err(|error| gone(&error))?;
            match (decode(&message), self.on_asked) {
                (Some(Waiting::Asked), Some(told)) => told(),
                (Some(Waiting::Asked), None) => {}
                (None, _) => return decode(&message).ok_or_else(garbled),
            }
        }
    }

    fn read<T: DeserializeOwned>(&mut self) -> Result<T, ApiError> {
        let message = frame::read(&mut self.stream).map_err(|error| gone(&error))?;
        decode(&message).ok_or_else(garbled)
    }
}

impl Hangup {
    /// Ends the connection; the call on it fails.
    pub fn hang_up(self) {
        // It fails only where the connection has ended by itself.
        let _ended = self.0.shutdown(Shutdown::Both);
    }
}

impl Events {
    /// Waits for the next event.
    pub fn wait(&mut self) -> Result<Event, ApiError> {
        self.0.read()
    }
}

/// Whether the agent ends in favour of a newer one.
fn ends_for_us(error: &ApiError) -> bool {
    error.code == ErrorCode::RestartNeeded && error.retry_at.is_some()
}

/// Says why the vault is locked that was open a moment ago.
fn after_renewal(error: ApiError) -> ApiError {
    if error.code != ErrorCode::VaultLocked {
        return error;
    }
    let message = "the vault is locked: Keyturn was updated, and the older agent ended";
    ApiError { message: message.to_owned(), ..error }
}

fn gone(error: &io::Error) -> ApiError {
    let message = match error.kind() {
        io::ErrorKind::WouldBlock | io::ErrorKind::TimedOut => "the agent did not answer in time",
        _ => "the agent ended the connection",
    };
    ApiError::new(ErrorCode::AgentUnreachable, message)
        .hint("Try again: it starts by itself. If it keeps happening, run `keyturn agent --foreground` to see why.")
}

fn garbled() -> ApiError {
    ApiError::new(ErrorCode::RestartNeeded, "the agent's answer was not understood")
        .hint("It is probably of another version: run `keyturn stop` and try again.")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_client_notices_that_its_agent_ended() {
        let (ours, theirs) = UnixStream::pair().unwrap();
        let client =
            Client { stream: ours, welcome: None, renewal: None, renewed: false, on_asked: None };
        assert!(!client.has_ended());
        drop(theirs);
        assert!(client.has_ended());
    }
}
