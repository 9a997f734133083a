//! A request that is taken back: whoever waits for it leaves, and it ends at the provider's, too.

use std::io::Read as _;
use std::net::{TcpListener, TcpStream};
use std::sync::mpsc::{self, Receiver, Sender};
use std::thread;
use std::time::Duration;

use keyturn_protocol::calls::{
    ExchangeView, ListExchanges, RunChecks, SaveRequest, SavedView, SendRequest,
};
use keyturn_protocol::{ApiError, Call, ErrorCode};
use keyturn_request::{Request, SavedRequest};
use keyturn_sandbox::{Fault, FaultKind, Provider};

use crate::support::{World, client, wait};

/// How long something may take that has to happen.
const PATIENCE: Duration = Duration::from_secs(20);

/// What befalls a server that never answers.
#[derive(Debug, PartialEq, Eq)]
enum Befell {
    /// A request came whole.
    Asked,
    /// Its connection was closed by the other end.
    Left,
}

/// A server on loopback that takes every request and answers none.
struct Silent {
    address: String,
    befell: Receiver<Befell>,
}

impl Silent {
    fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = format!("http://{}", listener.local_addr().unwrap());
        let (told, befell) = mpsc::channel();
        // It ends with the test's process.
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let told = told.clone();
                thread::spawn(move || hold(stream, &told));
            }
        });
        Self { address, befell }
    }

    #[track_caller]
    fn next(&self) -> Befell {
        self.befell.recv_timeout(PATIENCE).unwrap()
    }
}

fn hold(mut stream: TcpStream, told: &Sender<Befell>) {
    let (mut heard, mut bytes) = (Vec::new(), [0; 1024]);
    loop {
        match stream.read(&mut bytes) {
            Ok(0) | Err(_) => break,
            Ok(read) => heard.extend(&bytes[..read]),
        }
        if heard.ends_with(b"\r\n\r\n") {
            heard.clear();
            // The test may be over.
            drop(told.send(Befell::Asked));
        }
    }
    drop(told.send(Befell::Left));
}

fn world(server: &Silent) -> World {
    let world = World::with_vault();
    let profile = include_str!("../fixtures/profiles/device.toml");
    let profile = profile.replace("http://127.0.0.1:1", &server.address);
    std::fs::write(world.folder().join("device.toml"), profile).unwrap();
    world.keyturn(&["provider", "add", "device.toml"]).run().done();
    let add = ["add", "device", "--secret", "api_key", "--allow-plain-http"];
    world.keyturn(&add).stdin("device-key-canary-3k9w").run().done();
    world
}

fn read(reference: &str, path: &str) -> SendRequest {
    SendRequest { path: Some(path.to_owned()), ..SendRequest::new(reference.parse().unwrap()) }
}

/// Makes a call on a connection of its own and leaves once `begun` says so.
fn taken_back<C>(world: &World, call: C, begun: impl FnOnce()) -> ApiError
where
    C: Call + Send + 'static,
    C::Answer: Send + 'static,
{
    let mut client = client(world);
    let hangup = client.hangup().unwrap();
    let waiting = thread::spawn(move || client.call(call).map(|_| ()));
    begun();
    hangup.hang_up();
    waiting.join().unwrap().unwrap_err()
}

fn history(world: &World, reference: &str) -> Vec<ExchangeView> {
    client(world).call(ListExchanges { reference: reference.parse().unwrap() }).unwrap()
}

#[test]
fn a_request_that_is_taken_back_ends_at_the_provider_and_is_not_sent_again() {
    let server = Silent::start();
    let world = world(&server);
    let begun = || assert_eq!(server.next(), Befell::Asked);
    let error = taken_back(&world, read("device/main", "/v1/slow"), begun);
    assert_eq!(error.code, ErrorCode::AgentUnreachable, "{error}");
    assert_eq!(server.next(), Befell::Left, "the provider's connection is closed");
    let entries = wait::until("the entry", || {
        Some(history(&world, "device/main")).filter(|entries| !entries.is_empty())
    });
    assert_eq!(entries.len(), 1);
    assert_eq!(entries[0].problem.as_deref(), Some("cancelled"));
    assert_eq!((entries[0].status, entries[0].kept), (None, false));
    // What comes next at the server is the next request, and no second try of the first.
    taken_back(&world, read("device/main", "/v1/next"), begun);
    assert_eq!(server.next(), Befell::Left);
    assert!(server.befell.try_recv().is_err(), "nothing else came");
}

#[test]
fn a_check_that_is_taken_back_ends_at_the_provider() {
    let server = Silent::start();
    let world = world(&server);
    let saved = SavedRequest {
        name: "state".to_owned(),
        request: Request::new("GET", "/v1/state"),
        environment: None,
        recipe: None,
        sample: None,
        checks: Vec::new(),
    };
    let reference: keyturn_core::CredentialRef = "device/main".parse().unwrap();
    let save = SaveRequest { reference: reference.clone(), saved, replaces: None };
    let saved: Vec<SavedView> = client(&world).call(save).unwrap();
    assert_eq!(saved.len(), 1);
    let run = RunChecks { reference: Some(reference), confirmed: true };
    taken_back(&world, run, || assert_eq!(server.next(), Befell::Asked));
    assert_eq!(server.next(), Befell::Left);
}

/// It reached the provider, who may have counted it: the limits count it once.
#[test]
fn di6_a_request_that_is_taken_back_counts_once() {
    let world = World::with_providers();
    world.add_with(Provider::Deepidv, &["--field", "organization=Acme"]);
    world.admin().fault(Provider::Deepidv, Fault::next(FaultKind::Hang));
    taken_back(&world, read("deepidv/main", "/v1/sessions/none"), || {
        wait::until("the request at the provider", || {
            (world.admin().total(Provider::Deepidv) == 1).then_some(())
        });
    });
    let used = || {
        let shown = world.json(&["show", "deepidv/main"]);
        let limits = shown["limits"].as_array().unwrap().clone();
        limits.iter().find(|limit| limit["window"] == "day").unwrap()["used"].clone()
    };
    assert_eq!(used(), 1);
    let words = ["request", "deepidv/main", "/v1/sessions/none", "--format", "json"];
    world.keyturn(&words).run().exits(1);
    assert_eq!((used(), world.admin().total(Provider::Deepidv)), (2.into(), 2));
}
