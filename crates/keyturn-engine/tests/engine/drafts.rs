//! What the user is writing, kept for after a lock.

use keyturn_core::Secret;
use keyturn_engine::EngineError;

use crate::world::World;

fn kept(world: &World) -> Option<String> {
    world.engine.draft().unwrap().map(|text| text.expose().clone())
}

fn keep(world: &World, text: &str) -> Result<(), EngineError> {
    world.engine.keep_draft(Some(Secret::new(text.to_owned())))
}

#[tokio::test]
async fn a_draft_outlives_a_lock_and_a_restart_and_cannot_be_read_while_locked() {
    let world = World::new();
    assert_eq!(kept(&world), None);
    keep(&world, "first words").unwrap();
    keep(&world, "better words").unwrap();
    let world = world.restart();
    assert_eq!(kept(&world).as_deref(), Some("better words"));
    world.engine.lock().unwrap();
    assert!(matches!(world.engine.draft(), Err(EngineError::VaultLocked)));
    assert!(matches!(keep(&world, "late"), Err(EngineError::VaultLocked)));
}

#[tokio::test]
async fn a_draft_that_is_finished_is_forgotten_and_none_of_it_is_in_the_journal() {
    let world = World::new();
    keep(&world, "words").unwrap();
    world.engine.keep_draft(None).unwrap();
    world.engine.keep_draft(None).unwrap();
    assert_eq!(kept(&world), None);
    assert_eq!(world.journal().len(), 1, "the vault was made, and nothing else");
}

#[tokio::test]
async fn a_draft_that_no_form_could_have_is_refused_and_the_one_before_stays() {
    let world = World::new();
    keep(&world, "words").unwrap();
    let long = keep(&world, &"x".repeat(64 * 1_024 + 1)).unwrap_err();
    assert_eq!(long.to_string(), "a draft has at most 64 KiB");
    assert_eq!(kept(&world).as_deref(), Some("words"));
}
