//! Starting the agent when the user logs in: one file of the operating system's own, written by
//! `keyturn agent install` and removed by `keyturn agent uninstall`.
//!
//! What such a file says is a pure function of [`Start`], one module a system. Only Linux's two ways
//! have been run; the other two are written from their documentation. It refuses to touch a file that
//! Keyturn did not write.

mod apply;
mod error;
mod launchd;
mod system;
mod systemd;
mod task_scheduler;
mod xdg;

use std::path::{Path, PathBuf};

pub(crate) use apply::{Installed, install, installed, uninstall};
pub(crate) use error::InstallError;
pub(crate) use system::System;

/// Stands in every file that Keyturn writes here; what lacks it is somebody else's.
const MARK: &str = "Written by `keyturn agent install`; `keyturn agent uninstall` removes it.";

/// What is to be started.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Start {
    /// The program, by its full path.
    pub(crate) program: PathBuf,
    /// The folder of Keyturn's files, where the user chose one.
    pub(crate) home: Option<PathBuf>,
}

/// A way in which a system starts programs at login.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Way {
    /// A unit of systemd's user manager.
    Systemd,
    /// A desktop's autostart folder.
    Autostart,
    /// macOS's launchd.
    LaunchAgent,
    /// Windows' Task Scheduler.
    TaskScheduler,
}

impl Way {
    /// Its name in JSON.
    pub(crate) const fn id(self) -> &'static str {
        match self {
            Self::Systemd => "systemd",
            Self::Autostart => "autostart",
            Self::LaunchAgent => "launch_agent",
            Self::TaskScheduler => "task_scheduler",
        }
    }

    /// What it is called.
    pub(crate) const fn label(self) -> &'static str {
        match self {
            Self::Systemd => "systemd's user manager",
            Self::Autostart => "the desktop's autostart",
            Self::LaunchAgent => "launchd",
            Self::TaskScheduler => "the Task Scheduler",
        }
    }

    /// The file that it reads.
    fn file(self, system: &System) -> PathBuf {
        match self {
            Self::Systemd => system.config.join(systemd::FILE),
            Self::Autostart => system.config.join(xdg::FILE),
            Self::LaunchAgent => system.home.join(launchd::FILE),
            Self::TaskScheduler => system.config.join(task_scheduler::FILE),
        }
    }

    /// What the file holds.
    fn content(self, start: &Start, system: &System) -> Result<Vec<u8>, InstallError> {
        Ok(match self {
            Self::Systemd => systemd::unit(start)?.into_bytes(),
            Self::Autostart => xdg::entry(start)?.into_bytes(),
            Self::LaunchAgent => launchd::agent(start)?.into_bytes(),
            Self::TaskScheduler => {
                let text = task_scheduler::task(start, &system.user)?;
                task_scheduler::encode(&text)
            }
        })
    }
}

/// A path as text that fits on one line of a file.
fn text(path: &Path) -> Result<&str, InstallError> {
    let text = path.to_str().filter(|text| !text.chars().any(char::is_control));
    text.ok_or(InstallError::Unwritable)
}

/// A text inside an XML element.
fn xml(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}
