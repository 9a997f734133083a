//! Whether each key still works: what is run, and what is not.

mod daily;
mod meanwhile;
mod undecided;

use chrono::TimeDelta;
use keyturn_core::CredentialRef;
use keyturn_engine::{CheckResult, Checked, EngineError, SavedRequestError, Sent, TestRequest};
use keyturn_request::{Body, Check, Request, SavedRequest};

use crate::world::{KEY, Said, World, credential, reading, sold};

/// In two pieces, as no scanner should take it for a live one.
const GITHUB_KEY: &str = concat!("ghp_", "0123456789abcdefghijABCDEFGHIJ012345");

fn github() -> CredentialRef {
    "github/main".parse().unwrap()
}

fn world() -> World {
    let world = World::new();
    world.engine.add(credential("github", &[], &[("access_token", GITHUB_KEY)]), "test").unwrap();
    world.provider_says(&[(200, r#"{"login":"maya"}"#.to_owned())]);
    world
}

fn save(world: &World, name: &str, method: &str, path: &str, checks: &[&str]) -> SavedRequest {
    let checks = checks.iter().map(|check| check.parse().unwrap()).collect();
    let saved = SavedRequest {
        name: name.to_owned(),
        request: Request::new(method, path),
        environment: None,
        recipe: None,
        sample: None,
        checks,
    };
    world.engine.save_request(&github(), saved.clone(), None, "test").unwrap();
    saved
}

async fn run(world: &World, confirmed: bool) -> Vec<Checked> {
    world.engine.run_checks(None, confirmed, "test").await.unwrap()
}

fn outcomes(checked: &[Checked]) -> Vec<(&str, CheckResult)> {
    checked.iter().map(|one| (one.request.as_str(), one.result)).collect()
}

#[tokio::test]
async fn saved_requests_are_run_with_their_checks_and_one_without_counts_by_its_status() {
    let world = world();
    save(&world, "a user", "GET", "/user", &["status 200", "json $.login = maya"]);
    save(&world, "b other", "GET", "/user", &["json $.login = noor", "status 2xx"]);
    save(&world, "c plain", "GET", "/user", &[]);
    let checked = run(&world, false).await;
    assert_eq!(
        outcomes(&checked),
        [
            ("a user", CheckResult::Passed),
            ("b other", CheckResult::Failed),
            ("c plain", CheckResult::Passed)
        ]
    );
    assert_eq!(checked[1].why.as_deref(), Some("1 of 2 checks did not pass"));
    assert_eq!(checked[1].checks[0].got, "maya");
    let noted = world.engine.exchanges(&github()).unwrap();
    assert_eq!(noted.len(), 3, "each is in the history");
    world.provider_says(&[(500, String::new())]);
    let plain = run(&world, false).await.remove(2);
    assert_eq!(plain.why.as_deref(), Some("the status is 500"));
}

#[tokio::test]
async fn di4_what_creates_something_is_not_run_without_a_yes() {
    let world = world();
    save(&world, "create", "POST", "/user/repos", &[]);
    let checked = run(&world, false).await.remove(0);
    assert_eq!(checked.result, CheckResult::NotRun);
    assert!(checked.why.unwrap().contains("needs a yes"));
    assert_eq!(world.asked(), 0);
    assert_eq!(run(&world, true).await.remove(0).result, CheckResult::Passed);
    assert_eq!(world.asked(), 1);
}

/// DV6: what is about people, or billed, is sent by who asks for it and by nobody else.
#[tokio::test]
async fn x8_dv6_a_saved_sample_with_personal_data_is_not_run_unasked_by_hand_or_daily() {
    let world = World::new();
    world.add_deepvue();
    daily::daily(&world, true);
    let deepvue: CredentialRef = "deepvue/main".parse().unwrap();
    let named = |name: &str, url: &str| SavedRequest {
        name: name.to_owned(),
        request: Request::new("GET", url),
        environment: None,
        recipe: None,
        sample: None,
        checks: Vec::new(),
    };
    for saved in [
        named("pans", "/v1/verification/panbasic"),
        named("pans, otherwise", "/v1/verification/pan%62asic"),
        named("no sample, and billed", "/v1/verification/aadhaar"),
    ] {
        world.engine.save_request(&deepvue, saved, None, "test").unwrap();
    }
    assert!(world.engine.saved(&deepvue).unwrap().iter().all(|one| !one.harmless));
    let unasked = [run(&world, false).await, world.engine.run_daily_check().await.unwrap()];
    for one in unasked.iter().flatten() {
        assert_eq!(one.result, CheckResult::NotRun, "{}", one.request);
        assert!(one.why.as_deref().unwrap().contains("personal data"), "{:?}", one.why);
    }
    assert_eq!(world.asked(), 0, "not even a token was bought");
    let end = world.now() + TimeDelta::hours(24);
    world.provider_says(&[sold("token-1", end), (200, "{}".to_owned())]);
    assert!(run(&world, true).await.iter().all(|one| one.result == CheckResult::Passed));
}

/// DI4: where each method takes GET, a request that reads by its method may write.
#[tokio::test]
async fn x8_di4_a_get_that_the_profile_does_not_vouch_for_is_not_run_unasked() {
    let world = World::new();
    let slack = credential("slack", &[], &[("access_token", "xoxb-canary-of-a-token")]);
    let slack = world.engine.add(slack, "test").unwrap().credential.reference();
    daily::daily(&world, true);
    for (name, method, path) in
        [("posts", "GET", "/api/chat.postMessage"), ("tests", "POST", "/api/auth.test")]
    {
        let saved = SavedRequest {
            name: name.to_owned(),
            request: Request::new(method, path),
            environment: None,
            recipe: None,
            sample: None,
            checks: Vec::new(),
        };
        world.engine.save_request(&slack, saved, None, "test").unwrap();
    }
    world.provider_says(&[(200, r#"{"ok":true}"#.to_owned())]);
    let expected = [("posts", CheckResult::NotRun), ("tests", CheckResult::Passed)];
    let daily = world.engine.run_daily_check().await.unwrap();
    assert_eq!(outcomes(&daily), expected);
    let by_hand = run(&world, false).await;
    assert_eq!(outcomes(&by_hand), expected);
    assert!(by_hand[0].why.as_deref().unwrap().contains("also those that write"));
    let harmless: Vec<bool> =
        world.engine.saved(&slack).unwrap().iter().map(|one| one.harmless).collect();
    assert_eq!(harmless, [false, true]);
    assert_eq!(run(&world, true).await[0].result, CheckResult::Passed, "with a yes");
}

#[tokio::test]
async fn what_lacks_a_value_or_brings_a_file_is_not_run_and_says_why() {
    let world = world();
    save(&world, "variable", "GET", "/users/{id}", &[]);
    let mut file = save(&world, "file", "GET", "/user", &[]);
    file.request.body = Body::File { path: "a.bin".to_owned(), content_type: None };
    let name = Some(file.name.clone());
    world.engine.save_request(&github(), file, name.as_deref(), "test").unwrap();
    let checked = run(&world, true).await;
    let why = |name: &str| {
        let found = checked.iter().find(|one| one.request == name).unwrap();
        (found.result, found.why.clone().unwrap_or_default())
    };
    assert_eq!(why("variable"), (CheckResult::NotRun, "no value is given for id".to_owned()));
    assert_eq!(why("file").0, CheckResult::NotRun);
    assert!(why("file").1.contains("sends a file"));
}

#[tokio::test]
async fn a_request_of_an_environment_that_the_credential_lacks_is_refused_when_it_is_saved() {
    let world = world();
    let mut elsewhere = save(&world, "elsewhere", "GET", "/user", &[]);
    elsewhere.environment = Some("nowhere".to_owned());
    let saved = world.engine.save_request(&github(), elsewhere, Some("elsewhere"), "test");
    let refused = EngineError::Saved(SavedRequestError::NoEnvironment {
        name: "nowhere".to_owned(),
        known: vec!["production".to_owned()],
    });
    assert_eq!(saved.unwrap_err().to_string(), refused.to_string());
    assert_eq!(outcomes(&run(&world, false).await), [("elsewhere", CheckResult::Passed)]);
}

#[tokio::test]
async fn x8_without_a_saved_request_the_harmless_test_call_is_run_or_nothing() {
    let world = world();
    world.engine.add(credential("deepidv", &[], &[("api_key", KEY)]), "test").unwrap();
    world.add_deepvue();
    let end = world.now() + TimeDelta::hours(24);
    world.provider_says(&[sold("token-1", end)]);
    let checked = run(&world, false).await;
    let told: Vec<_> = checked
        .iter()
        .map(|one| (one.reference.to_string(), one.request.clone(), one.result))
        .collect();
    assert_eq!(told[0], ("deepidv/main".to_owned(), String::new(), CheckResult::NotRun));
    assert_eq!(checked[0].why.as_deref(), Some("there is nothing to run: save a request"));
    let bought = ("deepvue/main".to_owned(), "getting a token".to_owned(), CheckResult::Passed);
    assert_eq!(told[1], bought);
    assert_eq!((told[2].0.as_str(), told[2].2), ("github/main", CheckResult::Passed));
}

#[tokio::test]
async fn a_refused_credential_fails_whatever_is_expected() {
    let world = world();
    save(&world, "user", "GET", "/user", &["status 401"]);
    world.provider_says(&[(401, r#"{"message":"Bad credentials"}"#.to_owned())]);
    let checked = run(&world, false).await.remove(0);
    assert!(checked.credential_refused);
    assert_eq!(checked.result, CheckResult::Failed);
    assert_eq!(checked.why.as_deref(), Some("the provider refused the credential"));
    world.provider_is_unreachable();
    let checked = run(&world, false).await.remove(0);
    assert_eq!((checked.result, checked.status), (CheckResult::Failed, None));
}

#[tokio::test]
async fn at_most_four_are_under_way_and_all_end_with_the_call() {
    let world = world();
    for number in 0..6 {
        save(&world, &number.to_string(), "GET", "/user", &[]);
    }
    let open = world.provider.gate.available_permits();
    world.provider.gate.forget_permits(open);
    let engine = world.engine.clone();
    let call = tokio::spawn(async move { engine.run_checks(None, false, "test").await });
    while world.asked() < 4 {
        tokio::task::yield_now().await;
    }
    for _ in 0..100 {
        tokio::task::yield_now().await;
    }
    assert_eq!(world.asked(), 4);
    call.abort();
    assert!(call.await.unwrap_err().is_cancelled());
    world.provider.gate.add_permits(100);
    for _ in 0..100 {
        tokio::task::yield_now().await;
    }
    assert_eq!(world.asked(), 4, "nothing more is sent");
}

#[tokio::test]
async fn a_secret_that_the_answer_repeats_is_in_no_outcome() {
    let world = world();
    save(&world, "user", "GET", "/user", &["json $.you_sent = nothing", "json $.ok = false"]);
    let echo = format!(r#"{{"you_sent":"{GITHUB_KEY}","ok":"positive control"}}"#);
    world.provider_answers([Said::new(200, &[], &echo)]);
    let checked = run(&world, false).await.remove(0);
    let got: Vec<&str> = checked.checks.iter().map(|check| check.got.as_str()).collect();
    assert_eq!(got, ["<redacted>", "positive control"]);
}

#[test]
fn nobody_waits_for_an_answer_that_is_being_looked_into() {
    let filter = "json $..[?@.a] present".parse().unwrap();
    assert!(looked_into_aside(vec![filter]).checks[0].passed);
}

#[test]
fn nobody_waits_for_the_secrets_of_a_large_answer_to_be_taken_out() {
    assert!(looked_into_aside(Vec::new()).checks.is_empty());
}

/// What came of a request with a large answer, in whose midst another one is answered.
fn looked_into_aside(checks: Vec<Check>) -> Sent {
    // The one thread for such work is busy until the test says otherwise.
    let mut one_thread = tokio::runtime::Builder::new_current_thread();
    let runtime = one_thread.enable_all().max_blocking_threads(1).build().unwrap();
    runtime.block_on(async {
        let world = world();
        let body = format!("[{}0]", "[[1,2],{\"a\":[3]}],".repeat(100_000));
        world.provider_says(&[(200, body), (200, "{}".to_owned())]);
        let (go_on, held) = std::sync::mpsc::channel::<()>();
        let busy = tokio::task::spawn_blocking(move || held.recv());
        let engine = std::sync::Arc::clone(&world.engine);
        let asked = TestRequest { checks, ..reading("github/main", "/user") };
        let looked = tokio::spawn(async move { engine.send(asked, "test").await.unwrap() });
        while world.asked() == 0 {
            tokio::task::yield_now().await;
        }
        let other = world.engine.send(reading("github/main", "/user"), "test").await.unwrap();
        assert_eq!(other.answer.unwrap().0.status, 200);
        assert!(!looked.is_finished(), "it was looked into where others are answered");
        go_on.send(()).unwrap();
        busy.await.unwrap().unwrap();
        looked.await.unwrap()
    })
}
