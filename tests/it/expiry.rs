//! When a token ends, and who says so.

use chrono::{DateTime, TimeDelta, Utc};
use keyturn_sandbox::{Fault, FaultKind, Provider};
use serde_json::{Value, json};

use crate::support::World;

/// The token that is bought from such an answer.
fn sold(world: &World, expiry: &Value) -> Value {
    let mut body = json!({"access_token": "a-token-without-claims", "token_type": "bearer"});
    if !expiry.is_null() {
        body["expiry"] = expiry.clone();
    }
    let answer = FaultKind::Answer { status: 200, headers: Vec::new(), body: body.to_string() };
    world.admin().fault(Provider::Deepvue, Fault::next(answer));
    world.keyturn(&["token", "deepvue/main", "--renew", "--as", "json"]).run().done().json()
}

fn end(token: &Value) -> DateTime<Utc> {
    token["expires_at"].as_str().unwrap().parse().unwrap()
}

#[test]
fn x4_every_form_of_an_end_is_read_and_its_source_named() {
    let world = World::with_providers();
    world.add(Provider::Deepvue);
    let whole = world.admin().now().timestamp() + 6 * 3_600;
    let at = DateTime::from_timestamp(whole, 0).unwrap();
    for told in [json!(at.to_rfc3339()), json!(whole), json!(whole * 1_000)] {
        let token = sold(&world, &told);
        assert_eq!((end(&token), &token["source"]), (at, &json!("response_field")), "{told}");
    }
    let token = sold(&world, &json!(6 * 3_600));
    let off = (end(&token) - at).abs();
    assert!(off < TimeDelta::minutes(5), "seconds from now: {token}");
    let token = sold(&world, &json!(null));
    assert_eq!(token["source"], "documented_lifetime");
    for nonsense in [json!("soon"), json!({}), json!(true)] {
        let token = sold(&world, &nonsense);
        assert_eq!(token["source"], "documented_lifetime", "{nonsense}");
    }
}

#[test]
fn dv4_the_earlier_of_the_told_end_and_24_hours_counts() {
    let world = World::with_providers();
    world.add(Provider::Deepvue);
    let now = world.admin().now();
    let midnight = (now + TimeDelta::hours(3)).to_rfc3339();
    let early = sold(&world, &json!(midnight));
    assert_eq!(early["source"], "response_field");
    assert!(early["expires_in_s"].as_i64().unwrap() <= 3 * 3_600, "{early}");
    let late = sold(&world, &json!((now + TimeDelta::hours(30)).to_rfc3339()));
    assert_eq!(late["source"], "documented_lifetime");
    let left = late["expires_in_s"].as_i64().unwrap();
    assert!((86_000..=86_400).contains(&left), "{left}");
}

/// X5: a clock that is off is told of on standard error, in `show` and in an explanation.
#[test]
fn x5_a_skew_of_more_than_a_minute_is_shown() {
    let world = World::with_providers();
    world.add(Provider::Deepvue);
    let told = world.keyturn(&["token", "deepvue/main"]).run().done();
    assert!(!told.stderr.contains("clock"), "no skew, no word: {}", told.stderr);
    world.admin().advance_clock(TimeDelta::hours(2));
    let told = world.keyturn(&["token", "deepvue/main", "--renew"]).run().done();
    assert!(told.stderr.contains("behind the provider's"), "{}", told.stderr);
    let words = ["explain", "deepvue/main", "--status", "403", "--format", "json"];
    let body = r#"{"detail":"Not a valid token"}"#;
    let said = world.keyturn(&words).stdin(body).run().done().json();
    assert_eq!(said["row"], "DV7.403.not-a-valid-token-skew");
    let skew = said["facts"]["clock_skew_s"].as_i64().unwrap();
    assert!((7_190..=7_210).contains(&skew), "{skew}");
    assert!(said["notes"].to_string().contains("behind the provider's"), "{said}");
}
