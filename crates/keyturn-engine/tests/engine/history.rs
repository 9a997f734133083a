//! A credential's history: the versions of its key, what was done to it, and the way back.

use keyturn_core::{CredentialRef, KeyStanding, Secret, SecretFields};
use keyturn_engine::{
    EditCredential, EngineError, HistoryError, RotationError, ShownHistory, StoreNext,
};

use crate::world::{World, credential, unchanged};

const OLD: &str = "dc_canary-old-key-0123456789-old1";
const NEW: &str = "dc_canary-new-key-0123456789-new2";

fn key(value: &str) -> SecretFields {
    [("api_key".parse().unwrap(), Secret::new(value.to_owned()))].into_iter().collect()
}

fn main_key(world: &World) -> CredentialRef {
    let key = credential("deepcurrent", &[], &[("api_key", OLD)]);
    world.engine.add(key, "test").unwrap().credential.reference()
}

/// A credential whose new key is in use, and whose old one is still stored.
async fn promoted(world: &World) -> CredentialRef {
    let main = main_key(world);
    world.engine.start_rotation(&main, "test").unwrap();
    let request = StoreNext { reference: main.clone(), values: key(NEW), replace: false };
    world.engine.store_next(request, "test").unwrap();
    world.engine.verify_next(&main, true, "test").await.unwrap();
    world.engine.confirm_next(&main, false, "test").unwrap();
    world.engine.promote_next(&main, false, "test").unwrap();
    main
}

fn told(history: &ShownHistory) -> Vec<(u32, KeyStanding, Option<&str>, bool, bool)> {
    let versions = history.versions.iter().map(|one| {
        let four = one.fields.first().and_then(|(.., four)| four.as_deref());
        (one.version.number, one.version.standing, four, one.stored, one.restorable)
    });
    versions.collect()
}

#[track_caller]
fn refusal(result: Result<ShownHistory, EngineError>) -> HistoryError {
    match result.unwrap_err() {
        EngineError::History(error) => error,
        other => panic!("{other:?}"),
    }
}

fn says(body: &str) -> (u16, String) {
    (200, format!(r#"{{"api_key_last_four":"{body}"}}"#))
}

#[tokio::test]
async fn versions_are_told_with_their_last_four_and_whether_they_are_still_stored() {
    use KeyStanding::{Current, Previous, Retired};
    let world = World::new();
    let main = promoted(&world).await;
    let history = world.engine.history(&main).unwrap();
    let expected =
        [(2, Current, Some("new2"), true, false), (1, Previous, Some("old1"), true, true)];
    assert_eq!(told(&history), expected);
    assert_eq!(
        history.versions[1].note,
        Some("It is tried first: it may have ended at its provider.")
    );
    assert_eq!(history.versions[0].fields[0].1, "API key", "the provider's word for it");
    world.engine.retire_previous(&main, true, "test").await.unwrap();
    let history = world.engine.history(&main).unwrap();
    assert_eq!(told(&history)[1], (1, Retired, Some("old1"), false, false));
    let text = format!("{history:?}");
    assert!(text.contains("old1") && !text.contains("canary"), "never a value");
}

#[tokio::test]
async fn what_was_done_is_told_with_it_the_newest_first_and_nothing_of_others() {
    let world = World::new();
    world.add_deepvue();
    let main = main_key(&world);
    let owner = Some("Ann".to_owned());
    world.engine.edit(EditCredential { owner, ..unchanged(main.clone()) }, "test").unwrap();
    let history = world.engine.history(&main).unwrap();
    let entries = history.changes.entries.iter().map(|one| &one.entry);
    let actions: Vec<_> = entries.clone().map(|entry| entry.action.as_str()).collect();
    assert_eq!(actions, ["edit", "add"]);
    assert_eq!(entries.clone().next().unwrap().changed, ["owner"]);
    assert!(!history.changes.more);
}

#[tokio::test]
async fn an_edited_key_is_a_version_whose_value_is_gone_at_once() {
    let world = World::new();
    let main = main_key(&world);
    let edit = EditCredential { secrets: key(NEW), ..unchanged(main.clone()) };
    world.engine.edit(edit, "test").unwrap();
    let history = world.engine.history(&main).unwrap();
    assert_eq!(history.versions.len(), 2);
    assert!(!history.versions[1].stored);
    let refused = refusal(world.engine.restore_version(&main, 1, true, "test").await);
    assert!(matches!(refused, HistoryError::NotStored { version: 1, .. }), "{refused}");
    assert_eq!(history.versions[1].note, Some("Its value is not stored any more."));
}

#[tokio::test]
async fn a_version_that_is_stored_and_answers_is_put_in_use_again_with_a_yes() {
    use KeyStanding::{Current, Next};
    let world = World::new();
    let main = promoted(&world).await;
    let asks = refusal(world.engine.restore_version(&main, 1, false, "test").await);
    assert!(matches!(asks, HistoryError::NeedsYes { .. }), "{asks}");
    assert_eq!(world.asked(), 0, "nothing was sent without a yes");
    world.provider_says(&[says("old1")]);
    let history = world.engine.restore_version(&main, 1, true, "test").await.unwrap();
    let standings: Vec<_> =
        history.versions.iter().map(|one| (one.version.number, one.version.standing)).collect();
    assert_eq!(standings, [(2, Next), (1, Current)]);
    let mut done = history.changes.entries.iter().map(|one| one.entry.action.as_str());
    assert!(done.any(|action| action == "rotate roll back"), "it is written down");
    let id = world.engine.show(&main).unwrap().credential.id;
    let vault = world.opened();
    assert_eq!(vault.secrets(id).unwrap().get(&"api_key".parse().unwrap()).unwrap().expose(), OLD);
}

#[tokio::test]
async fn a_version_that_its_provider_refuses_stays_where_it_is() {
    let world = World::new();
    let main = promoted(&world).await;
    world.provider_says(&[(401, r#"{"detail":"Could not validate credentials"}"#.to_owned())]);
    let refused = world.engine.restore_version(&main, 1, true, "test").await.unwrap_err();
    let dead = matches!(refused, EngineError::Rotation(RotationError::OldRefused { .. }));
    assert!(dead, "{refused}");
    let history = world.engine.history(&main).unwrap();
    assert!(history.versions[1].stored && !history.versions[1].restorable);
    let refused = refusal(world.engine.restore_version(&main, 1, true, "test").await);
    assert!(matches!(refused, HistoryError::Ended { .. }), "it is not asked twice: {refused}");
}

#[tokio::test]
async fn a_version_in_use_one_to_come_and_one_that_never_was_are_refused_with_words() {
    let world = World::new();
    let main = promoted(&world).await;
    let of = async |version| refusal(world.engine.restore_version(&main, version, true, "t").await);
    assert!(matches!(of(2).await, HistoryError::InUse { .. }));
    assert!(matches!(of(7).await, HistoryError::NoVersion { version: 7, .. }));
    world.provider_says(&[says("old1")]);
    world.engine.roll_back(&main, "test").await.unwrap();
    assert!(matches!(of(2).await, HistoryError::NotYet { .. }));
}
