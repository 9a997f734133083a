//! The listeners: TLS that can be broken while it runs, and the plain port that serves nobody.

use std::io;
use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;

use axum::extract::connect_info::Connected;
use axum::serve::{IncomingStream, Listener};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::mpsc;
use tokio::task::JoinSet;
use tokio_rustls::server::TlsStream;

use crate::Provider;
use crate::certificates::Certificates;
use crate::state::Shared;

/// The caller's address, for the IP allow-list.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Peer(pub(crate) IpAddr);

impl Connected<IncomingStream<'_, TlsListener>> for Peer {
    fn connect_info(stream: IncomingStream<'_, TlsListener>) -> Self {
        Self(stream.remote_addr().ip())
    }
}

impl Connected<IncomingStream<'_, TcpListener>> for Peer {
    fn connect_info(stream: IncomingStream<'_, TcpListener>) -> Self {
        Self(stream.remote_addr().ip())
    }
}

type Ready = (TlsStream<TcpStream>, SocketAddr);

/// Hands out connections whose TLS handshake is done; a slow handshake holds nobody else up.
pub(crate) struct TlsListener {
    ready: mpsc::Receiver<Ready>,
    address: SocketAddr,
}

impl TlsListener {
    /// Serves the port with the provider's certificates.
    pub(crate) fn new(
        tcp: TcpListener,
        provider: Provider,
        certificates: Certificates,
        shared: Arc<Shared>,
    ) -> io::Result<Self> {
        let address = tcp.local_addr()?;
        let (sender, ready) = mpsc::channel(16);
        tokio::spawn(shake_hands(tcp, provider, certificates, shared, sender));
        Ok(Self { ready, address })
    }
}

async fn shake_hands(
    tcp: TcpListener,
    provider: Provider,
    certificates: Certificates,
    shared: Arc<Shared>,
    sender: mpsc::Sender<Ready>,
) {
    let mut handshakes = JoinSet::new();
    loop {
        let (stream, address) = tokio::select! {
            Ok(accepted) = tcp.accept() => accepted,
            Some(_) = handshakes.join_next() => continue,
            () = sender.closed() => return,
        };
        // A server answers at once: waiting for the acknowledgement of its last ticket takes 40 ms, which a
        // client would be blamed for. A connection that has ended already needs no such word.
        drop(stream.set_nodelay(true));
        let fault = shared.lock().account(provider).tls;
        // Without an acceptor the connection is refused: dropping the stream closes it.
        if let Some(acceptor) = certificates.acceptor(fault) {
            let sender = sender.clone();
            handshakes.spawn(async move {
                if let Ok(stream) = acceptor.accept(stream).await {
                    // A send fails only when the server is gone, and the connection with it.
                    drop(sender.send((stream, address)).await);
                }
            });
        }
    }
}

impl Listener for TlsListener {
    type Io = TlsStream<TcpStream>;
    type Addr = SocketAddr;

    async fn accept(&mut self) -> Ready {
        match self.ready.recv().await {
            Some(ready) => ready,
            // The task that shakes hands ends only with the runtime.
            None => std::future::pending().await,
        }
    }

    fn local_addr(&self) -> io::Result<SocketAddr> {
        Ok(self.address)
    }
}

/// "HTTP requests: rejected, unencrypted requests will fail": accepts and hangs up, without reading
/// a byte.
pub(crate) async fn hang_up(tcp: TcpListener, shared: Arc<Shared>) {
    loop {
        if let Ok((stream, _)) = tcp.accept().await {
            shared.lock().plain_connections += 1;
            drop(stream);
        }
    }
}
