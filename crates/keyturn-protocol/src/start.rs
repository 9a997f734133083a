//! How a client reaches the agent, and how the agent comes up when none runs.
//!
//! The agent is the program `keyturn`, whose place the caller names: this module never looks for it
//! on the path. The agent says `ready` on its standard output once it listens; when it cannot start
//! it says why there, as the JSON of an [`ApiError`]. Of two that are started at once one gives up,
//! so that the loser's client waits for the winner.

use std::io::{self, BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::thread;
use std::time::Duration;

use crate::{ApiError, Asking, Client, ErrorCode, Home};

/// How often and how long apart a client tries while another agent comes up: 5 s in all.
const TRIES: u32 = 250;
/// After so many tries an agent is started anew.
const TRIES_PER_START: u32 = 10;
const PAUSE: Duration = Duration::from_millis(20);

/// Tells an agent that it takes the place of an older one, so that it can say so.
const UPDATED: &str = "--updated";

/// What a started agent said before it closed its output or went on to work.
enum Said {
    Ready,
    Failed(ApiError),
    Nothing,
}

/// Connects to the agent; `None` when nobody listens.
pub fn connect(home: &Home, asking: Asking) -> Result<Option<Client>, ApiError> {
    reached(Client::connect(&home.socket(), asking))
}

fn reached(connected: io::Result<Client>) -> Result<Option<Client>, ApiError> {
    match connected {
        Ok(client) => Ok(Some(client)),
        Err(error) if nobody_listens(&error) => Ok(None),
        Err(error) => Err(unreachable(&format!("the agent cannot be reached: {error}"))),
    }
}

/// Connects to the agent and starts `program` as one when nobody listens. `explicit` is the folder
/// that the user chose instead of what the environment says.
pub fn connect_or_start(
    program: &Path,
    home: &Home,
    explicit: Option<&Path>,
    asking: Asking,
) -> Result<Client, ApiError> {
    let renewal = Renewal {
        program: program.to_owned(),
        home: home.clone(),
        explicit: explicit.map(Path::to_owned),
        asking,
    };
    up(&renewal, false)
}

/// What it takes to go on with another agent, when an older one ends for a newer client.
#[derive(Debug, Clone)]
pub(crate) struct Renewal {
    program: PathBuf,
    home: Home,
    explicit: Option<PathBuf>,
    asking: Asking,
}

impl Renewal {
    /// Starts the agent that takes the older one's place.
    pub(crate) fn again(&self) -> Result<Client, ApiError> {
        up(self, true)
    }
}

fn up(renewal: &Renewal, updated: bool) -> Result<Client, ApiError> {
    let Renewal { program, home, explicit, asking } = renewal;
    for attempt in 0..TRIES {
        let connected = if updated {
            Client::connect(&home.socket(), *asking)
        } else {
            Client::renewing(&home.socket(), *asking, renewal.clone())
        };
        if let Some(client) = reached(connected)? {
            return Ok(client);
        }
        // The agent in whose favour ours gave up is coming up, or was about to end: nothing tells
        // which, so after a while ours is tried again.
        if attempt % TRIES_PER_START == 0 {
            match start(program, explicit.as_deref(), updated)
                .map_err(|error| not_started(program, &error))?
            {
                Said::Ready => continue,
                Said::Failed(error) if error.code != ErrorCode::AlreadyExists => return Err(error),
                Said::Failed(_) | Said::Nothing => {}
            }
        }
        thread::sleep(PAUSE);
    }
    Err(unreachable("the agent did not start"))
}

fn start(program: &Path, explicit: Option<&Path>, updated: bool) -> io::Result<Said> {
    let mut command = Command::new(program);
    if let Some(folder) = explicit {
        command.arg("--home").arg(folder);
    }
    command.arg("agent");
    if updated {
        command.arg(UPDATED);
    }
    let mut agent = command
        .current_dir("/")
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()?;
    let output = agent.stdout.take();
    // A client that runs longer than the agent must not keep it as a zombie.
    thread::Builder::new().name("agent's end".to_owned()).spawn(move || agent.wait())?;
    let Some(output) = output else {
        return Ok(Said::Nothing);
    };
    let mut line = String::new();
    BufReader::new(output).read_line(&mut line)?;
    Ok(match line.trim() {
        "ready" => Said::Ready,
        other => serde_json::from_str(other).map_or(Said::Nothing, Said::Failed),
    })
}

fn nobody_listens(error: &io::Error) -> bool {
    matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::ConnectionRefused)
}

fn not_started(program: &Path, error: &io::Error) -> ApiError {
    if error.kind() == io::ErrorKind::NotFound {
        let message = format!("the agent's program is missing: {}", program.display());
        return ApiError::new(ErrorCode::AgentUnreachable, message)
            .hint("It belongs beside the program that you started: install Keyturn again.");
    }
    unreachable(&format!("the agent cannot be started: {error}"))
}

fn unreachable(message: &str) -> ApiError {
    ApiError::new(ErrorCode::AgentUnreachable, message)
        .hint("Run `keyturn agent --foreground` to see what it says.")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_missing_program_is_named_with_what_to_do() {
        let folder = tempfile::tempdir().unwrap();
        let home = Home::resolve(Some(folder.path().to_owned()), 1, |_| None).unwrap();
        let program = folder.path().join("keyturn");
        let error = connect_or_start(&program, &home, None, Asking::Never).unwrap_err();
        assert_eq!(error.code, ErrorCode::AgentUnreachable);
        assert!(error.message.contains(&*program.to_string_lossy()), "{error}");
        assert!(error.hint.unwrap().contains("install"));
    }
}
