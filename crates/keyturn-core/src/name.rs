//! What users call things: `acme/main`, `acme/main/client_secret`, `keyturn://acme/main/token`.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use thiserror::Error;

/// Says why a name or reference was not understood.
#[derive(Debug, Error, PartialEq, Eq)]
pub enum NameError {
    /// It is empty.
    #[error("a name may not be empty")]
    Empty,
    /// It is longer than 64 characters.
    #[error("a name has at most 64 characters")]
    TooLong,
    /// It has a character that would need quoting in shells, URLs or file names.
    #[error(
        "a name is made of letters, digits, '-', '_' and '.', and begins with a letter or digit"
    )]
    BadCharacter,
    /// `token` is what the live access token is called, so no field may be called so.
    #[error("'token' names the live access token and cannot be a field's name")]
    Reserved,
    /// A reference is `PROVIDER/NAME`, at most with `/FIELD` behind it.
    #[error("a reference looks like PROVIDER/NAME or PROVIDER/NAME/FIELD")]
    NotAReference,
}

fn checked(text: &str) -> Result<String, NameError> {
    let mut characters = text.chars();
    let first = characters.next().ok_or(NameError::Empty)?;
    if text.chars().count() > 64 {
        return Err(NameError::TooLong);
    }
    let inner = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.');
    if !first.is_ascii_alphanumeric() || !characters.all(inner) {
        return Err(NameError::BadCharacter);
    }
    Ok(text.to_owned())
}

macro_rules! name {
    ($(#[$meta:meta])* $name:ident) => {
        $(#[$meta])*
        #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[cfg_attr(feature = "typescript", derive(ts_rs::TS), ts(type = "string"))]
        #[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
        #[serde(try_from = "String", into = "String")]
        pub struct $name(String);

        impl $name {
            /// The name as text.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.write_str(&self.0)
            }
        }

        impl TryFrom<String> for $name {
            type Error = NameError;

            fn try_from(text: String) -> Result<Self, NameError> {
                text.parse()
            }
        }

        impl From<$name> for String {
            fn from(name: $name) -> String {
                name.0
            }
        }
    };
}

name! {
    /// A provider's identifier, the name of its profile: lower case, e.g. `acme`.
    ProviderId
}
name! {
    /// The user's name of a credential at one provider, e.g. `main`.
    CredentialName
}
name! {
    /// The name of a credential's field, e.g. `client_secret`; never `token`.
    FieldName
}
name! {
    /// The name of a provider's environment, e.g. `production`.
    EnvironmentName
}

impl FromStr for ProviderId {
    type Err = NameError;

    fn from_str(text: &str) -> Result<Self, NameError> {
        let name = checked(text)?;
        if name.chars().any(|c| c.is_ascii_uppercase()) {
            return Err(NameError::BadCharacter);
        }
        Ok(Self(name))
    }
}

impl FromStr for CredentialName {
    type Err = NameError;

    fn from_str(text: &str) -> Result<Self, NameError> {
        checked(text).map(Self)
    }
}

impl FromStr for EnvironmentName {
    type Err = NameError;

    fn from_str(text: &str) -> Result<Self, NameError> {
        checked(text).map(Self)
    }
}

impl FromStr for FieldName {
    type Err = NameError;

    fn from_str(text: &str) -> Result<Self, NameError> {
        if text == "token" {
            return Err(NameError::Reserved);
        }
        checked(text).map(Self)
    }
}

impl CredentialName {
    /// The name a credential gets when the user gives none.
    #[must_use]
    pub fn main() -> Self {
        Self("main".to_owned())
    }
}

/// Names a credential as the user does: `PROVIDER/NAME`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS), ts(type = "string"))]
#[serde(try_from = "String", into = "String")]
pub struct CredentialRef {
    /// The provider's identifier.
    pub provider: ProviderId,
    /// The credential's name at that provider.
    pub name: CredentialName,
}

/// What of a credential a reference points to.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Target {
    /// The credential as a whole; what that means is the caller's choice.
    Whole,
    /// One of its fields.
    Field(FieldName),
    /// Its live access token.
    Token,
}

/// A reference with its target: `acme/main/client_secret`, `keyturn://acme/main/token`.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS), ts(type = "string"))]
#[serde(try_from = "String", into = "String")]
pub struct TargetRef {
    /// The credential.
    pub credential: CredentialRef,
    /// What of it.
    pub target: Target,
}

impl FromStr for TargetRef {
    type Err = NameError;

    fn from_str(text: &str) -> Result<Self, NameError> {
        let path = text.strip_prefix("keyturn://").unwrap_or(text);
        let mut parts = path.split('/');
        let (Some(provider), Some(name), target, None) =
            (parts.next(), parts.next(), parts.next(), parts.next())
        else {
            return Err(NameError::NotAReference);
        };
        let target = match target {
            None => Target::Whole,
            Some("token") => Target::Token,
            Some(field) => Target::Field(field.parse()?),
        };
        let credential = CredentialRef { provider: provider.parse()?, name: name.parse()? };
        Ok(Self { credential, target })
    }
}

impl FromStr for CredentialRef {
    type Err = NameError;

    fn from_str(text: &str) -> Result<Self, NameError> {
        match text.parse()? {
            TargetRef { credential, target: Target::Whole } => Ok(credential),
            TargetRef { .. } => Err(NameError::NotAReference),
        }
    }
}

impl fmt::Display for CredentialRef {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}/{}", self.provider, self.name)
    }
}

impl fmt::Display for TargetRef {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.target {
            Target::Whole => write!(formatter, "{}", self.credential),
            Target::Field(field) => write!(formatter, "{}/{field}", self.credential),
            Target::Token => write!(formatter, "{}/token", self.credential),
        }
    }
}

impl TryFrom<String> for CredentialRef {
    type Error = NameError;

    fn try_from(text: String) -> Result<Self, NameError> {
        text.parse()
    }
}
impl From<CredentialRef> for String {
    fn from(reference: CredentialRef) -> String {
        reference.to_string()
    }
}
impl TryFrom<String> for TargetRef {
    type Error = NameError;

    fn try_from(text: String) -> Result<Self, NameError> {
        text.parse()
    }
}
impl From<TargetRef> for String {
    fn from(reference: TargetRef) -> String {
        reference.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_committable_form_means_the_same_as_the_short_one() {
        let long: TargetRef = "keyturn://deepvue/main/token".parse().unwrap();
        assert_eq!(long, "deepvue/main/token".parse().unwrap());
        assert_eq!(long.target, Target::Token);
        assert_eq!(long.to_string(), "deepvue/main/token");
    }

    #[test]
    fn a_reference_has_two_or_three_parts() {
        for text in ["", "deepvue", "a/b/c/d", "/main", "deepvue/", "deepvue/main/"] {
            assert!(text.parse::<TargetRef>().is_err(), "{text} is no reference");
        }
        assert!("deepvue/main/token".parse::<CredentialRef>().is_err(), "a token is no credential");
    }

    #[test]
    fn names_that_need_quoting_are_refused() {
        for text in ["a b", "a\u{202e}b", "-a", "a'b", "../x", "ä", "a\nb"] {
            assert_eq!(text.parse::<CredentialName>(), Err(NameError::BadCharacter), "{text:?}");
        }
        assert_eq!("x".repeat(65).parse::<CredentialName>(), Err(NameError::TooLong));
    }

    #[test]
    fn no_field_is_called_token() {
        assert_eq!("token".parse::<FieldName>(), Err(NameError::Reserved));
    }
}
