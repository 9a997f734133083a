//! What was acknowledged is there afterwards, whatever happens to the agent and the disk.

use std::fs;

use keyturn_sandbox::Provider;
use rustix::process::{Pid, Resource, Rlimit, Signal, kill_process, prlimit};

use crate::support::{Outcome, PASSPHRASE, World, wait};

fn ask_to_add(world: &World, name: &str) -> Outcome {
    let words = [
        "add",
        "deepidv",
        "--environment",
        "sandbox",
        "--name",
        name,
        "--secret",
        "api_key",
        "--format",
        "json",
    ];
    world.keyturn(&words).stdin(&format!("a key of its own for {name}")).run()
}

fn add(world: &World, name: &str) -> bool {
    ask_to_add(world, name).status == 0
}

fn names(world: &World) -> Vec<String> {
    let list = world.keyturn(&["list", "--format", "json"]).run().done().json();
    let list = list.as_array().unwrap().clone();
    list.iter().map(|one| one["name"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn kill_9_of_the_agent_loses_nothing_that_was_acknowledged() {
    let world = World::with_providers();
    let mut acknowledged = Vec::new();
    for round in 0..3 {
        let victim = Pid::from_raw(world.agent_pid()).unwrap();
        // Killed while a client writes without a pause: at whatever moment that turns out to be.
        std::thread::scope(|scope| {
            let writer = scope.spawn(|| {
                let names = (0..).map(|count| format!("r{round}n{count}"));
                names.take_while(|name| add(&world, name)).collect::<Vec<_>>()
            });
            let first = format!("r{round}n0");
            wait::until("the first write", || {
                let listed = world.keyturn(&["show", &format!("deepidv/{first}")]).run();
                (listed.status == 0).then_some(())
            });
            kill_process(victim, Signal::KILL).unwrap();
            acknowledged.extend(writer.join().unwrap());
        });
        // A killed process goes on answering for a moment.
        wait::until("the end of the killed agent", || {
            let status = world.keyturn(&["status", "--format", "json"]).run();
            let gone = status.status == 0
                && status.json()["agent"]["pid"] != victim.as_raw_nonzero().get();
            gone.then_some(())
        });
        world.unlock();
        let there = names(&world);
        for name in &acknowledged {
            assert!(there.contains(name), "{name} was acknowledged: {there:?}");
            let value = world.keyturn(&["get", &format!("deepidv/{name}/api_key")]).run().done();
            assert_eq!(value.line(), format!("a key of its own for {name}"));
        }
        assert!(
            there.len() <= acknowledged.len() + round + 1,
            "at most one unfinished write a round"
        );
    }
}

/// A full disk while saving: the old state stays, the user is told.
#[test]
fn a_vault_that_cannot_grow_keeps_its_state_and_says_so() {
    let world = World::empty();
    // The limit on a file's size stands in for a full disk; a signal would end a program that
    // does not ignore it.
    let mut agent =
        world.program(&["sh", "-c", "trap '' XFSZ; exec keyturn agent --foreground"]).spawn();
    wait::until("the agent", || world.status()["agent"]["pid"].as_i64());
    let init =
        ["init", "--protect", "passphrase", "--passphrase-stdin", "--recovery-file", "r.txt"];
    world.keyturn(&init).stdin(PASSPHRASE).run().done();
    let world = world.providers(&keyturn_sandbox::SandboxOptions::default());
    let pid = Pid::from_raw(world.agent_pid()).unwrap();
    let limit =
        |bytes| prlimit(Some(pid), Resource::Fsize, Rlimit { current: bytes, maximum: None });
    limit(Some(fs::metadata(world.vault_file()).unwrap().len())).unwrap();

    let mut kept = Vec::new();
    // The first refusal is the one that is looked at: a second try may find room that the first
    // one's return to the old state has freed.
    let (refused, told) = (0..200)
        .map(|count| format!("n{count}"))
        .find_map(|name| {
            let told = ask_to_add(&world, &name);
            if told.status == 0 {
                kept.push(name);
                return None;
            }
            Some((name, told))
        })
        .expect("the file cannot grow for ever");
    assert_eq!(told.exits(1).error()["code"], "not_saved");
    let mut there = names(&world);
    there.sort();
    kept.sort();
    assert_eq!(there, kept, "the old state, whole");

    limit(None).unwrap();
    assert!(add(&world, &refused), "with room again it goes on");
    world.keyturn(&["stop"]).run().done();
    drop(agent.wait());
    world.unlock();
    assert_eq!(names(&world).len(), kept.len() + 1);
    world.add(Provider::Deeply);
}

#[test]
fn a_vault_of_a_newer_version_is_refused_and_left_untouched() {
    let world = World::with_vault();
    world.keyturn(&["stop"]).run().done();
    world.wait_for_agents_end();
    let mut bytes = fs::read(world.vault_file()).unwrap();
    crate::support::make_newer(&mut bytes);
    fs::write(world.vault_file(), &bytes).unwrap();
    let words = ["unlock", "--passphrase-stdin", "--format", "json"];
    let refused = world.keyturn(&words).stdin(PASSPHRASE).run().exits(8);
    assert_eq!(refused.error()["code"], "vault_newer");
    assert_eq!(fs::read(world.vault_file()).unwrap(), bytes);
}
