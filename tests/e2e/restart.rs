//! Ending and beginning again: the agent under the window, the window alone, and everything.

use serde_json::json;

use crate::support::{Key, Machine, PASSPHRASE, Provider, Window, processes, wait};

/// The window, unlocked, with the second of two credentials selected.
fn window_at_second(machine: &Machine) -> Window {
    machine.add(Provider::Deepidv, "first", &[]);
    machine.add(Provider::Deepvue, "second", &["--owner", "Payments"]);
    machine.keyturn(&["lock"], "");
    let window = machine.window();
    window.unlock();
    window.select("second");
    window
}

/// That the list has the second one selected, and the details are about it.
#[track_caller]
fn shows_second(window: &Window) {
    window.find("heading", "second");
    let row = window.find("option", "second");
    window.wait_for_attribute(&row, "aria-selected", "true");
    window.says("Payments");
}

#[test]
fn the_same_row_is_selected_after_a_lock_and_after_the_agents_end() {
    let machine = Machine::new().with_vault();
    let window = window_at_second(&machine);
    window.press_with_control("l");
    window.find("heading", "Unlock Keyturn");
    assert!(!window.everything().contains("second"), "a locked page names nothing");
    window.unlock();
    shows_second(&window);

    machine.kill_agent();
    window.find("heading", "Unlock Keyturn");
    window.unlock();
    shows_second(&window);
    // From the search one key leads to that row, not to the first one.
    window.press_key(Key::Down);
    shows_second(&window);
}

#[test]
fn a_form_that_is_being_filled_in_outlives_a_lock_and_its_secret_does_not() {
    const SECRET: &str = "typed-canary-0123456789";
    let machine = Machine::new().with_vault();
    machine.add(Provider::Deepvue, "first", &[]);
    machine.keyturn(&["lock"], "");
    let window = machine.window();
    window.unlock();
    window.begin_to_add("deepidv");
    let name = window.find("textbox", "Name");
    window.replace_text(&name, "night-shift");
    window.fill("API key", SECRET);
    window.record_answers();
    wait::until("the draft in the vault", || {
        let draft = window.invoke("show_draft", &json!({})).to_string();
        draft.contains("night-shift").then_some(())
    });
    machine.keyturn(&["lock"], "");
    window.find("heading", "Unlock Keyturn");
    let locked = window.everything();
    assert!(!locked.contains("night-shift") && !locked.contains(SECRET), "a locked page is empty");

    window.fill("Passphrase", PASSPHRASE);
    window.press_key(Key::Enter);
    window.find("dialog", "deepidv");
    let name = window.find("textbox", "Name");
    wait::until("the draft", || (window.value(&name) == "night-shift").then_some(()));
    let secret = window.find("textbox", "API key");
    assert_eq!(window.value(&secret), "");
    assert!(!window.everything().contains(SECRET) && !window.answers().contains(SECRET));
    assert!(window.answers().contains("night-shift"), "positive control: the draft was heard");
}

#[test]
fn after_everything_ended_the_vault_is_locked_and_holds_what_it_held_and_no_token_is_bought_again()
{
    let machine = Machine::new().with_vault();
    let window = window_at_second(&machine);
    window.click_on("button", "Copy token");
    window.says("copied");
    let token = machine.sandbox().last_token(Provider::Deepvue).expect("a token was issued");
    window.press_with_control("k");
    window.find("dialog", "");
    window.press_key(Key::Escape);
    let agent = machine.agent();
    let family = processes::descendants(window.process());
    window.end_with_control("q");
    wait::until("the end of the window and the agent", || {
        let agent = u32::try_from(agent.as_raw_nonzero().get()).expect("a number of a process");
        (!processes::runs(agent) && !family.iter().any(|pid| processes::runs(*pid))).then_some(())
    });
    wait::until("an empty clipboard", || machine.clipboard().is_empty().then_some(()));
    drop(window);

    let window = machine.window();
    window.find("heading", "Unlock Keyturn");
    assert!(!window.everything().contains("second"), "a locked page names nothing");
    window.unlock();
    assert_ne!(machine.agent(), agent, "another agent");
    window.find("option", "first");
    window.select("second");
    window.says("Payments");
    window.click_on("button", "Copy token");
    window.says("copied");
    assert_eq!(machine.clipboard(), token);
    let last = machine.sandbox().last_token(Provider::Deepvue);
    assert_eq!(json!(last), json!(token), "the stored token lives on");
}
