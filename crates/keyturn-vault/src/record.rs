//! The kinds of records and the bodies of those that hold secrets.
//!
//! Secrets are encoded into one buffer of the right size and decoded straight into [`SecretFields`]:
//! no step leaves a copy that is not wiped. Metadata, settings and journal entries are JSON
//! ([`crate::codec::encode_json`]).

use chrono::{DateTime, Utc};
use keyturn_core::{
    CredentialId, EnvironmentName, Expiry, FieldName, SecretFields, SecretString, Token,
    TokenSummary,
};
use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

use crate::codec::{CODEC, MalformedError, Reader, length32};

/// What a record is; part of what its box is bound to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u16)]
pub(crate) enum RecordKind {
    /// The list of all other records.
    Catalog = 1,
    /// A credential without its secrets.
    Metadata = 2,
    /// The secrets of a credential.
    Secrets = 3,
    /// A live access token.
    Token = 4,
    /// A piece of the audit journal.
    Journal = 5,
    /// The settings.
    Settings = 6,
    /// What the user is writing in the window.
    Draft = 7,
    /// What was seen of providers.
    Observations = 8,
    /// An exchange that the user chose to keep.
    KeptExchange = 9,
    /// What was told, snoozed and seen to of reminders.
    Reminders = 10,
    /// What was noted of a credential's exchanges.
    Exchanges = 11,
    /// The requests that are saved with a credential.
    SavedRequests = 12,
}

impl RecordKind {
    pub(crate) const fn from_number(number: u16) -> Option<Self> {
        Some(match number {
            1 => Self::Catalog,
            2 => Self::Metadata,
            3 => Self::Secrets,
            4 => Self::Token,
            5 => Self::Journal,
            6 => Self::Settings,
            7 => Self::Draft,
            8 => Self::Observations,
            9 => Self::KeptExchange,
            10 => Self::Reminders,
            11 => Self::Exchanges,
            12 => Self::SavedRequests,
            _ => return None,
        })
    }
}

/// Encodes secrets: version ‖ count(2) ‖ each name length(2) ‖ name ‖ value length(4) ‖ value.
/// `None` for more, or longer, than the lengths can say.
pub(crate) fn encode_secrets(secrets: &SecretFields) -> Option<Zeroizing<Vec<u8>>> {
    let size = secrets.iter().map(|(name, value)| 6 + name.as_str().len() + value.expose().len());
    let mut body = Zeroizing::new(Vec::with_capacity(3 + size.sum::<usize>()));
    body.push(CODEC);
    body.extend_from_slice(&u16::try_from(secrets.len()).ok()?.to_be_bytes());
    for (name, value) in secrets.iter() {
        let (name, value) = (name.as_str().as_bytes(), value.expose().as_bytes());
        body.extend_from_slice(&u16::try_from(name.len()).ok()?.to_be_bytes());
        body.extend_from_slice(name);
        body.extend_from_slice(&length32(value)?);
        body.extend_from_slice(value);
    }
    Some(body)
}

/// Decodes what [`encode_secrets`] wrote.
pub(crate) fn decode_secrets(body: &[u8]) -> Result<SecretFields, MalformedError> {
    let mut reader = Reader::new(body)?;
    let count = reader.u16()?;
    let mut secrets = SecretFields::new();
    for _ in 0..count {
        let length = reader.u16()?;
        let name: FieldName =
            text(reader.take(length.into())?)?.parse().map_err(|_| MalformedError)?;
        secrets.insert(name, secret(reader.block()?)?);
    }
    reader.finish()?;
    if secrets.len() == usize::from(count) { Ok(secrets) } else { Err(MalformedError) }
}

/// Encodes what the user is writing: version ‖ length(4) ‖ text. `None` for what is too long.
pub(crate) fn encode_draft(text: &SecretString) -> Option<Zeroizing<Vec<u8>>> {
    let text = text.expose().as_bytes();
    let mut body = Zeroizing::new(Vec::with_capacity(5 + text.len()));
    body.push(CODEC);
    body.extend_from_slice(&length32(text)?);
    body.extend_from_slice(text);
    Some(body)
}

/// Decodes what [`encode_draft`] wrote.
pub(crate) fn decode_draft(body: &[u8]) -> Result<SecretString, MalformedError> {
    let mut reader = Reader::new(body)?;
    let text = secret(reader.block()?)?;
    reader.finish()?;
    Ok(text)
}

/// What of a token is no secret.
#[derive(Debug, Serialize, Deserialize)]
struct TokenFacts {
    credential: CredentialId,
    environment: EnvironmentName,
    token_type: String,
    issued_at: DateTime<Utc>,
    expiry: Expiry,
    secret_version: u32,
}

/// Encodes a token: version ‖ facts length(4) ‖ facts as JSON ‖ token length(4) ‖ token, and with a
/// refresh token: length(4) ‖ refresh token.
pub(crate) fn encode_token(token: &Token) -> Option<Zeroizing<Vec<u8>>> {
    let facts = serde_json::to_vec(&TokenFacts {
        credential: token.credential,
        environment: token.environment.clone(),
        token_type: token.token_type.clone(),
        issued_at: token.issued_at,
        expiry: token.expiry,
        secret_version: token.secret_version,
    })
    .expect("our own types are JSON");
    let access = token.access_token.expose().as_bytes();
    let refresh = token.refresh_token.as_ref().map(|token| token.expose().as_bytes());
    let size = 9 + facts.len() + access.len() + refresh.map_or(0, |refresh| 4 + refresh.len());
    let mut body = Zeroizing::new(Vec::with_capacity(size));
    body.push(CODEC);
    body.extend_from_slice(&length32(&facts)?);
    body.extend_from_slice(&facts);
    body.extend_from_slice(&length32(access)?);
    body.extend_from_slice(access);
    if let Some(refresh) = refresh {
        body.extend_from_slice(&length32(refresh)?);
        body.extend_from_slice(refresh);
    }
    Some(body)
}

/// Decodes what [`encode_token`] wrote.
pub(crate) fn decode_token(body: &[u8]) -> Result<Token, MalformedError> {
    let (facts, access, refresh) = split_token(body)?;
    Ok(Token {
        credential: facts.credential,
        environment: facts.environment,
        access_token: secret(access)?,
        refresh_token: refresh.map(secret).transpose()?,
        token_type: facts.token_type,
        issued_at: facts.issued_at,
        expiry: facts.expiry,
        secret_version: facts.secret_version,
    })
}

/// Reads of a token only what may be kept in memory, and whose it is.
pub(crate) fn decode_token_summary(
    body: &[u8],
) -> Result<(CredentialId, TokenSummary), MalformedError> {
    let (facts, ..) = split_token(body)?;
    let summary = TokenSummary {
        environment: facts.environment,
        issued_at: facts.issued_at,
        expiry: facts.expiry,
    };
    Ok((facts.credential, summary))
}

/// Facts, token, and the refresh token where there is one.
type TokenParts<'a> = (TokenFacts, &'a [u8], Option<&'a [u8]>);

fn split_token(body: &[u8]) -> Result<TokenParts<'_>, MalformedError> {
    let mut reader = Reader::new(body)?;
    let facts = serde_json::from_slice(reader.block()?).map_err(|_| MalformedError)?;
    let access = reader.block()?;
    let refresh = if reader.is_empty() { None } else { Some(reader.block()?) };
    reader.finish()?;
    Ok((facts, access, refresh))
}

fn text(bytes: &[u8]) -> Result<&str, MalformedError> {
    std::str::from_utf8(bytes).map_err(|_| MalformedError)
}

fn secret(bytes: &[u8]) -> Result<SecretString, MalformedError> {
    text(bytes).map(|value| SecretString::new(value.to_owned()))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn fields(pairs: &[(&str, &str)]) -> SecretFields {
        pairs
            .iter()
            .map(|(name, value)| (name.parse().unwrap(), SecretString::new((*value).to_owned())))
            .collect()
    }

    #[test]
    fn secrets_survive_their_codec_in_a_buffer_that_never_grew() {
        let secrets = fields(&[("client_secret", "s3cret-ключ"), ("x-api-key", "")]);
        let body = encode_secrets(&secrets).unwrap();
        assert_eq!(body.capacity(), body.len(), "growing would have left copies behind");
        let read = decode_secrets(&body).unwrap();
        assert_eq!(read.len(), 2);
        assert_eq!(read.get(&"client_secret".parse().unwrap()).unwrap().expose(), "s3cret-ключ");
    }

    #[test]
    fn a_body_with_a_byte_more_or_less_or_a_field_twice_is_refused() {
        let body = encode_secrets(&fields(&[("a", "1"), ("b", "2")])).unwrap();
        for length in 0..body.len() {
            assert!(decode_secrets(&body[..length]).is_err(), "{length} bytes");
        }
        assert!(decode_secrets(&[body.as_slice(), &[0]].concat()).is_err());
        let twice: Vec<u8> =
            body.iter().map(|byte| if *byte == b'b' { b'a' } else { *byte }).collect();
        assert!(decode_secrets(&twice).is_err());
    }

    fn token(refresh_token: Option<&str>) -> Token {
        Token {
            credential: CredentialId::from_bytes([7; 16]),
            environment: "production".parse().unwrap(),
            access_token: SecretString::new("access-1".to_owned()),
            refresh_token: refresh_token.map(|token| SecretString::new(token.to_owned())),
            token_type: "bearer".to_owned(),
            issued_at: DateTime::from_timestamp(1_772_000_000, 0).unwrap(),
            expiry: Expiry::UNKNOWN,
            secret_version: 3,
        }
    }

    #[test]
    fn a_refresh_token_lies_behind_the_token_and_a_record_without_one_is_as_before() {
        let with = encode_token(&token(Some("refresh-1"))).unwrap();
        assert_eq!(with.capacity(), with.len(), "growing would have left copies behind");
        let read = decode_token(&with).unwrap();
        assert_eq!(read.refresh_token.unwrap().expose(), "refresh-1");
        assert_eq!(read.access_token.expose(), "access-1");

        let without = encode_token(&token(None)).unwrap();
        assert!(decode_token(&without).unwrap().refresh_token.is_none());
        assert_eq!(with[..without.len()], without[..], "what older vaults hold is the beginning");
        for length in without.len() + 1..with.len() {
            assert!(decode_token(&with[..length]).is_err(), "{length} bytes");
        }
    }

    proptest! {
        #[test]
        fn no_body_makes_a_decoder_panic(body in proptest::collection::vec(any::<u8>(), 0..200)) {
            let versioned = [&[CODEC], body.as_slice()].concat();
            for body in [&body, &versioned] {
                drop(decode_secrets(body));
                drop(decode_token(body));
                drop(decode_token_summary(body));
                drop(crate::catalog::Catalog::decode(body));
                drop(crate::journal::Segment::decode(body));
                drop(crate::kept::decode_kept(body));
            }
        }
    }
}
