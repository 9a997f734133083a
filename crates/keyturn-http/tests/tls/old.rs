//! Servers that rustls cannot be: `openssl s_server`, which prints what reaches it inside TLS.

use std::io::{BufRead as _, BufReader, Write as _};
use std::process::{Child, ChildStdout, Command, Stdio};

use keyturn_http::{Endpoint, PlainHttp};
use tempfile::TempDir;

use crate::support::authority::Identity;

/// No encryption at all, and encryption of a kind that was broken.
pub(crate) const WEAK: &str = "ECDHE-ECDSA-NULL-SHA:ECDHE-ECDSA-AES128-SHA:@SECLEVEL=0";

/// A server of another age. It is killed when it is dropped.
pub(crate) struct OldServer {
    child: Child,
    stdout: BufReader<ChildStdout>,
    port: u16,
    ca_pem: String,
    _folder: TempDir,
}

impl OldServer {
    pub(crate) fn start(identity: &Identity, ca_pem: &str, flags: &[&str]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let file = |name: &str, text: &str| {
            let path = folder.path().join(name);
            std::fs::write(&path, text).unwrap();
            path.into_os_string()
        };
        let certificate = file("certificate.pem", &identity.certificate_pem);
        let key = file("key.pem", &identity.key_pem);
        let mut command = Command::new("openssl");
        command.args(["s_server", "-accept", "127.0.0.1:0", "-naccept", "2"]).args(flags);
        command.arg("-cert").arg(certificate).arg("-key").arg(key);
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null());
        let mut child = command.spawn().expect("openssl is installed: scripts/setup.sh test");
        let mut stdout = BufReader::new(child.stdout.take().unwrap());
        let port = loop {
            let mut line = String::new();
            assert!(stdout.read_line(&mut line).unwrap() > 0, "openssl s_server listens");
            if let Some(address) = line.strip_prefix("ACCEPT ") {
                break address.trim().rsplit(':').next().unwrap().parse().unwrap();
            }
        };
        Self { child, stdout, port, ca_pem: ca_pem.to_owned(), _folder: folder }
    }

    pub(crate) fn endpoint(&self) -> Endpoint {
        let url = format!("https://127.0.0.1:{}", self.port);
        Endpoint::new(&url, Some(self.ca_pem.clone()), PlainHttp::Never).unwrap()
    }

    /// Lets a client that accepts anything send `GET /control`, and returns everything that this
    /// server printed until then: its own chatter, and what reached it inside TLS.
    pub(crate) fn printed_until_the_control(&mut self, flags: &[&str]) -> String {
        let mut command = Command::new("openssl");
        let address = format!("127.0.0.1:{}", self.port);
        command.args(["s_client", "-quiet", "-no_ign_eof", "-connect", &address]).args(flags);
        command.stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::null());
        let mut client = command.spawn().unwrap();
        let mut stdin = client.stdin.take().unwrap();
        stdin.write_all(b"GET /control HTTP/1.1\r\n\r\n").unwrap();
        let mut printed = String::new();
        loop {
            let mut line = Vec::new();
            let read = self.stdout.read_until(b'\n', &mut line).unwrap();
            assert!(read > 0, "the control reaches this server: {printed:?}");
            let line = String::from_utf8_lossy(&line);
            if line.starts_with("GET /control ") {
                break;
            }
            printed.push_str(&line);
        }
        drop(stdin);
        client.wait().unwrap();
        printed
    }
}

impl Drop for OldServer {
    fn drop(&mut self) {
        // It may have ended by itself.
        drop(self.child.kill());
        drop(self.child.wait());
    }
}
