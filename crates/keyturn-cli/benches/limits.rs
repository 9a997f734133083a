//! A burst at deepidv's limits, through the real agent and against the sandbox, which counts as the
//! documentation says. Not a test: nothing here fails, it prints.

#![expect(clippy::unwrap_used, reason = "a measurement that cannot go on has failed")]
#![expect(clippy::print_stdout, reason = "printing figures is what it is for")]

#[expect(dead_code, unused_imports, reason = "the journeys' world; not all of it is needed here")]
#[path = "../../../tests/it/support/mod.rs"]
mod support;

use std::time::{Duration, Instant};

use keyturn_sandbox::Provider;
use serde_json::Value;
use support::World;

const REQUESTS: usize = 100;
/// Programs that are started at the same moment; each sends its requests one after the other.
const PROGRAMS: usize = 50;
/// Of the burst of 35 at once and then 25 a second.
const IDEAL: Duration = Duration::from_millis(2_600);

fn main() {
    let world = World::with_providers();
    world.add(Provider::Deepidv);
    // A path that is not there counts like any other, and creates nothing.
    let script = format!(
        "for n in $(seq {}); do keyturn request deepidv/main /v1/sessions/none --format json; done",
        REQUESTS / PROGRAMS
    );
    let begun = Instant::now();
    let children: Vec<_> =
        (0..PROGRAMS).map(|_| world.program(&["sh", "-c", &script]).spawn()).collect();
    let outputs: Vec<_> =
        children.into_iter().map(|child| child.wait_with_output().unwrap()).collect();
    let whole = begun.elapsed();
    let answers: Vec<Value> = outputs
        .iter()
        .flat_map(|output| serde_json::Deserializer::from_slice(&output.stdout).into_iter())
        .map(Result::unwrap)
        .collect();
    assert_eq!(answers.len(), REQUESTS);
    // From the first arrival at the provider to the last: what the limits decide about.
    let seen = world.admin().requests(Provider::Deepidv);
    let took = (seen.last().unwrap().at - seen.first().unwrap().at).to_std().unwrap();
    let again = answers.iter().filter(|answer| answer["attempts"] != 1).count();
    let refused = answers.iter().filter(|answer| answer["status"] == 429).count();
    let ratio = took.as_secs_f64() / IDEAL.as_secs_f64();
    println!(
        "a burst of {REQUESTS} at 25 a second and 35 at once: {:.3} s from first to last (ideal {:.1} s, ratio {ratio:.3}, bar 1.05), 429s: {} (bar 0) {}",
        took.as_secs_f64(),
        IDEAL.as_secs_f64(),
        refused + again,
        if ratio <= 1.05 && refused + again == 0 { "ok" } else { "MISSED" }
    );
    println!(
        "the same with starting {REQUESTS} processes of `keyturn`: {:.3} s",
        whole.as_secs_f64()
    );
}
