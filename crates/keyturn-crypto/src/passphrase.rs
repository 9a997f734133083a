//! Passphrases: one spelling of each (NFKC), and how much of one is enough.

use keyturn_core::SecretString;
use thiserror::Error;
use unicode_normalization::UnicodeNormalization;
use zeroize::Zeroizing;
use zxcvbn::Score;

/// Says why a passphrase is refused; never what it is.
#[derive(Debug, Error, PartialEq, Eq)]
pub enum PassphraseError {
    /// It is empty.
    #[error("the passphrase is empty")]
    Empty,
    /// It would be guessed.
    #[error(
        "the passphrase would be guessed too soon for a vault that nothing else protects; take four or more random words"
    )]
    Weak,
}

/// Checks a passphrase that alone protects a vault: zxcvbn must score it 3 or 4.
pub fn check_strength(passphrase: &SecretString) -> Result<(), PassphraseError> {
    check_not_empty(passphrase)?;
    match zxcvbn::zxcvbn(passphrase.expose(), &["keyturn", "vault"]).score() {
        Score::Three | Score::Four => Ok(()),
        _ => Err(PassphraseError::Weak),
    }
}

/// Checks a passphrase that shares its work with the keyring's secret.
pub(crate) fn check_not_empty(passphrase: &SecretString) -> Result<(), PassphraseError> {
    if passphrase.is_empty() { Err(PassphraseError::Empty) } else { Ok(()) }
}

/// The passphrase's NFKC form in UTF-8, so that the same keys give the same bytes on every system.
pub(crate) fn normalised(passphrase: &SecretString) -> Zeroizing<String> {
    // Measured first: a string that grows leaves copies of itself behind.
    let length = passphrase.expose().nfkc().map(char::len_utf8).sum();
    let mut text = Zeroizing::new(String::with_capacity(length));
    text.extend(passphrase.expose().nfkc());
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn secret(text: &str) -> SecretString {
        SecretString::new(text.to_owned())
    }

    #[test]
    fn composed_and_decomposed_passphrases_are_the_same() {
        assert_eq!(*normalised(&secret("pa\u{df}wo\u{308}rt")), *normalised(&secret("paßwört")));
        assert_eq!(*normalised(&secret("ｋｅｙ")), "key");
    }

    #[test]
    fn guessable_passphrases_are_refused_where_nothing_else_protects() {
        for weak in ["password", "hunter2", "keyturnvault", "qwertyuiop", "19870412"] {
            assert_eq!(check_strength(&secret(weak)), Err(PassphraseError::Weak), "{weak}");
        }
        assert_eq!(check_strength(&secret("")), Err(PassphraseError::Empty));
        assert_eq!(check_strength(&secret("tulip-anvil-coral-ninety")), Ok(()));
    }
}
