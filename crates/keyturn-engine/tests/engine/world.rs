//! What the tests stand on.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

use chrono::{DateTime, TimeDelta, Utc};
use keyturn_core::{
    CredentialRef, EnvironmentName, ManualClock, RotationPolicy, Secret, SecretFields,
};
use keyturn_engine::{
    AddCredential, Engine, EngineError, Init, LiveToken, Ports, TokenRequest, UnlockWith,
};
use keyturn_http::{Answer, Endpoint, Outgoing, SendError, Sending, Timing, Transport};
use keyturn_providers::Catalogue;
use keyturn_vault::{KdfCost, MemoryKeystore, Protection, VaultPaths};
use tokio::sync::Semaphore;

pub(crate) const PASSPHRASE: &str = "correct horse battery staple vulture";
pub(crate) const KEY: &str = "canary-long-lived-key-7x9z";

/// A provider without a network: it counts requests and answers in turn what it was told, the last
/// answer again and again. It answers only when a permit is there.
pub(crate) struct FakeProvider {
    answers: Mutex<Vec<Result<(u16, String), SendError>>>,
    pub(crate) asked: AtomicUsize,
    pub(crate) gate: Semaphore,
}

impl Transport for FakeProvider {
    fn send<'a>(&'a self, _: &'a Endpoint, _: &'a Outgoing) -> Sending<'a> {
        Box::pin(async {
            self.asked.fetch_add(1, Ordering::SeqCst);
            self.gate.acquire().await.expect("the gate is never closed").forget();
            let mut answers = self.answers.lock().unwrap();
            let next = if answers.len() > 1 { answers.remove(0) } else { answers[0].clone() };
            let (status, body) = next?;
            Ok(Answer {
                status,
                headers: Vec::new(),
                body: body.into_bytes(),
                timing: Timing::default(),
                tls: None,
                attempts: 1,
            })
        })
    }
}

pub(crate) struct World {
    pub(crate) engine: Arc<Engine>,
    pub(crate) clock: Arc<ManualClock>,
    pub(crate) provider: Arc<FakeProvider>,
    keystore: Arc<MemoryKeystore>,
    folder: tempfile::TempDir,
}

impl World {
    /// An open vault without credentials; the provider answers at once.
    pub(crate) fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let provider = Arc::new(FakeProvider {
            answers: Mutex::new(vec![Ok((404, String::new()))]),
            asked: AtomicUsize::new(0),
            gate: Semaphore::new(1_000),
        });
        let clock = Arc::new(ManualClock::at("2026-06-15T12:00:00Z".parse().unwrap()));
        let keystore = Arc::new(MemoryKeystore::new());
        let engine = engine(&folder, &clock, &provider, &keystore);
        let passphrase = Some(Secret::new(PASSPHRASE.to_owned()));
        engine.init(&Init { protection: Some(Protection::Passphrase), passphrase }).unwrap();
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

    pub(crate) fn unlock(&self) -> Result<(), EngineError> {
        self.engine.unlock(&UnlockWith::Passphrase(Secret::new(PASSPHRASE.to_owned())))
    }

    pub(crate) fn now(&self) -> DateTime<Utc> {
        self.engine.now()
    }

    /// What the provider says from now on, in turn.
    pub(crate) fn provider_says(&self, answers: &[(u16, String)]) {
        *self.provider.answers.lock().unwrap() = answers.iter().cloned().map(Ok).collect();
    }

    pub(crate) fn provider_is_down(&self) {
        let error = SendError::Timeout { host: "production.deepvue.tech:443".to_owned() };
        *self.provider.answers.lock().unwrap() = vec![Err(error)];
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
    clock: &Arc<ManualClock>,
    provider: &Arc<FakeProvider>,
    keystore: &Arc<MemoryKeystore>,
) -> Arc<Engine> {
    Arc::new(Engine::new(Ports {
        clock: clock.clone(),
        transport: provider.clone(),
        keystore: keystore.clone(),
        catalogue: Catalogue::builtin(),
        paths: VaultPaths {
            vault: folder.path().join("vault.kyt"),
            backups: folder.path().join("backups"),
            anchor: folder.path().join("anchor"),
            lock: folder.path().join("vault.lock"),
        },
        kdf_cost: KdfCost::CHEAPEST,
    }))
}

/// The token of `deepvue/main`, whatever time it has left.
pub(crate) fn wanted() -> TokenRequest {
    TokenRequest {
        reference: "deepvue/main".parse().unwrap(),
        environment: None,
        min_ttl: TimeDelta::zero(),
        renew: false,
    }
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
        last_four: None,
        rotation: RotationPolicy::default(),
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
