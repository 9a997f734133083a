use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use keyturn_core::{ExpirySource, ManualClock, Secret};
use keyturn_providers::{Auth, Catalogue, Encoding};

use super::*;
use crate::HttpTransport;
use crate::outgoing::Body;
use crate::testing::{Reply, Server};

const NOW: &str = "2026-03-07T10:00:00Z";

fn clock() -> ManualClock {
    ManualClock::at(NOW.parse().unwrap())
}

fn profile(provider: &str) -> Profile {
    Catalogue::builtin().get(&provider.parse().unwrap()).unwrap().clone()
}

fn open(field: &FieldName) -> Option<String> {
    match field.as_str() {
        "client_id" => Some("client-42".to_owned()),
        "username" => Some("me+you@example.com".to_owned()),
        _ => None,
    }
}

fn buyer(secrets: &SecretFields) -> Buyer<'_> {
    Buyer { open: &open, secrets, refresh_token: None, facts: CredentialFacts::default() }
}

fn secrets() -> SecretFields {
    let pairs = [
        ("client_secret", "s3cret&client"),
        ("api_key", "key-7x9z-7x9z"),
        ("password", "päss wörd"),
    ];
    pairs
        .into_iter()
        .map(|(name, value)| (name.parse().unwrap(), Secret::new(value.to_owned())))
        .collect()
}

async fn buy(provider: &str, reply: Reply) -> (Server, Result<Exchanged, ExchangeError>) {
    let (server, endpoint) = Server::good(reply).await;
    let profile = profile(provider);
    let transport = HttpTransport::new();
    let terms = &profile.exchanges[0];
    let bought =
        exchange(&transport, &profile, terms, &endpoint, buyer(&secrets()), &clock()).await;
    (server, bought)
}

#[tokio::test]
async fn dv2_dv3_deepvue_gets_a_multipart_form_and_its_answer_is_read() {
    let body =
        r#"{"access_token":"eyJ.a.b","token_type":"bearer","expiry":"2026-03-08T00:00:00Z"}"#;
    let (server, bought) = buy("deepvue", Reply::json("200 OK", body)).await;
    let bought = bought.unwrap();
    assert_eq!(
        (bought.access_token.expose().as_str(), bought.token_type.as_str()),
        ("eyJ.a.b", "bearer")
    );
    assert_eq!(bought.expiry.source, ExpirySource::ResponseField);
    assert_eq!((bought.doubt, bought.skew), (None, None), "no Date, no skew");
    let sent = server.requests().remove(0);
    assert!(sent.starts_with("POST /v1/authorize HTTP/1.1\r\n"), "{sent}");
    assert!(sent.contains("content-type: multipart/form-data; boundary="), "{sent}");
    assert!(sent.contains("name=\"client_id\"\r\n\r\nclient-42\r\n"), "{sent}");
    assert!(sent.contains("name=\"client_secret\"\r\n\r\ns3cret&client\r\n"), "{sent}");
    assert!(
        !sent.to_lowercase().contains("authorization:") && !sent.contains("grant_type"),
        "{sent}"
    );
}

#[tokio::test]
async fn dc3_deepcurrent_gets_an_urlencoded_login() {
    let body = r#"{"access_token":"eyJ.a.b","token_type":"bearer"}"#;
    let (server, bought) = buy("deepcurrent", Reply::json("200 OK", body)).await;
    assert_eq!(bought.unwrap().expiry, Expiry::UNKNOWN, "DC4");
    let sent = server.requests().remove(0);
    assert!(sent.starts_with("POST /api/v1/login/access-token HTTP/1.1\r\n"), "{sent}");
    assert!(sent.contains("content-type: application/x-www-form-urlencoded\r\n"), "{sent}");
    let body = "username=me%2Byou%40example.com&password=p%C3%A4ss+w%C3%B6rd";
    assert!(sent.ends_with(body), "{sent}");
}

#[tokio::test]
async fn de2_deeply_gets_a_get_with_the_key_as_bearer() {
    let (server, bought) =
        buy("deeply", Reply::json("200 OK", r#"{"access_token":"opaque"}"#)).await;
    let bought = bought.unwrap();
    assert_eq!((bought.token_type.as_str(), bought.expiry), ("bearer", Expiry::UNKNOWN));
    let sent = server.requests().remove(0);
    assert!(sent.starts_with("GET /api/v1/auth/reissue HTTP/1.1\r\n"), "{sent}");
    assert!(sent.contains("authorization: Bearer key-7x9z-7x9z\r\n"), "{sent}");
}

#[tokio::test]
async fn x5_the_providers_clock_counts() {
    let body = r#"{"access_token":"opaque"}"#;
    let date = "date: Sat, 07 Mar 2026 10:05:00 GMT\r\n";
    let (_, bought) = buy("deepvue", Reply::with("200 OK", date, body)).await;
    let bought = bought.unwrap();
    assert_eq!(bought.skew, Some(TimeDelta::minutes(5)));
    assert_eq!(bought.issued_at, "2026-03-07T10:05:00Z".parse::<DateTime<Utc>>().unwrap());
    assert_eq!(bought.expiry.at, Some("2026-03-08T10:05:00Z".parse().unwrap()));
}

#[tokio::test]
async fn dv7_a_refusal_is_diagnosed_and_repeats_no_secret() {
    let body = r#"{"detail":"Incorrect client_id or client_secret: s3cret&client"}"#;
    let (_, bought) = buy("deepvue", Reply::json("401 Unauthorized", body)).await;
    let error = bought.unwrap_err();
    let shown = format!("{error} {error:?}");
    assert!(!shown.contains("s3cret"), "{shown}");
    let ExchangeError::Refused { status: 401, diagnosis, .. } = error else { panic!("{shown}") };
    assert_eq!(diagnosis.row.as_deref(), Some("DV7.401.credentials"));
    assert!(diagnosis.credential_refused);
    assert!(diagnosis.provider_says.unwrap().ends_with("<redacted>"));
}

#[tokio::test]
async fn di6_a_429_says_when_to_come_back() {
    let (_, bought) =
        buy("deepvue", Reply::with("429 Too Many Requests", "retry-after: 7\r\n", "")).await;
    let error = bought.unwrap_err();
    let after = TimeDelta::seconds(7);
    assert!(
        matches!(error, ExchangeError::Refused { retry_after: Some(wait), .. } if wait == after)
    );
}

#[tokio::test]
async fn an_answer_that_is_not_json_is_told() {
    for body in ["<html>hello</html>", "", "{\"access_token\":"] {
        let (_, bought) = buy("deepvue", Reply::with("200 OK", "", body)).await;
        let error = bought.unwrap_err();
        assert!(matches!(error, ExchangeError::NotJson { status: 200 }), "{error:?}");
    }
}

#[tokio::test]
async fn an_answer_without_a_token_is_told() {
    for body in [
        "{}",
        r#"{"access_token":""}"#,
        r#"{"access_token":7}"#,
        r#"{"access_token":"a\nb"}"#,
        "[]",
    ] {
        let (_, bought) = buy("deepvue", Reply::json("200 OK", body)).await;
        let error = bought.unwrap_err();
        assert!(matches!(error, ExchangeError::NoToken { .. }), "{body}: {error:?}");
    }
}

#[tokio::test]
async fn a_redirected_exchange_is_refused_and_the_secret_stays_here() {
    let location = "location: https://evil.example/\r\n";
    let (server, bought) =
        buy("deepvue", Reply::with("307 Temporary Redirect", location, "")).await;
    assert!(matches!(bought.unwrap_err(), ExchangeError::Refused { status: 307, .. }));
    assert_eq!(server.requests().len(), 1);
}

#[tokio::test]
async fn an_exchange_without_its_fields_sends_nothing() {
    let (server, endpoint) = Server::good(Reply::json("200 OK", "{}")).await;
    for provider in ["deepvue", "deeply", "deepcurrent"] {
        let profile = profile(provider);
        let transport = HttpTransport::new();
        let (terms, none) = (&profile.exchanges[0], SecretFields::new());
        let error = exchange(&transport, &profile, terms, &endpoint, buyer(&none), &clock()).await;
        let error = error.unwrap_err();
        let missing = matches!(
            error,
            ExchangeError::Transport(SendError::Policy(PolicyError::NoField { .. }))
        );
        assert!(missing, "{error:?}");
    }
    assert_eq!(server.connections(), 0);
}

#[test]
fn basic_and_header_authentication_are_built_as_written() {
    let mut terms = profile("deepvue").exchanges[0].clone();
    terms.encoding = Encoding::Json;
    let (username, password) = ("client_id".parse().unwrap(), "client_secret".parse().unwrap());
    terms.auth = Auth::Basic { username, password, form_encoded: false };
    let outgoing = build_exchange(&terms, buyer(&secrets())).unwrap();
    assert_eq!(
        outgoing.headers[0].value.expose(),
        format!("Basic {}", STANDARD.encode("client-42:s3cret&client"))
    );
    assert!(matches!(&outgoing.body, Body::Json(members) if members.len() == 2));
    terms.auth = Auth::Header { name: "x-api-key".to_owned(), field: "api_key".parse().unwrap() };
    let outgoing = build_exchange(&terms, buyer(&secrets())).unwrap();
    assert_eq!(outgoing.headers[0].value.expose(), "key-7x9z-7x9z");
    assert!(!format!("{outgoing:?}").contains("7x9z"));
}

#[test]
fn a_clients_id_and_secret_are_written_like_a_forms_values_before_basic() {
    let mut terms = profile("oauth2-client-credentials").exchanges[0].clone();
    terms.path = "/token".to_owned();
    let pairs = [("client_secret", "s%3A+x y:é")];
    let secrets: SecretFields = pairs
        .into_iter()
        .map(|(name, value)| (name.parse().unwrap(), Secret::new(value.to_owned())))
        .collect();
    let open = |field: &FieldName| (field.as_str() == "client_id").then(|| "a:b".to_owned());
    let built = |terms: &Exchange| {
        let buyer = Buyer { open: &open, ..buyer(&secrets) };
        build_exchange(terms, buyer).unwrap().headers[0].value.expose().to_owned()
    };
    let encoded = STANDARD.encode("a%3Ab:s%253A%2Bx+y%3A%C3%A9");
    assert_eq!(built(&terms), format!("Basic {encoded}"), "RFC 6749, section 2.3.1");
    let Auth::Basic { form_encoded, .. } = &mut terms.auth else { panic!("it is Basic") };
    *form_encoded = false;
    assert_eq!(built(&terms), format!("Basic {}", STANDARD.encode("a:b:s%3A+x y:é")));
}

#[test]
fn a_refresh_sends_the_stored_refresh_token_and_nothing_without_one() {
    let profile = profile("oauth2-password");
    let terms = profile.exchange("refresh_public").unwrap();
    let token = Secret::new("refresh-7x9z".to_owned());
    let none = SecretFields::new();
    let public = buyer(&none);
    assert_eq!(build_exchange(terms, public).unwrap_err(), PolicyError::NoRefreshToken);
    let built = build_exchange(terms, Buyer { refresh_token: Some(&token), ..public }).unwrap();
    let Body::Form(entries) = &built.body else { panic!("it is a form") };
    let entries: Vec<_> =
        entries.iter().map(|(key, value)| (key.as_str(), value.expose())).collect();
    assert_eq!(entries[..2], [("grant_type", "refresh_token"), ("refresh_token", "refresh-7x9z")]);
    assert!(!format!("{built:?}").contains("7x9z"));
}

#[tokio::test]
async fn oauths_word_for_a_refusal_is_kept_and_a_sentence_is_not() {
    for (body, word) in [
        (r#"{"error":"invalid_grant","error_description":"x"}"#, Some("invalid_grant")),
        (r#"{"error":"Something else entirely!"}"#, None),
        (r#"{"error":{"code":"x"}}"#, None),
        ("<html>", None),
    ] {
        let (_, bought) = buy("deepvue", Reply::json("400 Bad Request", body)).await;
        let ExchangeError::Refused { code, .. } = bought.unwrap_err() else { panic!("{body}") };
        assert_eq!(code.as_deref(), word, "{body}");
    }
}

#[tokio::test]
async fn a_reflected_basic_header_is_taken_out_of_a_refusal() {
    let pair = STANDARD.encode("client-42:s3cret%26client");
    let body = format!(r#"{{"error":"invalid_client","error_description":"got Basic {pair}"}}"#);
    let (server, endpoint) = Server::good(Reply::json("401 Unauthorized", &body)).await;
    let profile = profile("oauth2-client-credentials");
    let terms = profile.exchanges[0].filled(&|_| Some("/token".to_owned())).unwrap();
    let (transport, secrets) = (HttpTransport::new(), secrets());
    let bought = exchange(&transport, &profile, &terms, &endpoint, buyer(&secrets), &clock()).await;
    let sent = server.requests().remove(0);
    assert!(sent.contains(&pair), "positive control: that is what was sent: {sent}");
    let ExchangeError::Refused { diagnosis, .. } = bought.unwrap_err() else { panic!("refused") };
    assert_eq!(diagnosis.provider_says.as_deref(), Some("got Basic <redacted>"));
}
