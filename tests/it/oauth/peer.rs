//! A foreign OAuth server for one journey: over TLS, with a certificate of an authority of its own. It
//! ends with its standard input, and so with the test.

use std::fs;
use std::io::{BufRead as _, BufReader, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::sync::Mutex;

use rcgen::{
    BasicConstraints, CertificateParams, CertifiedIssuer, DnType, ExtendedKeyUsagePurpose, IsCa,
    KeyPair, KeyUsagePurpose,
};
use serde_json::Value;
use tempfile::TempDir;

/// The user of Authlib's server.
pub(super) const USERNAME: &str = "me+you@example.com";
/// That user's password.
pub(super) const PASSWORD: &str = "p wörd%:&+7x9z";

/// A server that runs until this is dropped.
pub(crate) struct Peer {
    child: Child,
    lines: Mutex<(ChildStdin, BufReader<ChildStdout>)>,
    origin: String,
    ca_pem: String,
    _folder: TempDir,
}

impl Peer {
    /// Starts oidc-provider with these clients.
    pub(super) fn oidc_provider(clients: &Value) -> Self {
        let folder = installed("oidc-provider", "node_modules/oidc-provider/package.json");
        let mut command = Command::new("node");
        command.arg(server("oidc-provider/server.mjs")).current_dir(folder);
        Self::start(command, clients)
    }

    /// Starts Authlib's server with these clients.
    pub(super) fn authlib(clients: &Value) -> Self {
        let folder = installed("authlib", "bin/python");
        let mut command = Command::new(folder.join("bin/python"));
        command.arg(server("authlib/server.py"));
        command.env("USERNAME", USERNAME).env("PASSWORD", PASSWORD);
        Self::start(command, clients)
    }

    /// Starts httpbin, which is no OAuth server and answers with what it was asked.
    pub(crate) fn httpbin() -> Self {
        let tests = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
        let python = tests.join("target/httpbin/bin/python");
        assert!(python.exists(), "httpbin is not installed: run `scripts/setup.sh test`");
        let mut command = Command::new(python);
        command.arg(tests.join("tests/httpbin/server.py"));
        Self::start(command, &Value::Null)
    }

    fn start(mut command: Command, clients: &Value) -> Self {
        let folder = TempDir::with_prefix("kt-peer-").unwrap();
        let (certificate, key) = (folder.path().join("chain.pem"), folder.path().join("key.pem"));
        let ca_pem = certify(&certificate, &key);
        command.env("CERTIFICATE", certificate).env("KEY", key);
        command.env("CLIENTS", clients.to_string()).env("PYTHONDONTWRITEBYTECODE", "1");
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null());
        let mut child = command.spawn().expect("the OAuth server can be started");
        let stdin = child.stdin.take().expect("its stdin is a pipe");
        let mut stdout = BufReader::new(child.stdout.take().expect("its stdout is a pipe"));
        let origin = line(&mut stdout);
        Self { child, lines: Mutex::new((stdin, stdout)), origin, ca_pem, _folder: folder }
    }

    /// Scheme, host and port.
    pub(crate) fn origin(&self) -> &str {
        &self.origin
    }

    /// Who vouches for it.
    pub(crate) fn ca_pem(&self) -> &str {
        &self.ca_pem
    }

    /// What a login in a browser would have ended with; oidc-provider only.
    pub(super) fn refresh_token(&self, client_id: &str) -> String {
        let mut lines = self.lines.lock().unwrap();
        writeln!(lines.0, "refresh-token {client_id}").expect("the OAuth server reads");
        line(&mut lines.1)
    }
}

impl Drop for Peer {
    fn drop(&mut self) {
        // It may have ended by itself already.
        drop(self.child.kill());
        drop(self.child.wait());
    }
}

/// The next line that is meant for the test.
fn line(stdout: &mut BufReader<ChildStdout>) -> String {
    loop {
        let mut line = String::new();
        let length = stdout.read_line(&mut line).expect("the OAuth server's output can be read");
        assert!(length > 0, "the OAuth server ended without an answer");
        if let Some(answer) = line.strip_prefix("= ") {
            return answer.trim().to_owned();
        }
    }
}

/// Where the set-up put a server's packages; without them the journey fails and says what to do.
fn installed(name: &str, proof: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../target/oauth").join(name);
    assert!(
        folder.join(proof).exists(),
        "the OAuth server {name} is not installed: run `scripts/setup.sh test`"
    );
    folder
}

fn server(file: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/oauth/servers").join(file)
}

/// Makes an authority and a server's certificate, and gives the authority's.
fn certify(certificate: &Path, key: &Path) -> String {
    let mut params = CertificateParams::default();
    params.distinguished_name.push(DnType::CommonName, "Keyturn Test Authority");
    params.is_ca = IsCa::Ca(BasicConstraints::Constrained(0));
    params.key_usages = vec![KeyUsagePurpose::KeyCertSign];
    let authority = CertifiedIssuer::self_signed(params, KeyPair::generate().unwrap()).unwrap();
    let mut params = CertificateParams::new(["127.0.0.1".to_owned()]).unwrap();
    params.distinguished_name.push(DnType::CommonName, "OAuth Server");
    params.key_usages = vec![KeyUsagePurpose::DigitalSignature];
    params.extended_key_usages = vec![ExtendedKeyUsagePurpose::ServerAuth];
    let pair = KeyPair::generate().unwrap();
    let signed = params.signed_by(&pair, &authority).unwrap();
    fs::write(certificate, signed.pem()).unwrap();
    fs::write(key, pair.serialize_pem()).unwrap();
    authority.pem()
}
