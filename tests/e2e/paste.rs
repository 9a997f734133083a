//! Anything that is pasted or dropped into the real window, by the X server's own clipboard and its drag and
//! drop: it is found, shown by what it is and added, and nothing of it becomes text of the page.

use serde_json::json;

use crate::support::{Dragged, Machine, Provider, Window, wait};

/// What a user has of two providers, in a file of variables.
fn variables(machine: &Machine) -> String {
    let known = |provider, field: &str| machine.sandbox().credential(provider, field);
    format!(
        "# from the console\nexport DEEPVUE_CLIENT_ID={}\nDEEPVUE_CLIENT_SECRET=\"{}\"\n\
         DEEPIDV_API_KEY={}\nDEBUG=1\n",
        known(Provider::Deepvue, "client_id"),
        known(Provider::Deepvue, "client_secret"),
        known(Provider::Deepidv, "api_key"),
    )
}

/// The window on the open vault, with the keyboard.
fn open_window(machine: &Machine) -> Window {
    machine.keyturn(&["lock"], "");
    let window = machine.window();
    window.record_answers();
    window.unlock();
    machine.focus_window("Keyturn");
    window
}

/// Looks for the two secrets in all that the page holds and was told.
#[track_caller]
fn holds_no_secret(machine: &Machine, window: &Window) {
    let (page, answers) = (window.everything(), window.answers());
    for (provider, field) in [(Provider::Deepvue, "client_secret"), (Provider::Deepidv, "api_key")]
    {
        let secret = machine.sandbox().credential(provider, field);
        assert!(!page.contains(&secret), "the page holds {field}");
        assert!(!answers.contains(&secret), "an answer of the shell holds {field}");
    }
}

/// The search has the focus in a window that was just opened, so that this is where a paste arrives.
#[test]
fn variables_of_two_providers_are_pasted_into_an_empty_vault_and_added_together() {
    let machine = Machine::new().with_vault();
    let window = open_window(&machine);
    window.find("textbox", "Paste a key, .env, cURL or JWT");
    let search = window.find("textbox", "Search credentials");
    wait::until("its focus", || window.has_focus(&search).then_some(()));
    machine.put_on_clipboard(&variables(&machine));
    machine.press_key("ctrl+v");
    window.says("Variables of a .env file, hidden");
    window.says("2 credentials in one paste");
    assert_eq!(window.value(&search), "");
    holds_no_secret(&machine, &window);

    window.click_on("button", "Add 2 credentials");
    window.says("2 credentials added");
    holds_no_secret(&machine, &window);
    let shown = window.everything();
    let open = machine.sandbox().credential(Provider::Deepvue, "client_id");
    window.select("Deepvue");
    window.says(&open);
    assert!(!shown.contains("DEEPIDV_API_KEY"), "the text itself is gone");

    machine.unlock();
    for (provider, field) in [(Provider::Deepvue, "client_secret"), (Provider::Deepidv, "api_key")]
    {
        let stored = machine.keyturn(&["get", &format!("{}/main/{field}", provider.id())], "");
        assert_eq!(stored.trim_end(), machine.sandbox().credential(provider, field));
    }
}

#[test]
fn a_curl_line_is_pasted_into_the_gallery_and_fills_the_form_with_its_key() {
    let machine = Machine::new().with_vault();
    machine.add(Provider::Deeply, "other", &[]);
    let window = open_window(&machine);
    window.click_on("button", "Add credential");
    window.find("dialog", "Add a credential");
    let zone = window.find("textbox", "Paste a key, .env, cURL or JWT");
    wait::until("its focus", || window.has_focus(&zone).then_some(()));
    let key = machine.sandbox().credential(Provider::Deepidv, "api_key");
    let line = format!("curl https://api.deepidv.com/v1/sessions -H 'x-api-key: {key}'");
    machine.put_on_clipboard(&line);
    machine.press_key("ctrl+v");
    window.says("A cURL command, hidden");
    holds_no_secret(&machine, &window);

    window.click_on("button", "Certain");
    let four: String = key.chars().skip(key.chars().count() - 4).collect();
    window.says(&format!("Caught, hidden, ends with {four}"));
    let name = window.find("textbox", "Name");
    window.replace_text(&name, "pasted");
    window.click_on("button", "Add credential");
    window.find("heading", "pasted");
    holds_no_secret(&machine, &window);
    machine.unlock();
    assert_eq!(machine.keyturn(&["get", "deepidv/pasted/api_key"], "").trim_end(), key);
}

/// `WebKitGTK` hands a page no file that another program drops on it: it says so, and what to do instead.
#[test]
fn a_dropped_text_is_read_as_a_paste_and_a_dropped_file_is_told_how_it_comes_in() {
    let machine = Machine::new().with_vault();
    let window = open_window(&machine);
    window.find("textbox", "Paste a key, .env, cURL or JWT");
    let file = machine.folder().join("some.env");
    std::fs::write(&file, variables(&machine)).expect("a file can be written");
    machine.drop_onto(&window, Dragged::File(&file.to_string_lossy()));
    window.says("Open the file, copy what is in it, and paste it here.");

    machine.drop_onto(&window, Dragged::Text(&variables(&machine)));
    window.says("2 credentials in one paste");
    holds_no_secret(&machine, &window);
    let place = window.script("return location.pathname", &[]);
    assert_eq!(place, json!("/"), "nothing that is dropped is opened in its place");
}
