//! The figures of daily use, each beside its peer or its limit in the same run. Not a test: nothing
//! here fails, it prints.

#![expect(clippy::unwrap_used, reason = "a measurement that cannot go on has failed")]
#![expect(clippy::print_stdout, reason = "printing figures is what it is for")]

#[expect(dead_code, unused_imports, reason = "the journeys' world; not all of it is needed here")]
#[path = "../../../tests/it/support/mod.rs"]
mod support;

use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use keyturn_sandbox::Provider;
use support::World;

const ROUNDS: usize = 200;

fn main() {
    let world = World::with_providers().keyring();
    world.add(Provider::Deepvue);
    token_latency(&world);
    callers_at_once();
    resident_memory();
}

/// A whole `keyturn token deepvue/main` with a live token, beside `secret-tool lookup` and an empty
/// process.
fn token_latency(world: &World) {
    world.keyturn(&["token", "deepvue/main"]).run().done();
    let requests = world.admin().total(Provider::Deepvue);
    let token = median(|| {
        let mut invocation = world.keyturn(&["token", "deepvue/main"]);
        let begun = Instant::now();
        let output = invocation.spawn().wait_with_output().unwrap();
        let took = begun.elapsed();
        assert!(output.status.success() && output.stdout.len() > 40);
        took
    });
    let asked = world.admin().total(Provider::Deepvue) - requests;

    let stored = world.program(&["secret-tool", "store", "--label=peer", "keyturn-bench", "peer"]);
    stored.stdin("a secret for the peer").run().done();
    let peer = median(|| {
        let mut invocation = world.program(&["secret-tool", "lookup", "keyturn-bench", "peer"]);
        let begun = Instant::now();
        let output = invocation.spawn().wait_with_output().unwrap();
        let took = begun.elapsed();
        assert!(output.status.success() && !output.stdout.is_empty());
        took
    });
    let empty = median(|| {
        let begun = Instant::now();
        let status = Command::new("/bin/true").stdin(Stdio::null()).status().unwrap();
        assert!(status.success());
        begun.elapsed()
    });
    println!(
        "keyturn token, warm, whole process: {} median of {ROUNDS} (limit 5 ms; secret-tool lookup {}, an empty process {}) {}",
        shown(token),
        shown(peer),
        shown(empty),
        verdict(token <= Duration::from_millis(5)),
    );
    println!(
        "requests to the provider for {ROUNDS} cached tokens: {asked} (limit 0) {}",
        verdict(asked == 0)
    );
}

/// 50 processes that want the same token at once.
fn callers_at_once() {
    let world = World::with_providers();
    world.add(Provider::Deepvue);
    let begun = Instant::now();
    let children: Vec<_> =
        (0..50).map(|_| world.keyturn(&["token", "deepvue/main"]).spawn()).collect();
    for child in children {
        assert!(child.wait_with_output().unwrap().status.success());
    }
    let exchanges = world.admin().count(Provider::Deepvue, "/v1/authorize");
    println!(
        "50 callers at once without a token: {exchanges} exchange (limit 1), all served in {} {}",
        shown(begun.elapsed()),
        verdict(exchanges == 1)
    );
}

/// The agent and its session with 100 credentials.
fn resident_memory() {
    let world = World::with_vault();
    for number in 0..100 {
        let name = format!("key-{number}");
        let words = ["add", "deepidv", "--name", &name, "--secret", "api_key"];
        world.keyturn(&words).stdin(&format!("deepidv-key-number-{number:04}")).run().done();
    }
    let agent = world.agent_pid();
    let session = children_of(agent);
    let kib =
        proportional_kib(agent) + session.iter().map(|pid| proportional_kib(*pid)).sum::<u64>();
    println!(
        "agent and session ({} process), 100 credentials: {}.{} MB PSS (limit 25 MB) {}",
        session.len(),
        kib / 1_000,
        kib % 1_000 / 100,
        verdict(kib <= 25_000)
    );
}

fn children_of(parent: i32) -> Vec<i32> {
    let text = std::fs::read_dir(format!("/proc/{parent}/task")).unwrap();
    let threads = text.flatten().map(|entry| entry.path().join("children"));
    let children = threads.filter_map(|path| std::fs::read_to_string(path).ok());
    children
        .flat_map(|line| {
            line.split_whitespace().map(|pid| pid.parse().unwrap()).collect::<Vec<_>>()
        })
        .collect()
}

/// The proportional set size: shared pages are counted in parts.
fn proportional_kib(pid: i32) -> u64 {
    let rollup = std::fs::read_to_string(format!("/proc/{pid}/smaps_rollup")).unwrap();
    let line = rollup.lines().find(|line| line.starts_with("Pss:")).unwrap();
    line.split_whitespace().nth(1).unwrap().parse().unwrap()
}

fn median(mut measure: impl FnMut() -> Duration) -> Duration {
    let mut times: Vec<Duration> = (0..ROUNDS).map(|_| measure()).collect();
    times.sort();
    times[ROUNDS / 2]
}

fn shown(time: Duration) -> String {
    format!("{:.2} ms", time.as_secs_f64() * 1_000.0)
}

fn verdict(kept: bool) -> &'static str {
    if kept { "ok" } else { "MISSED" }
}
