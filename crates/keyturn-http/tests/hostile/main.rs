//! Servers that mean ill, or are broken: 48 cases through the real transport.
//!
//! Not a test of libtest's: the cases stand in one table that is counted, and some send from a
//! process of their own, which is this program again: with an environment of its own, and with a
//! peak of memory that is nobody else's. Words among the arguments choose cases by their names;
//! `--real-limits` takes the product's own limits of time instead of small ones, and minutes.

#![expect(clippy::unwrap_used, reason = "a test's helper fails like the test")]
#![expect(clippy::print_stdout, reason = "this program reports its cases itself")]

mod case;
mod client;
mod dns;
mod framing;
mod redirects;
mod shown;
mod size;
#[path = "../support/mod.rs"]
mod support;
mod surroundings;
mod time;

use std::process::ExitCode;
use std::time::{Duration, Instant};

use case::Case;
use keyturn_http::WireLimits;

/// How many cases there are.
const COUNT: usize = 48;
/// The longest that any case may take, with the product's own limits.
const LONGEST: Duration = Duration::from_secs(61);
/// By how much the memory of a process may grow while it reads an answer.
const MOST_MEMORY_KIB: u64 = 64 * 1024;

fn main() -> ExitCode {
    let words: Vec<String> = std::env::args().skip(1).collect();
    if words.first().is_some_and(|word| word == client::WORD) {
        return client::run(&words[1..]);
    }
    let table = [
        redirects::cases(),
        time::cases(words.iter().any(|word| word == "--real-limits")),
        size::cases(),
        framing::cases(),
        shown::cases(),
        surroundings::cases(),
        dns::cases(),
    ];
    let mut table = table.into_iter().flatten().collect::<Vec<_>>();
    assert_eq!(table.len(), COUNT, "the table has as many cases as it says");
    table.sort_by_key(|case| case.name.clone());
    table.dedup_by_key(|case| case.name.clone());
    assert_eq!(table.len(), COUNT, "each case has a name of its own");
    the_limits_are_the_documented_ones();

    let wanted: Vec<&String> = words.iter().filter(|word| !word.starts_with('-')).collect();
    let chosen = |case: &Case| wanted.is_empty() || wanted.iter().any(|w| case.name.contains(*w));
    let chosen: Vec<Case> = table.into_iter().filter(chosen).collect();
    if words.iter().any(|word| word == "--list") {
        for case in &chosen {
            println!("{}: test", case.name);
        }
        return ExitCode::SUCCESS;
    }
    run(chosen)
}

fn the_limits_are_the_documented_ones() {
    let expected = WireLimits {
        connect: Duration::from_secs(10),
        idle: Duration::from_secs(15),
        total: Duration::from_mins(1),
        headers: 64 * 1024,
        body: 10 * 1024 * 1024,
    };
    assert_eq!(WireLimits::default(), expected);
    assert!(expected.total < LONGEST);
}

fn run(cases: Vec<Case>) -> ExitCode {
    let count = cases.len();
    let (mut passed, mut slowest, mut largest) = (0, Duration::ZERO, 0);
    for case in cases {
        let begun = Instant::now();
        let name = case.name.clone();
        let outcome = case.run(LONGEST);
        let took = begun.elapsed();
        slowest = slowest.max(took);
        match outcome {
            Ok(memory_kib) => {
                passed += 1;
                largest = largest.max(memory_kib.unwrap_or_default());
                let memory = memory_kib.map(|kib| format!(", +{kib} KiB")).unwrap_or_default();
                println!("ok    {name} ({} ms{memory})", took.as_millis());
            }
            Err(why) => println!("FAILED {name}: {why}"),
        }
    }
    println!(
        "hostile servers: {passed} of {count}; 0 secret bytes at a second origin; memory +{:.1} MiB at most (limit 64); slowest {:.1} s (limit 61)",
        f64::from(u32::try_from(largest).unwrap_or(u32::MAX)) / 1024.0,
        slowest.as_secs_f64(),
    );
    if passed == count { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}
