//! An engine with one credential of the sandbox, on a disk of its own.

use std::path::Path;
use std::sync::Arc;

use keyturn_core::{FixedChance, RotationPolicy, Secret, SecretFields, SystemClock};
use keyturn_engine::{AddCredential, AddEnvironment, Engine, Init, Ports};
use keyturn_http::{Endpoint, HttpTransport, Outgoing, Sending, Transport};
use keyturn_providers::Catalogue;
use keyturn_vault::{KdfCost, MemoryKeystore, Protection, VaultPaths};

/// The credential, and where it is sent.
pub(crate) struct Known<'a> {
    pub(crate) provider: &'a str,
    pub(crate) address: &'a str,
    pub(crate) ca_pem: Option<&'a str>,
    pub(crate) fields: &'a [(&'a str, &'a str)],
    pub(crate) secrets: SecretFields,
}

/// An engine whose vault holds the credential. It wants a folder that nobody else may enter.
pub(crate) fn engine(
    folder: &Path,
    transport: Arc<dyn Transport>,
    known: Known<'_>,
) -> Arc<Engine> {
    let engine = Arc::new(Engine::new(Ports {
        clock: Arc::new(SystemClock),
        chance: Arc::new(FixedChance(1.0)),
        transport,
        keystore: Arc::new(MemoryKeystore::new()),
        catalogue: Catalogue::builtin(),
        own_profiles: folder.join("providers"),
        paths: VaultPaths {
            vault: folder.join("vault.kyt"),
            backups: folder.join("backups"),
            anchor: folder.join("anchor"),
            lock: folder.join("vault.lock"),
        },
        kdf_cost: KdfCost::CHEAPEST,
    }));
    let passphrase = Some(Secret::new("correct horse battery staple bench".to_owned()));
    engine.init(&Init { protection: Some(Protection::Passphrase), passphrase }).unwrap();
    let environment = AddEnvironment {
        provider: known.provider.parse().unwrap(),
        name: "sandbox".parse().unwrap(),
        base_url: known.address.to_owned(),
        token_origin: None,
        ca_pem: known.ca_pem.map(str::to_owned),
        allow_plain_http: false,
    };
    engine.add_environment(environment, "bench").unwrap();
    let fields = known.fields.iter();
    let credential = AddCredential {
        provider: known.provider.parse().unwrap(),
        name: "main".parse().unwrap(),
        environments: vec!["sandbox".parse().unwrap()],
        owner: None,
        note: None,
        fields: fields.map(|(name, value)| (name.parse().unwrap(), (*value).to_owned())).collect(),
        secrets: known.secrets,
        mark: None,
        rotation: RotationPolicy::default(),
        plan: None,
        keep_fresh: false,
        allow_plain_http: false,
    };
    engine.add(credential, "bench").unwrap();
    engine
}

/// Makes a client for each request.
pub(crate) struct Fresh;

impl Transport for Fresh {
    fn send<'a>(&'a self, endpoint: &'a Endpoint, outgoing: &'a Outgoing) -> Sending<'a> {
        Box::pin(async { HttpTransport::new().send(endpoint, outgoing).await })
    }
}
