//! Calls about the settings that are a matter of security; they lie inside the vault.

pub use keyturn_core::SecuritySettings;
use serde::{Deserialize, Serialize};

/// Shows the settings.
#[derive(Debug, Serialize, Deserialize)]
pub struct ShowSettings {}

/// The settings, and what cannot be set.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct SettingsView {
    /// What the user chose.
    pub security: SecuritySettings,
    /// How many days what was removed stays in the trash.
    pub trash_days: u32,
    /// After how many seconds the vault locks whatever happens.
    pub longest_open_s: u32,
    /// Why it cannot be told when the machine sleeps or the screen is locked, where it cannot.
    pub signals_problem: Option<String>,
    /// Why the passphrase cannot be asked for before a key is shown, where it cannot.
    pub passphrase_problem: Option<String>,
}

/// Changes the settings, and answers them.
#[derive(Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct SetSettings {
    /// All of them.
    pub security: SecuritySettings,
}
