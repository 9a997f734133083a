//! Journals that somebody changed who has the vault's key: what the chain shows of it.

use super::super::tests::create;
use super::*;
use crate::catalog::Place;
use crate::{Batch, JournalEntry, Unlock};

fn entry(number: usize) -> JournalEntry {
    let seconds = 1_772_000_000 + i64::try_from(number).unwrap();
    let at = DateTime::from_timestamp(seconds, 0).unwrap();
    JournalEntry::new(at, &"x".repeat(1_000), &format!("number {number:03}"))
}

/// A vault whose journal has its first entry and a hundred more, in several segments.
fn written() -> (super::super::tests::Home, Vault) {
    let (home, mut vault) = create();
    let mut batch = Batch::new();
    batch.append_journal((1..=100).map(entry).collect());
    vault.commit(batch).unwrap();
    assert!(vault.state.catalog.journal().count() > 2, "several segments");
    (home, vault)
}

fn segment(vault: &Vault, number: u32) -> Vec<u8> {
    let id = vault.state.catalog.get(&Place::journal(number)).unwrap();
    vault.open_record(id, RecordKind::Journal).unwrap().to_vec()
}

/// Where the entries of a segment lie in it.
fn pieces(body: &[u8]) -> Vec<std::ops::Range<usize>> {
    let mut found = Vec::new();
    let mut at = 33;
    while at < body.len() {
        let length = u32::from_be_bytes(body[at..at + 4].try_into().unwrap());
        let end = at + 4 + usize::try_from(length).unwrap() + 32;
        found.push(at..end);
        at = end;
    }
    found
}

/// What is proven after the newest segment but one was made into something else.
fn after(change: impl Fn(&[u8], &[std::ops::Range<usize>]) -> Vec<u8>) -> JournalProof {
    let (_home, mut vault) = written();
    let body = segment(&vault, 1);
    vault.forge(Place::journal(1), Some(&change(&body, &pieces(&body))));
    vault.prove_journal().unwrap()
}

#[test]
fn an_untouched_journal_is_proven_whole_and_its_head_stands_for_it() {
    let (home, vault) = written();
    let proof = vault.prove_journal().unwrap();
    assert_eq!((proof.entries, proof.flaw), (101, None));
    assert_eq!(proof.until, Some(entry(100).at));
    assert!(proof.since < proof.until);
    let before = proof.head;
    drop(vault);
    let mut vault = Vault::open(&home.paths, Unlock::Keyring, &home.keystore).unwrap();
    assert_eq!(vault.prove_journal().unwrap().head, before, "it is the same after a restart");
    let mut batch = Batch::new();
    batch.append_journal(vec![entry(101)]);
    vault.commit(batch).unwrap();
    assert_ne!(vault.prove_journal().unwrap().head, before);
}

#[test]
fn a_changed_entry_is_found_and_what_stands_before_it_is_still_proven() {
    let (_home, vault) = written();
    let first = u64::try_from(pieces(&segment(&vault, 0)).len()).unwrap();
    let proof = after(|body, pieces| {
        let mut changed = body.to_vec();
        let entry = &mut changed[pieces[2].clone()];
        let at = entry.windows(6).position(|bytes| bytes == b"number").unwrap();
        entry[at] = b'N';
        changed
    });
    assert_eq!((proof.entries, proof.flaw), (first + 2, Some(JournalFlaw::ChainBroken)));
}

#[test]
fn an_entry_that_was_taken_out_moved_or_doubled_is_found() {
    let taken = after(|body, pieces| [&body[..pieces[3].start], &body[pieces[3].end..]].concat());
    let moved = after(|body, pieces| {
        let (one, two) = (pieces[3].clone(), pieces[4].clone());
        [&body[..one.start], &body[two.clone()], &body[one], &body[two.end..]].concat()
    });
    let doubled = after(|body, pieces| {
        let one = pieces[3].clone();
        [&body[..one.end], &body[one.clone()], &body[one.end..]].concat()
    });
    for (what, proof) in [("taken", taken), ("moved", moved), ("doubled", doubled)] {
        assert_eq!(proof.flaw, Some(JournalFlaw::ChainBroken), "{what}");
        assert!(proof.entries < 101, "{what}: {}", proof.entries);
    }
}

#[test]
fn an_end_that_was_cut_off_inside_the_chain_is_found() {
    let cut = after(|body, pieces| body[..pieces[3].end].to_vec());
    assert_eq!(cut.flaw, Some(JournalFlaw::ChainBroken), "the next segment does not go on from it");
}

#[test]
fn a_segment_that_is_gone_or_swapped_is_found() {
    let (_home, mut vault) = written();
    let (one, two) = (segment(&vault, 1), segment(&vault, 2));
    vault.forge(Place::journal(1), Some(&two));
    vault.forge(Place::journal(2), Some(&one));
    let swapped = vault.prove_journal().unwrap();
    assert_eq!(swapped.flaw, Some(JournalFlaw::ChainBroken));
    vault.forge(Place::journal(1), None);
    let gone = vault.prove_journal().unwrap();
    assert_eq!(gone.flaw, Some(JournalFlaw::SegmentMissing));
    assert!(gone.entries > 0, "what stands before it is proven");
}

#[test]
fn a_journal_that_is_gone_altogether_is_found() {
    let (_home, mut vault) = create();
    vault.forge(Place::journal(0), None);
    let proof = vault.prove_journal().unwrap();
    assert_eq!((proof.entries, proof.flaw), (0, Some(JournalFlaw::SegmentMissing)));
}

#[test]
fn a_segment_that_is_no_journal_is_found() {
    let proof = after(|_, _| b"something else".to_vec());
    assert_eq!(proof.flaw, Some(JournalFlaw::ChainBroken));
}
