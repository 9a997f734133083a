//! The process that holds the vault: one for each user and vault.
//!
//! It owns the socket ([`run`]), knows who calls (the caller's process and its parents) and who was
//! granted the vault, locks it, holds the clipboard, and keeps `keyturn session` running for
//! notifications. What a call does is the engine's; this crate decides whether it may, and turns
//! protocol types into the engine's and back.
//!
//! Where to look next: `server` for connections, `handle/` for the calls, `grant` for who may,
//! `agent` for locking, `reminders` for notifications, `clipboard/` for the clipboard's holder.

mod agent;
mod attempts;
mod caller;
mod clipboard;
mod consent;
mod daily_check;
mod desktop;
mod errors;
mod grant;
mod greeting;
mod handle;
mod hardening;
mod inherited;
mod log;
mod logind;
mod message;
mod own_program;
mod parent_pipe;
mod prompt;
mod reminders;
mod reveal;
mod screen;
mod server;
mod session;
mod share_safe;
mod shortcut;
mod socket;
mod tray;

use std::io::Write;
use std::os::unix::fs::DirBuilderExt;
use std::sync::Arc;
use std::time::Duration;

use keyturn_core::{Clock, CredentialRef, SystemChance, SystemClock};
use keyturn_engine::{Engine, Ports};
use keyturn_http::HttpTransport;
use keyturn_protocol::calls::LockedBy;
use keyturn_protocol::{ApiError, ErrorCode, Event, Home};
use keyturn_providers::Catalogue;
use keyturn_vault::{KdfCost, OsKeystore, VaultPaths};
use tokio::signal::unix::{SignalKind, signal};

pub use clipboard::hold_clipboard;

use agent::Agent;
use log::Log;
use session::Session;
use socket::Socket;

/// Uses of a token are written to the journal within this time.
const JOURNAL_DELAY: Duration = Duration::from_secs(1);

/// Runs the agent until it is stopped. Once it listens, it prints `ready` on standard output.
///
/// With `foreground` it stays attached to its terminal and logs there; without, it leaves the
/// terminal's session and logs to a file. `updated` says that it takes the place of an older agent.
pub fn run(home: Home, foreground: bool, updated: bool) -> Result<(), ApiError> {
    hardening::deny_inspection().map_err(|error| failed("hardening the process", &error))?;
    hardening::create_private_files();
    if !foreground {
        inherited::close_descriptors()
            .map_err(|error| failed("closing what it inherited", &error))?;
        // Fails where the process leads a group already, which only a terminal's own does.
        rustix::process::setsid().ok();
        std::env::set_current_dir("/").map_err(|error| failed("leaving the folder", &error))?;
    }
    for folder in [&home.data, &home.state] {
        std::fs::DirBuilder::new()
            .recursive(true)
            .mode(0o700)
            .create(folder)
            .map_err(|error| failed("making its folders", &error))?;
    }
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .map_err(|error| failed("starting its threads", &error))?;
    runtime.block_on(serve(home, foreground, updated))
}

async fn serve(home: Home, foreground: bool, updated: bool) -> Result<(), ApiError> {
    let socket = Socket::bind(&home)?;
    let clock: Arc<dyn Clock> = Arc::new(SystemClock);
    let log = if foreground {
        Log::to_terminal(Arc::clone(&clock))
    } else {
        Log::to_file(&home.state, Arc::clone(&clock))
            .map_err(|error| failed("opening its log", &error))?
    };
    let engine = Engine::new(Ports {
        clock,
        chance: Arc::new(SystemChance),
        transport: Arc::new(HttpTransport::new()),
        keystore: Arc::new(OsKeystore::new()),
        catalogue: Catalogue::builtin(),
        own_profiles: home.profiles(),
        paths: VaultPaths {
            vault: home.vault(),
            backups: home.backups(),
            anchor: home.state.join("anchor"),
            lock: home.data.join("vault.lock"),
        },
        kdf_cost: KdfCost::Calibrate,
    });
    let (session, orders) = Session::new();
    let agent = Arc::new(Agent::new(Arc::new(engine), home, log, session));
    agent.set_updated(updated);
    let orphaned = Arc::clone(&agent);
    parent_pipe::watch(move || orphaned.stopping.notify_one());
    tokio::spawn(session::keep(Arc::clone(&agent), orders));
    tokio::spawn(reminders::run(Arc::clone(&agent)));
    tokio::spawn(tray::run(Arc::clone(&agent)));
    tokio::spawn(logind::run(Arc::clone(&agent)));
    tokio::spawn(shortcut::run(Arc::clone(&agent)));
    tokio::spawn(write_journal(Arc::clone(&agent)));
    tokio::spawn(keep_fresh(Arc::clone(&agent)));
    tokio::spawn(daily_check::run(Arc::clone(&agent)));
    let mut terminated =
        signal(SignalKind::terminate()).map_err(|error| failed("listening for signals", &error))?;
    let mut interrupted =
        signal(SignalKind::interrupt()).map_err(|error| failed("listening for signals", &error))?;
    agent.log.line(&format!("listening, version {}", env!("CARGO_PKG_VERSION")));
    // Whoever started the agent may have left already; that is no reason to end.
    drop(std::io::stdout().write_all(b"ready\n").and_then(|()| std::io::stdout().flush()));
    let mut tick = tokio::time::interval(agent::TICK);
    loop {
        tokio::select! {
            connection = socket.accept() => match connection {
                Ok((stream, peer)) => {
                    tokio::spawn(server::serve(Arc::clone(&agent), stream, peer));
                }
                Err(error) => {
                    agent.log.line(&format!("a connection failed: {error}"));
                    // Most likely out of file descriptors: others have to end first.
                    tokio::time::sleep(Duration::from_millis(50)).await;
                }
            },
            _ = tick.tick() => if !socket.is_reachable() {
                agent.log.line("the socket was taken away: nobody can reach this agent any more");
                break;
            },
            () = agent.stopping.notified() => break,
            _ = terminated.recv() => break,
            _ = interrupted.recv() => break,
        }
    }
    let locked = agent.lock(LockedBy::Ending, "the agent is stopping").await;
    agent.log.line("stopped");
    locked
}

/// Writes journal entries that wait, in groups.
async fn write_journal(agent: Arc<Agent>) {
    loop {
        agent.engine.journal_waits().await;
        tokio::time::sleep(JOURNAL_DELAY).await;
        if let Err(error) = agent.engine.flush_journal() {
            agent.log.line(&format!("writing the journal: {error}"));
        }
    }
}

/// Renews the tokens that are to be kept fresh.
async fn keep_fresh(agent: Arc<Agent>) {
    let told = Arc::clone(&agent);
    let changed = Arc::clone(&agent.freshness_changed);
    let renewed = move |reference: &CredentialRef| {
        told.tell(Event::CredentialChanged(reference.clone()));
    };
    Arc::clone(&agent.engine).keep_fresh(changed, renewed).await;
}

fn failed(doing: &str, error: &std::io::Error) -> ApiError {
    ApiError::new(ErrorCode::AgentUnreachable, format!("the agent failed {doing}: {error}"))
}
