//! The provider's limits and its bad days: waiting one's turn, trying again, being told when.

use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use keyturn_sandbox::{Fault, FaultKind, Provider};
use serde_json::{Value, json};

use crate::support::{Outcome, World};

/// deepidv's documents have no request that only reads; the sandbox answers 404 there, which counts.
const READ: &str = "/v1/sessions/none";

fn deepidv() -> World {
    let world = World::with_providers();
    world.add_with(Provider::Deepidv, &["--field", "organization=Acme"]);
    world
}

fn request(world: &World, words: &[&str]) -> Outcome {
    world.keyturn(&[&["request"], words, &["--format", "json"]].concat()).run()
}

fn show(world: &World, reference: &str) -> Value {
    world.keyturn(&["show", reference, "--format", "json"]).run().done().json()
}

/// What `show` says of a limit.
fn limit(world: &World, reference: &str, window: &str) -> Value {
    let shown = show(world, reference);
    let limits = shown["limits"].as_array().unwrap();
    limits.iter().find(|limit| limit["window"] == window).unwrap().clone()
}

fn answers(status: u16, header: &str, value: &str) -> FaultKind {
    let headers = vec![(header.to_owned(), value.to_owned())];
    FaultKind::Answer { status, headers, body: json!({"detail": "later"}).to_string() }
}

/// DI6: more programs at once than the organization may send; each waits its turn and none is refused.
#[test]
fn di6_a_burst_beyond_the_limit_waits_its_turn_and_is_never_refused() {
    let world = deepidv();
    let words = ["request", "deepidv/main", READ, "--format", "json"];
    let children: Vec<_> = (0..50).map(|_| world.keyturn(&words).spawn()).collect();
    for child in children {
        let output = child.wait_with_output().unwrap();
        let answer: Value = serde_json::from_slice(&output.stdout).unwrap();
        assert_eq!((&answer["status"], &answer["attempts"]), (&json!(404), &json!(1)), "{answer}");
    }
    assert_eq!(world.admin().total(Provider::Deepidv), 50, "nothing was sent twice");
    assert_eq!(limit(&world, "deepidv/main", "day")["used"], 50);
}

/// DI1, DI6: the day's count is shown, counts for the whole organization, and survives the agent.
#[test]
fn di6_the_days_count_is_shown_per_organization_and_survives_the_agent() {
    let world = deepidv();
    world.add_with(Provider::Deepidv, &["--name", "second", "--field", "organization=Acme"]);
    world.add_with(Provider::Deepidv, &["--name", "other", "--field", "organization=Umbrella"]);
    for reference in ["deepidv/main", "deepidv/second", "deepidv/main"] {
        request(&world, &[reference, READ]).exits(1);
    }
    world.keyturn(&["stop"]).run().done();
    world.unlock();
    let day = limit(&world, "deepidv/second", "day");
    assert_eq!((&day["used"], &day["limit"]), (&json!(3), &json!(10_000)), "{day}");
    assert_eq!((&day["scope"], &day["verified"]), (&json!("organization"), &json!(true)));
    assert!(day["resets_at"].as_str().unwrap().ends_with("T00:00:00Z"), "midnight in UTC: {day}");
    assert_eq!(limit(&world, "deepidv/other", "day")["used"], 0);
    let second = limit(&world, "deepidv/main", "second");
    assert_eq!((&second["limit"], &second["burst"]), (&json!(25), &json!(35)), "{second}");
    let text = world.keyturn(&["show", "deepidv/main"]).run().done().stdout;
    assert!(text.contains("3 of 10,000 a day (UTC)"), "{text}");
    assert!(text.contains("through this Keyturn"), "{text}");
}

/// DI6: `Retry-After` in both of its forms is waited for, and the request is sent again.
#[test]
fn di6_a_request_that_reads_is_sent_again_after_retry_after_in_both_forms() {
    let world = deepidv();
    let date = world.admin().now().format("%a, %d %b %Y %H:%M:%S GMT").to_string();
    for value in ["0", &date] {
        world.admin().fault(Provider::Deepidv, Fault::next(answers(429, "retry-after", value)));
        let answer = request(&world, &["deepidv/main", READ]).exits(1).json();
        assert_eq!((&answer["status"], &answer["attempts"]), (&json!(404), &json!(2)), "{value}");
    }
    world.admin().fault(Provider::Deepidv, Fault::next(answers(503, "x-a", "b")));
    let answer = request(&world, &["deepidv/main", READ]).exits(1).json();
    assert_eq!(answer["attempts"], 2, "a provider in trouble is asked again");
}

/// DI4, DI6: a request that creates something is sent once, whatever is answered.
#[test]
fn di4_di6_what_creates_something_is_never_sent_again_by_itself() {
    let world = deepidv();
    for status in [429, 503] {
        world.admin().forget_requests();
        let fault = Fault::next(answers(status, "retry-after", "0"));
        world.admin().fault(Provider::Deepidv, fault);
        let words = ["deepidv/main", "--sample", "create-session", "--yes"];
        let answer = request(&world, &words).exits(1).json();
        assert_eq!((&answer["status"], &answer["attempts"]), (&json!(status), &json!(1)));
        assert_eq!(world.admin().total(Provider::Deepidv), 1);
    }
}

/// DI6: who does not want to wait is told when, at once.
#[test]
fn di6_without_waiting_one_is_told_when() {
    let world = deepidv();
    let fault = || Fault::next(answers(429, "retry-after", "600"));
    world.admin().fault(Provider::Deepidv, fault());
    let answer = request(&world, &["deepidv/main", READ, "--no-wait"]).exits(1).json();
    let again = answer["diagnosis"]["retry_at"].as_str().unwrap().to_owned();
    assert_eq!(
        (&answer["status"], answer["diagnosis"]["row"].as_str()),
        (&json!(429), Some("DI7.429"))
    );
    // The provider's word counts for everybody from here on.
    let refused = request(&world, &["deepidv/main", READ, "--no-wait"]).exits(1);
    let error = refused.error();
    assert_eq!(error["code"], "not_yet");
    let at: DateTime<Utc> = error["retry_at"].as_str().unwrap().parse().unwrap();
    let again: DateTime<Utc> = again.parse().unwrap();
    assert!((at - again).abs() < TimeDelta::minutes(1), "{at} is about {again}");
    assert!(error["message"].as_str().unwrap().contains("may be sent again at"), "{error}");
    assert_eq!(world.admin().total(Provider::Deepidv), 1, "the second one was not even sent");
    let text = world.keyturn(&["request", "deepidv/main", READ, "--no-wait"]).run().exits(1);
    assert!(text.stderr.contains("may be sent again at"), "{}", text.stderr);
}

/// DV10: an exchange waits and is made again; who does not want to wait is told when.
#[test]
fn an_exchange_is_made_again_and_without_waiting_one_is_told_when() {
    let world = World::with_providers();
    world.add(Provider::Deepvue);
    world.admin().fault(Provider::Deepvue, Fault::next(answers(429, "retry-after", "20")));
    let refused = world.keyturn(&["token", "deepvue/main", "--no-wait", "--format", "json"]).run();
    let error = refused.exits(1).error();
    assert_eq!(error["code"], "not_yet");
    assert!(error["retry_at"].is_string() && error["message"].as_str().unwrap().contains("429"));

    let world = World::with_providers();
    world.add(Provider::Deepvue);
    world.admin().fault(Provider::Deepvue, Fault::next(answers(503, "x-a", "b")));
    world.keyturn(&["token", "deepvue/main"]).run().done();
    assert_eq!(world.admin().count(Provider::Deepvue, "/v1/authorize"), 2);
}

/// DE7: the reset in the body is waited for.
#[test]
fn de7_the_reset_in_the_body_is_waited_for() {
    let world = World::with_providers();
    world.add(Provider::Deeply);
    let reset = world.admin().now().timestamp();
    let detail =
        json!({"message": "Rate limit exceeded", "limit": 10, "remaining": 0, "reset": reset});
    let body = json!({"detail": detail}).to_string();
    let limited = FaultKind::Answer { status: 429, headers: Vec::new(), body };
    world.admin().fault(Provider::Deeply, Fault::next(limited).on("/api/v1/events"));
    let answer = request(&world, &["deeply/main", "--sample", "events"]).done().json();
    assert_eq!((&answer["status"], &answer["attempts"]), (&json!(200), &json!(2)));
    let minute = limit(&world, "deeply/main", "minute");
    assert_eq!((&minute["scope"], &minute["verified"]), (&json!("endpoint"), &json!(false)));
    assert_eq!(minute["used"], 2, "both attempts count: {minute}");
}

/// DV13: a plan's limits count where the user chose one, and are marked as not confirmed.
#[test]
fn dv13_the_limits_of_a_chosen_plan_are_kept_and_shown() {
    let world = World::with_providers();
    world.add(Provider::Deepvue);
    assert_eq!(show(&world, "deepvue/main")["limits"], json!([]));
    world.keyturn(&["edit", "deepvue/main", "--plan", "business"]).run().done();
    let shown = show(&world, "deepvue/main");
    assert_eq!(shown["plan"], "Business");
    let limits: Vec<_> = shown["limits"].as_array().unwrap().iter().map(|l| &l["limit"]).collect();
    assert_eq!(limits, [&json!(2), &json!(100), &json!(10_000)]);
    request(&world, &["deepvue/main", "--sample", "panbasic"]).done();
    let day = limit(&world, "deepvue/main", "day");
    assert_eq!(
        (&day["used"], &day["plan"]),
        (&json!(2), &json!("Business")),
        "the exchange counts"
    );
    let text = world.keyturn(&["show", "deepvue/main"]).run().done().stdout;
    assert!(text.contains("not confirmed by the provider's main docs"), "{text}");
    let words = ["edit", "deepvue/main", "--plan", "Free", "--format", "json"];
    let error = world.keyturn(&words).run().exits(2).error();
    assert!(error["hint"].as_str().unwrap().contains("Starter, Business"), "{error}");
    world.keyturn(&["edit", "deepvue/main", "--plan", ""]).run().done();
    assert_eq!(show(&world, "deepvue/main")["plan"], json!(null));
}

/// X5: the provider's clock corrects the countdown, and a clock that is wrong is told everywhere.
#[test]
fn x5_a_clock_that_is_wrong_is_told_and_the_countdown_is_right() {
    let world = World::with_providers();
    world.add(Provider::Deepvue);
    world.admin().advance_clock(TimeDelta::seconds(3 * 3_600 + 30));
    let token = world.keyturn(&["token", "deepvue/main", "--as", "json"]).run().done();
    let left = token.json()["expires_in_s"].as_i64().unwrap();
    assert!((86_000..=86_400).contains(&left), "not three hours more: {left}");
    assert!(token.stderr.contains("clock is 3 h 00 m behind"), "{}", token.stderr);
    let shown = show(&world, "deepvue/main");
    let skew = shown["clock_skew_s"].as_i64().unwrap();
    assert!((10_820..=10_840).contains(&skew), "{skew}");
    let text = world.keyturn(&["show", "deepvue/main"]).run().done().stdout;
    assert!(text.contains("behind the provider's"), "{text}");
    let sent = world.keyturn(&["request", "deepvue/main", "--sample", "panbasic"]).run().done();
    assert!(sent.stderr.contains("clock"), "{}", sent.stderr);
    world.admin().advance_clock(TimeDelta::seconds(-3 * 3_600 - 30));
    let token = world.keyturn(&["token", "deepvue/main", "--renew"]).run().done();
    assert!(!token.stderr.contains("clock"), "{}", token.stderr);
}

/// DV10: a credential that is kept fresh has a token before anybody asks for one.
#[test]
fn dv10_keep_fresh_buys_and_renews_in_the_background() {
    let world = World::with_providers();
    world.add_with(Provider::Deepvue, &["--keep-fresh"]);
    let bought = |count| {
        crate::support::wait::until("a token that nobody asked for", || {
            (world.admin().count(Provider::Deepvue, "/v1/authorize") == count).then_some(())
        });
    };
    bought(1);
    let shown = show(&world, "deepvue/main");
    assert_eq!(shown["keep_fresh"], true);
    crate::support::wait::until("the token is stored", || {
        (world.listed("deepvue/main")["token"]["state"] == "fresh").then_some(())
    });
    let token = world.keyturn(&["token", "deepvue/main", "--as", "json"]).run().done().json();
    assert_eq!(token["reused"], true, "it was there already");
    // A new secret ends the old token; the background gets the next one at once.
    let secret = world.sandbox().credentials().deepvue.client_secret;
    let words = ["edit", "deepvue/main", "--secret", "client_secret"];
    world.keyturn(&words).stdin(&secret).run().done();
    bought(2);
    world.keyturn(&["edit", "deepvue/main", "--keep-fresh", "off"]).run().done();
    assert_eq!(show(&world, "deepvue/main")["keep_fresh"], false);
    let text = world.keyturn(&["edit", "deepvue/main", "--keep-fresh", "on"]).run().done().stdout;
    assert!(text.contains("renewed in the background"), "{text}");
}

/// DI6: what waits its turn for a program that has ended is not sent any more.
#[test]
fn di6_a_request_that_waits_ends_when_its_caller_leaves() {
    let world = deepidv();
    world.admin().fault(Provider::Deepidv, Fault::next(answers(429, "retry-after", "2")));
    let mut impatient = world.keyturn(&["request", "deepidv/main", READ]).spawn();
    crate::support::wait::until("the first attempt", || {
        (world.admin().total(Provider::Deepidv) == 1).then_some(())
    });
    impatient.kill().unwrap();
    impatient.wait().unwrap();
    // The next one waits for the same time, and is the second to arrive.
    let begun = std::time::Instant::now();
    request(&world, &["deepidv/main", READ]).exits(1);
    assert!(begun.elapsed() < Duration::from_secs(20));
    assert_eq!(world.admin().total(Provider::Deepidv), 2, "nobody sends for one who left");
}

/// DV10: in the background a token is renewed before its end, not after it.
#[test]
fn dv10_keep_fresh_renews_before_the_end() {
    let world = World::with_providers();
    let short =
        json!({"access_token": "lives-for-ten-seconds", "token_type": "bearer", "expiry": 10});
    let answer = FaultKind::Answer { status: 200, headers: Vec::new(), body: short.to_string() };
    world.admin().fault(Provider::Deepvue, Fault::next(answer).on("/v1/authorize"));
    world.add_with(Provider::Deepvue, &["--keep-fresh"]);
    let seen = crate::support::wait::until("a second token that nobody asked for", || {
        let seen = world.admin().requests(Provider::Deepvue);
        (seen.len() == 2).then_some(seen)
    });
    let between = seen[1].at - seen[0].at;
    assert!(between >= TimeDelta::seconds(8), "not at once: {between}");
    crate::support::wait::until("the second token is stored", || {
        let token = world.keyturn(&["token", "deepvue/main", "--as", "json"]).run().done().json();
        (token["access_token"] != "lives-for-ten-seconds").then_some(())
    });
    assert_eq!(world.admin().total(Provider::Deepvue), 2, "the caller found it there");
}
