//! The recovery key: 32 random bytes that a person can write down, with a checksum against slips.
//!
//! Written as Bech32m (BIP-350) with the prefix `keyturn`. It is shown once; typing its tail proves
//! that it was kept.

use bech32::primitives::decode::CheckedHrpstring;
use bech32::{Bech32m, Hrp};
use keyturn_core::{SecretBytes, SecretString};
use thiserror::Error;
use zeroize::Zeroizing;

use crate::primitives::KEY_LEN;

const PREFIX: &str = "keyturn";
const TEXT_LEN: usize = 66;
const TAIL_LEN: usize = 6;

/// Says why a text is no recovery key.
#[derive(Debug, Error, PartialEq, Eq)]
pub enum RecoveryKeyError {
    /// A character was mistyped, left out or added; or it is something else.
    #[error(
        "this is no recovery key; it begins with keyturn1 and has 66 characters: check each of them"
    )]
    Malformed,
}

/// A recovery key; wiped when dropped, never printed by `Debug`.
#[derive(Debug)]
pub struct RecoveryKey(SecretBytes);

impl RecoveryKey {
    /// Draws a new one.
    ///
    /// # Panics
    /// When the operating system has no random source.
    #[must_use]
    pub fn make_random() -> Self {
        let mut bytes = vec![0; KEY_LEN];
        getrandom::fill(&mut bytes).expect("the operating system gives random bytes");
        Self(SecretBytes::new(bytes))
    }

    /// Reads what a person typed: case, spaces, line ends and hyphens do not matter.
    pub fn parse(text: &SecretString) -> Result<Self, RecoveryKeyError> {
        let typed = tidy(text.expose());
        let checked =
            CheckedHrpstring::new::<Bech32m>(&typed).map_err(|_| RecoveryKeyError::Malformed)?;
        if checked.hrp().as_str() != PREFIX || typed.len() != TEXT_LEN {
            return Err(RecoveryKeyError::Malformed);
        }
        let mut bytes = Vec::with_capacity(KEY_LEN);
        bytes.extend(checked.byte_iter().take(KEY_LEN));
        let bytes = SecretBytes::new(bytes);
        if bytes.expose().len() == KEY_LEN {
            Ok(Self(bytes))
        } else {
            Err(RecoveryKeyError::Malformed)
        }
    }

    /// The text to show once: `keyturn1…`, 66 characters.
    ///
    /// # Panics
    /// Never: the prefix is valid and 32 bytes fit.
    #[must_use]
    pub fn expose_text(&self) -> SecretString {
        let mut text = String::with_capacity(TEXT_LEN);
        let prefix = Hrp::parse(PREFIX).expect("the prefix is valid");
        bech32::encode_lower_to_fmt::<Bech32m, _>(&mut text, prefix, self.bytes())
            .expect("32 bytes fit");
        SecretString::new(text)
    }

    /// Whether `typed` is the last six characters, the proof that it was written down.
    #[must_use]
    pub fn tail_matches(&self, typed: &str) -> bool {
        let typed = tidy(typed);
        typed.len() == TAIL_LEN && self.expose_text().expose().ends_with(typed.as_str())
    }

    pub(crate) fn bytes(&self) -> &[u8; KEY_LEN] {
        self.0.expose().first_chunk().expect("a recovery key has 32 bytes")
    }

    #[cfg(test)]
    pub(crate) fn from_bytes(bytes: [u8; KEY_LEN]) -> Self {
        Self(SecretBytes::new(bytes.to_vec()))
    }
}

fn tidy(text: &str) -> Zeroizing<String> {
    let mut tidied = Zeroizing::new(String::with_capacity(text.len()));
    let ignored = |c: &char| c.is_ascii_whitespace() || *c == '-';
    tidied.extend(text.chars().filter(|c| !ignored(c)).map(|c| c.to_ascii_lowercase()));
    tidied
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(text: &str) -> Result<RecoveryKey, RecoveryKeyError> {
        RecoveryKey::parse(&SecretString::new(text.to_owned()))
    }

    #[test]
    fn a_key_survives_paper_with_groups_and_capitals() {
        let key = RecoveryKey::make_random();
        let text = key.expose_text();
        assert_eq!(text.expose().len(), TEXT_LEN);
        let grouped: String = text.expose().to_uppercase().chars().enumerate().fold(
            String::new(),
            |mut line, (at, c)| {
                if at % 8 == 0 {
                    line.push(if at % 16 == 0 { ' ' } else { '-' });
                }
                line.push(c);
                line
            },
        );
        assert_eq!(parse(&grouped).unwrap().bytes(), key.bytes());
    }

    #[test]
    fn every_single_slip_is_found() {
        let text = RecoveryKey::from_bytes([0x5A; 32]).expose_text();
        for at in 0..TEXT_LEN {
            let mut slip = text.expose().clone().into_bytes();
            slip[at] = if slip[at] == b'q' { b'p' } else { b'q' };
            let slip = String::from_utf8(slip).unwrap();
            assert_eq!(parse(&slip).unwrap_err(), RecoveryKeyError::Malformed, "character {at}");
        }
        let (short, _) = text.expose().split_at(TEXT_LEN - 1);
        assert_eq!(parse(short).unwrap_err(), RecoveryKeyError::Malformed);
    }

    #[test]
    fn a_key_of_another_kind_is_no_recovery_key() {
        let other = bech32::encode::<Bech32m>(Hrp::parse("age").unwrap(), &[1; 32]).unwrap();
        assert_eq!(parse(&other).unwrap_err(), RecoveryKeyError::Malformed);
        let short = bech32::encode::<Bech32m>(Hrp::parse(PREFIX).unwrap(), &[1; 31]).unwrap();
        assert_eq!(parse(&short).unwrap_err(), RecoveryKeyError::Malformed);
    }

    #[test]
    fn only_its_own_tail_confirms_a_key() {
        let key = RecoveryKey::make_random();
        let text = key.expose_text();
        let (_, tail) = text.expose().split_at(TEXT_LEN - 6);
        assert!(key.tail_matches(tail));
        assert!(key.tail_matches(&tail.to_uppercase()));
        let (_, longer) = text.expose().split_at(TEXT_LEN - 7);
        assert!(!key.tail_matches(longer));
        assert!(!key.tail_matches(""));
    }

    #[test]
    fn debug_shows_nothing() {
        assert_eq!(format!("{:?}", RecoveryKey::make_random()), "RecoveryKey(<redacted>)");
    }
}
