//! Where a provider's API is, and whether anything may be said to it in clear text.

use std::str::FromStr;

use keyturn_core::{EnvironmentName, FieldName};
use serde::{Deserialize, Serialize};
use thiserror::Error;

use super::template::{Piece, pieces};

/// One address of a provider's API.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Environment {
    /// Its name.
    pub name: EnvironmentName,
    /// What it is, for people.
    pub label: String,
    /// Scheme, host and port; `{field}` stands for the credential's open field of that name.
    pub base_url: String,
    /// Where tokens are bought, if that is another origin; written like `base_url`, and always
    /// `https`. Where a field in it is empty, tokens are bought at `base_url`.
    pub token_origin: Option<String>,
    /// Whether clear text is allowed.
    #[serde(default)]
    pub plain_http: PlainHttp,
    /// Whether it is for tests alone: a provider's sandbox.
    #[serde(default)]
    pub for_tests: bool,
    /// What the user is asked before clear text is used: what would be readable, and by whom.
    pub plain_http_consent: Option<String>,
    /// What else to know about it.
    pub note: Option<String>,
}

/// Whether an environment may be spoken to in clear text.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum PlainHttp {
    /// Never.
    #[default]
    Never,
    /// To loopback and private addresses only, after the user agreed.
    Private,
}

/// Says why an environment has no address yet.
#[derive(Debug, Error, PartialEq, Eq)]
pub enum UrlVariableError {
    /// The address needs a field that the credential leaves empty.
    #[error("this environment's address needs the field '{field}', which is not set")]
    Missing {
        /// The field.
        field: FieldName,
    },
    /// The value is more than a host name or an address.
    #[error(
        "the field '{field}' goes into the address and must be a host name or an IP address alone"
    )]
    NotAHost {
        /// The field.
        field: FieldName,
    },
    /// A brace is not closed, or what it holds is no field's name.
    #[error("the address of this environment is malformed: {{field}} stands for a field's value")]
    Malformed,
}

impl Environment {
    /// The fields that its address is made of.
    pub fn variables(&self) -> Result<Vec<FieldName>, UrlVariableError> {
        super::template::fields(&self.base_url).ok_or(UrlVariableError::Malformed)
    }

    /// The fields that the origin of its tokens is made of.
    pub fn token_variables(&self) -> Result<Vec<FieldName>, UrlVariableError> {
        let origin = self.token_origin.as_deref().unwrap_or_default();
        super::template::fields(origin).ok_or(UrlVariableError::Malformed)
    }

    /// Its address with the credential's open fields filled in. A value cannot bring more than a
    /// host along: neither port, path nor user information.
    pub fn resolved_base_url(
        &self,
        open: &dyn Fn(&FieldName) -> Option<String>,
    ) -> Result<String, UrlVariableError> {
        resolved(&self.base_url, open)
    }

    /// Where tokens are bought, if that is another origin for this credential.
    pub fn resolved_token_origin(
        &self,
        open: &dyn Fn(&FieldName) -> Option<String>,
    ) -> Result<Option<String>, UrlVariableError> {
        match self.token_origin.as_deref().map(|origin| resolved(origin, open)) {
            None | Some(Err(UrlVariableError::Missing { .. })) => Ok(None),
            Some(origin) => origin.map(Some),
        }
    }
}

fn resolved(
    template: &str,
    open: &dyn Fn(&FieldName) -> Option<String>,
) -> Result<String, UrlVariableError> {
    let mut url = String::new();
    for piece in pieces(template).ok_or(UrlVariableError::Malformed)? {
        match piece {
            Piece::Text(text) => url.push_str(text),
            Piece::Field(field) => {
                let value = open(&field).filter(|value| !value.is_empty());
                match value {
                    None => return Err(UrlVariableError::Missing { field }),
                    Some(value) => match host(&value) {
                        Some(host) => url.push_str(&host),
                        None => return Err(UrlVariableError::NotAHost { field }),
                    },
                }
            }
        }
    }
    Ok(url)
}

/// A host as it stands in a URL: IPv6 addresses get their brackets.
fn host(value: &str) -> Option<String> {
    if let Ok(address) = std::net::Ipv6Addr::from_str(value) {
        return Some(format!("[{address}]"));
    }
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-');
    let named = value.len() <= 253 && value.chars().all(plain) && !value.starts_with('.');
    named.then(|| value.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn edge() -> Environment {
        Environment {
            name: "edge".parse().unwrap(),
            label: "Edge device".to_owned(),
            base_url: "http://{edge_ip}:8100".to_owned(),
            token_origin: None,
            plain_http: PlainHttp::Private,
            for_tests: false,
            plain_http_consent: None,
            note: None,
        }
    }

    fn resolved(value: &str) -> Result<String, UrlVariableError> {
        edge().resolved_base_url(&|_| Some(value.to_owned()))
    }

    #[test]
    fn de4_the_users_edge_address_goes_into_the_url() {
        assert_eq!(resolved("192.168.1.20").unwrap(), "http://192.168.1.20:8100");
        assert_eq!(resolved("fd00::7").unwrap(), "http://[fd00::7]:8100");
        assert_eq!(edge().variables().unwrap(), vec!["edge_ip".parse().unwrap()]);
    }

    #[test]
    fn a_field_in_an_address_cannot_lead_elsewhere() {
        for value in
            ["evil.example/x", "a@evil.example", "10.0.0.1:80", "a b", "x#", "x?y", "[::1]"]
        {
            assert!(matches!(resolved(value), Err(UrlVariableError::NotAHost { .. })), "{value}");
        }
        assert!(matches!(resolved(""), Err(UrlVariableError::Missing { .. })));
    }
}
