use proptest::prelude::*;

use super::*;

fn read_text(text: &str) -> Result<Value, JsonError> {
    read(text.as_bytes()).map(Wiped::into_value)
}

#[test]
fn json_is_read_as_everybody_reads_it() {
    let text = r#"{"a":[1,-2,2.5,1e3,true,null,{"b":"c\u00e9\n"}],"":"","d":{}}"#;
    assert_eq!(read_text(text), Ok(serde_json::from_str(text).unwrap()));
}

#[test]
fn a_byte_order_mark_is_passed_over_once() {
    assert_eq!(read_text("\u{feff}{}"), Ok(Value::Object(Map::new())));
    assert_eq!(read_text("\u{feff}\u{feff}{}"), Err(JsonError::NotJson));
}

#[test]
fn other_encodings_are_not_guessed() {
    let text = r#"{"access_token":"tökén"}"#;
    let utf16 = |bytes: fn(u16) -> [u8; 2]| text.encode_utf16().flat_map(bytes).collect::<Vec<_>>();
    let latin1: Vec<u8> = text.chars().map(|c| u8::try_from(u32::from(c)).unwrap()).collect();
    for bytes in [utf16(u16::to_le_bytes), utf16(u16::to_be_bytes), latin1] {
        assert_eq!(read(&bytes).err(), Some(JsonError::NotJson));
    }
}

#[test]
fn a_field_that_comes_twice_is_refused_at_every_depth() {
    let twice = [
        r#"{"access_token":"a","access_token":"b"}"#,
        r#"{"access_token":"a","access_token":"a"}"#,
        r#"{"x":[{"a":1,"b":2,"a":3}]}"#,
        r#"{"access_token":"a","\u0061ccess_token":"b"}"#,
    ];
    for text in twice {
        assert_eq!(read_text(text), Err(JsonError::Ambiguous), "{text}");
    }
    assert!(read_text(r#"{"a":{"a":1},"b":{"a":1},"A":1}"#).is_ok(), "different fields");
}

#[test]
fn an_answer_is_read_up_to_its_limit() {
    let of = |length: usize| format!("\"{}\"", "x".repeat(length - 2));
    assert!(read_text(&of(LARGEST_ANSWER)).is_ok());
    assert_eq!(read_text(&of(LARGEST_ANSWER + 1)), Err(JsonError::TooLarge));
}

#[test]
fn depth_without_end_is_refused_and_not_followed() {
    assert_eq!(read_text(&"[".repeat(LARGEST_ANSWER)), Err(JsonError::NotJson));
    assert_eq!(read_text(&"{\"a\":".repeat(10_000)), Err(JsonError::NotJson));
}

proptest! {
    #[test]
    fn no_bytes_make_the_reading_panic(bytes: Vec<u8>) {
        drop(read(&bytes));
    }

    /// Text made of JSON's own pieces gets further into the parser than any bytes.
    #[test]
    fn nothing_that_looks_like_json_makes_the_reading_panic(
        pieces in proptest::collection::vec("[\\[\\]{}:,\"\\\\u0-9eE+.tfn-]{1,4}|\"a\":|\\PC", 0..40),
    ) {
        let text = pieces.concat();
        let ours = read_text(&text);
        let theirs = serde_json::from_str::<Value>(&text);
        // The one difference is what comes twice.
        prop_assert!(ours == Err(JsonError::Ambiguous) || ours.ok() == theirs.ok());
    }
}
