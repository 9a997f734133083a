//! The shortcut that works in every program: its keys, kept in `config.toml`, and what pressing them does.
//! The window's program is a stand-in that writes down how it was started.

use std::fs;
use std::path::{Path, PathBuf};

use keyturn_protocol::ErrorCode;
use keyturn_protocol::calls::{SetShortcut, ShortcutState, ShortcutView, ShowShortcut};

use crate::support::{World, client, program, wait};

/// A copy of `keyturn` with a window's program beside it.
fn installed(world: &World) -> PathBuf {
    let folder = world.folder().join("bin");
    fs::create_dir_all(&folder).unwrap();
    program::copy(Path::new(env!("CARGO_BIN_EXE_keyturn")), &folder.join("keyturn"));
    let script = format!("#!/bin/sh\necho \"$@\" >> {}\n", world.folder().join("opened").display());
    program::write(&folder.join("keyturn-desktop"), &script);
    folder.join("keyturn")
}

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
    let keyturn = installed(&world);
    world.program(&[keyturn.to_str().unwrap(), "list"]).run().exits(3);
    working(&world, "Ctrl+Alt+K");
    let opened = || fs::read_to_string(world.folder().join("opened")).unwrap_or_default();
    assert!(world.desktop_program(&["xdotool", "key", "ctrl+alt+k"]).status.success());
    wait::until("the palette", || (opened() == "--palette\n").then_some(()));

    assert_eq!(set(&world, "super+f9").state, ShortcutState::Working);
    let file = fs::read_to_string(world.home().join("config.toml")).unwrap();
    assert!(file.contains("palette = \"Super+F9\""), "{file}");
    let keys = ["xdotool", "key", "ctrl+alt+k", "key", "super+F9"];
    assert!(world.desktop_program(&keys).status.success());
    wait::until("the palette", || (opened() == "--palette\n--palette\n").then_some(()));

    assert_eq!(set(&world, "").state, ShortcutState::Off);
    world.keyturn(&["stop"]).run().done();
    world.wait_for_agents_end();
    world.program(&[keyturn.to_str().unwrap(), "list"]).run().exits(3);
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
