//! The use cases of Keyturn, one file an operation.
//!
//! The engine joins the vault, the profiles and the network: it adds credentials, buys and reuses
//! tokens, hands out fields, sends requests, tells what is due. Clock, keystore and transport are
//! injected ([`Ports`]), so that every operation runs in a test without the machine's own.
//!
//! What it refuses: it prints nothing, reads no environment, opens no socket, and does not know who
//! calls; granting is `keyturn-agent`'s business, and the caller's name reaches the engine only for
//! the journal.
//!
//! Where to look next: [`Engine`], then the file named like the operation.

mod add;
mod aside;
mod back_off;
mod bound;
mod calendar;
mod capture;
mod check;
mod checklist;
mod consumer;
mod dates;
mod draft;
mod due;
mod edit;
mod endpoint;
mod engine;
mod environment;
mod error;
mod exchange;
mod explain;
mod fields;
mod find;
mod free_text;
mod get;
mod health;
mod history;
mod init;
mod ips;
mod journal;
mod keep_fresh;
mod kept;
mod last_four;
mod lead_times;
mod limit;
mod list;
mod local_days;
mod named_secrets;
mod observed;
mod paste;
mod profile;
mod redirect;
mod refresh;
mod remind;
mod remove;
mod request;
mod revoke;
mod rotation;
mod saved;
mod settings;
mod snippet;
mod timeline;
mod token;
mod trash;
mod unlock;
mod usage;
mod version;

pub use add::AddCredential;
pub use calendar::CalendarFile;
pub use capture::{CaptureError, CaptureKey, Captured, Caught, KeyTest, Twin};
pub use check::{CheckResult, Checked};
pub use checklist::{ChecklistEntry, ChecklistError, ItemState, SaidBy};
pub use consumer::{ConsumerEdit, ConsumerError, SeenConsumer, ShownConsumers};
pub use dates::DateError;
pub use due::DueCredential;
pub use edit::EditCredential;
pub use engine::{Engine, Ports, Status, VaultStatus};
pub use environment::AddEnvironment;
pub use error::EngineError;
pub use exchange::{MOST_NOTED, ShownExchange};
pub use explain::{ExplainAnswer, ExplainError, Explained, LONGEST_EXPLAINED};
pub use find::{FindError, FindNote, FoundCredential, FoundKey};
pub use health::{Finding, FindingKind, Health};
pub use history::{HistoryError, ShownHistory, ShownVersion};
pub use init::Init;
pub use ips::{AddAddress, AllowListError, EditAllowList, ShownAllowList};
pub use journal::page::{JournalFilter, JournalPage, NumberedEntry};
pub use kept::KeptSummary;
pub use keyturn_core::reminder::{CarriedHow, Reminder, ReminderEntry};
pub use keyturn_request::code::Carrier;
pub use limit::{LimitUse, LimitWindow};
pub use list::{CredentialSummary, ListFilter};
pub use paste::{FromPaste, PasteError, PasteFound, PasteSuggestion, PastedField};
pub use profile::{
    AddProfile, AddedProfile, KnownProfile, OwnState, ProfileChange, ProfileError, ProfileOutcome,
};
pub use remind::{Inbox, RemindError, Snoozed};
pub use request::{
    Body, BodyPart, KeepExchange, Kept, LONGEST_KEPT, MOST_KEPT, Outline, PartOf, Sent, TestRequest,
};
pub use rotation::{
    AskSupport, EmergencyText, ReplacedField, RotationError, ShownRotation, StoreNext,
};
pub use saved::{LARGEST_SAVED, LARGEST_TOGETHER, MOST_SAVED, NotSaved, Saved, SavedRequestError};
pub use snippet::{Snippet, SnippetForm};
pub use timeline::{Lane, LaneEvent, LaneEventKind, Overlap, Timeline};
pub use token::{LiveToken, RenderToken, RenderedToken, TokenEndError, TokenRequest};
pub use trash::{TRASH_DAYS, TrashChoice, TrashError, TrashedCredential};
pub use unlock::UnlockWith;
pub use usage::{Bought, SentAs, Usage};
