//! The processor's time that processes have used, from `/proc`.

use std::time::Duration;

use super::processes;

/// The time of all processes below `root`, which itself is not counted.
pub(crate) fn of_descendants(root: u32) -> Duration {
    let ticks: u64 = processes::descendants(root).into_iter().filter_map(ticks).sum();
    Duration::from_millis(ticks * 1_000 / rustix::param::clock_ticks_per_second())
}

/// What a process has used, for itself and in the kernel.
fn ticks(pid: u32) -> Option<u64> {
    let fields = processes::stat(pid)?;
    let ticks = |at: usize| fields.get(at)?.parse::<u64>().ok();
    Some(ticks(11)? + ticks(12)?)
}
