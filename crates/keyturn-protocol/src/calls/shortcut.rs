//! Calls about the shortcut that brings the palette up, whichever program has the focus.

use serde::{Deserialize, Serialize};

/// Shows which keys it has, and whether they work.
#[derive(Debug, Serialize, Deserialize)]
pub struct ShowShortcut {}

/// Changes its keys; answered once the desktop took or refused them.
#[derive(Debug, Serialize, Deserialize)]
pub struct SetShortcut {
    /// The keys, as `Ctrl+Alt+K`; empty for none.
    pub keys: String,
}

/// How the shortcut stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct ShortcutView {
    /// The keys, as `Ctrl+Alt+K`; empty where the user wants none. Where the desktop decides them, the
    /// keys that were asked for.
    pub keys: String,
    /// Whether they work.
    pub state: ShortcutState,
    /// The keys in the desktop's own words, where it decides them.
    pub decided: Option<String>,
    /// What is wrong and what to do, in words.
    pub problem: Option<String>,
}

/// Whether the shortcut works.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum ShortcutState {
    /// The user wants none.
    Off,
    /// The keys bring the palette up.
    Working,
    /// The desktop was asked for them and has not answered; it may be asking the user.
    Asked,
    /// The keys do nothing; the problem says why.
    Failed,
}
