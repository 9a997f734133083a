//! How a client is greeted, whatever its version: an agent that is older than a client that can replace it
//! ends, as soon as nothing is under way. It loses nothing: what is stored stays, and the vault locks.

use std::sync::atomic::{AtomicUsize, Ordering};

use chrono::{DateTime, Utc};
use keyturn_protocol::{ApiError, ErrorCode, HelloHead, PROTOCOL_VERSION, Reply, Welcome};
use semver::Version;

/// What a client is told first.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Greeting {
    /// That it may call.
    Welcome,
    /// That this agent ends for it, and when to try again: at once.
    Ending(DateTime<Utc>),
    /// That both do not understand each other, and this agent cannot end now.
    Busy,
    /// That both do not understand each other.
    Foreign,
}

impl Greeting {
    /// Greets a client of this build's agent; `None` is a hello that is not understood at all.
    pub(crate) fn to(hello: Option<&HelloHead>, busy: bool, now: DateTime<Utc>) -> Self {
        Self::of_agent(env!("CARGO_PKG_VERSION"), hello, busy, now)
    }

    fn of_agent(ours: &str, hello: Option<&HelloHead>, busy: bool, now: DateTime<Utc>) -> Self {
        let Some(hello) = hello else { return Self::Foreign };
        let replaces = hello.replaces && is_newer(&hello.version, ours);
        if replaces && !busy {
            Self::Ending(now)
        } else if hello.protocol == PROTOCOL_VERSION {
            Self::Welcome
        } else if replaces {
            Self::Busy
        } else {
            Self::Foreign
        }
    }

    /// Whether the client may call.
    pub(crate) fn is_welcome(&self) -> bool {
        matches!(self, Self::Welcome)
    }

    /// Whether this agent ends for the client.
    pub(crate) fn ends_us(&self) -> bool {
        matches!(self, Self::Ending(_))
    }

    /// What the client reads.
    pub(crate) fn reply(self) -> Reply<Welcome> {
        let refused = |message, hint, retry_at| {
            let error = ApiError::new(ErrorCode::RestartNeeded, message).hint(hint);
            Reply::Err(ApiError { retry_at, ..error })
        };
        match self {
            Self::Welcome => Reply::Ok(Welcome {
                protocol: PROTOCOL_VERSION,
                version: env!("CARGO_PKG_VERSION").to_owned(),
                pid: std::process::id(),
            }),
            Self::Ending(now) => refused(
                "Keyturn was updated: the older agent ends, and the vault locks",
                "Try again: the next command starts the new one.",
                Some(now),
            ),
            Self::Busy => refused(
                "Keyturn was updated, and the older agent is in the midst of something",
                "Try again in a moment. It ends as soon as nothing is under way, and a copy has left the clipboard.",
                None,
            ),
            Self::Foreign => refused(
                "the running agent is of another version than this program",
                "Close this program and start it again. If that does not help, run `keyturn stop`.",
                None,
            ),
        }
    }
}

/// Whether one version comes after the other; what is no version comes after none.
fn is_newer(theirs: &str, ours: &str) -> bool {
    match (Version::parse(theirs), Version::parse(ours)) {
        (Ok(theirs), Ok(ours)) => theirs > ours,
        _ => false,
    }
}

/// Counts the calls that are being answered.
#[derive(Debug, Default)]
pub(crate) struct UnderWay(AtomicUsize);

/// One call; it ends with this.
#[derive(Debug)]
pub(crate) struct CallUnderWay<'a>(&'a UnderWay);

impl UnderWay {
    /// Counts a call from here on.
    pub(crate) fn begin(&self) -> CallUnderWay<'_> {
        self.0.fetch_add(1, Ordering::SeqCst);
        CallUnderWay(self)
    }

    /// Whether there is any.
    pub(crate) fn any(&self) -> bool {
        self.0.load(Ordering::SeqCst) > 0
    }
}

impl Drop for CallUnderWay<'_> {
    fn drop(&mut self) {
        self.0.0.fetch_sub(1, Ordering::SeqCst);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: DateTime<Utc> = DateTime::UNIX_EPOCH;

    fn greet(version: &str, protocol: u32, replaces: bool, busy: bool) -> Greeting {
        let hello = HelloHead { protocol, version: version.to_owned(), replaces };
        Greeting::of_agent("0.9.0", Some(&hello), busy, NOW)
    }

    #[test]
    fn an_idle_agent_ends_for_a_newer_client_that_starts_another() {
        let ending = Greeting::Ending(NOW);
        assert_eq!(greet("0.10.0", PROTOCOL_VERSION, true, false), ending);
        assert_eq!(greet("0.10.0", PROTOCOL_VERSION + 1, true, false), ending);
        assert!(matches!(ending.reply(), Reply::Err(error) if error.retry_at.is_some()));
    }

    #[test]
    fn what_is_under_way_is_finished_first() {
        assert_eq!(greet("0.10.0", PROTOCOL_VERSION, true, true), Greeting::Welcome);
        assert_eq!(greet("0.10.0", PROTOCOL_VERSION + 1, true, true), Greeting::Busy);
        let calls = UnderWay::default();
        let (first, second) = (calls.begin(), calls.begin());
        drop(first);
        assert!(calls.any());
        drop(second);
        assert!(!calls.any());
    }

    #[test]
    fn it_does_not_end_for_the_same_an_older_or_a_nameless_version() {
        for version in ["0.9.0", "0.8.7", "", "newest"] {
            assert_eq!(greet(version, PROTOCOL_VERSION, true, false), Greeting::Welcome);
            assert_eq!(greet(version, PROTOCOL_VERSION + 1, true, false), Greeting::Foreign);
        }
        assert_eq!(greet("1.0.0", PROTOCOL_VERSION, false, false), Greeting::Welcome);
        assert_eq!(Greeting::to(None, false, NOW), Greeting::Foreign);
    }

    #[test]
    fn only_an_agent_that_ends_says_when_to_try_again() {
        for greeting in [Greeting::Busy, Greeting::Foreign] {
            assert!(matches!(greeting.reply(), Reply::Err(error) if error.retry_at.is_none()));
        }
    }
}
