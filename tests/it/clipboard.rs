//! Copying to a real X11 clipboard.

use keyturn_protocol::ClipboardEnd;
use keyturn_protocol::calls::ClearClipboard;
use keyturn_sandbox::{Provider, SandboxOptions};

use crate::support::{World, client, clipboard_ends, wait};

fn world() -> World {
    World::empty().screen().vault().providers(&SandboxOptions::default())
}

#[test]
fn the_token_is_copied_hidden_from_histories_and_cleared_afterwards() {
    let world = world();
    world.add(Provider::Deepvue);
    let copied = world.keyturn(&["copy", "deepvue/main", "--clear-after", "2s"]).run().done();
    assert!(!copied.stdout.is_empty());
    let token = world.admin().last_token(Provider::Deepvue).unwrap();
    assert_eq!(world.clipboard(), token);
    let hint = ["xclip", "-selection", "clipboard", "-out", "-target", "x-kde-passwordManagerHint"];
    assert_eq!(world.desktop_program(&hint).stdout, b"secret");
    wait::until("the clipboard to be cleared", || (world.clipboard() != token).then_some(()));
    assert_eq!(world.clipboard(), "");
}

#[test]
fn a_named_field_is_copied_instead_of_the_token() {
    let world = world();
    world.add(Provider::Deepvue);
    world.keyturn(&["copy", "deepvue/main/client_secret"]).run().done();
    assert_eq!(world.clipboard(), world.sandbox().credentials().deepvue.client_secret);
    assert_eq!(world.admin().total(Provider::Deepvue), 0, "no token was bought for it");
}

#[test]
fn a_lock_clears_what_is_ours_and_leaves_what_is_not() {
    let world = world();
    world.add(Provider::Deepidv);
    let key = world.sandbox().credentials().deepidv.api_key;
    world.keyturn(&["copy", "deepidv/main"]).run().done();
    assert_eq!(world.clipboard(), key);
    world.keyturn(&["lock"]).run().done();
    wait::until("the clipboard to be cleared", || (world.clipboard() != key).then_some(()));

    world.unlock();
    world.keyturn(&["copy", "deepidv/main"]).run().done();
    world.set_clipboard("something of the user's own");
    world.keyturn(&["lock"]).run().done();
    world.keyturn(&["stop"]).run().done();
    world.wait_for_agents_end();
    assert_eq!(world.clipboard(), "something of the user's own");
}

#[test]
fn without_a_clipboard_a_copy_fails_and_says_so() {
    let world = World::with_providers();
    world.add(Provider::Deepidv);
    let refused = world.keyturn(&["copy", "deepidv/main", "--format", "json"]).run().exits(1);
    assert_eq!(refused.error()["code"], "clipboard_unavailable");
}

#[test]
fn subscribers_are_told_what_became_of_a_copy() {
    let world = world();
    world.add(Provider::Deepidv);
    let mut next_end = clipboard_ends(&world);
    let copy = |after: &str| {
        world.keyturn(&["copy", "deepidv/main", "--clear-after", after]).run().done();
    };
    copy("1s");
    assert_eq!(next_end(), ClipboardEnd::Cleared, "after its time");
    copy("2s");
    world.set_clipboard("something of the user's own");
    assert_eq!(next_end(), ClipboardEnd::Replaced, "another copy was left alone");
    assert_eq!(world.clipboard(), "something of the user's own");
    copy("1h");
    copy("1h");
    assert_eq!(next_end(), ClipboardEnd::Replaced, "by the next copy of Keyturn's own");
    client(&world).call(ClearClipboard {}).unwrap();
    assert_eq!(next_end(), ClipboardEnd::Cleared, "when the user said so");
    assert_eq!(world.clipboard(), "");
    copy("1h");
    world.keyturn(&["lock"]).run().done();
    assert_eq!(next_end(), ClipboardEnd::Cleared, "with the lock");
}
