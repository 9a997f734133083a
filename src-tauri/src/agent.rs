//! The way to the agent: finds or starts it, and keeps connections for the next call.
//!
//! The agent's program is `keyturn` beside this one, never one of that name on the path: whoever can
//! write a folder of the path must not become the process that gets the passphrase. Calls block, so
//! each takes a thread and a connection of its own; a slow one holds no other up.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use keyturn_protocol::calls::Stop;
use keyturn_protocol::config_file::ConfigFile;
use keyturn_protocol::{ApiError, Asking, Call, Client, ErrorCode, Home, start};
use tauri::async_runtime;

/// How many connections wait for the next call.
const IDLE: usize = 2;

/// What the commands talk to.
#[derive(Debug, Clone)]
pub(crate) struct Agent(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    home: Result<Home, ApiError>,
    program: PathBuf,
    idle: Mutex<Vec<Client>>,
    /// Held while an agent is started or ended. True once the user ended everything: none is started then.
    leaving: Mutex<bool>,
}

impl Agent {
    /// The agent of this user and environment.
    pub(crate) fn of_user() -> std::io::Result<Self> {
        let home = home_of_user();
        let name = format!("keyturn{}", std::env::consts::EXE_SUFFIX);
        Ok(Self::new(home, std::env::current_exe()?.with_file_name(name)))
    }

    pub(crate) fn new(home: Result<Home, ApiError>, program: PathBuf) -> Self {
        let (idle, leaving) = (Mutex::default(), Mutex::default());
        Self(Arc::new(Inner { home, program, idle, leaving }))
    }

    /// The program of the agent and the command line.
    pub(crate) fn program(&self) -> &Path {
        &self.0.program
    }

    /// Ends the agent, and starts none from here on. One that is gone already is as good.
    pub(crate) async fn stop(&self) -> Result<(), ApiError> {
        let inner = Arc::clone(&self.0);
        blocking(move || inner.stop()).await
    }

    /// The folders of the vault, where they can be told.
    pub(crate) fn home(&self) -> Option<&Home> {
        self.0.home.as_ref().ok()
    }

    /// The file of the user's preferences.
    pub(crate) fn config_file(&self) -> Result<ConfigFile, ApiError> {
        self.0.home.as_ref().map(ConfigFile::of).map_err(Clone::clone)
    }

    /// Calls the agent, which is started when none runs.
    pub(crate) async fn call<C>(&self, call: C) -> Result<C::Answer, ApiError>
    where
        C: Call + Send + 'static,
        C::Answer: Send,
    {
        let inner = Arc::clone(&self.0);
        blocking(move || inner.call(call)).await
    }

    /// A connection of the caller's own; blocks.
    pub(crate) fn connect(&self) -> Result<Client, ApiError> {
        self.0.connect()
    }
}

/// Does on a thread of its own what would hold other commands up.
pub(crate) async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, ApiError> + Send + 'static,
) -> Result<T, ApiError> {
    async_runtime::spawn_blocking(work).await.unwrap_or_else(|_| {
        Err(ApiError::new(ErrorCode::Internal, "the call to the agent was broken off"))
    })
}

/// The folders of this user's vault, by the environment.
pub(crate) fn home_of_user() -> Result<Home, ApiError> {
    let user = rustix::process::geteuid().as_raw();
    Home::resolve(None, user, |name| std::env::var_os(name)).map_err(|error| {
        ApiError::new(ErrorCode::InvalidInput, error.to_string())
            .hint("Set KEYTURN_HOME to an absolute path, then start Keyturn again.")
    })
}

impl Inner {
    fn call<C: Call>(&self, call: C) -> Result<C::Answer, ApiError> {
        let mut client = match self.take_idle() {
            Some(client) => client,
            None => self.connect()?,
        };
        let answer = client.call(call);
        if !matches!(&answer, Err(error) if ends_the_connection(error)) {
            self.keep(client);
        }
        answer
    }

    fn take_idle(&self) -> Option<Client> {
        let mut idle = locked(&self.idle);
        idle.retain(|client| !client.has_ended());
        idle.pop()
    }

    fn keep(&self, client: Client) {
        let mut idle = locked(&self.idle);
        if idle.len() < IDLE {
            idle.push(client);
        }
    }

    fn connect(&self) -> Result<Client, ApiError> {
        let home = self.home.as_ref().map_err(Clone::clone)?;
        // The first calls of a window come at once: one of them starts the agent.
        let leaving = locked(&self.leaving);
        if *leaving {
            return Err(ApiError::new(ErrorCode::AgentUnreachable, "Keyturn is ending"));
        }
        // A window asks for the passphrase by itself.
        start::connect_or_start(&self.program, home, None, Asking::Never)
    }

    fn stop(&self) -> Result<(), ApiError> {
        let home = self.home.as_ref().map_err(Clone::clone)?;
        let mut leaving = locked(&self.leaving);
        if let Some(mut running) = start::connect(home, Asking::Never)? {
            running.call(Stop {})?;
        }
        *leaving = true;
        Ok(())
    }
}

fn ends_the_connection(error: &ApiError) -> bool {
    matches!(error.code, ErrorCode::AgentUnreachable | ErrorCode::RestartNeeded)
}

fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use keyturn_protocol::calls::ShowStatus;

    use super::*;

    #[test]
    fn a_missing_agent_is_an_error_that_says_where_it_belongs() {
        let folder = tempfile::tempdir().unwrap();
        let home = Home::resolve(Some(folder.path().to_owned()), 1, |_| None);
        let program = folder.path().join("keyturn");
        let agent = Agent::new(Ok(home.unwrap()), program.clone());
        let error = async_runtime::block_on(agent.call(ShowStatus {})).unwrap_err();
        assert_eq!(error.code, ErrorCode::AgentUnreachable);
        assert!(error.message.contains(&*program.to_string_lossy()), "{error}");
    }

    #[test]
    fn an_agent_that_cannot_be_asked_to_end_is_an_error_and_one_that_is_gone_is_none() {
        let folder = tempfile::tempdir().unwrap();
        let home = Home::resolve(Some(folder.path().to_owned()), 1, |_| None).unwrap();
        let agent = Agent::new(Ok(home.clone()), folder.path().join("keyturn"));
        let stop = || async_runtime::block_on(agent.stop());
        // No folder can be entered there, so that nobody can say whether an agent listens.
        std::fs::write(home.socket().parent().unwrap(), "").unwrap();
        assert_eq!(stop().unwrap_err().code, ErrorCode::AgentUnreachable);
        let next = async_runtime::block_on(agent.call(ShowStatus {})).unwrap_err();
        assert_ne!(next.message, "Keyturn is ending", "the window stays");
        std::fs::remove_file(home.socket().parent().unwrap()).unwrap();
        assert_eq!(stop(), Ok(()));
        let last = async_runtime::block_on(agent.call(ShowStatus {})).unwrap_err();
        assert_eq!(last.message, "Keyturn is ending");
    }

    #[test]
    fn the_agent_is_looked_for_beside_this_program_and_nowhere_else() {
        let agent = Agent::of_user().unwrap();
        assert_eq!(agent.0.program.parent(), std::env::current_exe().unwrap().parent());
    }
}
