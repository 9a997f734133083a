//! What about the vault's credentials should be looked at: each kind alone, and nothing where all is
//! well.

use chrono::{NaiveDate, TimeDelta};
use keyturn_core::{RotationPolicy, Secret, SecretFormat};
use keyturn_engine::{
    AddCredential, ConsumerEdit, EditCredential, Finding, FindingKind, Health, StoreNext,
};

use crate::world::{KEY, World, credential, deepvue, unchanged};

/// A credential about which there is nothing to say.
fn healthy() -> AddCredential {
    AddCredential { owner: Some("Ann".to_owned()), ..deepvue() }
}

fn stripe(name: &str, kind: &str) -> AddCredential {
    // Put together, so that no scanner takes it for a real one.
    let key = format!("sk_{kind}_{}", "a".repeat(24));
    AddCredential {
        owner: Some("Ann".to_owned()),
        name: name.parse().unwrap(),
        ..credential("stripe", &[], &[("secret_key", &key)])
    }
}

fn kinds(health: &Health) -> Vec<(FindingKind, String)> {
    let told = |finding: &Finding| (finding.kind, finding.reference.to_string());
    health.findings.iter().map(told).collect()
}

fn found(world: &World) -> Vec<(FindingKind, String)> {
    kinds(&world.engine.health().unwrap())
}

fn main_alone(kind: FindingKind) -> Vec<(FindingKind, String)> {
    vec![(kind, "deepvue/main".to_owned())]
}

fn today(world: &World) -> NaiveDate {
    world.engine.today()
}

#[tokio::test]
async fn nothing_is_said_of_a_credential_that_is_well() {
    let world = World::new();
    assert_eq!(world.engine.health().unwrap().credentials, 0);
    world.engine.add(healthy(), "test").unwrap();
    let health = world.engine.health().unwrap();
    assert_eq!((health.credentials, health.at), (1, world.now()));
    assert!(health.findings.is_empty(), "{:?}", health.findings);
}

#[tokio::test]
async fn a_key_is_overdue_from_the_day_after_its_due_day() {
    let world = World::new();
    let rotation = RotationPolicy { expires_on: Some(today(&world)), ..RotationPolicy::default() };
    world.engine.add(AddCredential { rotation, ..healthy() }, "test").unwrap();
    assert!(found(&world).is_empty());
    world.clock.advance(TimeDelta::days(1));
    assert_eq!(found(&world), main_alone(FindingKind::Overdue));
}

#[tokio::test]
async fn a_value_that_is_stored_twice_is_told_at_both_places_and_not_shown() {
    let world = World::new();
    world.engine.add(healthy(), "test").unwrap();
    let mut again = AddCredential { name: "again".parse().unwrap(), ..healthy() };
    world
        .engine
        .add(AddCredential { name: "third".parse().unwrap(), ..healthy() }, "test")
        .unwrap();
    again.secrets = [("client_secret".parse().unwrap(), Secret::new("another-value-1".to_owned()))]
        .into_iter()
        .collect();
    world.engine.add(again, "test").unwrap();
    let health = world.engine.health().unwrap();
    let both = [
        (FindingKind::ReusedValue, "deepvue/main".to_owned()),
        (FindingKind::ReusedValue, "deepvue/third".to_owned()),
    ];
    assert_eq!(kinds(&health), both);
    let told = format!("{health:?}");
    assert!(told.contains("client_secret is also deepvue/third/client_secret"), "{told}");
    assert!(!told.contains(KEY) && !told.contains("7x9z"), "{told}");
    world.engine.remove(&"deepvue/third".parse().unwrap(), "test").unwrap();
    assert!(found(&world).is_empty(), "what is in the trash does not count");
}

#[tokio::test]
async fn a_key_for_tests_counts_where_neither_name_nor_environment_says_tests() {
    let world = World::new();
    world.engine.add(stripe("live", "test"), "test").unwrap();
    world.engine.add(stripe("sandbox", "test"), "test").unwrap_or_else(|error| panic!("{error}"));
    world.engine.add(stripe("shop", "live"), "test").unwrap();
    let told = found(&world);
    assert!(
        told.contains(&(FindingKind::TestKeyInProduction, "stripe/live".to_owned())),
        "{told:?}"
    );
    let tests = told.iter().filter(|(kind, _)| *kind == FindingKind::TestKeyInProduction);
    assert_eq!(tests.count(), 1, "{told:?}");
}

#[tokio::test]
async fn a_lost_value_is_told_until_it_is_back() {
    let world = World::new();
    let mut lost = credential("deepcurrent", &[], &[]);
    lost.mark = Some(keyturn_core::KeyMark::LastFour("7x9z".to_owned()));
    lost.owner = Some("Ann".to_owned());
    world.engine.add(lost, "test").unwrap();
    assert_eq!(found(&world), [(FindingKind::ValueLost, "deepcurrent/main".to_owned())]);
}

#[tokio::test]
async fn consumers_that_have_an_old_version_are_told() {
    let world = World::new();
    let reference = world.engine.add(healthy(), "test").unwrap().credential.reference();
    let name = "server Y".to_owned();
    world.engine.edit_consumers(&reference, &ConsumerEdit::Add { name }, "test").unwrap();
    assert!(found(&world).is_empty());
    let secrets = [("client_secret".parse().unwrap(), Secret::new("second-value-1".to_owned()))];
    let secrets = secrets.into_iter().collect();
    let edit = EditCredential { secrets, ..unchanged(reference.clone()) };
    world.engine.edit(edit, "test").unwrap();
    let health = world.engine.health().unwrap();
    assert_eq!(kinds(&health), main_alone(FindingKind::ConsumersBehind));
    assert!(health.findings[0].finding.contains("server Y (has version 1)"));
    let ready = ConsumerEdit::HasNew { id: 1, ready: true };
    world.engine.edit_consumers(&reference, &ready, "test").unwrap();
    assert!(found(&world).is_empty());
}

#[tokio::test]
async fn a_key_that_was_never_replaced_is_told_after_a_year_and_a_replaced_one_is_not() {
    let world = World::new();
    let reference = world.engine.add(healthy(), "test").unwrap().credential.reference();
    let use_it = || {
        let target = "deepvue/main/client_secret".parse().unwrap();
        world.engine.get(&target, SecretFormat::Raw, "get", "make").unwrap();
    };
    world.clock.advance(TimeDelta::days(365));
    use_it();
    assert!(found(&world).is_empty());
    world.clock.advance(TimeDelta::days(1));
    assert_eq!(found(&world), main_alone(FindingKind::NeverRotated));
    let secrets = [("client_secret".parse().unwrap(), Secret::new("second-value-1".to_owned()))];
    let secrets = secrets.into_iter().collect();
    world.engine.edit(EditCredential { secrets, ..unchanged(reference) }, "test").unwrap();
    assert_eq!(found(&world), main_alone(FindingKind::ConsumersBehind), "make has the old one");
    use_it();
    assert!(found(&world).is_empty());
}

#[tokio::test]
async fn a_key_that_is_overdue_is_not_also_told_to_be_never_rotated() {
    let world = World::new();
    let rotation = RotationPolicy { rotate_every_days: Some(60), ..RotationPolicy::default() };
    world.engine.add(AddCredential { rotation, ..healthy() }, "test").unwrap();
    world.clock.advance(TimeDelta::days(61));
    assert_eq!(found(&world), main_alone(FindingKind::Overdue));
}

#[tokio::test]
async fn a_credential_without_an_owner_is_told() {
    let world = World::new();
    world.add_deepvue();
    assert_eq!(found(&world), main_alone(FindingKind::NoOwner));
}

#[tokio::test]
async fn a_credential_that_nobody_used_for_90_days_is_told() {
    let world = World::new();
    world.engine.add(healthy(), "test").unwrap();
    world.clock.advance(TimeDelta::days(90) - TimeDelta::seconds(1));
    assert!(found(&world).is_empty(), "it is here for a shorter time");
    world.clock.advance(TimeDelta::seconds(1));
    assert_eq!(found(&world), main_alone(FindingKind::Unused));
    let target = "deepvue/main/client_secret".parse().unwrap();
    world.engine.get(&target, SecretFormat::Raw, "get", "keyturn (2) < make (1)").unwrap();
    assert!(found(&world).is_empty());
    world.clock.advance(TimeDelta::days(90));
    let health = world.engine.health().unwrap();
    assert_eq!(kinds(&health), main_alone(FindingKind::Unused));
    assert!(health.findings[0].finding.contains("since 13 Sep 2026"), "{:?}", health.findings);
}

#[tokio::test]
async fn the_gravest_come_first_and_each_says_what_to_do() {
    let world = World::new();
    let rotation = RotationPolicy { expires_on: Some(today(&world)), ..RotationPolicy::default() };
    world.engine.add(AddCredential { rotation, ..deepvue() }, "test").unwrap();
    world.clock.advance(TimeDelta::days(100));
    let health = world.engine.health().unwrap();
    let told: Vec<FindingKind> = health.findings.iter().map(|finding| finding.kind).collect();
    assert_eq!(told, [FindingKind::Overdue, FindingKind::NoOwner, FindingKind::Unused]);
    for Finding { finding, action, .. } in &health.findings {
        assert!(finding.ends_with('.') && action.contains("`keyturn "), "{finding} {action}");
    }
}

#[tokio::test]
async fn a_compromised_key_is_told_first_until_it_is_known_to_be_dead() {
    let world = World::new();
    let reference = world.engine.add(healthy(), "test").unwrap().credential.reference();
    let name = "server Y".to_owned();
    world.engine.edit_consumers(&reference, &ConsumerEdit::Add { name }, "test").unwrap();
    world.engine.declare_compromised(&reference, None, "test").await.unwrap();
    assert_eq!(found(&world), main_alone(FindingKind::Compromised));
    let value = ("client_secret".parse().unwrap(), Secret::new("second-value-1".to_owned()));
    let values = std::iter::once(value).collect();
    let next = StoreNext { reference: reference.clone(), values, replace: false };
    world.engine.store_next(next, "test").unwrap();
    let ready = ConsumerEdit::HasNew { id: 1, ready: true };
    world.engine.edit_consumers(&reference, &ready, "test").unwrap();
    assert_eq!(found(&world), main_alone(FindingKind::Compromised), "who has the next is ahead");
    world.engine.promote_next(&reference, true, "test").unwrap();
    assert_eq!(found(&world), main_alone(FindingKind::Compromised), "the old one still lives");
    world.engine.retire_previous(&reference, true, "test").await.unwrap();
    assert!(found(&world).is_empty());
}
