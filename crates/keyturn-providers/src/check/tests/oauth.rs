//! What a profile may say of refresh tokens, revocation, second origins and keys in the query.

use super::{DEEPIDV, problem};

const CREDENTIALS: &str = include_str!("../../../builtin/oauth2-client-credentials.toml");
const PASSWORD: &str = include_str!("../../../builtin/oauth2-password.toml");
const QUERY: &str = include_str!("../../../builtin/generic-api-key-query.toml");
const BASIC: &str = include_str!("../../../builtin/generic-basic.toml");

#[test]
fn a_path_with_a_field_that_may_be_empty_is_refused() {
    let (found, line) =
        problem(CREDENTIALS, "path = \"{token_path}\"", "path = \"/{scope}/token\"");
    assert_eq!(line, "path = \"/{scope}/token\"");
    assert!(found.reason.contains("may be empty"), "{found}");
    assert!(found.hint.as_ref().is_some_and(|hint| hint.contains("default")), "{found}");
}

#[test]
fn a_default_is_what_the_field_takes_and_never_a_secret() {
    let (found, _) = problem(BASIC, "pattern = '[^:]+'", "pattern = '[^:]+'\ndefault = \"a:b\"");
    assert!(found.reason.contains("looks different"), "{found}");
    let (found, _) = problem(DEEPIDV, "kind = \"secret\"", "kind = \"secret\"\ndefault = \"x\"");
    assert!(found.reason.contains("a secret has no default"), "{found}");
}

#[test]
fn a_second_origin_is_an_origin_over_tls_that_an_exchange_goes_to() {
    let origin = "token_origin = \"https://{token_host}\"";
    for (other, reason) in [
        ("token_origin = \"http://{token_host}\"", "clear text"),
        ("token_origin = \"https://{token_host}/oauth\"", "scheme, host and port alone"),
        ("token_origin = \"https://u:p@{token_host}\"", "user name or password"),
        ("token_origin = \"https://{client_secret}\"", "is a secret"),
        ("token_origin = \"https://{token_hots}\"", "no field"),
    ] {
        let (found, line) = problem(CREDENTIALS, origin, other);
        assert_eq!(line, other);
        assert!(found.reason.contains(reason), "{found}");
    }
    let base = "base_url = \"https://{host}\"";
    let second = format!("{base}\ntoken_origin = \"https://login.example\"");
    let (found, _) = problem(QUERY, base, &second);
    assert!(found.reason.contains("no exchange"), "{found}");
}

#[test]
fn a_refresh_names_an_exchange_that_sends_the_refresh_token() {
    let (found, _) =
        problem(PASSWORD, "refresh = \"refresh_basic\"\n", "refresh = \"refresh_basics\"\n");
    assert_eq!(found.hint.as_deref(), Some("did you mean 'refresh_basic'?"));
    let (found, _) =
        problem(PASSWORD, "refresh = \"refresh_basic\"\n", "refresh = \"password_body\"\n");
    assert!(found.reason.contains("does not send a refresh token"), "{found}");
    let pointer = "refresh_token = \"/refresh_token\"\n";
    let (found, line) = problem(PASSWORD, pointer, "");
    assert_eq!(line, "refresh = \"refresh_basic\"");
    assert!(found.reason.contains("response.refresh_token"), "{found}");
}

#[test]
fn a_revocation_leads_nowhere_else_and_sets_the_token_itself() {
    let path = "path = \"{revocation_path}\"";
    let (found, _) = problem(CREDENTIALS, path, "path = \"https://evil.example/revoke\"");
    assert!(found.reason.contains("another origin"), "{found}");
    let (found, _) = problem(CREDENTIALS, path, "path = \"{client_secret}\"");
    assert!(found.reason.contains("is a secret"), "{found}");
    let own = "body = [{ key = \"client_id\", field = \"client_id\" }, ";
    let (found, _) = problem(CREDENTIALS, own, &own.replace("\"client_id\",", "\"token\","));
    assert!(found.reason.contains("put in by themselves"), "{found}");
}

#[test]
fn what_names_a_header_or_a_parameter_is_no_secret() {
    let name = "name = \"{parameter}\"";
    let (found, _) = problem(QUERY, name, "name = \"{api_key}\"");
    assert!(found.reason.contains("is a secret"), "{found}");
    let (found, _) = problem(QUERY, name, "name = \"{parameter\"");
    assert!(found.reason.contains("brace"), "{found}");
    let (found, _) = problem(QUERY, name, "name = \"\"");
    assert!(found.reason.contains("has a name"), "{found}");
    let (found, _) = problem(BASIC, "\"{username}\"", "\"username\"");
    assert_eq!(found.hint.as_deref(), Some("a field stands in braces: {username}"));
    let (found, _) = problem(BASIC, "\"{username}\"", "\"{password}\"");
    assert!(found.reason.contains("is a secret"), "{found}");
}
