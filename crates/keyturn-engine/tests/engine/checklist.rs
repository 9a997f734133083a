//! The checklist before production (DV12), and the item that comes due again (DV14).

use chrono::TimeDelta;
use keyturn_core::{AddressKind, ListTest, TestOutcome};
use keyturn_engine::{
    AddAddress, ChecklistEntry, ChecklistError, EditAllowList, EngineError, ItemState, SaidBy,
};

use crate::world::{KEY, World, credential};

fn shown(world: &World) -> Vec<ChecklistEntry> {
    world.engine.checklist(&"deepvue/main".parse().unwrap()).unwrap()
}

fn tick(world: &World, item: &str, done: bool) -> Result<Vec<ChecklistEntry>, EngineError> {
    world.engine.tick(&"deepvue/main".parse().unwrap(), item, done, "test")
}

#[track_caller]
fn item<'a>(entries: &'a [ChecklistEntry], id: &str) -> &'a ChecklistEntry {
    entries.iter().find(|entry| entry.id == id).expect("the item is there")
}

#[test]
fn dv12_what_keyturn_sees_is_filled_in_and_the_rest_is_open() {
    let world = World::new();
    world.add_deepvue();
    let entries = shown(&world);
    assert_eq!(entries.len(), 8);
    for id in ["https", "stored", "tokens"] {
        let entry = item(&entries, id);
        assert_eq!((entry.state, entry.by), (ItemState::Done, Some(SaidBy::Keyturn)), "{id}");
    }
    for id in ["source", "ips", "monitoring", "team", "incident"] {
        assert_eq!(item(&entries, id).state, ItemState::Open, "{id}");
    }
    assert!(item(&entries, "source").note.as_ref().unwrap().contains("not built yet"));
}

#[test]
fn dv12_a_recorded_address_closes_its_item() {
    let world = World::new();
    let reference = world.add_deepvue();
    let add = AddAddress {
        address: "203.0.113.7".parse().unwrap(),
        kind: AddressKind::Dynamic,
        label: None,
        registered_on: None,
    };
    let change = EditAllowList { add: Some(add), ..EditAllowList::default() };
    world.engine.edit_allow_list(&reference, change, "test").unwrap();
    let entries = shown(&world);
    let ips = item(&entries, "ips");
    assert_eq!((ips.state, ips.by), (ItemState::Done, Some(SaidBy::Keyturn)));
    assert_eq!(ips.note.as_deref(), Some("1 address recorded, and one of them changes"));
}

#[test]
fn dv12_a_tick_has_its_day_survives_a_restart_and_can_be_taken_back() {
    let world = World::new();
    world.add_deepvue();
    let entries = tick(&world, "team", true).unwrap();
    let team = item(&entries, "team");
    assert_eq!((team.state, team.by), (ItemState::Done, Some(SaidBy::User)));
    assert_eq!(team.on.unwrap().to_string(), "2026-06-15");
    tick(&world, "source", true).unwrap();
    let world = world.restart();
    assert_eq!(item(&shown(&world), "team").state, ItemState::Done);
    assert_eq!(item(&shown(&world), "source").by, Some(SaidBy::User), "until a scan exists");
    let entries = tick(&world, "team", false).unwrap();
    assert_eq!(item(&entries, "team").state, ItemState::Open);
}

#[test]
fn dv12_what_keyturn_sees_takes_no_tick_and_an_unknown_item_is_refused() {
    let world = World::new();
    world.add_deepvue();
    let seen = tick(&world, "https", true).unwrap_err();
    assert!(matches!(seen, EngineError::Checklist(ChecklistError::Seen { .. })), "{seen}");
    let unknown = tick(&world, "teem", true).unwrap_err();
    assert!(matches!(unknown, EngineError::Checklist(ChecklistError::NoItem { .. })), "{unknown}");
    world.engine.add(credential("deepidv", &[], &[("api_key", KEY)]), "test").unwrap();
    let none = world.engine.checklist(&"deepidv/main".parse().unwrap()).unwrap_err();
    assert!(matches!(none, EngineError::Checklist(ChecklistError::NoList { .. })), "{none}");
}

#[test]
fn dv14_monitoring_has_to_be_ticked_again_after_its_span() {
    let world = World::new();
    world.add_deepvue();
    let entries = tick(&world, "monitoring", true).unwrap();
    assert_eq!(item(&entries, "monitoring").again_on.unwrap().to_string(), "2026-07-15");
    world.clock.advance(TimeDelta::days(29));
    assert_eq!(item(&shown(&world), "monitoring").state, ItemState::Done);
    world.clock.advance(TimeDelta::days(1));
    assert_eq!(item(&shown(&world), "monitoring").state, ItemState::Due);
    tick(&world, "monitoring", true).unwrap();
    assert_eq!(item(&shown(&world), "monitoring").state, ItemState::Done);
}

#[test]
fn dv12_addresses_that_do_not_work_leave_their_item_open() {
    let world = World::new();
    let reference = world.add_deepvue();
    let edit = |change: EditAllowList| {
        world.engine.edit_allow_list(&reference, change, "test").unwrap();
        let entries = shown(&world);
        let ips = item(&entries, "ips");
        (ips.state, ips.note.clone().unwrap())
    };
    let address = |text: &str| AddAddress {
        address: text.parse().unwrap(),
        kind: AddressKind::Static,
        label: None,
        registered_on: None,
    };
    let add = |text: &str| EditAllowList { add: Some(address(text)), ..EditAllowList::default() };
    let (state, note) = edit(add("192.168.1.7"));
    assert_eq!(state, ItemState::Open, "{note}");
    assert!(note.contains("internal"), "{note}");
    assert_eq!(edit(add("203.0.113.7")).0, ItemState::Done);
    let on = "2026-06-14".parse().unwrap();
    let failed = Some(ListTest { outcome: TestOutcome::Failed, on });
    let (state, note) = edit(EditAllowList { listed_test: failed, ..EditAllowList::default() });
    assert_eq!(state, ItemState::Open, "{note}");
    assert_eq!(note, "the test from a listed address failed on 2026-06-14");
}
