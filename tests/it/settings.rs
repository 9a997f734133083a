//! The settings inside the vault, as a window sets them.

use keyturn_protocol::calls::{
    EditCredential, RevealSecret, SecuritySettings, SetSettings, ShowSettings, UnlockMethod,
    UnlockVault,
};
use keyturn_protocol::{Client, ErrorCode, SecretOnWire};
use keyturn_sandbox::Provider;
use serde_json::json;

use crate::support::{FakePrompt, PASSPHRASE, World, client, wait};

/// A client that opened the vault for itself, as the window is one.
fn window(world: &World) -> Client {
    let mut client = client(world);
    let method = UnlockMethod::Passphrase(SecretOnWire::new(PASSPHRASE));
    client.call(UnlockVault { method }).unwrap();
    client
}

#[test]
fn what_is_set_counts_after_a_restart_and_what_protects_nothing_is_refused() {
    let world = World::with_vault();
    let mut client = window(&world);
    let before = client.call(ShowSettings {}).unwrap();
    assert_eq!(before.security, SecuritySettings::default());
    assert_eq!((before.trash_days, before.longest_open_s), (30, 43_200));
    let security = SecuritySettings { lock_after_s: Some(120), reveal_s: 30, ..before.security };
    let answer = client.call(SetSettings { security: security.clone() }).unwrap();
    assert_eq!(answer.security, security);
    let nothing = SecuritySettings { lock_after_s: Some(1), ..security.clone() };
    let refused = client.call(SetSettings { security: nothing }).unwrap_err();
    assert_eq!(refused.code, ErrorCode::InvalidInput);
    drop(client);
    world.keyturn(&["stop"]).run().done();
    world.unlock();
    assert_eq!(window(&world).call(ShowSettings {}).unwrap().security, security);
    let log = world.json(&["log", "--limit", "9"]);
    let changed = log.as_array().unwrap().iter().find(|one| one["action"] == "settings").unwrap();
    assert_eq!(changed["changed"], json!(["lock_after_s", "reveal_s"]));
}

#[test]
fn a_windows_edit_changes_what_it_names_and_takes_days_away() {
    let world = World::with_providers();
    world.add_with(Provider::Deepvue, &["--owner", "Ann", "--expires", "2031-01-01"]);
    let edit = |more: serde_json::Value| -> EditCredential {
        let mut call = json!({ "reference": "deepvue/main" });
        call.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        serde_json::from_value(call).unwrap()
    };
    let mut client = window(&world);
    let changed = client.call(edit(json!({ "clear_expires_on": true, "name": "live" }))).unwrap();
    assert_eq!(changed.view.reference.to_string(), "deepvue/live");
    assert_eq!((changed.expires_on, changed.view.owner.as_deref()), (None, Some("Ann")));
}

/// A test asks in its own name, and it is its screen that counts: it runs once more, at one.
fn at_a_screen(name: &str) -> bool {
    const SCREEN: &str = ":4712";
    if std::env::var("DISPLAY").is_ok_and(|screen| screen == SCREEN) {
        return true;
    }
    let program = std::env::current_exe().unwrap();
    let mut again = std::process::Command::new(program);
    let output = again.args(["--exact", name]).env("DISPLAY", SCREEN).output().unwrap();
    let said = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success() && said.contains("1 passed"), "{name} at a screen: {said}");
    false
}

#[test]
fn a_wrong_passphrase_never_starts_what_shows_a_key_and_the_right_one_does() {
    if !at_a_screen(
        "settings::a_wrong_passphrase_never_starts_what_shows_a_key_and_the_right_one_does",
    ) {
        return;
    }
    let world = World::with_providers();
    world.add(Provider::Deepidv);
    let prompt = FakePrompt::install(&world, ":4712");
    let mut client = window(&world);
    let security = SecuritySettings { passphrase_before_reveal: true, ..Default::default() };
    client.call(SetSettings { security }).unwrap();
    let mut reveal = |passphrase: Option<&str>| {
        let target = "deepidv/main/api_key".parse().unwrap();
        let passphrase = passphrase.map(SecretOnWire::new);
        client.call(RevealSecret { target, confirmed: true, passphrase })
    };
    assert_eq!(reveal(None).unwrap_err().code, ErrorCode::PassphraseFirst);
    assert_eq!(reveal(Some("wrong")).unwrap_err().code, ErrorCode::WrongKey);
    assert_eq!(prompt.questions(), 0);
    wait::until("the end of the wait", || match reveal(Some(PASSPHRASE)) {
        Ok(_) => Some(()),
        Err(error) => {
            assert_eq!(error.code, ErrorCode::TooManyAttempts);
            assert_eq!(prompt.questions(), 0);
            None
        }
    });
    wait::until("the prompt", || (prompt.questions() == 1).then_some(()));
    let log = world.json(&["log", "--limit", "20"]);
    let shown = log.as_array().unwrap().iter().filter(|one| one["action"] == "reveal");
    assert_eq!(shown.count(), 1);
}
