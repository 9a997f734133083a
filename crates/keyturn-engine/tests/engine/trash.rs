//! The trash: thirty days, taking back, deleting for good.

use chrono::TimeDelta;
use keyturn_core::{CredentialRef, SecretFormat, TargetRef};
use keyturn_engine::{
    EngineError, ListFilter, TRASH_DAYS, TrashChoice, TrashError, TrashedCredential,
};
use keyturn_vault::ReadError;

use crate::world::{KEY, World, deepvue};

const EVERYTHING: TrashChoice = TrashChoice { reference: None, id: None };

/// `deepvue/main`, removed.
fn removed(world: &World) -> CredentialRef {
    let reference = world.add_deepvue();
    world.engine.remove(&reference, "test").unwrap();
    reference
}

fn named(reference: &CredentialRef) -> TrashChoice {
    TrashChoice { reference: Some(reference.clone()), id: None }
}

fn trash(world: &World) -> Vec<TrashedCredential> {
    world.engine.trash().unwrap()
}

fn secret(world: &World, reference: &CredentialRef) -> String {
    let target: TargetRef = format!("{reference}/client_secret").parse().unwrap();
    let value = world.engine.get(&target, SecretFormat::Raw, "get", "test").unwrap();
    value.expose().clone()
}

#[tokio::test]
async fn what_was_removed_comes_back_with_its_secrets() {
    let world = World::new();
    let reference = removed(&world);
    let [lying] = &*trash(&world) else { panic!("one lies there") };
    assert_eq!(lying.provider_name, "Deepvue");
    assert_eq!(lying.deleted_at - lying.removed_at, TimeDelta::days(30));
    assert!(!lying.name_taken);
    let restored = world.engine.restore(&named(&reference), None, "test").unwrap();
    assert_eq!(restored.credential.reference(), reference);
    assert_eq!(secret(&world, &reference), KEY);
    assert!(trash(&world).is_empty());
    let actions: Vec<_> = world.journal().into_iter().map(|entry| entry.action).collect();
    assert_eq!(actions[1..], ["add", "remove", "restore", "get"]);
}

#[tokio::test]
async fn a_name_that_is_taken_is_said_and_another_one_is_taken() {
    let world = World::new();
    let reference = removed(&world);
    world.engine.add(deepvue(), "test").unwrap();
    assert!(trash(&world)[0].name_taken);
    let refused = world.engine.restore(&named(&reference), None, "test").unwrap_err();
    assert!(matches!(refused, EngineError::Trash(TrashError::NameTaken { .. })), "{refused}");
    let taken = "main".parse().ok();
    assert!(world.engine.restore(&named(&reference), taken, "test").is_err(), "still taken");
    let name = "main-2025".parse().ok();
    let restored = world.engine.restore(&named(&reference), name, "test").unwrap();
    assert_eq!(restored.credential.reference().to_string(), "deepvue/main-2025");
    assert_eq!(world.engine.list(&ListFilter::default()).unwrap().len(), 2);
}

#[tokio::test]
async fn of_two_with_one_name_the_last_one_comes_back_and_an_id_names_the_other() {
    let world = World::new();
    let reference = removed(&world);
    world.clock.advance(TimeDelta::hours(1));
    removed(&world);
    let [last, first] = &*trash(&world) else { panic!("two lie there") };
    assert!(last.removed_at > first.removed_at);
    let (last, first) = (last.credential.id, first.credential.id);
    let back = world.engine.restore(&named(&reference), None, "test").unwrap();
    assert_eq!(back.credential.id, last);
    let by_id = TrashChoice { reference: Some(reference), id: Some(first) };
    let back = world.engine.restore(&by_id, "old".parse().ok(), "test").unwrap();
    assert_eq!(back.credential.id, first);
}

#[tokio::test]
async fn deleting_for_good_needs_a_yes_and_then_nothing_of_it_can_be_read() {
    let world = World::new();
    let reference = removed(&world);
    let id = trash(&world)[0].credential.id;
    let refused = world.engine.empty_trash(&EVERYTHING, false, "test").unwrap_err();
    assert!(refused.to_string().starts_with("1 credential would be deleted for good"), "{refused}");
    assert_eq!(trash(&world).len(), 1, "nothing was deleted");
    let vault = world.opened();
    assert_eq!(vault.secrets(id).unwrap().len(), 1, "positive control: it is kept until then");
    drop(vault);
    world.unlock().unwrap();
    let deleted = world.engine.empty_trash(&EVERYTHING, true, "test").unwrap();
    assert_eq!(deleted, [reference]);
    assert!(world.engine.empty_trash(&EVERYTHING, true, "test").unwrap().is_empty());
    let vault = world.opened();
    assert!(vault.credential(id).is_none());
    assert!(matches!(vault.secrets(id), Err(ReadError::NotFound)));
    let last = vault.journal().unwrap().pop().unwrap();
    assert_eq!((last.action.as_str(), last.credential), ("delete", Some(id)));
}

#[tokio::test]
async fn one_of_several_is_deleted_and_what_is_not_there_is_said() {
    let world = World::new();
    let reference = removed(&world);
    let other: CredentialRef = "deepvue/other".parse().unwrap();
    let refused = world.engine.empty_trash(&named(&other), true, "test").unwrap_err();
    assert!(matches!(refused, EngineError::Trash(TrashError::NotThere { .. })), "{refused}");
    let live = world.add_deepvue();
    let deleted = world.engine.empty_trash(&named(&reference), true, "test").unwrap();
    assert_eq!(deleted, [reference]);
    assert_eq!(secret(&world, &live), KEY, "the live one of that name stays");
    let refused = world.engine.empty_trash(&named(&live), true, "test").unwrap_err();
    assert!(matches!(refused, EngineError::Trash(TrashError::NotThere { .. })), "{refused}");
}

#[tokio::test]
async fn what_lay_there_for_thirty_days_goes_and_not_a_second_earlier() {
    let world = World::new();
    let reference = removed(&world);
    world.clock.advance(TimeDelta::days(TRASH_DAYS.into()) - TimeDelta::seconds(1));
    assert!(world.engine.purge_trash().unwrap().is_empty());
    assert_eq!(trash(&world).len(), 1);
    world.clock.advance(TimeDelta::seconds(1));
    assert_eq!(world.engine.purge_trash().unwrap(), [reference]);
    let last = world.journal().pop().unwrap();
    assert_eq!(last.action, "delete");
    assert_eq!(last.caller, "keyturn, emptying the trash", "nobody asked for it");
}

#[tokio::test]
async fn what_became_old_while_the_vault_was_locked_goes_when_it_is_opened() {
    let world = World::new();
    removed(&world);
    let live = world.add_deepvue();
    world.engine.lock().unwrap();
    world.clock.advance(TimeDelta::days(31));
    assert!(matches!(world.engine.purge_trash(), Err(EngineError::VaultLocked)));
    world.unlock().unwrap();
    assert!(trash(&world).is_empty());
    assert_eq!(secret(&world, &live), KEY, "what was not removed stays");
}
