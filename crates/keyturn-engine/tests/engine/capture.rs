//! Catching, marking, testing and showing a key that its provider shows exactly once.

use std::sync::atomic::Ordering;

use keyturn_core::{CredentialRef, KeyMark, RevealState, Secret, SecretFormat, TokenFormat};
use keyturn_engine::{
    CaptureError, CaptureKey, Captured, EditCredential, EngineError, KeyTest, RenderToken,
    TokenRequest,
};

use crate::world::{World, credential, deepvue, unchanged};

const KEY: &str = "dc_0123456789abc7x9z";
const OTHER: &str = "dc_another456789abc1111";

fn main() -> CredentialRef {
    "deepcurrent/main".parse().unwrap()
}

fn key(reference: &str, value: &str) -> CaptureKey {
    CaptureKey {
        reference: reference.parse().unwrap(),
        field: None,
        value: Secret::new(value.to_owned()),
        confirmed: false,
    }
}

fn capture(world: &World, value: &str) -> Result<Captured, EngineError> {
    world.engine.capture(&key("deepcurrent/main", value), "test")
}

fn confirmed(world: &World, value: &str) -> Result<Captured, EngineError> {
    let yes = CaptureKey { confirmed: true, ..key("deepcurrent/main", value) };
    world.engine.capture(&yes, "test")
}

fn mark(world: &World, mark: KeyMark) -> Result<RevealState, EngineError> {
    let edit = EditCredential { mark: Some(mark), ..unchanged(main()) };
    world.engine.edit(edit, "test").map(|edited| edited.credential.reveal)
}

fn add_marked(world: &World, mark: KeyMark) -> RevealState {
    let mut added = credential("deepcurrent", &[], &[]);
    added.mark = Some(mark);
    world.engine.add(added, "test").unwrap().credential.reveal
}

fn stored(world: &World) -> Result<String, EngineError> {
    let target = "deepcurrent/main/api_key".parse().unwrap();
    let stored = world.engine.get(&target, SecretFormat::Raw, "get", "test")?;
    Ok(stored.expose().clone())
}

#[tokio::test]
async fn dc6_a_captured_key_is_read_back_and_never_overwritten() {
    let world = World::new();
    let captured = capture(&world, &format!("Bearer {KEY}\n")).unwrap();
    assert_eq!(captured.caught.last_four.as_deref(), Some("7x9z"));
    let shown = world.engine.show(&main()).unwrap().credential;
    assert_eq!(shown.rotation.issued_on, Some(world.engine.today()), "dc2: its age begins today");
    let again = capture(&world, KEY).unwrap();
    assert_eq!((again.caught.matches_known(), again.caught.twin), (None, None), "the same key");
    let after = world.engine.show(&main()).unwrap().credential;
    assert_eq!(after.secret_version, shown.secret_version, "the same key is no new version");
    let other = capture(&world, OTHER).unwrap_err();
    assert!(matches!(other, EngineError::AlreadyCaptured { .. }), "{other}");
    assert!(matches!(confirmed(&world, OTHER), Err(EngineError::AlreadyCaptured { .. })));
    let world = world.restart();
    assert_eq!(stored(&world).unwrap(), KEY);
}

#[tokio::test]
async fn dc6_a_credential_is_recorded_before_its_key_was_shown_and_caught_later() {
    let world = World::new();
    let without = world.engine.add(credential("deepcurrent", &[], &[]), "test").unwrap_err();
    assert!(matches!(without, EngineError::MissingFields { .. }), "not by mistake: {without}");
    assert_eq!(add_marked(&world, KeyMark::NotRevealed), RevealState::NotRevealed);
    let owner = EditCredential { owner: Some("Ann".to_owned()), ..unchanged(main()) };
    world.engine.edit(owner, "test").unwrap();
    assert!(matches!(stored(&world), Err(EngineError::ValueNotStored { .. })));
    capture(&world, KEY).unwrap();
    let shown = world.engine.show(&main()).unwrap().credential;
    assert_eq!((shown.reveal, shown.owner.as_deref()), (RevealState::Captured, Some("Ann")));
}

#[tokio::test]
async fn dc6_the_user_says_that_a_key_is_lost_or_known_by_its_last_four() {
    let world = World::new();
    assert_eq!(add_marked(&world, KeyMark::Lost), RevealState::Lost);
    assert_eq!(mark(&world, KeyMark::NotRevealed).unwrap(), RevealState::NotRevealed, "taken back");
    assert_eq!(
        mark(&world, KeyMark::LastFour("7x9z".to_owned())).unwrap(),
        RevealState::LastFourOnly
    );
    assert_eq!(
        mark(&world, KeyMark::Lost).unwrap(),
        RevealState::LastFourOnly,
        "what is known of it stays known"
    );
    for wrong in ["7x9", "7x9z1", "7x z", ""] {
        let error = mark(&world, KeyMark::LastFour(wrong.to_owned())).unwrap_err();
        assert!(matches!(error, EngineError::NotFourCharacters), "{wrong}: {error}");
    }
}

#[tokio::test]
async fn dc6_a_key_known_by_its_last_four_is_found_again_and_another_needs_a_yes() {
    let world = World::new();
    add_marked(&world, KeyMark::LastFour("7x9z".to_owned()));
    let error = capture(&world, OTHER).unwrap_err();
    let told = error.to_string();
    assert!(told.contains("7x9z") && told.contains("1111"), "{told}");
    assert!(stored(&world).is_err(), "nothing was stored");
    let found = capture(&world, KEY).unwrap();
    assert_eq!(found.caught.matches_known(), Some(true));
    assert_eq!(world.engine.show(&main()).unwrap().credential.reveal, RevealState::Captured);

    let world = World::new();
    add_marked(&world, KeyMark::LastFour("7x9z".to_owned()));
    assert_eq!(confirmed(&world, OTHER).unwrap().caught.matches_known(), Some(false));
    assert_eq!(stored(&world).unwrap(), OTHER);
}

#[tokio::test]
async fn a_stored_key_is_not_lost_by_being_called_so() {
    let world = World::new();
    capture(&world, KEY).unwrap();
    for word in [KeyMark::Lost, KeyMark::NotRevealed, KeyMark::LastFour("abcd".to_owned())] {
        let error = mark(&world, word).unwrap_err();
        assert!(matches!(error, EngineError::Capture(CaptureError::StillStored { .. })), "{error}");
    }
    assert_eq!(stored(&world).unwrap(), KEY);
    let mut both = credential("deepcurrent", &[], &[("api_key", KEY)]);
    both.name = "both".parse().unwrap();
    both.mark = Some(KeyMark::Lost);
    let error = world.engine.add(both, "test").unwrap_err();
    assert!(matches!(error, EngineError::Capture(CaptureError::GivenAndMarked { .. })), "{error}");
    let mut repeatable = deepvue();
    repeatable.mark = Some(KeyMark::Lost);
    let error = world.engine.add(repeatable, "test").unwrap_err();
    assert!(matches!(error, EngineError::NotRevealOnce { .. }), "{error}");
}

#[tokio::test]
async fn dc6_a_key_that_is_stored_elsewhere_is_told_of_and_needs_a_yes() {
    let world = World::new();
    world.engine.capture(&key("deepcurrent/first", KEY), "test").unwrap();
    let error = capture(&world, KEY).unwrap_err();
    assert!(error.to_string().contains("deepcurrent/first/api_key"), "{error}");
    assert!(!error.to_string().contains(KEY));
    assert!(world.engine.show(&main()).is_err(), "nothing was made");
    world.engine.remove(&"deepcurrent/first".parse().unwrap(), "test").unwrap();
    let error = capture(&world, KEY).unwrap_err();
    assert!(error.to_string().contains("trash"), "{error}");
    let twin = confirmed(&world, KEY).unwrap().caught.twin.unwrap();
    assert!(twin.is_removed);
    assert_eq!(stored(&world).unwrap(), KEY);
}

#[tokio::test]
async fn dc6_a_retired_key_is_recognised() {
    let world = World::new();
    capture(&world, KEY).unwrap();
    let mut edit = unchanged(main());
    edit.secrets.insert("api_key".parse().unwrap(), Secret::new(OTHER.to_owned()));
    world.engine.edit(edit, "test").unwrap();
    let error = world.engine.capture(&key("deepcurrent/new", KEY), "test").unwrap_err();
    assert!(error.to_string().contains("retired"), "{error}");
}

#[tokio::test]
async fn dc2_what_is_no_key_is_refused_and_nothing_is_made() {
    let world = World::new();
    for wrong in
        ["", "you@example.com", "hunter2hunter2", "dc_FRIEND42", "dc_your_api_key_here", "dc_a b"]
    {
        let error = capture(&world, wrong).unwrap_err();
        let refused = matches!(error, EngineError::BadValue { .. } | EngineError::Capture(_));
        assert!(refused, "{wrong:?}: {error}");
        assert!(wrong.is_empty() || !error.to_string().contains(wrong), "{wrong:?}: {error}");
    }
    let code = capture(&world, "dc_FRIEND42").unwrap_err();
    assert!(code.to_string().contains("referral code"), "{code}");
    assert!(matches!(world.engine.show(&main()), Err(EngineError::NoCredential { .. })));
}

#[tokio::test]
async fn a_look_at_what_was_pasted_stores_nothing() {
    let world = World::new();
    let pasted = format!("export DEEPCURRENT_API_KEY=\"{KEY}\"\n");
    let caught = world.engine.check_capture(&key("deepcurrent/main", &pasted)).unwrap();
    assert_eq!(caught.begins.as_deref(), Some("dc_"));
    assert_eq!((caught.length, caught.last_four.as_deref()), (KEY.len(), Some("7x9z")));
    assert!(!caught.notes.is_empty(), "it says what was left out");
    assert!(world.engine.show(&main()).is_err());
    assert!(!format!("{caught:?}").contains(KEY));
}

#[tokio::test]
async fn dc6_a_named_field_is_captured_and_a_password_is_not() {
    let world = World::new();
    let named = |reference: &str, field: &str, value: &str| {
        let capture = CaptureKey { field: field.parse().ok(), ..key(reference, value) };
        world.engine.capture(&capture, "test")
    };
    let captured = named("twilio/main", "auth_token", &"0a".repeat(16)).unwrap();
    assert_eq!(captured.stored.to_string(), "twilio/main/auth_token");
    let error = named("deepcurrent/main", "password", "correct horse").unwrap_err();
    assert!(matches!(error, EngineError::NotRevealOnce { .. }), "{error}");
    assert!(error.to_string().starts_with("the password of deepcurrent is no key"), "{error}");
}

async fn tested(world: &World) -> KeyTest {
    world.engine.test_stored_key(&main(), "test").await.unwrap()
}

#[tokio::test]
async fn dc5_a_key_is_tested_by_the_harmless_call_and_compared() {
    let world = World::new();
    capture(&world, KEY).unwrap();
    let answer = |four: &str| (200, format!(r#"{{"api_key_last_four":"{four}"}}"#));
    world.provider_says(&[answer("7x9z")]);
    let same = tested(&world).await;
    assert_eq!((same.worked, same.warning), (Some(true), None));
    world.provider_says(&[answer("1111")]);
    let another = tested(&world).await;
    assert_eq!(another.worked, Some(true));
    assert!(another.warning.is_some_and(|it| it.contains("1111") && it.contains("7x9z")));
    world.provider_says(&[(401, r#"{"detail":"Could not validate credentials"}"#.to_owned())]);
    let refused = tested(&world).await;
    assert_eq!(refused.worked, Some(false), "{}", refused.words);
    assert_eq!(stored(&world).unwrap(), KEY, "a failing test undoes nothing");
    world.provider_is_unreachable();
    let unreachable = tested(&world).await;
    assert_eq!(unreachable.worked, None, "{}", unreachable.words);
}

#[tokio::test]
async fn x8_where_nothing_harmless_can_be_sent_nothing_is() {
    let world = World::new();
    world.engine.add(credential("deepidv", &[], &[("api_key", KEY)]), "test").unwrap();
    let reference = "deepidv/main".parse().unwrap();
    let test = world.engine.test_stored_key(&reference, "test").await.unwrap();
    assert_eq!(test.worked, None, "{}", test.words);
    assert_eq!(world.provider.asked.load(Ordering::SeqCst), 0);
}

#[tokio::test]
async fn dc6_showing_a_key_that_is_shown_once_needs_a_second_yes_and_is_written_down_first() {
    let world = World::new();
    capture(&world, KEY).unwrap();
    let show = |target: &str, format, yes| {
        let shown = world.engine.reveal(&target.parse().unwrap(), format, yes, "test");
        shown.map(|shown| shown.expose().clone())
    };
    let field = "deepcurrent/main/api_key";
    for (target, format) in [(field, SecretFormat::Raw), ("deepcurrent/main", SecretFormat::Env)] {
        let error = show(target, format, false).unwrap_err();
        assert!(matches!(error, EngineError::Capture(CaptureError::ShowsOnce { .. })), "{error}");
    }
    assert_eq!(show(field, SecretFormat::Raw, true).unwrap(), KEY);
    assert_eq!(stored(&world).unwrap(), KEY, "a program gets it without");
    world.add_deepvue();
    assert!(show("deepvue/main/client_secret", SecretFormat::Raw, false).is_ok(), "others too");
    let shown = world.journal().into_iter().filter(|entry| entry.action == "reveal");
    assert_eq!(shown.count(), 2, "what was refused is no showing");
}

#[tokio::test]
async fn dc7_a_key_caught_during_a_rotation_lies_beside_the_one_in_use() {
    let world = World::new();
    capture(&world, KEY).unwrap();
    world.engine.start_rotation(&main(), "test").unwrap();
    assert!(!capture(&world, KEY).unwrap().caught.is_next, "the key in use is no new one");
    let caught = capture(&world, OTHER).unwrap().caught;
    assert!(caught.is_next);
    assert_eq!(caught.known_last_four, None);
    assert_eq!(stored(&world).unwrap(), KEY);
    let world = world.restart();
    assert_eq!(stored(&world).unwrap(), KEY, "also after the vault was opened anew");
}

/// What `token` prints is shown by the same rule as what `get` prints.
#[tokio::test]
async fn dc6_a_token_that_is_a_reveal_once_key_is_shown_after_a_second_yes_alone() {
    let world = World::new();
    capture(&world, KEY).unwrap();
    let request = |format, with_key| RenderToken {
        token: TokenRequest::usable(main(), None),
        format,
        with_key,
    };
    let check =
        |format, with_key, yes| world.engine.check_token_shown(&request(format, with_key), yes);
    for (format, with_key) in [
        (TokenFormat::Raw, false),
        (TokenFormat::Env, false),
        (TokenFormat::Json, false),
        (TokenFormat::Header, true),
        (TokenFormat::Curl, true),
    ] {
        let error = check(format, with_key, false).unwrap_err();
        assert!(matches!(error, EngineError::Capture(CaptureError::ShowsOnce { .. })), "{error}");
        check(format, with_key, true).unwrap();
    }
    check(TokenFormat::Python, false, false).unwrap();
    let repeatable = RenderToken {
        token: TokenRequest::usable(world.add_deepvue(), None),
        ..request(TokenFormat::Curl, true)
    };
    world.engine.check_token_shown(&repeatable, false).unwrap();
}
