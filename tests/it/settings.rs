//! The settings inside the vault, as a window sets them.

use keyturn_protocol::calls::{
    EditCredential, SecuritySettings, SetSettings, ShowSettings, UnlockMethod, UnlockVault,
};
use keyturn_protocol::{Client, ErrorCode, SecretOnWire};
use keyturn_sandbox::Provider;
use serde_json::json;

use crate::support::{PASSPHRASE, World, client};

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
