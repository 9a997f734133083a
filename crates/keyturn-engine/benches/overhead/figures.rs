//! How times are told.

use std::time::Duration;

pub(crate) fn median(mut times: Vec<Duration>) -> Duration {
    times.sort();
    times[times.len() / 2]
}

pub(crate) fn shown(time: Duration) -> String {
    format!("{:.2} ms", time.as_secs_f64() * 1_000.0)
}

/// Prints what is needed beyond what curl needs for the same.
pub(crate) fn beside_curl(what: &str, rounds: usize, own: Duration, curl: Duration, bar_ms: f64) {
    let overhead = (own.as_secs_f64() - curl.as_secs_f64()) * 1_000.0;
    println!(
        "{what}: {} median of {rounds}; curl doing the same: {}; own overhead {overhead:+.2} ms (bar {bar_ms} ms) {}",
        shown(own),
        shown(curl),
        if overhead <= bar_ms { "ok" } else { "MISSED" },
    );
}
