//! When the vault locks by itself, and how long a secret may be seen or lie on the clipboard.

use serde::{Deserialize, Serialize};
use thiserror::Error;

/// The shortest and the longest time without use after which the vault locks: a minute, and as long as it
/// may be open at all.
const LOCK_AFTER_S: std::ops::RangeInclusive<u32> = 60..=LONGEST_OPEN_S;
/// The shortest and the longest time on the clipboard.
const CLIPBOARD_S: std::ops::RangeInclusive<u32> = 5..=3_600;
/// The shortest and the longest time in the reveal window.
const REVEAL_S: std::ops::RangeInclusive<u32> = 3..=120;

/// The vault locks after so long whatever happens: twelve hours.
pub const LONGEST_OPEN_S: u32 = 12 * 60 * 60;

/// What the user chose as a matter of security; it lies inside the vault.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(default)]
pub struct SecuritySettings {
    /// After how many seconds without use the vault locks; `None` for never, but after twelve hours.
    pub lock_after_s: Option<u32>,
    /// Whether it locks before the machine sleeps.
    pub lock_on_sleep: bool,
    /// Whether it locks with the screen.
    pub lock_on_screen_lock: bool,
    /// After how many seconds a copied secret is cleared from the clipboard.
    pub clear_clipboard_after_s: u32,
    /// How many seconds a secret is shown.
    pub reveal_s: u32,
    /// Whether the passphrase is asked for before one is shown in the window.
    pub passphrase_before_reveal: bool,
    /// Whether each key is tried once a day, while the vault is open.
    pub daily_check: bool,
}

/// Says why a setting cannot be like that.
#[derive(Debug, Clone, Copy, Error, PartialEq, Eq)]
pub enum SecuritySettingsError {
    /// The vault would lock at once, or never.
    #[error("the vault locks after 1 minute to 12 hours without use, and not after {seconds} s")]
    LockAfter {
        /// What was given.
        seconds: u32,
    },
    /// A copied secret would be gone at once, or stay.
    #[error("the clipboard is cleared after 5 s to 1 hour, and not after {seconds} s")]
    Clipboard {
        /// What was given.
        seconds: u32,
    },
    /// A secret would hardly be seen, or stay on the screen.
    #[error("a secret is shown for 3 to 120 s, and not for {seconds} s")]
    Reveal {
        /// What was given.
        seconds: u32,
    },
    /// There is none to ask for.
    #[error("the vault has no passphrase to ask for: it opens with the keyring alone")]
    NoPassphrase,
}

impl Default for SecuritySettings {
    fn default() -> Self {
        Self {
            lock_after_s: Some(600),
            lock_on_sleep: true,
            lock_on_screen_lock: true,
            clear_clipboard_after_s: 20,
            reveal_s: 15,
            passphrase_before_reveal: false,
            daily_check: false,
        }
    }
}

impl SecuritySettings {
    /// Refuses spans that protect nothing, or serve nobody.
    pub fn check(&self) -> Result<(), SecuritySettingsError> {
        if let Some(seconds) = self.lock_after_s.filter(|seconds| !LOCK_AFTER_S.contains(seconds)) {
            return Err(SecuritySettingsError::LockAfter { seconds });
        }
        let seconds = self.clear_clipboard_after_s;
        if !CLIPBOARD_S.contains(&seconds) {
            return Err(SecuritySettingsError::Clipboard { seconds });
        }
        if !REVEAL_S.contains(&self.reveal_s) {
            return Err(SecuritySettingsError::Reveal { seconds: self.reveal_s });
        }
        Ok(())
    }

    /// The names of what differs from other settings, for the journal; never a value.
    #[must_use]
    pub fn differences(&self, other: &Self) -> Vec<String> {
        let named = [
            (self.lock_after_s != other.lock_after_s, "lock_after_s"),
            (self.lock_on_sleep != other.lock_on_sleep, "lock_on_sleep"),
            (self.lock_on_screen_lock != other.lock_on_screen_lock, "lock_on_screen_lock"),
            (
                self.clear_clipboard_after_s != other.clear_clipboard_after_s,
                "clear_clipboard_after_s",
            ),
            (self.reveal_s != other.reveal_s, "reveal_s"),
            (
                self.passphrase_before_reveal != other.passphrase_before_reveal,
                "passphrase_before_reveal",
            ),
            (self.daily_check != other.daily_check, "daily_check"),
        ];
        named.into_iter().filter(|(differs, _)| *differs).map(|(_, name)| name.to_owned()).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_older_vault_without_these_settings_gets_the_defaults() {
        let read: SecuritySettings = serde_json::from_str("{}").unwrap();
        assert_eq!(read, SecuritySettings::default());
        assert_eq!(read.lock_after_s, Some(600));
        read.check().unwrap();
    }

    #[test]
    fn never_is_not_the_default() {
        let read: SecuritySettings = serde_json::from_str("{\"lock_after_s\":null}").unwrap();
        assert_eq!(read.lock_after_s, None);
        read.check().unwrap();
    }

    #[test]
    fn spans_that_protect_nothing_are_refused() {
        let plain = SecuritySettings::default;
        for refused in [
            SecuritySettings { lock_after_s: Some(59), ..plain() },
            SecuritySettings { lock_after_s: Some(LONGEST_OPEN_S + 1), ..plain() },
            SecuritySettings { clear_clipboard_after_s: 0, ..plain() },
            SecuritySettings { clear_clipboard_after_s: 3_601, ..plain() },
            SecuritySettings { reveal_s: 2, ..plain() },
            SecuritySettings { reveal_s: 121, ..plain() },
        ] {
            assert!(refused.check().is_err(), "{refused:?}");
        }
    }

    #[test]
    fn what_differs_is_named_without_its_value() {
        let other = SecuritySettings { reveal_s: 99, ..SecuritySettings::default() };
        assert_eq!(other.differences(&SecuritySettings::default()), ["reveal_s"]);
    }
}
