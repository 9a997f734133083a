//! A vault protected by a real gnome-keyring.

use crate::support::{PASSPHRASE, World, make_private};

#[test]
fn a_keyring_opens_its_vault_without_a_passphrase() {
    let world = World::empty().keyring();
    let init = ["init", "--protect", "keyring", "--recovery-file", "r.txt"];
    world.keyturn(&init).run().done();
    assert_eq!(world.status()["protect"], "keyring");
    world.keyturn(&["lock"]).run().done();
    world.keyturn(&["unlock", "--no-input"]).run().done();
    assert_eq!(world.status()["state"], "unlocked");
}

#[test]
fn where_a_keyring_answers_both_are_asked_for() {
    let world = World::empty().keyring();
    let init = ["init", "--passphrase-stdin", "--recovery-file", "r.txt"];
    world.keyturn(&init).stdin(PASSPHRASE).run().done();
    assert_eq!(world.status()["protect"], "both");
    world.keyturn(&["stop"]).run().done();
    world.unlock();

    // The same file without its keyring: the passphrase alone does not open it.
    let thief = World::empty().bus();
    make_private(&thief.home());
    std::fs::copy(world.vault_file(), thief.vault_file()).unwrap();
    let words = ["unlock", "--passphrase-stdin", "--format", "json"];
    let refused = thief.keyturn(&words).stdin(PASSPHRASE).run().exits(3);
    assert_eq!(refused.error()["code"], "keyring_unavailable");
    let recovery = std::fs::read_to_string(world.folder().join("r.txt")).unwrap();
    thief.keyturn(&["unlock", "--recovery-stdin"]).stdin(&recovery).run().done();
}

#[test]
fn without_a_keyring_a_passphrase_is_asked_for() {
    let world = World::empty();
    let init = ["init", "--passphrase-stdin", "--recovery-file", "r.txt"];
    world.keyturn(&init).stdin(PASSPHRASE).run().done();
    assert_eq!(world.status()["protect"], "passphrase");
}

#[test]
fn a_keyring_that_does_not_answer_is_named_and_no_vault_is_made() {
    let world = World::empty();
    let init = ["init", "--protect", "keyring", "--recovery-file", "r.txt", "--format", "json"];
    let refused = world.keyturn(&init).run().exits(3);
    assert_eq!(refused.error()["code"], "keyring_unavailable");
    assert_eq!(world.status()["state"], "absent");
    assert!(!world.folder().join("r.txt").exists());
}
