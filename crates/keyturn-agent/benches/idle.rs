//! What an agent costs that has nothing to do but to remind: a real process with 10,000 credentials,
//! their schedule and an open vault. Not a test: nothing here fails, it prints.

#![expect(clippy::print_stdout, reason = "a benchmark prints its figures")]
#![expect(clippy::unwrap_used, reason = "a benchmark")]

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader};
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::thread;
use std::time::Duration;

use chrono::Days;
use keyturn_core::{
    Clock, Credential, CredentialId, FixedChance, RotationPolicy, Secret, SecretFields, SystemClock,
};
use keyturn_engine::{AddCredential, Engine, Init, Ports};
use keyturn_http::HttpTransport;
use keyturn_protocol::calls::{ShowInbox, UnlockMethod, UnlockVault};
use keyturn_protocol::session::{SessionCommand, SessionReport};
use keyturn_protocol::{Asking, Client, Home, SecretOnWire};
use keyturn_providers::Catalogue;
use keyturn_vault::{Batch, KdfCost, MemoryKeystore, Protection, Unlock, Vault, VaultPaths};

const CREDENTIALS: u64 = 10_000;
/// Three rounds of the loop that looks at the wall clock.
const WATCHED: Duration = Duration::from_secs(90);
const PASSPHRASE: &str = "correct horse battery staple vulture";
/// Says that this process is the agent, and in which folder.
const ROLE: &str = "KEYTURN_BENCH_AGENT";

fn main() {
    if std::env::args().nth(1).as_deref() == Some("session") {
        return act_as_the_session();
    }
    if let Some(folder) = std::env::var_os(ROLE) {
        return keyturn_agent::run(home(Path::new(&folder)), false, false).unwrap();
    }
    let private = std::fs::Permissions::from_mode(0o700);
    let folder = tempfile::Builder::new().permissions(private).tempdir().unwrap();
    make_vault(folder.path());
    let agent = Command::new(std::env::current_exe().unwrap())
        .env(ROLE, folder.path())
        .env("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent")
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut agent = Agent(agent);
    let mut ready = String::new();
    BufReader::new(agent.0.stdout.take().unwrap()).read_line(&mut ready).unwrap();
    assert_eq!(ready.trim(), "ready");
    let mut client = Client::connect(&home(folder.path()).socket(), Asking::Never).unwrap();
    let passphrase = SecretOnWire(Secret::new(PASSPHRASE.to_owned()));
    client.call(UnlockVault { method: UnlockMethod::Passphrase(passphrase) }).unwrap();
    // What is due is told first.
    while client.call(ShowInbox {}).unwrap().items.iter().any(|item| item.told_at.is_none()) {
        thread::sleep(Duration::from_millis(100));
    }
    thread::sleep(Duration::from_secs(5));
    let before = processor_time(agent.0.id());
    thread::sleep(WATCHED);
    let used = processor_time(agent.0.id()).checked_sub(before).unwrap();
    let percent = used.as_secs_f64() / WATCHED.as_secs_f64() * 100.0;
    println!(
        "agent idle with {CREDENTIALS} credentials: {} ms of a processor in {} s, {percent:.3} % \
         of a core (bar 0.1 %) {}",
        used.as_millis(),
        WATCHED.as_secs(),
        if percent <= 0.1 { "ok" } else { "MISSED" },
    );
}

/// Ends the agent with the benchmark, however that ends.
struct Agent(Child);

impl Drop for Agent {
    fn drop(&mut self) {
        self.0.kill().ok();
        self.0.wait().ok();
    }
}

/// User and system time of a process with all its threads, in the kernel's hundredths of a second.
fn processor_time(pid: u32) -> Duration {
    let stat = std::fs::read_to_string(format!("/proc/{pid}/stat")).unwrap();
    let fields: Vec<&str> = stat.rsplit(')').next().unwrap().split_whitespace().collect();
    let ticks = |index: usize| fields[index].parse::<u64>().unwrap();
    Duration::from_millis((ticks(11) + ticks(12)) * 10)
}

/// The desktop's side: everything is shown at once.
fn act_as_the_session() {
    for line in std::io::stdin().lock().lines().map_while(Result::ok) {
        if let Ok(SessionCommand::Notify { id, .. }) = serde_json::from_str(&line) {
            let report = serde_json::to_string(&SessionReport::Shown { id }).unwrap();
            println!("{report}");
        }
    }
}

fn home(folder: &Path) -> Home {
    Home::resolve(Some(folder.to_owned()), 0, |_| None).unwrap()
}

/// A vault whose keys end on days from a few months ago to many years ahead.
fn make_vault(folder: &Path) {
    let home = home(folder);
    std::fs::create_dir_all(&home.state).unwrap();
    let paths = || VaultPaths {
        vault: home.vault(),
        backups: home.data.join("backups"),
        anchor: home.state.join("anchor"),
        lock: home.data.join("vault.lock"),
    };
    let keystore = Arc::new(MemoryKeystore::new());
    let engine = Engine::new(Ports {
        clock: Arc::new(SystemClock),
        chance: Arc::new(FixedChance(0.5)),
        transport: Arc::new(HttpTransport::new()),
        keystore: keystore.clone(),
        catalogue: Catalogue::builtin(),
        own_profiles: home.profiles(),
        paths: paths(),
        kdf_cost: KdfCost::CHEAPEST,
    });
    let passphrase = Secret::new(PASSPHRASE.to_owned());
    let init =
        Init { protection: Some(Protection::Passphrase), passphrase: Some(passphrase.duplicate()) };
    engine.init(&init).unwrap();
    engine.add(first(), "bench").unwrap();
    engine.lock().unwrap();
    drop(engine);
    let mut vault = Vault::open(&paths(), Unlock::Passphrase(&passphrase), &*keystore).unwrap();
    let first = vault.credentials().next().unwrap().clone();
    let mut batch = Batch::new();
    (1..CREDENTIALS).for_each(|number| batch.put_credential(another(&first, number)));
    vault.commit(batch).unwrap();
}

fn first() -> AddCredential {
    let mut secrets = SecretFields::new();
    secrets.insert("api_key".parse().unwrap(), Secret::new("a-key-of-the-benchmark".to_owned()));
    AddCredential {
        provider: "deepidv".parse().unwrap(),
        name: "credential-0".parse().unwrap(),
        environments: Vec::new(),
        owner: None,
        note: None,
        fields: BTreeMap::new(),
        secrets,
        mark: None,
        rotation: RotationPolicy::default(),
        plan: None,
        keep_fresh: false,
        allow_plain_http: false,
    }
}

fn another(first: &Credential, number: u64) -> Credential {
    let begin = SystemClock.today().checked_sub_days(Days::new(100)).unwrap();
    let rotation = RotationPolicy {
        expires_on: begin.checked_add_days(Days::new(number % 4_000)),
        ..RotationPolicy::default()
    };
    Credential {
        id: CredentialId::make_random(),
        name: format!("credential-{number}").parse().unwrap(),
        rotation,
        ..first.clone()
    }
}
