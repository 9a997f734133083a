//! What is told where the vault's file is not made, opened, read or saved.

use keyturn_protocol::ErrorCode;
use keyturn_vault::{CreateError, OpenError, ReadError, SaveError};

pub(super) fn of_create(error: &CreateError) -> ErrorCode {
    match error {
        CreateError::Exists { .. } => ErrorCode::AlreadyExists,
        CreateError::PassphraseMissing
        | CreateError::PassphraseUnused
        | CreateError::Passphrase(_) => ErrorCode::InvalidInput,
        CreateError::KeystoreUnavailable(_) => ErrorCode::KeyringUnavailable,
        CreateError::Exposed { .. } => ErrorCode::RefusedByPolicy,
        _ => ErrorCode::NotSaved,
    }
}

pub(super) fn of_open(error: &OpenError) -> ErrorCode {
    match error {
        OpenError::Absent { .. } => ErrorCode::VaultAbsent,
        OpenError::WrongKey => ErrorCode::WrongKey,
        OpenError::NotOffered { .. } => ErrorCode::InvalidInput,
        OpenError::KeystoreUnavailable(_) => ErrorCode::KeyringUnavailable,
        OpenError::Newer { .. } => ErrorCode::VaultNewer,
        OpenError::Exposed { .. } => ErrorCode::RefusedByPolicy,
        OpenError::Damaged { .. } | OpenError::Tampered { .. } => ErrorCode::VaultDamaged,
        _ => ErrorCode::Internal,
    }
}

pub(super) fn of_read(error: &ReadError) -> ErrorCode {
    match error {
        ReadError::NotFound => ErrorCode::NotFound,
        ReadError::Tampered { .. } => ErrorCode::VaultDamaged,
        _ => ErrorCode::Internal,
    }
}

pub(super) fn of_save(error: &SaveError) -> ErrorCode {
    match error {
        SaveError::Quarantined => ErrorCode::VaultQuarantined,
        SaveError::TooLarge => ErrorCode::InvalidInput,
        _ => ErrorCode::NotSaved,
    }
}
