//! The prompt's end of the pair of sockets that the agent made: its standard input.
//!
//! Whatever this process starts, the web view's processes among them, must not have it: the descriptor is
//! taken from the place that children inherit, and nothing is left there.

use std::io;
use std::os::fd::AsFd as _;
use std::os::unix::net::UnixStream;
use std::sync::{Mutex, PoisonError};
use std::thread;
use std::time::Duration;

use keyturn_protocol::prompt::{PromptOrder, PromptReport};
use keyturn_protocol::{ApiError, ErrorCode, decode, encode, frame};
use tauri::{AppHandle, Runtime};

use super::end;

/// How long the agent may take to say what to show.
const PATIENCE: Duration = Duration::from_secs(10);

/// The way to the agent that started this process.
#[derive(Debug)]
pub(crate) struct Channel(Mutex<UnixStream>);

impl Channel {
    /// Takes the inherited end, and the agent's one order. Fails where this process was not started by an
    /// agent: there is nothing then that it could do.
    pub(crate) fn inherit() -> io::Result<(Self, PromptOrder)> {
        let inherited = io::stdin().as_fd().try_clone_to_owned()?;
        let null = std::fs::File::open("/dev/null")?;
        rustix::stdio::dup2_stdin(&null)?;
        Self::over(UnixStream::from(inherited))
    }

    fn over(stream: UnixStream) -> io::Result<(Self, PromptOrder)> {
        // Fails for what is no socket.
        stream.set_read_timeout(Some(PATIENCE))?;
        stream.set_write_timeout(Some(PATIENCE))?;
        let order = frame::read(&mut &stream)?;
        let order = decode(&order).ok_or(io::ErrorKind::InvalidData)?;
        stream.set_read_timeout(None)?;
        Ok((Self(Mutex::new(stream)), order))
    }

    /// Tells the agent.
    pub(crate) fn say(&self, report: PromptReport) -> Result<(), ApiError> {
        let stream = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        frame::write(&mut &*stream, &encode(&report)).map_err(|_| {
            ApiError::new(ErrorCode::AgentUnreachable, "the agent does not wait for this any more")
                .hint("Close this window, and begin again.")
        })
    }

    /// Ends this process when the agent ends, or has what is shown ended.
    pub(crate) fn end_with_agent<R: Runtime>(&self, app: &AppHandle<R>) -> io::Result<()> {
        let stream = self.0.lock().unwrap_or_else(PoisonError::into_inner).try_clone()?;
        let app = app.clone();
        thread::Builder::new().name("agent's end".to_owned()).spawn(move || {
            while frame::read(&mut &stream).is_ok() {}
            end(&app);
        })?;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use keyturn_protocol::SecretOnWire;
    use keyturn_protocol::prompt::{ConsentAnswer, RevealOrder};

    use super::*;

    #[test]
    fn an_order_is_taken_and_an_answer_goes_back_over_the_same_pair() {
        let (ours, theirs) = UnixStream::pair().unwrap();
        let value = SecretOnWire::new("canary");
        let order = PromptOrder::Reveal(RevealOrder {
            title: "t".to_owned(),
            value,
            seconds: 15,
            kit: None,
        });
        frame::write(&mut &ours, &encode(&order)).unwrap();
        let (channel, taken) = Channel::over(theirs).unwrap();
        assert!(matches!(taken, PromptOrder::Reveal(order) if order.value.0.expose() == "canary"));
        let answered = PromptReport::Answered(ConsentAnswer::Refuse);
        channel.say(answered).unwrap();
        let heard = frame::read(&mut &ours).unwrap();
        assert_eq!(decode::<PromptReport>(&heard), Some(answered));
        drop(ours);
        assert_eq!(channel.say(answered).unwrap_err().code, ErrorCode::AgentUnreachable);
    }

    #[test]
    fn what_is_no_order_starts_no_prompt() {
        let (ours, theirs) = UnixStream::pair().unwrap();
        frame::write(&mut &ours, b"{\"show\":\"everything\"}").unwrap();
        assert!(Channel::over(theirs).is_err());
        let (ours, theirs) = UnixStream::pair().unwrap();
        drop(ours);
        assert!(Channel::over(theirs).is_err());
    }
}
