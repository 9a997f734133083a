//! One request of the tester, whole: `Engine::send` checks it against the egress policy, takes the key out
//! of the vault, sends, redacts the answer, says what it means and notes it in journal and history.
//!
//! Cold is a client made anew for each request beside a `curl` that is started; kept is the agent's own
//! client beside the second request of one `curl`.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Arc;
use std::time::{Duration, Instant};

use keyturn_core::{Secret, SecretFields};
use keyturn_engine::{Engine, TestRequest};
use keyturn_http::HttpTransport;
use keyturn_sandbox::{Provider, Sandbox};

use crate::engine::{Fresh, Known, engine};
use crate::figures::{beside_curl, median};

const ROUNDS: usize = 60;
const BAR_MS: f64 = 1.5;
/// deepidv allows 25 requests a second; a round sends four.
const PAUSE: Duration = Duration::from_millis(200);
const PATH: &str = "/v1/sessions/none";
/// What the sandbox says of a session that is not there.
const STATUS: u16 = 404;

pub(crate) async fn measure(sandbox: &Sandbox, folder: &Path) {
    let asked = Asked::new(sandbox, folder);
    let (cold_home, kept_home) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let cold = asked.engine(cold_home.path(), true);
    let kept = asked.engine(kept_home.path(), false);
    let mut times: [Vec<Duration>; 4] = Default::default();
    // The first rounds warm all caches.
    for round in 0..ROUNDS + 3 {
        tokio::time::sleep(PAUSE).await;
        let [curl_cold, curl_kept] = asked.by_curl();
        let measured = [curl_cold, by_engine(&cold).await, curl_kept, by_engine(&kept).await];
        if round >= 3 {
            for (times, time) in times.iter_mut().zip(measured) {
                times.push(time);
            }
        }
    }
    cold.lock().unwrap();
    kept.lock().unwrap();
    let [curl_cold, cold, curl_kept, kept] = times.map(median);
    beside_curl("a request, fresh connection", ROUNDS, cold, curl_cold, BAR_MS);
    beside_curl("a request, kept connection", ROUNDS, kept, curl_kept, BAR_MS);
}

/// What everybody asks for.
struct Asked {
    address: String,
    ca_file: PathBuf,
    ca_pem: String,
    key: String,
}

impl Asked {
    fn new(sandbox: &Sandbox, folder: &Path) -> Self {
        let ca_file = folder.join("ca.pem");
        Self {
            address: sandbox.base_url(Provider::Deepidv),
            ca_pem: std::fs::read_to_string(&ca_file).unwrap(),
            ca_file,
            key: sandbox.credentials().deepidv.api_key,
        }
    }

    fn engine(&self, folder: &Path, fresh: bool) -> Arc<Engine> {
        let secret = Secret::new(self.key.clone());
        let secrets: SecretFields = [("api_key".parse().unwrap(), secret)].into_iter().collect();
        let transport: Arc<dyn keyturn_http::Transport> =
            if fresh { Arc::new(Fresh) } else { Arc::new(HttpTransport::new()) };
        let ca_pem = Some(self.ca_pem.as_str());
        let provider = "deepidv";
        let known = Known { provider, address: &self.address, ca_pem, fields: &[], secrets };
        engine(folder, transport, known)
    }

    /// The same twice by one curl: on a fresh connection, and on the one that it kept.
    fn by_curl(&self) -> [Duration; 2] {
        let url = format!("{}{PATH}", self.address);
        let mut command = Command::new("curl");
        command.args(["--silent", "--show-error", "--http1.1", "--noproxy", "*", "--cacert"]);
        command.arg(&self.ca_file).arg("--header").arg(format!("x-api-key: {}", self.key));
        command.args(["--write-out", "%{stderr}%{http_code} %{num_connects} %{time_total}\n"]);
        command.args(["--output", "/dev/null", &url, "--output", "/dev/null", &url]);
        let output = command.output().unwrap();
        let told = String::from_utf8(output.stderr).unwrap();
        let mut times = told.lines().zip(["1", "0"]).map(|(line, connects)| {
            let words: Vec<_> = line.split(' ').collect();
            assert_eq!(words[..2], [&*STATUS.to_string(), connects], "{told}");
            Duration::from_secs_f64(words[2].parse().unwrap())
        });
        [times.next().unwrap(), times.next().unwrap()]
    }
}

async fn by_engine(engine: &Arc<Engine>) -> Duration {
    let request = TestRequest {
        path: Some(PATH.to_owned()),
        ..TestRequest::new("deepidv/main".parse().unwrap())
    };
    let begun = Instant::now();
    let sent = engine.send(request, "bench").await.unwrap();
    let time = begun.elapsed();
    assert_eq!(sent.answer.unwrap().0.status, STATUS);
    time
}
