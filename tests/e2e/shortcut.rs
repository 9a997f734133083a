//! The shortcut that works in every program, pressed on the keyboard: the palette comes in the window that is
//! open, or in one that opens for it.

use std::thread;

use keyturn_protocol::Event;
use keyturn_protocol::calls::{ShortcutState, ShowShortcut};
use serde_json::json;

use crate::support::{Dragged, Inspector, Key, Machine, PASSPHRASE, Provider, Window, wait};

const TITLE: &str = "^Keyturn$";
const KEYS: &str = "ctrl+alt+k";

/// Waits until the session has the keys.
fn listening(machine: &Machine) {
    wait::until("the desktop to take the keys", || {
        let view = machine.client().call(ShowShortcut {}).ok()?;
        (view.state == ShortcutState::Working).then_some(())
    });
}

/// Presses the keys while the palette is shown, and waits until the page was told: it hears of things in their
/// order, so that it knows of the keys once it lists a credential that was added after them.
fn press_until_the_page_knows(machine: &Machine, window: &Window) {
    machine.unlock();
    let mut events = machine.client().subscribe().expect("the agent tells what happens");
    let told = thread::spawn(move || {
        while events.wait().expect("the agent goes on") != Event::PaletteRequested {}
    });
    machine.press_key(KEYS);
    wait::until("the agent to be told", || told.is_finished().then_some(()));
    told.join().expect("the palette was asked for");
    machine.add(Provider::Deepidv, "asked-later", &[]);
    window.find("option", "asked-later");
}

#[test]
fn the_palette_comes_in_the_window_that_is_open_and_brings_it_to_the_front() {
    let machine = Machine::new().with_vault();
    machine.add(Provider::Deepidv, "asked-for", &[]);
    machine.keyturn(&["lock"], "");
    let window = machine.window();
    window.unlock();
    window.find("option", "asked-for");
    listening(&machine);
    let _other = machine.other_program(Dragged::Text("nothing"));

    machine.press_key(KEYS);
    window.find("combobox", "");
    assert!(window.look_for("dialog", "").is_some(), "the palette is a dialog");
    wait::until("the window in front", || (machine.focused_window() == "Keyturn").then_some(()));
    assert_eq!(machine.windows_shown(TITLE), 1, "no second window");

    // What is typed goes into it; pressed again, nothing more opens.
    machine.type_text("asked");
    window.find("option", "asked-for");
    press_until_the_page_knows(&machine, &window);
    window.press_key(Key::Escape);
    wait::until("the palette's end", || window.look_for("dialog", "").is_none().then_some(()));
    assert_eq!(machine.windows_shown(TITLE), 1);
}

#[test]
fn the_palette_waits_behind_the_lock_of_a_window_that_opens_for_it() {
    let machine = Machine::new().with_vault();
    machine.add(Provider::Deepidv, "asked-for", &[]);
    let inspector = machine.open_windows_to_inspector();
    listening(&machine);
    assert!(!machine.shows_window(TITLE));

    machine.press_key(KEYS);
    wait::until("the window", || machine.shows_window(TITLE).then_some(()));
    let mut page = Inspector::of(&inspector);
    let focus = "document.activeElement?.tagName === 'INPUT'";
    wait::until("the field", || (page.evaluate(focus) == json!(true)).then_some(()));
    wait::until("its focus", || (machine.focused_window() == "Keyturn").then_some(()));
    machine.type_text(PASSPHRASE);
    machine.press_key("Return");
    let palette = "document.querySelector('dialog[open] [role=combobox]') !== null";
    wait::until("the palette", || (page.evaluate(palette) == json!(true)).then_some(()));
    assert_eq!(machine.windows_shown(TITLE), 1);
    machine.press_key("Escape");
    machine.press_key("ctrl+q");
    wait::until("the end of it all", || (!machine.shows_window(TITLE)).then_some(()));
}
