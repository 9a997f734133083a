//! A value that is stored already, or was: found by fingerprints, never by looking at other secrets.

use std::fmt;

use keyturn_core::{Credential, CredentialRef, FieldName, KeyStanding, SecretString};
use keyturn_vault::Vault;

use crate::version;

/// Where the same value is stored, or was.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Twin {
    /// At which credential.
    pub reference: CredentialRef,
    /// In which of its fields.
    pub field: FieldName,
    /// In which version.
    pub version: u32,
    /// Where that version stands.
    pub standing: KeyStanding,
    /// Whether the credential lies in the trash.
    pub is_removed: bool,
}

impl fmt::Display for Twin {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { reference, field, version, standing, is_removed } = self;
        let place = format_args!("{reference}/{field}");
        match standing {
            KeyStanding::Current => write!(formatter, "stored already, as {place}"),
            KeyStanding::Next => write!(formatter, "stored already, as the new key of {place}"),
            KeyStanding::Previous => write!(formatter, "the one before the present {place}"),
            KeyStanding::Retired => {
                write!(formatter, "an earlier one of {place}: version {version}, retired")
            }
        }?;
        if *is_removed { formatter.write_str(", which is in the trash") } else { Ok(()) }
    }
}

/// The place of the same value that matters most: one in use before one that is retired, one that is
/// there before one in the trash. The field that the value goes into is no twin of itself.
pub(crate) fn twin(
    vault: &Vault,
    value: &SecretString,
    into: Option<(&Credential, &FieldName)>,
) -> Option<Twin> {
    let found = version::holders(vault, value).into_iter().filter(|holder| {
        let itself = into.is_some_and(|(credential, field)| {
            holder.credential == credential.id && holder.field == *field
        });
        !(itself && matches!(holder.standing, KeyStanding::Current | KeyStanding::Next))
    });
    let most = found.max_by_key(|holder| (!holder.is_removed, version::rank(holder.standing)))?;
    Some(Twin {
        reference: most.reference,
        field: most.field,
        version: most.version,
        standing: most.standing,
        is_removed: most.is_removed,
    })
}
