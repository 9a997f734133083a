//! The shortcut that works in every program: its keys, kept in `config.toml`, and what pressing them does.
//! The window's program is a stand-in that writes down how it was started.

use std::fs;

use keyturn_protocol::ErrorCode;
use keyturn_protocol::calls::{SetShortcut, ShortcutState, ShortcutView, ShowShortcut};

use crate::support::{Installation, World, client, wait};

fn shown(world: &World) -> ShortcutView {
    client(world).call(ShowShortcut {}).unwrap()
}

fn set(world: &World, keys: &str) -> ShortcutView {
    client(world).call(SetShortcut { keys: keys.to_owned() }).unwrap()
}

fn working(world: &World, keys: &str) {
    wait::until("the desktop to take the keys", || {
        let view = shown(world);
        (view.keys == keys && view.state == ShortcutState::Working).then_some(())
    });
}

#[test]
fn pressing_the_keys_opens_the_palette_and_other_keys_can_be_chosen() {
    let world = World::empty().screen();
    let installation = Installation::new(&world);
    world.program(&[installation.keyturn(), "list"]).run().exits(3);
    working(&world, "Ctrl+Alt+K");
    assert!(world.desktop_program(&["xdotool", "key", "ctrl+alt+k"]).status.success());
    wait::until("the palette", || (installation.opened() == ["--palette"]).then_some(()));

    assert_eq!(set(&world, "super+f9").state, ShortcutState::Working);
    let file = fs::read_to_string(world.home().join("config.toml")).unwrap();
    assert!(file.contains("palette = \"Super+F9\""), "{file}");
    let keys = ["xdotool", "key", "ctrl+alt+k", "key", "super+F9"];
    assert!(world.desktop_program(&keys).status.success());
    let twice = ["--palette", "--palette"];
    wait::until("the palette", || (installation.opened() == twice).then_some(()));

    assert_eq!(set(&world, "").state, ShortcutState::Off);
    world.keyturn(&["stop"]).run().done();
    world.wait_for_agents_end();
    world.program(&[installation.keyturn(), "list"]).run().exits(3);
    assert_eq!(shown(&world).state, ShortcutState::Off, "it stays off");
}

#[test]
fn keys_that_are_none_are_refused_in_words_and_nothing_changes() {
    let world = World::empty().screen();
    world.keyturn(&["list"]).run().exits(3);
    working(&world, "Ctrl+Alt+K");
    let refused = client(&world).call(SetShortcut { keys: "K".to_owned() }).unwrap_err();
    assert_eq!(refused.code, ErrorCode::InvalidInput);
    assert!(refused.message.contains("types text") && refused.hint.is_some(), "{refused}");
    assert_eq!(shown(&world).keys, "Ctrl+Alt+K");
    assert!(!world.home().join("config.toml").exists());
}

#[test]
fn without_a_screen_it_says_what_to_do_instead() {
    let world = World::empty();
    world.keyturn(&["list"]).run().exits(3);
    let view = wait::until("the agent to have looked", || {
        let view = shown(&world);
        (view.state == ShortcutState::Failed).then_some(view)
    });
    assert!(view.problem.unwrap().contains("keyturn-desktop --palette"));
}
