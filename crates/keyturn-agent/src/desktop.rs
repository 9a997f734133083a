//! Starting the window. The agent knows it by its place beside its own program and by nothing else.

use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use keyturn_core::CredentialRef;
use keyturn_protocol::{Home, environment};

use crate::agent::Agent;

/// The window's program.
const PROGRAM: &str = "keyturn-desktop";

/// What the window is opened for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) enum Wanted {
    /// Itself, as it was.
    #[default]
    Window,
    /// A credential.
    Credential(CredentialRef),
    /// The palette.
    Palette {
        /// What allows it to take the focus, where the desktop handed that out.
        activation: Option<String>,
    },
}

impl From<Option<CredentialRef>> for Wanted {
    fn from(reference: Option<CredentialRef>) -> Self {
        reference.map_or(Self::Window, Self::Credential)
    }
}

/// Opens the window for what is wanted. Where one is open already, the program finds
/// that out by itself, has it come to the front ([`keyturn_protocol::calls::OpenWindow`]) and ends. Without
/// such a program nothing happens, and the log says so.
pub(crate) fn open(agent: &Agent, wanted: &Wanted) {
    let started = program().ok_or(std::io::ErrorKind::NotFound.into());
    let started = started.and_then(|program| command(&program, &agent.home, wanted).spawn());
    match started {
        // Its end is nobody's business, but a process that nobody waits for stays as a zombie.
        Ok(mut child) => drop(std::thread::spawn(move || child.wait())),
        Err(error) => agent.log.line(&format!("the window cannot be opened: {error}")),
    }
}

/// The window's program beside our own; nothing of that name on the path is ever used.
pub(crate) fn program() -> Option<PathBuf> {
    let program = std::env::current_exe().ok()?.parent()?.join(PROGRAM);
    program.is_file().then_some(program)
}

fn command(program: &Path, home: &Home, wanted: &Wanted) -> Command {
    let mut command = Command::new(program);
    match wanted {
        Wanted::Window => {}
        Wanted::Credential(reference) => drop(command.arg("--open").arg(reference.to_string())),
        Wanted::Palette { activation } => {
            command.arg("--palette");
            if let Some(token) = activation {
                // A window of Wayland takes the focus by the first, one of X11 by the second.
                command.env("XDG_ACTIVATION_TOKEN", token).env("DESKTOP_STARTUP_ID", token);
            }
        }
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
        let chosen = command(Path::new("/x"), &home(Some("/k")), &Wanted::Credential(reference));
        let words: Vec<_> = chosen.get_args().collect();
        assert_eq!(words, ["--open", "acme/main"]);
        let variables: Vec<_> = chosen.get_envs().collect();
        assert_eq!(variables, [("KEYTURN_HOME".as_ref(), Some("/k".as_ref()))]);
        let usual = command(Path::new("/x"), &home(None), &Wanted::Window);
        assert_eq!(usual.get_args().count() + usual.get_envs().count(), 0);
        let palette = Wanted::Palette { activation: Some("t".to_owned()) };
        let palette = command(Path::new("/x"), &home(None), &palette);
        assert_eq!(palette.get_args().collect::<Vec<_>>(), ["--palette"]);
        assert_eq!(palette.get_envs().count(), 2, "and may take the focus");
    }
}
