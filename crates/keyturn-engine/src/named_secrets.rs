//! Secrets that nothing but their names gives away: those in the body of an answer that another
//! program got. They are nowhere stored, so that no list of known secrets has them.

use keyturn_core::{SecretFields, SecretString};
use keyturn_providers::Profile;
use serde_json::Value;

/// What secrets are called everywhere, written small and without what separates words.
const NAMES: [&str; 17] = [
    "accesstoken",
    "refreshtoken",
    "idtoken",
    "token",
    "jwt",
    "assertion",
    "clientsecret",
    "clientassertion",
    "secret",
    "secretkey",
    "signingsecret",
    "password",
    "passphrase",
    "apikey",
    "xapikey",
    "privatekey",
    "authorization",
];

/// The secrets in a JSON body: what stands where the profile's exchanges answer with tokens, and what
/// bears a name that secrets have. None where the text is not JSON.
pub(crate) fn in_body(profile: &Profile, text: &str) -> SecretFields {
    let Ok(json) = serde_json::from_str::<Value>(text) else { return SecretFields::new() };
    let pointers =
        profile.exchanges.iter().flat_map(|exchange| exchange.response.secret_pointers());
    let mut found: Vec<&str> = pointers.filter_map(|at| json.pointer(at)?.as_str()).collect();
    named(&json, &mut found);
    let secrets = found.into_iter().filter(|text| !text.is_empty()).zip(0..);
    secrets
        .filter_map(|(secret, number)| {
            let name = format!("named-{number}").parse().ok()?;
            Some((name, SecretString::new(secret.to_owned())))
        })
        .collect()
}

fn named<'json>(json: &'json Value, found: &mut Vec<&'json str>) {
    match json {
        Value::Object(members) => {
            for (name, value) in members {
                match value {
                    Value::String(text) if is_a_secrets(name) => found.push(text),
                    _ => named(value, found),
                }
            }
        }
        Value::Array(values) => values.iter().for_each(|value| named(value, found)),
        Value::String(_) | Value::Number(_) | Value::Bool(_) | Value::Null => {}
    }
}

fn is_a_secrets(name: &str) -> bool {
    let letters = name.chars().filter(char::is_ascii_alphanumeric);
    let plain: String = letters.map(|letter| letter.to_ascii_lowercase()).collect();
    NAMES.contains(&plain.as_str())
}

#[cfg(test)]
mod tests {
    use keyturn_providers::Catalogue;

    use super::*;

    #[test]
    fn a_secret_is_known_by_its_name_and_by_the_profiles_pointers_and_nothing_else_is() {
        let catalogue = Catalogue::builtin();
        let profile = catalogue.get(&"deepvue".parse().unwrap()).unwrap();
        let body = r#"{"access_token":"token-1","data":[{"clientSecret":"secret-2"}],
            "x-api-key":"key-3","error":"none","token_type":"bearer","password":null}"#;
        let found: Vec<String> =
            in_body(profile, body).iter().map(|(_, secret)| secret.expose().clone()).collect();
        for secret in ["token-1", "secret-2", "key-3"] {
            assert!(found.iter().any(|found| found == secret), "{secret}");
        }
        assert!(!found.iter().any(|found| found == "none" || found == "bearer"), "{found:?}");
        assert!(in_body(profile, "access_token=token-1").is_empty(), "no JSON");
    }
}
