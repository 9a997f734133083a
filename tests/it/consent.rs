//! Who may use the open vault: what descends from the program that unlocked it, and nobody else.

use keyturn_sandbox::Provider;

use crate::support::World;

/// Runs the rest of its words as a program of another family: its parent is gone before they begin.
const STRANGER: &str = r#"
setsid sh -c '
    while [ "$(cut -d " " -f 4 /proc/$$/stat)" = "$1" ]; do :; done
    shift
    "$@" 2>&1
    echo "status=$?"
' stranger $$ "$@" &
"#;

fn as_stranger(world: &World, words: &[&str]) -> (String, bool) {
    let outcome = world.program(&[&["sh", "-c", STRANGER, "sh"], words].concat()).run();
    (outcome.stdout.clone(), outcome.stdout.contains("status=5"))
}

#[test]
fn a_program_that_was_not_granted_the_vault_gets_nothing() {
    let world = World::with_providers();
    world.add(Provider::Deepidv);
    for words in [
        &["keyturn", "get", "deepidv/main/api_key"][..],
        &["keyturn", "list"],
        &["keyturn", "remove", "deepidv/main"],
    ] {
        let (said, refused) = as_stranger(&world, words);
        assert!(refused, "{words:?}: {said}");
        world.holds_no_secret("what a stranger got", &said);
        assert!(!said.contains("deepidv/main\n"), "not even names: {said}");
    }
    let (said, refused) = as_stranger(&world, &["keyturn", "status"]);
    assert!(!refused && said.contains("status=0"), "anyone may ask how things stand: {said}");
    let own = world.keyturn(&["get", "deepidv/main/api_key"]).run().done();
    assert_eq!(own.line(), world.sandbox().credentials().deepidv.api_key);
}

#[test]
fn a_script_below_the_program_that_unlocked_may_use_the_vault() {
    let world = World::with_providers();
    world.add(Provider::Deepidv);
    let script = world.program(&["sh", "-c", "keyturn list --format json | cat"]).run().done();
    assert_eq!(script.json()[0]["ref"], "deepidv/main");
}

#[test]
fn a_lock_ends_every_grant() {
    let world = World::with_providers();
    world.add(Provider::Deepidv);
    world.keyturn(&["lock"]).run().done();
    world.keyturn(&["get", "deepidv/main/api_key"]).run().exits(3);
}
