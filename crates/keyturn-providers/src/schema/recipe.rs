//! How a request shows who sends it, and to which paths.

use std::fmt;

use keyturn_core::{FieldName, NameError};
use serde::{Deserialize, Serialize};

/// A way in which a request shows who sends it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Recipe {
    /// Its name.
    pub name: String,
    /// What it is, for people.
    pub label: String,
    /// When to take it.
    pub note: Option<String>,
    /// What the paths that it may be used for begin with.
    pub paths: Vec<String>,
    /// The headers that it sends.
    pub headers: Vec<RecipeHeader>,
}

/// One header of a recipe.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RecipeHeader {
    /// The header's name.
    pub name: String,
    /// What stands before the value, e.g. `Bearer`; a space is put between.
    pub scheme: Option<String>,
    /// What the value is.
    pub carries: Carried,
}

/// What a header carries: the access token, or a field of the credential.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub enum Carried {
    /// The live access token; written `token`.
    Token,
    /// A field's value; written as the field's name.
    Field(FieldName),
}

impl TryFrom<String> for Carried {
    type Error = NameError;

    fn try_from(text: String) -> Result<Self, NameError> {
        if text == "token" { Ok(Self::Token) } else { text.parse().map(Self::Field) }
    }
}

impl From<Carried> for String {
    fn from(carried: Carried) -> String {
        carried.to_string()
    }
}

impl fmt::Display for Carried {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Token => formatter.write_str("token"),
            Self::Field(field) => field.fmt(formatter),
        }
    }
}

impl Recipe {
    /// Whether it may be used for this path. A prefix that does not end in `/` covers the path of
    /// that name and what lies below, so that `/v1` does not cover `/v10`.
    #[must_use]
    pub fn covers(&self, path: &str) -> bool {
        self.paths.iter().any(|prefix| below(prefix, path))
    }

    /// Whether it sends the access token.
    #[must_use]
    pub fn needs_token(&self) -> bool {
        self.headers.iter().any(|header| header.carries == Carried::Token)
    }

    /// The long-lived fields that it sends.
    pub fn fields(&self) -> impl Iterator<Item = &FieldName> {
        self.headers.iter().filter_map(|header| match &header.carries {
            Carried::Token => None,
            Carried::Field(field) => Some(field),
        })
    }
}

/// Whether a path is this prefix or lies below it.
pub(super) fn below(prefix: &str, path: &str) -> bool {
    match path.strip_prefix(prefix) {
        Some(rest) => prefix.ends_with('/') || rest.is_empty() || rest.starts_with('/'),
        None => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_prefix_covers_whole_segments_only() {
        let recipe = Recipe {
            name: "bearer".to_owned(),
            label: String::new(),
            note: None,
            paths: vec!["/v1".to_owned()],
            headers: Vec::new(),
        };
        assert!(recipe.covers("/v1/sessions") && recipe.covers("/v1"));
        assert!(!recipe.covers("/v10/sessions") && !recipe.covers("/") && !recipe.covers("/v2"));
    }
}
