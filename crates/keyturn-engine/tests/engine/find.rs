//! Finding a key of any time by its last four characters, and credentials by their words.

use chrono::TimeDelta;
use keyturn_core::{KeyStanding, Secret, SecretFormat};
use keyturn_engine::{
    ConsumerEdit, EditCredential, EngineError, FindError, FindNote, FoundCredential, StoreNext,
};

use crate::world::{KEY, World, credential, deepvue, unchanged};

const SECOND: &str = "canary-second-key-K2p4";

fn find(world: &World, text: &str) -> Vec<FoundCredential> {
    world.engine.find(text).unwrap()
}

fn replace_key(world: &World, value: &str) {
    let secret = ("client_secret".parse().unwrap(), Secret::new(value.to_owned()));
    let secrets = std::iter::once(secret).collect();
    let edit = EditCredential { secrets, ..unchanged("deepvue/main".parse().unwrap()) };
    world.engine.edit(edit, "test").unwrap();
}

fn named(world: &World, name: &str, secret: &str) {
    let mut another = deepvue();
    another.name = name.parse().unwrap();
    another.secrets =
        [("client_secret".parse().unwrap(), Secret::new(secret.to_owned()))].into_iter().collect();
    world.engine.add(another, "test").unwrap();
}

fn references(found: &[FoundCredential]) -> Vec<String> {
    found.iter().map(|one| one.reference.to_string()).collect()
}

#[tokio::test]
async fn a_retired_key_is_found_by_its_end_with_version_owner_and_users() {
    let world = World::new();
    let reference = world.add_deepvue();
    let owner = EditCredential { owner: Some("Ann".to_owned()), ..unchanged(reference.clone()) };
    world.engine.edit(owner, "test").unwrap();
    let target = "deepvue/main/client_secret".parse().unwrap();
    let make = "keyturn (7) < make (6) < zsh (5)";
    world.engine.get(&target, SecretFormat::Raw, "get", make).unwrap();
    let name = "GitHub Actions".to_owned();
    world.engine.edit_consumers(&reference, &ConsumerEdit::Add { name }, "test").unwrap();
    world.clock.advance(TimeDelta::days(7));
    replace_key(&world, SECOND);
    world.clock.advance(TimeDelta::days(1));
    let found = find(&world, "7x9z");
    let [found] = found.as_slice() else { panic!("one key: {found:?}") };
    let key = found.key.as_ref().unwrap();
    assert_eq!((key.version, key.standing), (1, KeyStanding::Retired));
    assert_eq!(found.users, ["GitHub Actions", "make"]);
    assert_eq!(
        found.line,
        "deepvue/main, Client secret ending 7x9z: version 1, retired 22 Jun 2026, owner Ann, was used by GitHub Actions, make"
    );
    assert_eq!(found.note, None);
    let now = find(&world, "K2p4");
    assert_eq!(now[0].key.as_ref().unwrap().standing, KeyStanding::Current);
    assert_eq!(
        now[0].line,
        "deepvue/main, Client secret ending K2p4: version 2, in use since 22 Jun 2026, owner Ann"
    );
}

#[tokio::test]
async fn the_next_and_the_previous_key_are_found_where_they_stand() {
    let world = World::new();
    let reference = world.add_deepvue();
    world.engine.start_rotation(&reference, "test").unwrap();
    let value = ("client_secret".parse().unwrap(), Secret::new(SECOND.to_owned()));
    let values = std::iter::once(value).collect();
    let next = StoreNext { reference: reference.clone(), values, replace: false };
    world.engine.store_next(next, "test").unwrap();
    let line = |text: &str| find(&world, text).remove(0).line;
    assert_eq!(
        line("K2p4"),
        "deepvue/main, Client secret ending K2p4: version 2, stored 15 Jun 2026 to be the next, not in use yet"
    );
    world.engine.promote_next(&reference, true, "test").unwrap();
    assert_eq!(
        line("7x9z"),
        "deepvue/main, Client secret ending 7x9z: version 1, replaced 15 Jun 2026, not retired yet"
    );
}

#[tokio::test]
async fn other_case_is_found_after_the_exact_one_and_marked() {
    let world = World::new();
    named(&world, "upper", "some-secret-of-upper-7X9Z");
    named(&world, "lower", "some-secret-of-lower-7x9z");
    let found = find(&world, "7x9z");
    assert_eq!(references(&found), ["deepvue/lower", "deepvue/upper"]);
    assert_eq!(found[0].note, None);
    assert_eq!(found[1].note, Some(FindNote::OtherCase));
    assert_eq!(found[1].key.as_ref().unwrap().last_four.as_deref(), Some("7X9Z"));
}

#[tokio::test]
async fn a_removed_credential_is_found_and_said_to_be_removed() {
    let world = World::new();
    let reference = world.add_deepvue();
    world.engine.remove(&reference, "test").unwrap();
    for text in ["7x9z", "deepvue"] {
        let found = find(&world, text);
        assert!(found[0].removed_at.is_some(), "{text}");
        let line = &found[0].line;
        assert!(line.ends_with("; the credential was removed 15 Jun 2026"), "{line}");
    }
}

#[tokio::test]
async fn a_lost_key_is_found_by_the_four_characters_that_are_known() {
    let world = World::new();
    let mut lost = credential("deepcurrent", &[], &[]);
    lost.mark = Some(keyturn_core::KeyMark::LastFour("7x9z".to_owned()));
    world.engine.add(lost, "test").unwrap();
    assert_eq!(references(&find(&world, "7x9z")), ["deepcurrent/main"]);
}

#[tokio::test]
async fn a_whole_key_is_answered_with_a_note_and_never_repeated() {
    let world = World::new();
    world.add_deepvue();
    replace_key(&world, SECOND);
    for (before, text, version) in [(" ", KEY, 1), ("Authorization: Bearer ", SECOND, 2)] {
        let found = find(&world, &format!("{before}{text}\n"));
        let [found] = found.as_slice() else { panic!("one key: {found:?}") };
        assert_eq!(found.note, Some(FindNote::WholeSecret));
        assert_eq!(found.key.as_ref().unwrap().version, version);
        let told = format!("{found:?}");
        assert!(told.contains("deepvue/main"), "positive control: {told}");
        assert!(!told.contains(text), "{told}");
    }
    let journal = format!("{:?}", world.journal());
    assert!(journal.contains("deepvue/main"), "positive control");
    assert!(!journal.contains(KEY) && !journal.contains(SECOND));
}

#[tokio::test]
async fn of_a_password_nothing_is_found_but_that_it_was_typed_whole() {
    let world = World::new();
    let password = "a-long-password-of-ann";
    let login = [("username", "ann@example.com")];
    let login = credential("deepcurrent", &login, &[("password", password)]);
    world.engine.add(login, "test").unwrap();
    assert!(find(&world, "-ann").is_empty(), "not by its end");
    let found = find(&world, password);
    assert_eq!(found[0].note, Some(FindNote::WholeSecret));
    assert_eq!(found[0].key.as_ref().unwrap().last_four, None);
    assert!(!found[0].line.contains("-ann"), "{}", found[0].line);
}

#[tokio::test]
async fn words_stand_in_name_provider_owner_note_host_or_consumer_in_any_case() {
    let world = World::new();
    let mut one = deepvue();
    one.owner = Some("Ann Example".to_owned());
    one.note = Some("for the web shop".to_owned());
    let reference = world.engine.add(one, "test").unwrap().credential.reference();
    let name = "GitHub Actions".to_owned();
    world.engine.edit_consumers(&reference, &ConsumerEdit::Add { name }, "test").unwrap();
    named(&world, "other", "another-secret-zzzz");
    for text in ["ANN", "web shop", "github main", "main tech", "production.deepvue.tech ann"] {
        assert_eq!(references(&find(&world, text)), ["deepvue/main"], "{text}");
    }
    assert_eq!(references(&find(&world, "deepvue")), ["deepvue/main", "deepvue/other"]);
    assert!(find(&world, "ann zzz").is_empty(), "each word has to be there");
    let found = find(&world, "ann");
    assert_eq!(found[0].hosts, ["production.deepvue.tech"]);
    assert_eq!(found[0].key, None);
    assert!(!found[0].line.contains("deepvue.tech"), "no host in {}", found[0].line);
}

#[tokio::test]
async fn an_owner_breaks_no_line_that_is_pasted() {
    let world = World::new();
    let mut one = deepvue();
    one.owner = Some("Ann\nrm -rf /\u{202e}x".to_owned());
    world.engine.add(one, "test").unwrap();
    let line = find(&world, "7x9z").remove(0).line;
    assert!(line.contains("owner Ann rm -rf / x"), "{line:?}");
}

#[tokio::test]
async fn nothing_and_too_much_are_refused_without_being_repeated() {
    let world = World::new();
    let nothing = world.engine.find(" ").unwrap_err();
    assert!(matches!(nothing, EngineError::Find(FindError::Nothing)), "{nothing}");
    let long = world.engine.find(&"canary".repeat(4_000)).unwrap_err();
    assert!(matches!(long, EngineError::Find(FindError::TooLong)), "{long}");
    assert!(!format!("{long} {long:?}").contains("canary"));
    assert!(find(&world, "7x9z").is_empty());
}

/// Who is said to have an earlier version never had a later one, and nobody was given a key that was
/// never in use.
#[tokio::test]
async fn nobody_is_named_who_never_had_the_key() {
    let world = World::new();
    let reference = world.add_deepvue();
    let name = "server Y".to_owned();
    world.engine.edit_consumers(&reference, &ConsumerEdit::Add { name }, "test").unwrap();
    world.engine.start_rotation(&reference, "test").unwrap();
    for (value, replace) in [(SECOND, false), ("canary-third-key-z3z3", true)] {
        let value = ("client_secret".parse().unwrap(), Secret::new(value.to_owned()));
        let values = std::iter::once(value).collect();
        let next = StoreNext { reference: reference.clone(), values, replace };
        world.engine.store_next(next, "test").unwrap();
    }
    let world = world.restart();
    let line = |text: &str| find(&world, text).remove(0).line;
    assert_eq!(
        line("K2p4"),
        "deepvue/main, Client secret ending K2p4: version 2, given up 15 Jun 2026, never in use"
    );
    world.engine.promote_next(&reference, true, "test").unwrap();
    assert!(line("7x9z").ends_with("not retired yet, used by server Y"), "{}", line("7x9z"));
    world.clock.advance(TimeDelta::days(1));
    let secret =
        ("client_secret".parse().unwrap(), Secret::new("canary-fourth-key-q4q4".to_owned()));
    world.engine.retire_previous(&reference, true, "test").await.unwrap();
    let secrets = std::iter::once(secret).collect();
    let edit = EditCredential { secrets, ..unchanged(reference.clone()) };
    world.engine.edit(edit, "test").unwrap();
    assert!(line("z3z3").ends_with("retired 16 Jun 2026"), "in use, never by Y: {}", line("z3z3"));
    assert!(line("7x9z").ends_with("was used by server Y"), "positive control");
    let ready = ConsumerEdit::HasNew { id: 1, ready: true };
    world.engine.edit_consumers(&reference, &ready, "test").unwrap();
    assert!(line("z3z3").ends_with("was used by server Y"), "it may have had it: {}", line("z3z3"));
    assert!(line("K2p4").ends_with("never in use"), "{}", line("K2p4"));
}
