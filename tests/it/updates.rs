//! A newer Keyturn beside an older agent. There is one version only in a test, so that each side meets a
//! peer that is a fake: the agent a client that calls itself newer, the client an agent that ends for it.

use std::fs;
use std::os::unix::net::{UnixListener, UnixStream};
use std::thread;
use std::time::Duration;

use keyturn_protocol::{
    ApiError, Asking, ErrorCode, Hello, HelloHead, PROTOCOL_VERSION, Reply, Welcome, decode,
    encode, frame,
};
use serde_json::json;

use crate::support::World;

/// Greets the agent as a client of that version would, and gives its answer.
fn greet(world: &World, version: &str, replaces: bool) -> Result<Welcome, ApiError> {
    let mut stream = UnixStream::connect(world.socket()).unwrap();
    // A later version may say more in its hello than this one knows.
    let hello = json!({
        "protocol": PROTOCOL_VERSION, "version": version, "replaces": replaces,
        "asking": "in_a_way_of_the_future", "mood": "new",
    });
    frame::write(&mut stream, &serde_json::to_vec(&hello).unwrap()).unwrap();
    stream.set_read_timeout(Some(Duration::from_secs(20))).unwrap();
    let answer: Reply<Welcome> = decode(&frame::read(&mut stream).unwrap()).unwrap();
    answer.into()
}

#[test]
fn an_older_agent_ends_for_a_newer_client_and_nothing_is_lost() {
    let world = World::with_providers();
    world.add(keyturn_sandbox::Provider::Deepidv);
    let older = world.agent_pid();
    greet(&world, "0.0.1", true).unwrap();
    greet(&world, "99.0.0", false).unwrap();
    assert_eq!(world.agent_pid(), older, "it serves who is older, and who could not replace it");

    let refused = greet(&world, "99.0.0", true).unwrap_err();
    assert_eq!(refused.code, ErrorCode::RestartNeeded);
    assert!(refused.retry_at.is_some(), "the next one is there at once");
    world.wait_for_agents_end();
    world.keyturn(&["list"]).run().exits(3);
    assert_ne!(world.agent_pid(), older);
    world.unlock();
    assert_eq!(world.listed("deepidv/main")["ref"], "deepidv/main");
}

/// Plays an older agent: it takes the place of the socket, ends for its first client, and is gone.
fn fake_older_agent(world: &World) -> thread::JoinHandle<HelloHead> {
    let socket = world.socket();
    drop(fs::remove_file(&socket));
    let listener = UnixListener::bind(&socket).unwrap();
    thread::spawn(move || {
        let (mut stream, _) = listener.accept().unwrap();
        let hello = decode::<HelloHead>(&frame::read(&mut stream).unwrap()).unwrap();
        let error = ApiError::new(ErrorCode::RestartNeeded, "the older agent ends");
        let error = ApiError { retry_at: Some(chrono::DateTime::UNIX_EPOCH), ..error };
        frame::write(&mut stream, &encode(&Reply::<Welcome>::Err(error))).unwrap();
        drop(fs::remove_file(&socket));
        hello
    })
}

#[test]
fn a_newer_client_starts_its_own_agent_goes_on_and_says_that_the_vault_is_locked() {
    let world = World::with_vault();
    world.keyturn(&["stop"]).run().done();
    world.wait_for_agents_end();

    let older = fake_older_agent(&world);
    let refused = world.keyturn(&["list", "--format", "json"]).run().exits(3);
    let hello = older.join().unwrap();
    assert!(hello.replaces && hello.version == Hello::ours(Asking::default()).version);
    let message = refused.error()["message"].to_string();
    assert!(message.contains("Keyturn was updated"), "{message}");
    assert_eq!(world.status()["agent"]["updated"], true);
    world.unlock();
    assert!(world.status()["agent"]["updated"].is_null(), "once it is open it is no news");
    world.keyturn(&["list"]).run().done();
}
