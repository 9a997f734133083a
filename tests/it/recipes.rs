//! Which header carries what, and to which endpoint.

use keyturn_sandbox::{PanbasicAuth, Provider, SeenRequest};
use serde_json::{Value, json};

use crate::support::{Outcome, World};

const EVENTS: &str = "/api/v1/events";

fn request(world: &World, words: &[&str]) -> Outcome {
    world.keyturn(&[&["request"], words, &["--format", "json"]].concat()).run()
}

fn last(world: &World, provider: Provider) -> SeenRequest {
    world.admin().requests(provider).pop().expect("a request was sent")
}

fn row(answer: &Outcome) -> Value {
    answer.json()["diagnosis"]["row"].clone()
}

#[test]
fn dv5_each_of_the_three_recipes_sends_what_it_says() {
    let world = World::with_providers();
    world.add(Provider::Deepvue);
    let secret = world.sandbox().credentials().deepvue.client_secret;
    let sample = ["deepvue/main", "--sample", "panbasic"];
    let sent = |recipe: &[&str]| {
        request(&world, &[&sample[..], recipe].concat()).done();
        let sent = last(&world, Provider::Deepvue);
        let bearer = format!("Bearer {}", world.admin().last_token(Provider::Deepvue).unwrap());
        let has = |name: &str, value: &str| match sent.header(name) {
            None => false,
            Some(found) => {
                assert_eq!(found, value);
                true
            }
        };
        (has("authorization", &bearer), has("x-api-key", &secret))
    };
    assert_eq!(sent(&[]), (true, true), "the documented example sends both");
    assert_eq!(sent(&["--recipe", "bearer"]), (true, false));
    assert_eq!(sent(&["--recipe", "key"]), (false, true));
    let other = request(&world, &["deepvue/main", "/v1/other"]).exits(1);
    assert_eq!(other.json()["status"], 404);
    let sent = last(&world, Provider::Deepvue);
    assert!(sent.header("authorization").is_some(), "most endpoints take the bearer");
    assert_eq!(sent.header("x-api-key"), None, "and get nothing else");
    let unknown = request(&world, &["deepvue/main", "/v1/other", "--recipe", "beerer"]).exits(4);
    assert!(unknown.error()["hint"].as_str().unwrap().contains("bearer-and-key"));
}

/// DV5, DV7: an endpoint that wants both says "Not authenticated" to the bearer alone.
#[test]
fn a_bearer_that_is_not_enough_is_explained() {
    let world = World::with_providers();
    world.add(Provider::Deepvue);
    world.admin().set_panbasic_auth(PanbasicAuth::Both);
    let sample = ["deepvue/main", "--sample", "panbasic"];
    request(&world, &sample).done();
    let refused = request(&world, &[&sample[..], &["--recipe", "bearer"]].concat()).exits(1);
    assert_eq!(row(&refused), "DV7.401.not-enough");
    let refused = request(&world, &[&sample[..], &["--recipe", "key"]].concat()).exits(1);
    assert_eq!(row(&refused), "DV7.401.not-authenticated");
}

/// DI3, DI5: the key goes along as it is; nothing is bought and nothing signed.
#[test]
fn di3_di5_a_request_carries_the_key_and_nothing_that_signs() {
    let world = World::with_providers();
    world.add(Provider::Deepidv);
    let known = world.sandbox().credentials().deepidv.api_key;
    request(&world, &["deepidv/main", "--sample", "create-session", "--yes"]).done();
    let sent = last(&world, Provider::Deepidv);
    assert_eq!((sent.method.as_str(), sent.path.as_str()), ("POST", "/v1/sessions"));
    assert_eq!(sent.header("x-api-key"), Some(known.as_str()));
    let body: Value = serde_json::from_str(&sent.body).unwrap();
    for field in ["firstName", "lastName", "email", "phone", "workflowId"] {
        assert!(body[field].is_string(), "{body}");
    }
    let ordinary = [
        "x-api-key",
        "content-type",
        "content-length",
        "host",
        "accept",
        "accept-encoding",
        "user-agent",
    ];
    let others: Vec<_> = sent
        .headers
        .iter()
        .map(|(name, _)| name.as_str())
        .filter(|name| !ordinary.contains(name))
        .collect();
    assert_eq!(others, Vec::<&str>::new(), "no signature, no bearer");
    assert_eq!(world.admin().total(Provider::Deepidv), 1, "no exchange");
    let key = world.keyturn(&["token", "deepidv/main", "--as", "json"]).run().done().json();
    assert_eq!((&key["access_token"], &key["source"]), (&json!(known), &json!("unknown")));
    let outside = request(&world, &["deepidv/main", "GET", "/v2/sessions"]).exits(5);
    assert_eq!(outside.error()["code"], "refused_by_policy");
    assert_eq!(world.admin().total(Provider::Deepidv), 1, "every path is under /v1");
}

#[test]
fn de1_the_key_that_issues_tokens_is_sent_to_no_other_endpoint() {
    let world = World::with_providers();
    world.add(Provider::Deeply);
    let key = world.sandbox().credentials().deeply.api_key;
    let by_recipe = request(&world, &["deeply/main", EVENTS, "--recipe", "issue"]).exits(5);
    assert_eq!(by_recipe.error()["code"], "refused_by_policy");
    assert_eq!(world.admin().total(Provider::Deeply), 0, "before a byte leaves");
    let header = format!("X-Debug: {key}");
    let by_hand = request(&world, &["deeply/main", EVENTS, "--header", &header]).exits(5);
    assert!(by_hand.stderr.contains("issuing access tokens"), "the reason: {}", by_hand.stderr);
    let query = format!("key={key}");
    request(&world, &["deeply/main", EVENTS, "--query", &query]).exits(5);
    assert_eq!(world.admin().count(Provider::Deeply, EVENTS), 0);
    // Where it belongs it goes.
    request(&world, &["deeply/main", "/api/v1/auth/reissue", "--recipe", "issue"]).done();
    let sent = last(&world, Provider::Deeply);
    assert_eq!(sent.header("authorization"), Some(format!("Bearer {key}").as_str()));
}

#[test]
fn de3_a_normal_call_carries_the_access_token() {
    let world = World::with_providers();
    world.add(Provider::Deeply);
    request(&world, &["deeply/main", "--sample", "events"]).done();
    let sent = last(&world, Provider::Deeply);
    assert_eq!((sent.method.as_str(), sent.path.as_str()), ("GET", EVENTS));
    let token = world.admin().last_token(Provider::Deeply).unwrap();
    assert_eq!(sent.header("authorization"), Some(format!("Bearer {token}").as_str()));
}

/// DE5: an invalid token is not fetched again and again.
#[test]
fn de5_an_invalid_token_causes_no_loop() {
    use keyturn_sandbox::{Fault, FaultKind};
    let world = World::with_providers();
    world.add(Provider::Deeply);
    let body = json!({"detail": {"message": "Authentication token is invalid."}}).to_string();
    let answer = FaultKind::Answer { status: 401, headers: Vec::new(), body };
    world.admin().fault(Provider::Deeply, Fault::next(answer).times(9).on(EVENTS));
    let refused = request(&world, &["deeply/main", "--sample", "events"]).exits(6);
    assert_eq!(row(&refused), "DE5.401.invalid");
    assert_eq!(world.admin().count(Provider::Deeply, EVENTS), 1);
    assert_eq!(world.admin().count(Provider::Deeply, "/api/v1/auth/reissue"), 1);
}

/// DE4: clear text is for private and loopback addresses, whatever was agreed to.
#[test]
fn de4_clear_text_goes_to_no_public_address() {
    let world = World::with_providers();
    let key = json!({"api_key": world.sandbox().credentials().deeply.api_key}).to_string();
    let add = |name: &str, address: &str| {
        let field = format!("edge_ip={address}");
        let words = ["add", "deeply", "--name", name, "--environment", "edge", "--field", &field];
        let consent = ["--secrets-stdin", "--allow-plain-http", "--format", "json"];
        world.keyturn(&[&words[..], &consent].concat()).stdin(&key).run()
    };
    add("private", "192.168.1.7").done();
    let public = add("public", "203.0.113.7");
    let refused = if public.status == 0 {
        world.keyturn(&["token", "deeply/public", "--format", "json"]).run()
    } else {
        public
    };
    let error = refused.exits(5).error();
    assert_eq!(error["code"], "refused_by_policy", "{error}");
}
