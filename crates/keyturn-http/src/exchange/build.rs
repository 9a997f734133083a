//! Builds the requests that buy and revoke tokens, as the profile describes them.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use keyturn_core::{FieldName, SecretString};
use keyturn_providers::{Auth, BodyField, BodySource, Encoding, Exchange, Revocation};
use zeroize::Zeroizing;

use super::Buyer;
use crate::outgoing::{Body, Outgoing, OutgoingHeader, Part, Value};
use crate::policy::secret_header;
use crate::{PolicyError, TokenKind};

/// Builds the request that buys a token.
pub fn build_exchange(exchange: &Exchange, buyer: Buyer<'_>) -> Result<Outgoing, PolicyError> {
    let headers = buyer.headers(&exchange.auth)?;
    let entries = buyer.entries(&exchange.body)?;
    let body = match exchange.encoding {
        Encoding::None => Body::Empty,
        Encoding::Form => Body::Form(entries),
        Encoding::Json => Body::Json(entries),
        Encoding::Multipart => {
            let parts = entries.into_iter().map(|(name, value)| Part::text(name, value));
            Body::Multipart(parts.collect())
        }
    };
    Ok(Outgoing {
        method: exchange.method.clone(),
        path: exchange.path.clone(),
        query: Vec::new(),
        secret_query: Vec::new(),
        headers,
        body,
    })
}

/// Builds the request that revokes a token (RFC 7009, section 2.1).
pub(crate) fn build_revocation(
    revocation: &Revocation,
    buyer: Buyer<'_>,
    token: &SecretString,
    kind: TokenKind,
) -> Result<Outgoing, PolicyError> {
    let mut entries = vec![
        ("token".to_owned(), Value::Secret(token.duplicate())),
        ("token_type_hint".to_owned(), Value::Open(kind.hint().to_owned())),
    ];
    entries.extend(buyer.entries(&revocation.body)?);
    Ok(Outgoing {
        method: "POST".to_owned(),
        path: revocation.path.clone(),
        query: Vec::new(),
        secret_query: Vec::new(),
        headers: buyer.headers(&revocation.auth)?,
        body: Body::Form(entries),
    })
}

impl Buyer<'_> {
    fn value(&self, field: &FieldName) -> Option<Value> {
        match self.secrets.get(field) {
            Some(secret) => Some(Value::Secret(secret.duplicate())),
            None => (self.open)(field).filter(|text| !text.is_empty()).map(Value::Open),
        }
    }

    fn needed(&self, field: &FieldName) -> Result<SecretString, PolicyError> {
        let value = self.value(field);
        let value = value.ok_or_else(|| PolicyError::NoField { field: field.clone() })?;
        Ok(SecretString::new(value.expose().to_owned()))
    }

    /// The headers of a request that authenticates so.
    fn headers(&self, auth: &Auth) -> Result<Vec<OutgoingHeader>, PolicyError> {
        let mut headers = match auth {
            Auth::None => Vec::new(),
            Auth::Bearer { field } => {
                vec![secret_header("Authorization", Some("Bearer"), &self.needed(field)?)?]
            }
            Auth::Header { name, field } => vec![secret_header(name, None, &self.needed(field)?)?],
            Auth::Basic { username, password, form_encoded } => {
                let (username, password) = (self.needed(username)?, self.needed(password)?);
                let pair = if *form_encoded {
                    let username = form_encoded_value(&username);
                    basic_credentials(username.expose(), &form_encoded_value(&password))
                } else {
                    basic_credentials(username.expose(), &password)
                };
                vec![secret_header("Authorization", Some("Basic"), &pair)?]
            }
        };
        headers.push(OutgoingHeader {
            name: "Accept".to_owned(),
            value: Value::Open("application/json".to_owned()),
        });
        Ok(headers)
    }

    fn entries(&self, body: &[BodyField]) -> Result<Vec<(String, Value)>, PolicyError> {
        let mut entries = Vec::new();
        for entry in body {
            let found = match &entry.source {
                BodySource::Text { text } => Some(Value::Open(text.clone())),
                BodySource::Field { field } => match self.value(field) {
                    None if !entry.optional => {
                        return Err(PolicyError::NoField { field: field.clone() });
                    }
                    found => found,
                },
                BodySource::RefreshToken { .. } => {
                    let token = self.refresh_token.ok_or(PolicyError::NoRefreshToken)?;
                    Some(Value::Secret(token.duplicate()))
                }
            };
            entries.extend(found.map(|value| (entry.key.clone(), value)));
        }
        Ok(entries)
    }
}

/// `user:password` in base64 (RFC 7617, section 2).
#[must_use]
pub fn basic_credentials(username: &str, password: &SecretString) -> SecretString {
    let pair = Zeroizing::new(format!("{username}:{}", password.expose()));
    SecretString::new(STANDARD.encode(pair.as_bytes()))
}

/// A value as it would stand in a form: a colon in a client's id would end it otherwise (RFC 6749,
/// section 2.3.1 and appendix B).
fn form_encoded_value(value: &SecretString) -> SecretString {
    SecretString::new(url::form_urlencoded::byte_serialize(value.expose().as_bytes()).collect())
}
