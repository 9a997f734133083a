//! Calls about a key that its provider shows exactly once: catching it, and whether it works.

use keyturn_core::{CredentialRef, FieldName, KeyStanding, TargetRef};
use serde::{Deserialize, Serialize};

use super::DisplayVariables;
use crate::SecretOnWire;

/// Says what is known of a key that was pasted. Stores nothing; what is no key is refused with words.
#[derive(Debug, Serialize, Deserialize)]
pub struct CheckCapture {
    /// The credential; there may be none yet.
    pub reference: CredentialRef,
    /// In which of its fields; `None` takes the first that is not stored.
    #[serde(default)]
    pub field: Option<FieldName>,
    /// The key; `None` takes it from the clipboard, which stays as it is.
    pub value: Option<SecretOnWire>,
    /// Where the clipboard is.
    pub display: DisplayVariables,
}

/// What is known of a caught key.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct CaughtView {
    /// The field that it goes into.
    pub field: FieldName,
    /// How every key of this provider begins, where the profile knows.
    pub begins: Option<String>,
    /// How many characters it has.
    pub length: usize,
    /// Its last four characters, to compare with what the provider shows.
    pub last_four: Option<String>,
    /// What was left out of what was pasted, in words.
    pub notes: Vec<String>,
    /// Where the same value is stored, or was.
    pub duplicate_of: Option<KeyTwin>,
    /// The last four characters that were known before.
    pub known_last_four: Option<String>,
    /// Whether it is the key whose last four characters were known; `None` where none were.
    pub matches_known_last_four: Option<bool>,
    /// Whether it is the new key of a rotation that is under way, and lies beside the one in use.
    pub is_next: bool,
}

/// Where the same value is stored, or was.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct KeyTwin {
    /// At which credential.
    #[serde(rename = "ref")]
    pub reference: CredentialRef,
    /// In which of its fields.
    pub field: FieldName,
    /// In which version.
    pub version: u32,
    /// Where that version stands.
    pub standing: KeyStanding,
    /// Whether the credential lies in the trash.
    pub removed: bool,
    /// All this in words.
    pub words: String,
}

/// Stores a reveal-once key; answered only after it was written, the file closed, opened again and
/// the key read back.
#[derive(Debug, Serialize, Deserialize)]
pub struct Capture {
    /// The credential; it is made where there is none.
    pub reference: CredentialRef,
    /// In which of its fields; `None` takes the first that is not stored.
    #[serde(default)]
    pub field: Option<FieldName>,
    /// The key; `None` takes it from the clipboard.
    pub value: Option<SecretOnWire>,
    /// Whether the user agreed to a key that is stored already, or is another than the known one.
    #[serde(default)]
    pub confirmed: bool,
    /// Where the clipboard is.
    pub display: DisplayVariables,
}

/// A reveal-once key is safe.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct CaptureAnswer {
    /// The field it was stored in.
    pub stored: TargetRef,
    /// Its last four characters, to compare with what the provider shows.
    pub last_four: Option<String>,
    /// Always true: an answer without it is never sent.
    pub safe_to_close: bool,
    /// What was left out of what was pasted, in words.
    pub notes: Vec<String>,
    /// Where the same value is stored, or was; the user agreed to it.
    pub duplicate_of: Option<KeyTwin>,
    /// Whether it is the key whose last four characters were known; `None` where none were.
    pub matches_known_last_four: Option<bool>,
    /// Whether it is the new key of a rotation that is under way, and lies beside the one in use.
    pub is_next: bool,
    /// The profile's harmless test of it; `None` where it was not tested. It never undoes the capture.
    pub tested: Option<KeyTestView>,
}

/// Finds out whether the key in use works, by the profile's harmless test call or an exchange (X8).
#[derive(Debug, Serialize, Deserialize)]
pub struct TestKey {
    /// Of which credential.
    pub reference: CredentialRef,
}

/// What a test of a key found out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct KeyTestView {
    /// Whether the provider took the key; `None` where that is not known.
    pub worked: Option<bool>,
    /// What that means.
    pub words: String,
    /// What else was noticed: e.g. that the provider knows another key (DC5).
    pub warning: Option<String>,
}
