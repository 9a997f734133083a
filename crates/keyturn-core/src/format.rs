//! The forms that tokens and stored fields are handed out in.

use serde::{Deserialize, Serialize};

/// The form a token is handed out in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum TokenFormat {
    /// The token alone.
    Raw,
    /// The header line that carries it.
    Header,
    /// A cURL command with that header.
    Curl,
    /// `export NAME='…'`.
    Env,
    /// `NAME="…"`.
    Dotenv,
    /// `$env:NAME = '…'`.
    Powershell,
    /// Python code that reads the environment.
    Python,
    /// JavaScript code that reads the environment.
    Javascript,
    /// An `HTTPie` command that reads the environment.
    Httpie,
    /// A JSON document with the token and its end.
    Json,
}

/// The form that stored fields are handed out in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SecretFormat {
    /// The value alone.
    Raw,
    /// `export NAME='…'`.
    Env,
    /// `NAME="…"`.
    Dotenv,
    /// `$env:NAME = '…'`.
    Powershell,
    /// A JSON object of the fields.
    Json,
}

impl TokenFormat {
    /// The same form for stored fields, where there is one.
    #[must_use]
    pub const fn for_fields(self) -> Option<SecretFormat> {
        match self {
            Self::Raw => Some(SecretFormat::Raw),
            Self::Env => Some(SecretFormat::Env),
            Self::Dotenv => Some(SecretFormat::Dotenv),
            Self::Powershell => Some(SecretFormat::Powershell),
            Self::Json => Some(SecretFormat::Json),
            Self::Header | Self::Curl | Self::Python | Self::Javascript | Self::Httpie => None,
        }
    }
}
