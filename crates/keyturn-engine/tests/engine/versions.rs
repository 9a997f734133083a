//! Which versions of a credential's secrets there were: noted with every change, filled in where an
//! older Keyturn wrote the vault.

use keyturn_core::{Credential, KeyStanding, Secret, TokenFormat};
use keyturn_engine::{CaptureKey, EditCredential, RenderToken, TestRequest};
use keyturn_vault::Batch;

use crate::world::{KEY, World, credential, deepvue, reading, unchanged, wanted};

const NEW: &str = "canary-second-key-k2p4";

fn stored(world: &World) -> Credential {
    let vault = world.opened();
    let stored = vault.credentials().next().unwrap().clone();
    drop(vault);
    world.unlock().unwrap();
    stored
}

fn stands(credential: &Credential) -> Vec<(u32, KeyStanding)> {
    credential.versions.iter().map(|version| (version.number, version.standing)).collect()
}

fn replacing(field: &str, value: &str) -> EditCredential {
    let secret = (field.parse().unwrap(), Secret::new(value.to_owned()));
    let secrets = std::iter::once(secret).collect();
    EditCredential { secrets, ..unchanged("deepvue/main".parse().unwrap()) }
}

#[tokio::test]
async fn every_change_of_a_secret_is_a_version_with_its_end_and_without_its_value() {
    let world = World::new();
    world.add_deepvue();
    assert_eq!(stands(&stored(&world)), [(1, KeyStanding::Current)]);
    world.engine.edit(replacing("client_secret", NEW), "test").unwrap();
    let credential = stored(&world);
    assert_eq!(stands(&credential), [(1, KeyStanding::Retired), (2, KeyStanding::Current)]);
    assert_eq!(credential.secret_version, 2);
    let fours: Vec<&String> =
        credential.versions.iter().flat_map(|version| version.last_fours.values()).collect();
    assert_eq!(fours, ["7x9z", "k2p4"]);
    let prints: Vec<_> =
        credential.versions.iter().flat_map(|version| version.fingerprints.values()).collect();
    assert_ne!(prints[0], prints[1]);
    let kept = serde_json::to_string(&credential).unwrap();
    assert!(kept.contains("7x9z"), "positive control: {kept}");
    assert!(!kept.contains(KEY) && !kept.contains(NEW), "no value is in it");
}

#[tokio::test]
async fn an_edit_of_words_makes_no_version() {
    let world = World::new();
    let reference = world.add_deepvue();
    let owner = EditCredential { owner: Some("Ann".to_owned()), ..unchanged(reference) };
    world.engine.edit(owner, "test").unwrap();
    assert_eq!(stands(&stored(&world)), [(1, KeyStanding::Current)]);
}

#[tokio::test]
async fn a_caught_key_is_a_version() {
    let world = World::new();
    let request = CaptureKey {
        reference: "deepcurrent/main".parse().unwrap(),
        field: None,
        value: Secret::new("dc_canary-caught-key-7x9z".to_owned()),
        confirmed: true,
    };
    world.engine.capture(&request, "test").unwrap();
    let credential = stored(&world);
    assert_eq!(stands(&credential), [(1, KeyStanding::Current)]);
    assert_eq!(credential.versions[0].last_fours.values().next().unwrap(), "7x9z");
}

/// A vault of before holds credentials without versions: they are noted once, when it opens.
#[tokio::test]
async fn the_versions_of_an_older_vault_are_filled_in_once_at_unlock() {
    let world = World::new();
    world.add_deepvue();
    world
        .engine
        .add(credential("deepidv", &[], &[("api_key", "idv-canary-key-aaaa")]), "test")
        .unwrap();
    let mut vault = world.opened();
    let mut batch = Batch::new();
    for credential in vault.credentials() {
        batch.put_credential(Credential { versions: Vec::new(), ..credential.clone() });
    }
    vault.commit(batch).unwrap();
    let before = vault.generation();
    drop(vault);
    world.unlock().unwrap();
    let vault = world.opened();
    let ends: Vec<String> = vault
        .credentials()
        .flat_map(|credential| credential.versions.clone())
        .flat_map(|version| version.last_fours.into_values())
        .collect();
    assert_eq!(ends.len(), 2, "{ends:?}");
    assert!(ends.contains(&"7x9z".to_owned()) && ends.contains(&"aaaa".to_owned()), "{ends:?}");
    assert_eq!(vault.generation(), before + 1, "one batch for all");
    drop(vault);
    world.unlock().unwrap();
    assert_eq!(world.opened().generation(), before + 1, "nothing is missing any more");
}

#[tokio::test]
async fn one_value_has_one_fingerprint_in_a_vault_and_another_in_every_other() {
    let (one, two) = (World::new(), World::new());
    let mut prints = Vec::new();
    for world in [&one, &two] {
        world.add_deepvue();
        let mut again = deepvue();
        again.name = "again".parse().unwrap();
        world.engine.add(again, "test").unwrap();
        let vault = world.opened();
        let mut own: Vec<_> = vault
            .credentials()
            .flat_map(|credential| credential.versions[0].fingerprints.values().copied())
            .collect();
        assert_eq!(own.len(), 2);
        own.dedup();
        assert_eq!(own.len(), 1, "equal values are equal");
        prints.extend(own);
    }
    assert_ne!(prints[0], prints[1]);
}

/// Each entry names its credential and the version of the key, so that the journal answers who used
/// which.
#[tokio::test]
async fn the_journal_says_which_version_was_used() {
    let world = World::new();
    let reference = world.add_deepvue();
    let expiry = world.now() + chrono::TimeDelta::hours(24);
    world.provider_says(&[crate::world::sold("token-1", expiry), (200, "{}".to_owned())]);
    world.token().await.unwrap();
    let curl = RenderToken { token: wanted(), format: TokenFormat::Curl, with_key: true };
    world.engine.render_token(&curl, "test").await.unwrap();
    let target = "deepvue/main/client_secret".parse().unwrap();
    world.engine.get(&target, keyturn_core::SecretFormat::Raw, "get", "test").unwrap();
    let request: TestRequest = reading("deepvue/main", "/v1/verification/panbasic");
    world.engine.send(request, "test").await.unwrap();
    world.engine.edit(replacing("client_secret", NEW), "test").unwrap();
    world.engine.get(&target, keyturn_core::SecretFormat::Raw, "copy", "test").unwrap();
    let journal = world.journal();
    let version_of = |action: &str| {
        let entry = journal.iter().find(|entry| entry.action == action);
        let entry = entry.unwrap_or_else(|| panic!("{action} is in {journal:?}"));
        assert_eq!(entry.reference.as_deref(), Some("deepvue/main"), "{action}");
        assert!(entry.credential.is_some(), "{action}");
        entry.version
    };
    for action in ["token", "token with key", "exchange", "get", "request GET"] {
        assert_eq!(version_of(action), Some(1), "{action}");
    }
    assert_eq!(version_of("copy"), Some(2));
    drop(reference);
}
