//! The history: every exchange leaves one entry, whatever its end, and no entry a secret or a value.

use std::sync::Arc;
use std::time::Duration;

use chrono::TimeDelta;
use keyturn_core::{CredentialRef, ExchangeId, Secret};
use keyturn_engine::{
    EngineError, KeepExchange, MOST_NOTED, ShownExchange, TestRequest, UnlockWith,
};
use keyturn_request::{Variables, fill};
use keyturn_vault::SaveError;

use crate::world::{KEY, PASSPHRASE, World, credential, reading, sold};

const PAN: &str = "CNARY1234F";
const PATH: &str = "/v1/verification/panbasic";

fn main() -> CredentialRef {
    "deepvue/main".parse().unwrap()
}

fn asking() -> TestRequest {
    TestRequest {
        query: vec![("pan_number".to_owned(), PAN.to_owned())],
        headers: vec![("x-case".to_owned(), PAN.to_owned())],
        ..reading("deepvue/main", PATH)
    }
}

/// A vault with `deepvue/main`, which has a token and gets the answer for each request.
async fn answered(status: u16, body: &str) -> World {
    let world = World::new();
    world.add_deepvue();
    let end = world.now() + TimeDelta::hours(24);
    world.provider_says(&[sold("token-number-one", end), (status, body.to_owned())]);
    world.token().await.unwrap();
    world
}

fn listed(world: &World) -> Vec<ShownExchange> {
    world.engine.exchanges(&main()).unwrap()
}

/// All that the history says, as text.
fn said(world: &World) -> String {
    let list = listed(world);
    serde_json::to_string(&list.iter().map(|shown| &shown.noted).collect::<Vec<_>>()).unwrap()
}

#[tokio::test]
async fn what_was_asked_and_how_it_went_is_noted_with_names_and_without_values() {
    let world = answered(200, &format!(r#"{{"pan":"{PAN}"}}"#)).await;
    let checks = vec!["status 2xx".parse().unwrap(), "json $.pan = other".parse().unwrap()];
    let saved = Some("the usual".to_owned());
    let sent = world.engine.send(TestRequest { checks, saved, ..asking() }, "curl").await.unwrap();
    assert_eq!(sent.checks.iter().map(|check| check.passed).collect::<Vec<_>>(), [true, false]);
    let list = listed(&world);
    let noted = &list[0].noted;
    assert_eq!((list.len(), Some(noted.id)), (1, sent.exchange));
    assert_eq!((noted.method.as_str(), noted.path.as_str()), ("GET", PATH));
    assert_eq!(noted.query, ["pan_number"]);
    assert_eq!((noted.status, noted.attempts), (Some(200), 1));
    assert_eq!((noted.checks_passed, noted.checks_failed), (1, 1));
    assert_eq!((noted.caller.as_str(), noted.saved.as_deref()), ("curl", Some("the usual")));
    assert!(noted.problem.is_none() && !list[0].kept);
    let world = world.restart();
    assert_eq!(listed(&world)[0].noted, *noted, "it is in the vault after the lock");
    let said = said(&world);
    assert!(said.contains("pan_number"), "positive control: {said}");
    assert!(!said.contains(PAN), "{said}");
}

#[tokio::test]
async fn no_stored_secret_is_in_it_wherever_the_user_puts_one() {
    let world = answered(200, &format!(r#"{{"error":"you sent {KEY}"}}"#)).await;
    let other = TestRequest {
        saved: Some(format!("with {KEY}")),
        headers: Vec::new(),
        query: vec![(format!("name-{KEY}"), "1".to_owned())],
        ..asking()
    };
    // What the policy refuses is no exchange; what it lets through is noted without the secret.
    drop(world.engine.send(other, "test").await);
    let saved = Some(format!("with {KEY} and token-number-one"));
    world.engine.send(TestRequest { saved, ..asking() }, "test").await.unwrap();
    let said = said(&world);
    assert!(said.contains("with <redacted> and <redacted>"), "positive control: {said}");
    assert!(!said.contains(KEY) && !said.contains("token-number-one"), "{said}");
}

#[tokio::test]
async fn a_failure_on_the_network_is_noted_in_words_and_a_refusal_before_it_is_not() {
    let world = answered(200, "{}").await;
    let with_secret = TestRequest { query: vec![("q".to_owned(), KEY.to_owned())], ..asking() };
    let refused = world.engine.send(with_secret, "test").await.unwrap_err();
    assert!(matches!(refused, EngineError::Policy(_)), "{refused}");
    let dry = TestRequest { dry_run: true, ..asking() };
    assert_eq!(world.engine.send(dry, "test").await.unwrap().exchange, None);
    assert!(listed(&world).is_empty(), "nothing left, so nothing is noted");
    world.provider_is_down();
    world.engine.send(asking(), "test").await.unwrap_err();
    let list = listed(&world);
    let problem = list[0].noted.problem.as_deref().unwrap();
    assert!(problem.contains("did not answer in time"), "{problem}");
    assert_eq!((list.len(), list[0].noted.status), (1, None));
}

#[tokio::test(start_paused = true)]
async fn one_whose_caller_leaves_is_noted_as_cancelled() {
    let world = World::on_paused_time();
    world.add_deepvue();
    let end = world.now() + TimeDelta::hours(24);
    world.provider_says(&[sold("token-number-one", end), (200, "{}".to_owned())]);
    world.token().await.unwrap();
    world.provider.gate.forget_permits(usize::MAX);
    let engine = Arc::clone(&world.engine);
    let keep = Some(KeepExchange::default());
    let sending =
        tokio::spawn(async move { engine.send(TestRequest { keep, ..asking() }, "test").await });
    while world.asked() < 2 {
        tokio::time::sleep(Duration::from_millis(1)).await;
    }
    assert!(listed(&world).is_empty(), "it has not ended");
    sending.abort();
    assert!(sending.await.unwrap_err().is_cancelled());
    let list = listed(&world);
    assert_eq!(list[0].noted.problem.as_deref(), Some("cancelled"));
    assert_eq!((list.len(), list[0].noted.attempts, list[0].kept), (1, 1, false));
}

#[tokio::test]
async fn of_more_than_five_hundred_the_oldest_go_and_numbers_stay_in_order() {
    let world = answered(200, "{}").await;
    let first = world.engine.send(asking(), "test").await.unwrap().exchange.unwrap();
    for _ in 0..MOST_NOTED {
        world.engine.send(asking(), "test").await.unwrap();
    }
    let list = listed(&world);
    assert_eq!(list.len(), MOST_NOTED);
    assert!(list.windows(2).all(|pair| pair[0].noted.id > pair[1].noted.id), "the newest first");
    assert!(list.iter().all(|shown| shown.noted.id > first));
    world.engine.flush_journal().unwrap();
    let world = world.restart();
    assert_eq!(listed(&world).len(), MOST_NOTED);
    let before = listed(&world)[0].noted.id;
    world.provider_says(&[(200, "{}".to_owned())]);
    let next = world.engine.send(asking(), "test").await.unwrap().exchange.unwrap();
    assert!(next > before, "also after a restart");
}

#[tokio::test]
async fn a_kept_one_has_its_number_its_note_and_all_that_sends_it_again() {
    let world = answered(200, "{}").await;
    let keep = Some(KeepExchange { note: Some("the case of Ann".to_owned()) });
    let mut headers = asking().headers;
    headers.push(("x-session-token".to_owned(), "of-another-service".to_owned()));
    let sent = world.engine.send(TestRequest { keep, headers, ..asking() }, "test").await.unwrap();
    let id = sent.kept.unwrap().unwrap().id;
    assert_eq!(sent.exchange, Some(id));
    let list = listed(&world);
    assert_eq!((list.len(), list[0].noted.id, list[0].kept), (1, id, true));
    assert_eq!(list[0].noted.note.as_deref(), Some("the case of Ann"));
    let request = world.engine.kept_exchange(&main(), id, "test").unwrap().request.unwrap();
    assert_eq!((request.method.as_str(), request.url.as_str()), ("GET", PATH));
    assert_eq!(request.query[0].value.as_deref(), Some(PAN));
    let names: Vec<_> = request.headers.iter().map(|header| header.name.as_str()).collect();
    assert_eq!(names, ["x-case"], "given by hand, and none that authenticates");
    world.engine.forget_kept(&main(), id, "test").unwrap();
    let list = listed(&world);
    assert_eq!((list.len(), list[0].kept, &list[0].noted.note), (1, false, &None));
}

#[tokio::test]
async fn one_is_forgotten_or_all_of_them_with_what_was_kept() {
    let world = answered(200, "{}").await;
    let mut ids = Vec::new();
    for _ in 0..3 {
        let keep = Some(KeepExchange::default());
        let sent = world.engine.send(TestRequest { keep, ..asking() }, "test").await.unwrap();
        ids.extend(sent.exchange);
    }
    let forget = |id: Option<ExchangeId>| world.engine.forget_exchanges(&main(), id, "test");
    forget(Some(ids[1])).unwrap();
    let left: Vec<_> = listed(&world).iter().map(|shown| shown.noted.id).collect();
    assert_eq!(left, [ids[2], ids[0]]);
    assert_eq!(world.engine.kept(&main()).unwrap().len(), 2);
    let again = forget(Some(ids[1])).unwrap_err();
    assert!(matches!(again, EngineError::NoExchange { .. }), "{again}");
    forget(None).unwrap();
    assert!(listed(&world).is_empty() && world.engine.kept(&main()).unwrap().is_empty());
    let world = world.restart();
    assert!(listed(&world).is_empty(), "what waited was forgotten as well");
    let actions: Vec<_> = world.journal().into_iter().map(|entry| entry.action).collect();
    assert!(actions.iter().any(|action| action == "forget all exchanges"), "{actions:?}");
}

#[tokio::test]
async fn it_lies_in_the_trash_with_its_credential_and_another_ones_is_its_own() {
    let world = answered(200, "{}").await;
    world.engine.add(credential("deepidv", &[], &[("api_key", KEY)]), "test").unwrap();
    world.engine.send(asking(), "test").await.unwrap();
    world.provider_says(&[(200, "{}".to_owned())]);
    world.engine.send(reading("deepidv/main", "/v1/sessions"), "test").await.unwrap();
    world.engine.remove(&main(), "test").unwrap();
    let gone = world.engine.exchanges(&main()).unwrap_err();
    assert!(matches!(gone, EngineError::NoCredential { .. }), "{gone}");
    let other = world.engine.exchanges(&"deepidv/main".parse().unwrap()).unwrap();
    assert_eq!(other.len(), 1);
    let vault = world.opened();
    let removed = vault.credentials().find(|one| one.removed_at.is_some()).unwrap().id;
    assert_eq!(vault.exchanges(removed).unwrap().len(), 1);
}

#[tokio::test]
async fn one_that_ends_after_the_lock_is_written_when_the_vault_opens() {
    let world = answered(200, "{}").await;
    let engine = world.engine.clone();
    world.provider_judges(move || {
        engine.lock().unwrap();
        None
    });
    world.engine.send(asking(), "test").await.unwrap();
    world.unlock().unwrap();
    world.engine.flush_journal().unwrap();
    assert_eq!(listed(&world.restart()).len(), 1);
}

#[tokio::test]
async fn a_quarantined_vault_forgets_nothing() {
    let world = answered(200, "{}").await;
    world.engine.send(asking(), "test").await.unwrap();
    world.engine.lock().unwrap();
    let older = std::fs::read(world.vault_file()).unwrap();
    world.unlock().unwrap();
    world.engine.send(asking(), "test").await.unwrap();
    world.engine.lock().unwrap();
    std::fs::write(world.vault_file(), older).unwrap();
    world.unlock().unwrap();
    let error = world.engine.forget_exchanges(&main(), None, "test").unwrap_err();
    assert!(matches!(error, EngineError::Save(SaveError::Quarantined)), "{error}");
    assert_eq!(listed(&world).len(), 1, "what it holds can be listed");
}

#[tokio::test]
async fn an_entry_has_an_end_however_long_its_address_is() {
    let world = answered(200, "{}").await;
    let request = TestRequest {
        path: Some(format!("{PATH}/{}", "p".repeat(100_000))),
        query: (0..1_000)
            .map(|number| (format!("{number}{}", "q".repeat(500)), String::new()))
            .collect(),
        saved: Some("s".repeat(5_000)),
        ..asking()
    };
    world.engine.send(request, "test").await.unwrap();
    let list = listed(&world);
    let noted = &list[0].noted;
    assert!(noted.path.starts_with(PATH) && noted.path.ends_with('…'), "it shows that it goes on");
    assert_eq!((noted.path.chars().count(), noted.query.len()), (2_049, 51));
    assert!(noted.query.iter().all(|name| name.chars().count() <= 101));
    assert_eq!(noted.query.last().unwrap(), "…");
    assert_eq!(noted.saved.as_ref().unwrap().chars().count(), 101);
}

#[tokio::test]
async fn one_that_ends_in_another_unlock_gets_no_number_that_was_given_before() {
    let world = answered(200, "{}").await;
    let keep = || Some(KeepExchange::default());
    let first = world.engine.send(TestRequest { keep: keep(), ..asking() }, "test").await.unwrap();
    let engine = world.engine.clone();
    let passphrase = || UnlockWith::Passphrase(Secret::new(PASSPHRASE.to_owned()));
    world.provider_judges(move || {
        engine.lock().unwrap();
        engine.unlock(&passphrase()).unwrap();
        None
    });
    let second = world.engine.send(TestRequest { keep: keep(), ..asking() }, "test").await.unwrap();
    assert!(second.exchange > first.exchange, "{:?} {:?}", first.exchange, second.exchange);
    assert_eq!(world.engine.kept(&main()).unwrap().len(), 2, "neither took the other's place");
}

/// What was filled in once is sent as it was: braces in it are no variables of the next request.
#[tokio::test]
async fn braces_that_were_sent_as_they_are_are_sent_so_again() {
    let world = answered(200, "{}").await;
    let query =
        vec![("q".to_owned(), "{{name}}".to_owned()), ("r".to_owned(), "{{ other }}".to_owned())];
    let keep = Some(KeepExchange::default());
    let given = TestRequest { query: query.clone(), keep, ..asking() };
    let id = world.engine.send(given, "test").await.unwrap().exchange.unwrap();
    let request = world.engine.kept_exchange(&main(), id, "test").unwrap().request.unwrap();
    let filled = fill(&request, &Variables::new()).expect("nobody is asked for a value");
    let again: Vec<_> = filled.request().query.iter().map(|one| one.value.clone()).collect();
    let sent: Vec<_> = query.into_iter().map(|(_, value)| Some(value)).collect();
    assert_eq!(again, sent);
}
