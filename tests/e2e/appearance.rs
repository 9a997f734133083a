//! The window as the user wants it from its first paint on, and without names while somebody looks.

use serde_json::json;

use crate::support::{Machine, Provider, Window, wait};

const WANTED: &str = "[window]\ntheme = \"dark\"\ndensity = \"compact\"\ntext_size = 120\n\
                      contrast = \"more\"\nmotion = \"reduced\"\n";

#[test]
fn the_window_looks_as_the_user_wants_it_though_no_page_asks_for_preferences() {
    let machine = Machine::new().with_vault();
    std::fs::write(machine.folder().join("home/config.toml"), WANTED).unwrap();
    let window = machine.window();
    window.find("textbox", "Search credentials");
    let look = "const { dataset: { theme, density, contrast, motion }, style } = document.documentElement; \
                const { colorScheme } = getComputedStyle(document.documentElement); \
                return [theme, density, contrast, motion, style.fontSize, colorScheme];";
    let expected = json!(["dark", "compact", "more", "reduced", "120%", "dark"]);
    assert_eq!(window.script(look, &[]), expected);
}

fn markup(window: &Window) -> String {
    let page = window.script("return document.documentElement.outerHTML", &[]);
    page.as_str().unwrap_or_default().to_owned()
}

#[test]
fn share_safe_mode_takes_names_from_the_window_and_goes_on_in_the_next() {
    let machine = Machine::new().with_vault();
    machine.add(Provider::Deepvue, "canaryname", &[]);
    let window = machine.window();
    wait::until("the credential in the list", || {
        markup(&window).contains("canaryname").then_some(())
    });
    window.script(
        "window.dispatchEvent(new KeyboardEvent('keydown', \
         { key: 'M', ctrlKey: true, shiftKey: true, bubbles: true }))",
        &[],
    );
    window.find("button", "Show them");
    let hidden = |window: &Window| {
        let page = markup(window);
        page.contains("credential-1") && !page.contains("canaryname")
    };
    wait::until("a list without names", || hidden(&window).then_some(()));
    drop(window);
    let next = machine.window();
    next.find("button", "Show them");
    wait::until("a list without names in the next", || hidden(&next).then_some(()));
}
