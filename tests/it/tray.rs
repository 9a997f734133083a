//! The tray's menu over the bus, without any window: what it says, and what each of its lines does. The panel
//! that shows it is a fake, as is the window's program, which writes down how it was started.

use chrono::TimeDelta;
use keyturn_core::{Clock, SystemClock};
use keyturn_sandbox::{Provider, SandboxOptions};

use crate::support::{Installation, PASSPHRASE, Panel, World, wait};

/// A screen for the clipboard, a bus with a panel, and an open vault with the providers.
fn world() -> (World, Panel) {
    let world = World::empty().screen().bus();
    let panel = world.panel();
    (world.vault().providers(&SandboxOptions::default()), panel)
}

/// Waits until the menu is made of these lines, headline first.
#[track_caller]
fn shows(panel: &Panel, expected: &[&str]) {
    let shown = wait::ask(|| (panel.lines() == expected).then_some(()));
    assert!(shown.is_some(), "{:?} instead of {expected:?}", panel.lines());
}

/// What the menu can copy, in order; without what it says of a token's time.
fn copies(panel: &Panel) -> Vec<String> {
    let lines = panel.lines().into_iter();
    let names = lines.filter_map(|line| Some(line.strip_prefix("Copy ")?.to_owned()));
    names.map(|line| line.split(" · ").next().unwrap().to_owned()).collect()
}

#[test]
fn an_open_vaults_menu_copies_pauses_reminders_and_locks() {
    let (world, panel) = world();
    shows(
        &panel,
        &[
            "Nothing needs you",
            "Quick copy…",
            "Open Keyturn",
            "Pause reminders for 1 h",
            "Lock",
            "Quit",
        ],
    );
    world.add(Provider::Deepvue);
    panel.click("Copy deepvue/main");
    wait::until("the token on the clipboard", || {
        let token = world.admin().last_token(Provider::Deepvue)?;
        (world.clipboard() == token).then_some(())
    });
    wait::until("the token's time", || {
        panel.lines().iter().any(|line| line == "Copy deepvue/main · 23 h").then_some(())
    });

    let paused = || !world.json(&["remind", "--settings"])["paused_until"].is_null();
    panel.click("Pause reminders");
    wait::until("the pause", || paused().then_some(()));
    panel.click("Resume reminders");
    wait::until("the end of the pause", || (!paused()).then_some(()));

    panel.click("Lock");
    wait::until("the lock", || (world.status()["state"] == "locked").then_some(()));
    shows(&panel, &["The vault is locked", "Unlock…", "Quit"]);
    wait::until("an empty clipboard", || world.clipboard().is_empty().then_some(()));
    panel.click("Quit");
    world.wait_for_agents_end();
}

#[test]
fn favourites_come_first_by_name_and_five_lines_can_be_copied() {
    let (world, panel) = world();
    for name in ["a", "b", "c", "d", "e", "f", "g"] {
        world.add_with(Provider::Deepidv, &["--name", name]);
    }
    let shows = |expected: [&str; 5]| {
        let expected = expected.map(|name| format!("deepidv/{name}"));
        let shown = wait::ask(|| (copies(&panel) == expected).then_some(()));
        assert!(shown.is_some(), "{:?} instead of {expected:?}", copies(&panel));
    };
    let mark = |name: &str, word: &str| {
        world.keyturn(&["edit", &format!("deepidv/{name}"), "--favourite", word]).run().done();
    };
    shows(["a", "b", "c", "d", "e"]);
    mark("g", "on");
    mark("e", "on");
    shows(["e", "g", "a", "b", "c"]);
    world.keyturn(&["copy", "deepidv/f"]).run().done();
    shows(["e", "g", "f", "a", "b"]);
    for name in ["a", "b", "c", "d"] {
        mark(name, "on");
    }
    shows(["a", "b", "c", "d", "e"]);
    mark("a", "off");
    shows(["b", "c", "d", "e", "g"]);
}

#[test]
fn what_expires_the_palette_and_the_lock_screen_open_the_window_for_it() {
    let (world, panel) = world();
    world.keyturn(&["stop"]).run().done();
    world.wait_for_agents_end();
    let installation = Installation::new(&world);
    let unlock = [installation.keyturn(), "unlock", "--passphrase-stdin"];
    world.program(&unlock).stdin(PASSPHRASE).run().done();
    let soon = (SystemClock.now() + TimeDelta::days(5)).format("%Y-%m-%d").to_string();
    world.add_with(Provider::Deepidv, &["--expires", &soon]);
    wait::until("what expires", || {
        panel.lines().iter().any(|line| line == "Expiring (1)").then_some(())
    });

    let mut expected = Vec::new();
    for (line, words) in [
        ("deepidv/main · due in ", "--open deepidv/main"),
        ("Quick copy…", "--palette"),
        ("Open Keyturn", ""),
    ] {
        panel.click(line);
        expected.push(words);
        wait::until(line, || (installation.opened() == expected).then_some(()));
    }
    panel.click("Lock");
    panel.click("Unlock…");
    expected.push("");
    wait::until("the lock screen", || (installation.opened() == expected).then_some(()));
    let lines = panel.lines();
    assert!(!lines.iter().any(|line| line.contains("deepidv")), "{lines:?}");
}
