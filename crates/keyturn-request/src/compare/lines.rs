//! The rows in which two bodies differ.
//!
//! Rows that only one body has are taken out before both are compared: without them, two bodies that have
//! nothing in common cost nothing. What is left may still be made to cost much, by somebody who knows the
//! algorithm: after half a second the rest is told as different, which is true and says less.

use std::collections::HashMap;
use std::time::{Duration, Instant};

use similar::{Algorithm, DiffOp, capture_diff_slices_deadline};

use super::{Change, DiffLine};

/// How many rows that both have stand around each change.
const AROUND: usize = 3;
/// How long is looked for the shortest way from one to the other.
const PATIENCE: Duration = Duration::from_millis(500);

/// The rows of both in one list, with long runs of those that both have left out.
pub(super) fn differences(left: Vec<String>, right: Vec<String>) -> Vec<DiffLine> {
    let alike = alike(&left, &right);
    let mut all = Vec::new();
    let mut sides = (left.into_iter(), right.into_iter());
    let mut at = (0, 0);
    for (in_left, in_right) in alike {
        all.extend(sides.0.by_ref().take(in_left - at.0).map(|text| line(Change::Removed, text)));
        all.extend(sides.1.by_ref().take(in_right - at.1).map(|text| line(Change::Added, text)));
        all.extend(sides.0.next().map(|text| line(Change::Same, text)));
        let _the_same = sides.1.next();
        at = (in_left + 1, in_right + 1);
    }
    all.extend(sides.0.map(|text| line(Change::Removed, text)));
    all.extend(sides.1.map(|text| line(Change::Added, text)));
    folded(all)
}

fn line(change: Change, text: String) -> DiffLine {
    DiffLine { change, text }
}

/// The pairs of rows that stay, in the order of both.
fn alike(left: &[String], right: &[String]) -> Vec<(usize, usize)> {
    let mut ids = HashMap::<&str, usize>::new();
    let mut named = Vec::with_capacity(2);
    for rows in [left, right] {
        let rows = rows.iter().map(|row| {
            let next = ids.len();
            *ids.entry(row.as_str()).or_insert(next)
        });
        named.push(rows.collect::<Vec<usize>>());
    }
    let has = |rows: &[usize]| {
        let mut has = vec![false; ids.len()];
        for id in rows {
            if let Some(slot) = has.get_mut(*id) {
                *slot = true;
            }
        }
        has
    };
    let [left, right] = named.as_slice() else { return Vec::new() };
    let (in_left, in_right) = (has(left), has(right));
    let shared = |rows: &[usize], other: &[bool]| -> (Vec<usize>, Vec<usize>) {
        let kept = rows.iter().enumerate().filter(|(_, id)| other.get(**id) == Some(&true));
        kept.map(|(at, id)| (at, *id)).unzip()
    };
    let (left_at, left) = shared(left, &in_right);
    let (right_at, right) = shared(right, &in_left);
    let deadline = Instant::now() + PATIENCE;
    let operations = capture_diff_slices_deadline(Algorithm::Myers, &left, &right, Some(deadline));
    let mut pairs = Vec::new();
    for operation in operations {
        if let DiffOp::Equal { old_index, new_index, len } = operation {
            let places = (old_index..old_index + len).zip(new_index..new_index + len);
            let of = |(left, right): (usize, usize)| {
                left_at.get(left).copied().zip(right_at.get(right).copied())
            };
            pairs.extend(places.filter_map(of));
        }
    }
    pairs
}

/// The list with long runs of rows that both have left out.
fn folded(all: Vec<DiffLine>) -> Vec<DiffLine> {
    let length = all.len();
    let mut shown = vec![false; length];
    for (at, line) in all.iter().enumerate() {
        if line.change != Change::Same {
            let around = at.saturating_sub(AROUND)..(at + AROUND + 1).min(length);
            shown.get_mut(around).into_iter().flatten().for_each(|shown| *shown = true);
        }
    }
    let mut folded = Vec::new();
    let mut skipped = 0_usize;
    let skip = |folded: &mut Vec<DiffLine>, skipped: &mut usize| {
        if *skipped > 0 {
            folded.push(line(Change::Skipped, skipped.to_string()));
            *skipped = 0;
        }
    };
    for (line, shown) in all.into_iter().zip(shown) {
        if shown {
            skip(&mut folded, &mut skipped);
            folded.push(line);
        } else {
            skipped += 1;
        }
    }
    skip(&mut folded, &mut skipped);
    folded
}
