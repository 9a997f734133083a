//! Where Keyturn's files are. Every process resolves them the same way.

use std::ffi::OsString;
use std::path::{Path, PathBuf};

use thiserror::Error;

use crate::environment;

/// The longest socket path that every system takes, in bytes.
const MAX_SOCKET_PATH: usize = 100;

/// The folders and files of one vault.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Home {
    /// `vault.kyt` and `backups/`.
    pub data: PathBuf,
    /// `config.toml` and `providers/*.toml`.
    pub config: PathBuf,
    /// The anchor and the log.
    pub state: PathBuf,
    /// The socket's folder.
    pub runtime: SocketFolder,
}

/// The folder that the socket lies in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SocketFolder {
    /// A folder of the user's own.
    Own(PathBuf),
    /// A folder under `/tmp`, whose owner and mode must be checked before use.
    Shared(PathBuf),
}

/// Says why the folders cannot be told.
#[derive(Debug, Error, PartialEq, Eq)]
pub enum HomeError {
    /// Neither `KEYTURN_HOME` nor `HOME` is set.
    #[error("neither KEYTURN_HOME nor HOME is set")]
    NoHome,
    /// The folder is not absolute.
    #[error("the folder for Keyturn's files must be an absolute path")]
    Relative,
}

impl Home {
    /// Resolves the folders from an explicit choice, else from `KEYTURN_HOME`, else from the
    /// platform's rules (XDG Base Directory on Linux).
    pub fn resolve(
        explicit: Option<PathBuf>,
        user: u32,
        variable: impl Fn(&str) -> Option<OsString>,
    ) -> Result<Self, HomeError> {
        let path = |name: &str| variable(name).filter(|v| !v.is_empty()).map(PathBuf::from);
        if let Some(folder) = explicit.or_else(|| path(environment::HOME)) {
            if !folder.is_absolute() {
                return Err(HomeError::Relative);
            }
            return Ok(Self {
                runtime: socket_folder(Some(folder.join("run")), &folder, user),
                state: folder.join("state"),
                config: folder.clone(),
                data: folder,
            });
        }
        let home = path("HOME").filter(|home| home.is_absolute()).ok_or(HomeError::NoHome)?;
        let base = |name: &str, fallback: &str| {
            let chosen = path(name).filter(|folder| folder.is_absolute());
            chosen.unwrap_or_else(|| home.join(fallback)).join("keyturn")
        };
        let data = base("XDG_DATA_HOME", ".local/share");
        let runtime = path("XDG_RUNTIME_DIR").filter(|folder| folder.is_absolute());
        Ok(Self {
            runtime: socket_folder(runtime.map(|folder| folder.join("keyturn")), &data, user),
            config: base("XDG_CONFIG_HOME", ".config"),
            state: base("XDG_STATE_HOME", ".local/state"),
            data,
        })
    }

    /// The vault file.
    #[must_use]
    pub fn vault(&self) -> PathBuf {
        self.data.join("vault.kyt")
    }

    /// The folder of the vault's backups.
    #[must_use]
    pub fn backups(&self) -> PathBuf {
        self.data.join("backups")
    }

    /// The folder of the user's own profiles.
    #[must_use]
    pub fn profiles(&self) -> PathBuf {
        self.config.join("providers")
    }

    /// The agent's socket.
    #[must_use]
    pub fn socket(&self) -> PathBuf {
        self.runtime.path().join("agent.sock")
    }

    /// The file that the running agent holds a lock on.
    #[must_use]
    pub fn agent_lock(&self) -> PathBuf {
        self.runtime.path().join("agent.lock")
    }
}

impl SocketFolder {
    /// The folder.
    #[must_use]
    pub fn path(&self) -> &Path {
        match self {
            Self::Own(path) | Self::Shared(path) => path,
        }
    }
}

/// Takes the preferred folder unless it is missing or too long for a socket; then one under `/tmp`
/// that is named after the user and the vault's folder.
fn socket_folder(preferred: Option<PathBuf>, data: &Path, user: u32) -> SocketFolder {
    match preferred {
        Some(folder) if folder.as_os_str().len() + "/agent.sock".len() <= MAX_SOCKET_PATH => {
            SocketFolder::Own(folder)
        }
        _ => SocketFolder::Shared(
            Path::new("/tmp").join(format!("keyturn-{user}-{:016x}", fnv1a(&real(data)))),
        ),
    }
}

/// The path behind links and dots, as far as it exists: one vault has one socket by whatever name its
/// folder is called.
fn real(path: &Path) -> PathBuf {
    if let Ok(found) = path.canonicalize() {
        return found;
    }
    match (path.parent(), path.file_name()) {
        (Some(parent), Some(name)) => real(parent).join(name),
        _ => path.to_owned(),
    }
}

/// FNV-1a, 64 bits: a name that every build computes alike. No secret hangs on it; the folder's
/// owner is checked.
fn fnv1a(path: &Path) -> u64 {
    path.as_os_str().as_encoded_bytes().iter().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn resolve(explicit: Option<&str>, variables: &[(&str, &str)]) -> Result<Home, HomeError> {
        Home::resolve(explicit.map(PathBuf::from), 1000, |name| {
            variables.iter().find(|(key, _)| *key == name).map(|(_, value)| value.into())
        })
    }

    #[test]
    fn keyturn_home_holds_everything() {
        let home = resolve(None, &[("KEYTURN_HOME", "/k"), ("HOME", "/home/a")]).unwrap();
        assert_eq!(home.vault(), Path::new("/k/vault.kyt"));
        assert_eq!(home.socket(), Path::new("/k/run/agent.sock"));
    }

    #[test]
    fn the_explicit_folder_wins() {
        let home = resolve(Some("/x"), &[("KEYTURN_HOME", "/k")]).unwrap();
        assert_eq!(home.data, Path::new("/x"));
    }

    #[test]
    fn a_relative_home_is_refused() {
        assert_eq!(resolve(Some("x"), &[]), Err(HomeError::Relative));
    }

    #[test]
    fn the_platforms_folders_are_used_otherwise() {
        let variables = [("HOME", "/home/a"), ("XDG_RUNTIME_DIR", "/run/user/1000")];
        let home = resolve(None, &variables).unwrap();
        assert_eq!(home.vault(), Path::new("/home/a/.local/share/keyturn/vault.kyt"));
        assert_eq!(home.socket(), Path::new("/run/user/1000/keyturn/agent.sock"));
    }

    #[test]
    fn a_path_too_long_for_a_socket_moves_to_a_short_folder_of_the_users_own() {
        let long = format!("/{}", "x".repeat(120));
        let one = resolve(Some(&long), &[]).unwrap();
        assert!(one.socket().as_os_str().len() <= MAX_SOCKET_PATH);
        assert!(matches!(one.runtime, SocketFolder::Shared(_)));
        let other = resolve(Some(&format!("{long}y")), &[]).unwrap();
        assert_ne!(one.socket(), other.socket(), "two vaults never share a socket");
    }

    #[test]
    fn one_vault_has_one_socket_by_whatever_name_its_folder_is_called() {
        let folder = tempfile::tempdir().unwrap();
        let long = folder.path().join("x".repeat(120));
        std::fs::create_dir(&long).unwrap();
        let link = folder.path().join("link");
        std::os::unix::fs::symlink(folder.path(), &link).unwrap();
        let by_link = link.join("x".repeat(120));
        let socket = |path: &Path| resolve(path.to_str(), &[]).unwrap().socket();
        assert_eq!(socket(&long), socket(&by_link));
        assert_eq!(socket(&long), socket(&long.join("")));
        assert_eq!(socket(&long.join("not/there/yet")), socket(&by_link.join("not/there/yet")));
    }

    #[test]
    fn a_missing_runtime_folder_moves_the_socket_to_tmp() {
        let home = resolve(None, &[("HOME", "/home/a")]).unwrap();
        assert!(matches!(home.runtime, SocketFolder::Shared(_)));
    }
}
