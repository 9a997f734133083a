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
