//! A walk through the real window: for the demo, and for the pictures of the README.
//!
//!     tour demo FOLDER           opens it on this screen, or walks through it on an invisible one
//!     tour screenshots FOLDER    writes the pictures, light and dark

mod support;

use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use support::{Key, Machine, PASSPHRASE, Provider, wait};

fn main() -> ExitCode {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    match *words {
        ["demo", folder] => demo(Path::new(folder)),
        ["screenshots", folder] => screenshots(Path::new(folder)),
        _ => {
            say("tour demo FOLDER | tour screenshots FOLDER");
            return ExitCode::FAILURE;
        }
    }
    ExitCode::SUCCESS
}

fn demo(folder: &Path) {
    let folder = fresh(folder);
    let has_screen = ["DISPLAY", "WAYLAND_DISPLAY"]
        .into_iter()
        .any(|name| std::env::var_os(name).is_some_and(|value| !value.is_empty()));
    if has_screen {
        let machine = furnished(Machine::on_this_screen(folder));
        say(&format!("The window opens on a vault of its own. Its passphrase: {PASSPHRASE}"));
        say("Close the window to end the demo.");
        let ended = machine.plain_window().status().expect("the window can be started");
        assert!(ended.success(), "the window ended with {ended}");
        return;
    }
    say("There is no screen here, so the window is walked through on an invisible one.");
    let pictures = folder.clone();
    let machine = furnished(Machine::in_folder(folder));
    let window = machine.window();
    let picture = |name: &str, what: &str| {
        let file = pictures.join(name);
        window.picture(&file);
        say(&format!("  {what}\n    {}", file.display()));
    };
    window.find("textbox", "Passphrase");
    picture("1-locked.png", "The vault is locked.");
    window.unlock();
    window.select("Deepvue");
    window.says("Fields");
    picture("2-open.png", "Unlocked, and Deepvue selected: its token ticks.");
    window.click_on("button", "Copy token");
    window.says("copied");
    picture("3-copied.png", "Its token is copied.");
    let issued = machine.sandbox().last_token(Provider::Deepvue).expect("a token was issued");
    assert_eq!(machine.clipboard(), issued, "the clipboard holds the token");
    say("    Read back with xclip and compared with what the provider issued: the same.");
    send_sample(&window);
    picture("4-sent.png", "Its sample request was sent, and the answer is explained.");
    test_a_request(&window);
    picture("5-tested.png", "A request of one's own is sent, and its answer looked through.");
    say("That was the window. The pictures stay until the next demo.");
}

fn send_sample(window: &support::Window) {
    window.bring_into_view("button", "Send");
    window.click_on("button", "Send");
    window.find("status", "The answer");
    window.bring_into_view("status", "The answer");
}

/// Sends in the tester what the picked credential is for.
fn test_a_request(window: &support::Window) {
    window.click_on("button", "Requests");
    window.find("heading", "Requests");
    let path = window.find("textbox", "Path and query");
    // Before the credential has come there is nothing to send.
    wait::until("the sample's path", || (!window.value(&path).is_empty()).then_some(()));
    window.press_with_control(Key::Enter.character());
    window.find("tree", "Body of the answer");
}

fn screenshots(folder: &Path) {
    std::fs::create_dir_all(folder).expect("the folder can be made");
    // The program that takes the pictures runs in the machine's own folder.
    let folder = folder.canonicalize().expect("the folder is there");
    let machine = furnished(Machine::new());
    for theme in ["light", "dark"] {
        let window = machine.window_in(theme);
        let picture = |name: &str| {
            let file = folder.join(format!("{name}-{theme}.png"));
            window.settle();
            machine.picture("^Keyturn$", &file);
            say(&file.display().to_string());
        };
        window.find("textbox", "Passphrase");
        picture("lock");
        window.unlock();
        window.select("Deepvue");
        window.says("Fields");
        picture("credential");
        for tab in ["Snippets", "History", "Notes"] {
            window.click_on("tab", tab);
            picture(&tab.to_lowercase());
        }
        window.click_on("tab", "Overview");
        send_sample(&window);
        picture("request");
        test_a_request(&window);
        picture("requests");
        window.click_on("button", "All credentials");
        window.press_with_control("k");
        window.find("dialog", "");
        picture("palette");
        window.press_key(Key::Escape);
        for screen in ["Timeline", "Health", "Inbox", "Activity", "Trash", "Settings"] {
            window.click_on("button", screen);
            window.find("heading", screen);
            picture(&screen.to_lowercase());
        }
        window.click_on("button", "All credentials");
        window.select("meter");
        window.click_on("button", "Rotate");
        window.find("heading", "Waiting for the provider");
        picture("rotation");
        window.click_on("button", "Go on later");
        window.click_on("button", "Add credential");
        window.find("dialog", "Add a credential");
        window.find("button", "Deepvue");
        picture("gallery");
        drop(window);
        machine.keyturn(&["lock"], "");
    }
}

/// A vault with the four providers, tokens that tick, one key that is due, and one reveal-once key.
fn furnished(machine: Machine) -> Machine {
    let machine = machine.with_vault();
    machine.add(Provider::Deepvue, "main", &["--owner", "Payments", "--rotate-every", "180d"]);
    let due = machine.day(-80);
    let interval = ["--owner", "Onboarding", "--issued", &due, "--rotate-every", "90d"];
    machine.add(Provider::Deepidv, "main", &interval);
    machine.add(Provider::Deeply, "main", &["--owner", "Facility"]);
    machine.add(Provider::Deepcurrent, "main", &["--owner", "Grid"]);
    let once = machine.sandbox().credential(Provider::Deepcurrent, "api_key");
    machine.keyturn(&["capture", "deepcurrent/meter"], &once);
    machine
        .keyturn(&["consumers", "deepcurrent/meter", "--add", "GitHub Actions of repo grid"], "");
    machine.keyturn(&["rotate", "deepcurrent/meter", "--requested", "--ticket", "DC-4711"], "");
    for reference in ["deepvue/main", "deeply/main", "deepcurrent/main"] {
        machine.keyturn(&["token", reference], "");
    }
    machine.keyturn(&["lock"], "");
    machine
}

/// The folder, absolute and empty.
fn fresh(folder: &Path) -> PathBuf {
    if folder.exists() {
        std::fs::remove_dir_all(folder).expect("an earlier demo can be removed");
    }
    std::fs::create_dir_all(folder).expect("the folder can be made");
    folder.canonicalize().expect("the folder is there")
}

fn say(line: &str) {
    // Nothing can be done where stdout is closed.
    drop(writeln!(io::stdout(), "{line}"));
}
