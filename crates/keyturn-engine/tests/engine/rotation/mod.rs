//! Rotations, one step at a time: each kind of provider, each refusal, and what is never lost.

mod emergency;
mod kills;
mod routes;
mod steps;
mod walks;

use keyturn_core::{Credential, CredentialRef, KeyStanding, Secret, SecretFields};
use keyturn_engine::{EngineError, RotationError, StoreNext};
use keyturn_vault::SecretSlot;

use crate::world::{World, credential};

const OLD: &str = "dc_canary-old-key-0123456789-old1";
const NEW: &str = "dc_canary-new-key-0123456789-new2";

/// A credential whose provider's support makes new keys, and is told when one arrived.
fn deepcurrent(world: &World) -> CredentialRef {
    let key = credential("deepcurrent", &[], &[("api_key", OLD)]);
    world.engine.add(key, "test").unwrap().credential.reference()
}

fn values(pairs: &[(&str, &str)]) -> SecretFields {
    let pair =
        |(name, value): &(&str, &str)| (name.parse().unwrap(), Secret::new((*value).to_owned()));
    pairs.iter().map(pair).collect()
}

fn store(
    world: &World,
    reference: &CredentialRef,
    pairs: &[(&str, &str)],
) -> Result<(), EngineError> {
    let (reference, values) = (reference.clone(), values(pairs));
    world.engine.store_next(StoreNext { reference, values, replace: false }, "test")
}

/// Begins a rotation and stores a new key.
fn issued(world: &World, reference: &CredentialRef, pairs: &[(&str, &str)]) {
    world.engine.start_rotation(reference, "test").unwrap();
    store(world, reference, pairs).unwrap();
}

async fn verify(world: &World, reference: &CredentialRef) -> Result<(), EngineError> {
    world.engine.verify_next(reference, false, "test").await
}

fn shown(world: &World, reference: &CredentialRef) -> keyturn_engine::ShownRotation {
    world.engine.show_rotation(reference).unwrap()
}

fn seen(world: &World, reference: &CredentialRef) -> Credential {
    world.engine.show(reference).unwrap().credential
}

/// What the vault holds in the three slots: in use, next, previous; the engine goes on afterwards.
fn slots(world: &World, reference: &CredentialRef) -> [Vec<String>; 3] {
    let id = seen(world, reference).id;
    let vault = world.opened();
    let found = [SecretSlot::Current, SecretSlot::Next, SecretSlot::Previous].map(|slot| {
        let secrets = vault.secrets_in(id, slot).unwrap();
        secrets.iter().map(|(_, value)| value.expose().clone()).collect()
    });
    drop(vault);
    world.unlock().unwrap();
    found
}

fn standings(credential: &Credential) -> Vec<(u32, KeyStanding)> {
    credential.versions.iter().map(|version| (version.number, version.standing)).collect()
}

/// The refusal of a step.
#[track_caller]
fn refusal<T: std::fmt::Debug>(result: Result<T, EngineError>) -> RotationError {
    match result.unwrap_err() {
        EngineError::Rotation(error) => error,
        other => panic!("{other:?}"),
    }
}

fn me(last_four: &str) -> (u16, String) {
    (200, format!(r#"{{"api_key_last_four":"{last_four}"}}"#))
}

fn refused() -> (u16, String) {
    (401, r#"{"detail":"Could not validate credentials"}"#.to_owned())
}
