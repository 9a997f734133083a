//! JSON laid out: every byte of it as it came, in the places where `serde_json` would put it.

use proptest::prelude::*;
use serde::de::IgnoredAny;
use serde_json::{Map, Value};

use super::super::json::lay_out;
use super::super::view::BodyForm;
use super::{all, body, seen};

#[test]
fn numbers_names_that_come_twice_and_their_order_stay_as_they_came() {
    let text = r#"{"z":1.50E+3,"a":-0,"a":123456789012345678901234567890,"t":[ ],"o":{ },"s":"\u00e9\/ {[:,"}"#;
    let expected = r#"{
  "z": 1.50E+3,
  "a": -0,
  "a": 123456789012345678901234567890,
  "t": [],
  "o": {},
  "s": "\u00e9\/ {[:,"
}"#;
    let body = body(text, None);
    assert_eq!(body.shown().form, BodyForm::Json);
    assert_eq!(seen(&body, BodyForm::Json), expected);
    assert_eq!(seen(&body, BodyForm::Text), text, "as text it is what came");
}

#[test]
fn json_that_breaks_off_says_where_and_is_text() {
    let said = |text: &str| {
        let body = body(text, Some("application/json"));
        assert_eq!(body.shown().form, BodyForm::Text, "{text}");
        body.shown().remarks.join(" ")
    };
    let words = said("{\"a\": 1,\n \"b\" 2}");
    assert_eq!(words, "It is no JSON: line 2, column 6 should be a colon.");
    assert!(said("[1,]").contains("line 1, column 4 should be a value"));
    assert!(said("{\"é\":1,}").contains("column 8 should be a name in quotes"));
    assert!(said("{} {}").contains("column 4 should be nothing more"));
    assert!(said("[\"a\nb\"]").contains("column 4 should be an escaped control character"));
    let guessed = body("[section]\na=1", None);
    assert_eq!((guessed.shown().form, guessed.shown().remarks.len()), (BodyForm::Text, 0));
}

#[test]
fn a_line_of_more_than_a_thousand_characters_is_several_and_no_escape_is_torn() {
    let long = "é".repeat(1_995) + "\\u00e9" + &"x".repeat(10);
    let text = format!("{{\"key\":\"{long}\",\"b\":1}}");
    let body = body(text, None);
    let lines = all(&body, BodyForm::Json);
    assert_eq!(lines.len(), 6, "two brackets, three pieces, one line");
    assert_eq!(lines[1].text.chars().count(), 1_000);
    // What is left of its thousand is one character short of the escape sequence.
    assert!(!lines[1].continued && lines[2].continued && lines[3].continued);
    assert!(lines[3].text.starts_with("\\u00e9") || !lines[2].text.ends_with('\\'));
    let whole: String = lines[1..4].iter().map(|line| line.text.as_str()).collect();
    assert_eq!(whole, format!("\"key\": \"{long}\","));
    assert_eq!(lines[4].text, "\"b\": 1");
    assert!(lines[1..5].iter().all(|line| line.depth == 1));
}

/// Any JSON, with texts that are shown as they are.
fn json() -> impl Strategy<Value = Value> {
    let text = "[ -~éß鍵]{0,8}";
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        text.prop_map(Value::from),
    ];
    leaf.prop_recursive(6, 120, 8, move |inner| {
        let named = proptest::collection::vec((text, inner.clone()), 0..6);
        prop_oneof![
            proptest::collection::vec(inner, 0..6).prop_map(Value::from),
            named.prop_map(|pairs| Value::from(pairs.into_iter().collect::<Map<_, _>>())),
        ]
    })
}

proptest! {
    #[test]
    fn the_layout_is_serde_jsons(value in json(), pretty: bool) {
        let laid = serde_json::to_string_pretty(&value).unwrap();
        let text = if pretty { laid.clone() } else { serde_json::to_string(&value).unwrap() };
        let body = body(text, Some("application/json"));
        prop_assert_eq!(seen(&body, BodyForm::Json), laid);
    }

    #[test]
    fn what_serde_json_takes_is_laid_out_and_nothing_else(text in r#"([\[\]{},:"\\ 01e.+-]|true|null|"a"|"a":|\\u0|\n){0,12}"#) {
        let known = serde_json::from_str::<IgnoredAny>(&text).is_ok();
        prop_assert_eq!(lay_out(&text).is_ok(), known);
    }
}
