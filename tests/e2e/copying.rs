//! Copying by each way that the window has: the row's button, the key, the detail's button, the palette.

use crate::support::{Key, Machine, Provider, Window, wait};

fn window_with_two(machine: &Machine) -> Window {
    machine.add(Provider::Deepvue, "one", &[]);
    machine.add(Provider::Deeply, "two", &[]);
    machine.keyturn(&["lock"], "");
    let window = machine.window();
    window.unlock();
    window
}

#[track_caller]
fn holds_token_of(machine: &Machine, provider: Provider) {
    wait::until("the token on the clipboard", || {
        let token = machine.sandbox().last_token(provider)?;
        (machine.clipboard() == token).then_some(())
    });
}

#[test]
fn the_rows_button_copies_that_row_whatever_is_selected() {
    let machine = Machine::new().with_vault();
    let window = window_with_two(&machine);
    window.select("Deeply");
    let row = window.find("option", "Deepvue");
    window.point_at(&row);
    let button = wait::until("the row's button", || {
        let script = "return arguments[0].querySelector('[data-copy]')";
        window.element(script, &[row.reference()])
    });
    window.click_with_pointer(&button);
    window.says("Token of Deepvue");
    holds_token_of(&machine, Provider::Deepvue);
}

#[test]
fn the_key_and_the_details_button_copy_what_is_selected() {
    let machine = Machine::new().with_vault();
    let window = window_with_two(&machine);
    window.select("Deepvue");
    let search = window.find("textbox", "Search credentials");
    window.click(&search);
    window.press_key(Key::Down);
    window.press("c");
    window.says("copied");
    let copied = wait::ask(|| {
        Provider::ALL.into_iter().find(|provider| {
            machine
                .sandbox()
                .last_token(*provider)
                .is_some_and(|token| token == machine.clipboard())
        })
    });
    assert!(copied.is_some(), "the key copies a token");

    window.select("Deeply");
    window.click_on("button", "Copy token");
    window.says("Token of Deeply");
    holds_token_of(&machine, Provider::Deeply);
}

/// Bar 1: the palette copies with its key, three letters and Enter.
#[test]
fn the_palette_copies_after_three_letters_and_enter() {
    let machine = Machine::new().with_vault();
    let window = window_with_two(&machine);
    window.find("option", "Deepvue");
    window.press_with_control("k");
    window.find("dialog", "");
    window.press_each("two");
    window.find("option", "two");
    window.press_key(Key::Enter);
    window.says("Token of Deeply");
    holds_token_of(&machine, Provider::Deeply);
}
