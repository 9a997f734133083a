//! What is unusual but real: long texts, other scripts, a small screen, a clock that is set.

use serde_json::{Value, json};

use crate::support::{Machine, Provider, Window, wait};

/// Hebrew, Arabic, and signs of several code points.
const OTHER_SCRIPTS: &str = "שלום עולם مرحبا بالعالم 🔑👩‍👩‍👧";

/// What of the page is out of the window: its own overflow, and buttons that nobody can reach.
fn out_of_sight(window: &Window) -> Value {
    let script = r#"
        const page = document.documentElement;
        const lost = [...document.querySelectorAll("button, input, [role=tab], [role=option]")]
            .filter((e) => e.checkVisibility({ checkVisibilityCSS: true }))
            .filter((e) => {
                const { left, right, width } = e.getBoundingClientRect();
                return width > 1 && (left < -1 || right > innerWidth + 1);
            })
            .map((e) => e.textContent.trim() || e.getAttribute("aria-label"));
        if (page.scrollWidth > innerWidth) lost.push(`a page of ${page.scrollWidth} in ${innerWidth}`);
        return lost;"#;
    window.script(script, &[])
}

#[test]
fn long_names_and_other_scripts_keep_every_button_in_reach() {
    let machine = Machine::new().with_vault();
    let long = "x".repeat(64);
    machine.add(Provider::Deepidv, &long, &["--owner", OTHER_SCRIPTS, "--note", OTHER_SCRIPTS]);
    let (owner, note) = ("W".repeat(200), "y".repeat(2_000));
    machine.add(Provider::Deepvue, "wordy", &["--owner", &owner, "--note", &note]);
    machine.keyturn(&["lock"], "");
    let window = machine.window();
    window.resize(880, 560);
    window.unlock();
    for (name, text) in [(long.as_str(), OTHER_SCRIPTS), ("wordy", &owner)] {
        window.select(name);
        window.says(text);
        window.find("tab", "Overview");
        assert_eq!(out_of_sight(&window), json!([]), "{name}");
        let tabs =
            "document.querySelector('[role=tablist]').getBoundingClientRect().bottom < innerHeight";
        assert_eq!(window.script(&format!("return {tabs}"), &[]), json!(true), "{name}");
        window.click_on("tab", "Notes");
        assert_eq!(out_of_sight(&window), json!([]), "the notes of {name}");
        window.click_on("tab", "Overview");
    }
}

#[test]
fn a_screen_that_is_smaller_than_the_window_shows_all_of_it() {
    let machine = Machine::on_screen_of("800x600").with_vault();
    machine.add(Provider::Deepvue, "main", &["--owner", "Payments"]);
    machine.keyturn(&["lock"], "");
    let window = machine.window();
    window.unlock();
    window.select("Deepvue");
    let place = machine.geometry("^Keyturn$").expect("the window is there");
    assert!(place.width <= 800 && place.height <= 600, "{place:?}");
    window.says("Payments");
    assert_eq!(out_of_sight(&window), json!([]));
    for screen in ["Timeline", "Settings"] {
        window.press_with_control("k");
        window.find("combobox", "");
        window.press_each(&screen.to_lowercase());
        window.click_on("option", screen);
        window.find("heading", screen);
        assert_eq!(out_of_sight(&window), json!([]), "{screen}");
    }
}

/// The page's clock is set, since a test may not set the machine's: every time that it shows comes from there.
#[test]
fn a_clock_that_is_set_forward_and_back_is_right_at_the_next_look() {
    let machine = Machine::new().with_vault();
    machine.add(Provider::Deepvue, "main", &[]);
    machine.keyturn(&["token", "deepvue/main"], "");
    machine.keyturn(&["lock"], "");
    let window = machine.window();
    window.unlock();
    window.select("Deepvue");
    let said = || window.text().contains("Expired");
    assert!(!said(), "its token lives for a day");
    let set = |hours: i32| {
        let script = "const real = (window.__real ??= Date.now);
                      Date.now = () => real() + arguments[0] * 3_600_000;
                      document.dispatchEvent(new Event('visibilitychange'));";
        window.script(script, &[json!(hours)]);
    };
    set(25);
    wait::until("an expired token", || said().then_some(()));
    set(0);
    wait::until("a living token", || (!said()).then_some(()));
    set(-48);
    wait::until("a page that stands", || window.look_for("button", "Copy token"));
    assert!(!said());
}
