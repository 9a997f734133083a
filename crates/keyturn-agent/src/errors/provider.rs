//! What is told where a provider or the way to it says no, or a request may not go there.

use keyturn_http::{ExchangeError, PolicyError, RevokeError, SendError};
use keyturn_protocol::ErrorCode;

pub(super) fn of_exchange(error: &ExchangeError) -> ErrorCode {
    match error {
        ExchangeError::Refused { diagnosis, .. } if diagnosis.credential_refused => {
            ErrorCode::CredentialRefused
        }
        ExchangeError::Transport(error) => of_send(error),
        _ => ErrorCode::ProviderAnswer,
    }
}

pub(super) fn of_revoke(error: &RevokeError) -> ErrorCode {
    match error {
        RevokeError::Refused { diagnosis, .. } if diagnosis.credential_refused => {
            ErrorCode::CredentialRefused
        }
        RevokeError::Transport(error) => of_send(error),
        RevokeError::Refused { .. } | RevokeError::Unsupported { .. } => ErrorCode::ProviderAnswer,
    }
}

pub(super) fn of_policy(error: &PolicyError) -> ErrorCode {
    match error {
        PolicyError::BadMethod
        | PolicyError::BadPath
        | PolicyError::BodyNotAllowed
        | PolicyError::BodyTooLarge(_)
        | PolicyError::BadMediaType
        | PolicyError::BoundaryByHand
        | PolicyError::BadHeaderName
        | PolicyError::BadHeaderValue { .. }
        | PolicyError::BadCa => ErrorCode::InvalidInput,
        PolicyError::NoField { .. } => ErrorCode::NotFound,
        _ => ErrorCode::RefusedByPolicy,
    }
}

pub(super) fn of_send(error: &SendError) -> ErrorCode {
    match error {
        SendError::Tls { .. } => ErrorCode::Tls,
        SendError::Timeout { .. } => ErrorCode::Timeout,
        SendError::Policy(error) => of_policy(error),
        SendError::TooLarge { .. } => ErrorCode::ProviderAnswer,
        _ => ErrorCode::Network,
    }
}

/// What to do where no answer came, or none that can be read.
pub(super) const fn send_hint(error: &SendError) -> Option<&'static str> {
    Some(match error {
        SendError::TooLarge { .. } => {
            "Ask for less of it, a page for example. It was sent, and nothing of the answer is kept."
        }
        SendError::Connect { .. } => {
            "Look at the network connection and at the address: `keyturn provider show ID` names each environment's. Nothing was sent."
        }
        SendError::Closed { .. } => {
            "It may or may not have taken the request: look there before you send one again that changes something."
        }
        SendError::Protocol { .. } => {
            "Look at the address: `keyturn provider show ID` names each environment's."
        }
        SendError::Policy(error) => return policy_hint(error),
        SendError::Dns { .. } | SendError::Tls { .. } | SendError::Timeout { .. } => return None,
    })
}

/// What to do where a request may not go.
pub(super) const fn policy_hint(error: &PolicyError) -> Option<&'static str> {
    Some(match error {
        PolicyError::PlainHttp | PolicyError::PublicAddress { .. } => {
            "Use https://. Nothing was sent."
        }
        PolicyError::PrivateAddress { .. } => {
            "Ask that address with a program of your own, if you meant it. Nothing was sent."
        }
        PolicyError::BadMethod => {
            "Use one of GET, HEAD, POST, PUT, PATCH, DELETE and OPTIONS. Nothing was sent."
        }
        PolicyError::BadPath => {
            "Give the path alone, without scheme and host, and query parameters with --query NAME=VALUE."
        }
        PolicyError::DotSegment | PolicyError::EmptySegment { .. } => {
            "Write the path out as it is meant, without //, . and ... Nothing was sent."
        }
        PolicyError::ForeignHost { .. } | PolicyError::OtherOrigin => {
            "Give the path alone. A host of your own is added with `keyturn provider environment add`. Nothing was sent."
        }
        PolicyError::WrongEndpoint { .. } => {
            "Leave it out, and name no recipe that sends it: the usual one sends the access token. Nothing was sent."
        }
        PolicyError::PathNotCovered { .. } => {
            "`keyturn provider show ID` lists the recipes with their paths; --recipe chooses one. Nothing was sent."
        }
        PolicyError::SecretInUrl { .. } | PolicyError::SecretByHand { .. } => {
            "Leave it out: the recipe brings what is needed. Nothing was sent."
        }
        PolicyError::HeaderConflict { .. } | PolicyError::QueryConflict { .. } => {
            "Leave it out, or choose another way of authenticating with --recipe. Nothing was sent."
        }
        PolicyError::ReservedHeader { .. } => "Leave it out. Nothing was sent.",
        PolicyError::NeverCalled { .. } => "Do it on the provider's own pages. Nothing was sent.",
        _ => return None,
    })
}
