//! What the tests stand on.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use chrono::{DateTime, FixedOffset, TimeDelta, Utc};
use keyturn_core::{
    Clock, CredentialRef, EnvironmentName, FixedChance, ManualClock, RotationPolicy, Secret,
    SecretFields,
};
use keyturn_engine::{
    AddCredential, EditCredential, Engine, EngineError, Init, LiveToken, Ports, TestRequest,
    TokenRequest, UnlockWith,
};
use keyturn_http::{
    Answer, Body, Endpoint, Outgoing, SendError, Sending, Timing, Transport, Value,
};
use keyturn_providers::Catalogue;
use keyturn_vault::{JournalEntry, KdfCost, MemoryKeystore, Protection, Unlock, Vault, VaultPaths};
use tokio::sync::Semaphore;
use tokio::time::Instant;

pub(crate) const PASSPHRASE: &str = "correct horse battery staple vulture";
pub(crate) const KEY: &str = "canary-long-lived-key-7x9z";

/// A provider without a network: it counts requests and answers in turn what it was told, the last
/// answer again and again. It answers only when a permit is there.
pub(crate) struct FakeProvider {
    answers: Mutex<Vec<Result<Said, SendError>>>,
    /// Decides instead of the answers, where it has something to say about the request that arrives.
    judge: Mutex<Option<Judge>>,
    pub(crate) asked: AtomicUsize,
    pub(crate) gate: Semaphore,
    /// The paths of the requests, in the order of their arrival.
    pub(crate) paths: Mutex<Vec<String>>,
    /// Where they went, and what their forms held: `HOST key=value key=value`.
    pub(crate) forms: Mutex<Vec<String>>,
    /// How long a request takes to arrive, and its answer to come back.
    pub(crate) latency: Mutex<Duration>,
}

fn form(endpoint: &Endpoint, outgoing: &Outgoing) -> String {
    let mut words = vec![endpoint.host_and_port()];
    if let Body::Form(pairs) = &outgoing.body {
        words.extend(pairs.iter().map(|(key, value)| match value {
            Value::Open(text) => format!("{key}={text}"),
            Value::Secret(secret) => format!("{key}={}", secret.expose()),
        }));
    }
    words.join(" ")
}

/// What a provider answers.
#[derive(Clone)]
pub(crate) struct Said {
    pub(crate) status: u16,
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: String,
}

type Judge = Box<dyn FnMut() -> Option<Said> + Send>;

impl Said {
    pub(crate) fn new(status: u16, headers: &[(&str, &str)], body: &str) -> Self {
        let headers = headers.iter().map(|(name, value)| ((*name).into(), (*value).into()));
        Self { status, headers: headers.collect(), body: body.to_owned() }
    }
}

impl Transport for FakeProvider {
    fn send<'a>(&'a self, endpoint: &'a Endpoint, outgoing: &'a Outgoing) -> Sending<'a> {
        Box::pin(async {
            let latency = *self.latency.lock().unwrap();
            if !latency.is_zero() {
                tokio::time::sleep(latency).await;
            }
            self.asked.fetch_add(1, Ordering::SeqCst);
            self.paths.lock().unwrap().push(outgoing.path.clone());
            self.forms.lock().unwrap().push(form(endpoint, outgoing));
            self.gate.acquire().await.expect("the gate is never closed").forget();
            let judged = {
                // A judge that panics is a test's own wish.
                let mut judge = self.judge.lock().unwrap_or_else(PoisonError::into_inner);
                judge.as_mut().and_then(|judge| judge())
            };
            let said = if let Some(said) = judged {
                said
            } else {
                let mut answers = self.answers.lock().unwrap();
                if answers.len() > 1 { answers.remove(0) } else { answers[0].clone() }?
            };
            if !latency.is_zero() {
                tokio::time::sleep(latency).await;
            }
            Ok(Answer {
                status: said.status,
                headers: said.headers,
                body: said.body.into_bytes(),
                timing: Timing::default(),
                tls: None,
                attempts: 1,
                size: keyturn_http::BodySize::default(),
            })
        })
    }
}

/// A clock that stands still until it is moved; on paused time it goes with the runtime.
pub(crate) struct TestClock {
    set: ManualClock,
    goes_since: Option<Instant>,
}

impl TestClock {
    pub(crate) fn advance(&self, span: TimeDelta) {
        self.set.advance(span);
    }

    /// The hands of the clock.
    pub(crate) const fn hands(&self) -> &ManualClock {
        &self.set
    }

    /// Takes the user to another zone.
    pub(crate) fn move_to(
        &self,
        offset: impl Fn(DateTime<Utc>) -> FixedOffset + Send + Sync + 'static,
    ) {
        self.set.move_to(offset);
    }
}

impl Clock for TestClock {
    fn now(&self) -> DateTime<Utc> {
        let gone = self.goes_since.map(|since| TimeDelta::from_std(since.elapsed()).unwrap());
        self.set.now() + gone.unwrap_or_default()
    }

    fn offset(&self, at: DateTime<Utc>) -> FixedOffset {
        self.set.offset(at)
    }
}

pub(crate) struct World {
    pub(crate) engine: Arc<Engine>,
    pub(crate) clock: Arc<TestClock>,
    pub(crate) provider: Arc<FakeProvider>,
    pub(crate) keystore: Arc<MemoryKeystore>,
    folder: tempfile::TempDir,
}

impl World {
    /// An open vault without credentials; the provider answers at once.
    pub(crate) fn new() -> Self {
        Self::with_clock(None, Protection::Passphrase)
    }

    /// The same in a test on paused time (`start_paused`): the clock goes with it, and nobody waits.
    pub(crate) fn on_paused_time() -> Self {
        Self::with_clock(Some(Instant::now()), Protection::Passphrase)
    }

    /// The same with a vault that the keyring alone opens, in no time.
    pub(crate) fn on_keyring() -> Self {
        Self::with_clock(None, Protection::Keyring)
    }

    fn with_clock(goes_since: Option<Instant>, protection: Protection) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let provider = Arc::new(FakeProvider {
            answers: Mutex::new(vec![Ok(Said::new(404, &[], ""))]),
            judge: Mutex::default(),
            asked: AtomicUsize::new(0),
            gate: Semaphore::new(10_000),
            paths: Mutex::default(),
            forms: Mutex::default(),
            latency: Mutex::default(),
        });
        let set = ManualClock::at("2026-06-15T12:00:00Z".parse().unwrap());
        let clock = Arc::new(TestClock { set, goes_since });
        let keystore = Arc::new(MemoryKeystore::new());
        let engine = engine(&folder, &clock, &provider, &keystore);
        let passphrase = Some(Secret::new(PASSPHRASE.to_owned()));
        engine.init(&Init { protection: Some(protection), passphrase }).unwrap();
        Self { engine, clock, provider, keystore, folder }
    }

    /// Ends the engine as a crash does, and starts another over the same files, which is locked.
    pub(crate) fn reboot(self) -> Self {
        let Self { engine: old, clock, provider, keystore, folder } = self;
        assert_eq!(Arc::strong_count(&old), 1, "nobody holds the engine that ends");
        drop(old);
        let engine = engine(&folder, &clock, &provider, &keystore);
        Self { engine, clock, provider, keystore, folder }
    }

    /// Ends the engine and starts another over the same files.
    pub(crate) fn restart(self) -> Self {
        self.engine.lock().unwrap();
        let engine = engine(&self.folder, &self.clock, &self.provider, &self.keystore);
        let world = Self { engine, ..self };
        world.unlock().unwrap();
        world
    }

    /// Everything that the journal holds; the vault is locked afterwards.
    pub(crate) fn journal(&self) -> Vec<JournalEntry> {
        self.opened().journal().unwrap()
    }

    /// The vault itself, taken from the engine.
    pub(crate) fn opened(&self) -> Vault {
        self.engine.lock().unwrap();
        let passphrase = Secret::new(PASSPHRASE.to_owned());
        let unlock = Unlock::Passphrase(&passphrase);
        Vault::open(&paths(&self.folder), unlock, &*self.keystore).unwrap()
    }

    /// The file of the schedule.
    pub(crate) fn schedule_file(&self) -> std::path::PathBuf {
        self.folder.path().join("schedule.kyt")
    }

    pub(crate) fn vault_file(&self) -> std::path::PathBuf {
        self.folder.path().join("vault.kyt")
    }

    pub(crate) fn unlock(&self) -> Result<(), EngineError> {
        let status = self.engine.status().unwrap();
        if status.protection == Some(Protection::Keyring) {
            return self.engine.unlock(&UnlockWith::Keyring);
        }
        self.engine.unlock(&UnlockWith::Passphrase(Secret::new(PASSPHRASE.to_owned())))
    }

    pub(crate) fn now(&self) -> DateTime<Utc> {
        self.engine.now()
    }

    /// What the provider says from now on, in turn.
    pub(crate) fn provider_says(&self, answers: &[(u16, String)]) {
        let said = answers.iter().map(|(status, body)| Said::new(*status, &[], body));
        self.provider_answers(said);
    }

    /// The same, with headers.
    pub(crate) fn provider_answers(&self, answers: impl IntoIterator<Item = Said>) {
        *self.provider.answers.lock().unwrap() = answers.into_iter().map(Ok).collect();
    }

    /// Lets a judge decide about each request that arrives.
    pub(crate) fn provider_judges(&self, judge: impl FnMut() -> Option<Said> + Send + 'static) {
        *self.provider.judge.lock().unwrap() = Some(Box::new(judge));
    }

    pub(crate) fn provider_is_unreachable(&self) {
        let error = SendError::Dns { host: "provider.example".to_owned() };
        *self.provider.answers.lock().unwrap() = vec![Err(error)];
    }

    pub(crate) fn provider_is_down(&self) {
        let error = SendError::Timeout { host: "production.deepvue.tech:443".to_owned() };
        *self.provider.answers.lock().unwrap() = vec![Err(error)];
    }

    /// The file of a profile of the user's own.
    pub(crate) fn own_profile(&self, id: &str) -> std::path::PathBuf {
        self.folder.path().join("providers").join(format!("{id}.toml"))
    }

    pub(crate) fn asked(&self) -> usize {
        self.provider.asked.load(Ordering::SeqCst)
    }

    /// Adds `deepvue/main`, whose tokens end 24 h after they were bought.
    pub(crate) fn add_deepvue(&self) -> CredentialRef {
        self.engine.add(deepvue(), "test").unwrap().credential.reference()
    }

    pub(crate) async fn token(&self) -> Result<LiveToken, EngineError> {
        self.engine.token(&wanted(), "test").await
    }
}

fn engine(
    folder: &tempfile::TempDir,
    clock: &Arc<TestClock>,
    provider: &Arc<FakeProvider>,
    keystore: &Arc<MemoryKeystore>,
) -> Arc<Engine> {
    Arc::new(Engine::new(Ports {
        clock: clock.clone(),
        chance: Arc::new(FixedChance(0.5)),
        transport: provider.clone(),
        keystore: keystore.clone(),
        catalogue: Catalogue::builtin(),
        own_profiles: folder.path().join("providers"),
        paths: paths(folder),
        kdf_cost: KdfCost::CHEAPEST,
    }))
}

fn paths(folder: &tempfile::TempDir) -> VaultPaths {
    VaultPaths {
        vault: folder.path().join("vault.kyt"),
        backups: folder.path().join("backups"),
        anchor: folder.path().join("anchor"),
        lock: folder.path().join("vault.lock"),
    }
}

/// An edit that changes nothing yet.
pub(crate) fn unchanged(reference: CredentialRef) -> EditCredential {
    EditCredential {
        reference,
        name: None,
        environments: None,
        owner: None,
        note: None,
        fields: BTreeMap::default(),
        secrets: SecretFields::new(),
        mark: None,
        issued_on: None,
        expires_on: None,
        clear_issued_on: false,
        clear_expires_on: false,
        rotate_every_days: None,
        replace_on: None,
        clear_replace_on: false,
        age_only: None,
        plan: None,
        keep_fresh: None,
        favourite: None,
        allow_plain_http: false,
        confirmed: false,
    }
}

/// A request that reads, at a path of a provider.
pub(crate) fn reading(reference: &str, path: &str) -> TestRequest {
    TestRequest { path: Some(path.to_owned()), ..TestRequest::new(reference.parse().unwrap()) }
}

/// The token of `deepvue/main`, whatever time it has left.
pub(crate) fn wanted() -> TokenRequest {
    TokenRequest::usable("deepvue/main".parse().unwrap(), None)
}

pub(crate) fn deepvue() -> AddCredential {
    credential("deepvue", &[("client_id", "id-1")], &[("client_secret", KEY)])
}

pub(crate) fn credential(
    provider: &str,
    open: &[(&str, &str)],
    secrets: &[(&str, &str)],
) -> AddCredential {
    let open: BTreeMap<_, _> =
        open.iter().map(|(name, value)| (name.parse().unwrap(), (*value).to_owned())).collect();
    let secrets: SecretFields = secrets
        .iter()
        .map(|(name, value)| (name.parse().unwrap(), Secret::new((*value).to_owned())))
        .collect();
    AddCredential {
        provider: provider.parse().unwrap(),
        name: "main".parse().unwrap(),
        environments: Vec::<EnvironmentName>::new(),
        owner: None,
        note: None,
        fields: open,
        secrets,
        mark: None,
        rotation: RotationPolicy::default(),
        plan: None,
        keep_fresh: false,
        allow_plain_http: false,
    }
}

/// What the provider answers when it sells a token that ends at `expiry`.
pub(crate) fn sold(token: &str, expiry: DateTime<Utc>) -> (u16, String) {
    let expiry = expiry.to_rfc3339();
    let answer =
        format!(r#"{{"access_token":"{token}","token_type":"bearer","expiry":"{expiry}"}}"#);
    (200, answer)
}
