//! Keeping an exchange by choice: nothing by default, no secret ever, a hundred at most.

use chrono::TimeDelta;
use keyturn_core::ExchangeId;
use keyturn_engine::{EngineError, KeepExchange, Kept, LONGEST_KEPT, MOST_KEPT, Sent, TestRequest};
use keyturn_vault::SaveError;

use crate::world::{KEY, World, credential, reading, sold};

const PAN: &str = "CNARY1234F";
const PATH: &str = "/v1/verification/panbasic";

fn asking(keep: Option<&str>) -> TestRequest {
    TestRequest {
        query: vec![("pan_number".to_owned(), PAN.to_owned())],
        keep: keep.map(|note| KeepExchange { note: Some(note.to_owned()) }),
        ..reading("deepvue/main", PATH)
    }
}

async fn sent(world: &World, request: TestRequest) -> Sent {
    world.engine.send(request, "test").await.unwrap()
}

/// Sends, and tells what was kept.
async fn keep(world: &World, request: TestRequest) -> Kept {
    sent(world, request).await.kept.expect("somebody asked for it").unwrap()
}

/// A vault with `deepvue/main`, which gets the answer for each request.
fn answered(body: &str) -> World {
    let world = World::new();
    world.add_deepvue();
    let end = world.now() + TimeDelta::hours(24);
    world.provider_says(&[sold("token-number-one", end), (200, body.to_owned())]);
    world
}

#[tokio::test]
async fn x7_nothing_of_an_exchange_is_in_any_record_unless_its_request_says_so() {
    let world = answered(&format!(r#"{{"pan":"{PAN}"}}"#));
    let reference = "deepvue/main".parse().unwrap();
    let by_default = sent(&world, asking(None)).await;
    assert!(by_default.answer.is_some() && by_default.kept.is_none());
    world.engine.flush_journal().unwrap();
    assert!(world.engine.kept(&reference).unwrap().is_empty());
    let vault = world.opened();
    let credentials: Vec<_> = vault.credentials().collect();
    let journal = vault.journal().unwrap();
    let noted = vault.exchanges(credentials[0].id).unwrap();
    let noted = serde_json::to_string(&noted).unwrap();
    assert!(noted.contains("pan_number"), "what is asked for is noted by its name: {noted}");
    let seen = (vault.settings(), vault.observations());
    let records = format!("{credentials:?} {journal:?} {noted} {seen:?}");
    assert!(records.contains(PATH), "the records were read: {records}");
    assert!(!records.contains(PAN), "{records}");
    drop(vault);

    world.unlock().unwrap();
    let kept = keep(&world, asking(Some("the case of Ann"))).await;
    let world = world.restart();
    let list = world.engine.kept(&reference).unwrap();
    assert_eq!(list.len(), 1);
    assert_eq!((list[0].id, list[0].note.as_deref()), (kept.id, Some("the case of Ann")));
    let whole = world.engine.kept_exchange(&reference, kept.id, "test").unwrap();
    assert_eq!(whole.query, [("pan_number".to_owned(), PAN.to_owned())]);
    let body = String::from_utf8(whole.body).unwrap();
    assert!(body.contains(PAN), "positive control: the choice keeps what it says: {body}");
    let journal = world.journal();
    let actions: Vec<_> = journal.iter().map(|entry| entry.action.as_str()).collect();
    assert!(actions.contains(&"keep") && actions.contains(&"show a kept exchange"), "{actions:?}");
    assert!(!format!("{journal:?}").contains(PAN));
}

#[tokio::test]
async fn what_is_kept_holds_no_stored_secret_wherever_it_came_from() {
    let body = format!(r#"{{"you_sent":"Bearer token-number-one and {KEY}"}}"#);
    let world = answered(&body);
    let note = format!("asked with {KEY} and token-number-one");
    let kept = keep(&world, asking(Some(&note))).await;
    let reference = "deepvue/main".parse().unwrap();
    let whole = world.engine.kept_exchange(&reference, kept.id, "test").unwrap();
    let text = serde_json::to_string(&whole).unwrap() + &String::from_utf8(whole.body).unwrap();
    assert!(text.contains("you_sent") && text.contains("asked with <redacted>"), "{text}");
    assert!(!text.contains(KEY) && !text.contains("token-number-one"), "{text}");
    assert!(whole.sent_headers.iter().any(|(_, value)| value == "<redacted>"), "{text}");
}

#[tokio::test]
async fn a_key_that_goes_into_the_query_is_kept_masked() {
    let world = World::new();
    let fields = [("host", "api.example.com")];
    let added = credential("generic-api-key-query", &fields, &[("api_key", KEY)]);
    let reference = world.engine.add(added, "test").unwrap().credential.reference();
    world.provider_says(&[(200, "{}".to_owned())]);
    let request = TestRequest {
        keep: Some(KeepExchange::default()),
        ..reading(&reference.to_string(), "/things")
    };
    let kept = keep(&world, request).await;
    let whole = world.engine.kept_exchange(&reference, kept.id, "test").unwrap();
    assert_eq!(whole.query, [("api_key".to_owned(), "<redacted>".to_owned())]);
}

#[tokio::test]
async fn of_a_hundred_and_one_the_oldest_goes_and_the_answer_says_so() {
    let world = answered("{}");
    let reference = "deepvue/main".parse().unwrap();
    let first = keep(&world, asking(Some("0"))).await;
    assert_eq!(first.forgot, None);
    for number in 1..MOST_KEPT {
        assert_eq!(keep(&world, asking(Some(&number.to_string()))).await.forgot, None);
    }
    let newest = keep(&world, asking(Some("newest"))).await;
    assert_eq!(newest.forgot, Some(first.id));
    let list = world.engine.kept(&reference).unwrap();
    assert_eq!(list.len(), MOST_KEPT);
    assert_eq!(list[0].id, newest.id, "the newest first");
    assert_eq!(list[MOST_KEPT - 1].note.as_deref(), Some("1"), "the second is the oldest now");
    let gone = world.engine.kept_exchange(&reference, first.id, "test").unwrap_err();
    assert!(matches!(gone, EngineError::NothingKept { .. }), "{gone}");
}

#[tokio::test]
async fn the_end_of_a_long_body_is_not_kept_and_the_answer_says_so() {
    let long = "x".repeat(LONGEST_KEPT + 1);
    let world = answered(&long);
    let sent = sent(&world, asking(Some("long"))).await;
    assert_eq!(sent.answer.unwrap().0.body.len(), long.len(), "the user gets all of it");
    let kept = sent.kept.unwrap().unwrap();
    assert_eq!(kept.cut_from, Some(long.len()));
    let reference = "deepvue/main".parse().unwrap();
    let whole = world.engine.kept_exchange(&reference, kept.id, "test").unwrap();
    assert_eq!((whole.body.len(), whole.body_bytes), (LONGEST_KEPT, long.len() as u64));
}

#[tokio::test]
async fn a_forgotten_exchange_is_gone_and_its_number_does_not_come_again() {
    let world = answered("{}");
    let reference = "deepvue/main".parse().unwrap();
    let one = keep(&world, asking(Some("one"))).await.id;
    world.engine.forget_kept(&reference, one, "test").unwrap();
    assert!(world.engine.kept(&reference).unwrap().is_empty());
    let again = world.engine.forget_kept(&reference, one, "test").unwrap_err();
    assert!(matches!(again, EngineError::NothingKept { .. }), "{again}");
    world.clock.advance(TimeDelta::seconds(1));
    assert_ne!(keep(&world, asking(Some("two"))).await.id, one);
    let other = ExchangeId::from_number(1);
    assert!(world.engine.kept_exchange(&reference, other, "test").is_err());
}

#[tokio::test]
async fn what_the_trash_holds_still_has_what_was_kept_with_it() {
    let world = answered("{}");
    let reference = "deepvue/main".parse().unwrap();
    keep(&world, asking(Some("one"))).await;
    world.engine.remove(&reference, "test").unwrap();
    let gone = world.engine.kept(&reference).unwrap_err();
    assert!(matches!(gone, EngineError::NoCredential { .. }), "nothing is shown of it: {gone}");
    let vault = world.opened();
    let removed = vault.credentials().next().unwrap().id;
    assert_eq!(vault.kept_of(removed).count(), 1);
}

#[tokio::test]
async fn a_note_that_no_screen_could_show_is_refused_before_anything_is_sent() {
    let world = answered("{}");
    let request = asking(Some(&"x".repeat(2_001)));
    let error = world.engine.send(request, "test").await.unwrap_err();
    assert!(matches!(error, EngineError::TextTooLong { .. }), "{error}");
    assert_eq!(world.asked(), 0);
}

#[tokio::test]
async fn where_the_vault_is_locked_meanwhile_the_answer_stays_and_the_failure_is_told() {
    let world = answered("{}");
    world.token().await.unwrap();
    let engine = world.engine.clone();
    world.provider_judges(move || {
        engine.lock().unwrap();
        None
    });
    let sent = sent(&world, asking(Some("one"))).await;
    assert_eq!(sent.answer.unwrap().0.status, 200);
    let problem = sent.kept.unwrap().unwrap_err();
    assert!(matches!(problem, EngineError::VaultLocked), "{problem}");
    world.unlock().unwrap();
    assert!(world.engine.kept(&"deepvue/main".parse().unwrap()).unwrap().is_empty());
}

#[tokio::test]
async fn a_quarantined_vault_keeps_nothing_more_and_says_so() {
    let world = answered("{}");
    let reference = "deepvue/main".parse().unwrap();
    let kept = keep(&world, asking(Some("one"))).await;
    world.engine.lock().unwrap();
    let older = std::fs::read(world.vault_file()).unwrap();
    world.unlock().unwrap();
    keep(&world, asking(Some("two"))).await;
    world.engine.lock().unwrap();
    std::fs::write(world.vault_file(), older).unwrap();
    world.unlock().unwrap();
    let asked = world.asked();
    let error = world.engine.send(asking(Some("three")), "test").await.unwrap_err();
    assert!(matches!(error, EngineError::Save(SaveError::Quarantined)), "{error}");
    assert_eq!(world.asked(), asked, "nothing was sent either");
    let error = world.engine.forget_kept(&reference, kept.id, "test").unwrap_err();
    assert!(matches!(error, EngineError::Save(SaveError::Quarantined)), "{error}");
    assert_eq!(world.engine.kept(&reference).unwrap().len(), 1, "what it holds can be listed");
}
