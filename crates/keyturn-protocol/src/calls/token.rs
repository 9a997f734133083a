//! Calls that hand out a secret or a token. What they carry outwards is a [`SecretOnWire`].

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use keyturn_core::{
    CredentialRef, EnvironmentName, ExpirySource, SecretFormat, TargetRef, TokenFormat,
};
use serde::{Deserialize, Serialize};

use crate::SecretOnWire;

/// Hands out the live token, exchanging the credential when needed.
#[derive(Debug, Serialize, Deserialize)]
pub struct GetToken {
    /// Of which credential.
    pub reference: CredentialRef,
    /// In which environment; `None` takes the preferred one.
    pub environment: Option<EnvironmentName>,
    /// In which form.
    pub format: TokenFormat,
    /// Whether the recipe's other secrets come along; asked more strictly.
    pub with_key: bool,
    /// The least time it must have left, in seconds.
    pub min_ttl_s: i64,
    /// Whether a new one is wanted whatever the old one is worth.
    pub renew: bool,
    /// Whether to fail at once, and tell when, rather than wait for a turn or a provider in trouble.
    #[serde(default)]
    pub no_wait: bool,
    /// Whether a person is going to see it, and no program takes it.
    #[serde(default)]
    pub shown: bool,
    /// The second yes that showing a reveal-once key needs.
    #[serde(default)]
    pub confirmed: bool,
}

/// A token, handed out.
#[derive(Debug, Serialize, Deserialize)]
pub struct TokenAnswer {
    /// The token in the form that was asked for, without a newline at its end.
    pub rendered: SecretOnWire,
    /// When it ends.
    pub expires_at: Option<DateTime<Utc>>,
    /// Who says so.
    pub source: ExpirySource,
    /// Whether it had been bought before.
    pub reused: bool,
    /// Whether a long-lived secret is in it: `--with-key`, or a key that is itself what is sent.
    pub long_lived: bool,
    /// What the user should know about this form, e.g. that browser code must not hold it.
    pub warnings: Vec<String>,
}

/// Revokes the live token at its provider, and its refresh token with it, and forgets both.
#[derive(Debug, Serialize, Deserialize)]
pub struct RevokeToken {
    /// Of which credential.
    pub reference: CredentialRef,
    /// In which environment; `None` takes the preferred one.
    pub environment: Option<EnvironmentName>,
}

/// What was revoked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RevokeTokenAnswer {
    /// The tokens.
    pub revoked: Vec<RevokedToken>,
}

/// A token that was revoked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RevokedToken {
    /// The access token.
    AccessToken,
    /// The refresh token.
    RefreshToken,
}

/// Hands out stored fields.
#[derive(Debug, Serialize, Deserialize)]
pub struct GetFields {
    /// One field, or the whole credential.
    pub target: TargetRef,
    /// In which form.
    pub format: SecretFormat,
    /// Whether a person is going to see them, and no program takes them.
    #[serde(default)]
    pub shown: bool,
    /// The second yes that showing a reveal-once key needs.
    #[serde(default)]
    pub confirmed: bool,
}

/// Shows one stored field to the user, in a window that the agent opens. The value goes to that window
/// alone ([`crate::prompt`]), and to nobody who speaks to the socket; answered when it is shown.
#[derive(Debug, Serialize, Deserialize)]
pub struct RevealSecret {
    /// Which field.
    pub target: TargetRef,
    /// The second yes that showing a reveal-once key needs.
    pub confirmed: bool,
    /// The passphrase, where the user wants to be asked for it before.
    #[serde(default)]
    pub passphrase: Option<SecretOnWire>,
}

/// Fields, handed out.
#[derive(Debug, Serialize, Deserialize)]
pub struct Rendered {
    /// The fields in the form that was asked for, without a newline at the end.
    pub rendered: SecretOnWire,
}

/// Where the caller's screen and clipboard are: see [`crate::environment::DISPLAY`].
pub type DisplayVariables = BTreeMap<String, String>;

/// Copies to the clipboard of the caller's screen.
#[derive(Debug, Serialize, Deserialize)]
pub struct CopySecret {
    /// A field, the token, or what the profile calls primary.
    pub target: TargetRef,
    /// In which form; for fields only those that [`SecretFormat`] has, too.
    pub format: TokenFormat,
    /// Whether the recipe's other secrets come along, as in [`GetToken`].
    #[serde(default)]
    pub with_key: bool,
    /// After how many seconds it is cleared, if it is still ours; `None` takes what the user set.
    pub clear_after_s: Option<u64>,
    /// Where the screen is.
    pub display: DisplayVariables,
}

/// Clears the clipboard now, if what Keyturn put there is still on it.
#[derive(Debug, Serialize, Deserialize)]
pub struct ClearClipboard {}

/// Copies a text without a secret, e.g. one for a provider's support; it stays for ten minutes.
#[derive(Debug, Serialize, Deserialize)]
pub struct CopyText {
    /// The text; at most 1 MiB.
    pub text: String,
    /// Where the screen is.
    pub display: DisplayVariables,
}

/// What was copied.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct CopyAnswer {
    /// Which reference.
    pub copied: TargetRef,
    /// After how many seconds it is cleared.
    pub clears_in_s: u64,
    /// When the copied token ends.
    pub expires_at: Option<DateTime<Utc>>,
    /// What the user should know, e.g. that this desktop's clipboard cannot be cleared.
    pub warnings: Vec<String>,
}
