//! Each step: what it refuses, what it keeps, and what may be tried again.

use chrono::{NaiveDate, TimeDelta};
use keyturn_core::rotation::{NotNow, OldKeyLife, Step};
use keyturn_core::{RotationStage, RotationState};
use keyturn_engine::{AskSupport, ConsumerEdit, EngineError, RotationError, StoreNext};

use super::{
    NEW, OLD, deepcurrent, issued, me, refusal, refused, seen, shown, slots, store, values, verify,
};
use crate::world::{World, credential, unchanged};

#[tokio::test]
async fn a_refused_new_key_stays_stored_and_is_not_promoted() {
    let world = World::new();
    let main = deepcurrent(&world);
    issued(&world, &main, &[("api_key", NEW)]);
    world.provider_says(&[refused()]);
    assert!(matches!(refusal(verify(&world, &main).await), RotationError::Refused { .. }));
    world.provider_is_unreachable();
    assert!(matches!(verify(&world, &main).await, Err(EngineError::Send(_))));
    world.provider_says(&[(403, "{}".to_owned())]);
    let unclear = refusal(verify(&world, &main).await);
    assert!(matches!(unclear, RotationError::Unclear { status: 403, .. }), "{unclear:?}");
    let there = shown(&world, &main);
    assert_eq!(there.state, RotationState::Issued);
    assert!(there.offers.contains(&Step::Store), "another one may be given");
    assert_eq!(slots(&world, &main), [vec![OLD.to_owned()], vec![NEW.to_owned()], vec![]]);
}

/// DC5: the provider takes the key and says that another one is its newest.
#[tokio::test]
async fn dc5_a_key_of_which_the_provider_knows_other_last_characters_needs_a_word() {
    let world = World::new();
    let main = deepcurrent(&world);
    issued(&world, &main, &[("api_key", NEW)]);
    world.provider_says(&[me("abcd")]);
    let told = refusal(verify(&world, &main).await);
    assert!(told.to_string().contains("abcd") && told.to_string().contains("new2"), "{told}");
    world.engine.verify_next(&main, true, "test").await.unwrap();
}

#[tokio::test]
async fn an_unverified_key_comes_into_use_by_the_users_word_alone() {
    let world = World::new();
    let main = world.add_deepvue();
    issued(&world, &main, &[("client_secret", "new-secret-0123456789")]);
    assert_eq!(
        refusal(world.engine.promote_next(&main, false, "test")),
        NotNow::NotVerified.into()
    );
    world.engine.promote_next(&main, true, "test").unwrap();
    world.engine.promote_next(&main, false, "test").unwrap();
    let actions: Vec<String> = world.journal().into_iter().map(|entry| entry.action).collect();
    assert!(actions.contains(&"rotate promote by word".to_owned()), "{actions:?}");
    assert_eq!(actions.iter().filter(|action| action.contains("promote")).count(), 1);
}

#[tokio::test]
async fn dc7_consumers_without_the_new_key_are_named_before_the_confirmation() {
    let world = World::new();
    let main = deepcurrent(&world);
    for name in ["GitHub Actions of repo X", "server Y"] {
        let add = ConsumerEdit::Add { name: name.to_owned() };
        world.engine.edit_consumers(&main, &add, "test").unwrap();
    }
    issued(&world, &main, &[("api_key", NEW)]);
    world.provider_says(&[me("new2")]);
    verify(&world, &main).await.unwrap();
    let ids: Vec<u32> = seen(&world, &main).consumers.iter().map(|one| one.id).collect();
    let ready = ConsumerEdit::HasNew { id: ids[0], ready: true };
    world.engine.edit_consumers(&main, &ready, "test").unwrap();
    let behind = refusal(world.engine.confirm_next(&main, false, "test"));
    let RotationError::ConsumersBehind { names, .. } = behind else { panic!("{behind}") };
    assert_eq!(names, ["server Y"]);
    assert_eq!(shown(&world, &main).state, RotationState::Verified);
    world.engine.confirm_next(&main, true, "test").unwrap();
    world.engine.promote_next(&main, false, "test").unwrap();
    let next = shown(&world, &main).next;
    assert!(next.contains("Still used by: server Y"), "{next}");
}

/// DC7: after the confirmation there is a way back only where the old key answers at that moment.
#[tokio::test]
async fn dc7_a_way_back_after_the_confirmation_asks_the_old_key_first() {
    let world = World::new();
    let main = deepcurrent(&world);
    issued(&world, &main, &[("api_key", NEW)]);
    world.engine.verify_next(&main, true, "test").await.unwrap();
    world.engine.confirm_next(&main, false, "test").unwrap();
    world.engine.promote_next(&main, false, "test").unwrap();
    assert!(shown(&world, &main).offers.contains(&Step::RollBack));
    world.provider_is_unreachable();
    assert!(world.engine.roll_back(&main, "test").await.is_err());
    world.provider_says(&[me("new2")]);
    world.engine.roll_back(&main, "test").await.unwrap();
    assert_eq!(slots(&world, &main), [vec![OLD.to_owned()], vec![NEW.to_owned()], vec![]]);
    assert_eq!(seen(&world, &main).secret_version, 1);

    world.engine.promote_next(&main, false, "test").unwrap();
    world.provider_says(&[refused()]);
    let told = refusal(world.engine.roll_back(&main, "test").await);
    assert!(matches!(told, RotationError::OldRefused { .. }), "{told:?}");
    assert_eq!(slots(&world, &main), [vec![NEW.to_owned()], vec![], vec![OLD.to_owned()]]);
    let after = shown(&world, &main);
    assert!(matches!(after.rotation.as_ref().unwrap().old_key, OldKeyLife::Ended { .. }));
    assert!(!after.offers.contains(&Step::RollBack), "it was refused once");
}

#[tokio::test]
async fn a_rotation_given_up_leaves_the_old_key_and_nothing_else() {
    let world = World::new();
    let main = deepcurrent(&world);
    issued(&world, &main, &[("api_key", NEW)]);
    world.provider_says(&[me("old1")]);
    world.engine.cancel_rotation(&main, false, "test").await.unwrap();
    assert_eq!(slots(&world, &main), [vec![OLD.to_owned()], vec![], vec![]]);
    assert_eq!(shown(&world, &main).rotation, None);
    let none = refusal(world.engine.cancel_rotation(&main, false, "test").await);
    assert!(matches!(none, RotationError::NoneUnderWay { .. }));
    // Nobody says whether Deepvue's old pair still works: before the new one is forgotten, it is asked.
    let vue = world.add_deepvue();
    issued(&world, &vue, &[("client_secret", "new-secret-0123456789")]);
    let refused = r#"{"detail":"Incorrect client_id or client_secret"}"#;
    world.provider_says(&[(401, refused.to_owned())]);
    let told = refusal(world.engine.cancel_rotation(&vue, false, "test").await);
    assert!(matches!(told, RotationError::OldRefused { .. }), "{told:?}");
    assert_eq!(slots(&world, &vue)[1], ["new-secret-0123456789"], "the only one that may live");
}

/// DC7: the provider may have ended the old key by itself; the new one is then the only one.
#[tokio::test]
async fn the_old_key_is_tested_before_a_stored_new_one_is_forgotten() {
    let world = World::new();
    let main = deepcurrent(&world);
    issued(&world, &main, &[("api_key", NEW)]);
    // Where the test does not tell, it is the user's word.
    world.provider_is_unreachable();
    let told = refusal(world.engine.cancel_rotation(&main, false, "test").await);
    assert!(matches!(told, RotationError::OldUntested { .. }), "{told:?}");
    for agreed in [true, false] {
        world.provider_says(&[refused()]);
        let told = refusal(world.engine.cancel_rotation(&main, agreed, "test").await);
        let refused = matches!(told, RotationError::OldRefused { .. });
        assert!(refused || told == NotNow::OldKeyEnded.into(), "{told:?}");
        assert_eq!(slots(&world, &main)[1], [NEW], "the only one that lives");
    }
}

#[tokio::test]
async fn an_old_key_that_cannot_be_tested_is_gone_back_to_by_the_users_word() {
    let world = World::new();
    let login = credential(
        "oauth2-refresh-token",
        &[("host", "api.example"), ("client_id", "app")],
        &[("refresh_token", "first-refresh-token")],
    );
    let main = world.engine.add(login, "test").unwrap().credential.reference();
    issued(&world, &main, &[("refresh_token", "second-refresh-token")]);
    let told = refusal(world.engine.cancel_rotation(&main, false, "test").await);
    assert_eq!(told, NotNow::OldKeyUntested.into());
    assert_eq!(slots(&world, &main)[1], ["second-refresh-token"]);
    world.engine.cancel_rotation(&main, true, "test").await.unwrap();
    assert_eq!(slots(&world, &main)[1], Vec::<String>::new());
    let unreachable = deepcurrent(&world);
    issued(&world, &unreachable, &[("api_key", NEW)]);
    world.provider_is_unreachable();
    world.engine.cancel_rotation(&unreachable, true, "test").await.unwrap();
    assert_eq!(seen(&world, &unreachable).rotating, None);
}

#[test]
fn another_request_keeps_the_ticket_and_the_note_that_it_does_not_name() {
    let world = World::new();
    let main = deepcurrent(&world);
    let ask = |ticket: Option<&str>, note: Option<&str>| {
        let (ticket, note) = (ticket.map(str::to_owned), note.map(str::to_owned));
        world.engine.note_support_request(&main, AskSupport { on: None, ticket, note }, "test")
    };
    let asked = || seen(&world, &main).rotating.unwrap().request.unwrap();
    ask(Some("T1"), Some("N1")).unwrap();
    ask(None, None).unwrap();
    assert_eq!((asked().ticket.as_deref(), asked().note.as_deref()), (Some("T1"), Some("N1")));
    ask(Some("T2"), Some("")).unwrap();
    assert_eq!((asked().ticket.as_deref(), asked().note), (Some("T2"), None));
}

#[test]
fn beginning_twice_and_asking_twice_is_understood() {
    let world = World::new();
    let main = deepcurrent(&world);
    world.engine.start_rotation(&main, "test").unwrap();
    let began = seen(&world, &main).rotating;
    world.clock.advance(TimeDelta::days(1));
    world.engine.start_rotation(&main, "test").unwrap();
    assert_eq!(seen(&world, &main).rotating, began, "it goes on as it is");
    let on = |day: &str| AskSupport { on: Some(day.parse().unwrap()), ..AskSupport::default() };
    let future = refusal(world.engine.note_support_request(&main, on("2026-06-17"), "test"));
    assert!(matches!(future, RotationError::FutureDay { .. }));
    for day in ["2026-06-16", "2026-06-15", "2024-02-29"] {
        world.engine.note_support_request(&main, on(day), "test").unwrap();
        let asked = seen(&world, &main).rotating.unwrap().request.unwrap().on;
        assert_eq!(asked, day.parse::<NaiveDate>().unwrap());
    }
    let vue = world.add_deepvue();
    let self_made = refusal(world.engine.note_support_request(&vue, AskSupport::default(), "test"));
    assert_eq!(self_made, NotNow::NoSupport.into());
    assert_eq!(seen(&world, &vue).rotating, None);
}

#[test]
fn a_new_key_is_another_one_and_belongs_to_the_rotation() {
    let world = World::new();
    let main = deepcurrent(&world);
    let none = refusal(store(&world, &main, &[("api_key", NEW)]));
    assert!(matches!(none, RotationError::NoneUnderWay { .. }));
    world.engine.start_rotation(&main, "test").unwrap();
    assert!(matches!(
        refusal(store(&world, &main, &[("api_key", OLD)])),
        RotationError::SameKey { .. }
    ));
    assert_eq!(refusal(store(&world, &main, &[])), RotationError::NothingGiven);
    assert!(matches!(
        refusal(store(&world, &main, &[("password", "hunter2")])),
        RotationError::NotReplaced { .. }
    ));
    let wrong = store(&world, &main, &[("api_key", "sk_wrong_prefix_0123456789")]);
    assert!(matches!(wrong, Err(EngineError::BadValue { .. })), "{wrong:?}");
    store(&world, &main, &[("api_key", NEW)]).unwrap();
    let at = seen(&world, &main).rotating.unwrap().issued_at;
    world.clock.advance(TimeDelta::hours(1));
    store(&world, &main, &[("api_key", NEW)]).unwrap();
    assert_eq!(seen(&world, &main).rotating.unwrap().issued_at, at, "the same once more");
    let another = "dc_canary-another-key-0123456789";
    assert!(matches!(
        refusal(store(&world, &main, &[("api_key", another)])),
        RotationError::NewKeyStored { .. }
    ));
    assert_eq!(slots(&world, &main)[1], [NEW]);
    let replace = StoreNext {
        reference: main.clone(),
        values: values(&[("api_key", another)]),
        replace: true,
    };
    world.engine.store_next(replace, "test").unwrap();
    assert_eq!(slots(&world, &main)[1], [another]);
}

/// A pair may come in two parts; its open part alone is no key.
#[test]
fn the_parts_of_a_new_key_come_together_and_one_without_a_secret_is_none() {
    let world = World::new();
    let main = world.add_deepvue();
    world.engine.start_rotation(&main, "test").unwrap();
    assert_eq!(
        refusal(store(&world, &main, &[("client_id", "id-2")])),
        RotationError::NothingGiven
    );
    let pair = [("client_secret", "new-secret-0123456789"), ("client_id", "id-1")];
    store(&world, &main, &pair).unwrap();
    assert_eq!(slots(&world, &main)[1], ["new-secret-0123456789"], "the id stays as it is");
}

#[test]
fn what_a_rotation_replaces_is_not_edited_by_hand() {
    let world = World::new();
    let main = deepcurrent(&world);
    issued(&world, &main, &[("api_key", NEW)]);
    let edit = |pairs: &[(&str, &str)]| {
        let edit = keyturn_engine::EditCredential {
            secrets: values(pairs),
            owner: Some("Ann".to_owned()),
            ..unchanged(main.clone())
        };
        world.engine.edit(edit, "test")
    };
    let told = refusal(edit(&[("api_key", "dc_canary-typed-key-0123456789")]));
    assert!(matches!(told, RotationError::UnderWay { .. }), "{told:?}");
    edit(&[]).unwrap();
    assert_eq!(seen(&world, &main).owner.as_deref(), Some("Ann"));
    assert_eq!(slots(&world, &main), [vec![OLD.to_owned()], vec![NEW.to_owned()], vec![]]);
}

/// The dates follow the key: after its promotion the new one is due by its own day of issue.
#[tokio::test]
async fn the_new_key_is_due_by_its_own_day_of_issue() {
    let world = World::new();
    let mut key = credential("deepcurrent", &[], &[("api_key", OLD)]);
    key.rotation.issued_on = Some("2026-01-01".parse().unwrap());
    key.rotation.expires_on = Some("2026-06-20".parse().unwrap());
    key.rotation.rotate_every_days = Some(180);
    let main = world.engine.add(key, "test").unwrap().credential.reference();
    issued(&world, &main, &[("api_key", NEW)]);
    world.clock.advance(TimeDelta::days(3));
    world.engine.verify_next(&main, true, "test").await.unwrap();
    world.engine.confirm_next(&main, false, "test").unwrap();
    world.engine.promote_next(&main, false, "test").unwrap();
    let dates = |world: &World| {
        let policy = seen(world, &main).rotation;
        (policy.issued_on, policy.expires_on)
    };
    assert_eq!(dates(&world), (Some("2026-06-15".parse().unwrap()), None));
    world.provider_says(&[me("new2")]);
    world.engine.roll_back(&main, "test").await.unwrap();
    let old = (Some("2026-01-01".parse().unwrap()), Some("2026-06-20".parse().unwrap()));
    assert_eq!(dates(&world), old, "the old key has its own again");
}

#[tokio::test]
async fn a_rotation_goes_on_after_the_agent_was_ended_at_any_stage() {
    let world = World::new();
    let main = deepcurrent(&world);
    world.engine.start_rotation(&main, "test").unwrap();
    let world = world.restart();
    store(&world, &main, &[("api_key", NEW)]).unwrap();
    let world = world.restart();
    world.provider_says(&[me("new2")]);
    verify(&world, &main).await.unwrap();
    let world = world.restart();
    world.engine.confirm_next(&main, false, "test").unwrap();
    let world = world.restart();
    world.engine.promote_next(&main, false, "test").unwrap();
    let world = world.restart();
    assert_eq!(shown(&world, &main).rotation.unwrap().stage, RotationStage::Promoted);
    world.provider_says(&[refused()]);
    world.engine.retire_previous(&main, false, "test").await.unwrap();
    let world = world.restart();
    assert_eq!(slots(&world, &main), [vec![NEW.to_owned()], vec![], vec![]]);
}
