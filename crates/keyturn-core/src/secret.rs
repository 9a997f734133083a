//! Values that must not be seen: zeroized on drop, redacted in `Debug`, not serialisable.

use std::collections::BTreeMap;
use std::fmt;

use zeroize::{Zeroize, ZeroizeOnDrop, Zeroizing};

use crate::FieldName;

/// Stands for a secret wherever one is taken out: what has it in its place is not whole any more.
pub const REDACTED: &str = "<redacted>";

/// Holds a value that is wiped when dropped and never printed.
///
/// There is no `Display`, no `Serialize`, no `Clone` and no `Deref`: [`Secret::expose`] is the only
/// way to the plaintext, so that one search finds every place that handles it.
#[derive(Zeroize, ZeroizeOnDrop)]
pub struct Secret<T: Zeroize>(T);

/// A secret text: a key, a password, an access token.
pub type SecretString = Secret<String>;

/// Secret bytes.
pub type SecretBytes = Secret<Vec<u8>>;

impl<T: Zeroize> Secret<T> {
    /// Takes a value into custody.
    pub const fn new(value: T) -> Self {
        Self(value)
    }

    /// Gives the plaintext to a caller that has a reason to see it.
    pub const fn expose(&self) -> &T {
        &self.0
    }
}

impl Secret<String> {
    /// Copies the text into another secret; explicit, since `Secret` is not `Clone`.
    #[must_use]
    pub fn duplicate(&self) -> Self {
        Self(self.0.clone())
    }

    /// Takes the text without the white space around it, which a paste often brings along.
    #[must_use]
    pub fn trimmed(text: String) -> Self {
        let text = Zeroizing::new(text);
        Self(text.trim().to_owned())
    }

    /// Whether there is nothing in it.
    pub const fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl<T: Zeroize> fmt::Debug for Secret<T> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(REDACTED)
    }
}

impl<T: Zeroize> From<T> for Secret<T> {
    fn from(value: T) -> Self {
        Self(value)
    }
}

/// The secret fields of one credential by name, e.g. `client_secret`.
#[derive(Debug, Default)]
pub struct SecretFields(BTreeMap<FieldName, SecretString>);

impl SecretFields {
    /// No secrets.
    #[must_use]
    pub const fn new() -> Self {
        Self(BTreeMap::new())
    }

    /// The value of a field, if it is set.
    #[must_use]
    pub fn get(&self, name: &FieldName) -> Option<&SecretString> {
        self.0.get(name)
    }

    /// Sets a field; the old value, if any, is wiped.
    pub fn insert(&mut self, name: FieldName, value: SecretString) {
        drop(self.0.insert(name, value));
    }

    /// Removes a field and hands its value out.
    pub fn remove(&mut self, name: &FieldName) -> Option<SecretString> {
        self.0.remove(name)
    }

    /// All fields in the order of their names.
    pub fn iter(&self) -> impl Iterator<Item = (&FieldName, &SecretString)> {
        self.0.iter()
    }

    /// How many fields are set.
    #[must_use]
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether no field is set.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl FromIterator<(FieldName, SecretString)> for SecretFields {
    fn from_iter<I: IntoIterator<Item = (FieldName, SecretString)>>(pairs: I) -> Self {
        Self(pairs.into_iter().collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn debug_shows_nothing_of_a_secret() {
        let mut fields = SecretFields::new();
        fields.insert("api_key".parse().unwrap(), Secret::new("canary-7x9z".to_owned()));
        let shown = format!("{fields:?}");
        assert!(shown.contains("<redacted>"), "the field is there: {shown}");
        assert!(!shown.contains("canary"), "its value is not: {shown}");
        assert!(
            fields.get(&"api_key".parse().unwrap()).unwrap().expose().contains("canary"),
            "positive control: the value that was searched for does exist"
        );
    }

    #[test]
    fn a_pasted_newline_is_not_part_of_a_secret() {
        assert_eq!(Secret::trimmed(" dc_abc \r\n".to_owned()).expose(), "dc_abc");
    }
}
