//! Writing and removing the file, and telling the system of it. What Keyturn did not write stays.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use super::system::systemd_answers;
use super::{InstallError, MARK, Start, System, Way, launchd, systemd, task_scheduler};
use crate::replace::replace;

/// What starts the agent from now on.
#[derive(Debug)]
pub(crate) struct Installed {
    /// How.
    pub(crate) way: Way,
    /// By which file.
    pub(crate) file: PathBuf,
}

/// Has the agent started at login, by exactly one way; doing it again changes nothing.
pub(crate) fn install(start: &Start, system: &System) -> Result<Installed, InstallError> {
    let way = system.way();
    let file = way.file(system);
    let content = way.content(start, system)?;
    // Looked at before anything is changed, the other way's file, too.
    for one in system.ways() {
        is_ours(&one.file(system))?;
    }
    if fs::read(&file).ok().as_ref() != Some(&content) {
        write(&file, &content).map_err(|error| failed(&file, error))?;
    }
    switch_on(way, &file)?;
    for other in system.ways().iter().filter(|other| **other != way) {
        remove(*other, system)?;
    }
    Ok(Installed { way, file })
}

/// What starts the agent at login, if anything of ours does.
pub(crate) fn installed(system: &System) -> Result<Option<Installed>, InstallError> {
    for way in system.ways() {
        let file = way.file(system);
        if is_ours(&file)? {
            return Ok(Some(Installed { way: *way, file }));
        }
    }
    Ok(None)
}

/// Takes away what [`install`] made, and gives the files that are gone.
pub(crate) fn uninstall(system: &System) -> Result<Vec<PathBuf>, InstallError> {
    let mut removed = Vec::new();
    for way in system.ways() {
        removed.extend(remove(*way, system)?);
    }
    Ok(removed)
}

fn remove(way: Way, system: &System) -> Result<Option<PathBuf>, InstallError> {
    let file = way.file(system);
    if !is_ours(&file)? {
        return Ok(None);
    }
    switch_off(way);
    if way == Way::Systemd {
        remove_link(&system.config.join(systemd::LINK), &file)?;
    }
    fs::remove_file(&file).map_err(|error| failed(&file, error))?;
    if way == Way::Systemd {
        // It would go on listing a unit that is gone; a manager that is not there lists nothing.
        run("systemctl", &["--user", "daemon-reload"]).ok();
    }
    Ok(Some(file))
}

/// Whether the file is there. One that is somebody else's is an error; a link is never ours.
fn is_ours(file: &Path) -> Result<bool, InstallError> {
    match fs::symlink_metadata(file) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(false),
        Err(error) => Err(failed(file, error)),
        Ok(found) if found.is_file() => {
            let bytes = fs::read(file).map_err(|error| failed(file, error))?;
            // The Task Scheduler's file has a zero byte behind each sign.
            let text: Vec<u8> = bytes.into_iter().filter(|byte| *byte != 0).collect();
            if String::from_utf8_lossy(&text).contains(MARK) {
                Ok(true)
            } else {
                Err(InstallError::NotOurs(file.to_owned()))
            }
        }
        Ok(_) => Err(InstallError::NotOurs(file.to_owned())),
    }
}

/// Writes the file whole: a login in this moment sees the old one or the new one.
fn write(file: &Path, content: &[u8]) -> io::Result<()> {
    let folder = file.parent().ok_or(io::ErrorKind::NotFound)?;
    fs::create_dir_all(folder)?;
    replace(file, 0o644, content)
}

/// Tells the system of the file.
fn switch_on(way: Way, file: &Path) -> Result<(), InstallError> {
    match way {
        Way::Systemd => {
            run("systemctl", &["--user", "daemon-reload"])?;
            run("systemctl", &["--user", "--quiet", "enable", systemd::UNIT])
        }
        Way::Autostart => Ok(()),
        Way::LaunchAgent => {
            let domain = format!("gui/{}", rustix::process::geteuid().as_raw());
            run("launchctl", &["bootstrap", &domain, &file.to_string_lossy()])
        }
        Way::TaskScheduler => run(
            "schtasks",
            &["/Create", "/F", "/TN", task_scheduler::TASK, "/XML", &file.to_string_lossy()],
        ),
    }
}

/// Tells the system that the file goes; where the system is not there, removing the file is enough.
fn switch_off(way: Way) {
    let told = match way {
        Way::Systemd if systemd_answers() => {
            run("systemctl", &["--user", "--quiet", "disable", systemd::UNIT])
        }
        Way::Systemd | Way::Autostart => Ok(()),
        Way::LaunchAgent => {
            let domain = rustix::process::geteuid().as_raw();
            run("launchctl", &["bootout", &format!("gui/{domain}/{}", launchd::LABEL)])
        }
        Way::TaskScheduler => run("schtasks", &["/Delete", "/F", "/TN", task_scheduler::TASK]),
    };
    drop(told);
}

/// Removes the link that enabled the unit, if it is still there and leads to our file.
fn remove_link(link: &Path, file: &Path) -> Result<(), InstallError> {
    let Ok(target) = fs::read_link(link) else { return Ok(()) };
    let folder = link.parent().unwrap_or(link);
    let leads_to = folder.join(target).canonicalize().ok();
    if leads_to.is_some() && leads_to == file.canonicalize().ok() {
        fs::remove_file(link).map_err(|error| failed(link, error))?;
    }
    Ok(())
}

fn run(program: &'static str, words: &[&str]) -> Result<(), InstallError> {
    let refused = |reason: String| InstallError::Refused { program, reason };
    let output = Command::new(program)
        .args(words)
        .stdin(Stdio::null())
        .output()
        .map_err(|error| refused(error.to_string()))?;
    if output.status.success() {
        return Ok(());
    }
    let said = String::from_utf8_lossy(&output.stderr);
    Err(refused(said.lines().next().unwrap_or("it did not say why").to_owned()))
}

fn failed(path: &Path, error: io::Error) -> InstallError {
    InstallError::File { path: path.to_owned(), error }
}
