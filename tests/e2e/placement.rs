//! The window's size and place, kept from one opening to the next.

use serde_json::json;

use crate::support::{Geometry, Key, Machine, Provider, Window, wait};

const TITLE: &str = "^Keyturn$";
const SIDEBAR: &str = "return document.querySelector('[data-pane=filters]')";

/// The window, closed as its user does; it is gone afterwards.
fn close(machine: &Machine, window: Window, act: impl FnOnce(&Window)) {
    act(&window);
    wait::until("the end of the window", || (!machine.shows_window(TITLE)).then_some(()));
    drop(window);
}

fn opened(machine: &Machine) -> Window {
    let window = machine.window();
    window.find("textbox", "Passphrase");
    window
}

/// Where the window is, once it is there and so large.
#[track_caller]
fn placed(machine: &Machine, width: u32, height: u32) -> Geometry {
    wait::until(&format!("a window of {width} × {height}"), || {
        let now = machine.geometry(TITLE)?;
        ((now.width, now.height) == (width, height)).then_some(now)
    })
}

#[track_caller]
fn comes_back_to(machine: &Machine, place: Geometry) {
    let back = wait::ask(|| (machine.geometry(TITLE)? == place).then_some(()));
    assert!(back.is_some(), "{:?} instead of {place:?}", machine.geometry(TITLE));
}

#[test]
fn the_window_comes_back_as_large_and_where_it_was_however_it_was_closed() {
    let machine = Machine::new().with_vault();
    machine.keyturn(&["lock"], "");
    let window = opened(&machine);
    machine.place_window(TITLE, Geometry { x: 140, y: 90, width: 960, height: 620 });
    let first = placed(&machine, 960, 620);
    close(&machine, window, |window| {
        window.press_with_control("w");
        window.click_on("button", "Close the window");
    });

    let window = opened(&machine);
    comes_back_to(&machine, first);
    machine.place_window(TITLE, Geometry { x: 40, y: 50, width: 1_100, height: 640 });
    let second = placed(&machine, 1_100, 640);
    assert_ne!(second, first);
    // By its frame; what closing means was explained before.
    close(&machine, window, |_| machine.press_key("alt+F4"));

    let window = opened(&machine);
    comes_back_to(&machine, second);
    // With everything.
    close(&machine, window, |window| window.end_with_control("q"));
    let _window = opened(&machine);
    comes_back_to(&machine, second);
}

#[test]
fn a_window_that_filled_the_screen_does_so_again_and_knows_its_size_before() {
    let machine = Machine::new().with_vault();
    machine.keyturn(&["lock"], "");
    let window = opened(&machine);
    machine.place_window(TITLE, Geometry { x: 140, y: 90, width: 960, height: 620 });
    let before = placed(&machine, 960, 620);
    close(&machine, window, |window| {
        window.press_with_control("w");
        window.click_on("button", "Close the window");
    });
    let window = opened(&machine);
    comes_back_to(&machine, before);
    machine.double_click_title(TITLE);
    let full = wait::until("a window that fills the screen", || {
        machine.geometry(TITLE).filter(|now| now.width > 1_200)
    });
    close(&machine, window, |_| machine.press_key("alt+F4"));

    let _window = opened(&machine);
    comes_back_to(&machine, full);
    machine.double_click_title(TITLE);
    comes_back_to(&machine, before);
}

#[test]
fn a_window_whose_screen_is_gone_comes_back_where_it_is_seen() {
    let machine = Machine::new().with_vault();
    machine.keyturn(&["lock"], "");
    let kept = r#"{"width":960.0,"height":620.0,"x":4000.0,"y":90.0,"maximized":false}"#;
    std::fs::write(machine.folder().join("home/state/window.json"), kept).unwrap();
    let _window = opened(&machine);
    let now = placed(&machine, 960, 620);
    assert!(now.x >= 0 && now.x + 960 <= 1_280, "{now:?}");
}

#[test]
fn a_hidden_sidebar_and_the_lists_width_come_back_with_the_window() {
    let machine = Machine::new().with_vault();
    machine.add(Provider::Deepidv, "main", &[]);
    machine.keyturn(&["lock"], "");
    let window = machine.window();
    window.unlock();
    window.find("button", "Lock");
    let divider = window.find("separator", "Width of the list");
    window.wait_for_attribute(&divider, "aria-valuenow", "340");
    window.script("arguments[0].focus()", &[divider.reference()]);
    window.press_key(Key::Right);
    window.press_key(Key::Right);
    window.wait_for_attribute(&divider, "aria-valuenow", "372");
    window.press_with_control("b");
    wait::until("no sidebar", || window.element(SIDEBAR, &[]).is_none().then_some(()));
    // What is kept is written before the window goes.
    wait::until("both in the preferences", || {
        let kept = window.invoke("show_preferences", &json!({}));
        let kept = &kept["value"]["preferences"];
        (kept["list_width"] == 372 && kept["sidebar_hidden"] == true).then_some(())
    });
    close(&machine, window, |window| window.end_with_control("q"));

    let window = machine.window();
    window.unlock();
    let divider = window.find("separator", "Width of the list");
    window.wait_for_attribute(&divider, "aria-valuenow", "372");
    assert!(window.element(SIDEBAR, &[]).is_none(), "the sidebar stays hidden");
    window.press_with_control("b");
    wait::until("the sidebar", || window.element(SIDEBAR, &[]));
}
