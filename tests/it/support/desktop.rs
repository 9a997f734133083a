//! Real desktop programs for the journeys that need them: a message bus of its own, a keyring, a
//! screen, and notifications. Each ends with its world.

use std::fs;
use std::io::{BufRead as _, BufReader, Write as _};
use std::path::Path;
use std::process::{Child, Command, Output, Stdio};

use super::{program, wait};

/// A foreign program that runs until this is dropped.
struct Foreign(Child);

impl Drop for Foreign {
    fn drop(&mut self) {
        // It may have ended by itself already, with the bus or the screen.
        drop(self.0.kill());
        drop(self.0.wait());
    }
}

/// The programs of one world, in the order of their ends.
#[derive(Default)]
pub(crate) struct Desktop {
    programs: Vec<Foreign>,
    notifications: Option<Foreign>,
    variables: Vec<(String, String)>,
}

/// No service files: nothing starts by itself on this bus, so that "there is no keyring" is true.
const BUS: &str = r#"<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
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

impl Desktop {
    /// The environment in which Keyturn and foreign programs find this desktop.
    pub(crate) fn variables(&self) -> &[(String, String)] {
        &self.variables
    }

    /// Starts a private message bus.
    pub(crate) fn start_bus(&mut self, folder: &Path) {
        let config = folder.join("bus.conf");
        fs::write(&config, BUS.replace("FOLDER", &folder.to_string_lossy()))
            .expect("the bus's configuration can be written");
        let mut command = self.command("dbus-daemon", folder);
        command.arg("--config-file").arg(&config).args(["--nofork", "--nopidfile"]);
        let address = self.start_and_read_line(command.arg("--print-address=1"));
        self.variables.push(("DBUS_SESSION_BUS_ADDRESS".to_owned(), address));
    }

    /// Starts a keyring on the bus, unlocked, with a login collection of its own.
    pub(crate) fn start_keyring(&mut self, folder: &Path) {
        let mut command = self.command("gnome-keyring-daemon", folder);
        command.args(["--unlock", "--components=secrets", "--foreground"]);
        command.stdin(Stdio::piped()).stdout(Stdio::null());
        let mut child = command.spawn().expect("gnome-keyring-daemon can be started");
        let mut stdin = child.stdin.take().expect("its stdin is a pipe");
        // An empty password would hang every later call on a prompt that nobody sees.
        stdin.write_all(b"keyring password").expect("the keyring reads its password");
        drop(stdin);
        self.programs.push(Foreign(child));
        self.wait_for_name("org.freedesktop.secrets", folder);
    }

    /// Starts a screen without a monitor.
    pub(crate) fn start_screen(&mut self, folder: &Path) {
        self.start_screen_of("1280x800", folder);
    }

    /// Starts one of so many pixels, `WIDTHxHEIGHT`.
    pub(crate) fn start_screen_of(&mut self, pixels: &str, folder: &Path) {
        let mut command = self.command("Xvfb", folder);
        // Without -noreset it throws out whoever comes while the last one before leaves.
        command.args(["-noreset", "-displayfd", "1", "-screen", "0"]);
        command.arg(format!("{pixels}x24"));
        command.args(["-nolisten", "tcp"]);
        let number = self.start_and_read_line(&mut command);
        self.variables.push(("DISPLAY".to_owned(), format!(":{number}")));
    }

    /// Starts a notification daemon on the bus and the screen. Instead of showing a menu it takes the
    /// entry that has the word in `choice`.
    pub(crate) fn start_notifications(&mut self, folder: &Path) {
        let (menu, configuration) = (folder.join("menu"), folder.join("dunstrc"));
        let script =
            format!("#!/bin/sh\nexec grep -m 1 -f '{}'\n", folder.join("choice").display());
        program::write(&menu, &script);
        let text = format!("[global]\n    dmenu = {}\n    idle_threshold = 0\n", menu.display());
        fs::write(&configuration, text).expect("the configuration can be written");
        let mut command = self.command("dunst", folder);
        command.arg("-conf").arg(configuration).stdin(Stdio::null()).stdout(Stdio::null());
        let child = command.spawn().expect("dunst can be started");
        self.notifications = Some(Foreign(child));
        self.wait_for_name("org.freedesktop.Notifications", folder);
    }

    /// Kills the notification daemon.
    pub(crate) fn kill_notifications(&mut self) {
        assert!(self.notifications.take().is_some(), "a notification daemon ran");
    }

    /// Runs a foreign program in this desktop to its end.
    pub(crate) fn run(&self, folder: &Path, words: &[&str], stdin: Option<&str>) -> Output {
        let (program, arguments) = words.split_first().expect("a program is named");
        let mut command = self.command(program, folder);
        command.args(arguments).stdout(Stdio::piped());
        let Some(text) = stdin else {
            command.stderr(Stdio::piped());
            return command.stdin(Stdio::null()).output().expect("the program can be started");
        };
        // `xclip` goes on in the background and would hold a pipe open.
        command.stdin(Stdio::piped()).stdout(Stdio::null());
        let mut child = command.spawn().expect("the program can be started");
        let mut pipe = child.stdin.take().expect("its stdin is a pipe");
        pipe.write_all(text.as_bytes()).expect("the program reads its input");
        drop(pipe);
        child.wait_with_output().expect("the program ends")
    }

    fn command(&self, program: &str, folder: &Path) -> Command {
        let mut command = Command::new(program);
        command.env_clear().current_dir(folder).stderr(Stdio::null());
        command.env("PATH", std::env::var_os("PATH").unwrap_or_default());
        command.env("HOME", folder).env("XDG_DATA_HOME", folder.join("data"));
        command.env("XDG_RUNTIME_DIR", folder.join("runtime")).env("LANG", "C.UTF-8");
        command.envs(self.variables.iter().map(|(name, value)| (name, value)));
        command
    }

    fn start_and_read_line(&mut self, command: &mut Command) -> String {
        let name = command.get_program().to_string_lossy().into_owned();
        command.stdin(Stdio::null()).stdout(Stdio::piped());
        let mut child =
            command.spawn().unwrap_or_else(|error| panic!("{name} can be started: {error}"));
        let stdout = child.stdout.take().expect("its stdout is a pipe");
        self.programs.push(Foreign(child));
        let mut line = String::new();
        BufReader::new(stdout).read_line(&mut line).expect("its first line can be read");
        assert!(!line.trim().is_empty(), "{name} ended without saying where it is");
        line.trim().to_owned()
    }

    fn wait_for_name(&self, name: &str, folder: &Path) {
        let words = [
            "dbus-send",
            "--session",
            "--print-reply",
            "--dest=org.freedesktop.DBus",
            "/org/freedesktop/DBus",
            "org.freedesktop.DBus.GetNameOwner",
            &format!("string:{name}"),
        ];
        wait::until(&format!("{name} on the bus"), || {
            self.run(folder, &words, None).status.success().then_some(())
        });
    }
}

impl Drop for Desktop {
    /// Ends the programs before what they hang on: the last started first.
    fn drop(&mut self) {
        drop(self.notifications.take());
        while let Some(program) = self.programs.pop() {
            drop(program);
        }
    }
}
