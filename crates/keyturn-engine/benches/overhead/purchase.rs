//! One purchase of a token: a TCP connection, a TLS handshake with the same CA, the same multipart POST,
//! and reading the answer. Of Keyturn it is `exchange`, with an HTTP client that is made anew for each
//! purchase, as for the first one after the agent's start: building the request, reading the JSON and
//! deciding on the token's end are part of it.
//!
//! Beside it stand an exchange on a kept connection, and the whole `Engine::token`, which also commits the
//! token to the disk before anybody gets it. `curl` keeps nothing, so that this has no peer here; the bar
//! of a commit is in the vault's bench.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Arc;
use std::time::{Duration, Instant};

use keyturn_core::{Secret, SecretFields, SystemClock};
use keyturn_engine::{Engine, TokenRequest};
use keyturn_http::{Buyer, Endpoint, HttpTransport, PlainHttp, exchange};
use keyturn_providers::diagnose::CredentialFacts;
use keyturn_providers::{Catalogue, Profile};
use keyturn_sandbox::{Provider, Sandbox};

use crate::engine::{Fresh, Known, engine};
use crate::figures::{beside_curl, median, shown};

const ROUNDS: usize = 60;
const BAR_MS: f64 = 2.0;
/// Deepvue allows 17 requests a second; a round sends three or four.
const PAUSE: Duration = Duration::from_millis(300);

pub(crate) async fn measure(sandbox: &Sandbox, folder: &Path) {
    let purchase = Purchase::new(sandbox, folder);
    // The vault wants a folder that nobody else may enter.
    let home = tempfile::tempdir().unwrap();
    let engine = purchase.engine(home.path());
    let kept = HttpTransport::new();
    let mut times: [Vec<Duration>; 4] = Default::default();
    // The first rounds warm all caches.
    for round in 0..ROUNDS + 3 {
        tokio::time::sleep(PAUSE).await;
        let measured = [
            purchase.by_curl(),
            by_engine(&engine).await,
            purchase.by_exchange(&HttpTransport::new()).await,
            purchase.by_exchange(&kept).await,
        ];
        if round >= 3 {
            for (times, time) in times.iter_mut().zip(measured) {
                times.push(time);
            }
        }
    }
    engine.lock().unwrap();
    let [curl, whole, exchange, kept] = times.map(median);
    beside_curl("an exchange, fresh connection", ROUNDS, exchange, curl, BAR_MS);
    println!(
        "on a kept connection: {}; the engine's whole, fresh connection, with the commit to this disk: {}",
        shown(kept),
        shown(whole),
    );
}

/// What everybody buys.
struct Purchase {
    address: String,
    ca_file: PathBuf,
    client_id: String,
    client_secret: String,
    profile: Profile,
    endpoint: Endpoint,
}

impl Purchase {
    fn new(sandbox: &Sandbox, folder: &Path) -> Self {
        let known = sandbox.credentials().deepvue;
        let address = sandbox.base_url(Provider::Deepvue);
        let ca_file = folder.join("ca.pem");
        let ca_pem = std::fs::read_to_string(&ca_file).unwrap();
        let catalogue = Catalogue::builtin();
        Self {
            endpoint: Endpoint::new(&address, Some(ca_pem), PlainHttp::Never).unwrap(),
            profile: catalogue.get(&"deepvue".parse().unwrap()).unwrap().clone(),
            address,
            ca_file,
            client_id: known.client_id,
            client_secret: known.client_secret,
        }
    }

    fn secrets(&self) -> SecretFields {
        let secret = Secret::new(self.client_secret.clone());
        [("client_secret".parse().unwrap(), secret)].into_iter().collect()
    }

    fn by_curl(&self) -> Duration {
        let mut command = Command::new("curl");
        command.args(["--silent", "--show-error", "--fail", "--http1.1", "--noproxy", "*"]);
        command.args(["--output", "/dev/null", "--write-out", "%{time_total}", "--cacert"]);
        command.arg(&self.ca_file);
        for (name, value) in
            [("client_id", &self.client_id), ("client_secret", &self.client_secret)]
        {
            command.arg("--form").arg(format!("{name}={value}"));
        }
        let output = command.arg(format!("{}/v1/authorize", self.address)).output().unwrap();
        assert!(output.status.success(), "{output:?}");
        let seconds: f64 = std::str::from_utf8(&output.stdout).unwrap().parse().unwrap();
        Duration::from_secs_f64(seconds)
    }

    async fn by_exchange(&self, transport: &HttpTransport) -> Duration {
        let secrets = self.secrets();
        let begun = Instant::now();
        let buyer = Buyer {
            open: &|_| Some(self.client_id.clone()),
            secrets: &secrets,
            refresh_token: None,
            facts: CredentialFacts::default(),
        };
        let terms = &self.profile.exchanges[0];
        exchange(transport, &self.profile, terms, &self.endpoint, buyer, &SystemClock)
            .await
            .unwrap();
        begun.elapsed()
    }

    /// An engine whose vault holds the credential.
    fn engine(&self, folder: &Path) -> Arc<Engine> {
        engine(
            folder,
            Arc::new(Fresh),
            Known {
                provider: "deepvue",
                address: &self.address,
                ca_pem: self.endpoint.ca_pem(),
                fields: &[("client_id", &self.client_id)],
                secrets: self.secrets(),
            },
        )
    }
}

async fn by_engine(engine: &Arc<Engine>) -> Duration {
    let usable = TokenRequest::usable("deepvue/main".parse().unwrap(), None);
    let request = TokenRequest { renew: true, ..usable };
    let begun = Instant::now();
    engine.token(&request, "bench").await.unwrap();
    begun.elapsed()
}
