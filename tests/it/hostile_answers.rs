//! Answers that mean ill, through the tester: nothing that authenticates goes to where they lead, and nothing of
//! it is shown where they throw it back. How the transport stands against 48 hostile servers is in
//! `crates/keyturn-http/tests/hostile`; memory, terminals and TLS are in `bad_answers`.

use std::io::ErrorKind;
use std::net::{TcpListener, TcpStream};

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use keyturn_sandbox::{Fault, FaultKind, Provider};

use crate::support::World;

/// A request with each way of carrying a secret: a key, a token, and both at once.
const SENT: [(Provider, &[&str]); 3] = [
    (Provider::Deepidv, &["deepidv/main", "POST", "/v1/sessions", "--json", "{}", "--yes"]),
    (Provider::Deeply, &["deeply/main", "/api/v1/events"]),
    (Provider::Deepvue, &["deepvue/main", "--sample", "panbasic"]),
];

fn world() -> World {
    let world = World::with_providers();
    for (provider, _) in SENT {
        world.add(provider);
    }
    for reference in ["deeply/main", "deepvue/main"] {
        // Bought before an answer means ill, so that the next one is the request's own.
        world.keyturn(&["token", reference]).run().done();
    }
    world
}

#[test]
fn no_redirect_takes_a_request_of_the_tester_to_a_second_origin() {
    let world = world();
    // Whoever connects there waits to be accepted, with or without TLS.
    let second = TcpListener::bind("127.0.0.1:0").unwrap();
    second.set_nonblocking(true).unwrap();
    let port = second.local_addr().unwrap().port();
    let mut cases = 0;
    for (provider, words) in SENT {
        for status in [301, 302, 303, 307, 308] {
            for (scheme, host) in
                [("https", "127.0.0.1"), ("https", "localhost"), ("http", "127.0.0.1")]
            {
                let location = format!("{scheme}://{host}:{port}/v1/elsewhere?a=b");
                let kind = FaultKind::Redirect { status, location };
                world.admin().forget_requests();
                world.admin().fault(provider, Fault::next(kind));
                let words = [&["request"], words, &["--format", "json"]].concat();
                let shown = world.keyturn(&words).run().done().json();
                assert_eq!(shown["status"], status);
                let to = format!("{scheme}://{host}:{port}/v1/elsewhere");
                assert_eq!(shown["redirect"]["to"], to.as_str(), "it is shown: {shown}");
                assert_eq!(world.admin().requests(provider).len(), 1, "and not followed");
                cases += 1;
            }
        }
    }
    assert_eq!(cases, 45);
    assert_eq!(second.accept().unwrap_err().kind(), ErrorKind::WouldBlock, "nobody connected");
    let _control = TcpStream::connect(("127.0.0.1", port)).unwrap();
    assert!(second.accept().is_ok(), "positive control: whoever connects is seen");
}

#[test]
fn a_secret_that_is_thrown_back_is_shown_in_none_of_its_usual_forms() {
    let world = world();
    let key = world.sandbox().credentials().deepidv.api_key;
    let hex = key.bytes().fold(String::new(), |hex, byte| format!("{hex}{byte:02x}"));
    let forms = [
        ("as it is", key.clone()),
        ("base64", BASE64_STANDARD.encode(&key)),
        ("base64 behind another byte", BASE64_STANDARD.encode(format!("x{key}"))),
        ("hex", hex.clone()),
        ("upper hex", hex.to_uppercase()),
        ("in JSON", serde_json::to_string(&key).unwrap()),
        ("in markup", format!("<svg onload=\"alert('{key}')\">")),
        ("behind an escape sequence", format!("\u{1b}[31m{key}\u{1b}[0m")),
    ];
    for (name, form) in &forms {
        let answer = FaultKind::Answer {
            status: 400,
            headers: vec![("x-thrown-back".to_owned(), key.clone())],
            body: format!("before {form} behind"),
        };
        for words in [&["--format", "json"][..], &["--include"], &["--verbose"]] {
            world.admin().fault(Provider::Deepidv, Fault::next(answer.clone()));
            let base = ["request", "deepidv/main", "/v1/sessions"];
            let shown = world.keyturn(&[&base[..], words].concat()).run().exits(1);
            let all = format!("{}{}", shown.stdout, shown.stderr);
            assert!(all.contains("before") && all.contains("behind"), "it is shown: {all}");
            let inner = form.trim_matches('"');
            assert!(!all.contains(inner), "{name}, {words:?}: {all}");
            assert!(!all.contains(&key) && !all.contains(&hex), "{name}, {words:?}");
        }
    }
    // Positive control: another one's key is nobody's secret here, and shown.
    let answer = FaultKind::Bytes { body: b"before another-key-7x9z-7x9z behind".to_vec() };
    world.admin().fault(Provider::Deepidv, Fault::next(answer));
    let shown = world.keyturn(&["request", "deepidv/main", "/v1/sessions"]).run().done();
    assert!(shown.stdout.contains("another-key-7x9z-7x9z"));
}
