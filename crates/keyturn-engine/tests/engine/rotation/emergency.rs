//! A key in wrong hands: what is said, what is written, and what is done at once.

use keyturn_core::rotation::Step;
use keyturn_core::{RotationStage, RotationState};
use keyturn_engine::{ConsumerEdit, FindingKind, RotationError};

use super::{NEW, OLD, deepcurrent, issued, refusal, refused, seen, shown, slots, store};
use crate::world::{KEY, World, credential, sold};

const NOTE: &str = "was in a build log | of <b>CI</b>";

#[tokio::test]
async fn an_emergency_has_a_warning_a_letter_and_a_record_without_any_secret() {
    let world = World::new();
    let main = deepcurrent(&world);
    let add = ConsumerEdit::Add { name: "server Y".to_owned() };
    world.engine.edit_consumers(&main, &add, "test").unwrap();
    world
        .engine
        .declare_compromised(&main, Some(NOTE.to_owned()), "keyturn < zsh (1)")
        .await
        .unwrap();
    let there = shown(&world, &main);
    assert_eq!(there.rotation.as_ref().unwrap().stage, RotationStage::Started);
    assert!(!there.offers.contains(&Step::Compromised), "it is one");
    let text = there.emergency.unwrap();
    assert!(text.warning.contains("until DeepCurrent's support has issued another"), "{text:?}");
    assert!(text.offered.contains("Settings → API Key"), "{text:?}");
    assert!(text.support_text.contains("ends in old1"), "{}", text.support_text);
    assert!(!text.support_text.contains("build log"), "the user's own words stay here");
    for part in
        ["2026-06-15 12:00:00 UTC", "rotate compromised", "keyturn < zsh", "server Y", "build log"]
    {
        let escaped = part.replace('<', "\\<");
        assert!(text.report.contains(&escaped), "{part} is missing:\n{}", text.report);
    }
    assert!(!text.report.contains("<b>"), "it is no markup: {}", text.report);
    let all = format!("{text:?}");
    assert!(!all.contains(OLD) && !all.contains("canary"), "{all}");
    let stored = slots(&world, &main)[0].join("");
    assert!(stored.contains("canary"), "positive control: the secret that was searched for exists");
}

/// The tokens that the key bought are forgotten; where the provider revokes none, that is said.
#[tokio::test]
async fn tokens_of_a_compromised_key_are_forgotten_at_once() {
    let world = World::new();
    let main = world.add_deepvue();
    let end = world.now() + chrono::TimeDelta::days(1);
    world.provider_says(&[sold("canary-token", end)]);
    world.token().await.unwrap();
    world.engine.declare_compromised(&main, None, "test").await.unwrap();
    assert!(world.engine.show(&main).unwrap().token.is_none());
    let text = shown(&world, &main).emergency.unwrap();
    assert!(text.report.contains("provider revokes none"), "{}", text.report);
    assert!(text.warning.contains("a new key alone may not end it"), "{}", text.warning);
    assert_eq!(text.support_address.as_deref(), Some("support@deepvue.tech"));
    assert_eq!(slots(&world, &main)[0], [KEY], "the key itself stays until another one is in use");
}

#[tokio::test]
async fn a_rotation_under_way_becomes_an_emergency_and_its_record_comes_with_its_end() {
    let world = World::new();
    let main = deepcurrent(&world);
    issued(&world, &main, &[("api_key", NEW)]);
    let stage = seen(&world, &main).rotating.unwrap().stage;
    world.engine.declare_compromised(&main, Some("first".to_owned()), "test").await.unwrap();
    world.engine.declare_compromised(&main, Some("second".to_owned()), "test").await.unwrap();
    let rotation = seen(&world, &main).rotating.unwrap();
    assert_eq!(rotation.stage, stage, "it goes on where it stands");
    assert_eq!(rotation.emergency.unwrap().note.as_deref(), Some("first\nsecond"));
    world.engine.verify_next(&main, true, "test").await.unwrap();
    world.engine.confirm_next(&main, false, "test").unwrap();
    world.engine.promote_next(&main, false, "test").unwrap();
    world.provider_says(&[refused()]);
    let done = world.engine.retire_previous(&main, false, "test").await.unwrap();
    let record = done.emergency.expect("the record of what is over").report;
    for step in ["rotate compromised", "rotate promote", "rotate retire", "old1"] {
        assert!(record.contains(step), "{step}: {record}");
    }
    assert!(record.contains("The compromised key is dead"), "{record}");
    let after = shown(&world, &main);
    assert!(after.emergency.is_none(), "it is over");
    assert_eq!(after.last_emergency.expect("its record stays").report, record);
}

fn is_found(world: &World) -> bool {
    let health = world.engine.health().unwrap();
    health.findings.iter().any(|one| one.kind == FindingKind::Compromised)
}

/// DI2: that the new key's birth ends the old one says nothing before a new key is known to be there.
#[tokio::test]
async fn di2_a_compromised_key_is_warned_of_until_another_one_works_and_is_in_use() {
    let world = World::new();
    let key = credential("deepidv", &[], &[("api_key", KEY)]);
    let main = world.engine.add(key, "test").unwrap().credential.reference();
    world.engine.declare_compromised(&main, None, "test").await.unwrap();
    store(&world, &main, &[("api_key", "the-new-deepidv-key")]).unwrap();
    assert!(is_found(&world), "anything may have been pasted");
    let warning = shown(&world, &main).emergency.unwrap().warning;
    assert!(!warning.contains("is dead") && warning.contains("by our reading"), "{warning}");
    world.engine.verify_next(&main, true, "test").await.unwrap();
    assert!(is_found(&world), "the old one is in use");
    world.engine.promote_next(&main, false, "test").unwrap();
    assert!(!is_found(&world));
}

#[tokio::test]
async fn a_compromised_key_is_listed_as_overdue_and_due_today() {
    let world = World::new();
    let main = deepcurrent(&world);
    assert!(world.engine.due(0).unwrap().is_empty());
    world.engine.declare_compromised(&main, None, "test").await.unwrap();
    let due = world.engine.due(0).unwrap();
    assert_eq!((due.len(), due[0].days_left, due[0].state), (1, 0, RotationState::Overdue));
    assert_eq!(world.engine.show(&main).unwrap().state, RotationState::Overdue);
}

#[tokio::test]
async fn an_emergency_is_given_up_with_a_yes_alone_and_its_record_stays() {
    let world = World::new();
    let main = deepcurrent(&world);
    world.engine.declare_compromised(&main, Some(NOTE.to_owned()), "test").await.unwrap();
    let told = refusal(world.engine.cancel_rotation(&main, false, "test").await);
    assert!(matches!(told, RotationError::EmergencyOpen { .. }), "{told:?}");
    assert!(is_found(&world));
    world.engine.cancel_rotation(&main, true, "test").await.unwrap();
    world.clock.advance(chrono::TimeDelta::minutes(1));
    let world = world.restart();
    world.engine.start_rotation(&main, "test").unwrap();
    let report = shown(&world, &main).last_emergency.unwrap().report;
    for part in ["build log", "given up at", "rotate cancel", "old1"] {
        assert!(report.contains(part), "{part}: {report}");
    }
    assert!(!report.contains("rotate start"), "what came after is no part of it: {report}");
}
