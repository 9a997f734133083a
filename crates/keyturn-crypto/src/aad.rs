//! The additional data of boxes: fixed width, so that no two meanings share their bytes.
//!
//! The first byte names the layout; every layout has one length. docs/vault-format.md, "AAD".

use keyturn_core::{RecordId, VaultId};

use crate::slot::SlotHeader;
use crate::{FORMAT, SUITE};

/// Bytes of a record's additional data.
pub(crate) const RECORD_AAD_LEN: usize = 42;
/// Bytes of a slot's additional data.
pub(crate) const SLOT_AAD_LEN: usize = 86;

/// Where a record belongs; its box opens nowhere else.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RecordAddress {
    /// The record's identifier; all zeros for the manifest.
    pub record: RecordId,
    /// The number of its kind.
    pub kind: u16,
}

/// Which vault, and which of its keys.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct KeyAddress {
    pub(crate) vault: VaultId,
    pub(crate) epoch: u32,
}

/// Concatenates parts whose lengths add up to `N`.
pub(crate) fn concatenate<const N: usize>(parts: &[&[u8]]) -> [u8; N] {
    let mut out = [0; N];
    let mut rest = out.as_mut_slice();
    for part in parts {
        let (head, tail) = rest.split_at_mut(part.len());
        head.copy_from_slice(part);
        rest = tail;
    }
    assert!(rest.is_empty(), "the parts fill the whole width");
    out
}

impl KeyAddress {
    /// layout 1 ‖ format ‖ suite ‖ vault id ‖ epoch ‖ record id ‖ kind.
    pub(crate) fn record_aad(&self, address: RecordAddress) -> [u8; RECORD_AAD_LEN] {
        concatenate(&[
            &[1],
            &FORMAT.to_be_bytes(),
            &[SUITE],
            self.vault.as_bytes(),
            &self.epoch.to_be_bytes(),
            address.record.as_bytes(),
            &address.kind.to_be_bytes(),
        ])
    }

    /// layout 2 ‖ format ‖ suite ‖ vault id ‖ epoch ‖ slot id, kind and all KDF parameters.
    pub(crate) fn slot_aad(&self, header: &SlotHeader) -> [u8; SLOT_AAD_LEN] {
        concatenate(&[
            &[2],
            &FORMAT.to_be_bytes(),
            &[SUITE],
            self.vault.as_bytes(),
            &self.epoch.to_be_bytes(),
            &header.to_bytes(),
        ])
    }
}
