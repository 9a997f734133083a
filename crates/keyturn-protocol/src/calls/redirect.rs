//! Going where an answer leads, by the user's choice and without the credential.

use keyturn_core::CredentialRef;
use serde::{Deserialize, Serialize};

/// Asks the address that an answer named: by GET, without any credential, header or body of the first
/// request, over TLS alone, and one step far. Its answer says where it leads in turn.
#[derive(Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct FollowRedirect {
    /// With which credential the first request was sent.
    pub reference: CredentialRef,
    /// Where to, as [`RedirectView`](super::RedirectView) names it.
    pub ticket: u64,
}
