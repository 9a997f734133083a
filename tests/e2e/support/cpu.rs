//! The processor's time that a process and what it started have used, from `/proc`.

use std::collections::BTreeMap;
use std::fs;
use std::time::Duration;

/// The time of all processes below `root`, which itself is not counted.
pub(crate) fn of_descendants(root: u32) -> Duration {
    let mut processes = BTreeMap::new();
    for entry in fs::read_dir("/proc").expect("there is /proc").flatten() {
        let pid = entry.file_name().to_str().and_then(|name| name.parse::<u32>().ok());
        let stat = fs::read_to_string(entry.path().join("stat"));
        if let (Some(pid), Ok(stat)) = (pid, stat)
            && let Some(found) = parent_and_ticks(&stat)
        {
            processes.insert(pid, found);
        }
    }
    let ticks: u64 = processes
        .iter()
        .filter(|(pid, _)| descends(**pid, root, &processes))
        .map(|(_, (_, ticks))| ticks)
        .sum();
    Duration::from_millis(ticks * 1_000 / rustix::param::clock_ticks_per_second())
}

fn descends(pid: u32, root: u32, processes: &BTreeMap<u32, (u32, u64)>) -> bool {
    let mut current = pid;
    while let Some((parent, _)) = processes.get(&current) {
        if *parent == root {
            return true;
        }
        current = *parent;
    }
    false
}

/// Reads proc(5) `stat`: the name is in brackets and may hold anything.
fn parent_and_ticks(stat: &str) -> Option<(u32, u64)> {
    let (_, rest) = stat.rsplit_once(") ")?;
    let fields: Vec<&str> = rest.split_ascii_whitespace().collect();
    let ticks = |at: usize| fields.get(at)?.parse::<u64>().ok();
    Some((fields.get(1)?.parse().ok()?, ticks(11)? + ticks(12)?))
}
