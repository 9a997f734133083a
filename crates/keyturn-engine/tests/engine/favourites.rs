//! What the user wants at hand: marked, unmarked, and kept whatever else becomes of the credential.

use keyturn_core::CredentialRef;
use keyturn_engine::{EditCredential, ListFilter, TrashChoice};

use crate::world::{World, deepvue, unchanged};

/// Adds `deepvue/NAME`.
fn add(world: &World, name: &str) -> CredentialRef {
    let mut request = deepvue();
    request.name = name.parse().unwrap();
    world.engine.add(request, "test").unwrap().credential.reference()
}

fn mark(world: &World, reference: &CredentialRef, favourite: bool) {
    let edit = EditCredential { favourite: Some(favourite), ..unchanged(reference.clone()) };
    let marked = world.engine.edit(edit, "test").unwrap();
    assert_eq!(marked.credential.favourite, favourite, "the answer says so already");
}

/// The names of the favourites, in the order of the list.
fn favourites(world: &World) -> Vec<String> {
    let list = world.engine.list(&ListFilter::default()).unwrap();
    let marked = list.into_iter().filter(|one| one.credential.favourite);
    marked.map(|one| one.credential.name.to_string()).collect()
}

#[tokio::test]
async fn favourites_are_in_the_order_of_names_whichever_was_marked_first() {
    let world = World::new();
    let [a, b, c] = ["a", "b", "c"].map(|name| add(&world, name));
    assert_eq!(favourites(&world), Vec::<String>::new(), "a new one is none");
    mark(&world, &c, true);
    mark(&world, &a, true);
    assert_eq!(favourites(&world), ["a", "c"]);
    mark(&world, &b, true);
    mark(&world, &a, false);
    assert_eq!(favourites(&world), ["b", "c"]);
}

#[tokio::test]
async fn a_favourite_stays_one_after_a_restart_another_edit_and_its_time_in_the_trash() {
    let world = World::new();
    let reference = add(&world, "kept");
    add(&world, "plain");
    mark(&world, &reference, true);
    let world = world.restart();
    assert_eq!(favourites(&world), ["kept"]);

    let owner = EditCredential { owner: Some("Ann".to_owned()), ..unchanged(reference.clone()) };
    world.engine.edit(owner, "test").unwrap();
    assert_eq!(favourites(&world), ["kept"], "an edit that does not name it leaves it");

    world.engine.remove(&reference, "test").unwrap();
    assert_eq!(favourites(&world), Vec::<String>::new(), "what is removed is not at hand");
    let world = world.restart();
    let choice = TrashChoice { reference: Some(reference), id: None };
    world.engine.restore(&choice, None, "test").unwrap();
    assert_eq!(favourites(&world), ["kept"]);
}

#[tokio::test]
async fn another_one_under_the_name_of_a_removed_favourite_is_none() {
    let world = World::new();
    let reference = add(&world, "main");
    mark(&world, &reference, true);
    world.engine.remove(&reference, "test").unwrap();
    add(&world, "main");
    assert_eq!(favourites(&world), Vec::<String>::new());
}

#[tokio::test]
async fn the_journal_says_that_it_was_marked_and_nothing_where_nothing_changed() {
    let world = World::new();
    let reference = add(&world, "main");
    mark(&world, &reference, true);
    mark(&world, &reference, true);
    mark(&world, &reference, false);
    let edits = world.journal().into_iter().filter(|entry| entry.action == "edit");
    let changed: Vec<Vec<String>> = edits.map(|entry| entry.changed).collect();
    let said = vec!["favourite".to_owned()];
    assert_eq!(changed, [said.clone(), Vec::new(), said]);
}
