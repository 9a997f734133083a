//! Closes the back door that the web view runtime leaves open: automation asked for by the environment.
//!
//! The runtime obeys [`VARIABLE`] in release builds too, so any program of the user could start the
//! window under its control and press its buttons. Tests need exactly that and build with the feature
//! `e2e`; every other build starts itself again without the variable.

use std::io;
use std::process::{Command, ExitStatus};

/// What the runtime reads, once, when it makes a web view.
const VARIABLE: &str = "TAURI_WEBVIEW_AUTOMATION";

/// Runs the app without the variable, where it is set in a build that is not for tests.
///
/// Answers with nothing where the app may go on as it is. The environment of a running process
/// cannot be changed without `unsafe`, hence the second process.
pub fn restart_without() -> io::Result<Option<ExitStatus>> {
    if cfg!(feature = "e2e") || std::env::var_os(VARIABLE).is_none() {
        return Ok(None);
    }
    without_variable(Command::new(std::env::current_exe()?)).status().map(Some)
}

/// The same call with the same arguments, and an environment that asks for no automation.
fn without_variable(mut command: Command) -> Command {
    command.args(std::env::args_os().skip(1)).env_remove(VARIABLE);
    command
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_second_start_asks_for_no_automation() {
        let command = without_variable(Command::new("keyturn-desktop"));
        assert!(command.get_envs().any(|(name, value)| name == VARIABLE && value.is_none()));
    }
}
