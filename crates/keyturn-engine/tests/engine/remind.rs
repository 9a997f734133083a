//! Reminders over the engine: with the vault open and locked, with and without a keyring, and what the
//! rules say.

mod answers;
mod life;
mod locked;
mod rules;
mod told;

use chrono::NaiveDate;
use keyturn_core::{CredentialRef, RotationPolicy};

use crate::world::{KEY, World, credential};

fn main() -> CredentialRef {
    "deepidv/main".parse().unwrap()
}

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// Adds `deepidv/NAME`, whose key ends on a day; its provider's checklist has nothing that comes again.
fn add_ending(world: &World, name: &str, on: &str) -> CredentialRef {
    let mut credential = credential("deepidv", &[], &[("api_key", KEY)]);
    credential.name = name.parse().unwrap();
    credential.rotation = RotationPolicy { expires_on: Some(day(on)), ..Default::default() };
    world.engine.add(credential, "test").unwrap().credential.reference()
}

/// What is told now, and noted as told.
fn tell(world: &World) -> Vec<String> {
    world.engine.load_schedule();
    let told = world.engine.reminders_to_tell();
    let ids: Vec<_> = told.iter().map(|reminder| reminder.id.clone()).collect();
    world.engine.told(&ids).unwrap();
    assert_eq!(world.engine.reminders_to_tell(), [], "what was told is not told again");
    told.into_iter().map(|reminder| reminder.title).collect()
}
