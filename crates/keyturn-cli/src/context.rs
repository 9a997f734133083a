//! What every command gets: the global options, the output, and the way to the agent.

use std::io::{self, IsTerminal, Write};
use std::path::PathBuf;

use keyturn_protocol::{ApiError, Asking, Client, ErrorCode, Home, environment, start};

use crate::args::Global;
use crate::output::{Output, OutputFormat};

/// Says for what the command waits, until the user has answered. A lost message fails no command.
fn say_asked() {
    drop(writeln!(io::stderr(), "Asked in Keyturn's window: answer there."));
}

/// The surroundings of a command.
#[derive(Debug)]
pub(crate) struct Context {
    /// Where results and messages go.
    pub(crate) output: Output,
    /// Whether the user forbade questions.
    pub(crate) no_input: bool,
    home: Option<PathBuf>,
}

impl Context {
    /// Takes the global options.
    pub(crate) fn new(global: Global) -> Self {
        Self {
            output: Output::new(global.format, global.color),
            no_input: global.no_input,
            home: global.home,
        }
    }

    /// Where the vault's files are.
    pub(crate) fn home(&self) -> Result<Home, ApiError> {
        let user = rustix::process::geteuid().as_raw();
        Home::resolve(self.explicit_home()?, user, |name| std::env::var_os(name)).map_err(|error| {
            ApiError::new(ErrorCode::InvalidInput, error.to_string())
                .hint("Name the folder with --home DIR, or set KEYTURN_HOME to an absolute path.")
        })
    }

    /// Connects to the agent and starts it when none runs.
    pub(crate) fn agent(&self) -> Result<Client, ApiError> {
        // The agent is this same program.
        let program = std::env::current_exe().map_err(|error| {
            let message = format!("the agent's program cannot be found: {error}");
            ApiError::new(ErrorCode::AgentUnreachable, message)
                .hint("Start keyturn by its full path.")
        })?;
        // The user is asked by a window, so that it matters little what standard input is.
        let asking = if self.no_input { Asking::Never } else { Asking::Allowed };
        let home = self.explicit_home()?;
        let agent = start::connect_or_start(&program, &self.home()?, home.as_deref(), asking)?;
        // Whoever reads errors as JSON from a pipe gets nothing else there.
        let heard = !self.is_json() || io::stderr().is_terminal();
        Ok(if heard { agent.when_asked(say_asked) } else { agent })
    }

    /// Connects to the agent if one runs.
    pub(crate) fn running_agent(&self) -> Result<Option<Client>, ApiError> {
        start::connect(&self.home()?, Asking::Never)
    }

    /// Whether somebody sits there who can be asked.
    pub(crate) fn can_ask(&self) -> bool {
        !self.no_input && io::stdin().is_terminal() && io::stderr().is_terminal()
    }

    /// Whether JSON was asked for.
    pub(crate) fn is_json(&self) -> bool {
        self.output.format == OutputFormat::Json
    }

    /// The folder that the user chose by `--home` or by the environment; `None` for the platform's.
    pub(crate) fn chosen_home(&self) -> Result<Option<PathBuf>, ApiError> {
        let by_environment = || std::env::var_os(environment::HOME).filter(|home| !home.is_empty());
        // What cannot be used is said where the folders are told.
        self.home()?;
        Ok(self.explicit_home()?.or_else(|| by_environment().map(PathBuf::from)))
    }

    /// `--home` as an absolute path: the agent is started elsewhere.
    fn explicit_home(&self) -> Result<Option<PathBuf>, ApiError> {
        let absolute = |folder: &PathBuf| {
            std::path::absolute(folder).map_err(|error| {
                ApiError::new(ErrorCode::InvalidInput, format!("--home cannot be used: {error}"))
                    .hint("Name an existing folder, or one that can be made.")
            })
        };
        self.home.as_ref().map(absolute).transpose()
    }
}
