//! The peer, KeePassXC, with a file of as many entries open.

use std::io::Write as _;
use std::process::{Child, Stdio};

use super::support::{Machine, wait};

const PASSWORD: &str = "correct horse";
/// What its window's title holds.
pub(crate) const TITLE: &str = "KeePassXC";

/// The running program; it ends with this.
pub(crate) struct KeePassXc(Child);

impl KeePassXc {
    /// Starts it, and waits for its window.
    pub(crate) fn open(machine: &Machine, database: &str) -> Self {
        let mut command = machine.foreign("keepassxc");
        command.args(["--pw-stdin", database]).stdin(Stdio::piped());
        command.stdout(Stdio::null()).stderr(Stdio::null());
        let mut child = command.spawn().expect("keepassxc is installed");
        let mut stdin = child.stdin.take().expect("its stdin is a pipe");
        writeln!(stdin, "{PASSWORD}").expect("it reads the password");
        wait::until("KeePassXC's window", || machine.shows_window(TITLE).then_some(()));
        Self(child)
    }

    pub(crate) fn process(&self) -> u32 {
        self.0.id()
    }
}

impl Drop for KeePassXc {
    fn drop(&mut self) {
        drop(self.0.kill());
        drop(self.0.wait());
    }
}

/// Makes a file of so many entries, and says its name in the machine's folder.
pub(crate) fn make_database(machine: &Machine, entries: usize) -> String {
    let entry = |number: usize| {
        let text = |key: &str, value: &str| {
            format!("<String><Key>{key}</Key><Value>{value}</Value></String>")
        };
        let name = format!("kept-{number:03}");
        format!("<Entry>{}{}</Entry>", text("Title", &name), text("Password", "a password of it"))
    };
    let entries: String = (1..=entries).map(entry).collect();
    let xml = format!(
        "<?xml version=\"1.0\"?><KeePassFile><Meta/><Root><Group><Name>Root</Name>{entries}</Group>\
         </Root></KeePassFile>"
    );
    let file = machine.folder().join("peer.xml");
    std::fs::write(file, xml).expect("a file can be written");
    let mut command = machine.foreign("keepassxc-cli");
    command.args(["import", "-p", "peer.xml", "peer.kdbx"]).stdin(Stdio::piped());
    let mut child = command.stdout(Stdio::null()).spawn().expect("keepassxc-cli is installed");
    let mut stdin = child.stdin.take().expect("its stdin is a pipe");
    writeln!(stdin, "{PASSWORD}\n{PASSWORD}").expect("it reads the password");
    drop(stdin);
    assert!(child.wait().expect("it ends").success(), "the peer's file is made");
    "peer.kdbx".to_owned()
}
