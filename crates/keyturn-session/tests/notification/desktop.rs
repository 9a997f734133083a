//! A private bus, a screen and dunst on it; each ends with the test.

use std::fs;
use std::io::{BufRead, BufReader};
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::{Child, Command, Output, Stdio};

use tempfile::TempDir;

/// Ends a daemon with the test.
pub(crate) struct Daemon(Child);

impl Drop for Daemon {
    fn drop(&mut self) {
        let _gone = self.0.kill();
        let _reaped = self.0.wait();
    }
}

/// What a desktop is made of; dunst comes and goes.
pub(crate) struct Desktop {
    dunst: Option<Daemon>,
    screen: String,
    _screen: Daemon,
    pub(crate) bus: Bus,
    folder: TempDir,
}

/// A message bus of its own, with nobody on it at first.
pub(crate) struct Bus {
    pub(crate) address: String,
    _daemon: Daemon,
    _folder: TempDir,
}

/// No service files: nothing starts by itself on this bus, so that "nobody is there" is true.
const CONFIGURATION: &str = r#"<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type>
  <listen>unix:dir=FOLDER</listen>
  <auth>EXTERNAL</auth>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
</busconfig>
"#;

impl Bus {
    pub(crate) fn start() -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder can be made");
        let configuration = folder.path().join("bus.conf");
        let text = CONFIGURATION.replace("FOLDER", &folder.path().to_string_lossy());
        fs::write(&configuration, text).expect("the configuration can be written");
        let mut bus = Command::new("dbus-daemon")
            .arg("--config-file")
            .arg(&configuration)
            .args(["--nofork", "--nopidfile", "--print-address=1"])
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("dbus-daemon is installed (package dbus)");
        Self { address: first_line(&mut bus), _daemon: Daemon(bus), _folder: folder }
    }
}

impl Desktop {
    /// Starts bus and screen, without anybody who shows notifications.
    pub(crate) fn without_dunst() -> Self {
        let mut screen = Command::new("Xvfb")
            // Without -noreset it throws out whoever comes while the last one before leaves.
            .args(["-noreset", "-displayfd", "1", "-screen", "0", "640x480x24"])
            .args(["-nolisten", "tcp"])
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("Xvfb is installed (package xvfb)");
        let number = first_line(&mut screen);
        let folder = tempfile::tempdir().expect("a temporary folder can be made");
        write_configuration(folder.path());
        Self {
            dunst: None,
            screen: format!(":{number}"),
            _screen: Daemon(screen),
            bus: Bus::start(),
            folder,
        }
    }

    /// The name of its screen.
    pub(crate) fn screen(&self) -> &str {
        &self.screen
    }

    pub(crate) fn start() -> Self {
        let mut desktop = Self::without_dunst();
        desktop.start_dunst();
        desktop
    }

    /// Starts dunst and waits until it owns its name on the bus: `dbus-monitor` tells, so nothing
    /// polls.
    pub(crate) fn start_dunst(&mut self) {
        let mut monitor = Command::new("dbus-monitor")
            .args(["--session", "type='signal',member='NameOwnerChanged'"])
            .env("DBUS_SESSION_BUS_ADDRESS", &self.bus.address)
            .stdout(Stdio::piped())
            .spawn()
            .expect("dbus-monitor is installed (package dbus)");
        let mut lines = BufReader::new(monitor.stdout.take().expect("a pipe")).lines();
        let monitor = Daemon(monitor);
        let listening = lines.next().expect("the monitor says when it listens");
        drop(listening.expect("its output can be read"));
        let dunst = Command::new("dunst")
            .arg("-conf")
            .arg(self.folder.path().join("dunstrc"))
            .env("DBUS_SESSION_BUS_ADDRESS", &self.bus.address)
            .env("DISPLAY", &self.screen)
            .env("HOME", self.folder.path())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("dunst is installed (package dunst)");
        self.dunst = Some(Daemon(dunst));
        let owned = lines.any(|line| {
            line.expect("its output can be read").contains("org.freedesktop.Notifications")
        });
        assert!(owned, "dunst took its name");
        drop(monitor);
    }

    pub(crate) fn kill_dunst(&mut self) {
        assert!(self.dunst.take().is_some(), "dunst ran");
    }

    /// Runs `dunstctl`.
    pub(crate) fn dunstctl(&self, word: &str) -> Output {
        let output = Command::new("dunstctl")
            .arg(word)
            .env("DBUS_SESSION_BUS_ADDRESS", &self.bus.address)
            .output()
            .expect("dunstctl is installed (package dunst)");
        assert!(output.status.success(), "dunstctl {word}: {output:?}");
        output
    }

    /// Chooses, in the menu of the newest notification, the entry that has this word.
    pub(crate) fn choose(&self, word: &str) {
        fs::write(self.folder.path().join("choice"), word).expect("the choice can be written");
        self.dunstctl("context");
    }

    /// What was shown and closed, the newest first.
    pub(crate) fn history(&self) -> Vec<serde_json::Value> {
        let history: serde_json::Value =
            serde_json::from_slice(&self.dunstctl("history").stdout).expect("it is JSON");
        history["data"][0].as_array().expect("a list").clone()
    }
}

/// dunst asks this program instead of showing a menu: it takes the entry with the chosen word.
fn write_configuration(folder: &Path) {
    let menu = folder.join("menu");
    let choice = folder.join("choice");
    fs::write(&menu, format!("#!/bin/sh\nexec grep -m 1 -f '{}'\n", choice.display()))
        .expect("the menu can be written");
    fs::set_permissions(&menu, fs::Permissions::from_mode(0o755)).expect("it can be run");
    let text = format!("[global]\n    dmenu = {}\n    idle_threshold = 0\n", menu.display());
    fs::write(folder.join("dunstrc"), text).expect("the configuration can be written");
}

fn first_line(child: &mut Child) -> String {
    let mut line = String::new();
    let output = child.stdout.take().expect("its output is a pipe");
    BufReader::new(output).read_line(&mut line).expect("its first line can be read");
    line.trim().to_owned()
}
