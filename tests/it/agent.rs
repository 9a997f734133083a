//! The agent: one at a time, started by whoever needs it, gone with whoever owns it.

use keyturn_protocol::Home;

use crate::support::{World, wait};

/// Whether a process runs; one that ended and that nobody has taken notice of does not.
fn lives(pid: i32) -> bool {
    std::fs::read_to_string(format!("/proc/{pid}/stat"))
        .is_ok_and(|stat| !stat.rsplit(')').next().is_some_and(|rest| rest.starts_with(" Z")))
}

#[test]
fn a_second_agent_does_not_start() {
    let world = World::with_vault();
    let first = world.agent_pid();
    let refused = world.keyturn(&["agent", "--foreground", "--format", "json"]).run().exits(1);
    assert_eq!(refused.error()["code"], "already_exists");
    assert_eq!(world.agent_pid(), first);
    assert_eq!(world.status()["state"], "unlocked", "the first one goes on");
}

#[test]
fn many_first_commands_at_once_start_one_agent() {
    let world = World::empty();
    let children: Vec<_> = (0..8).map(|_| world.keyturn(&["list"]).spawn()).collect();
    for child in children {
        let status = child.wait_with_output().unwrap().status;
        assert_eq!(status.code(), Some(3), "there is no vault, and each got an answer");
    }
    assert!(lives(world.agent_pid()));
}

#[test]
fn stop_ends_the_agent_and_the_next_command_starts_another() {
    let world = World::with_vault();
    let first = world.agent_pid();
    world.keyturn(&["stop"]).run().done();
    world.wait_for_agents_end();
    assert!(world.status()["agent"]["pid"].is_null());
    world.keyturn(&["stop"]).run().done();
    world.keyturn(&["list"]).run().exits(3);
    assert_ne!(world.agent_pid(), first);
    assert_eq!(world.status()["state"], "locked", "a new agent knows no passphrase");
}

#[test]
fn an_agent_that_a_test_started_ends_with_the_test() {
    let world = World::empty();
    world.keyturn(&["list"]).run().exits(3);
    let pid = world.agent_pid();
    world.cut_tie();
    world.wait_for_agents_end();
    wait::until("the end of the agent's process", || (!lives(pid)).then_some(()));
}

#[test]
fn a_home_whose_path_is_too_long_for_a_socket_works_too() {
    let world = World::empty();
    let long = world.folder().join("x".repeat(120));
    let home = long.to_str().unwrap();
    world.keyturn(&["--home", home, "list"]).run().exits(3);
    let status = world.keyturn(&["--home", home, "status", "--format", "json"]).run().done().json();
    assert!(status["agent"]["pid"].is_number());
    world.keyturn(&["--home", home, "stop"]).run().done();

    let user = rustix::process::geteuid().as_raw();
    let elsewhere = Home::resolve(Some(long.clone()), user, |_| None).unwrap().runtime;
    assert!(!elsewhere.path().starts_with(&long), "a short folder was used instead");
    std::fs::remove_dir_all(elsewhere.path()).unwrap();
}

#[test]
fn a_pipe_of_the_script_that_started_the_agent_is_not_held_by_it() {
    let world = World::empty();
    // `run` waits until nobody holds the other end of this script's output, which is 7 here.
    world.program(&["sh", "-c", "keyturn provider list 7>&1 >/dev/null"]).run().done();
    assert!(world.agent_pid() > 0, "the agent goes on");
}
