use std::sync::LazyLock;

use keyturn_core::{ExpirySource, Secret};
use keyturn_providers::Catalogue;
use serde_json::json;

use super::*;

fn exchange_of(provider: &str) -> &'static Exchange {
    static CATALOGUE: LazyLock<Catalogue> = LazyLock::new(Catalogue::builtin);
    &CATALOGUE.get(&provider.parse().unwrap()).unwrap().exchanges[0]
}

fn at(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}

const ISSUED: &str = "2026-03-07T10:00:00Z";

fn read_field(value: &Value) -> (Expiry, Option<ExpiryDoubt>) {
    let token = Secret::new("opaque".to_owned());
    read(exchange_of("deepvue"), &json!({ "expiry": value }), &token, at(ISSUED))
}

fn jwt(claims: &Value) -> SecretString {
    let claims = URL_SAFE_NO_PAD.encode(claims.to_string());
    Secret::new(format!("eyJhbGciOiJIUzI1NiJ9.{claims}.signature"))
}

#[test]
fn dv3_dv4_the_earlier_of_the_field_and_24_hours_counts() {
    let (expiry, doubt) = read_field(&json!("2026-03-08T00:00:00Z"));
    assert_eq!(expiry.at, Some(at("2026-03-08T00:00:00Z")), "aligned to midnight");
    assert_eq!((expiry.source, doubt), (ExpirySource::ResponseField, None));
    let (expiry, _) = read_field(&json!("2026-03-10T00:00:00Z"));
    assert_eq!(expiry.at, Some(at("2026-03-08T10:00:00Z")));
    assert_eq!(expiry.source, ExpirySource::DocumentedLifetime);
}

#[test]
fn x4_the_field_is_read_in_each_of_its_forms() {
    let ends = at("2026-03-07T12:00:00Z");
    let seconds = ends.timestamp();
    let forms = [
        json!("2026-03-07T12:00:00Z"),
        json!("2026-03-07T13:00:00+01:00"),
        json!(seconds),
        json!(seconds * 1000),
        json!(seconds.to_string()),
        json!(7200),
        json!("7200"),
        json!(7200.0),
    ];
    for form in forms {
        let (expiry, doubt) = read_field(&form);
        assert_eq!((expiry.at, doubt), (Some(ends), None), "{form}");
        assert_eq!(expiry.source, ExpirySource::ResponseField, "{form}");
    }
}

#[test]
fn x4_the_jwts_own_end_counts_where_it_is_the_earliest() {
    let ends = at("2026-03-07T11:00:00Z");
    let token = jwt(&json!({ "sub": "x", "exp": ends.timestamp() }));
    for provider in ["deeply", "deepcurrent"] {
        let (expiry, _) = read(exchange_of(provider), &json!({}), &token, at(ISSUED));
        assert_eq!(expiry, Expiry { at: Some(ends), source: ExpirySource::JwtClaim }, "{provider}");
    }
}

#[test]
fn de2_dc4_without_anything_known_the_end_is_unknown() {
    let tokens = ["opaque", "a.b.c", "a.b", "....", "eyJ.!!.x", ""];
    for token in tokens.map(|token| Secret::new(token.to_owned())) {
        let (expiry, doubt) = read(exchange_of("deeply"), &json!({}), &token, at(ISSUED));
        assert_eq!((expiry, doubt), (Expiry::UNKNOWN, None));
    }
    let (expiry, _) =
        read(exchange_of("deeply"), &json!({}), &jwt(&json!({ "exp": "soon" })), at(ISSUED));
    assert_eq!(expiry, Expiry::UNKNOWN);
}

#[test]
fn an_end_in_the_past_is_told_and_counts() {
    let (expiry, doubt) = read_field(&json!("2020-01-01T00:00:00Z"));
    assert_eq!(expiry.at, Some(at("2020-01-01T00:00:00Z")));
    assert_eq!(doubt, Some(ExpiryDoubt::Past));
    assert_eq!(read_field(&json!(-5)).1, Some(ExpiryDoubt::Past));
}

#[test]
fn an_absurd_end_is_told_and_left_out_of_account() {
    let absurd = [
        json!("tomorrow"),
        json!(""),
        json!(true),
        json!({}),
        json!("9999-12-31T23:59:59Z"),
        json!(1e300),
        json!(i64::MAX),
        json!(i64::MIN),
        json!("NaN"),
        json!("inf"),
    ];
    for form in absurd {
        let (expiry, doubt) = read_field(&form);
        assert_eq!(doubt, Some(ExpiryDoubt::Unreadable), "{form}");
        assert_eq!(expiry.source, ExpirySource::DocumentedLifetime, "{form}");
    }
    assert_eq!(read_field(&Value::Null).1, None, "null says nothing");
}

proptest::proptest! {
    #[test]
    fn no_answer_makes_the_reading_panic(number: f64, whole: i64, text in "\\PC*") {
        for value in [json!(number), json!(whole), json!(text)] {
            let (field, _) = read_field(&value);
            proptest::prop_assert!(field.at.is_some(), "24 hours are documented");
            let token = jwt(&json!({ "exp": value }));
            let (claim, _) = read(exchange_of("deeply"), &json!({}), &token, at(ISSUED));
            proptest::prop_assert_eq!(claim.at.is_none(), claim.source == ExpirySource::Unknown);
        }
    }
}
