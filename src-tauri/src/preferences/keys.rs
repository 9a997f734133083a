//! The keys that the user gave to actions of the open vault, in place of those that they come with.
//!
//! Which actions there are, and which keys are free, is the page's to know (`ui/src/features/keys`). Here
//! it only counts whether a text names keys at all, so that a slip in a file that was edited by hand is
//! told. An action that is not known is kept: another version may know it.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// Keys by the action that they set off, as `lock` and `Ctrl+Shift+L`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(type = "Record<string, string>"))]
#[serde(try_from = "BTreeMap<String, String>")]
pub(crate) struct ChosenKeys(BTreeMap<String, String>);

impl TryFrom<BTreeMap<String, String>> for ChosenKeys {
    type Error = String;

    fn try_from(keys: BTreeMap<String, String>) -> Result<Self, String> {
        match keys.iter().find(|(_, text)| !are_keys(text)) {
            None => Ok(Self(keys)),
            Some((action, text)) => {
                Err(format!("keys.{action} is '{text}', and no keys as Ctrl+Shift+K"))
            }
        }
    }
}

/// Whether a text names keys: any of Ctrl, Alt and Shift in this order, and one key; or G and another.
fn are_keys(text: &str) -> bool {
    if let Some(second) = text.strip_prefix("G ") {
        return is_sign(second);
    }
    let key = ["Ctrl+", "Alt+", "Shift+"]
        .iter()
        .fold(text, |rest, modifier| rest.strip_prefix(modifier).unwrap_or(rest));
    // Shift is part of every sign but a letter's.
    let fits = !text.ends_with(&format!("Shift+{key}")) || key.chars().all(char::is_alphabetic);
    (is_sign(key) && fits) || is_function_key(key)
}

/// Whether it is what one key writes: a capital letter, a digit or a sign.
fn is_sign(text: &str) -> bool {
    let mut letters = text.chars();
    let first = letters.next().filter(|first| !first.is_whitespace() && !first.is_control());
    first.is_some_and(|first| !first.is_lowercase()) && letters.next().is_none()
}

fn is_function_key(text: &str) -> bool {
    let number = text.strip_prefix('F').filter(|number| !number.starts_with(['0', '+']));
    number.and_then(|number| number.parse::<u8>().ok()).is_some_and(|number| number <= 24)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_told_from_what_names_none() {
        for text in ["Ctrl+Shift+L", "Alt+F4", "F24", "/", "Ctrl++", "Ctrl+,", "G T", "G", "Ä", "+"]
        {
            assert!(are_keys(text), "{text}");
        }
        for text in [
            "",
            "k",
            "Ctrl+",
            "Ctrl+Banana",
            "Shift+Ctrl+K",
            "Ctrl+Shift+/",
            "F0",
            "F25",
            "F+1",
            "G  ",
            "\n",
        ] {
            assert!(!are_keys(text), "{text:?}");
        }
    }
}
