//! kill -9 in the middle of each step: never a lost old or new key, never one in use that is not known to
//! work, and the step can be taken again.
//!
//! Each round copies a vault that stands before the step, lets a child process take the step, and kills it
//! at another moment of it. The child is this test program itself. The vault is opened by a keyring in a
//! file, so that a round costs no key derivation. `KEYTURN_KILLS` sets the rounds of each step.

use std::collections::BTreeMap;
use std::fs;
use std::io::{BufRead as _, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::time::{Duration, Instant};

use keyturn_core::{
    Credential, CredentialRef, FixedChance, RotationStage, Secret, SecretBytes, SystemClock,
    VaultId,
};
use keyturn_engine::{AskSupport, Engine, EngineError, Init, Ports, StoreNext, UnlockWith};
use keyturn_http::{Answer, Endpoint, Outgoing, SendError, Sending, Timing, Transport};
use keyturn_providers::Catalogue;
use keyturn_vault::{
    Batch, KdfCost, Keystore, KeystoreError, Protection, Purpose, SecretSlot, Unlock, Vault,
    VaultPaths,
};

use super::{NEW, OLD, values};
use crate::world::credential;

/// Tells the child which step it takes, and where.
const STEP: &str = "KEYTURN_TEST_STEP";
const FOLDER: &str = "KEYTURN_TEST_FOLDER";

const STEPS: [&str; 8] =
    ["start", "request", "store", "verify", "confirm", "promote", "roll back", "retire"];

/// A keyring whose values are files.
struct Files(PathBuf);

impl Files {
    fn path(&self, purpose: Purpose) -> PathBuf {
        self.0.join(format!("{purpose:?}"))
    }
}

impl Keystore for Files {
    fn put(&self, _: VaultId, purpose: Purpose, value: &[u8]) -> Result<(), KeystoreError> {
        let new = self.path(purpose).with_extension("new");
        let written = fs::write(&new, value).and_then(|()| fs::rename(&new, self.path(purpose)));
        written.map_err(|_| KeystoreError::Unavailable)
    }

    fn get(&self, _: VaultId, purpose: Purpose) -> Result<SecretBytes, KeystoreError> {
        fs::read(self.path(purpose)).map(SecretBytes::new).map_err(|_| KeystoreError::Absent)
    }

    fn delete(&self, _: VaultId, purpose: Purpose) -> Result<(), KeystoreError> {
        fs::remove_file(self.path(purpose)).map_err(|_| KeystoreError::Absent)
    }

    fn available(&self) -> bool {
        true
    }
}

/// A provider that takes every key but, once it is asked to retire one, the old.
struct Judging {
    refuses: bool,
}

impl Transport for Judging {
    fn send<'a>(&'a self, _: &'a Endpoint, _: &'a Outgoing) -> Sending<'a> {
        let (status, body) = if self.refuses {
            (401, r#"{"detail":"Could not validate credentials"}"#)
        } else {
            (200, "{}")
        };
        let answer: Result<Answer, SendError> = Ok(Answer {
            status,
            headers: Vec::new(),
            body: body.as_bytes().to_vec(),
            timing: Timing::default(),
            tls: None,
            attempts: 1,
            size: keyturn_http::BodySize::default(),
        });
        Box::pin(async { answer })
    }
}

fn paths(folder: &Path) -> VaultPaths {
    VaultPaths {
        vault: folder.join("vault.kyt"),
        backups: folder.join("backups"),
        anchor: folder.join("anchor"),
        lock: folder.join("vault.lock"),
    }
}

pub(super) fn engine(folder: &Path, refuses: bool) -> Arc<Engine> {
    Arc::new(Engine::new(Ports {
        clock: Arc::new(SystemClock),
        chance: Arc::new(FixedChance(0.5)),
        transport: Arc::new(Judging { refuses }),
        keystore: Arc::new(Files(folder.to_owned())),
        catalogue: Catalogue::builtin(),
        own_profiles: folder.join("providers"),
        paths: paths(folder),
        kdf_cost: KdfCost::CHEAPEST,
    }))
}

pub(super) fn main_key() -> CredentialRef {
    "deepcurrent/main".parse().unwrap()
}

fn take(folder: &Path, step: &str) -> Result<(), EngineError> {
    let engine = engine(folder, step == "retire");
    engine.unlock(&UnlockWith::Keyring)?;
    announce("begins");
    let taken = take_with(&engine, step);
    engine.lock()?;
    taken
}

/// What the child says, past the test's own capture.
fn announce(word: &str) {
    use std::io::Write as _;
    if std::env::var_os(STEP).is_some() {
        drop(writeln!(std::io::stderr(), "{word}"));
    }
}

fn take_with(engine: &Arc<Engine>, step: &str) -> Result<(), EngineError> {
    let main = main_key();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    match step {
        "start" => engine.start_rotation(&main, "test"),
        "request" => engine.note_support_request(&main, AskSupport::default(), "test"),
        "store" => {
            let values = values(&[("api_key", NEW)]);
            let request = StoreNext { reference: main, values, replace: false };
            engine.store_next(request, "test")
        }
        "verify" => runtime.block_on(engine.verify_next(&main, false, "test")),
        "confirm" => engine.confirm_next(&main, false, "test"),
        "promote" => engine.promote_next(&main, false, "test"),
        "roll back" => runtime.block_on(engine.roll_back(&main, "test")),
        "retire" => runtime.block_on(engine.retire_previous(&main, false, "test")).map(drop),
        other => panic!("no such step: {other}"),
    }
}

/// What a vault holds after a crash: the credential, and its values by slot.
pub(super) struct Found {
    pub(super) credential: Credential,
    pub(super) slots: BTreeMap<SecretSlot, String>,
}

fn open(folder: &Path) -> Vault {
    Vault::open(&paths(folder), Unlock::Keyring, &Files(folder.to_owned())).unwrap()
}

pub(super) fn look(folder: &Path) -> Found {
    let vault = open(folder);
    let credential = vault.credentials().next().unwrap().clone();
    let mut slots = BTreeMap::new();
    for slot in [SecretSlot::Current, SecretSlot::Next, SecretSlot::Previous] {
        let secrets = vault.secrets_in(credential.id, slot).unwrap();
        if let Some((_, value)) = secrets.iter().next() {
            slots.insert(slot, value.expose().clone());
        }
    }
    Found { credential, slots }
}

impl Found {
    /// What is wrong with it, where anything is.
    fn loss(&self, step: &str, acknowledged: bool) -> Option<String> {
        let holds = |key: &str| self.slots.values().any(|value| value == key);
        let slot = |slot| self.slots.get(&slot).map(String::as_str);
        let stage = self.credential.rotating.as_ref().map(|rotation| rotation.stage);
        let begun = STEPS.iter().position(|known| *known == step).unwrap_or(STEPS.len());
        let retired = step == "retire" && stage.is_none();
        if !holds(OLD) && !retired {
            return Some("the old key is lost".to_owned());
        }
        if !holds(NEW) && (begun > 2 || (begun == 2 && acknowledged)) {
            return Some("the new key is lost".to_owned());
        }
        let in_use = slot(SecretSlot::Current);
        let fits = match stage {
            None if retired => in_use == Some(NEW) && self.slots.len() == 1,
            None | Some(RotationStage::Started | RotationStage::Requested) => {
                in_use == Some(OLD) && self.slots.len() == 1
            }
            Some(RotationStage::Issued | RotationStage::Verified | RotationStage::Confirmed) => {
                in_use == Some(OLD) && slot(SecretSlot::Next) == Some(NEW)
            }
            Some(RotationStage::Promoted | RotationStage::Retiring) => {
                in_use == Some(NEW) && slot(SecretSlot::Previous) == Some(OLD)
            }
        };
        if !fits {
            return Some(format!("the keys do not fit the stage {stage:?}"));
        }
        let known = self.credential.rotating.as_ref().is_none_or(|one| one.verified.is_some());
        if in_use == Some(NEW) && !known {
            return Some("a key is in use that is not known to work".to_owned());
        }
        None
    }
}

/// A vault is refused in a folder that others may enter.
fn make_private(folder: &Path) {
    use std::os::unix::fs::DirBuilderExt as _;
    fs::DirBuilder::new().mode(0o700).create(folder).unwrap();
}

fn copy(from: &Path, to: &Path) {
    make_private(to);
    for entry in fs::read_dir(from).unwrap().flatten().filter(|entry| entry.path().is_file()) {
        fs::copy(entry.path(), to.join(entry.file_name())).unwrap();
    }
}

/// Starts this program once more for one step; it says when it begins.
fn child(folder: &Path, step: &str) -> (Child, BufReader<std::process::ChildStderr>) {
    let mut child = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "rotation::kills::the_child", "--nocapture"])
        .env(STEP, step)
        .env(FOLDER, folder)
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut said = BufReader::new(child.stderr.take().unwrap());
    let mut line = String::new();
    while said.read_line(&mut line).unwrap() > 0 && !line.ends_with("begins\n") {}
    assert!(line.ends_with("begins\n"), "{step}: {line}");
    (child, said)
}

/// The child's side; a test that does nothing where nobody asks for it.
#[test]
fn the_child() {
    let (Ok(step), Some(folder)) = (std::env::var(STEP), std::env::var_os(FOLDER)) else { return };
    match step.as_str() {
        "weakened promote" => weakened_promote(Path::new(&folder)),
        step => take(Path::new(&folder), step).unwrap(),
    }
    announce("done");
}

fn rounds() -> u32 {
    std::env::var("KEYTURN_KILLS").ok().and_then(|text| text.parse().ok()).unwrap_or(5)
}

#[test]
fn kill_9_in_any_step_loses_no_key_and_promotes_none_that_is_unknown() {
    let folder = tempfile::tempdir().unwrap();
    let before = folder.path().join("before");
    prepare(&before);
    let rounds = rounds();
    let (mut cut_short, mut acknowledged) = (0, 0);
    for step in STEPS {
        // How long the step takes here, unhurt; the kills are spread over it.
        let whole = folder.path().join("whole");
        copy(&before, &whole);
        let (mut unhurt, mut said) = child(&whole, step);
        let began = Instant::now();
        let mut rest = String::new();
        std::io::Read::read_to_string(&mut said, &mut rest).unwrap();
        let takes = began.elapsed();
        assert!(unhurt.wait().unwrap().success(), "{step}: {rest}");
        for round in 0..rounds {
            let victim = folder.path().join(format!("{step} {round}"));
            copy(&before, &victim);
            let (mut running, mut said) = child(&victim, step);
            spin(takes * round / rounds);
            running.kill().unwrap();
            let mut rest = String::new();
            std::io::Read::read_to_string(&mut said, &mut rest).unwrap();
            running.wait().unwrap();
            let done = rest.contains("done");
            acknowledged += u32::from(done);
            cut_short += u32::from(!done);
            let found = look(&victim);
            assert_eq!(found.loss(step, done), None, "{step}, round {round}, done: {done}");
            again(&victim, step);
            let found = look(&victim);
            assert_eq!(found.loss(step, true), None, "{step} again, round {round}");
            fs::remove_dir_all(&victim).unwrap();
        }
        fs::remove_dir_all(&before).unwrap();
        fs::rename(&whole, &before).unwrap();
        if step == "roll back" {
            take(&before, "promote").unwrap();
        }
    }
    assert!(cut_short > 0, "some were killed before their end: {cut_short}, {acknowledged}");
}

/// The step once more, after a crash somewhere in it.
fn again(folder: &Path, step: &str) {
    let stage = look(folder).credential.rotating.map(|rotation| rotation.stage);
    let already = match step {
        "roll back" => stage < Some(RotationStage::Promoted),
        "retire" => stage.is_none(),
        _ => false,
    };
    if !already {
        take(folder, step).unwrap();
    }
}

/// Waits without sleeping: a sleep is coarser than the steps are long.
fn spin(span: Duration) {
    let began = Instant::now();
    while began.elapsed() < span {
        std::hint::spin_loop();
    }
}

pub(super) fn prepare(folder: &Path) {
    make_private(folder);
    let engine = engine(folder, false);
    engine.init(&Init { protection: Some(Protection::Keyring), passphrase: None }).unwrap();
    engine.add(credential("deepcurrent", &[], &[("api_key", OLD)]), "test").unwrap();
    engine.lock().unwrap();
}

/// A promotion in two transactions, the old key overwritten by the first: killed in between.
fn weakened_promote(folder: &Path) {
    let mut vault = open(folder);
    announce("begins");
    let credential = vault.credentials().next().unwrap().clone();
    let mut batch = Batch::new();
    let next = vault.secrets_in(credential.id, SecretSlot::Next).unwrap();
    batch.put_secrets(credential.id, next);
    vault.commit(batch).unwrap();
    std::process::abort();
}

/// The positive control: the same look finds the key that a weaker order loses.
#[test]
fn a_promotion_in_two_transactions_would_lose_the_old_key() {
    let parent = tempfile::tempdir().unwrap();
    let folder = &parent.path().join("vault");
    prepare(folder);
    for step in ["start", "request", "store", "verify", "confirm"] {
        take(folder, step).unwrap();
        assert_eq!(look(folder).loss(step, true), None, "{step}");
    }
    let (mut weak, _said) = child(folder, "weakened promote");
    assert!(!weak.wait().unwrap().success());
    let loss = look(folder).loss("promote", false);
    assert_eq!(loss.as_deref(), Some("the old key is lost"));
    let secret = Secret::new(OLD.to_owned());
    assert!(!secret.is_empty(), "there was one to lose");
}
