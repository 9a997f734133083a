//! What in a request is a credential, by where it stands and what it is called. Names are all that is
//! looked at: a value that authenticates under another name is not found.

use serde::{Deserialize, Serialize};

use crate::percent::encode as percent_encode;

/// A credential that was taken out of a request. Its value is not here.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Removed {
    /// Where it stood.
    pub place: Place,
    /// What it is.
    pub kind: CredentialKind,
}

/// Where a credential stood.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Place {
    /// A header of this name.
    Header(String),
    /// A parameter of the query.
    Query(String),
    /// A field of the form or a part of the body.
    Field(String),
    /// A member of the JSON body; a variable of its name stands there now.
    Member(String),
    /// The address, before its host.
    Address,
    /// An option of the command.
    Option(String),
    /// What the document says of authentication.
    Document,
    /// A variable of the document.
    Variable(String),
}

/// What a credential is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CredentialKind {
    /// `Authorization: Bearer …`.
    Bearer,
    /// A user name with a password.
    Basic,
    /// A key, token or secret by its name.
    Key,
    /// A cookie, the session of a browser.
    Cookie,
    /// Another scheme of `Authorization`.
    Other,
}

impl Removed {
    /// Says it to the user.
    #[must_use]
    pub fn sentence(&self) -> String {
        let place = match &self.place {
            Place::Header(name) => format!("the header {name}"),
            Place::Query(name) => format!("the query parameter {name}"),
            Place::Field(name) => format!("the field {name} of the body"),
            Place::Member(name) => {
                return format!(
                    "The value of {name} in the JSON was taken out; the variable {{{{{name}}}}} stands there."
                );
            }
            Place::Address => "the user name in the address".to_owned(),
            Place::Option(name) => format!("the option --{name}"),
            Place::Document => "the document's authentication".to_owned(),
            Place::Variable(name) => format!("the document's variable {name}"),
        };
        format!("It had a credential in {place}: taken out, since Keyturn puts in its own.")
    }
}

/// Whether a header of this name mostly carries a secret.
#[must_use]
pub fn carries_secret(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    let plain = [
        "idempotency-key",
        "sec-websocket-key",
        "x-csrf-token",
        "x-xsrf-token",
        "authority",
        "author",
        "x-goog-authuser",
    ];
    !plain.contains(&name.as_str())
        && ["authorization", "key", "token", "secret", "auth"]
            .iter()
            .any(|word| name.contains(word))
}

/// What the credential in a header is, where it has one.
pub(crate) fn of_header(name: &str, value: &str) -> Option<CredentialKind> {
    let lower = name.to_ascii_lowercase();
    if matches!(lower.as_str(), "cookie" | "cookie2" | "set-cookie") {
        return Some(CredentialKind::Cookie);
    }
    if matches!(lower.as_str(), "authorization" | "proxy-authorization") {
        let scheme = value.split_whitespace().next().unwrap_or_default().to_ascii_lowercase();
        return Some(match scheme.as_str() {
            "bearer" => CredentialKind::Bearer,
            "basic" => CredentialKind::Basic,
            _ => CredentialKind::Other,
        });
    }
    // What a browser's session is bound to says nothing without its cookies.
    let of_session = lower.ends_with("csrf-token") || lower.ends_with("xsrf-token");
    let word = ["password", "signature", "credential"].iter().any(|word| lower.contains(word));
    (of_session || word || carries_secret(name)).then_some(CredentialKind::Key)
}

/// Names of parameters, fields and members that mostly carry a secret: letters and digits alone.
const NAMES: [&str; 24] = [
    "key",
    "token",
    "auth",
    "secret",
    "password",
    "passwd",
    "pwd",
    "passphrase",
    "sig",
    "signature",
    "appid",
    "appkey",
    "apikey",
    "accesskey",
    "accesskeyid",
    "jwt",
    "assertion",
    "clientassertion",
    "xamzcredential",
    "authorization",
    "bearer",
    "oauthsignature",
    "hapikey",
    "pat",
];

/// Ends of such names.
const ENDS: [&str; 15] = [
    "token",
    "apikey",
    "accesskey",
    "secretkey",
    "privatekey",
    "subscriptionkey",
    "authkey",
    "sessionkey",
    "masterkey",
    "signingkey",
    "encryptionkey",
    "secret",
    "password",
    "passcode",
    "signature",
];

/// What a token that only says where a list goes on, or which call it is, has before its name's end.
const OF_NO_SECRET: [&str; 11] = [
    "page",
    "next",
    "previous",
    "prev",
    "continuation",
    "cursor",
    "sync",
    "start",
    "resume",
    "clientrequest",
    "idempotency",
];

/// Whether a parameter, field or member of this name mostly carries a secret.
pub(crate) fn is_named_so(name: &str) -> bool {
    let plain: String = name.chars().filter(char::is_ascii_alphanumeric).collect();
    let plain = plain.to_ascii_lowercase();
    let of_no_secret = plain
        .strip_suffix("token")
        .is_some_and(|before| OF_NO_SECRET.iter().any(|word| before.ends_with(word)));
    let named = NAMES.contains(&plain.as_str()) || ENDS.iter().any(|end| plain.ends_with(end));
    named && !of_no_secret
}

/// An address without its query, where a name in that says that it authenticates.
pub(crate) fn without_secret_query(address: &str) -> Option<&str> {
    let (before, query) = address.split_once('?')?;
    let names = query.split(['&', '#']).map(|pair| pair.split('=').next().unwrap_or(pair));
    names.into_iter().any(is_named_so).then_some(before)
}

/// A name as it may be told: one that is longer than names are may be a value.
pub(crate) fn told(name: &str) -> String {
    let plain = name.len() <= 64 && name.chars().all(|c| !c.is_control());
    if plain {
        name.to_owned()
    } else {
        percent_encode(&name.chars().take(16).collect::<String>()) + "…"
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headers_that_authenticate_are_known_and_others_left() {
        for (name, value, kind) in [
            ("authorization", "bearer x", CredentialKind::Bearer),
            ("Authorization", "Basic x", CredentialKind::Basic),
            ("Authorization", "AWS4-HMAC-SHA256 Credential=x", CredentialKind::Other),
            ("X-API-Key", "x", CredentialKind::Key),
            ("PRIVATE-TOKEN", "x", CredentialKind::Key),
            ("x-csrf-token", "x", CredentialKind::Key),
            ("Cookie", "a=b", CredentialKind::Cookie),
        ] {
            assert_eq!(of_header(name, value), Some(kind), "{name}");
        }
        for name in ["Accept", "authority", "Idempotency-Key", "X-Request-Id", "Stripe-Version"] {
            assert_eq!(of_header(name, "x"), None, "{name}");
        }
    }

    #[test]
    fn parameters_that_authenticate_are_known_and_others_left() {
        for name in [
            "api_key",
            "apiKey",
            "key",
            "access_token",
            "client_secret",
            "appid",
            "X-Amz-Signature",
            "bearerToken",
            "session_token",
        ] {
            assert!(is_named_so(name), "{name}");
        }
        for name in [
            "q",
            "page_token",
            "nextToken",
            "clientRequestToken",
            "max_tokens",
            "keyword",
            "public_key_id",
            "author",
            "monkey",
        ] {
            assert!(!is_named_so(name), "{name}");
        }
    }
}
