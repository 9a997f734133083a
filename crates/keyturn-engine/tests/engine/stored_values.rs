//! What `rotate --store` is given: understood as a capture is, or refused with words.

use keyturn_core::{CredentialRef, Secret, SecretFields, SecretString};
use keyturn_engine::{CaptureError, EngineError, RotationError, StoreNext};
use keyturn_vault::SecretSlot;

use crate::world::{World, credential};

const OLD: &str = "dc_0123456789abc7x9z";
const NEW: &str = "Zm9vYmFyYmF6cXV4Zm9vYg==";

/// A rotation of a key whose provider says nothing of how its keys begin.
fn started(world: &World, provider: &str) -> CredentialRef {
    let key = credential(provider, &[], &[("api_key", OLD)]);
    let reference = world.engine.add(key, "test").unwrap().credential.reference();
    world.engine.start_rotation(&reference, "test").unwrap();
    reference
}

fn store(
    world: &World,
    reference: &CredentialRef,
    field: &str,
    text: &str,
) -> Result<(), EngineError> {
    let mut values = SecretFields::new();
    values.insert(field.parse().unwrap(), Secret::new(text.to_owned()));
    let request = StoreNext { reference: reference.clone(), values, replace: true };
    world.engine.store_next(request, "test")
}

fn next(world: &World, reference: &CredentialRef, field: &str) -> Option<String> {
    let id = world.engine.show(reference).unwrap().credential.id;
    let vault = world.opened();
    let stored = vault.secrets_in(id, SecretSlot::Next).unwrap();
    let value = stored.get(&field.parse().unwrap()).map(SecretString::expose).cloned();
    drop(vault);
    world.unlock().unwrap();
    value
}

#[tokio::test]
async fn dc6_what_is_no_key_is_refused_with_words_where_no_prefix_is_known_too() {
    let jwt = ["eyJhbGciOiJIUzI1NiJ9", "eyJzdWIiOiIxIn0", "c2lnbmF0dXJl"].join(".");
    for provider in ["deepidv", "deeply", "deepcurrent"] {
        let world = World::new();
        let main = started(&world, provider);
        for text in [
            "user@example.com",
            "Bearer user@example.com",
            "abc def ghi jkl",
            "dc_has space 123456789",
            "https://app.example.com/settings",
            "\u{2022}\u{2022}\u{2022}\u{2022}\u{2022}7x9z",
            "\u{e9}\u{e9}\u{e9}\u{e9}\u{e9}\u{e9}\u{e9}\u{e9}\u{e9}\u{e9}",
            "xxxxxxxxxxxxxxxxxxxx",
            "x",
        ] {
            let error = store(&world, &main, "api_key", text).unwrap_err();
            assert!(matches!(error, EngineError::Capture(_)), "{provider} {text}: {error}");
            assert!(!error.to_string().contains(text), "nothing of it is repeated: {error}");
        }
        for text in ["", "  ", "\u{200b}"] {
            let error = store(&world, &main, "api_key", text).unwrap_err();
            let nothing = matches!(error, EngineError::Rotation(RotationError::NothingGiven));
            assert!(nothing, "{provider} {text:?}: {error}");
        }
        assert_eq!(next(&world, &main, "api_key"), None, "{provider}: nothing was stored");
    }
    let world = World::new();
    let main = started(&world, "deepcurrent");
    let error = store(&world, &main, "api_key", &jwt).unwrap_err();
    assert!(matches!(error, EngineError::Capture(CaptureError::LooksLike { .. })), "{error}");
}

#[tokio::test]
async fn dc6_what_a_copy_brings_along_is_no_part_of_a_new_key() {
    for (provider, key) in
        [("deepidv", NEW), ("deeply", NEW), ("deepcurrent", "dc_another456789abc1111")]
    {
        for text in [
            format!("Bearer {key}"),
            format!("\"{key}\""),
            format!("  {key}\r\n"),
            format!("API_KEY={key}"),
            format!("\u{feff}{key}\u{200b}"),
        ] {
            let world = World::new();
            let main = started(&world, provider);
            store(&world, &main, "api_key", &text)
                .unwrap_or_else(|error| panic!("{provider} {text:?}: {error}"));
            assert_eq!(next(&world, &main, "api_key").as_deref(), Some(key), "{text:?}");
        }
    }
}

/// The key in use is no new key, in whatever it is wrapped.
#[tokio::test]
async fn the_same_key_is_recognised_in_its_wrapping() {
    let world = World::new();
    let main = started(&world, "deepidv");
    let same = store(&world, &main, "api_key", &format!("Bearer {OLD}")).unwrap_err();
    assert!(matches!(same, EngineError::Rotation(RotationError::SameKey { .. })), "{same}");
}

/// A person chose a password: what it looks like says nothing.
#[tokio::test]
async fn a_password_is_stored_as_it_was_typed() {
    let world = World::new();
    let open = [("method", "login"), ("username", "me@example.com")];
    let login = credential("deepcurrent", &open, &[("password", "old password")]);
    let main = world.engine.add(login, "test").unwrap().credential.reference();
    world.engine.start_rotation(&main, "test").unwrap();
    for typed in ["Bearer of \"tidings\" ", "a@b.example"] {
        store(&world, &main, "password", typed).unwrap();
        assert_eq!(next(&world, &main, "password").as_deref(), Some(typed));
    }
}
