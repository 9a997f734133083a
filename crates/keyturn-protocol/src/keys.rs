//! A combination of keys that works in every program, as users write it: `Ctrl+Alt+K`.

use std::fmt::{self, Display, Formatter};
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use thiserror::Error;

/// The keys, with at least one modifier that no text is typed with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Keys {
    /// Whether Control is held.
    pub control: bool,
    /// Whether Alt is held.
    pub alt: bool,
    /// Whether Shift is held.
    pub shift: bool,
    /// Whether the logo key is held.
    pub logo: bool,
    /// What is pressed.
    pub key: Key,
}

/// The key that is pressed, apart from what is held.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Key {
    /// A letter or digit: `A` to `Z`, `0` to `9`.
    Sign(char),
    /// A function key, from 1 to 24.
    Function(u8),
    /// The space bar.
    Space,
}

/// Says why a text is no shortcut.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum KeysError {
    /// It does not end in one key that is known.
    #[error("a shortcut ends in a letter, a digit, Space or a function key")]
    NoKey,
    /// Something before the key is no modifier, or is there twice.
    #[error("before the key stand Ctrl, Alt, Shift or Super, each once")]
    NoModifier,
    /// With it text is typed.
    #[error("a shortcut needs Ctrl, Alt or Super: everything else types text")]
    TypesText,
}

impl FromStr for Keys {
    type Err = KeysError;

    fn from_str(text: &str) -> Result<Self, KeysError> {
        let mut words: Vec<&str> = text.split('+').map(str::trim).collect();
        let key = words.pop().and_then(key).ok_or(KeysError::NoKey)?;
        let mut keys = Self { control: false, alt: false, shift: false, logo: false, key };
        for word in words {
            let held = match &*word.to_ascii_lowercase() {
                "ctrl" | "control" => &mut keys.control,
                "alt" => &mut keys.alt,
                "shift" => &mut keys.shift,
                "super" | "meta" | "logo" => &mut keys.logo,
                _ => return Err(KeysError::NoModifier),
            };
            if std::mem::replace(held, true) {
                return Err(KeysError::NoModifier);
            }
        }
        let types_text = !matches!(key, Key::Function(_));
        if types_text && !(keys.control || keys.alt || keys.logo) {
            return Err(KeysError::TypesText);
        }
        Ok(keys)
    }
}

fn key(word: &str) -> Option<Key> {
    let upper = word.to_ascii_uppercase();
    let mut signs = upper.chars();
    match (signs.next()?, signs.as_str()) {
        (sign @ ('A'..='Z' | '0'..='9'), "") => Some(Key::Sign(sign)),
        ('F', number) => {
            let number = number.parse().ok().filter(|number| (1..=24).contains(number));
            number.map(Key::Function)
        }
        _ => (upper == "SPACE").then_some(Key::Space),
    }
}

impl Display for Keys {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let held = [
            (self.control, "Ctrl+"),
            (self.alt, "Alt+"),
            (self.shift, "Shift+"),
            (self.logo, "Super+"),
        ];
        for (_, name) in held.iter().filter(|(held, _)| *held) {
            f.write_str(name)?;
        }
        match self.key {
            Key::Sign(sign) => write!(f, "{sign}"),
            Key::Function(number) => write!(f, "F{number}"),
            Key::Space => f.write_str("Space"),
        }
    }
}

impl TryFrom<String> for Keys {
    type Error = KeysError;

    fn try_from(text: String) -> Result<Self, KeysError> {
        text.parse()
    }
}

impl From<Keys> for String {
    fn from(keys: Keys) -> Self {
        keys.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<String, KeysError> {
        text.parse::<Keys>().map(|keys| keys.to_string())
    }

    #[test]
    fn keys_are_read_in_any_order_and_written_in_one() {
        for (text, written) in [
            ("Ctrl+Alt+K", "Ctrl+Alt+K"),
            ("alt + control + k", "Ctrl+Alt+K"),
            ("Super+Shift+F12", "Shift+Super+F12"),
            ("F9", "F9"),
            ("ctrl+space", "Ctrl+Space"),
            ("Alt+7", "Alt+7"),
        ] {
            assert_eq!(read(text).as_deref(), Ok(written), "{text}");
        }
    }

    #[test]
    fn what_is_no_shortcut_is_refused_in_words() {
        for (text, error) in [
            ("", KeysError::NoKey),
            ("Ctrl+", KeysError::NoKey),
            ("Ctrl+Ä", KeysError::NoKey),
            ("Ctrl+F25", KeysError::NoKey),
            ("Hyper+K", KeysError::NoModifier),
            ("Ctrl+Ctrl+K", KeysError::NoModifier),
            ("K", KeysError::TypesText),
            ("Shift+K", KeysError::TypesText),
        ] {
            assert_eq!(read(text), Err(error), "{text}");
        }
    }
}
