//! Replacing a key, through the command line and against the providers.

use keyturn_sandbox::{Provider, TlsFault};
use serde_json::{Value, json};

use crate::support::{Outcome, World};

fn rotate(world: &World, reference: &str, words: &[&str]) -> Outcome {
    world.keyturn(&[&["rotate", reference], words, &["--format", "json"]].concat()).run()
}

fn store(world: &World, reference: &str, key: &str) -> Value {
    world.keeps_secret(key);
    let words = ["rotate", reference, "--store", "--format", "json"];
    world.keyturn(&words).stdin(key).run().done().json()
}

fn offers(detail: &Value) -> Vec<&str> {
    detail["offers"].as_array().unwrap().iter().map(|one| one.as_str().unwrap()).collect()
}

fn value(world: &World, field: &str) -> String {
    world.keyturn(&["get", field]).run().done().line().to_owned()
}

/// DC7: requested, issued, verified, confirmed, promoted, retired; every state shows in the list.
#[test]
fn dc7_a_key_that_support_regenerates_goes_through_its_states() {
    let world = World::with_providers();
    world.add(Provider::Deepcurrent);
    let main = "deepcurrent/main";
    let state = || world.listed(main)["rotation"]["state"].as_str().unwrap().to_owned();
    let old = value(&world, "deepcurrent/main/api_key");
    world.keeps_secret(&old);
    rotate(&world, main, &["--start"]).done();
    let asked = ["--requested", "--ticket", "4711", "--on", "2026-01-02", "--note", "by mail"];
    let waiting = rotate(&world, main, &asked).done().json();
    assert_eq!((state().as_str(), &waiting["next_step"]), ("requested", &Value::Null));
    assert_eq!(waiting["request"]["ticket"], "4711");
    assert_eq!(waiting["request"]["nudge_on"], "2026-01-05", "three days of silence");
    assert!(waiting["next"].as_str().unwrap().contains("ask again"), "{}", waiting["next"]);

    let new = world.admin().issue_key(Provider::Deepcurrent);
    let issued = store(&world, main, &new);
    assert_eq!((state().as_str(), &issued["next_step"]), ("issued", &json!("verify")));
    assert_eq!(value(&world, "deepcurrent/main/api_key"), old, "the old one is still in use");
    rotate(&world, main, &["--promote"]).exits(5);
    let verified = rotate(&world, main, &["--verify"]).done().json();
    assert_eq!((state().as_str(), &verified["verified_by"]), ("verified", &json!("test_call")));

    let consumers = ["consumers", main, "--add", "GitHub Actions of repo X"];
    world.keyturn(&consumers).run().done();
    let behind = rotate(&world, main, &["--confirm"]).exits(5);
    assert!(behind.stderr.contains("GitHub Actions of repo X"), "{}", behind.stderr);
    world.keyturn(&["consumers", main, "--has-new", "1"]).run().done();
    rotate(&world, main, &["--confirm"]).done();
    assert_eq!(state(), "confirmed");
    let promoted = rotate(&world, main, &["--promote"]).done().json();
    assert_eq!(state(), "promoted");
    assert!(offers(&promoted).contains(&"roll_back"), "the sandbox's old key still answers");
    // Going back asks the old key, which answers until the provider heard of the confirmation.
    rotate(&world, main, &["--rollback"]).done();
    assert_eq!(value(&world, "deepcurrent/main/api_key"), old);
    rotate(&world, main, &["--promote"]).done();
    world.admin().confirm_key(Provider::Deepcurrent);
    let told = rotate(&world, main, &["--rollback"]).exits(6);
    assert!(told.stderr.contains("no way back"), "{}", told.stderr);
    let done = rotate(&world, main, &["--retire"]).done().json();
    assert_eq!((&done["stage"], state().as_str()), (&Value::Null, "none"));
    assert_eq!(value(&world, "deepcurrent/main/api_key"), new);
    world.keyturn(&["request", main, "--sample", "me"]).run().done();
    world.home_holds_no_secret();
}

/// DI2, X8: the old key ends at once, so the steps say so; nothing that creates a session is sent.
#[test]
fn di2_a_regenerated_key_is_replaced_everywhere_now_and_tested_by_word_alone() {
    let world = World::with_providers();
    world.add(Provider::Deepidv);
    let main = "deepidv/main";
    let begun = rotate(&world, main, &["--start"]).done().json();
    assert_eq!(
        (&begun["old_key_end"], &begun["old_key_verified"]),
        (&json!("at_once"), &json!(false))
    );
    let new = world.admin().regenerate_key(Provider::Deepidv);
    let issued = store(&world, main, &new);
    let next = issued["next"].as_str().unwrap();
    assert!(next.starts_with("Replace the key everywhere now"), "{next}");
    assert!(next.contains("our reading"), "{next}");
    assert_eq!(issued["test"], Value::Null);
    let told = rotate(&world, main, &["--verify"]).exits(5);
    assert!(told.stderr.contains("creates a verification session"), "{}", told.stderr);
    rotate(&world, main, &["--cancel"]).exits(5);
    rotate(&world, main, &["--verify", "--by-word"]).done();
    rotate(&world, main, &["--promote"]).done();
    rotate(&world, main, &["--rollback"]).exits(5);
    rotate(&world, main, &["--retire"]).exits(5);
    rotate(&world, main, &["--retire", "--by-word"]).done();
    assert_eq!(value(&world, "deepidv/main/api_key"), new);
    assert_eq!(world.admin().total(Provider::Deepidv), 0, "nothing was sent");
}

/// DV14, X8: the exchange itself is the test; the old pair lives until its user ends it.
#[test]
fn dv14_x8_a_new_pair_is_tested_by_an_exchange_and_the_old_one_is_kept_until_it_is_refused() {
    let world = World::with_providers();
    world.add(Provider::Deepvue);
    let main = "deepvue/main";
    let old = value(&world, "deepvue/main/client_secret");
    world.keeps_secret(&old);
    world.keyturn(&["token", main]).run().done();
    rotate(&world, main, &["--start"]).done();
    let new = world.admin().issue_key(Provider::Deepvue);
    store(&world, main, &new);
    let verified = rotate(&world, main, &["--verify"]).done().json();
    assert_eq!(verified["verified_by"], "exchange");
    assert_eq!(world.admin().count(Provider::Deepvue, "/v1/authorize"), 2);
    rotate(&world, main, &["--promote"]).done();
    world.keyturn(&["token", main]).run().done();
    assert_eq!(world.admin().count(Provider::Deepvue, "/v1/authorize"), 3, "the old token is dead");
    let still = rotate(&world, main, &["--retire"]).exits(1).json();
    assert_eq!(
        (&still["stage"], &still["old_key"]["lives"].is_object()),
        (&json!("retiring"), &true)
    );
    let back = rotate(&world, main, &["--rollback"]).done().json();
    assert_eq!(back["stage"], "verified");
    assert_eq!(value(&world, "deepvue/main/client_secret"), old);
    rotate(&world, main, &["--promote"]).done();
    world.admin().confirm_key(Provider::Deepvue);
    rotate(&world, main, &["--retire"]).done();
    assert_eq!(value(&world, "deepvue/main/client_secret"), new);
}

/// X8: a key that buys tokens is tested by the test call with a token of its own.
#[test]
fn x8_a_key_that_buys_tokens_is_tested_with_a_token_of_its_own() {
    let world = World::with_providers();
    world.add(Provider::Deeply);
    let main = "deeply/main";
    rotate(&world, main, &["--requested"]).done();
    let new = world.admin().issue_key(Provider::Deeply);
    store(&world, main, &new);
    let verified = rotate(&world, main, &["--verify"]).done().json();
    assert_eq!(verified["verified_by"], "test_call");
    rotate(&world, main, &["--promote"]).done();
    world.admin().confirm_key(Provider::Deeply);
    rotate(&world, main, &["--retire"]).done();
    assert_eq!(value(&world, "deeply/main/api_key"), new);
}

#[test]
fn a_new_key_that_is_refused_or_cannot_be_tried_stays_stored_and_unused() {
    let world = World::with_providers();
    world.add(Provider::Deepcurrent);
    let main = "deepcurrent/main";
    let old = value(&world, "deepcurrent/main/api_key");
    rotate(&world, main, &["--store"]).exits(2);
    rotate(&world, main, &["--start"]).done();
    store(&world, main, "dc_a_key_that_nobody_has_issued_7x9z");
    world.admin().break_tls(Provider::Deepcurrent, Some(TlsFault::Expired));
    rotate(&world, main, &["--verify"]).exits(7);
    world.admin().break_tls(Provider::Deepcurrent, None);
    let told = rotate(&world, main, &["--verify"]).exits(6);
    assert_eq!(told.error()["code"], "credential_refused");
    let status = rotate(&world, main, &["--status"]).done().json();
    assert_eq!(status["stage"], "issued");
    assert_eq!(value(&world, "deepcurrent/main/api_key"), old);
    let edit = ["edit", main, "--secret", "api_key"];
    let told = world.keyturn(&edit).stdin("dc_typed_by_hand_0123456789").run().exits(5);
    assert!(told.stderr.contains("keyturn rotate deepcurrent/main"), "{}", told.stderr);
    let new = world.admin().issue_key(Provider::Deepcurrent);
    world.keeps_secret(&new);
    let words = ["rotate", main, "--store"];
    world.keyturn(&words).stdin(&new).run().exits(5);
    world.keyturn(&[&words[..], &["--yes"]].concat()).stdin(&new).run().done();
    rotate(&world, main, &["--verify"]).done();
}

#[test]
fn without_a_terminal_it_says_what_comes_next_and_changes_nothing() {
    let world = World::with_providers();
    world.add(Provider::Deepcurrent);
    let text = world.keyturn(&["rotate", "deepcurrent/main"]).run().done().stdout;
    assert!(text.contains("--start") && text.contains("Settings → API Key"), "{text}");
    let detail = rotate(&world, "deepcurrent/main", &[]).done().json();
    assert_eq!((&detail["stage"], &detail["next_step"]), (&Value::Null, &json!("start")));
    rotate(&world, "deepcurrent/main", &["--start"]).done();
    let again = rotate(&world, "deepcurrent/main", &["--start"]).done();
    assert!(again.stderr.contains("under way since"), "{}", again.stderr);
    for words in [&["--verify"][..], &["--confirm"], &["--promote"], &["--retire"], &["--rollback"]]
    {
        rotate(&world, "deepcurrent/main", words).exits(5);
    }
    for words in
        [&["--start", "--verify"][..], &["--ticket", "1"], &["--by-word"], &["--note", "x"]]
    {
        rotate(&world, "deepcurrent/main", words).exits(2);
    }
    rotate(&world, "deepcurrent/main", &["--requested", "--on", "2999-01-01"]).exits(2);
    rotate(&world, "deepcurrent/main", &["--cancel"]).done();
    rotate(&world, "deepcurrent/main", &["--verify"]).exits(4);
    rotate(&world, "deepcurrent/nobody", &[]).exits(4);
}

/// One command starts the emergency: who uses the key, what the provider offers, a text to its support, a
/// record for the incident report; and no secret in any of them.
#[test]
fn a_compromised_key_starts_an_emergency_with_all_that_is_needed() {
    let world = World::with_providers();
    world.add(Provider::Deepvue);
    let main = "deepvue/main";
    world.keyturn(&["token", main]).run().done();
    world.keyturn(&["consumers", main, "--add", "server Y"]).run().done();
    let words = ["rotate", main, "--compromised", "--note", "was in a build log"];
    let text = world.keyturn(&words).run().done().stdout;
    for part in ["Whoever has the compromised key", "support@deepvue.tech", "Dear Deepvue support"]
    {
        assert!(text.contains(part), "{part} is missing:\n{text}");
    }
    assert_eq!(world.listed(main)["token"]["state"], "none", "its tokens are forgotten");
    let report = world.keyturn(&["rotate", main, "--report"]).run().done().stdout;
    for part in
        ["# Compromised key: deepvue/main", "was in a build log", "server Y", "rotate compromised"]
    {
        assert!(report.contains(part), "{part} is missing:\n{report}");
    }
    let detail = rotate(&world, main, &["--status"]).done().json();
    assert_eq!(
        detail["emergency"]["support_text"].as_str().unwrap().lines().next().unwrap(),
        "Subject: Compromised API key: please end it"
    );
    world.keyturn(&["rotate", "deepvue/main", "--support-text"]).run().done();
    world.add(Provider::Deepidv);
    world.keyturn(&["rotate", "deepidv/main", "--report"]).run().exits(2);
}

/// Deepvue's dashboard gives a pair: the client id comes anew together with the secret.
#[test]
fn dv14_a_pair_with_a_client_id_of_its_own_is_replaced_as_a_whole() {
    let world = World::with_providers();
    world.add(Provider::Deepvue);
    let main = "deepvue/main";
    let old_id = world.admin().credentials().deepvue.client_id;
    rotate(&world, main, &["--start"]).done();
    let secret = world.admin().issue_pair();
    let id = format!("client_id={}", world.admin().credentials().deepvue.client_id);
    world.keeps_secret(&secret);
    let words = ["rotate", main, "--store", "--field", &id];
    world.keyturn(&words).stdin(&secret).run().done();
    rotate(&world, main, &["--verify"]).done();
    assert_eq!(value(&world, "deepvue/main/client_id"), old_id, "the pair in use is whole");
    rotate(&world, main, &["--promote"]).done();
    world.keyturn(&["token", main]).run().done();
    rotate(&world, main, &["--rollback"]).done();
    assert_eq!(value(&world, "deepvue/main/client_id"), old_id);
    world.keyturn(&["token", main]).run().done();
}

/// A terminal that `script` makes, and what it showed so far.
struct Terminal {
    child: std::process::Child,
    shown: String,
}

impl Terminal {
    fn open(world: &World, words: &str) -> Self {
        let line = format!("keyturn {words}");
        let script = ["script", "--quiet", "--return", "--command", &line, "/dev/null"];
        let child = world.program(&script).spawn_for_dialogue();
        Self { child, shown: String::new() }
    }

    /// Reads until the question appears, and answers it.
    fn answer(&mut self, question: &str, answer: &str) {
        use std::io::{Read as _, Write as _};
        let screen = self.child.stdout.as_mut().unwrap();
        let mut bytes = Vec::new();
        while !String::from_utf8_lossy(&bytes).contains(question)
            || !String::from_utf8_lossy(&bytes).ends_with(' ')
        {
            let mut byte = [0];
            let count = screen.read(&mut byte).unwrap();
            assert_ne!(count, 0, "{question}: {}{}", self.shown, String::from_utf8_lossy(&bytes));
            bytes.push(byte[0]);
        }
        self.shown += &String::from_utf8_lossy(&bytes);
        writeln!(self.child.stdin.as_mut().unwrap(), "{answer}").unwrap();
    }

    fn end(mut self) -> (i32, String) {
        use std::io::Read as _;
        let mut rest = String::new();
        self.child.stdout.take().unwrap().read_to_string(&mut rest).unwrap();
        (self.child.wait().unwrap().code().unwrap(), self.shown + &rest)
    }
}

#[test]
fn at_a_terminal_it_walks_through_asks_before_each_step_and_goes_on_where_it_was_left() {
    let world = World::with_providers();
    world.add(Provider::Deepcurrent);
    let mut first = Terminal::open(&world, "rotate deepcurrent/main");
    first.answer("Begin a rotation?", "y");
    first.answer("Did you ask the provider's support", "y");
    first.answer("Its number for the request", "4711");
    first.answer("Is the new key there?", "n");
    let (status, shown) = first.end();
    assert_eq!(status, 0, "{shown}");
    assert_eq!(world.listed("deepcurrent/main")["rotation"]["state"], "requested");

    let new = world.admin().issue_key(Provider::Deepcurrent);
    let mut second = Terminal::open(&world, "rotate deepcurrent/main");
    second.answer("Is the new key there?", "y");
    second.answer("New API key:", &new);
    second.answer("Test it now?", "y");
    second.answer("Did you confirm to the support", "y");
    second.answer("Put the new key in use?", "y");
    world.admin().confirm_key(Provider::Deepcurrent);
    second.answer("Did the old key end at the provider?", "y");
    let (status, shown) = second.end();
    assert_eq!(status, 0, "{shown}");
    assert!(shown.contains("ticket 4711") && shown.contains("Done:"), "{shown}");
    world.holds_no_secret("the terminal", &shown);
    assert_eq!(value(&world, "deepcurrent/main/api_key"), new);
}

/// DC7: the provider ended the old key before the confirmation, and says so only when it is asked.
#[test]
fn dc7_the_only_key_that_lives_is_not_given_up() {
    let world = World::with_providers();
    world.add(Provider::Deepcurrent);
    let main = "deepcurrent/main";
    let begun = rotate(&world, main, &["--start"]).done().json();
    assert_eq!(begun["old_key"], "unknown", "nothing was sent");
    let text = world.keyturn(&["rotate", main, "--status"]).run().done().stdout;
    assert!(text.contains("as far as is known; it was not tested"), "{text}");
    let new = world.admin().issue_key(Provider::Deepcurrent);
    store(&world, main, &new);
    world.admin().confirm_key(Provider::Deepcurrent);
    rotate(&world, main, &["--verify"]).done();
    for words in [&["--cancel"][..], &["--cancel", "--yes"]] {
        let told = rotate(&world, main, words);
        assert!(!told.stderr.is_empty(), "{told:?}");
        assert!([5, 6].contains(&told.status), "{told:?}");
    }
    rotate(&world, main, &["--confirm"]).done();
    rotate(&world, main, &["--promote"]).done();
    assert_eq!(value(&world, "deepcurrent/main/api_key"), new);
    world.keyturn(&["request", main, "--sample", "me"]).run().done();
}

#[test]
fn an_emergency_shows_in_every_list_is_given_up_by_a_yes_and_can_be_reported_afterwards() {
    let world = World::with_providers();
    world.add(Provider::Deepvue);
    let main = "deepvue/main";
    for note in ["first", "second"] {
        rotate(&world, main, &["--compromised", "--note", note]).done();
    }
    assert_eq!(world.listed(main)["rotation"]["state"], "overdue");
    let due = world.keyturn(&["due", "--format", "json"]).run();
    assert!(due.stdout.contains(main), "{due:?}");
    rotate(&world, main, &["--cancel"]).exits(5);
    rotate(&world, main, &["--cancel", "--yes"]).done();
    assert_eq!(world.listed(main)["rotation"]["state"], "none");
    let report = world.keyturn(&["rotate", main, "--report"]).run().done().stdout;
    for part in ["first; second", "The emergency was given up", "rotate cancel"] {
        assert!(report.contains(part), "{part}: {report}");
    }
}
