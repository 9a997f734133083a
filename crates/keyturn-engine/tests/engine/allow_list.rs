//! The list of addresses (DV9), and what the user's word on this machine does to a diagnosis.

use keyturn_core::{AddressKind, ListTest, Listed, TestOutcome};
use keyturn_engine::{AddAddress, AllowListError, EditAllowList, EngineError, ShownAllowList};

use crate::world::{KEY, World, credential};

fn address(text: &str, kind: AddressKind) -> EditAllowList {
    let address = text.parse().unwrap();
    let add = AddAddress { address, kind, label: Some("server".to_owned()), registered_on: None };
    EditAllowList { add: Some(add), ..EditAllowList::default() }
}

fn edit(world: &World, change: EditAllowList) -> Result<ShownAllowList, EngineError> {
    world.engine.edit_allow_list(&"deepvue/main".parse().unwrap(), change, "test")
}

#[test]
fn dv9_what_is_recorded_survives_a_restart() {
    let world = World::new();
    let reference = world.add_deepvue();
    edit(&world, address("203.0.113.7", AddressKind::Static)).unwrap();
    edit(&world, address("2001:db8::/48", AddressKind::Nat)).unwrap();
    let on = "2026-06-14".parse().unwrap();
    let tests = EditAllowList {
        this_machine: Some(Listed::No),
        listed_test: Some(ListTest { outcome: TestOutcome::Ok, on }),
        unlisted_test: Some(ListTest { outcome: TestOutcome::Failed, on }),
        ..EditAllowList::default()
    };
    let before = edit(&world, tests).unwrap().list;
    let world = world.restart();
    let after = world.engine.allow_list(&reference).unwrap().list;
    assert_eq!(before, after);
    assert_eq!(after.addresses.len(), 2);
    assert_eq!(after.addresses[0].registered_on.to_string(), "2026-06-15", "today");
    assert_eq!(after.this_machine, Listed::No);
}

#[test]
fn dv9_a_dynamic_and_an_internal_address_are_warned_of() {
    let world = World::new();
    world.add_deepvue();
    let shown = edit(&world, address("203.0.113.7", AddressKind::Static)).unwrap();
    assert!(shown.warnings.is_empty(), "{:?}", shown.warnings);
    let shown = edit(&world, address("203.0.113.8", AddressKind::Dynamic)).unwrap();
    assert!(shown.warnings[0].starts_with("203.0.113.8: Do not list dynamic"), "{shown:?}");
    let shown = edit(&world, address("192.168.1.7", AddressKind::Static)).unwrap();
    assert!(shown.warnings[1].contains("internal address"), "{:?}", shown.warnings);
}

#[test]
fn dv9_an_address_is_there_once_and_can_be_taken_off() {
    let world = World::new();
    world.add_deepvue();
    edit(&world, address("203.0.113.7", AddressKind::Static)).unwrap();
    let shown = edit(&world, address("203.0.113.7", AddressKind::Elastic)).unwrap();
    assert_eq!(shown.list.addresses.len(), 1);
    assert_eq!(shown.list.addresses[0].kind, AddressKind::Elastic);
    let remove =
        || EditAllowList { remove: "203.0.113.7".parse().ok(), ..EditAllowList::default() };
    assert!(edit(&world, remove()).unwrap().list.addresses.is_empty());
    let error = edit(&world, remove()).unwrap_err();
    let gone = EngineError::AllowList(AllowListError::NoAddress {
        address: "203.0.113.7".parse().unwrap(),
    });
    assert_eq!(error.to_string(), gone.to_string());
}

#[test]
fn dv9_a_provider_without_a_list_says_so() {
    let world = World::new();
    world.engine.add(credential("deepidv", &[], &[("api_key", KEY)]), "test").unwrap();
    let error = world.engine.allow_list(&"deepidv/main".parse().unwrap()).unwrap_err();
    assert!(matches!(error, EngineError::AllowList(AllowListError::NoList { .. })), "{error}");
}

#[test]
fn dv9_a_label_is_one_line() {
    let world = World::new();
    world.add_deepvue();
    let mut change = address("203.0.113.7", AddressKind::Static);
    change.add.as_mut().unwrap().label = Some("two\nlines".to_owned());
    let error = edit(&world, change).unwrap_err();
    assert!(matches!(error, EngineError::AllowList(AllowListError::BadLabel)), "{error}");
}

#[tokio::test]
async fn dv7_dv9_the_users_word_on_this_machine_decides_what_a_refused_exchange_means() {
    let world = World::new();
    world.add_deepvue();
    world.provider_says(&[(403, String::new())]);
    let mut said = Vec::new();
    for listed in [Listed::Unknown, Listed::Yes] {
        let change = EditAllowList { this_machine: Some(listed), ..EditAllowList::default() };
        edit(&world, change).unwrap();
        said.push(world.token().await.unwrap_err().to_string());
    }
    assert!(said[0].contains("most likely this machine's IP address"), "{said:?}");
    assert!(said[1].contains("although this machine is said to be on its IP list"), "{said:?}");
}

#[test]
fn dv9_a_day_that_is_still_to_come_is_refused() {
    let world = World::new();
    let reference = world.add_deepvue();
    let mut change = address("203.0.113.7", AddressKind::Static);
    if let Some(add) = &mut change.add {
        add.registered_on = "2026-06-16".parse().ok();
    }
    let error = edit(&world, change).unwrap_err();
    let EngineError::AllowList(AllowListError::FutureDay { .. }) = error else { panic!("{error}") };
    assert!(world.engine.allow_list(&reference).unwrap().list.addresses.is_empty());
}
