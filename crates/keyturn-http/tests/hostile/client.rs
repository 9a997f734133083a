//! One request from a process of its own, which tells how it went and how much memory it took.

use std::process::{ExitCode, Stdio};

use keyturn_core::{Secret, SecretFields};
use keyturn_http::{Endpoint, HttpTransport, PlainHttp, Redactor, Transport as _};
use tokio::io::AsyncWriteExt as _;

use crate::support::server::Server;
use crate::support::{CANARY, with_header};

/// The word that makes this program a client.
pub(crate) const WORD: &str = "client";

/// How it went.
#[derive(Debug)]
pub(crate) struct Told {
    /// The status and the length of the body, or the error.
    pub(crate) outcome: String,
    /// By how many KiB the peak of its memory grew from before the request to the end; `None` where
    /// the system does not say.
    pub(crate) memory_kib: Option<u64>,
}

/// Sends one request to a server, in a process with these variables.
pub(crate) async fn send_to(server: &Server, variables: &[(&str, &str)]) -> Told {
    let mut command = tokio::process::Command::new(std::env::current_exe().unwrap());
    command.args([WORD, &server.origin()]).envs(variables.iter().copied());
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).kill_on_drop(true);
    let mut child = command.spawn().unwrap();
    let mut stdin = child.stdin.take().unwrap();
    stdin.write_all(server.ca_pem().as_bytes()).await.unwrap();
    drop(stdin);
    let output = child.wait_with_output().await.unwrap();
    assert!(output.status.success(), "the client ended as it should: {output:?}");
    let told = String::from_utf8(output.stdout).unwrap();
    let (memory, outcome) = told.trim().split_once(' ').unwrap();
    Told { outcome: outcome.to_owned(), memory_kib: memory.parse().ok() }
}

/// The client's own `main`: `client ORIGIN < CA`.
pub(crate) fn run(words: &[String]) -> ExitCode {
    let ca_pem = std::io::read_to_string(std::io::stdin()).unwrap();
    let endpoint = Endpoint::new(&words[0], Some(ca_pem), PlainHttp::Never).unwrap();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let before = peak_kib();
    let outcome = runtime.block_on(async {
        let answer = HttpTransport::new().send(&endpoint, &with_header("x-api-key")).await;
        answer.map(|answer| {
            // What the tester does with every answer before it is shown.
            let key = ("api_key".parse().unwrap(), Secret::new(CANARY.to_owned()));
            let redactor = Redactor::new(&SecretFields::from_iter([key]), None);
            (answer.status, redactor.redact(&answer.body).len())
        })
    });
    let memory = match (before, peak_kib()) {
        (Some(before), Some(after)) => (after - before).to_string(),
        _ => "unknown".to_owned(),
    };
    match outcome {
        Ok((status, length)) => println!("{memory} {status} {length}"),
        Err(error) => println!("{memory} {error}"),
    }
    ExitCode::SUCCESS
}

/// The most memory that this process ever had.
fn peak_kib() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    line.split_whitespace().next()?.parse().ok()
}
