//! Sending one request with the provider's recipe, and what its answer means.

use keyturn_sandbox::{Fault, FaultKind, Provider};
use serde_json::{Value, json};

use crate::support::{Outcome, World};

fn request(world: &World, words: &[&str]) -> Outcome {
    world.keyturn(&[&["request"], words, &["--format", "json"]].concat()).run()
}

fn row(answer: &Value) -> &str {
    answer["diagnosis"]["row"].as_str().unwrap_or_default()
}

#[test]
fn dv6_the_sample_of_the_document_is_sent_with_its_recipe() {
    let world = World::with_providers();
    world.add(Provider::Deepvue);
    let answer = request(&world, &["deepvue/main", "--sample", "panbasic"]).done().json();
    assert_eq!(answer["status"], 200);
    assert!(answer["body"].as_str().unwrap().contains("AAAPT0002F"));
    assert!(answer["tls"]["version"].as_str().unwrap().contains("1.3"));
    let own = &answer["tls"]["chain"][0];
    assert!(own["names"].to_string().contains("127.0.0.1"), "{own}");
    assert_eq!(own["sha256"].as_str().unwrap().len(), 64);
    assert!(own["valid_from"].as_str() < own["valid_until"].as_str(), "{own}");
    assert!(answer["tls"]["days_left"].as_i64().unwrap() >= 0, "{answer}");
    let bytes = answer["body"].as_str().unwrap().len();
    assert_eq!(answer["size"], json!({"received": bytes, "decoded": bytes, "encoding": null}));
    assert!(answer["timing_ms"]["total"].as_f64().unwrap() > 0.0);
    let sent = world.admin().requests(Provider::Deepvue).pop().unwrap();
    let token = world.admin().last_token(Provider::Deepvue).unwrap();
    assert_eq!(sent.header("authorization"), Some(format!("Bearer {token}").as_str()));
    assert_eq!(sent.header("cookie"), None);
    let shown = answer["sent"].to_string();
    world.holds_no_secret("the shown request", &shown);
    assert!(!shown.contains("AAAPT0002F"), "the PAN is personal data: {shown}");
}

#[test]
fn di4_a_request_that_creates_something_needs_a_yes() {
    let world = World::with_providers();
    world.add(Provider::Deepidv);
    let refused = request(&world, &["deepidv/main", "--sample", "create-session"]).exits(5);
    assert_eq!(refused.error()["code"], "confirmation_needed");
    assert_eq!(world.admin().total(Provider::Deepidv), 0);
    let answer = request(&world, &["deepidv/main", "--sample", "create-session", "--yes"]);
    assert_eq!(answer.done().json()["status"], 201);
}

#[test]
fn a_dry_run_shows_the_request_masked_and_sends_nothing() {
    let world = World::with_providers();
    world.add(Provider::Deepidv);
    let words = ["deepidv/main", "--sample", "create-session", "--dry-run"];
    let shown = request(&world, &words).done().json();
    assert_eq!(shown["status"], json!(null));
    assert_eq!(shown["sent"]["method"], "POST");
    assert_eq!(world.admin().total(Provider::Deepidv), 0);
}

/// The files are the client's to read, and the agent gets their bytes alone.
#[test]
fn a_body_of_each_kind_reaches_the_server_as_it_is_shown() {
    let world = World::with_providers();
    world.add(Provider::Deepidv);
    std::fs::write(world.folder().join("scan.png"), [0, 255, 13, 10]).unwrap();
    let bodies: [(&[&str], &str, &str, u64); 6] = [
        (&["--json", "{\"a\":1}"], "application/json", "bytes", 7),
        (&["--text", "grüße"], "text/plain; charset=utf-8", "bytes", 7),
        (&["--text", "a,b", "--content-type", "text/csv"], "text/csv", "bytes", 3),
        (&["--body-file", "scan.png"], "application/octet-stream", "bytes", 4),
        (&["--form", "a=b&c"], "application/x-www-form-urlencoded", "form", 7),
        (
            &["--multipart", "a=b", "--multipart", "scan=@scan.png"],
            "multipart/form-data; boundary=keyturn-boundary-0000000000000000",
            "multipart",
            259,
        ),
    ];
    for (flags, content_type, kind, bytes) in bodies {
        let words = [&["deepidv/main", "POST", "/v1/things", "--yes"], flags].concat();
        let sent = request(&world, &words).json()["sent"].clone();
        assert_eq!((&sent["body"], &sent["body_bytes"]), (&json!(kind), &json!(bytes)), "{sent}");
        assert_eq!(sent["headers"]["Content-Type"], content_type);
        let reached = world.admin().requests(Provider::Deepidv).pop().unwrap();
        assert_eq!(reached.header("content-type"), Some(content_type));
        assert_eq!(reached.header("content-length"), Some(bytes.to_string().as_str()));
    }
}

#[test]
fn the_bytes_of_standard_input_are_a_body() {
    let world = World::with_providers();
    world.add(Provider::Deepidv);
    let words = ["request", "deepidv/main", "POST", "/v1/things", "--yes", "--body-file", "-"];
    world.keyturn(&words).stdin("a\0b\n").run();
    let reached = world.admin().requests(Provider::Deepidv).pop().unwrap();
    assert_eq!(reached.header("content-length"), Some("4"));
    assert_eq!(reached.header("content-type"), Some("application/octet-stream"));
}

#[test]
fn a_body_that_cannot_be_sent_is_a_mistake_of_the_call() {
    let world = World::with_providers();
    world.add(Provider::Deepidv);
    let large = std::fs::File::create(world.folder().join("large")).unwrap();
    large.set_len(6 * 1024 * 1024).unwrap();
    for (flags, said) in [
        (vec!["--multipart", "a=@nowhere"], "cannot be read"),
        (vec!["--multipart", "a=@large", "--multipart", "b=@large"], "10 MiB together"),
        (vec!["--text", "a", "--content-type", "csv"], "a content type is written like"),
        (vec!["--multipart", "a=b", "--header", "content-type:multipart/form-data"], "boundary"),
    ] {
        let words = [&["deepidv/main", "POST", "/v1/things", "--yes"], &flags[..]].concat();
        let refused = request(&world, &words).exits(2).error().to_string();
        assert!(refused.contains(said), "{flags:?}: {refused}");
    }
    assert_eq!(world.admin().total(Provider::Deepidv), 0);
}

#[test]
fn de5_an_expired_token_is_reissued_once_and_the_request_sent_again() {
    let world = World::with_providers();
    world.add(Provider::Deeply);
    request(&world, &["deeply/main", "--sample", "events"]).done();
    world.admin().expire_tokens(Provider::Deeply);
    let answer = request(&world, &["deeply/main", "--sample", "events"]).done().json();
    assert_eq!((&answer["status"], &answer["attempts"]), (&json!(200), &json!(2)));
    assert_eq!(world.admin().count(Provider::Deeply, "/api/v1/auth/reissue"), 2);
    assert_eq!(world.admin().count(Provider::Deeply, "/api/v1/events"), 3);
}

#[test]
fn dv7_an_expired_token_is_renewed_once_and_the_request_sent_again() {
    let world = World::with_providers();
    world.add(Provider::Deepvue);
    request(&world, &["deepvue/main", "--sample", "panbasic"]).done();
    world.admin().expire_tokens(Provider::Deepvue);
    let answer = request(&world, &["deepvue/main", "--sample", "panbasic"]).done().json();
    assert_eq!(answer["status"], 200);
    assert_eq!(world.admin().count(Provider::Deepvue, "/v1/authorize"), 2);
}

#[test]
fn dc4_an_expired_jwt_is_answered_by_one_new_login() {
    let world = World::with_providers();
    world.add_login();
    request(&world, &["deepcurrent/login", "--sample", "me"]).done();
    world.admin().expire_tokens(Provider::Deepcurrent);
    let answer = request(&world, &["deepcurrent/login", "--sample", "me"]).done().json();
    assert_eq!(answer["status"], 200);
    assert_eq!(world.admin().count(Provider::Deepcurrent, "/api/v1/login/access-token"), 2);
}

#[test]
fn x1_403_means_what_each_provider_says_and_renews_nothing() {
    let world = World::with_providers();
    for provider in Provider::ALL {
        world.add(provider);
        world.admin().forbid(provider, true);
    }
    let refused = request(&world, &["deepvue/main", "--sample", "panbasic"]).exits(1).json();
    assert!(row(&refused).starts_with("DV7.403.access-forbidden"), "{refused}");
    assert_eq!(world.admin().count(Provider::Deepvue, "/v1/authorize"), 1);
    let yes = ["deepidv/main", "--sample", "create-session", "--yes"];
    assert_eq!(row(&request(&world, &yes).exits(1).json()), "DI7.403");
    let refused = request(&world, &["deepcurrent/main", "--sample", "me"]).exits(1).json();
    assert_eq!(row(&refused), "DC8.403");
    request(&world, &["deeply/main", "--sample", "events"]).exits(1);
    assert_eq!(world.admin().count(Provider::Deeply, "/api/v1/auth/reissue"), 1);
}

#[test]
fn dv9_an_unlisted_address_is_named_first_when_the_exchange_itself_is_403() {
    let world = World::with_providers();
    world.add(Provider::Deepvue);
    world.admin().allow_ips(Provider::Deepvue, Some(vec!["203.0.113.7".parse().unwrap()]));
    let refused = world.keyturn(&["token", "deepvue/main", "--format", "json"]).run();
    assert_ne!(refused.status, 0);
    let said = refused.error().to_string();
    assert!(said.contains("IP"), "{said}");
    assert_eq!(world.admin().total(Provider::Deepvue), 1, "no retry");
}

#[test]
fn di7_x3_402_is_about_credit_and_429_about_waiting() {
    let world = World::with_providers();
    world.add(Provider::Deepidv);
    let words = ["deepidv/main", "--sample", "create-session", "--yes"];
    world.admin().out_of_credit(true);
    let refused = request(&world, &words).exits(1).json();
    assert_eq!(row(&refused), "DI7.402");
    assert!(refused["diagnosis"]["meaning"].as_str().unwrap().contains("credit"), "{refused}");
    world.admin().out_of_credit(false);
    world.admin().stop_clock();
    world.admin().set_used_today(Provider::Deepidv, 10_000);
    assert_eq!(row(&request(&world, &words).exits(1).json()), "DI7.429");
}

#[test]
fn di7_dc8_a_refused_key_is_exit_6_and_no_login_is_tried() {
    let world = World::with_providers();
    world.add(Provider::Deepidv);
    world.add(Provider::Deepcurrent);
    world.admin().revoke_key(Provider::Deepidv);
    world.admin().revoke_key(Provider::Deepcurrent);
    let words = ["deepidv/main", "--sample", "create-session", "--yes"];
    assert_eq!(row(&request(&world, &words).exits(6).json()), "DI7.401");
    let refused = request(&world, &["deepcurrent/main", "--sample", "me"]).exits(6).json();
    assert_eq!(row(&refused), "DC8.401.key");
    assert_eq!(world.admin().count(Provider::Deepcurrent, "/api/v1/login/access-token"), 0);
}

#[test]
fn dc6_the_endpoint_that_reveals_a_key_is_never_called() {
    let world = World::with_providers();
    world.add(Provider::Deepcurrent);
    let refused =
        request(&world, &["deepcurrent/main", "GET", "/api/v1/users/me/api-key"]).exits(5);
    assert_eq!(refused.error()["code"], "refused_by_policy");
    assert_eq!(world.admin().total(Provider::Deepcurrent), 0);
}

#[test]
fn a_secret_goes_to_no_other_host_and_no_redirect_is_followed() {
    let world = World::with_providers();
    world.add(Provider::Deepcurrent);
    for path in ["https://elsewhere.invalid/api/v1/users/me", "//elsewhere.invalid/api/v1/users/me"]
    {
        request(&world, &["deepcurrent/main", path]).exits(5);
    }
    assert_eq!(world.admin().total(Provider::Deepcurrent), 0);
    let location = format!("{}/v1/sessions", world.sandbox().base_url(Provider::Deepidv));
    let redirect = FaultKind::Redirect { status: 307, location: location.clone() };
    world.admin().fault(Provider::Deepcurrent, Fault::next(redirect));
    let answer = request(&world, &["deepcurrent/main", "--sample", "me"]).json();
    assert_eq!(answer["status"], 307, "the redirect is shown");
    assert!(answer["headers"].to_string().contains(&location));
    let shown = json!({
        "to": location, "elsewhere": true, "followed": false, "ticket": 1, "blocked": null,
    });
    assert_eq!(
        (&answer["redirect"], &answer["status_words"]),
        (&shown, &json!("Temporary Redirect"))
    );
    assert_eq!(world.admin().total(Provider::Deepidv), 0, "and not followed");
}

#[test]
fn the_verbose_form_tells_what_was_sent_the_times_and_who_answered() {
    let world = World::with_providers();
    world.add(Provider::Deepcurrent);
    let words = ["request", "deepcurrent/main", "--sample", "me", "--verbose"];
    let told = world.keyturn(&words).run().done().stderr;
    for part in [
        "sent: GET https://127.0.0.1:",
        "sent: Authorization: <redacted>",
        "time: ",
        "first byte",
        "size: ",
        "tls: TLS 1.3, TLS13_",
        "the certificate ends in",
        "certificate: SHA-256 ",
    ] {
        assert!(told.contains(part), "{part} in {told}");
    }
}

#[test]
fn an_answer_that_repeats_a_secret_is_shown_without_it() {
    let world = World::with_providers();
    world.add(Provider::Deepidv);
    let key = world.sandbox().credentials().deepidv.api_key;
    let echo = FaultKind::Answer {
        status: 200,
        headers: vec![("x-echo".to_owned(), key.clone())],
        body: json!({"you_sent": key}).to_string(),
    };
    world.admin().fault(Provider::Deepidv, Fault::next(echo));
    // `Invocation::run` looks for every secret in what is printed.
    let words = ["deepidv/main", "--sample", "create-session", "--yes"];
    let answer = request(&world, &words).done().json();
    assert!(answer["body"].as_str().unwrap().contains("you_sent"), "{answer}");
}

#[test]
fn x7_nothing_of_a_request_is_kept() {
    let world = World::with_providers();
    world.add(Provider::Deepvue);
    request(&world, &["deepvue/main", "--sample", "panbasic"]).done();
    let mut folders = vec![world.home()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap().flatten() {
            if entry.path().is_dir() {
                folders.push(entry.path());
            } else if let Ok(bytes) = std::fs::read(entry.path()) {
                let text = String::from_utf8_lossy(&bytes);
                assert!(!text.contains("AAAPT0002F"), "{} holds the PAN", entry.path().display());
            }
        }
    }
}
