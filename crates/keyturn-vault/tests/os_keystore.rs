//! The operating system's keyring for real: a gnome-keyring on a bus of its own.
//!
//! Without libtest, since every scenario needs an environment of its own: this program starts itself
//! again with the scenario's name inside a fresh session. Needs `dbus-daemon`, `dbus-send` and
//! `gnome-keyring-daemon`; without them it fails, since a keyring that is not tested does not work.
#![cfg_attr(not(target_os = "linux"), expect(unused, reason = "the Secret Service is Linux's"))]
#![expect(clippy::print_stdout, reason = "a test program reports what it does")]
#![expect(clippy::unwrap_used, reason = "a test program")]

use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use keyturn_core::{ManualClock, SecretString, VaultId};
use keyturn_vault::{
    KdfCost, Keystore, KeystoreError, OpenError, OsKeystore, Protection, Purpose, Unlock, Vault,
    VaultPaths,
};
use rustix::process::{Pid, Signal, kill_process};

const SCENARIO: &str = "KEYTURN_TEST_SCENARIO";
const BUS: &str = "DBUS_SESSION_BUS_ADDRESS";
/// What the trait promises, and a little for the machine.
const PATIENCE: Duration = Duration::from_millis(5_500);

/// No keyring takes so long to start.
const STARTING: Duration = Duration::from_secs(20);

/// What a scenario finds when it starts.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Session {
    NoBus,
    BusOnly,
    Keyring,
}

type Scenario = (&'static str, Session, fn());

const SCENARIOS: [Scenario; 7] = [
    ("values_are_stored_replaced_and_deleted", Session::Keyring, values),
    ("a_vault_of_both_opens_with_the_keyring_and_not_without", Session::Keyring, vault),
    ("a_locked_keyring_is_told_and_never_prompted", Session::Keyring, locked),
    ("a_silent_keyring_is_given_up_and_used_again_when_it_answers", Session::Keyring, silent),
    ("the_worker_ends_with_the_keystore", Session::Keyring, threads),
    ("a_bus_without_a_keyring_is_told", Session::BusOnly, unavailable),
    ("no_bus_at_all_is_told", Session::NoBus, unavailable),
];

fn main() {
    if let Ok(name) = std::env::var(SCENARIO) {
        let (.., scenario) = SCENARIOS.iter().find(|(known, ..)| *known == name).unwrap();
        scenario();
        return;
    }
    let filter = std::env::args().skip(1).find(|argument| !argument.starts_with('-'));
    let chosen = SCENARIOS
        .iter()
        .filter(|(name, ..)| filter.as_ref().is_none_or(|filter| name.contains(filter.as_str())));
    for (name, session, _) in chosen {
        run(name, *session);
        println!("test {name} ... ok");
    }
}

/// Ends a process when the scenario is over.
struct Ending(Child);

impl Drop for Ending {
    fn drop(&mut self) {
        drop(self.0.kill());
        drop(self.0.wait());
    }
}

fn run(name: &str, session: Session) {
    let folder = tempfile::tempdir().unwrap();
    let bus = folder.path().join("bus");
    let address = format!("unix:path={}", bus.display());
    let daemon = (session != Session::NoBus).then(|| start_bus(folder.path(), &bus));
    if session == Session::Keyring {
        start_keyring(folder.path(), &address);
    }
    let status = Command::new(std::env::current_exe().unwrap())
        .env(SCENARIO, name)
        .env(BUS, &address)
        .env("XDG_RUNTIME_DIR", folder.path())
        .env("HOME", folder.path())
        .status()
        .unwrap();
    // The keyring leaves with its bus.
    drop(daemon);
    assert!(status.success(), "{name} failed");
}

fn start_bus(folder: &Path, bus: &Path) -> Ending {
    let config = folder.join("bus.conf");
    let rules = format!(
        "<busconfig><type>session</type><listen>unix:path={}</listen><policy context=\"default\">\
         <allow send_destination=\"*\" eavesdrop=\"true\"/><allow eavesdrop=\"true\"/>\
         <allow own=\"*\"/></policy></busconfig>",
        bus.display()
    );
    std::fs::write(&config, rules).unwrap();
    let mut daemon = Command::new("dbus-daemon")
        .args(["--nofork", "--print-address"])
        .arg(format!("--config-file={}", config.display()))
        .stdout(Stdio::piped())
        .spawn()
        .expect("dbus-daemon is installed");
    // It prints its address when it listens.
    BufReader::new(daemon.stdout.take().unwrap()).read_line(&mut String::new()).unwrap();
    Ending(daemon)
}

/// Starts a keyring whose login collection is unlocked, and waits until it is on the bus: its command
/// returns a moment before that.
fn start_keyring(folder: &Path, address: &str) {
    let mut starter = Command::new("gnome-keyring-daemon")
        .args(["--unlock", "--components=secrets"])
        .env(BUS, address)
        .env("XDG_RUNTIME_DIR", folder)
        .env("XDG_DATA_HOME", folder.join("data"))
        .env("HOME", folder)
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .expect("gnome-keyring-daemon is installed");
    starter.stdin.take().unwrap().write_all(b"pw").unwrap();
    assert!(starter.wait().unwrap().success());
    let begun = Instant::now();
    while !is_on_the_bus(address) {
        assert!(begun.elapsed() < STARTING, "the keyring never came to the bus");
    }
}

fn is_on_the_bus(address: &str) -> bool {
    let mut asks = Command::new("dbus-send");
    asks.args(["--print-reply", "--dest=org.freedesktop.DBus", "/org/freedesktop/DBus"]);
    asks.args(["org.freedesktop.DBus.NameHasOwner", "string:org.freedesktop.secrets"]);
    let reply = asks.env(BUS, address).output().unwrap();
    String::from_utf8(reply.stdout).unwrap().contains("boolean true")
}

fn dbus_send(arguments: &[&str]) -> String {
    let output = Command::new("dbus-send").arg("--print-reply").args(arguments).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

fn keyring_process() -> Pid {
    let reply = dbus_send(&[
        "--dest=org.freedesktop.DBus",
        "/org/freedesktop/DBus",
        "org.freedesktop.DBus.GetConnectionUnixProcessID",
        "string:org.freedesktop.secrets",
    ]);
    let number = reply.split_whitespace().last().unwrap().parse().unwrap();
    Pid::from_raw(number).unwrap()
}

/// Holds a process still; lets it go on whatever happens, so that it can end.
struct Stopped(Pid);

impl Stopped {
    fn new(process: Pid) -> Self {
        kill_process(process, Signal::STOP).unwrap();
        Self(process)
    }
}

impl Drop for Stopped {
    fn drop(&mut self) {
        let _ = kill_process(self.0, Signal::CONT);
    }
}

fn lock_keyring() {
    dbus_send(&[
        "--dest=org.freedesktop.secrets",
        "/org/freedesktop/secrets",
        "org.freedesktop.Secret.Service.Lock",
        "array:objpath:/org/freedesktop/secrets/collection/login",
    ]);
}

/// A way of asking fails like this, within the time that the trait promises.
fn expect(what: &str, expected: KeystoreError, ask: &dyn Fn() -> Option<KeystoreError>) {
    let begun = Instant::now();
    assert_eq!(ask(), Some(expected), "{what}");
    assert!(begun.elapsed() < PATIENCE, "{what} took {:?}", begun.elapsed());
}

/// Every way of asking fails like this.
fn expect_all(keystore: &OsKeystore, vault: VaultId, expected: KeystoreError) {
    expect("get", expected, &|| keystore.get(vault, Purpose::Slot).err());
    expect("put", expected, &|| keystore.put(vault, Purpose::Slot, b"value").err());
    expect("delete", expected, &|| keystore.delete(vault, Purpose::Slot).err());
    expect("available", expected, &|| (!keystore.available()).then_some(expected));
}

fn values() {
    let keystore = OsKeystore::new();
    let (vault, other) = (VaultId::make_random(), VaultId::make_random());
    assert!(keystore.available());
    assert_eq!(keystore.get(vault, Purpose::Slot).unwrap_err(), KeystoreError::Absent);
    keystore.put(vault, Purpose::Slot, &[0, 1, 0xFF]).unwrap();
    keystore.put(vault, Purpose::Anchor, b"anchor").unwrap();
    keystore.put(other, Purpose::Slot, b"other").unwrap();
    assert_eq!(keystore.get(vault, Purpose::Slot).unwrap().expose(), &[0, 1, 0xFF]);
    keystore.put(vault, Purpose::Slot, b"second").unwrap();
    let anew = OsKeystore::new();
    assert_eq!(anew.get(vault, Purpose::Slot).unwrap().expose(), b"second");
    keystore.delete(vault, Purpose::Slot).unwrap();
    assert_eq!(keystore.get(vault, Purpose::Slot).unwrap_err(), KeystoreError::Absent);
    assert_eq!(keystore.delete(vault, Purpose::Slot).unwrap_err(), KeystoreError::Absent);
    assert_eq!(keystore.get(vault, Purpose::Anchor).unwrap().expose(), b"anchor");
    assert_eq!(keystore.get(other, Purpose::Slot).unwrap().expose(), b"other");
}

fn vault() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| -> PathBuf { folder.path().join("home").join(name) };
    let paths = VaultPaths {
        vault: at("vault.kyt"),
        backups: at("backups"),
        anchor: at("anchor"),
        lock: at("lock"),
    };
    let keystore = OsKeystore::new();
    let clock = ManualClock::at(chrono::DateTime::from_timestamp(1_772_000_000, 0).unwrap());
    let passphrase = SecretString::new("short".to_owned());
    let (vault, _) = Vault::create(
        &paths,
        Protection::Both,
        Some(&passphrase),
        &keystore,
        KdfCost::CHEAPEST,
        &clock,
    )
    .unwrap();
    let id = vault.vault_id();
    vault.lock(&keystore);
    assert!(keystore.get(id, Purpose::Anchor).is_ok(), "the anchor went to the keyring");
    let unlock = Unlock::Passphrase(&passphrase);
    assert_eq!(Vault::open(&paths, unlock, &keystore).unwrap().vault_id(), id);
    lock_keyring();
    let refused = Vault::open(&paths, unlock, &keystore).map(drop).unwrap_err();
    assert!(matches!(refused, OpenError::KeystoreUnavailable(KeystoreError::Locked)));
}

fn locked() {
    let keystore = OsKeystore::new();
    let vault = VaultId::make_random();
    keystore.put(vault, Purpose::Slot, b"value").unwrap();
    lock_keyring();
    expect_all(&keystore, vault, KeystoreError::Locked);
    let unknown = keystore.get(VaultId::make_random(), Purpose::Slot).unwrap_err();
    assert_eq!(unknown, KeystoreError::Locked, "a locked keyring may hold it");
}

fn silent() {
    let keystore = OsKeystore::new();
    let vault = VaultId::make_random();
    keystore.put(vault, Purpose::Slot, b"value").unwrap();
    let process = keyring_process();
    {
        let _stopped = Stopped::new(process);
        let get = || keystore.get(vault, Purpose::Slot).err();
        expect("get", KeystoreError::TimedOut, &get);
    }
    assert_eq!(keystore.get(vault, Purpose::Slot).unwrap().expose(), b"value");
}

fn threads() {
    let workers = || {
        std::fs::read_dir("/proc/self/task")
            .unwrap()
            .filter_map(|task| std::fs::read_to_string(task.unwrap().path().join("comm")).ok())
            .filter(|name| name.trim() == "keystore")
            .count()
    };
    let keystore = OsKeystore::new();
    for _ in 0..5 {
        assert!(keystore.available());
    }
    assert_eq!(workers(), 1, "one thread whatever the number of calls");
    drop(keystore);
    let begun = Instant::now();
    while workers() > 0 {
        assert!(begun.elapsed() < PATIENCE, "the worker is still there");
        std::thread::yield_now();
    }
}

fn unavailable() {
    expect_all(&OsKeystore::new(), VaultId::make_random(), KeystoreError::Unavailable);
}
