//! How a request shows who sends it, and to which paths.

use std::fmt;

use keyturn_core::{FieldName, NameError};
use serde::{Deserialize, Serialize};

use super::template::{Place, TemplateError, fill};

/// A way in which a request shows who sends it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
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
    #[serde(default)]
    pub headers: Vec<RecipeHeader>,
    /// The query parameters that it sends: for providers that take their key in no other way, since
    /// addresses end up in logs.
    #[serde(default)]
    pub query: Vec<RecipeQuery>,
    /// Headers that are always the same, such as an API's version; no secret stands here.
    #[serde(default)]
    pub fixed: Vec<FixedHeader>,
}

/// A header that is always the same.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct FixedHeader {
    /// The header's name.
    pub name: String,
    /// Its value.
    pub value: String,
}

/// One header of a recipe.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct RecipeHeader {
    /// The header's name; `{field}` stands for the credential's open field of that name.
    pub name: String,
    /// What stands before the value, e.g. `Bearer`; a space is put between. Where it is a field in
    /// braces that is empty, nothing stands there.
    pub scheme: Option<String>,
    /// The user name of HTTP Basic authentication (RFC 7617), mostly a field in braces: the value is
    /// then `user:password` in base64, and `carries` is the password.
    pub basic_user: Option<String>,
    /// What the value is.
    pub carries: Carried,
}

/// One query parameter of a recipe.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct RecipeQuery {
    /// The parameter's name; `{field}` stands for the credential's open field of that name.
    pub name: String,
    /// What the value is.
    pub carries: Carried,
}

/// What a header carries: the access token, or a field of the credential.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
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
        self.carried().any(|carried| *carried == Carried::Token)
    }

    /// All that it sends.
    fn carried(&self) -> impl Iterator<Item = &Carried> {
        let headers = self.headers.iter().map(|header| &header.carries);
        headers.chain(self.query.iter().map(|parameter| &parameter.carries))
    }

    /// The recipe with the credential's open fields filled into the names of what it sends.
    pub fn filled(
        &self,
        open: &dyn Fn(&FieldName) -> Option<String>,
    ) -> Result<Self, TemplateError> {
        let mut filled = self.clone();
        for header in &mut filled.headers {
            header.name = fill(&header.name, Place::Header, open)?;
            header.scheme = match header.scheme.take().map(|text| fill(&text, Place::Scheme, open))
            {
                None | Some(Err(TemplateError::Missing { .. })) => None,
                Some(scheme) => Some(scheme?),
            };
            if let Some(user) = &mut header.basic_user {
                *user = fill(user, Place::User, open)?;
            }
        }
        for parameter in &mut filled.query {
            parameter.name = fill(&parameter.name, Place::Query, open)?;
        }
        Ok(filled)
    }

    /// The long-lived fields that it sends.
    pub fn fields(&self) -> impl Iterator<Item = &FieldName> {
        self.carried().filter_map(|carried| match carried {
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
            query: Vec::new(),
            fixed: Vec::new(),
        };
        assert!(recipe.covers("/v1/sessions") && recipe.covers("/v1"));
        assert!(!recipe.covers("/v10/sessions") && !recipe.covers("/") && !recipe.covers("/v2"));
    }
}
