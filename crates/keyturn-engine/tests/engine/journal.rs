//! Reading the journal a page at a time, and the proof of its chain.

use chrono::TimeDelta;
use keyturn_core::{CredentialRef, SecretFormat, TargetRef};
use keyturn_engine::{EditCredential, EngineError, JournalFilter, JournalPage, TrashChoice};

use crate::world::{World, sold, unchanged};

fn page(world: &World, filter: &JournalFilter) -> JournalPage {
    world.engine.journal_page(filter).unwrap()
}

fn actions(page: &JournalPage) -> Vec<&str> {
    page.entries.iter().map(|one| one.entry.action.as_str()).collect()
}

fn use_key(world: &World, reference: &CredentialRef) {
    let target: TargetRef = format!("{reference}/client_secret").parse().unwrap();
    let caller = "keyturn (9) < make (8) < zsh (7)";
    world.engine.get(&target, SecretFormat::Raw, "get", caller).unwrap();
}

#[tokio::test]
async fn pages_follow_each_other_without_a_gap_and_the_last_one_says_so() {
    let world = World::new();
    let reference = world.add_deepvue();
    for _ in 0..5 {
        use_key(&world, &reference);
    }
    let mut numbers = Vec::new();
    let mut before = None;
    loop {
        let found = page(&world, &JournalFilter { before, limit: Some(3), ..Default::default() });
        numbers.extend(found.entries.iter().map(|one| one.number));
        before = numbers.last().copied();
        if !found.more {
            break;
        }
    }
    assert_eq!(numbers, [7, 6, 5, 4, 3, 2, 1], "init, add and five uses, the newest first");
}

#[tokio::test]
async fn a_credential_is_followed_through_its_names_until_after_its_end() {
    let world = World::new();
    let reference = world.add_deepvue();
    use_key(&world, &reference);
    let name = "renamed".parse().ok();
    world.engine.edit(EditCredential { name, ..unchanged(reference.clone()) }, "test").unwrap();
    let renamed: CredentialRef = "deepvue/renamed".parse().unwrap();
    world.add_deepvue();
    let of = |reference: &CredentialRef| JournalFilter {
        reference: Some(reference.clone()),
        ..JournalFilter::default()
    };
    assert_eq!(actions(&page(&world, &of(&renamed))), ["edit", "get", "add"]);
    assert_eq!(actions(&page(&world, &of(&reference))), ["add"], "the new one of the old name");
    world.engine.remove(&renamed, "test").unwrap();
    assert_eq!(actions(&page(&world, &of(&renamed)))[0], "remove", "it lies in the trash");
    world.engine.empty_trash(&TrashChoice::default(), true, "test").unwrap();
    let after = page(&world, &of(&renamed));
    assert_eq!(actions(&after), ["delete", "remove", "edit"], "what bore that name");
}

#[tokio::test]
async fn a_name_that_nothing_is_known_of_is_an_error() {
    let world = World::new();
    world.add_deepvue();
    let reference = Some("deepvue/typo".parse().unwrap());
    let refused = world.engine.journal_page(&JournalFilter { reference, ..Default::default() });
    assert!(matches!(refused, Err(EngineError::NoCredential { .. })), "{refused:?}");
}

#[tokio::test]
async fn an_edit_is_written_down_with_the_names_of_what_changed_and_no_value() {
    let world = World::new();
    let reference = world.add_deepvue();
    let edit = EditCredential {
        owner: Some("Canary team".to_owned()),
        note: Some("canary note".to_owned()),
        rotate_every_days: Some(60),
        ..unchanged(reference.clone())
    };
    world.engine.edit(edit, "test").unwrap();
    let mut secrets = keyturn_core::SecretFields::new();
    let value = keyturn_core::Secret::new("canary-another-secret-0001".to_owned());
    secrets.insert("client_secret".parse().unwrap(), value);
    let fields = [("client_id".parse().unwrap(), "canary-id".to_owned())].into_iter().collect();
    world.engine.edit(EditCredential { secrets, fields, ..unchanged(reference) }, "test").unwrap();
    let found = page(&world, &JournalFilter { limit: Some(2), ..Default::default() });
    let changed: Vec<_> = found.entries.iter().map(|one| one.entry.changed.join(" ")).collect();
    assert_eq!(changed, ["client_id client_secret", "owner note rotate_every_days"]);
    let text = serde_json::to_string(&world.journal()).unwrap();
    assert!(text.contains("client_secret"), "positive control: {text}");
    assert!(!text.to_lowercase().contains("canary"), "{text}");
}

#[tokio::test]
async fn entries_of_a_time_are_told_with_the_program_behind_them() {
    let world = World::new();
    let reference = world.add_deepvue();
    world.clock.advance(TimeDelta::days(8));
    use_key(&world, &reference);
    let since = Some(world.now() - TimeDelta::days(7));
    let found = page(&world, &JournalFilter { since, ..Default::default() });
    assert_eq!(actions(&found), ["get"]);
    assert_eq!(found.entries[0].program.as_deref(), Some("make"));
}

#[tokio::test]
async fn what_waits_to_be_written_is_listed_and_proven_too() {
    let world = World::new();
    world.provider_says(&[sold("token-1", world.now() + TimeDelta::days(1))]);
    world.add_deepvue();
    world.token().await.unwrap();
    let found = page(&world, &JournalFilter::default());
    assert!(actions(&found).contains(&"token"), "{:?}", actions(&found));
    let proof = world.engine.prove_journal().unwrap();
    assert_eq!(proof.flaw, None);
    assert_eq!(proof.entries, found.entries[0].number, "all of them");
    assert_eq!(proof.until, Some(world.now()));
}
