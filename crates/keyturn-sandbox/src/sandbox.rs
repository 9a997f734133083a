//! A running sandbox: its thread, its ports and its files.

use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::path::Path;
use std::sync::{Arc, mpsc};
use std::thread::{self, JoinHandle};

use axum::{Router, middleware};
use thiserror::Error;
use tokio::net::TcpListener;
use tokio::runtime::Builder;
use tokio::sync::oneshot;

use crate::certificates::{CertificateError, Certificates};
use crate::gate::{self, Context};
use crate::listen::{Peer, TlsListener, hang_up};
use crate::provider::Place;
use crate::state::Shared;
use crate::{
    Admin, Credentials, Provider, SandboxOptions, admin_http, deepcurrent, deepidv, deeply, deepvue,
};

/// The four providers, running on a thread of their own until this is dropped.
pub struct Sandbox {
    admin: Admin,
    ca_pem: String,
    ports: Ports,
    stop: Option<oneshot::Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

/// Says why a sandbox could not start.
#[derive(Debug, Error)]
pub enum StartError {
    /// The operating system gave no random bytes.
    #[error("the operating system gave no random bytes for the credentials")]
    Random(#[source] getrandom::Error),
    /// The certificates could not be made.
    #[error("the certificates could not be made")]
    Certificate(#[from] CertificateError),
    /// A port could not be opened.
    #[error("the loopback port {port} could not be opened; choose another --port-base")]
    Port {
        /// The port, 0 for any.
        port: u16,
        /// Why.
        source: io::Error,
    },
    /// The certificate authority could not be written.
    #[error("ca.pem could not be written to the folder given")]
    Directory(#[source] io::Error),
    /// The thread or its runtime could not be started.
    #[error("the sandbox's thread could not be started")]
    Thread(#[source] io::Error),
}

#[derive(Clone, Copy)]
struct Ports {
    providers: [u16; 4],
    edge: u16,
    plain: u16,
    admin: u16,
}

struct Listeners {
    providers: [TcpListener; 4],
    edge: TcpListener,
    plain: TcpListener,
    admin: TcpListener,
}

impl Sandbox {
    /// Starts the four providers and waits until they listen.
    pub fn start(options: SandboxOptions) -> Result<Self, StartError> {
        let certificates = Certificates::make()?;
        let ca_pem = certificates.ca_pem.clone();
        if let Some(directory) = &options.directory {
            write_authority(directory, &ca_pem).map_err(StartError::Directory)?;
        }
        let port_base = options.port_base;
        let shared = Arc::new(Shared::new(options).map_err(StartError::Random)?);
        let admin = Admin(Arc::clone(&shared));
        let (stop, stopped) = oneshot::channel();
        let (report, started) = mpsc::channel();
        let runtime =
            Builder::new_current_thread().enable_all().build().map_err(StartError::Thread)?;
        let thread = thread::Builder::new()
            .name("keyturn-sandbox".to_owned())
            .spawn(move || {
                runtime.block_on(async {
                    // A send fails only when `start` is gone; then `stopped` ends this thread too.
                    match serve(port_base, &shared, &certificates).await {
                        Ok(ports) => drop(report.send(Ok(ports))),
                        Err(error) => return drop(report.send(Err(error))),
                    }
                    drop(stopped.await);
                });
            })
            .map_err(StartError::Thread)?;
        let ports =
            started.recv().map_err(|_| StartError::Thread(io::ErrorKind::BrokenPipe.into()))??;
        Ok(Self { admin, ca_pem, ports, stop: Some(stop), thread: Some(thread) })
    }

    /// The base URL of a provider over TLS; for Deeply that of the cloud.
    #[must_use]
    pub fn base_url(&self, provider: Provider) -> String {
        let place = Provider::ALL.iter().position(|known| *known == provider).unwrap_or_default();
        format!(
            "https://127.0.0.1:{}",
            self.ports.providers.get(place).copied().unwrap_or_default()
        )
    }

    /// The base URL of Deeply's edge device, over plain HTTP.
    #[must_use]
    pub fn deeply_edge_url(&self) -> String {
        format!("http://127.0.0.1:{}", self.ports.edge)
    }

    /// A plain-HTTP URL whose connections are dropped, whatever is sent.
    #[must_use]
    pub fn plain_url(&self) -> String {
        format!("http://127.0.0.1:{}", self.ports.plain)
    }

    /// Where the admin's JSON is served.
    #[must_use]
    pub fn admin_url(&self) -> String {
        format!("http://127.0.0.1:{}", self.ports.admin)
    }

    /// The certificate of the sandbox's authority.
    #[must_use]
    pub fn ca_pem(&self) -> &str {
        &self.ca_pem
    }

    /// The newest credentials of every provider.
    #[must_use]
    pub fn credentials(&self) -> Credentials {
        self.admin.credentials()
    }

    /// Controls the sandbox.
    #[must_use]
    pub const fn admin(&self) -> &Admin {
        &self.admin
    }
}

impl Drop for Sandbox {
    /// Ends the thread, and with it every connection.
    fn drop(&mut self) {
        drop(self.stop.take());
        if let Some(thread) = self.thread.take() {
            // A panic of the thread has been reported on stderr already.
            drop(thread.join());
        }
    }
}

fn write_authority(directory: &Path, ca_pem: &str) -> io::Result<()> {
    std::fs::create_dir_all(directory)?;
    std::fs::write(directory.join("ca.pem"), ca_pem)
}

async fn serve(
    port_base: Option<u16>,
    shared: &Arc<Shared>,
    certificates: &Certificates,
) -> Result<Ports, StartError> {
    let listeners = Listeners::open(port_base).await?;
    let ports = listeners.ports().map_err(|source| StartError::Port { port: 0, source })?;
    for (provider, tcp) in Provider::ALL.into_iter().zip(listeners.providers) {
        let app = app(shared, provider, Place::Cloud);
        let listener = TlsListener::new(tcp, provider, certificates.clone(), Arc::clone(shared))
            .map_err(|source| StartError::Port { port: 0, source })?;
        let service = app.into_make_service_with_connect_info::<Peer>();
        tokio::spawn(axum::serve(listener, service).into_future());
    }
    let edge = app(shared, Provider::Deeply, Place::Edge);
    let service = edge.into_make_service_with_connect_info::<Peer>();
    tokio::spawn(axum::serve(listeners.edge, service).into_future());
    let admin = admin_http::router(Admin(Arc::clone(shared)));
    tokio::spawn(axum::serve(listeners.admin, admin).into_future());
    tokio::spawn(hang_up(listeners.plain, Arc::clone(shared)));
    Ok(ports)
}

fn app(shared: &Arc<Shared>, provider: Provider, place: Place) -> Router {
    let context = Context { shared: Arc::clone(shared), provider, place };
    let (routes, limit): (_, gate::Limit) = match provider {
        Provider::Deepvue => (deepvue::routes(), deepvue::limit),
        Provider::Deepidv => (deepidv::routes(), deepidv::limit),
        Provider::Deeply => (deeply::routes(), deeply::limit),
        Provider::Deepcurrent => (deepcurrent::routes(), deepcurrent::limit),
    };
    routes
        .fallback(gate::not_found)
        .layer(middleware::from_fn_with_state((context.clone(), limit), gate::pass))
        .with_state(context)
}

impl Listeners {
    async fn open(port_base: Option<u16>) -> Result<Self, StartError> {
        let mut next = port_base;
        let mut open = async || {
            let port = next.unwrap_or(0);
            next = next.and_then(|port| port.checked_add(1));
            let address = SocketAddr::from((Ipv4Addr::LOCALHOST, port));
            TcpListener::bind(address).await.map_err(|source| StartError::Port { port, source })
        };
        Ok(Self {
            providers: [open().await?, open().await?, open().await?, open().await?],
            edge: open().await?,
            plain: open().await?,
            admin: open().await?,
        })
    }

    fn ports(&self) -> io::Result<Ports> {
        let port = |listener: &TcpListener| listener.local_addr().map(|address| address.port());
        let [deepvue, deepidv, deeply, deepcurrent] = &self.providers;
        Ok(Ports {
            providers: [port(deepvue)?, port(deepidv)?, port(deeply)?, port(deepcurrent)?],
            edge: port(&self.edge)?,
            plain: port(&self.plain)?,
            admin: port(&self.admin)?,
        })
    }
}
