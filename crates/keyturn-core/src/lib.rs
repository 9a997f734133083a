//! The nouns of Keyturn: credential, token, rotation, reveal, and the clock they are measured by.
//!
//! This crate is pure. It never prints, never reads the environment or the clock of the machine by
//! itself (see [`Clock`]), and knows neither files nor networks nor any provider's name. Everything
//! else depends on it; it depends on nothing of ours.
//!
//! Where to look next: [`Credential`] for what is kept, [`expiry`] for when a token ends,
//! [`rotation`] for when a key is due, [`Secret`] for what must never be printed.

mod allow_list;
mod chance;
mod clock;
mod consumer;
mod credential;
pub mod duration;
mod exchange_id;
pub mod expiry;
mod format;
mod id;
mod key_version;
mod line;
mod name;
pub mod reminder;
mod reveal;
pub mod rotation;
mod secret;
mod security;
mod token;

pub use allow_list::{
    AddressError, AddressKind, AddressRange, AllowList, ListTest, Listed, ListedAddress,
    TestOutcome,
};
pub use chance::{Chance, FixedChance, SystemChance};
pub use clock::{Clock, ManualClock, SystemClock};
pub use consumer::{Consumer, ConsumerNameError};
pub use credential::{Credential, Field, FieldValue, last_four};
pub use exchange_id::{ExchangeId, ExchangeIdError};
pub use expiry::{Countdown, CountdownError, Expiry, ExpirySource};
pub use format::{SecretFormat, TokenFormat};
pub use id::{CredentialId, Id, IdError, PasteTicket, RecordId, VaultId};
pub use key_version::{Fingerprint, KeyStanding, KeyVersion};
pub use line::steers;
pub use name::{
    CredentialName, CredentialRef, EnvironmentName, FieldName, NameError, ProviderId, Target,
    TargetRef,
};
pub use reveal::{KeyMark, RevealState};
pub use rotation::{Rotation, RotationPolicy, RotationStage, RotationState};
pub use secret::{REDACTED, Secret, SecretBytes, SecretFields, SecretString};
pub use security::{LONGEST_OPEN_S, SecuritySettings, SecuritySettingsError};
pub use token::{Token, TokenState, TokenSummary};
