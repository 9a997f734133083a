//! The exit statuses, in one table. Scripts rely on them: a change here is a breaking change.

use std::process::ExitCode;

use keyturn_protocol::ErrorCode;

/// How a command ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub(crate) enum Status {
    /// It was done.
    Done = 0,
    /// It failed, or found what it was asked to look for.
    Failed = 1,
    /// It was called wrongly.
    Usage = 2,
    /// The vault is locked or absent.
    Locked = 3,
    /// There is no such credential, field or provider.
    NotFound = 4,
    /// A rule forbids it, or nobody agreed to it.
    Refused = 5,
    /// The provider refused the credential.
    CredentialRefused = 6,
    /// Network, TLS or timeout.
    Network = 7,
    /// The vault file is damaged, was tampered with, or is of a newer version.
    VaultUnusable = 8,
    /// The agent cannot be reached.
    NoAgent = 9,
}

impl From<ErrorCode> for Status {
    fn from(code: ErrorCode) -> Self {
        match code {
            ErrorCode::AlreadyExists
            | ErrorCode::ProviderAnswer
            | ErrorCode::NotYet
            | ErrorCode::NotSaved
            | ErrorCode::ClipboardUnavailable
            | ErrorCode::Internal => Self::Failed,
            ErrorCode::InvalidInput => Self::Usage,
            ErrorCode::VaultAbsent
            | ErrorCode::VaultLocked
            | ErrorCode::WrongKey
            | ErrorCode::TooManyAttempts
            | ErrorCode::KeyringUnavailable => Self::Locked,
            ErrorCode::NotFound => Self::NotFound,
            ErrorCode::RefusedByPolicy
            | ErrorCode::NoConsent
            | ErrorCode::ConfirmationNeeded
            | ErrorCode::PassphraseFirst => Self::Refused,
            ErrorCode::CredentialRefused => Self::CredentialRefused,
            ErrorCode::Network | ErrorCode::Tls | ErrorCode::Timeout => Self::Network,
            ErrorCode::VaultDamaged | ErrorCode::VaultNewer | ErrorCode::VaultQuarantined => {
                Self::VaultUnusable
            }
            ErrorCode::AgentUnreachable | ErrorCode::RestartNeeded => Self::NoAgent,
        }
    }
}

impl From<Status> for ExitCode {
    fn from(status: Status) -> Self {
        Self::from(status as u8)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_statuses_are_those_of_the_contract() {
        let table = [
            (ErrorCode::AlreadyExists, 1),
            (ErrorCode::InvalidInput, 2),
            (ErrorCode::WrongKey, 3),
            (ErrorCode::VaultAbsent, 3),
            (ErrorCode::NotFound, 4),
            (ErrorCode::NoConsent, 5),
            (ErrorCode::CredentialRefused, 6),
            (ErrorCode::Tls, 7),
            (ErrorCode::VaultNewer, 8),
            (ErrorCode::AgentUnreachable, 9),
        ];
        for (code, status) in table {
            assert_eq!(Status::from(code) as u8, status, "{code:?}");
        }
    }
}
