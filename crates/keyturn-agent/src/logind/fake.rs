//! A fake logind on a private bus: it hands out inhibitors, and tells what the test wants told.

use std::io::Read as _;
use std::process::{Child, Command, Stdio};

use tokio::io::AsyncReadExt as _;
use tokio::net::unix::pipe;
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};
use zbus::connection::Builder;
use zbus::zvariant::{OwnedFd, OwnedObjectPath};
use zbus::{Connection, fdo, interface};

use super::{MANAGER, PLACE, SERVICE, SESSION};

/// No service files: whoever is not started by the test is not there.
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

/// The session of the user that runs the tests, and somebody else's.
pub(super) const OWN: &str = "/org/freedesktop/login1/session/own";
pub(super) const FOREIGN: &str = "/org/freedesktop/login1/session/foreign";

/// The fake, with its bus.
pub(super) struct FakeLogind {
    service: Connection,
    /// The inhibitors that were asked for, as pipes that end when they are let go.
    inhibitors: UnboundedReceiver<pipe::Receiver>,
    address: String,
    daemon: Child,
    _folder: tempfile::TempDir,
}

struct Manager(UnboundedSender<pipe::Receiver>);

#[interface(name = "org.freedesktop.login1.Manager")]
impl Manager {
    #[expect(clippy::needless_pass_by_value, reason = "zbus wants it so")]
    fn inhibit(
        &self,
        what: String,
        who: String,
        why: String,
        mode: String,
    ) -> fdo::Result<OwnedFd> {
        assert_eq!((what.as_str(), mode.as_str()), ("sleep", "delay"));
        assert!(
            !who.is_empty() && !why.is_empty(),
            "the user is told who delays the sleep, and why"
        );
        let failed = |error: std::io::Error| fdo::Error::Failed(error.to_string());
        let (sender, receiver) = pipe::pipe().map_err(failed)?;
        let held = sender.into_nonblocking_fd().map_err(failed)?;
        self.0.send(receiver).map_err(|error| fdo::Error::Failed(error.to_string()))?;
        Ok(held.into())
    }
}

struct Session(u32);

#[interface(name = "org.freedesktop.login1.Session")]
impl Session {
    #[zbus(property)]
    fn user(&self) -> (u32, OwnedObjectPath) {
        (self.0, PLACE.try_into().expect("it is a path"))
    }
}

impl FakeLogind {
    pub(super) async fn start() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let configuration = folder.path().join("bus.conf");
        let text = BUS.replace("FOLDER", &folder.path().to_string_lossy());
        std::fs::write(&configuration, text).unwrap();
        let mut daemon = Command::new("dbus-daemon")
            .arg("--config-file")
            .arg(&configuration)
            .args(["--nofork", "--nopidfile", "--print-address=1"])
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("dbus-daemon is installed (package dbus)");
        let address = first_line(&mut daemon);
        let (asked, inhibitors) = unbounded_channel();
        let user = rustix::process::geteuid().as_raw();
        let service = Builder::address(address.as_str())
            .unwrap()
            .name(SERVICE)
            .unwrap()
            .serve_at(PLACE, Manager(asked))
            .unwrap()
            .serve_at(OWN, Session(user))
            .unwrap()
            .serve_at(FOREIGN, Session(user + 1))
            .unwrap()
            .build()
            .await
            .unwrap();
        Self { service, inhibitors, address, daemon, _folder: folder }
    }

    /// A connection of somebody who wants to be told.
    pub(super) async fn connect(&self) -> Connection {
        Builder::address(self.address.as_str()).unwrap().build().await.unwrap()
    }

    /// Waits until it was asked to wait with a sleep.
    pub(super) async fn asked_to_wait(&mut self) -> Inhibitor {
        Inhibitor(self.inhibitors.recv().await.expect("the fake lives"))
    }

    /// Tells that the machine is about to sleep, or awake again.
    pub(super) async fn prepare_for_sleep(&self, begins: bool) {
        let none = None::<&str>;
        let told = self.service.emit_signal(none, PLACE, MANAGER, "PrepareForSleep", &begins).await;
        told.unwrap();
    }

    /// Asks a session to lock its screen.
    pub(super) async fn lock(&self, session: &str) {
        let told = self.service.emit_signal(None::<&str>, session, SESSION, "Lock", &()).await;
        told.unwrap();
    }
}

impl Drop for FakeLogind {
    fn drop(&mut self) {
        drop(self.daemon.kill());
        drop(self.daemon.wait());
    }
}

/// Somebody who has the machine wait.
pub(super) struct Inhibitor(pipe::Receiver);

impl Inhibitor {
    /// Waits until it is let go.
    pub(super) async fn let_go(mut self) {
        assert_eq!(self.0.read(&mut [0]).await.unwrap(), 0, "nothing is written to it");
    }
}

/// A byte at a time: the rest belongs to nobody here.
fn first_line(daemon: &mut Child) -> String {
    let mut line = Vec::new();
    let stdout = daemon.stdout.as_mut().expect("its stdout is a pipe");
    let mut byte = [0];
    while stdout.read(&mut byte).unwrap() == 1 && byte[0] != b'\n' {
        line.push(byte[0]);
    }
    String::from_utf8(line).unwrap()
}
