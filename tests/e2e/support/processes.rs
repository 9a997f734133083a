//! The processes of the machine, from `/proc`.

use std::collections::BTreeMap;
use std::fs;

/// Every process with its parent.
pub(crate) fn parents() -> BTreeMap<u32, u32> {
    let numbers = fs::read_dir("/proc").expect("there is /proc").flatten();
    numbers
        .filter_map(|entry| entry.file_name().to_str()?.parse::<u32>().ok())
        .filter_map(|pid| Some((pid, parent(pid)?)))
        .collect()
}

/// All below `root`, which itself is not among them.
pub(crate) fn descendants(root: u32) -> Vec<u32> {
    let parents = parents();
    let descends = |pid: u32| {
        let mut current = pid;
        while let Some(parent) = parents.get(&current) {
            if *parent == root {
                return true;
            }
            current = *parent;
        }
        false
    };
    parents.keys().copied().filter(|pid| descends(*pid)).collect()
}

/// The short name of a process; empty where it is gone.
pub(crate) fn name(pid: u32) -> String {
    fs::read_to_string(format!("/proc/{pid}/comm")).unwrap_or_default().trim().to_owned()
}

/// The memory that a process has for itself, with its share of what it shares, in bytes.
pub(crate) fn proportional_memory(pid: u32) -> u64 {
    let text = fs::read_to_string(format!("/proc/{pid}/smaps_rollup")).unwrap_or_default();
    let line = text.lines().find_map(|line| line.strip_prefix("Pss:"));
    let kibibytes = line.and_then(|line| line.trim().trim_end_matches(" kB").parse::<u64>().ok());
    kibibytes.unwrap_or_default() * 1_024
}

/// Whether a process is at work: one that ended and that nobody waited for is not.
pub(crate) fn runs(pid: u32) -> bool {
    stat(pid).is_some_and(|fields| fields.first().is_some_and(|state| state != "Z"))
}

/// The fields of proc(5) `stat` behind the name, which is in brackets and may hold anything.
pub(crate) fn stat(pid: u32) -> Option<Vec<String>> {
    let stat = fs::read_to_string(format!("/proc/{pid}/stat")).ok()?;
    let (_, fields) = stat.rsplit_once(") ")?;
    Some(fields.split_ascii_whitespace().map(str::to_owned).collect())
}

fn parent(pid: u32) -> Option<u32> {
    stat(pid)?.get(1)?.parse().ok()
}
