//! Making a vault, opening it, and what happens when it does not open.

use std::fs;
use std::os::unix::fs::PermissionsExt as _;

use crate::support::{PASSPHRASE, World, recovery_key, wait};

const INIT: [&str; 6] =
    ["init", "--protect", "passphrase", "--passphrase-stdin", "--recovery-file", "recovery.txt"];

#[test]
fn a_vault_is_made_opened_locked_and_opened_again() {
    let world = World::empty();
    assert_eq!(world.status()["state"], "absent");
    assert!(world.status()["agent"]["pid"].is_null(), "`status` starts no agent");
    world.keyturn(&INIT).stdin(PASSPHRASE).run().done();

    let status = world.status();
    assert_eq!(status["state"], "unlocked", "who made it has it open");
    assert_eq!(status["protect"], "passphrase");
    assert_eq!(status["vault"]["path"], world.vault_file().to_str().unwrap());
    assert_eq!(status["vault"]["credentials"], 0);
    let mode = fs::metadata(world.vault_file()).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o600);
    let recovery = world.folder().join("recovery.txt");
    assert_eq!(fs::metadata(&recovery).unwrap().permissions().mode() & 0o777, 0o600);

    world.keyturn(&["lock"]).run().done();
    assert_eq!(world.status()["state"], "locked");
    assert!(world.status()["vault"]["credentials"].is_null(), "a locked vault tells no number");
    let refused = world.keyturn(&["list", "--format", "json"]).run().exits(3);
    assert_eq!(refused.error()["code"], "vault_locked");

    let key = fs::read_to_string(recovery).unwrap();
    world.keyturn(&["unlock", "--recovery-stdin"]).stdin(&key).run().done();
    world.keyturn(&["lock"]).run().done();
    world.unlock();
    assert_eq!(world.status()["state"], "unlocked");
}

#[test]
fn init_refuses_where_a_vault_is_and_leaves_it_alone() {
    let world = World::with_vault();
    let before = fs::read(world.vault_file()).unwrap();
    let refused = world
        .keyturn(&[&INIT[..], &["--format", "json"]].concat())
        .stdin(PASSPHRASE)
        .run()
        .exits(1);
    assert_eq!(refused.error()["code"], "already_exists");
    assert_eq!(fs::read(world.vault_file()).unwrap(), before);
    assert!(!world.folder().join("recovery.txt").exists(), "no key of no vault is left behind");
}

#[test]
fn without_a_terminal_init_needs_a_file_for_the_recovery_key() {
    let world = World::empty();
    let words = ["init", "--protect", "passphrase", "--passphrase-stdin"];
    world.keyturn(&words).stdin(PASSPHRASE).run().exits(2);
    assert_eq!(world.status()["state"], "absent");
}

#[test]
fn a_weak_passphrase_makes_no_vault() {
    let world = World::empty();
    let refused = world
        .keyturn(&[&INIT[..], &["--format", "json"]].concat())
        .stdin("password1")
        .run()
        .exits(2);
    assert_eq!(refused.error()["code"], "invalid_input");
    assert_eq!(world.status()["state"], "absent");
}

#[test]
fn a_command_that_needs_a_vault_says_that_there_is_none() {
    let world = World::empty();
    let refused = world.keyturn(&["list", "--format", "json"]).run().exits(3);
    assert_eq!(refused.error()["code"], "vault_absent");
    assert!(refused.error()["hint"].as_str().unwrap().contains("keyturn init"));
}

/// Wrong passphrase: exit 3, no hint which part was wrong, growing delay.
#[test]
fn wrong_passphrases_are_refused_and_made_to_wait() {
    let world = World::with_vault();
    world.keyturn(&["lock"]).run().done();
    let words = ["unlock", "--passphrase-stdin", "--format", "json"];
    let mut messages = Vec::new();
    let mut waits = 0;
    for attempt in 0..5 {
        let wrong = format!("wrong canary passphrase {attempt}");
        let refused = world.keyturn(&words).stdin(&wrong).run().exits(3);
        assert!(!refused.stderr.contains("canary"), "{}", refused.stderr);
        match refused.error()["code"].as_str().unwrap() {
            "wrong_key" => messages.push(refused.error()["message"].clone()),
            "too_many_attempts" => waits += 1,
            other => panic!("{other}: {}", refused.stderr),
        }
    }
    assert!(waits > 0, "the next attempt has to wait");
    messages.dedup();
    assert_eq!(messages.len(), 1, "always the same words: {messages:?}");
    wait::until("the end of the delay", || {
        let unlocked = world.keyturn(&words).stdin(PASSPHRASE).run();
        (unlocked.status == 0).then_some(())
    });
}

#[test]
fn a_wrong_recovery_key_says_no_more_than_a_wrong_passphrase() {
    let world = World::with_vault();
    world.keyturn(&["lock"]).run().done();
    let mut key = recovery_key();
    let last = key.pop().unwrap();
    key.push(if last == 'q' { 'p' } else { 'q' });
    let words = ["unlock", "--recovery-stdin", "--format", "json"];
    let refused = world.keyturn(&words).stdin(&key).run();
    assert!(matches!(refused.status, 2 | 3), "{refused:?}");
    assert!(!refused.stderr.contains(&key), "{}", refused.stderr);
    assert_eq!(world.status()["state"], "locked");
}

#[test]
fn a_damaged_vault_is_refused_and_left_untouched() {
    let world = World::with_vault();
    world.keyturn(&["stop"]).run().done();
    world.wait_for_agents_end();
    let mut bytes = fs::read(world.vault_file()).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    bytes[100] ^= 1;
    fs::write(world.vault_file(), &bytes).unwrap();
    let words = ["unlock", "--passphrase-stdin", "--format", "json"];
    let refused = world.keyturn(&words).stdin(PASSPHRASE).run().exits(8);
    assert_eq!(refused.error()["code"], "vault_damaged");
    assert_eq!(fs::read(world.vault_file()).unwrap(), bytes);
}
