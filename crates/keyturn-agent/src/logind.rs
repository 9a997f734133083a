//! What logind tells: that the machine is about to sleep, and that the screen was locked. Both lock the
//! vault, where the user has it so.
//!
//! While a vault is open here the agent holds a delay inhibitor: logind waits with the sleep until the
//! vault is locked, for a few seconds at most. A machine without logind locks after idle time alone, and the
//! settings say so.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use keyturn_protocol::calls::LockedBy;
use zbus::export::ordered_stream::OrderedStreamExt as _;
use zbus::message::Type;
use zbus::zvariant::{OwnedFd, OwnedObjectPath, OwnedValue, Value};
use zbus::{Connection, MatchRule, Message, MessageStream};

use crate::agent::Agent;

const SERVICE: &str = "org.freedesktop.login1";
const MANAGER: &str = "org.freedesktop.login1.Manager";
const SESSION: &str = "org.freedesktop.login1.Session";
const PROPERTIES: &str = "org.freedesktop.DBus.Properties";
const PLACE: &str = "/org/freedesktop/login1";

/// How long a call may take.
const PATIENCE: Duration = Duration::from_secs(5);
/// How long to wait before looking for logind again.
const RETRY: Duration = Duration::from_mins(1);

/// Whether it is heard.
#[derive(Debug, Default)]
pub(crate) struct Signals(Mutex<Option<String>>);

impl Signals {
    /// Why nothing is heard, where that is so.
    pub(crate) fn problem(&self) -> Option<String> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Sets it; answers whether it was another one before.
    fn set(&self, problem: Option<String>) -> bool {
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let changed = *known != problem;
        *known = problem;
        changed
    }
}

/// What was told.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Told {
    /// The machine is about to sleep.
    Sleeping,
    /// It is awake again.
    Awake,
    /// The screen of a session is locked; this is where the session is.
    Locked(String),
}

/// Listens for as long as the agent runs, and looks for logind again where it went away.
pub(crate) async fn run(agent: Arc<Agent>) {
    loop {
        let ended = match connect().await {
            Ok(bus) => listen(&agent, &bus).await,
            Err(error) => Err(error),
        };
        let ended = match ended {
            Ok(()) => "logind has ended".to_owned(),
            Err(error) => format!("logind does not answer: {error}"),
        };
        if agent.signals.set(Some(ended.clone())) {
            agent.log.line(&format!("not told of sleep and screen lock: {ended}"));
        }
        tokio::time::sleep(RETRY).await;
    }
}

async fn connect() -> zbus::Result<Connection> {
    zbus::connection::Builder::system()?.method_timeout(PATIENCE).build().await
}

/// Listens on a bus until that ends.
async fn listen(agent: &Agent, bus: &Connection) -> zbus::Result<()> {
    let mut told = signals(bus).await?;
    // The answer proves that somebody is there to tell.
    let mut hold = Some(inhibit(bus).await?);
    if agent.signals.set(None) {
        agent.log.line("told of sleep and screen lock again");
    }
    while let Some(message) = told.next().await {
        match meaning(&message?) {
            Some(Told::Sleeping) => {
                lock(agent, |it| it.lock_on_sleep, LockedBy::Sleep, "the machine goes to sleep")
                    .await;
                // Lets logind go on.
                drop(hold.take());
            }
            Some(Told::Awake) if hold.is_none() => hold = inhibit(bus).await.ok(),
            Some(Told::Locked(session)) if is_own(bus, &session).await => {
                lock(agent, |it| it.lock_on_screen_lock, LockedBy::Screen, "the screen was locked")
                    .await;
            }
            None | Some(Told::Awake | Told::Locked(_)) => {}
        }
    }
    Ok(())
}

/// Locks the vault where the user has it so.
async fn lock(
    agent: &Agent,
    wanted: impl Fn(&keyturn_core::SecuritySettings) -> bool,
    by: LockedBy,
    reason: &str,
) {
    // A vault that is locked needs nothing, and its settings lie inside it.
    let Ok(security) = agent.engine.security() else { return };
    if wanted(&security)
        && let Err(error) = agent.lock(by, reason).await
    {
        agent.log.line(&format!("locking: {error}"));
    }
}

/// All signals of logind.
async fn signals(bus: &Connection) -> zbus::Result<MessageStream> {
    let rule =
        MatchRule::builder().msg_type(Type::Signal).sender(SERVICE)?.path_namespace(PLACE)?.build();
    MessageStream::for_match_rule(rule, bus, None).await
}

/// Has logind wait with a sleep for as long as the answer is held.
async fn inhibit(bus: &Connection) -> zbus::Result<OwnedFd> {
    let words = ("sleep", "Keyturn", "the vault is locked before the machine sleeps", "delay");
    let answer = bus.call_method(Some(SERVICE), PLACE, Some(MANAGER), "Inhibit", &words).await?;
    answer.body().deserialize()
}

/// Whether a session is the user's own: logind tells of everybody's.
async fn is_own(bus: &Connection, session: &str) -> bool {
    let asked = (SESSION, "User");
    let answer = bus.call_method(Some(SERVICE), session, Some(PROPERTIES), "Get", &asked).await;
    let Ok(answer) = answer else { return false };
    let Ok(value) = answer.body().deserialize::<OwnedValue>() else { return false };
    let user = <(u32, OwnedObjectPath)>::try_from(value);
    user.is_ok_and(|(user, _)| user == rustix::process::geteuid().as_raw())
}

/// What a signal says.
fn meaning(message: &Message) -> Option<Told> {
    let header = message.header();
    let (interface, member) = (header.interface()?.as_str(), header.member()?.as_str());
    match (interface, member) {
        (MANAGER, "PrepareForSleep") => {
            let begins: bool = message.body().deserialize().ok()?;
            Some(if begins { Told::Sleeping } else { Told::Awake })
        }
        (SESSION, "Lock") => Some(Told::Locked(header.path()?.to_string())),
        // A screen locker that was not asked by logind tells it afterwards.
        (PROPERTIES, "PropertiesChanged") => {
            let body = message.body();
            let (of, changed, _): (
                String,
                std::collections::HashMap<String, Value<'_>>,
                Vec<String>,
            ) = body.deserialize().ok()?;
            let locked = of == SESSION && changed.get("LockedHint") == Some(&Value::Bool(true));
            locked.then(|| header.path().map(ToString::to_string)).flatten().map(Told::Locked)
        }
        _ => None,
    }
}

#[cfg(test)]
mod fake;
#[cfg(test)]
mod tests;
