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
    let mut entries: Vec<JournalEntryView> = Vec::new();
    // What an entry is called belongs to the clients, so that the engine cannot count kinds.
    loop {
        let page = agent.engine.journal_page(&filter).map_err(|error| to_api(&error))?;
        let (last, older) = (page.entries.last().map(|one| one.number), page.more);
        let wanted = page.entries.into_iter().map(entry);
        entries.extend(wanted.filter(|one| call.kinds.contains(&one.kind)));
        if entries.len() > limit || !older {
            break;
        }
        filter.before = last;
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
        "edit" | "checklist" | "ips" | "consumers" => JournalKind::Edited,
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
}
