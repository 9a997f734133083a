//! The machine at hand: which system it is, and where the user's files are.

use std::ffi::OsString;
use std::path::PathBuf;
use std::process::{Command, Stdio};

use super::{InstallError, Way};

/// What the ways of starting need to know of the machine.
#[derive(Debug, Clone)]
pub(crate) struct System {
    /// The operating system, in Rust's word for it.
    pub(super) name: &'static str,
    /// The user's home.
    pub(super) home: PathBuf,
    /// The folder of the user's configuration.
    pub(super) config: PathBuf,
    /// The user, as Windows names them.
    pub(super) user: String,
}

impl System {
    /// Looks at the environment.
    pub(crate) fn at_hand(
        variable: impl Fn(&str) -> Option<OsString>,
    ) -> Result<Self, InstallError> {
        let name = std::env::consts::OS;
        let folder = |name| variable(name).map(PathBuf::from).filter(|path| path.is_absolute());
        let (home, config) = if name == "windows" {
            let home = folder("USERPROFILE").ok_or(InstallError::NoHome)?;
            (home.clone(), folder("LOCALAPPDATA").unwrap_or(home))
        } else {
            let home = folder("HOME").ok_or(InstallError::NoHome)?;
            (home.clone(), folder("XDG_CONFIG_HOME").unwrap_or_else(|| home.join(".config")))
        };
        let word = |name| variable(name).and_then(|text| text.into_string().ok());
        let user = word("USERNAME").unwrap_or_default();
        let user = match word("USERDOMAIN") {
            Some(domain) => format!(r"{domain}\{user}"),
            None => user,
        };
        Ok(Self { name, home, config, user })
    }

    /// The ways that this system has, the best first.
    pub(super) fn ways(&self) -> &'static [Way] {
        match self.name {
            "macos" => &[Way::LaunchAgent],
            "windows" => &[Way::TaskScheduler],
            _ => &[Way::Systemd, Way::Autostart],
        }
    }

    /// The way to take: the first that answers.
    pub(crate) fn way(&self) -> Way {
        match self.ways() {
            [Way::Systemd, ..] if !systemd_answers() => Way::Autostart,
            [way, ..] => *way,
            [] => Way::Autostart,
        }
    }
}

/// Whether this user has a manager of systemd's, which starts units. The program alone proves nothing.
pub(super) fn systemd_answers() -> bool {
    let mut command = Command::new("systemctl");
    command.args(["--user", "show", "--property=Version"]);
    command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    command.status().is_ok_and(|status| status.success())
}

#[cfg(test)]
pub(super) mod tests {
    use std::io::Write;

    use super::super::Start;
    use super::*;

    pub(in super::super) fn plain() -> Start {
        Start { program: "/usr/bin/keyturn".into(), home: None }
    }

    /// Signs that mean something to somebody.
    pub(in super::super) fn awkward() -> Start {
        Start {
            program: r#"/opt/my "50%" $HOME \ tools/keyturn"#.into(),
            home: Some("/data/a b/$x %u".into()),
        }
    }

    /// Gives `data` to a line of Python that prints JSON.
    pub(in super::super) fn read_with_python(data: &[u8], line: &str) -> serde_json::Value {
        let script = format!("import sys, json\ndata = sys.stdin.buffer.read()\n{line}");
        let mut python = Command::new("python3")
            .args(["-c", &script])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("python3 is installed (package python3)");
        python.stdin.take().unwrap().write_all(data).unwrap();
        let output = python.wait_with_output().unwrap();
        serde_json::from_slice(&output.stdout).expect("it was read")
    }

    #[test]
    fn the_users_configuration_is_where_the_environment_says() {
        let system = |variables: &'static [(&str, &str)]| {
            System::at_hand(move |name| {
                variables.iter().find(|(key, _)| *key == name).map(|(_, value)| value.into())
            })
        };
        let config = |variables| system(variables).unwrap().config;
        assert_eq!(config(&[("HOME", "/home/a")]), PathBuf::from("/home/a/.config"));
        let chosen = [("HOME", "/home/a"), ("XDG_CONFIG_HOME", "/c")];
        assert_eq!(config(Box::leak(Box::new(chosen))), PathBuf::from("/c"));
        assert!(matches!(system(&[]), Err(InstallError::NoHome)));
    }
}
