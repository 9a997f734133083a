//! The audit journal, a page at a time, and the proof of its chain.

use std::fmt::Write as _;

use keyturn_engine::{JournalFilter, NumberedEntry};
use keyturn_protocol::ApiError;
use keyturn_protocol::calls::{
    JournalEntryView, JournalKind, JournalPage, JournalProof, ListJournal, VerifyJournal,
};
use keyturn_vault::{JournalEntry, JournalFlaw};

use crate::agent::Agent;
use crate::errors::to_api;

/// So many entries are looked at in one go where only some kinds are wanted.
const STRIDE: usize = 1_000;

pub(super) fn list(agent: &Agent, call: &ListJournal) -> Result<JournalPage, ApiError> {
    let limit = call.limit.and_then(|limit| usize::try_from(limit).ok());
    let mut filter = JournalFilter {
        reference: call.reference.clone(),
        since: call.since,
        before: call.before,
        limit,
    };
    if call.kinds.is_empty() {
        let page = agent.engine.journal_page(&filter).map_err(|error| to_api(&error))?;
        let entries = page.entries.into_iter().map(entry).collect();
        return Ok(JournalPage { entries, more: page.more });
    }
    let limit = limit.unwrap_or(100).min(STRIDE);
    filter.limit = Some(STRIDE);
    of_kinds(&call.kinds, limit, |before| {
        filter.before = before.or(call.before);
        agent.engine.journal_page(&filter).map_err(|error| to_api(&error))
    })
}

/// A page of entries of some kinds. What an entry is called belongs to the clients, so that the engine
/// cannot count kinds: it is read on, from the last number that was seen.
fn of_kinds(
    kinds: &[JournalKind],
    limit: usize,
    mut read: impl FnMut(Option<u64>) -> Result<keyturn_engine::JournalPage, ApiError>,
) -> Result<JournalPage, ApiError> {
    let mut entries: Vec<JournalEntryView> = Vec::new();
    let mut before = None;
    loop {
        let page = read(before)?;
        before = page.entries.last().map(|one| one.number);
        let wanted = page.entries.into_iter().map(entry);
        entries.extend(wanted.filter(|one| kinds.contains(&one.kind)));
        if entries.len() > limit || !page.more {
            break;
        }
    }
    let more = entries.len() > limit;
    entries.truncate(limit);
    Ok(JournalPage { entries, more })
}

pub(super) fn verify(agent: &Agent, _: &VerifyJournal) -> Result<JournalProof, ApiError> {
    let proof = agent.engine.prove_journal().map_err(|error| to_api(&error))?;
    Ok(JournalProof {
        intact: proof.flaw.is_none(),
        entries: proof.entries,
        since: proof.since,
        until: proof.until,
        head: proof.head.iter().fold(String::with_capacity(64), |mut text, byte| {
            write!(text, "{byte:02x}").ok();
            text
        }),
        problem: proof.flaw.map(|flaw| words(flaw).to_owned()),
    })
}

/// An entry as clients see it.
pub(super) fn entry(numbered: NumberedEntry) -> JournalEntryView {
    let NumberedEntry { number, entry, program } = numbered;
    let JournalEntry {
        at, caller, action, reference, host, path, status, version, changed, ..
    } = entry;
    let kind = kind(&action);
    JournalEntryView {
        number,
        at,
        kind,
        action,
        program,
        caller,
        reference,
        host,
        path,
        status,
        version,
        changed,
    }
}

fn kind(action: &str) -> JournalKind {
    match action {
        "add" => JournalKind::Added,
        "edit"
        | "checklist"
        | "ips"
        | "consumers"
        | "save request"
        | "save requests"
        | "remove saved request" => JournalKind::Edited,
        "remove" => JournalKind::Removed,
        "restore" | "rotate roll back" => JournalKind::Restored,
        "delete" => JournalKind::Deleted,
        "capture" => JournalKind::Captured,
        "token" | "token with key" => JournalKind::Token,
        "get" | "inject" | "run" | "proxy" => JournalKind::Fetched,
        "reveal" | "show" | "show a kept exchange" => JournalKind::Revealed,
        "copy" => JournalKind::Copied,
        "exchange" | "exchange failed" | "exchange not saved" => JournalKind::Exchanged,
        "revoke" | "revoke failed" => JournalKind::Revoked,
        "init" | "settings" | "remind settings" | "environment add" | "provider add"
        | "provider remove" => JournalKind::Settings,
        "allow once" | "allow until lock" | "refuse" => JournalKind::Allowed,
        _ if action.starts_with("rotate ") => JournalKind::Rotated,
        _ if action.starts_with("request ") => JournalKind::Requested,
        _ => JournalKind::Other,
    }
}

const fn words(flaw: JournalFlaw) -> &'static str {
    match flaw {
        JournalFlaw::SegmentMissing => "a piece of the journal is missing",
        JournalFlaw::SegmentForeign => "a piece of the journal is not the one that was saved",
        JournalFlaw::ChainBroken => "an entry was changed, left out, put in or moved",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_journal_calls_by_many_names_is_of_a_few_kinds() {
        for (action, expected) in [
            ("rotate promote by word", JournalKind::Rotated),
            ("rotate roll back", JournalKind::Restored),
            ("request GET", JournalKind::Requested),
            ("token with key", JournalKind::Token),
            ("what comes later", JournalKind::Other),
        ] {
            assert_eq!(kind(action), expected, "{action}");
        }
    }

    /// A page as the engine reads it: these numbers, the newest first, copied where they are even.
    fn read(numbers: std::ops::RangeInclusive<u64>, more: bool) -> keyturn_engine::JournalPage {
        let entries = numbers.rev().map(|number| {
            let action = if number % 2 == 0 { "copy" } else { "token" };
            let entry = JournalEntry::new(chrono::DateTime::UNIX_EPOCH, "", action);
            NumberedEntry { number, entry, program: None }
        });
        keyturn_engine::JournalPage { entries: entries.collect(), more }
    }

    #[test]
    fn entries_of_a_kind_are_read_on_until_a_page_is_full() {
        let asked = std::cell::RefCell::new(Vec::new());
        let journal = |before: Option<u64>| {
            asked.borrow_mut().push(before);
            Ok(match before {
                None => read(7..=12, true),
                Some(_) => read(1..=6, false),
            })
        };
        let numbers = |page: &JournalPage| -> Vec<u64> {
            page.entries.iter().map(|one| one.number).collect()
        };
        let page = of_kinds(&[JournalKind::Copied], 2, journal).unwrap();
        assert_eq!((numbers(&page), page.more), (vec![12, 10], true));
        let page = of_kinds(&[JournalKind::Copied], 5, journal).unwrap();
        assert_eq!((numbers(&page), page.more), (vec![12, 10, 8, 6, 4], true));
        let page = of_kinds(&[JournalKind::Revealed], 5, journal).unwrap();
        assert_eq!((numbers(&page), page.more), (vec![], false));
        assert_eq!(asked.into_inner(), [None, None, Some(7), None, Some(7)]);
    }
}
