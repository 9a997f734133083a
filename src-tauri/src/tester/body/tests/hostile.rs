//! Whatever a server sends: nothing of it is run, none of it hangs, and every line can be shown.

use super::super::view::BodyForm;
use super::{all, body, seen};

/// As large as answers are; less where nothing is optimized.
const HUGE: usize = if cfg!(debug_assertions) { 2 } else { 10 } * 1024 * 1024;

/// A name, the bytes, what the answer says that they are, and the form to begin with.
type Case = (&'static str, Vec<u8>, Option<&'static str>, BodyForm);

fn cases() -> Vec<Case> {
    use BodyForm::{Hex, Image, Json, Text};
    let html = Some("text/html");
    let json = Some("application/json");
    let deep = |open: &str, close: &str, depth: usize| {
        (open.repeat(depth) + "1" + &close.repeat(depth)).into_bytes()
    };
    let utf_16: Vec<u8> = "{\"a\":1}".encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<_>>();
    let with_mark = |mark: &[u8], rest: &[u8]| [mark, rest].concat();
    vec![
        ("HTML", b"<script>alert(1)</script><img src=x onerror=alert(1)>".to_vec(), html, Text),
        ("SVG", b"<svg onload='alert(1)'><script/></svg>".to_vec(), Some("image/svg+xml"), Text),
        ("ANSI", b"\x1b]0;owned\x07\x1b[2J\x1b[31mred".to_vec(), None, Text),
        ("bidi", "user \u{202e}nimda\u{2066} \u{200f}".into(), None, Text),
        ("bidi in JSON", "{\"\u{202e}a\":\"\u{2028}\"}".into(), json, Json),
        ("NUL", b"a\0b\0c".to_vec(), Some("text/plain"), Hex),
        ("one NUL", [b"plain text with one ".as_slice(), b"\0"].concat(), None, Text),
        ("a tag's characters", "a\u{e0041}b\u{200b}c".into(), None, Text),
        ("invalid UTF-8", b"caf\xe9 is what it says here".to_vec(), None, Text),
        ("overlong UTF-8", b"slash \xc0\xaf and no more of it".to_vec(), None, Text),
        ("BOM", with_mark(b"\xef\xbb\xbf", b"{\"a\":1}"), json, Json),
        ("UTF-16 by its mark", with_mark(b"\xff\xfe", &utf_16), json, Json),
        ("UTF-16 by its name", utf_16.clone(), Some("application/json; charset=utf-16le"), Json),
        ("UTF-16 that says nothing", utf_16, None, Hex),
        ("a charset that is none", b"{}".to_vec(), Some("application/json; charset=x\""), Json),
        ("a lying media type", b"<html>".to_vec(), json, Text),
        ("a lying picture", b"<svg/>".to_vec(), Some("image/png"), Text),
        ("a picture", b"\x89PNG\r\n\x1a\n\0".to_vec(), Some("text/html"), Image),
        ("bytes", (0..=255).cycle().take(5_000).collect(), None, Hex),
        ("gzip that nobody unpacked", b"\x1f\x8b\x08\0\0\0\0\0\0\xff\x80\x81".to_vec(), json, Hex),
        ("half a string", b"{\"a\":\"b".to_vec(), json, Text),
        ("a lone surrogate", br#"{"a":"\ud800"}"#.to_vec(), json, Json),
        ("deep lists", deep("[", "]", 100_000), json, Json),
        ("deep objects", deep("{\"a\":", "}", 100_000), json, Json),
        ("one huge line", vec![b'x'; HUGE], Some("text/plain"), Text),
        ("a huge string", format!("[\"{}\"]", "é".repeat(HUGE / 2)).into(), json, Json),
        ("nothing but brackets", vec![b'['; HUGE], json, Text),
        ("carriage returns", b"a\rb\rc\r\n\r\n".to_vec(), None, Text),
        ("a blank", b" ".to_vec(), json, Text),
    ]
}

#[test]
fn each_hostile_body_opens_in_its_form_and_every_line_of_it_is_harmless() {
    let bad = |c: char| c.is_control() && c != '\t' || matches!(c, '\u{202a}'..='\u{202e}');
    for (name, bytes, media_type, form) in cases() {
        let large = bytes.len() > 1_000_000;
        let body = body(bytes, media_type);
        let shown = body.shown().clone();
        assert_eq!(shown.form, form, "{name}");
        for form in shown.forms {
            if form == BodyForm::Image {
                assert!(body.image().unwrap().data_url.starts_with("data:image/png;base64,"));
                continue;
            }
            let total = body.lines(form, 0, 0).unwrap().total;
            let lines = if large {
                let middle = body.lines(form, total / 2, 400).unwrap().lines;
                body.lines(form, 0, 400).unwrap().lines.into_iter().chain(middle).collect()
            } else {
                all(&body, form)
            };
            assert!(!lines.is_empty(), "{name}, {form:?}");
            for line in lines {
                assert!(line.text.chars().count() <= 1_000, "{name}, {form:?}");
                assert!(!line.text.chars().any(bad), "{name}, {form:?}: {:?}", line.text);
            }
            assert!(body.lines(form, u32::MAX, u32::MAX).unwrap().lines.is_empty(), "{name}");
            if !large {
                body.search(form, "a", false).unwrap();
            }
            body.fold(form, None, true).unwrap();
            body.fold(form, Some(u32::MAX), true).unwrap();
            body.reach(form, u32::MAX).unwrap();
        }
    }
}

#[test]
fn what_no_text_says_is_said_beside_it() {
    let remark =
        |bytes: &[u8], media_type: Option<&str>| body(bytes, media_type).shown().remarks.join(" ");
    let lossy = remark(b"caf\xe9 is what it says here", None);
    assert!(lossy.contains("no UTF-8") && lossy.contains('\u{fffd}'), "{lossy}");
    assert!(remark(b"\xff\xfea\0", None).contains("UTF-16LE"));
    assert_eq!(remark(b"plain", None), "");
}

#[test]
fn escapes_of_a_terminal_are_seen_and_not_obeyed() {
    let body = body("\x1b[31mred\x1b[0m\r\nnext\ttab\n", None);
    assert_eq!(seen(&body, BodyForm::Text), "␛[31mred␛[0m\nnext\ttab");
}

#[test]
fn a_layout_takes_no_more_than_seven_times_its_text() {
    for text in ["[1,1,1,1]".to_owned(), "[[1],[1]]".to_owned(), "[".repeat(6) + &"]".repeat(6)] {
        let inner = (text.clone() + ",").repeat(2_000_000 / text.len());
        let all = format!("[{}]", inner.trim_end_matches(','));
        let length = all.len();
        let body = body(all, Some("application/json"));
        assert!(body.layouts() > 0 || body.shown().form == BodyForm::Text);
        assert!(body.layouts() <= length * 7, "{text}: {} of {length}", body.layouts());
    }
}

#[test]
fn nothing_of_a_body_is_in_what_debug_says() {
    let body = body("canary", Some("text/plain"));
    let lines = all(&body, BodyForm::Text);
    assert!(!format!("{body:?} {lines:?}").contains("canary"));
    assert!(seen(&body, BodyForm::Text).contains("canary"), "a positive control");
}
