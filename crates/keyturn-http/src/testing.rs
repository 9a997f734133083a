//! A server for tests: a few lines of HTTP over TLS or clear text, with every byte it got.

use std::sync::{Arc, Mutex};

use rcgen::{CertificateParams, CertifiedIssuer, DnType, IsCa, KeyPair, KeyUsagePurpose};
use rustls::ServerConfig;
use rustls::pki_types::{PrivateKeyDer, PrivatePkcs8KeyDer};
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio::net::TcpListener;
use tokio_rustls::TlsAcceptor;

use crate::{Endpoint, PlainHttp};

/// What the server does with every request.
#[derive(Clone)]
pub(crate) enum Reply {
    /// Sends these bytes and waits for the next request.
    Bytes(Vec<u8>),
    /// Sends these bytes and closes.
    BytesThenClose(Vec<u8>),
    /// Sends these bytes, then zeros without end.
    Endless(Vec<u8>),
    /// Says nothing.
    Silence,
}

impl Reply {
    /// A JSON answer, or any other text.
    pub(crate) fn with(status: &str, headers: &str, body: &str) -> Self {
        let length = body.len();
        let head = format!("HTTP/1.1 {status}\r\n{headers}content-length: {length}\r\n\r\n");
        Self::Bytes([head.as_bytes(), body.as_bytes()].concat())
    }

    pub(crate) fn json(status: &str, body: &str) -> Self {
        Self::with(status, "content-type: application/json\r\n", body)
    }
}

/// An authority of a test's own.
pub(crate) struct Authority(CertifiedIssuer<'static, KeyPair>);

/// A certificate's difference from a good one.
#[derive(Clone, Copy, PartialEq)]
pub(crate) enum Flaw {
    None,
    WrongHost,
    Expired,
}

impl Authority {
    pub(crate) fn make() -> Self {
        let mut params = CertificateParams::default();
        params.distinguished_name.push(DnType::CommonName, "Test Authority");
        params.is_ca = IsCa::Ca(rcgen::BasicConstraints::Unconstrained);
        params.key_usages = vec![KeyUsagePurpose::KeyCertSign];
        Self(CertifiedIssuer::self_signed(params, KeyPair::generate().unwrap()).unwrap())
    }

    pub(crate) fn pem(&self) -> String {
        self.0.pem()
    }

    pub(crate) fn server(
        &self,
        flaw: Flaw,
        version: &'static rustls::SupportedProtocolVersion,
    ) -> ServerConfig {
        let name = if flaw == Flaw::WrongHost { "other.example" } else { "127.0.0.1" };
        let mut params = CertificateParams::new([name.to_owned()]).unwrap();
        params.distinguished_name.push(DnType::CommonName, "Test Server");
        if flaw == Flaw::Expired {
            params.not_before = rcgen::date_time_ymd(2020, 1, 1);
            params.not_after = rcgen::date_time_ymd(2021, 1, 1);
        }
        let key = KeyPair::generate().unwrap();
        let certificate = params.signed_by(&key, &self.0).unwrap();
        let key = PrivateKeyDer::Pkcs8(PrivatePkcs8KeyDer::from(key.serialize_der()));
        ServerConfig::builder_with_provider(Arc::new(rustls::crypto::ring::default_provider()))
            .with_protocol_versions(&[version])
            .unwrap()
            .with_no_client_auth()
            .with_single_cert(vec![certificate.der().clone()], key)
            .unwrap()
    }
}

/// A listening server. It ends with the test's runtime.
pub(crate) struct Server {
    pub(crate) port: u16,
    seen: Arc<Mutex<Seen>>,
}

#[derive(Default)]
struct Seen {
    connections: usize,
    requests: Vec<Vec<u8>>,
}

impl Server {
    pub(crate) async fn start(tls: Option<ServerConfig>, reply: Reply) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let seen = Arc::new(Mutex::new(Seen::default()));
        let acceptor = tls.map(|config| TlsAcceptor::from(Arc::new(config)));
        let server = Self { port, seen: Arc::clone(&seen) };
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                seen.lock().unwrap().connections += 1;
                let (acceptor, reply, seen) = (acceptor.clone(), reply.clone(), Arc::clone(&seen));
                tokio::spawn(async move {
                    match acceptor {
                        None => serve(stream, reply, seen).await,
                        Some(acceptor) => {
                            if let Ok(stream) = acceptor.accept(stream).await {
                                serve(stream, reply, seen).await;
                            }
                        }
                    }
                });
            }
        });
        server
    }

    /// A TLS 1.3 server with a good certificate, and the endpoint that trusts it.
    pub(crate) async fn good(reply: Reply) -> (Self, Endpoint) {
        let authority = Authority::make();
        let config = authority.server(Flaw::None, &rustls::version::TLS13);
        let server = Self::start(Some(config), reply).await;
        let endpoint = server.https(Some(authority.pem()));
        (server, endpoint)
    }

    pub(crate) fn https(&self, ca_pem: Option<String>) -> Endpoint {
        let url = format!("https://127.0.0.1:{}", self.port);
        Endpoint::new(&url, ca_pem, PlainHttp::Never).unwrap()
    }

    pub(crate) fn connections(&self) -> usize {
        self.seen.lock().unwrap().connections
    }

    /// Every request as text, head and body.
    pub(crate) fn requests(&self) -> Vec<String> {
        let seen = self.seen.lock().unwrap();
        seen.requests.iter().map(|bytes| String::from_utf8_lossy(bytes).into_owned()).collect()
    }
}

async fn serve(
    mut stream: impl AsyncRead + AsyncWrite + Unpin,
    reply: Reply,
    seen: Arc<Mutex<Seen>>,
) {
    while let Some(request) = read_request(&mut stream).await {
        seen.lock().unwrap().requests.push(request);
        let sent = match &reply {
            Reply::Bytes(bytes) => stream.write_all(bytes).await,
            Reply::BytesThenClose(bytes) => {
                let sent = stream.write_all(bytes).await;
                drop(sent.and(stream.shutdown().await));
                return;
            }
            Reply::Endless(head) => {
                let mut sent = stream.write_all(head).await;
                while sent.is_ok() {
                    sent = stream.write_all(&[b'0'; 16 * 1024]).await;
                }
                sent
            }
            Reply::Silence => std::future::pending().await,
        };
        if sent.and(stream.flush().await).is_err() {
            return;
        }
    }
}

/// Reads one request: the head, and as much body as it announces.
async fn read_request(stream: &mut (impl AsyncRead + Unpin)) -> Option<Vec<u8>> {
    let mut bytes = Vec::new();
    let mut chunk = [0; 4096];
    loop {
        let head = bytes.windows(4).position(|four| four == b"\r\n\r\n");
        if let Some(end) = head {
            let text = String::from_utf8_lossy(&bytes[..end]).to_lowercase();
            let announced = text.lines().find_map(|line| line.strip_prefix("content-length: "));
            let length: usize = announced.map_or(0, |length| length.trim().parse().unwrap());
            if bytes.len() >= end + 4 + length {
                return Some(bytes);
            }
        }
        match stream.read(&mut chunk).await {
            Ok(read) if read > 0 => bytes.extend_from_slice(&chunk[..read]),
            _ => return None,
        }
    }
}
