//! Recognising what was pasted, and adding from it: the values stay in the engine, under tickets.

use chrono::TimeDelta;
use keyturn_core::{KeyStanding, PasteTicket, Secret, SecretFormat};
use keyturn_engine::{AddCredential, EngineError, FromPaste, PasteError, PasteFound};
use keyturn_providers::recognize::{PastedKind, RecognizeError, Sure};

use crate::world::{World, credential};

const KEY: &str = "key-canary-0123456789-7x9z";
const ENV: &str = "DEEPVUE_CLIENT_ID=northwind\nDEEPVUE_CLIENT_SECRET=s3cr3t-canary-0123-wxyz\nDEEPIDV_API_KEY=key-canary-0123456789-7x9z\n";

fn paste(world: &World, text: &str) -> Result<PasteFound, EngineError> {
    world.engine.recognize_paste(&Secret::new(text.to_owned()))
}

fn deepidv() -> AddCredential {
    credential("deepidv", &[], &[])
}

/// All secrets of the best suggestion.
fn from(found: &PasteFound) -> FromPaste {
    taking(found, 0)
}

fn taking(found: &PasteFound, at: usize) -> FromPaste {
    let one = &found.suggestions[at];
    let secrets = one.fields.iter().filter(|field| field.secret);
    FromPaste { ticket: one.ticket, fields: secrets.map(|field| field.name.clone()).collect() }
}

fn stored(world: &World, reference: &str, field: &str) -> String {
    let target = format!("{reference}/{field}").parse().unwrap();
    let got = world.engine.get(&target, SecretFormat::Raw, "get", "test").unwrap();
    got.expose().clone()
}

#[test]
fn a_pasted_key_is_recognised_and_added_without_being_given_again() {
    let world = World::new();
    let found = paste(&world, &format!("DEEPIDV_API_KEY={KEY}")).unwrap();
    assert_eq!(found.kind, PastedKind::Variables);
    let one = &found.suggestions[0];
    assert_eq!((one.provider.as_str(), one.sure), ("deepidv", Sure::Certain));
    assert_eq!(one.fields[0].last_four.as_deref(), Some("7x9z"));
    assert_eq!(one.fields[0].length, Some(KEY.len()));
    assert!(!format!("{found:?}").contains("canary"), "nothing of the value but its end");
    world.engine.add_pasted(deepidv(), &from(&found), "test").unwrap();
    assert_eq!(stored(&world, "deepidv/main", "api_key"), KEY, "positive control");
}

#[test]
fn a_ticket_is_void_after_its_use_and_after_a_failure_it_is_not() {
    let world = World::new();
    let found = paste(&world, &format!("DEEPIDV_API_KEY={KEY}")).unwrap();
    let unknown = AddCredential { plan: Some("no such plan".to_owned()), ..deepidv() };
    world.engine.add_pasted(unknown, &from(&found), "test").unwrap_err();
    world.engine.add_pasted(deepidv(), &from(&found), "test").unwrap();
    assert_eq!(world.engine.pastes_kept(), 0);
    let again = AddCredential { name: "again".parse().unwrap(), ..deepidv() };
    let refused = world.engine.add_pasted(again, &from(&found), "test").unwrap_err();
    assert!(matches!(refused, EngineError::Paste(PasteError::Gone)), "{refused}");
}

#[test]
fn pasted_values_are_wiped_after_five_minutes() {
    let world = World::new();
    let found = paste(&world, ENV).unwrap();
    world.clock.advance(TimeDelta::seconds(299));
    world.engine.forget_old_pastes();
    assert_eq!(world.engine.pastes_kept(), 2);
    world.clock.advance(TimeDelta::seconds(1));
    let refused = world.engine.add_pasted(deepidv(), &from(&found), "test").unwrap_err();
    assert!(matches!(refused, EngineError::Paste(PasteError::Gone)), "{refused}");
    assert_eq!(world.engine.pastes_kept(), 0);
}

#[test]
fn a_clock_that_is_set_back_does_not_keep_pasted_values() {
    let world = World::new();
    paste(&world, ENV).unwrap();
    world.clock.advance(TimeDelta::seconds(-1));
    world.engine.forget_old_pastes();
    assert_eq!(world.engine.pastes_kept(), 0);
}

#[test]
fn locking_wipes_pasted_values() {
    let world = World::new();
    let found = paste(&world, ENV).unwrap();
    world.engine.lock().unwrap();
    assert_eq!(world.engine.pastes_kept(), 0);
    world.unlock().unwrap();
    let refused = world.engine.add_pasted(deepidv(), &from(&found), "test").unwrap_err();
    assert!(matches!(refused, EngineError::Paste(PasteError::Gone)), "{refused}");
}

#[test]
fn a_locked_vault_recognises_nothing() {
    let world = World::new();
    world.engine.lock().unwrap();
    assert!(matches!(paste(&world, ENV), Err(EngineError::VaultLocked)));
    assert_eq!(world.engine.pastes_kept(), 0);
}

#[test]
fn several_credentials_have_tickets_of_their_own_and_readings_of_one_value_share_their_end() {
    let world = World::new();
    let found = paste(&world, ENV).unwrap();
    assert!(found.separate);
    let of = |provider: &str| {
        let at = found.suggestions.iter().position(|one| one.provider.as_str() == provider);
        taking(&found, at.unwrap())
    };
    world.engine.add_pasted(deepidv(), &of("deepidv"), "test").unwrap();
    let deepvue = credential("deepvue", &[("client_id", "northwind")], &[]);
    world.engine.add_pasted(deepvue, &of("deepvue"), "test").unwrap();
    assert_eq!(stored(&world, "deepvue/main", "client_secret"), "s3cr3t-canary-0123-wxyz");

    let readings = paste(&world, "acme.0123456789+abcdef/WxYz").unwrap();
    assert!(readings.suggestions.len() > 1 && !readings.separate);
    let at = readings.suggestions.iter().position(|one| one.provider.as_str() == "generic-bearer");
    let bearer = credential("generic-bearer", &[("host", "api.acme.example")], &[]);
    world.engine.add_pasted(bearer, &taking(&readings, at.unwrap()), "test").unwrap();
    assert_eq!(world.engine.pastes_kept(), 0, "the other readings are gone with it");
}

#[test]
fn a_ticket_counts_for_its_provider_and_its_fields_alone() {
    let world = World::new();
    let found = paste(&world, &format!("DEEPIDV_API_KEY={KEY}")).unwrap();
    let other = credential("generic-api-key", &[("host", "evil.example")], &[]);
    let refused = world.engine.add_pasted(other, &from(&found), "test").unwrap_err();
    assert!(matches!(refused, EngineError::Paste(PasteError::OtherProvider)), "{refused}");
    let none = FromPaste { fields: Vec::new(), ..from(&found) };
    let refused = world.engine.add_pasted(deepidv(), &none, "test").unwrap_err();
    assert!(matches!(refused, EngineError::MissingFields { .. }), "{refused}");
    let unknown = FromPaste { ticket: PasteTicket::make_random(), ..from(&found) };
    world.engine.add_pasted(deepidv(), &unknown, "test").unwrap_err();
}

#[test]
fn a_secret_that_is_given_counts_instead_of_the_pasted_one() {
    let world = World::new();
    let found = paste(&world, &format!("DEEPIDV_API_KEY={KEY}")).unwrap();
    let typed = credential("deepidv", &[], &[("api_key", "typed-0123456789-aaaa")]);
    world.engine.add_pasted(typed, &from(&found), "test").unwrap();
    assert_eq!(stored(&world, "deepidv/main", "api_key"), "typed-0123456789-aaaa");
}

#[test]
fn what_is_stored_already_is_told_by_its_fingerprint() {
    let world = World::new();
    world.engine.add(credential("deepidv", &[], &[("api_key", KEY)]), "test").unwrap();
    let found = paste(&world, &format!("DEEPIDV_API_KEY={KEY}")).unwrap();
    let twin = found.suggestions[0].twin.as_ref().unwrap();
    assert_eq!(twin.to_string(), "stored already, as deepidv/main/api_key");
    assert_eq!(twin.standing, KeyStanding::Current);
    let other = paste(&world, "DEEPIDV_API_KEY=key-another-0123456789-7x9z").unwrap();
    assert_eq!(other.suggestions[0].twin, None);
}

#[test]
fn a_reference_says_whether_it_is_here() {
    let world = World::new();
    world.add_deepvue();
    let here = paste(&world, "keyturn://deepvue/main/client_secret").unwrap();
    assert!(here.reference_known && here.suggestions.is_empty());
    assert!(!paste(&world, "keyturn://deepvue/other").unwrap().reference_known);
}

#[test]
fn what_is_too_long_is_refused_in_words() {
    let world = World::new();
    let refused = paste(&world, &"x".repeat(70_000)).unwrap_err();
    assert!(matches!(refused, EngineError::Paste(PasteError::Recognize(RecognizeError::TooLong))));
    assert_eq!(refused.to_string(), "what was pasted is longer than 64 KiB");
}
