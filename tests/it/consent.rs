//! Who may use the open vault: what descends from the program that unlocked it, and whom the user allowed
//! in the prompt that the agent started. Nobody else, and nobody can answer in the user's place.

use std::fs;
use std::io::Read as _;
use std::os::unix::net::UnixStream;
use std::thread::{self, ScopedJoinHandle};

use keyturn_protocol::prompt::{ConsentAnswer, PromptReport};
use keyturn_protocol::{Asking, Hello, Reply, Welcome, decode, encode, frame};
use keyturn_sandbox::Provider;

use crate::support::{FakePrompt, World, wait};

/// Runs the rest of its words as a program of another family: its parent is gone before they begin. What
/// they say goes to a file, since what is allowed may hold a secret.
const STRANGER: &str = r#"
setsid sh -c '
    while [ "$(cut -d " " -f 4 /proc/$$/stat)" = "$1" ]; do :; done
    shift
    { "$@"; echo "status=$?"; } > said 2>&1
' stranger $$ "$@" &
"#;

/// The screen of whoever opened the vault.
const SCREEN: &str = ":4711";

fn as_stranger(world: &World, words: &[&str]) -> (String, bool) {
    world.program(&[&["sh", "-c", STRANGER, "sh"], words].concat()).run();
    let said = fs::read_to_string(world.folder().join("said")).expect("the stranger ran");
    let refused = said.contains("status=5");
    (said, refused)
}

#[test]
fn a_program_that_was_not_granted_the_vault_gets_nothing() {
    let world = World::with_providers();
    world.add(Provider::Deepidv);
    for words in [
        &["keyturn", "get", "deepidv/main/api_key"][..],
        &["keyturn", "list"],
        &["keyturn", "remove", "deepidv/main"],
    ] {
        let (said, refused) = as_stranger(&world, words);
        assert!(refused, "{words:?}: {said}");
        world.holds_no_secret("what a stranger got", &said);
        assert!(!said.contains("deepidv/main\n"), "not even names: {said}");
    }
    let (said, refused) = as_stranger(&world, &["keyturn", "status"]);
    assert!(!refused && said.contains("status=0"), "anyone may ask how things stand: {said}");
    let own = world.keyturn(&["get", "deepidv/main/api_key"]).run().done();
    assert_eq!(own.line(), world.sandbox().credentials().deepidv.api_key);
}

#[test]
fn a_script_below_the_program_that_unlocked_may_use_the_vault() {
    let world = World::with_providers();
    world.add(Provider::Deepidv);
    let script = world.program(&["sh", "-c", "keyturn list --format json | cat"]).run().done();
    assert_eq!(script.json()[0]["ref"], "deepidv/main");
}

#[test]
fn a_lock_ends_every_grant() {
    let world = World::with_providers();
    world.add(Provider::Deepidv);
    world.keyturn(&["lock"]).run().done();
    world.keyturn(&["get", "deepidv/main/api_key"]).run().exits(3);
}

/// A machine with a key, and a fake in place of the window.
fn with_prompt() -> (World, FakePrompt, String) {
    let world = World::with_providers();
    world.add(Provider::Deepidv);
    let prompt = FakePrompt::install(&world, SCREEN);
    let key = world.sandbox().credentials().deepidv.api_key;
    (world, prompt, key)
}

#[test]
fn a_stranger_gets_what_the_user_allows_once_and_is_asked_about_again() {
    let (world, prompt, key) = with_prompt();
    let keyturn = prompt.keyturn();
    // It names a screen of its own, where it could press the buttons itself.
    let take = ["env", "DISPLAY=:666", &keyturn, "get", "deepidv/main/api_key"];
    thread::scope(|scope| {
        let stranger = scope.spawn(|| as_stranger(&world, &take));
        let asked = prompt.asked(0);
        assert_eq!(asked["action"], "take_secret");
        assert_eq!(asked["targets"], serde_json::json!(["deepidv/main/api_key"]));
        let path = asked["program"]["path"].as_str().expect("a shell is a known program");
        assert!(path.starts_with('/') && !path.ends_with("/keyturn"), "who ran it: {asked}");
        assert!(prompt.environment().contains(&format!("DISPLAY={SCREEN}\n")));
        prompt.answer("allow_once");
        let (said, _) = joined(stranger);
        assert!(said.contains(&key) && said.contains("status=0"), "{said}");

        let again = scope.spawn(|| as_stranger(&world, &take));
        prompt.asked(1);
        prompt.answer("refuse");
        let (said, refused) = joined(again);
        assert!(refused && said.contains("you refused it"), "{said}");
        world.holds_no_secret("what a refused stranger got", &said);
    });
}

#[test]
fn a_stranger_that_is_allowed_until_the_lock_is_asked_about_once() {
    let (world, prompt, key) = with_prompt();
    let keyturn = prompt.keyturn();
    let script = format!("{keyturn} get deepidv/main/api_key; {keyturn} list");
    thread::scope(|scope| {
        let stranger = scope.spawn(|| as_stranger(&world, &["sh", "-c", &script]));
        assert_eq!(prompt.asked(0)["reach"], "program");
        prompt.answer("allow_until_lock");
        let (said, _) = joined(stranger);
        assert!(said.contains(&key) && said.contains("status=0"), "{said}");
        assert_eq!(prompt.questions(), 1);

        world.keyturn(&["lock"]).run().done();
        prompt.unlock(&world, SCREEN);
        let next = scope.spawn(|| as_stranger(&world, &["sh", "-c", &script]));
        prompt.asked(1);
        prompt.answer("refuse");
        // The second command of the script is a question of its own.
        prompt.asked(2);
        prompt.answer("refuse");
        assert!(joined(next).1, "a lock ends what was allowed");
    });
}

#[test]
fn a_prompt_that_dies_is_a_refusal_and_a_lock_ends_the_question() {
    let (world, prompt, _) = with_prompt();
    let keyturn = prompt.keyturn();
    let take = [&keyturn, "get", "deepidv/main/api_key"];
    thread::scope(|scope| {
        let stranger = scope.spawn(|| as_stranger(&world, &take));
        prompt.asked(0);
        prompt.answer("die");
        let (said, refused) = joined(stranger);
        assert!(refused && said.contains("ended without an answer"), "{said}");

        let stranger = scope.spawn(|| as_stranger(&world, &take));
        prompt.asked(1);
        world.keyturn(&["lock"]).run().done();
        let (said, _) = joined(stranger);
        assert!(said.contains("status=3"), "{said}");
        world.holds_no_secret("what a stranger got at the lock", &said);
    });
}

#[test]
fn while_the_user_is_asked_the_command_says_so_but_not_into_json() {
    const SAID: &str = "Asked in Keyturn's window: answer there.\n";
    let (world, prompt, key) = with_prompt();
    let keyturn = prompt.keyturn();
    let take = [&keyturn, "get", "deepidv/main/api_key"];
    let json = [&keyturn, "list", "--format", "json"];
    let said = || fs::read_to_string(world.folder().join("said")).unwrap_or_default();
    thread::scope(|scope| {
        let stranger = scope.spawn(|| as_stranger(&world, &take));
        prompt.asked(0);
        wait::until("the line", || (said() == SAID).then_some(()));
        prompt.answer("allow_once");
        assert_eq!(joined(stranger).0, format!("{SAID}{key}\nstatus=0\n"), "said once");

        let stranger = scope.spawn(|| as_stranger(&world, &json));
        prompt.asked(1);
        prompt.answer("refuse");
        let (said, refused) = joined(stranger);
        assert!(refused && said.starts_with("{\"error\""), "nothing but the error: {said}");
    });
}

#[test]
fn where_nobody_can_be_asked_the_refusal_comes_at_once() {
    let (world, prompt, _) = with_prompt();
    let keyturn = prompt.keyturn();
    let silent = [&keyturn, "--no-input", "get", "deepidv/main/api_key"];
    assert!(as_stranger(&world, &silent).1, "a caller that wants no question");
    world.keyturn(&["lock"]).run().done();
    let unlock = [&keyturn, "unlock", "--passphrase-stdin"];
    world.program(&unlock).stdin(crate::support::PASSPHRASE).run().done();
    let (said, refused) = as_stranger(&world, &[&keyturn, "get", "deepidv/main/api_key"]);
    assert!(refused, "a vault that was opened without a screen: {said}");
    assert_eq!(prompt.questions(), 0);
}

/// The bytes that count on the inherited pair (the other tests here answer with them) are nothing on the
/// socket that every program of the user can open.
#[test]
fn an_answer_that_is_forged_on_the_ordinary_socket_counts_for_nothing() {
    let (world, prompt, _) = with_prompt();
    let keyturn = prompt.keyturn();
    let take = [&keyturn, "get", "deepidv/main/api_key"];
    thread::scope(|scope| {
        let stranger = scope.spawn(|| as_stranger(&world, &take));
        prompt.asked(0);
        let yes = ConsentAnswer::AllowUntilLock;
        for forged in [encode(&PromptReport::Answered(yes)), encode(&yes)] {
            let mut socket = UnixStream::connect(world.socket()).unwrap();
            frame::write(&mut socket, &encode(&Hello::ours(Asking::Never))).unwrap();
            let welcome = frame::read(&mut socket).unwrap();
            assert!(matches!(decode::<Reply<Welcome>>(&welcome), Some(Reply::Ok(_))));
            frame::write(&mut socket, &forged).unwrap();
            let mut answer = Vec::new();
            socket.read_to_end(&mut answer).unwrap();
            assert!(answer.is_empty(), "there are no such words on this socket");
        }
        prompt.answer("refuse");
        let (said, refused) = joined(stranger);
        assert!(refused && said.contains("you refused it"), "the question was still open: {said}");
    });
}

fn joined<T>(handle: ScopedJoinHandle<'_, T>) -> T {
    handle.join().expect("the stranger ran")
}
