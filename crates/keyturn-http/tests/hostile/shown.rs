//! Answers that are meant to be looked at: secrets that come back, and texts that are no texts.

use std::sync::LazyLock;

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use keyturn_core::{ManualClock, Secret, SecretFields};
use keyturn_http::{
    Buyer, ExchangeError, Exchanged, HttpTransport, Redactor, Transport as _, exchange,
};
use keyturn_providers::Catalogue;
use keyturn_providers::diagnose::CredentialFacts;

use crate::case::Case;
use crate::support::server::{Server, Step};
use crate::support::{CANARY, with_header};

static CATALOGUE: LazyLock<Catalogue> = LazyLock::new(Catalogue::builtin);

fn secrets() -> SecretFields {
    let secret = Secret::new(CANARY.to_owned());
    SecretFields::from_iter([("client_secret".parse().unwrap(), secret)])
}

/// Buys a token of Deepvue's from a server that answers this.
async fn bought_from(script: Vec<Step>) -> Result<Exchanged, ExchangeError> {
    let server = Server::tls(script).await;
    let profile = CATALOGUE.get(&"deepvue".parse().unwrap()).unwrap();
    let secrets = secrets();
    let buyer = Buyer {
        open: &|_| Some("client-42".to_owned()),
        secrets: &secrets,
        refresh_token: None,
        facts: CredentialFacts::default(),
    };
    let clock = ManualClock::at("2026-03-07T10:00:00Z".parse().unwrap());
    let (terms, transport) = (&profile.exchanges[0], HttpTransport::new());
    exchange(&transport, profile, terms, &server.endpoint(), buyer, &clock).await
}

/// The secret in the shapes of common software.
fn shapes() -> Vec<(&'static str, String)> {
    let hexadecimal = |digits: &[u8; 16]| {
        let nibbles = CANARY.bytes().flat_map(|byte| [byte >> 4, byte & 15]);
        nibbles.map(|nibble| char::from(digits[usize::from(nibble)])).collect::<String>()
    };
    let query = url::form_urlencoded::byte_serialize(CANARY.as_bytes()).collect::<String>();
    vec![
        ("raw", CANARY.to_owned()),
        ("base64", STANDARD.encode(CANARY)),
        ("base64 for URLs", URL_SAFE_NO_PAD.encode(CANARY)),
        ("Basic authentication", STANDARD.encode(format!("client-42:{CANARY}"))),
        ("hexadecimal", hexadecimal(b"0123456789abcdef")),
        ("hexadecimal in capitals", hexadecimal(b"0123456789ABCDEF")),
        ("a form", query.clone()),
        (
            "a URL in small letters",
            query.replace("%2B", "%2b").replace("%2F", "%2f").replace("%3F", "%3f"),
        ),
        ("JSON", CANARY.replace('"', "\\\"")),
        ("JSON with escaped slashes", CANARY.replace('"', "\\\"").replace('/', "\\/")),
        ("HTML", CANARY.replace('"', "&quot;")),
    ]
}

pub(crate) fn cases() -> Vec<Case> {
    vec![
        Case::new("a secret that comes back in a body is redacted in eleven shapes", async {
            assert_eq!(shapes().len(), 11);
            for (name, shape) in shapes() {
                let body = format!("<<{shape}>>");
                let server = Server::tls(vec![Step::answer("200 OK", "", &body)]).await;
                let sent = with_header("Authorization");
                let answer = HttpTransport::new().send(&server.endpoint(), &sent).await.unwrap();
                assert_eq!(answer.body, body.as_bytes(), "the server did throw it back: {name}");
                let shown = Redactor::new(&secrets(), None).redact(&answer.body);
                let shown = String::from_utf8(shown).unwrap();
                assert!(shown.contains("<redacted>") && !shown.contains(&shape), "{name}: {shown}");
                // Of a Basic pair the user's name is left, which is none.
                assert!(name.starts_with("Basic") || shown == "<<<redacted>>>", "{name}: {shown}");
            }
        }),
        Case::new(
            "a secret that comes back in a header is redacted, and in no error or log",
            async {
                for (name, shape) in shapes() {
                    let headers = format!("x-echo: {shape}\r\nlocation: /?key={shape}\r\n");
                    let server = Server::tls(vec![Step::answer("200 OK", &headers, "")]).await;
                    let sent = with_header("Authorization");
                    let answer =
                        HttpTransport::new().send(&server.endpoint(), &sent).await.unwrap();
                    let redactor = Redactor::new(&secrets(), None);
                    for header in ["x-echo", "location"] {
                        let value = answer.header(header).unwrap();
                        assert!(value.contains(&shape), "the server did throw it back: {name}");
                        let shown = redactor.redact_text(value);
                        assert!(shown.contains("<redacted>") && !shown.contains(&shape), "{shown}");
                    }
                    assert!(!format!("{answer:?} {sent:?}").contains(&shape), "{name}");
                }
            },
        ),
        Case::new("a secret that comes back in pieces, a chunk each, is redacted", async {
            let chunks: Vec<u8> =
                CANARY.bytes().flat_map(|byte| [b'1', b'\r', b'\n', byte, b'\r', b'\n']).collect();
            let head = "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n";
            let drip = Step::Drip(chunks, std::time::Duration::ZERO);
            let script = vec![Step::send(head), drip, Step::send("0\r\n\r\n"), Step::NextRequest];
            let server = Server::tls(script).await;
            let sent = with_header("Authorization");
            let answer = HttpTransport::new().send(&server.endpoint(), &sent).await.unwrap();
            assert_eq!(answer.body, CANARY.as_bytes());
            assert_eq!(Redactor::new(&secrets(), None).redact(&answer.body), b"<redacted>");
        }),
        Case::new("escape sequences of a terminal reach no error text", async {
            let escapes = "\x1b]0;owned\x07\x1b[2J\x1b[31mred\u{9b}31m";
            let detail = serde_json::json!({ "detail": format!("{escapes} {CANARY}") }).to_string();
            for status in ["401 Unauthorized", "403 \x1b[2JForbidden", "418 Teapot", "500 Oops"] {
                let script = vec![Step::answer(status, "x-title: \x1b]0;owned\r\n", &detail)];
                // A status line or header with an escape in it may be no HTTP at all.
                let error = bought_from(script).await.unwrap_err();
                let mut shown = format!("{error} {error:?}");
                if let ExchangeError::Refused { diagnosis, .. } = &error {
                    shown.push_str(diagnosis.provider_says.as_deref().unwrap_or_default());
                }
                assert!(!shown.chars().any(char::is_control), "{shown:?}");
                assert!(!shown.contains(CANARY) && !shown.contains("7x9z"), "{shown:?}");
            }
        }),
        Case::new(
            "a web page where a token belongs is an error, whatever it calls itself",
            async {
                let page = "<!doctype html><script>alert(1)</script>{\"access_token\":\"evil\"}";
                for media in ["text/html", "application/json", "application/json; charset=utf-16"] {
                    let headers = format!("content-type: {media}\r\n");
                    let error = bought_from(vec![Step::answer("200 OK", &headers, page)])
                        .await
                        .unwrap_err();
                    assert!(matches!(error, ExchangeError::NotJson { status: 200 }), "{error:?}");
                    assert!(!format!("{error} {error:?}").contains("alert"), "{error}");
                }
                // The same in JSON would have been one.
                let token = r#"{"access_token":"good"}"#;
                let headers = "content-type: text/html\r\n";
                let bought =
                    bought_from(vec![Step::answer("200 OK", headers, token)]).await.unwrap();
                assert_eq!(bought.access_token.expose(), "good");
            },
        ),
    ]
}
