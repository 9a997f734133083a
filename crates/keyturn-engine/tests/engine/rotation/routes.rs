//! The kinds of providers: from the beginning to the end.

use keyturn_core::rotation::{NotNow, OldKeyLife, Step, VerifiedBy};
use keyturn_core::{KeyStanding, RotationStage, RotationState};
use keyturn_engine::{AskSupport, RotationError};

use super::{
    NEW, OLD, deepcurrent, issued, me, refusal, refused, seen, shown, slots, standings, store,
    verify,
};
use crate::world::{KEY, World, credential, sold};

/// DC7: asked of the support, stored, tested, confirmed, in use, retired.
#[tokio::test]
async fn dc7_a_key_of_the_support_goes_through_all_its_stages() {
    let world = World::new();
    let main = deepcurrent(&world);
    assert_eq!(shown(&world, &main).offers, [Step::Start, Step::Compromised]);
    world.engine.start_rotation(&main, "test").unwrap();
    assert_eq!(shown(&world, &main).next_step, Some(Step::Request));
    let ticket = Some("4711".to_owned());
    let asked = AskSupport { on: Some("2026-06-10".parse().unwrap()), ticket, note: None };
    world.engine.note_support_request(&main, asked, "test").unwrap();
    let waiting = shown(&world, &main);
    assert_eq!((waiting.state, waiting.next_step), (RotationState::Requested, None));
    assert_eq!(waiting.days_silent, Some(5));
    assert_eq!(waiting.nudge_on, Some("2026-06-13".parse().unwrap()));
    assert!(waiting.next.contains("ask again"), "{}", waiting.next);

    store(&world, &main, &[("api_key", NEW)]).unwrap();
    assert_eq!(slots(&world, &main), [vec![OLD.to_owned()], vec![NEW.to_owned()], vec![]]);
    assert_eq!(
        refusal(world.engine.promote_next(&main, true, "test")),
        NotNow::NotConfirmed.into()
    );
    world.provider_says(&[me("new2")]);
    verify(&world, &main).await.unwrap();
    let verified = shown(&world, &main).rotation.unwrap();
    assert_eq!(verified.verified.unwrap().by, VerifiedBy::TestCall);
    world.engine.confirm_next(&main, false, "test").unwrap();
    assert_eq!(shown(&world, &main).state, RotationState::Confirmed);
    world.engine.promote_next(&main, false, "test").unwrap();
    assert_eq!(slots(&world, &main), [vec![NEW.to_owned()], vec![], vec![OLD.to_owned()]]);
    let promoted = seen(&world, &main);
    assert_eq!(promoted.secret_version, 2);
    assert_eq!(standings(&promoted), [(1, KeyStanding::Previous), (2, KeyStanding::Current)]);

    world.provider_says(&[refused()]);
    let done = world.engine.retire_previous(&main, false, "test").await.unwrap();
    assert_eq!(done.rotation, None);
    assert_eq!(slots(&world, &main), [vec![NEW.to_owned()], vec![], vec![]]);
    assert_eq!(standings(&seen(&world, &main))[0], (1, KeyStanding::Retired));
    assert_eq!(world.asked(), 2, "the two tests, and nothing else");
}

/// DI2, X8: the old key ends with the new one's birth, and nothing harmless can be sent.
#[tokio::test]
async fn di2_x8_a_key_that_ends_at_once_goes_by_the_users_word_alone() {
    let world = World::new();
    let key = credential("deepidv", &[], &[("api_key", KEY)]);
    let main = world.engine.add(key, "test").unwrap().credential.reference();
    issued(&world, &main, &[("api_key", "the-new-deepidv-key")]);
    let there = shown(&world, &main);
    assert!(there.next.starts_with("Replace the key everywhere now"), "{}", there.next);
    assert!(there.next.contains("our reading"), "{}", there.next);
    assert_eq!(there.test, None);
    assert!(!there.offers.contains(&Step::Cancel), "it would forget the only living key");
    assert_eq!(
        refusal(world.engine.cancel_rotation(&main, false, "test").await),
        NotNow::OldKeyEnded.into()
    );
    assert!(matches!(refusal(verify(&world, &main).await), RotationError::WordNeeded { .. }));
    assert_eq!(
        refusal(world.engine.promote_next(&main, false, "test")),
        NotNow::NotVerified.into()
    );
    world.engine.verify_next(&main, true, "test").await.unwrap();
    world.engine.promote_next(&main, false, "test").unwrap();
    assert_eq!(refusal(world.engine.roll_back(&main, "test").await), NotNow::OldKeyEnded.into());
    let retired = world.engine.retire_previous(&main, false, "test").await;
    assert!(matches!(refusal(retired), RotationError::EndNeedsWord { .. }));
    assert_eq!(slots(&world, &main)[2], [KEY], "kept until the user says that it is dead");
    world.engine.retire_previous(&main, true, "test").await.unwrap();
    let new = "the-new-deepidv-key".to_owned();
    assert_eq!(slots(&world, &main), [vec![new], vec![], vec![]]);
    assert_eq!(world.asked(), 0, "nothing was sent that creates a session");
}

/// X8: where getting a token is the test, one is bought and thrown away. The pair comes anew as a whole.
#[tokio::test]
async fn x8_a_pair_is_tested_by_an_exchange_and_comes_into_use_as_a_whole() {
    let world = World::new();
    let main = world.add_deepvue();
    let end = world.now() + chrono::TimeDelta::days(1);
    world.provider_says(&[sold("old-token", end)]);
    world.token().await.unwrap();
    issued(&world, &main, &[("client_secret", "new-secret-0123456789"), ("client_id", "id-2")]);
    assert!(shown(&world, &main).test.unwrap().contains("thrown away"));
    world.provider_says(&[sold("trial-token", end)]);
    verify(&world, &main).await.unwrap();
    assert_eq!(shown(&world, &main).rotation.unwrap().verified.unwrap().by, VerifiedBy::Exchange);
    let before = world.token().await.unwrap();
    assert_eq!(before.access_token.expose(), "old-token", "the key in use is still the old one");
    let id = "client_id".parse().unwrap();
    assert_eq!(seen(&world, &main).open_value(&id), Some("id-1"));
    world.engine.promote_next(&main, false, "test").unwrap();
    assert_eq!(seen(&world, &main).open_value(&id), Some("id-2"));
    world.provider_says(&[sold("new-token", end)]);
    assert_eq!(world.token().await.unwrap().access_token.expose(), "new-token");
    // Nobody says whether the old pair goes on working: it is asked.
    world.provider_says(&[sold("trial-token", end)]);
    world.engine.roll_back(&main, "test").await.unwrap();
    assert_eq!(seen(&world, &main).open_value(&id), Some("id-1"));
    assert_eq!(slots(&world, &main)[0], [KEY]);
    assert_eq!(slots(&world, &main)[1], ["id-2", "new-secret-0123456789"]);
}

/// A key that buys tokens for the test call: both requests are made with the new key.
#[tokio::test]
async fn x8_a_test_call_with_a_token_buys_one_first() {
    let world = World::new();
    let key = credential("deeply", &[], &[("api_key", KEY)]);
    let main = world.engine.add(key, "test").unwrap().credential.reference();
    issued(&world, &main, &[("api_key", "the-new-deeply-key")]);
    let bought = (200, r#"{"access_token":"trial"}"#.to_owned());
    world.provider_says(&[bought.clone(), (200, "[]".to_owned())]);
    verify(&world, &main).await.unwrap();
    let paths = world.provider.paths.lock().unwrap().clone();
    assert_eq!(paths, ["/api/v1/auth/reissue", "/api/v1/events"]);
    world.engine.promote_next(&main, false, "test").unwrap();
    // It still answers: it stays, and what to do about it is said.
    world.provider_says(&[bought, (200, "[]".to_owned())]);
    let still = world.engine.retire_previous(&main, false, "test").await.unwrap();
    let rotation = still.rotation.unwrap();
    assert_eq!(rotation.stage, RotationStage::Retiring);
    assert!(matches!(rotation.old_key, OldKeyLife::Lives { .. }));
    assert!(still.next.contains("still answers"), "{}", still.next);
    assert_eq!(slots(&world, &main)[2], [KEY]);
}

/// A refresh token is good for one time: no trial spends it.
#[tokio::test]
async fn what_is_good_for_one_time_only_is_never_spent_on_a_trial() {
    let world = World::new();
    let login = credential(
        "oauth2-refresh-token",
        &[("host", "api.example"), ("client_id", "app")],
        &[("refresh_token", "first-refresh-token")],
    );
    let main = world.engine.add(login, "test").unwrap().credential.reference();
    issued(&world, &main, &[("refresh_token", "second-refresh-token")]);
    assert!(matches!(refusal(verify(&world, &main).await), RotationError::WordNeeded { .. }));
    assert_eq!(world.asked(), 0);
}

/// DC6, DC7: a key of which only the last four characters are known is replaced like any other.
#[tokio::test]
async fn dc6_a_lost_key_is_replaced_and_there_is_no_way_back_to_it() {
    let world = World::new();
    let mut key = credential("deepcurrent", &[], &[]);
    key.mark = Some(keyturn_core::KeyMark::LastFour("7x9z".to_owned()));
    let main = world.engine.add(key, "test").unwrap().credential.reference();
    issued(&world, &main, &[("api_key", NEW)]);
    assert!(!shown(&world, &main).offers.contains(&Step::Cancel));
    world.provider_says(&[me("new2")]);
    verify(&world, &main).await.unwrap();
    world.engine.confirm_next(&main, false, "test").unwrap();
    world.engine.promote_next(&main, false, "test").unwrap();
    assert_eq!(slots(&world, &main), [vec![NEW.to_owned()], vec![], vec![]]);
    let retired = world.engine.retire_previous(&main, false, "test").await;
    assert!(matches!(refusal(retired), RotationError::EndNeedsWord { .. }));
    world.engine.retire_previous(&main, true, "test").await.unwrap();
    assert_eq!(seen(&world, &main).rotating, None);
}
