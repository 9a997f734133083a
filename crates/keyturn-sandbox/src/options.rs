//! How a sandbox is started, and the words for what can be set about a provider.

use std::path::PathBuf;

use serde::{Deserialize, Serialize};

/// How a sandbox is started. The default is what the documents describe.
#[derive(Debug, Clone)]
pub struct SandboxOptions {
    /// Makes the same credentials again at the next start; without it they are random.
    pub seed: Option<u64>,
    /// The first of the ports; without it the system picks free ones. In this order: the four
    /// providers, Deeply's edge device, the plain port, the admin port.
    pub port_base: Option<u16>,
    /// A folder that gets the certificate authority as `ca.pem`.
    pub directory: Option<PathBuf>,
    /// Deepvue's plan, which sets its limits.
    pub deepvue_plan: Plan,
    /// Tells the end of Deepvue's tokens as the next midnight of UTC, like the sample; else as 24
    /// hours from now, so that a test does not depend on the time of day.
    pub deepvue_expiry_at_midnight: bool,
    /// The fixed period after which DeepCurrent's JWTs expire; its length is not documented.
    pub deepcurrent_token_minutes: u32,
    /// How long Deeply's access tokens live; not documented.
    pub deeply_token_minutes: u32,
    /// Makes Deeply's access tokens JWTs with `exp`; the documents do not say what they are.
    pub deeply_tokens_are_jwts: bool,
    /// A fault in TLS of all four providers from the start.
    pub tls_fault: Option<TlsFault>,
}

impl Default for SandboxOptions {
    fn default() -> Self {
        Self {
            seed: None,
            port_base: None,
            directory: None,
            deepvue_plan: Plan::Enterprise,
            deepvue_expiry_at_midnight: true,
            deepcurrent_token_minutes: 60,
            deeply_token_minutes: 60,
            deeply_tokens_are_jwts: false,
            tls_fault: None,
        }
    }
}

/// Deepvue's plans with their limits per second, minute and day (acceptance DV13).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Plan {
    /// 1 a second, 30 a minute, 1,000 a day.
    Starter,
    /// 2 a second, 100 a minute, 10,000 a day.
    Business,
    /// 5 a second, 500 a minute, 20,000 a day.
    Growth,
    /// 17 a second, 1,000 a minute, 50,000 a day.
    Enterprise,
}

impl Plan {
    /// Requests per second, per minute and per day.
    #[must_use]
    pub const fn limits(self) -> (u32, u32, u32) {
        match self {
            Self::Starter => (1, 30, 1_000),
            Self::Business => (2, 100, 10_000),
            Self::Growth => (5, 500, 20_000),
            Self::Enterprise => (17, 1_000, 50_000),
        }
    }
}

/// Which credentials Deepvue's sample endpoint asks for; see the module `deepvue`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum PanbasicAuth {
    /// The bearer token, the API key header, or both.
    Either,
    /// Both, as in the documented example.
    Both,
}

/// What is wrong with a provider's TLS.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TlsFault {
    /// The certificate ended in 2021.
    Expired,
    /// The certificate begins to count in the year 2900.
    NotYetValid,
    /// The certificate names no host but in its common name, which counts no more.
    NoNames,
    /// The certificate is an authority's own.
    AuthorityAsServer,
    /// The certificate is signed with its own key.
    SelfSigned,
    /// The certificate names `elsewhere.invalid` only.
    WrongHost,
    /// The certificate comes from an authority that nobody was given.
    UnknownCa,
    /// The connection is closed as soon as it is made.
    Refused,
}
