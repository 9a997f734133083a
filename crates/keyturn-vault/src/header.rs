//! The header: the only part of the file in clear. It says which vault this is and how to come to its
//! key, and is proven by a tag under that key.

use keyturn_core::VaultId;
use keyturn_crypto::{FORMAT, SLOT_LEN, SUITE, Slot, SlotKind, TAG_LEN, VaultKey};

use crate::{OpenError, Protection};

const MAGIC: &[u8; 8] = b"KEYTURN\0";
const FIXED_LEN: usize = 34;
const MOST_SLOTS: usize = 8;

/// The header's content.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Header {
    pub(crate) format: u16,
    pub(crate) vault: VaultId,
    pub(crate) epoch: u32,
    pub(crate) slots: Vec<Slot>,
}

/// A header as read, not yet proven.
#[derive(Debug, Clone)]
pub(crate) struct RawHeader {
    /// All bytes, the tag included: what the manifest's root is over.
    pub(crate) bytes: Vec<u8>,
    pub(crate) header: Header,
}

impl RawHeader {
    /// Reads a header. A newer one is told from a damaged one by its first bytes.
    pub(crate) fn parse(bytes: Vec<u8>) -> Result<Self, OpenError> {
        let damaged = || OpenError::Damaged { what: "its header is malformed" };
        let (magic, rest) = bytes.split_first_chunk::<8>().ok_or_else(damaged)?;
        let (format, rest) = rest.split_first_chunk().ok_or_else(damaged)?;
        let (minimum, rest) = rest.split_first_chunk().ok_or_else(damaged)?;
        let (format, minimum) = (u16::from_be_bytes(*format), u16::from_be_bytes(*minimum));
        if magic != MAGIC || format == 0 || minimum == 0 || minimum > format {
            return Err(damaged());
        }
        if minimum > FORMAT {
            return Err(OpenError::Newer { format });
        }
        let (&suite, rest) = rest.split_first().ok_or_else(damaged)?;
        let (vault, rest) = rest.split_first_chunk().ok_or_else(damaged)?;
        let (epoch, rest) = rest.split_first_chunk().ok_or_else(damaged)?;
        let (&count, rest) = rest.split_first().ok_or_else(damaged)?;
        let count = usize::from(count);
        let right_size = rest.len() == count * SLOT_LEN + TAG_LEN;
        if suite != SUITE || !(1..=MOST_SLOTS).contains(&count) || !right_size {
            return Err(damaged());
        }
        let (slots, _) = rest.as_chunks::<SLOT_LEN>();
        let slots = slots.iter().take(count).map(Slot::from_bytes).collect::<Result<_, _>>();
        let header = Header {
            format,
            vault: VaultId::from_bytes(*vault),
            epoch: u32::from_be_bytes(*epoch),
            slots: slots.map_err(|_| damaged())?,
        };
        Ok(Self { bytes, header })
    }

    /// Whether the key proves every byte of it.
    pub(crate) fn is_proven_by(&self, key: &VaultKey) -> bool {
        self.bytes
            .split_last_chunk::<TAG_LEN>()
            .is_some_and(|(content, tag)| key.proves_header(content, tag))
    }
}

impl Header {
    /// magic(8) ‖ format(2) ‖ minimum reader(2) ‖ suite(1) ‖ vault id(16) ‖ epoch(4) ‖ slot count(1) ‖
    /// slots(399 each) ‖ tag(32).
    pub(crate) fn seal(&self, key: &VaultKey) -> Vec<u8> {
        let mut bytes = Vec::with_capacity(FIXED_LEN + self.slots.len() * SLOT_LEN + TAG_LEN);
        bytes.extend_from_slice(MAGIC);
        bytes.extend_from_slice(&self.format.to_be_bytes());
        bytes.extend_from_slice(&FORMAT.to_be_bytes());
        bytes.push(SUITE);
        bytes.extend_from_slice(self.vault.as_bytes());
        bytes.extend_from_slice(&self.epoch.to_be_bytes());
        bytes.push(u8::try_from(self.slots.len()).expect("a vault has a few slots"));
        self.slots.iter().for_each(|slot| bytes.extend_from_slice(&slot.to_bytes()));
        let tag = key.header_tag(&bytes);
        bytes.extend_from_slice(&tag);
        bytes
    }

    /// The kinds of its slots.
    pub(crate) fn slot_kinds(&self) -> Vec<SlotKind> {
        self.slots.iter().map(Slot::kind).collect()
    }

    /// What it is protected by.
    pub(crate) fn protection(&self) -> Result<Protection, OpenError> {
        Protection::of(&self.slot_kinds())
            .ok_or(OpenError::Damaged { what: "its header has no slot for daily use" })
    }
}
