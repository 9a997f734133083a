//! The agent's socket: its folder, the lock that keeps a second agent away, and who may connect.

use std::fs::{self, DirBuilder, File, OpenOptions};
use std::io;
use std::os::unix::fs::{DirBuilderExt, MetadataExt, OpenOptionsExt, PermissionsExt};
use std::path::Path;

use keyturn_protocol::{ApiError, ErrorCode, Home};
use rustix::fs::{FlockOperation, OFlags, flock};
use tokio::net::{UnixListener, UnixStream};

/// The bound socket with the lock that belongs to it. Dropping it removes the socket.
#[derive(Debug)]
pub(crate) struct Socket {
    listener: UnixListener,
    path: std::path::PathBuf,
    /// Which file the socket is, to tell it from another one of the same name.
    inode: u64,
    _lock: File,
}

impl Socket {
    /// Takes the lock and binds the socket; fails when another agent holds the lock.
    pub(crate) fn bind(home: &Home) -> Result<Self, ApiError> {
        let folder = home.runtime.path();
        private_folder(folder).map_err(|error| unusable(folder, &error))?;
        let lock = lock(&home.agent_lock())?;
        let path = home.socket();
        match fs::remove_file(&path) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => {
                return Err(unusable(folder, &error));
            }
            _ => {}
        }
        let listener = UnixListener::bind(&path).map_err(|error| unusable(folder, &error))?;
        fs::set_permissions(&path, fs::Permissions::from_mode(0o600))
            .map_err(|error| unusable(folder, &error))?;
        let inode = fs::symlink_metadata(&path).map_err(|error| unusable(folder, &error))?.ino();
        Ok(Self { listener, path, inode, _lock: lock })
    }

    /// Whether clients still find this agent: at logout the folder may be removed under it.
    pub(crate) fn is_reachable(&self) -> bool {
        fs::symlink_metadata(&self.path).is_ok_and(|found| found.ino() == self.inode)
    }

    /// Waits for the next connection of a process of this user; others are turned away unheard.
    pub(crate) async fn accept(&self) -> io::Result<(UnixStream, i32)> {
        loop {
            let (stream, _) = self.listener.accept().await?;
            let peer = stream.peer_cred()?;
            if let (true, Some(pid)) =
                (peer.uid() == rustix::process::geteuid().as_raw(), peer.pid())
            {
                return Ok((stream, pid));
            }
        }
    }
}

impl Drop for Socket {
    fn drop(&mut self) {
        if self.is_reachable() {
            drop(fs::remove_file(&self.path));
        }
    }
}

/// Makes a folder that only this user can enter; refuses one that is somebody else's, a link, or
/// open to others.
pub(crate) fn private_folder(folder: &Path) -> io::Result<()> {
    if let Some(parent) = folder.parent() {
        DirBuilder::new().recursive(true).mode(0o700).create(parent)?;
    }
    match DirBuilder::new().mode(0o700).create(folder) {
        Err(error) if error.kind() != io::ErrorKind::AlreadyExists => return Err(error),
        _ => {}
    }
    let found = fs::symlink_metadata(folder)?;
    let ours = found.is_dir() && found.uid() == rustix::process::geteuid().as_raw();
    if !ours || found.mode() & 0o077 != 0 {
        return Err(io::Error::new(
            io::ErrorKind::PermissionDenied,
            "it is not a folder of this user's own with mode 0700",
        ));
    }
    Ok(())
}

fn lock(path: &Path) -> Result<File, ApiError> {
    let file = OpenOptions::new()
        .create(true)
        .truncate(false)
        .write(true)
        .mode(0o600)
        .custom_flags(OFlags::NOFOLLOW.bits().cast_signed())
        .open(path)
        .map_err(|error| unusable(path, &error))?;
    flock(&file, FlockOperation::NonBlockingLockExclusive).map_err(|_| {
        ApiError::new(ErrorCode::AlreadyExists, "an agent runs already for this vault")
            .hint("Use it as it is, or end it with `keyturn stop`.")
    })?;
    Ok(file)
}

fn unusable(path: &Path, error: &io::Error) -> ApiError {
    ApiError::new(
        ErrorCode::AgentUnreachable,
        format!("the agent cannot use {}: {error}", path.display()),
    )
    .hint("The folder must be yours alone: mode 0700, no symbolic link.")
}

#[cfg(test)]
mod tests {
    use keyturn_protocol::SocketFolder;

    use super::*;

    fn home(folder: &Path) -> Home {
        Home {
            data: folder.to_owned(),
            config: folder.to_owned(),
            state: folder.to_owned(),
            runtime: SocketFolder::Own(folder.join("run")),
        }
    }

    #[tokio::test]
    async fn a_second_agent_does_not_start() {
        let folder = tempfile::tempdir().unwrap();
        let first = Socket::bind(&home(folder.path())).unwrap();
        let second = Socket::bind(&home(folder.path())).unwrap_err();
        assert_eq!(second.code, ErrorCode::AlreadyExists);
        drop(first);
        assert!(Socket::bind(&home(folder.path())).is_ok(), "the lock ends with its holder");
    }

    #[tokio::test]
    async fn a_socket_left_behind_by_a_killed_agent_is_replaced() {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir(folder.path().join("run")).unwrap();
        fs::set_permissions(folder.path().join("run"), fs::Permissions::from_mode(0o700)).unwrap();
        drop(std::os::unix::net::UnixListener::bind(folder.path().join("run/agent.sock")).unwrap());
        assert!(Socket::bind(&home(folder.path())).is_ok());
    }

    #[tokio::test]
    async fn an_agent_whose_socket_was_taken_away_knows_it() {
        let folder = tempfile::tempdir().unwrap();
        let socket = Socket::bind(&home(folder.path())).unwrap();
        assert!(socket.is_reachable());
        fs::remove_dir_all(folder.path().join("run")).unwrap();
        assert!(!socket.is_reachable());
    }

    #[test]
    fn a_folder_that_others_can_enter_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        let open = folder.path().join("open");
        fs::create_dir(&open).unwrap();
        fs::set_permissions(&open, fs::Permissions::from_mode(0o755)).unwrap();
        assert!(private_folder(&open).is_err());
        let link = folder.path().join("link");
        std::os::unix::fs::symlink(folder.path(), &link).unwrap();
        assert!(private_folder(&link).is_err(), "a link may lead anywhere");
        assert!(private_folder(&folder.path().join("new")).is_ok());
    }
}
