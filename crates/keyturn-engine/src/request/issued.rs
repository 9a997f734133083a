//! Tokens that a request by hand was issued: they are taken out like every secret, since nobody
//! asked for one to be shown.

use keyturn_core::{FieldName, SecretFields, SecretString};
use keyturn_providers::Profile;
use serde_json::Value;

/// No answer with a token is larger, and none that is larger is read as one.
const LARGEST: usize = 1024 * 1024;

/// The tokens in an answer of a path that issues them.
pub(super) fn tokens(
    profile: &Profile,
    open: &dyn Fn(&FieldName) -> Option<String>,
    path: &str,
    body: &[u8],
) -> SecretFields {
    let exchanges = profile
        .exchanges
        .iter()
        .filter(|exchange| exchange.filled(open).is_ok_and(|filled| filled.path == path));
    let pointers = exchanges.flat_map(|exchange| {
        let response = &exchange.response;
        [Some(&response.access_token), response.refresh_token.as_ref()].into_iter().flatten()
    });
    let pointers: Vec<&String> = pointers.collect();
    if pointers.is_empty() || body.len() > LARGEST {
        return SecretFields::new();
    }
    let Ok(json) = serde_json::from_slice::<Value>(body) else { return SecretFields::new() };
    let found = pointers.into_iter().filter_map(|pointer| json.pointer(pointer)?.as_str());
    let named = found.zip(0..).filter_map(|(token, number)| {
        Some((format!("issued-{number}").parse().ok()?, SecretString::new(token.to_owned())))
    });
    named.collect()
}

#[cfg(test)]
mod tests {
    use keyturn_providers::Catalogue;

    use super::*;

    #[test]
    fn the_token_of_an_exchange_is_found_and_no_other_text() {
        let catalogue = Catalogue::builtin();
        let profile = catalogue.get(&"deeply".parse().unwrap()).unwrap();
        let body = br#"{"access_token":"token-1","other":"text"}"#;
        let found = |path: &str, body: &[u8]| -> Vec<String> {
            tokens(profile, &|_| None, path, body)
                .iter()
                .map(|(_, token)| token.expose().clone())
                .collect()
        };
        assert_eq!(found("/api/v1/auth/reissue", body), ["token-1"]);
        assert!(found("/api/v1/events", body).is_empty());
        assert!(found("/api/v1/auth/reissue", b"<html>").is_empty());
    }
}
