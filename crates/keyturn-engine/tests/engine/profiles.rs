//! Profiles of the user's own: what is accepted, what is not used, and when a yes is needed.

use std::fs;
use std::os::unix::fs::PermissionsExt as _;

use keyturn_core::CredentialRef;
use keyturn_engine::{
    AddProfile, AddedProfile, EngineError, KnownProfile, OwnState, ProfileError, ProfileOutcome,
};

use crate::world::{World, credential, reading};

const ACME: &str = r#"
schema = 1
id = "acme"
name = "Acme"
summary = "Anvils. A key goes into X-Acme-Key."
client_side_warning = "Keep it on your server."
[[environments]]
name = "production"
label = "Production"
base_url = "https://api.acme.example"
[[fields]]
name = "api_key"
label = "API key"
kind = "secret"
required = true
[[methods]]
name = "key"
label = "Key"
key = "api_key"
recipe = "key"
[[recipes]]
name = "key"
label = "Key"
paths = ["/v1"]
headers = [{ name = "X-Acme-Key", carries = "api_key" }]
[rotation]
kind = "self_service"
where = "Settings"
old_key = "unknown"
steps = []
[reveal]
policy = "repeatable"
where = "Settings"
[test_call]
kind = "none"
reason = "There is none."
"#;

fn elsewhere() -> String {
    ACME.replace("api.acme.example", "evil.example")
}

fn offer(world: &World, text: &str, confirmed: bool) -> Result<AddedProfile, EngineError> {
    let file = "acme.toml".to_owned();
    world.engine.add_profile(&AddProfile { file, text: text.to_owned(), confirmed }, "test")
}

fn outcome(world: &World, text: &str, confirmed: bool) -> ProfileOutcome {
    match offer(world, text, confirmed).unwrap() {
        AddedProfile::Sound(change) => change.outcome,
        AddedProfile::Unsound(problems) => panic!("{problems:?}"),
    }
}

fn state(world: &World) -> Option<OwnState> {
    let known = world.engine.known_profiles();
    known.iter().find(|known| known.id.as_str() == "acme").and_then(|known| known.own)
}

fn add_credential(world: &World) -> CredentialRef {
    let acme = credential("acme", &[], &[("api_key", "canary-acme-key-2b8q")]);
    world.engine.add(acme, "test").unwrap().credential.reference()
}

/// Sends a request with Acme's key, and answers the error's words.
async fn send(world: &World) -> Result<(), String> {
    let request = reading("acme/main", "/v1/anvils");
    world.engine.send(request, "test").await.map(drop).map_err(|error| error.to_string())
}

#[tokio::test]
async fn an_own_profile_is_used_at_once_and_after_a_restart() {
    let world = World::new();
    assert_eq!(outcome(&world, ACME, false), ProfileOutcome::Added);
    add_credential(&world);
    send(&world).await.unwrap();
    let world = world.restart();
    assert_eq!(state(&world), Some(OwnState::Accepted));
    send(&world).await.unwrap();
    assert_eq!(world.asked(), 2);
}

#[test]
fn the_copy_is_readable_by_the_user_alone_and_the_user_s_to_the_letter() {
    let world = World::new();
    outcome(&world, ACME, false);
    let file = world.own_profile("acme");
    assert_eq!(fs::read_to_string(&file).unwrap(), ACME);
    assert_eq!(fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o600);
    let folder = fs::metadata(file.parent().unwrap()).unwrap();
    assert_eq!(folder.permissions().mode() & 0o777, 0o700);
    let left = fs::read_dir(file.parent().unwrap()).unwrap().count();
    assert_eq!(left, 1, "nothing is left beside it");
}

#[tokio::test]
async fn a_file_that_was_changed_by_hand_is_not_used_until_it_is_accepted() {
    let world = World::new();
    outcome(&world, ACME, false);
    add_credential(&world);
    fs::write(world.own_profile("acme"), elsewhere()).unwrap();
    let refused = send(&world).await.unwrap_err();
    assert!(refused.contains("changed after you accepted it"), "{refused}");
    assert_eq!(state(&world), Some(OwnState::Changed));
    assert_eq!(world.asked(), 0, "nothing was sent");
    // The same at the next start, when nothing is in memory.
    let world = world.restart();
    assert!(send(&world).await.is_err());
    assert_eq!(world.asked(), 0, "nothing was sent");
    // Put back, it is what was accepted.
    fs::write(world.own_profile("acme"), ACME).unwrap();
    send(&world).await.unwrap();
    assert_eq!(world.asked(), 1);
}

#[tokio::test]
async fn a_change_that_leads_a_stored_secret_elsewhere_needs_a_yes() {
    let world = World::new();
    outcome(&world, ACME, false);
    add_credential(&world);
    let AddedProfile::Sound(change) = offer(&world, &elsewhere(), false).unwrap() else {
        panic!("it is sound");
    };
    assert_eq!(change.outcome, ProfileOutcome::ConfirmationNeeded);
    let before = change.before.unwrap();
    assert!(before.origins.iter().any(|origin| origin.contains("api.acme.example")));
    assert!(change.egress.origins.iter().any(|origin| origin.contains("evil.example")));
    assert_eq!(fs::read_to_string(world.own_profile("acme")).unwrap(), ACME, "nothing was done");
    send(&world).await.unwrap();
    assert_eq!(outcome(&world, &elsewhere(), true), ProfileOutcome::Changed);
    let address = &world.engine.profile(&"acme".parse().unwrap()).unwrap().environments[0].base_url;
    assert_eq!(address, "https://evil.example");
}

#[test]
fn other_ways_of_a_stored_secret_need_a_yes_as_well() {
    let world = World::new();
    outcome(&world, ACME, false);
    add_credential(&world);
    for (from, to) in [
        ("paths = [\"/v1\"]", "paths = [\"/\"]"),
        ("X-Acme-Key\", carries", "X-Another\", carries"),
        ("kind = \"secret\"", "kind = \"password\""),
        ("base_url =", "plain_http_consent = \"x\"\nplain_http = \"private\"\nbase_url ="),
    ] {
        let changed = ACME.replace(from, to);
        assert_ne!(changed, ACME);
        assert_eq!(outcome(&world, &changed, false), ProfileOutcome::ConfirmationNeeded, "{to}");
    }
}

#[test]
fn words_and_profiles_without_credentials_change_without_a_question() {
    let world = World::new();
    outcome(&world, ACME, false);
    assert_eq!(
        outcome(&world, &elsewhere(), false),
        ProfileOutcome::Changed,
        "no secret is stored"
    );
    outcome(&world, ACME, false);
    add_credential(&world);
    let words = ACME.replace("Anvils.", "Anvils and more.");
    assert_eq!(outcome(&world, &words, false), ProfileOutcome::Changed);
    assert_eq!(outcome(&world, &words, false), ProfileOutcome::Unchanged);
}

#[test]
fn a_credential_in_the_trash_still_counts_as_a_stored_secret() {
    let world = World::new();
    outcome(&world, ACME, false);
    let reference = add_credential(&world);
    world.engine.remove(&reference, "test").unwrap();
    assert_eq!(outcome(&world, &elsewhere(), false), ProfileOutcome::ConfirmationNeeded);
    // Nor is removing the profile first a way around the question.
    world.engine.remove_profile(&"acme".parse().unwrap(), "test").unwrap();
    assert_eq!(outcome(&world, &elsewhere(), false), ProfileOutcome::ConfirmationNeeded);
}

#[test]
fn a_built_in_identifier_is_not_to_be_had() {
    let world = World::new();
    let refused = offer(&world, &ACME.replace("id = \"acme\"", "id = \"deepidv\""), true);
    assert!(matches!(refused, Err(EngineError::Profile(ProfileError::Taken { .. }))));
    assert!(!world.own_profile("deepidv").exists());
    let refused = world.engine.remove_profile(&"deepidv".parse().unwrap(), "test");
    assert!(matches!(refused, Err(EngineError::Profile(ProfileError::BuiltIn { .. }))));
}

#[test]
fn a_file_that_was_only_put_there_is_shown_and_not_used() {
    let world = World::new();
    let place = world.own_profile("acme");
    fs::create_dir(place.parent().unwrap()).unwrap();
    fs::write(&place, ACME).unwrap();
    assert_eq!(state(&world), Some(OwnState::New));
    let acme = credential("acme", &[], &[("api_key", "x")]);
    let refused = world.engine.add(acme, "test");
    assert!(matches!(refused, Err(EngineError::Profile(ProfileError::NotAccepted { .. }))));
    // One that takes a built-in provider's place is not even shown.
    fs::write(world.own_profile("deepidv"), ACME.replace("acme\"", "deepidv\"")).unwrap();
    let deepidv = world.engine.known_profile(&"deepidv".parse().unwrap()).unwrap();
    assert!(matches!(deepidv, KnownProfile { own: None, .. }));
}

#[tokio::test]
async fn a_file_that_is_gone_or_no_file_is_not_used() {
    let world = World::new();
    outcome(&world, ACME, false);
    add_credential(&world);
    fs::remove_file(world.own_profile("acme")).unwrap();
    assert!(send(&world).await.unwrap_err().contains("is gone"));
    assert_eq!(state(&world), Some(OwnState::Missing));
    fs::create_dir(world.own_profile("acme")).unwrap();
    assert!(send(&world).await.is_err());
    assert_eq!(world.asked(), 0);
}

#[test]
fn a_locked_vault_shows_own_profiles_and_uses_none() {
    let world = World::new();
    outcome(&world, ACME, false);
    world.engine.lock().unwrap();
    assert_eq!(state(&world), Some(OwnState::Unknown));
    let refused = world.engine.profile(&"acme".parse().unwrap());
    assert!(matches!(refused, Err(EngineError::VaultLocked)));
    assert!(matches!(offer(&world, ACME, false), Err(EngineError::VaultLocked)));
}

#[test]
fn a_profile_is_removed_when_nothing_uses_it() {
    let world = World::new();
    outcome(&world, ACME, false);
    let reference = add_credential(&world);
    let acme = "acme".parse().unwrap();
    let refused = world.engine.remove_profile(&acme, "test").unwrap_err();
    assert!(refused.to_string().contains("acme/main"), "{refused}");
    world.engine.remove(&reference, "test").unwrap();
    world.engine.remove_profile(&acme, "test").unwrap();
    assert!(!world.own_profile("acme").exists());
    assert!(matches!(world.engine.profile(&acme), Err(EngineError::NoProvider { .. })));
    assert!(matches!(
        world.engine.remove_profile(&acme, "test"),
        Err(EngineError::NoProvider { .. })
    ));
}

#[test]
fn an_unsound_profile_changes_nothing() {
    let world = World::new();
    outcome(&world, ACME, false);
    let offered = offer(&world, &ACME.replace("base_url", "base_ulr"), true).unwrap();
    let AddedProfile::Unsound(problems) = offered else { panic!("it is not sound") };
    assert!(problems[0].to_string().starts_with("acme.toml:"), "{problems:?}");
    assert_eq!(fs::read_to_string(world.own_profile("acme")).unwrap(), ACME);
}
