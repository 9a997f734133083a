//! A server that follows a script: whatever it is asked, it sends these bytes, at this pace.

use std::net::{IpAddr, SocketAddr};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use keyturn_http::{Endpoint, PlainHttp};
use tokio::io::{AsyncRead, AsyncReadExt as _, AsyncWrite, AsyncWriteExt as _};
use tokio::net::TcpListener;
use tokio_rustls::TlsAcceptor;

use super::authority::{Authority, Identity};

/// One thing that the server does. After the last one it closes.
#[derive(Clone)]
pub(crate) enum Step {
    /// Sends these bytes.
    Send(Vec<u8>),
    /// Sends these bytes one at a time, with this pause before each.
    Drip(Vec<u8>, Duration),
    /// Sends these bytes again and again.
    Endlessly(Vec<u8>),
    /// Says nothing more, and does not close.
    Silence,
    /// Waits for the next request, on the same connection.
    NextRequest,
}

impl Step {
    pub(crate) fn send(bytes: impl AsRef<[u8]>) -> Self {
        Self::Send(bytes.as_ref().to_vec())
    }

    /// A whole answer.
    pub(crate) fn answer(status: &str, headers: &str, body: impl AsRef<[u8]>) -> Self {
        let body = body.as_ref();
        let head = format!("HTTP/1.1 {status}\r\n{headers}content-length: {}\r\n\r\n", body.len());
        Self::Send([head.as_bytes(), body].concat())
    }
}

/// What reached a server.
#[derive(Default)]
struct Seen {
    connections: usize,
    /// Inside TLS, where there is any.
    bytes: Vec<u8>,
}

/// How the server shakes hands.
enum Handshake {
    /// It speaks clear text.
    None,
    Tls(TlsAcceptor),
    /// It accepts the connection and never answers the client's greeting.
    Never,
}

/// A listening server. It ends with the test's runtime.
pub(crate) struct Server {
    address: SocketAddr,
    seen: Arc<Mutex<Seen>>,
    ca_pem: Option<String>,
}

impl Server {
    /// Speaks TLS with a good certificate of an authority of its own.
    pub(crate) async fn tls(script: Vec<Step>) -> Self {
        Self::tls_of(&Authority::make(), "127.0.0.1:0", script).await
    }

    /// Speaks TLS with a good certificate of this authority.
    pub(crate) async fn tls_of(authority: &Authority, address: &str, script: Vec<Step>) -> Self {
        Self::presenting(&authority.good(), authority, address, script).await
    }

    /// Speaks TLS with this certificate.
    pub(crate) async fn presenting(
        identity: &Identity,
        authority: &Authority,
        address: &str,
        script: Vec<Step>,
    ) -> Self {
        let acceptor = TlsAcceptor::from(identity.server_config());
        Self::start(address, Handshake::Tls(acceptor), Some(authority.pem()), script).await
    }

    /// Speaks clear text.
    pub(crate) async fn plain(script: Vec<Step>) -> Self {
        Self::start("127.0.0.1:0", Handshake::None, None, script).await
    }

    /// Takes connections and lets the handshake wait for ever.
    pub(crate) async fn tarpit() -> Self {
        let ca_pem = Some(Authority::make().pem());
        Self::start("127.0.0.1:0", Handshake::Never, ca_pem, Vec::new()).await
    }

    async fn start(
        address: &str,
        handshake: Handshake,
        ca_pem: Option<String>,
        script: Vec<Step>,
    ) -> Self {
        let listener = TcpListener::bind(address).await.unwrap();
        let seen = Arc::new(Mutex::new(Seen::default()));
        let server = Self { address: listener.local_addr().unwrap(), seen: seen.clone(), ca_pem };
        let handshake = Arc::new(handshake);
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                seen.lock().unwrap().connections += 1;
                let (handshake, script, seen) = (handshake.clone(), script.clone(), seen.clone());
                tokio::spawn(async move {
                    match &*handshake {
                        Handshake::None => follow(stream, script, &seen).await,
                        Handshake::Never => {
                            std::future::pending::<()>().await;
                            drop(stream);
                        }
                        Handshake::Tls(acceptor) => {
                            if let Ok(stream) = acceptor.accept(stream).await {
                                follow(stream, script, &seen).await;
                            }
                        }
                    }
                });
            }
        });
        server
    }

    pub(crate) const fn port(&self) -> u16 {
        self.address.port()
    }

    pub(crate) const fn ip(&self) -> IpAddr {
        self.address.ip()
    }

    /// Its origin, e.g. `https://127.0.0.1:4711`.
    pub(crate) fn origin(&self) -> String {
        let scheme = if self.ca_pem.is_some() { "https" } else { "http" };
        format!("{scheme}://{}", self.address)
    }

    /// What a client needs to send to it.
    pub(crate) fn endpoint(&self) -> Endpoint {
        self.endpoint_at(&self.ip().to_string())
    }

    /// The same under another name.
    pub(crate) fn endpoint_at(&self, host: &str) -> Endpoint {
        let (scheme, plain) = if self.ca_pem.is_some() {
            ("https", PlainHttp::Never)
        } else {
            ("http", PlainHttp::Private)
        };
        let url = format!("{scheme}://{host}:{}", self.port());
        Endpoint::new(&url, self.ca_pem.clone(), plain).unwrap()
    }

    pub(crate) fn ca_pem(&self) -> &str {
        self.ca_pem.as_deref().expect("it speaks TLS")
    }

    pub(crate) fn connections(&self) -> usize {
        self.seen.lock().unwrap().connections
    }

    /// Every byte that reached it, as text.
    pub(crate) fn received(&self) -> String {
        String::from_utf8_lossy(&self.seen.lock().unwrap().bytes).into_owned()
    }

    pub(crate) fn requests(&self) -> usize {
        self.received().matches(" HTTP/1.1\r\n").count()
    }
}

async fn follow(
    mut stream: impl AsyncRead + AsyncWrite + Unpin,
    script: Vec<Step>,
    seen: &Mutex<Seen>,
) {
    if read_request(&mut stream, seen).await.is_none() {
        return;
    }
    for step in script {
        let done = match step {
            Step::Send(bytes) => stream.write_all(&bytes).await,
            Step::Drip(bytes, pause) => {
                let mut done = Ok(());
                for byte in bytes {
                    tokio::time::sleep(pause).await;
                    done = stream.write_all(&[byte]).await;
                    done = done.and(stream.flush().await);
                    if done.is_err() {
                        break;
                    }
                }
                done
            }
            Step::Endlessly(bytes) => loop {
                if let Err(gone) = stream.write_all(&bytes).await {
                    break Err(gone);
                }
            },
            Step::Silence => std::future::pending().await,
            Step::NextRequest => {
                if read_request(&mut stream, seen).await.is_none() {
                    return;
                }
                Ok(())
            }
        };
        // The client has had enough.
        if done.and(stream.flush().await).is_err() {
            return;
        }
    }
    // Whether the client hears of the end is its own affair.
    drop(stream.shutdown().await);
}

/// Reads the head of a request and as much body as it announces, or in what state it was left.
async fn read_request(stream: &mut (impl AsyncRead + Unpin), seen: &Mutex<Seen>) -> Option<()> {
    let mut request = Vec::new();
    let mut chunk = [0; 4096];
    loop {
        if let Some(end) = request.windows(4).position(|four| four == b"\r\n\r\n") {
            let head = String::from_utf8_lossy(&request[..end]).to_lowercase();
            let announced = head.lines().find_map(|line| line.strip_prefix("content-length: "));
            let length: usize = announced.map_or(0, |length| length.trim().parse().unwrap());
            if request.len() >= end + 4 + length {
                return Some(());
            }
        }
        match stream.read(&mut chunk).await {
            Ok(read) if read > 0 => {
                request.extend_from_slice(&chunk[..read]);
                seen.lock().unwrap().bytes.extend_from_slice(&chunk[..read]);
            }
            _ => return None,
        }
    }
}
