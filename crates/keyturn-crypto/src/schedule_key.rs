//! The key of the schedule: names and dates that reminders need while the vault is locked.
//!
//! It is no part of the vault's key and does not come from it: whoever has it reads the schedule and
//! nothing else. The keyring keeps it, so that it is there before anybody unlocks anything.

use keyturn_core::VaultId;

use crate::aad::concatenate;
use crate::aead_box::{self, BoxError, Plaintext};
use crate::slot::KeyringSecret;
use crate::{FORMAT, SUITE};

/// The kind of the schedule's box.
const SCHEDULE_KIND: u16 = 0xFFFE;
const AAD_LEN: usize = 20;

/// The key of one vault's schedule.
pub struct ScheduleKey {
    vault: VaultId,
    secret: KeyringSecret,
}

impl ScheduleKey {
    /// Draws a new one.
    ///
    /// # Panics
    /// When the operating system has no random source.
    #[must_use]
    pub fn make_random(vault: VaultId) -> Self {
        Self { vault, secret: KeyringSecret::make_random() }
    }

    /// Takes what a keyring returned; `None` for anything but 32 bytes.
    #[must_use]
    pub fn from_bytes(vault: VaultId, bytes: &[u8]) -> Option<Self> {
        KeyringSecret::from_bytes(bytes).map(|secret| Self { vault, secret })
    }

    /// The bytes to hand to the keyring.
    #[must_use]
    pub fn expose_bytes(&self) -> &[u8] {
        self.secret.expose_bytes()
    }

    /// Seals a schedule.
    #[must_use]
    pub fn seal(&self, body: &[u8]) -> Vec<u8> {
        aead_box::seal(self.secret.expose_bytes(), SCHEDULE_KIND, &self.aad(), body)
    }

    /// Opens a schedule.
    pub fn open(&self, sealed: &[u8]) -> Result<Plaintext, BoxError> {
        aead_box::open(self.secret.expose_bytes(), SCHEDULE_KIND, &self.aad(), sealed)
    }

    /// layout 3 ‖ format ‖ suite ‖ vault id.
    fn aad(&self) -> [u8; AAD_LEN] {
        concatenate(&[&[3], &FORMAT.to_be_bytes(), &[SUITE], self.vault.as_bytes()])
    }
}

impl std::fmt::Debug for ScheduleKey {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("ScheduleKey").field("vault", &self.vault).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_schedule_opens_with_its_own_key_for_its_own_vault_alone() {
        let (one, two) = (VaultId::make_random(), VaultId::make_random());
        let key = ScheduleKey::make_random(one);
        let sealed = key.seal(b"body");
        assert_eq!(&*key.open(&sealed).unwrap(), b"body");
        let other_key = ScheduleKey::make_random(one);
        assert_eq!(other_key.open(&sealed).unwrap_err(), BoxError::Refused);
        let other_vault = ScheduleKey::from_bytes(two, key.expose_bytes()).unwrap();
        assert_eq!(other_vault.open(&sealed).unwrap_err(), BoxError::Refused);
        assert!(ScheduleKey::from_bytes(one, &[7; 31]).is_none());
    }

    #[test]
    fn debug_shows_no_key() {
        let key = ScheduleKey::from_bytes(VaultId::from_bytes([1; 16]), &[0xAB; 32]).unwrap();
        let shown = format!("{key:?}").to_lowercase();
        assert!(!shown.contains("ab"), "{shown}");
    }
}
