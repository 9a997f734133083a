//! Calls about the audit journal: what was done, by whom, to what. No entry holds a secret, a query or a
//! body.

use chrono::{DateTime, Utc};
use keyturn_core::CredentialRef;
use serde::{Deserialize, Serialize};

/// Lists entries of the journal, the newest first.
#[derive(Debug, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct ListJournal {
    /// Only those about this credential, also under names that it had before.
    #[serde(default)]
    #[cfg_attr(feature = "typescript", ts(optional = nullable))]
    pub reference: Option<CredentialRef>,
    /// Only those from this time on.
    #[serde(default)]
    #[cfg_attr(feature = "typescript", ts(optional = nullable))]
    pub since: Option<DateTime<Utc>>,
    /// Only those of these kinds; empty for all.
    #[serde(default)]
    #[cfg_attr(feature = "typescript", ts(as = "Option<Vec<JournalKind>>", optional))]
    pub kinds: Vec<JournalKind>,
    /// Only those before the entry of this number, for the next page.
    #[serde(default)]
    #[cfg_attr(feature = "typescript", ts(optional = nullable))]
    pub before: Option<u64>,
    /// So many at most; without it 100, and never more than 1,000.
    #[serde(default)]
    #[cfg_attr(feature = "typescript", ts(optional = nullable))]
    pub limit: Option<u32>,
}

/// A page of the journal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct JournalPage {
    /// The entries, the newest first.
    pub entries: Vec<JournalEntryView>,
    /// Whether there are older ones that were asked for: those before the last one's number.
    pub more: bool,
}

/// One thing that was done.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct JournalEntryView {
    /// Its number in the journal, from 1.
    pub number: u64,
    /// When.
    pub at: DateTime<Utc>,
    /// What kind of thing was done.
    pub kind: JournalKind,
    /// What was done, in the journal's own word, e.g. `token` or `rotate promote`.
    pub action: String,
    /// The program behind it; `None` where Keyturn did it by itself.
    pub program: Option<String>,
    /// Who asked for it, with the programs that ran it.
    pub caller: String,
    /// What it was done to: a credential or a provider, as it was called then.
    #[serde(rename = "ref")]
    pub reference: Option<String>,
    /// Where a request went, or where stored secrets go since an edit.
    pub host: Option<String>,
    /// The path template of a request.
    pub path: Option<String>,
    /// How it was answered.
    pub status: Option<u16>,
    /// Which version of the credential's secrets was used.
    pub version: Option<u32>,
    /// The names of what an edit changed; never a value.
    pub changed: Vec<String>,
}

/// What kind of thing was done; for a symbol and a word of the reader's language.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum JournalKind {
    /// A credential was added.
    Added,
    /// A credential was edited.
    Edited,
    /// A credential went to the trash.
    Removed,
    /// A credential or a version of its key came back.
    Restored,
    /// A credential was deleted for good.
    Deleted,
    /// A reveal-once key was caught.
    Captured,
    /// A step of a rotation.
    Rotated,
    /// A token was handed out.
    Token,
    /// A stored secret was handed to a program.
    Fetched,
    /// A secret was shown to a person.
    Revealed,
    /// A secret was put on the clipboard.
    Copied,
    /// A request was sent.
    Requested,
    /// A token was bought.
    Exchanged,
    /// A token was revoked.
    Revoked,
    /// A program was allowed to use the vault, or refused.
    Allowed,
    /// The vault was made, or its settings, environments or profiles changed.
    Settings,
    /// Something else.
    Other,
}

/// Proves the journal's chain.
#[derive(Debug, Serialize, Deserialize)]
pub struct VerifyJournal {}

/// What the journal's chain proves.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct JournalProof {
    /// Whether each entry is the one that was written, and none is missing between two.
    pub intact: bool,
    /// How many entries are proven, from the first one on.
    pub entries: u64,
    /// When the first of them was written.
    pub since: Option<DateTime<Utc>>,
    /// When the last of them was written.
    pub until: Option<DateTime<Utc>>,
    /// The chain's end: written down elsewhere, it shows later that nothing before it changed.
    pub head: String,
    /// What is wrong behind the proven ones, where something is.
    pub problem: Option<String>,
}
