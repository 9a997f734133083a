//! What providers answer where a token belongs, through the real transport: each bad answer has its
//! own error, and what is odd but has one meaning is read.

#![expect(clippy::unwrap_used, reason = "a test's helper fails like the test")]

#[expect(dead_code, reason = "other tables need the rest")]
#[path = "../support/mod.rs"]
mod support;

use std::sync::LazyLock;

use chrono::{DateTime, TimeDelta, Utc};
use keyturn_core::{ExpirySource, ManualClock, Secret, SecretFields};
use keyturn_http::{
    Answer, Buyer, Endpoint, ExchangeError, Exchanged, ExpiryDoubt, HttpTransport, Outgoing,
    PlainHttp, SendError, Sending, Timing, Transport, exchange,
};
use keyturn_providers::Catalogue;
use keyturn_providers::diagnose::CredentialFacts;
use serde_json::{Value, json};

use support::CANARY;
use support::server::{Server, Step};

const NOW: &str = "2026-03-07T10:00:00Z";
const MIB: usize = 1024 * 1024;

static CATALOGUE: LazyLock<Catalogue> = LazyLock::new(Catalogue::builtin);

fn now() -> DateTime<Utc> {
    NOW.parse().unwrap()
}

/// Buys a token of Deepvue's, whose tokens live 24 h where nothing else is known.
async fn bought(headers: &str, body: impl AsRef<[u8]>) -> Result<Exchanged, ExchangeError> {
    let server = Server::tls(vec![Step::answer("200 OK", headers, body)]).await;
    bought_over(&HttpTransport::new(), &server.endpoint()).await
}

async fn bought_over(
    transport: &dyn Transport,
    endpoint: &Endpoint,
) -> Result<Exchanged, ExchangeError> {
    let profile = CATALOGUE.get(&"deepvue".parse().unwrap()).unwrap();
    let secret = Secret::new(CANARY.to_owned());
    let secrets = SecretFields::from_iter([("client_secret".parse().unwrap(), secret)]);
    let buyer = Buyer {
        open: &|_| Some("client-42".to_owned()),
        secrets: &secrets,
        refresh_token: None,
        facts: CredentialFacts::default(),
    };
    let clock = ManualClock::at(now());
    exchange(transport, profile, &profile.exchanges[0], endpoint, buyer, &clock).await
}

async fn refused(body: impl AsRef<[u8]>) -> ExchangeError {
    let error = bought("content-type: application/json\r\n", body).await.unwrap_err();
    let shown = format!("{error} {error:?}");
    assert!(!shown.contains("tok-7x9z"), "no error repeats an answer: {shown}");
    error
}

#[tokio::test]
async fn an_answer_without_a_token_says_where_it_should_have_been() {
    let answers = [
        json!({}),
        json!([]),
        json!(null),
        json!("tok-7x9z"),
        json!(7),
        json!([{"access_token": "tok-7x9z"}]),
        json!({"Access_Token": "tok-7x9z"}),
        json!({"data": {"access_token": "tok-7x9z"}}),
    ];
    for answer in answers {
        let error = refused(answer.to_string()).await;
        let ExchangeError::NoToken { pointer } = &error else { panic!("{answer}: {error:?}") };
        assert_eq!(pointer, "/access_token");
    }
}

#[tokio::test]
async fn a_token_that_is_no_text_is_no_token() {
    let tokens = [
        json!(null),
        json!(7),
        json!(7.5),
        json!(true),
        json!(["tok-7x9z"]),
        json!({"value": "tok-7x9z"}),
        json!(""),
        json!(" \t "),
        json!("tok-7x9z\r\nx-injected: 1"),
        json!("tok-7x9z\u{0}"),
        json!("tok-7x9z\u{1b}[2J"),
    ];
    for token in tokens {
        let error = refused(json!({ "access_token": token }).to_string()).await;
        assert!(matches!(error, ExchangeError::NoToken { .. }), "{token}: {error:?}");
    }
}

#[tokio::test]
async fn what_is_no_json_is_told() {
    let answers = [
        "",
        " ",
        "\u{feff}",
        "OK",
        "<html><body>Maintenance</body></html>",
        "access_token=tok-7x9z&token_type=bearer",
        r#"{"access_token":"tok-7x9z""#,
        r#"{"access_token":"tok-7x9z"} trailing"#,
        r#"{"access_token":"tok-7x9z"}{"access_token":"tok-7x9z"}"#,
        "{'access_token':'tok-7x9z'}",
        r#"{"access_token":"tok-7x9z",}"#,
        r#"{"access_token":"tok-7x9z","expires_in":NaN}"#,
        r#"{"access_token":"tok-7x9z","expires_in":1e999}"#,
        r#"{"access_token":"tok-7x9z","x":"\ud800"}"#,
        r#"while(1);{"access_token":"tok-7x9z"}"#,
    ];
    for answer in answers {
        let error = refused(answer).await;
        assert!(matches!(error, ExchangeError::NotJson { status: 200 }), "{answer}: {error:?}");
    }
}

#[tokio::test]
async fn another_encoding_is_no_json_whatever_is_declared() {
    let text = r#"{"access_token":"tok-7x9z-ö"}"#;
    let wide = |unit: fn(u16) -> [u8; 2]| text.encode_utf16().flat_map(unit).collect::<Vec<_>>();
    let latin1: Vec<u8> = text.chars().map(|c| u8::try_from(u32::from(c)).unwrap()).collect();
    let utf32: Vec<u8> = text.chars().flat_map(|c| u32::from(c).to_le_bytes()).collect();
    let encodings = [
        ("utf-16le", wide(u16::to_le_bytes)),
        ("utf-16be", wide(u16::to_be_bytes)),
        ("utf-16", [&b"\xff\xfe"[..], &wide(u16::to_le_bytes)].concat()),
        ("utf-16", [&b"\xfe\xff"[..], &wide(u16::to_be_bytes)].concat()),
        ("iso-8859-1", latin1),
        ("utf-32", utf32),
    ];
    for (charset, body) in encodings {
        let headers = format!("content-type: application/json; charset={charset}\r\n");
        let error = bought(&headers, body).await.unwrap_err();
        assert!(matches!(error, ExchangeError::NotJson { .. }), "{charset}: {error:?}");
    }
}

#[tokio::test]
async fn json_in_utf_8_is_read_whatever_it_is_called_and_with_a_byte_order_mark() {
    let body = r#"{"access_token":"tok-7x9z"}"#;
    let types = [
        "",
        "content-type: application/json\r\n",
        "content-type: text/html\r\n",
        "content-type: text/plain; charset=iso-8859-1\r\n",
        "content-type: application/octet-stream\r\n",
        "content-type: nonsense\r\n",
    ];
    for headers in types {
        for body in [body.to_owned(), format!("\u{feff}{body}")] {
            let bought = bought(headers, body).await.unwrap();
            assert_eq!(bought.access_token.expose(), "tok-7x9z", "{headers}");
        }
    }
}

#[tokio::test]
async fn fields_that_come_twice_are_refused_even_when_they_agree() {
    let answers = [
        r#"{"access_token":"tok-7x9z","access_token":"other"}"#,
        r#"{"access_token":"tok-7x9z","access_token":"tok-7x9z"}"#,
        r#"{"access_token":"tok-7x9z","\u0061ccess_token":"other"}"#,
        r#"{"access_token":"tok-7x9z","expiry":1,"expiry":2}"#,
        r#"{"access_token":"tok-7x9z","x":{"y":1,"y":2}}"#,
    ];
    for answer in answers {
        let error = refused(answer).await;
        assert!(matches!(error, ExchangeError::Ambiguous), "{answer}: {error:?}");
    }
}

#[tokio::test]
async fn ten_megabytes_are_no_answer_with_a_token() {
    let padding = "x".repeat(10 * 1_000_000);
    let answers =
        [json!({"access_token": padding}), json!({"access_token": "tok-7x9z", "padding": padding})];
    for answer in answers {
        let error = refused(answer.to_string()).await;
        assert!(
            matches!(error, ExchangeError::TooLarge { limit } if limit == MIB / 4),
            "{error:?}"
        );
    }
    let zeros = format!("{{\"x\":[{}0]}}", "0,".repeat(4_000_000));
    let error = refused(zeros).await;
    assert!(matches!(error, ExchangeError::TooLarge { .. }), "{error:?}");
    let error = refused("x".repeat(10 * MIB + 1)).await;
    assert!(
        matches!(error, ExchangeError::Transport(SendError::TooLarge { .. })),
        "more than any answer: {error:?}"
    );
}

/// X4: what is absurd is told, and the documented lifetime counts.
#[tokio::test]
async fn an_end_that_cannot_be_is_told_and_the_documented_lifetime_counts() {
    let absurd = [
        json!("9999-12-31T23:59:59Z"),
        json!(253_402_300_799_i64),
        json!(253_402_300_799_000_i64),
        json!("tomorrow"),
        json!(""),
        json!(true),
        json!([]),
        json!({"seconds": 3600}),
        json!(1e300),
        json!(-1e300),
        json!(i64::MAX),
        json!(i64::MIN),
        json!(u64::MAX),
        json!("NaN"),
        json!("-inf"),
        json!("1e999"),
        json!("2026-02-30T10:00:00Z"),
    ];
    for end in absurd {
        let (at, source, doubt) = end_of(&end).await;
        assert_eq!(doubt, Some(ExpiryDoubt::Unreadable), "{end}");
        assert_eq!(source, ExpirySource::DocumentedLifetime, "{end}");
        assert_eq!(at, Some(now() + TimeDelta::hours(24)), "{end}");
    }
}

/// X4: a number is a span or a time by its size, with or without quotes, with or without a fraction.
#[tokio::test]
async fn an_end_in_an_odd_form_is_read() {
    let ends = now() + TimeDelta::hours(2);
    let forms = [
        json!(7200),
        json!(7200.0),
        json!(7200.9),
        json!("7200"),
        json!(" 7200 "),
        json!("7.2e3"),
        json!(ends.timestamp()),
        json!(ends.timestamp_millis()),
        json!("2026-03-07T14:00:00+02:00"),
    ];
    for form in forms {
        let (at, source, doubt) = end_of(&form).await;
        assert!((at.unwrap() - ends).abs() < TimeDelta::seconds(1), "{form}: {at:?}");
        assert_eq!((source, doubt), (ExpirySource::ResponseField, None), "{form}");
    }
}

#[tokio::test]
async fn an_end_in_the_past_is_told_and_counts() {
    for past in [json!(-5), json!("-5"), json!(0), json!(-7.5), json!("1970-01-01T00:00:00Z")] {
        let (at, source, doubt) = end_of(&past).await;
        assert!(at.unwrap() <= now(), "{past}: {at:?}");
        assert_eq!(
            (source, doubt),
            (ExpirySource::ResponseField, Some(ExpiryDoubt::Past)),
            "{past}"
        );
    }
}

async fn end_of(end: &Value) -> (Option<DateTime<Utc>>, ExpirySource, Option<ExpiryDoubt>) {
    let answer = json!({"access_token": "tok-7x9z", "expiry": end});
    let bought = bought("", answer.to_string()).await.unwrap();
    (bought.expiry.at, bought.expiry.source, bought.doubt)
}

/// X5: the token's life is counted by the provider's clock, wherever in time that is.
#[tokio::test]
async fn a_date_beyond_all_reason_does_not_shorten_or_lengthen_a_life() {
    let dates = [
        "Fri, 31 Dec 9999 23:59:59 GMT",
        "Thu, 01 Jan 1970 00:00:00 GMT",
        "Mon, 01 Jan 0001 00:00:00 GMT",
        "Sat, 07 Mar 2026 10:00:00 +9999",
        "yesterday",
        "",
        "\t9",
    ];
    for date in dates {
        let body = r#"{"access_token":"tok-7x9z"}"#;
        let bought = bought(&format!("date: {date}\r\n"), body).await.unwrap();
        let life = bought.expiry.at.unwrap() - bought.issued_at;
        assert_eq!(life, TimeDelta::hours(24), "{date}");
    }
}

/// A provider without a network.
struct Says(Answer);

impl Transport for Says {
    fn send<'a>(&'a self, _: &'a Endpoint, _: &'a Outgoing) -> Sending<'a> {
        Box::pin(async { Ok(self.0.clone()) })
    }
}

proptest::proptest! {
    #[test]
    fn no_answer_makes_an_exchange_panic_or_repeat_its_secret(
        status in 100_u16..=999,
        date in "\\PC{0,40}",
        retry_after in "-?[0-9]{0,30}|\\PC{0,40}",
        end in "-?[0-9]{1,30}(\\.[0-9]{1,5})?(e[0-9]{1,3})?|\"\\PC{0,20}\"",
        noise: Vec<u8>,
        with_token: bool,
    ) {
        let body = if with_token {
            format!(r#"{{"access_token":"tok-7x9z","expiry":{end}}}"#).into_bytes()
        } else {
            [noise.as_slice(), CANARY.as_bytes(), &noise].concat()
        };
        let header = |name: &str, value: String| (name.to_owned(), value);
        let answer = Answer {
            status,
            headers: vec![header("date", date), header("retry-after", retry_after)],
            body,
            timing: Timing::default(),
            tls: None,
            attempts: 1,
            size: keyturn_http::BodySize::default(),
        };
        let endpoint = Endpoint::new("https://provider.test", None, PlainHttp::Never).unwrap();
        let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
        let shown = match runtime.block_on(bought_over(&Says(answer), &endpoint)) {
            Ok(bought) => {
                proptest::prop_assert!(with_token && (200..300).contains(&status));
                proptest::prop_assert!(bought.expiry.at.is_some(), "24 hours are documented");
                format!("{bought:?}")
            }
            Err(error) => format!("{error} {error:?}"),
        };
        proptest::prop_assert!(!shown.contains(CANARY) && !shown.contains("tok-7x9z"));
    }
}
