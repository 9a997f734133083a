//! What is refused before a byte leaves: a server that counts connections and records every byte sees
//! neither, not even the purchase of a token.

use std::io::Read as _;
use std::net::TcpListener;
use std::sync::{Arc, Mutex};

use keyturn_sandbox::Provider;

use crate::support::{Outcome, World};

const KEY: &str = "deeply-key-canary-7x9z-4Q2w";

/// A server that answers nothing; each connection with the first bytes that it brought.
struct Recorder {
    port: u16,
    seen: Arc<Mutex<Vec<Vec<u8>>>>,
}

impl Recorder {
    fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let seen = Arc::new(Mutex::new(Vec::new()));
        let record = Arc::clone(&seen);
        // It ends with the test's process.
        std::thread::spawn(move || {
            for mut stream in listener.incoming().flatten() {
                let mut bytes = vec![0; 4096];
                let read = stream.read(&mut bytes).unwrap_or_default();
                bytes.truncate(read);
                record.lock().unwrap().push(bytes);
            }
        });
        Self { port, seen }
    }

    fn seen(&self) -> Vec<Vec<u8>> {
        self.seen.lock().unwrap().clone()
    }
}

/// A credential of Deeply's whose only address is the recorder's.
fn world(recorder: &Recorder) -> World {
    let world = World::with_vault();
    let address = format!("https://127.0.0.1:{}", recorder.port);
    world.add_environment(Provider::Deeply, "here", &["--base-url", &address]);
    let add = ["add", "deeply", "--environment", "here", "--secrets-stdin"];
    world.keyturn(&add).stdin(&format!("{{\"api_key\":\"{KEY}\"}}")).run().done();
    world
}

fn request(world: &World, words: &[&str]) -> Outcome {
    world.keyturn(&[&["request", "deeply/main"], words, &["--format", "json"]].concat()).run()
}

#[test]
fn de1_what_may_not_leave_is_refused_before_a_byte_does() {
    let recorder = Recorder::start();
    let world = world(&recorder);
    std::fs::write(world.folder().join("file"), format!("key={KEY}")).unwrap();
    let events = "/api/v1/events";
    let own_host = format!("127.0.0.1:{}", recorder.port);
    let clear_text = format!("http://{own_host}{events}");
    let other_port = format!("https://127.0.0.1:1{events}");
    let disguised = format!("https://{own_host}@elsewhere.invalid{events}");
    let with = |flag: &str, value: &str| vec![events.to_owned(), flag.to_owned(), value.to_owned()];
    let post = |flag: &str, value: &str| {
        [vec!["POST".to_owned()], with(flag, value), vec!["--yes".to_owned()]].concat()
    };
    let path = |path: &str| vec![path.to_owned()];
    let encoded = "ZGVlcGx5LWtleS1jYW5hcnktN3g5ei00UTJ3";
    let cases = [
        ("the issuing key at another endpoint", with("--recipe", "issue"), "access token"),
        ("the key in a header", with("--header", &format!("x-debug:{KEY}")), "access token"),
        ("the key in base64", with("--header", &format!("x-debug:{encoded}")), "access token"),
        ("the key in the query", with("--query", &format!("k={KEY}")), "Leave it out"),
        ("the key in the path", path(&format!("{events}/{KEY}")), "Leave it out"),
        ("the key in JSON", post("--json", &format!("\"{KEY}\"")), "access token"),
        ("the key in a form", post("--form", &format!("k={KEY}")), "access token"),
        ("the key in a file", post("--multipart", "k=@file"), "access token"),
        ("the key in a body's bytes", post("--body-file", "file"), "access token"),
        ("another Authorization", with("--header", "Authorization:Bearer x"), "Leave it out"),
        ("another key's header", with("--header", "X-API-Key:x"), "Leave it out"),
        ("cookies", with("--header", "Cookie:a=b"), "Leave it out"),
        ("a header of the connection", with("--header", "Host:elsewhere.invalid"), "Leave it out"),
        ("a foreign host", path("https://elsewhere.invalid/api/v1/events"), "environment add"),
        ("a foreign host without scheme", path("//elsewhere.invalid/x"), "environment add"),
        ("another port", path(&other_port), "environment add"),
        ("a host behind a user name", path(&disguised), "environment add"),
        ("clear text", path(&clear_text), "https://"),
    ];
    for (what, words, to_do) in cases {
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        let refused = request(&world, &words).exits(5).error();
        assert_eq!(refused["code"], "refused_by_policy", "{what}");
        let hint = refused["hint"].as_str().unwrap_or_default();
        assert!(hint.contains(to_do) && hint.contains("Nothing was sent"), "{what}: {refused}");
        assert_eq!(recorder.seen(), Vec::<Vec<u8>>::new(), "{what}");
    }
    // The same recorder does see a request that may leave: the beginning of its handshake.
    request(&world, &[events]).exits(7);
    let seen = recorder.seen();
    assert_eq!((seen.len(), seen[0][0]), (1, 0x16), "a TLS handshake");
}
