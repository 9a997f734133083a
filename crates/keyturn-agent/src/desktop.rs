//! Starting the window. The agent knows it by its place beside its own program and by nothing else.

use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use keyturn_core::CredentialRef;
use keyturn_protocol::{Home, environment};

use crate::agent::Agent;

/// The window's program.
const PROGRAM: &str = "keyturn-desktop";

/// Opens the window, at a credential where one is named. Where one is open already, the program finds
/// that out by itself, has it come to the front ([`keyturn_protocol::calls::OpenWindow`]) and ends. Without
/// such a program nothing happens, and the log says so.
pub(crate) fn open(agent: &Agent, reference: Option<&CredentialRef>) {
    let started = beside_us().ok_or(std::io::ErrorKind::NotFound.into());
    let started = started.and_then(|program| command(&program, &agent.home, reference).spawn());
    match started {
        // Its end is nobody's business, but a process that nobody waits for stays as a zombie.
        Ok(mut child) => drop(std::thread::spawn(move || child.wait())),
        Err(error) => agent.log.line(&format!("the window cannot be opened: {error}")),
    }
}

/// The window's program beside our own; nothing of that name on the path is ever used.
fn beside_us() -> Option<PathBuf> {
    let program = std::env::current_exe().ok()?.parent()?.join(PROGRAM);
    program.is_file().then_some(program)
}

fn command(program: &Path, home: &Home, reference: Option<&CredentialRef>) -> Command {
    let mut command = Command::new(program);
    if let Some(reference) = reference {
        command.arg("--open").arg(reference.to_string());
    }
    if home.data == home.config {
        // The user chose the folder: the window must find this agent and no other.
        command.env(environment::HOME, &home.data);
    }
    // A window does not end with the terminal or the unit that the agent began in.
    command.process_group(0);
    command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    command
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_window_is_told_which_credential_and_which_home() {
        let home = |explicit: Option<&str>| {
            let variable = |name: &str| (name == "HOME").then(|| "/home/a".into());
            Home::resolve(explicit.map(PathBuf::from), 1, variable).unwrap()
        };
        let reference: CredentialRef = "acme/main".parse().unwrap();
        let chosen = command(Path::new("/x"), &home(Some("/k")), Some(&reference));
        let words: Vec<_> = chosen.get_args().collect();
        assert_eq!(words, ["--open", "acme/main"]);
        let variables: Vec<_> = chosen.get_envs().collect();
        assert_eq!(variables, [("KEYTURN_HOME".as_ref(), Some("/k".as_ref()))]);
        let usual = command(Path::new("/x"), &home(None), None);
        assert_eq!(usual.get_args().count() + usual.get_envs().count(), 0);
    }
}
