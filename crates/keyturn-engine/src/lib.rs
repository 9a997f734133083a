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
mod back_off;
mod bound;
mod capture;
mod checklist;
mod due;
mod edit;
mod endpoint;
mod engine;
mod environment;
mod error;
mod explain;
mod fields;
mod get;
mod init;
mod ips;
mod journal;
mod keep_fresh;
mod kept;
mod last_four;
mod limit;
mod list;
mod named_secrets;
mod observed;
mod profile;
mod refresh;
mod remind;
mod remove;
mod request;
mod revoke;
mod snippet;
mod token;
mod unlock;

pub use add::AddCredential;
pub use capture::{CaptureKey, Captured};
pub use checklist::{ChecklistEntry, ChecklistError, ItemState, SaidBy};
pub use due::DueCredential;
pub use edit::EditCredential;
pub use engine::{Engine, Ports, Status, VaultStatus};
pub use environment::AddEnvironment;
pub use error::EngineError;
pub use explain::{ExplainAnswer, ExplainError, Explained, LONGEST_EXPLAINED};
pub use init::Init;
pub use ips::{AddAddress, AllowListError, EditAllowList, ShownAllowList};
pub use kept::KeptSummary;
pub use limit::{LimitUse, LimitWindow};
pub use list::{CredentialSummary, ListFilter};
pub use profile::{
    AddProfile, AddedProfile, KnownProfile, OwnState, ProfileChange, ProfileError, ProfileOutcome,
};
pub use remind::Reminder;
pub use request::{Body, KeepExchange, Kept, LONGEST_KEPT, MOST_KEPT, Sent, TestRequest};
pub use token::{LiveToken, RenderToken, RenderedToken, TokenRequest};
pub use unlock::UnlockWith;
