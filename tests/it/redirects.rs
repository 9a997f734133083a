//! Going where an answer leads: by a click, one step far, and with nothing of the first request.

use keyturn_protocol::ErrorCode;
use keyturn_protocol::calls::{FollowRedirect, SendRequest};
use keyturn_sandbox::{Fault, FaultKind, Provider, SeenRequest};
use serde_json::Value;

use crate::support::{Outcome, World, client};

const CANARY: &str = "canary-of-the-first-request";

/// Sends a request full of what may not come along; its answer leads to `location`.
fn follow(world: &World, location: &str, words: &[&str]) -> Outcome {
    let kind = FaultKind::Redirect { status: 307, location: location.to_owned() };
    world.admin().fault(Provider::Deepidv, Fault::next(kind));
    let query = format!("name={CANARY}");
    let header = format!("x-name: {CANARY}");
    let first = ["request", "deepidv/main", "POST", "/v1/sessions", "--yes", "--follow-redirect"];
    let given = ["--query", &query, "--header", &header, "--json", &body()];
    world.keyturn(&[&first[..], &given, words].concat()).run()
}

fn body() -> String {
    format!("{{\"name\":\"{CANARY}\"}}")
}

fn last(world: &World, provider: Provider) -> SeenRequest {
    world.admin().requests(provider).pop().expect("a request was sent")
}

fn world() -> World {
    let world = World::with_providers();
    world.add(Provider::Deepidv);
    world
}

/// A request that holds nothing of the first, and nothing that authenticates.
fn assert_bare(seen: &SeenRequest, key: &str) {
    let mut names: Vec<&str> = seen.headers.iter().map(|(name, _)| name.as_str()).collect();
    names.sort_unstable();
    assert_eq!(names, ["accept", "host", "user-agent"]);
    assert_eq!((seen.method.as_str(), seen.body.as_str()), ("GET", ""));
    let all = format!("{seen:?}");
    assert!(!all.contains(CANARY) && !all.contains(key), "{all}");
}

#[test]
fn nothing_of_the_first_request_goes_to_its_own_origin_or_to_another() {
    let world = world();
    let key = world.sandbox().credentials().deepidv.api_key;
    let own = world.sandbox().base_url(Provider::Deepidv);
    let other = world.sandbox().base_url(Provider::Deepcurrent);
    for (provider, location, path) in [
        (Provider::Deepidv, "/v1/elsewhere?sig=1%2B".to_owned(), "/v1/elsewhere"),
        (Provider::Deepidv, format!("{own}/v1/elsewhere?sig=1%2B"), "/v1/elsewhere"),
        (Provider::Deepcurrent, format!("{other}/api/v1/elsewhere?sig=1%2B"), "/api/v1/elsewhere"),
    ] {
        world.admin().forget_requests();
        let answered = follow(&world, &location, &["--format", "json"]).json();
        assert_eq!(answered["answer"]["status"], 307);
        assert!(answered["followed"]["status"].is_u64(), "{answered}");
        assert_eq!(answered["followed"]["diagnosis"], Value::Null);
        let seen = last(&world, provider);
        assert_eq!((seen.path.as_str(), seen.query.as_deref()), (path, Some("sig=1%2B")));
        assert_bare(&seen, &key);
        let first = world.admin().requests(Provider::Deepidv).remove(0);
        let sent = format!("{first:?}");
        assert!(sent.contains(&key) && sent.contains(CANARY), "positive control: {sent}");
    }
}

#[test]
fn hostile_addresses_are_told_and_not_asked() {
    let world = world();
    let own = world.sandbox().base_url(Provider::Deepidv);
    let host = own.trim_start_matches("https://");
    let long = format!("{own}/{}", "a".repeat(10 * 1024));
    for (location, words) in [
        (format!("http://{host}/"), "clear text"),
        ("ftp://a.example/".to_owned(), "no web address"),
        ("javascript:alert(1)".to_owned(), "no web address"),
        (format!("https://a.example@{host}/"), "user name or a password"),
        (format!("https:\\\\{host}/"), "no address that can be read"),
        (format!("{own}/a b"), "no address that can be read"),
        (long, "longer than 8 KiB"),
    ] {
        world.admin().forget_requests();
        let refused = follow(&world, &location, &["--format", "json"]).exits(5);
        let printed = refused.json();
        assert_eq!(
            (&printed["answer"]["status"], &printed["followed"]),
            (&307.into(), &Value::Null)
        );
        let message = refused.error()["message"].as_str().unwrap().to_owned();
        assert!(message.contains(words), "{words}: {message}");
        assert_eq!(world.admin().requests(Provider::Deepidv).len(), 1, "{words}");
    }
}

/// Rows 12 and 13: what answers is a stranger, and as bounded as a provider.
#[test]
fn a_stranger_behind_a_redirect_is_read_within_the_same_limits() {
    let world = world();
    let other = world.sandbox().base_url(Provider::Deepcurrent);
    let location = format!("{other}/api/v1/elsewhere");
    let next = |kind| world.admin().fault(Provider::Deepcurrent, Fault::next(kind));
    next(FaultKind::EndlessBody { bytes: 1 << 30 });
    let endless = follow(&world, &location, &["--format", "json"]).exits(1).error();
    assert_eq!(endless["code"], "provider_answer", "{endless}");
    next(FaultKind::Bytes { body: b"\x1b[2J<script>alert(1)</script>".to_vec() });
    let shown = follow(&world, &location, &["--include"]);
    let head = shown.stdout.split("<script>").next().unwrap();
    assert!(shown.stdout.contains("<script>"), "positive control: the body is shown: {shown:?}");
    assert!(!shown.stderr.contains('\u{1b}') && head.contains("HTTP 200"), "{shown:?}");
    next(FaultKind::Redirect { status: 302, location: "/further".to_owned() });
    world.admin().forget_requests();
    let chain = follow(&world, &location, &["--format", "json"]).json();
    assert_eq!(chain["followed"]["status"], 302);
    assert!(chain["followed"]["redirect"]["ticket"].is_u64(), "{chain}");
    assert_eq!(world.admin().requests(Provider::Deepcurrent).len(), 1, "one step");
}

/// A script in the window's page can make every call that the page can.
#[test]
fn only_the_command_line_goes_where_the_credential_is_not_bound_to() {
    let world = world();
    let other = world.sandbox().base_url(Provider::Deepcurrent);
    let reference = || "deepidv/main".parse().unwrap();
    let sent = |location: &str| {
        let kind = FaultKind::Redirect { status: 302, location: location.to_owned() };
        world.admin().fault(Provider::Deepidv, Fault::next(kind));
        let call =
            SendRequest { path: Some("/v1/sessions".to_owned()), ..SendRequest::new(reference()) };
        client(&world).call(call).unwrap().redirect.unwrap()
    };
    let own = sent("/v1/elsewhere");
    let ticket = own.ticket.expect("its own origin may be asked from the window");
    let followed = client(&world).call(FollowRedirect { reference: reference(), ticket });
    assert_eq!(followed.unwrap().status, Some(404), "positive control: it was asked");
    let elsewhere = sent(&format!("{other}/api/v1/elsewhere"));
    assert_eq!(elsewhere.ticket, None);
    let blocked = elsewhere.blocked.unwrap();
    assert!(blocked.contains("--follow-redirect"), "it says what to do: {blocked}");
    // Tickets are counted, so that a script can guess them.
    let guessed = FollowRedirect { reference: reference(), ticket: ticket + 1 };
    let refused = client(&world).call(guessed).unwrap_err();
    assert_eq!(refused.code, ErrorCode::RefusedByPolicy, "{refused}");
    assert!(refused.hint.is_some_and(|hint| hint.contains("--follow-redirect")));
    assert_eq!(world.admin().requests(Provider::Deepcurrent).len(), 0, "nothing was sent");
}

#[test]
fn an_answer_that_leads_nowhere_is_printed_as_it_is() {
    let world = world();
    let words = ["request", "deepidv/main", "/v1/elsewhere", "--follow-redirect"];
    let plain = world.keyturn(&[&words[..], &["--format", "json"]].concat()).run().json();
    assert_eq!((&plain["followed"], &plain["answer"]["status"]), (&Value::Null, &404.into()));
}
