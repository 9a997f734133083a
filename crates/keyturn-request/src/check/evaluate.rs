//! Looking at an answer.
//!
//! The answer is a stranger's: of its JSON no more is taken apart than fits into little memory, and what
//! was found is told as one short line in which nothing moves the cursor.

use serde_json::Value;

use super::path::Path;
use super::wanted::Wanted;
use super::words::ranges;
use super::{Check, CheckOutcome, Expectation};
use crate::visible::visible;

/// The longest that is told of what was found, in characters.
const TOLD: usize = 80;
/// What the JSON of a body may take in memory, taken apart.
const MOST_MEMORY: usize = 192 * 1024 * 1024;
/// What one object and one value take at most.
const OBJECT: usize = 640;
const VALUE: usize = 32;

/// An answer, its secrets redacted.
#[derive(Clone, Copy)]
pub struct Answered<'answer> {
    /// The status.
    pub status: u16,
    /// The headers.
    pub headers: &'answer [(String, String)],
    /// The body, unpacked.
    pub body: &'answer [u8],
    /// How long it took, in milliseconds.
    pub total_ms: f64,
}

/// Looks whether an answer is as its checks say.
#[must_use]
pub fn evaluate(checks: &[Check], answered: &Answered<'_>) -> Vec<CheckOutcome> {
    let wants_json = checks.iter().any(|check| matches!(check, Check::Json { .. }));
    let json = if wants_json { json_of(answered.body) } else { Err("") };
    let outcome = |check: &Check| {
        let (passed, got) = match check {
            Check::Status { is } => status(is, answered.status),
            Check::Json { path, is } => match &json {
                Ok((json, values)) => value(path, is, json, *values),
                Err(why) => (false, (*why).to_owned()),
            },
            Check::Header { name, is } => header(name, is, answered.headers),
            Check::Time { under_ms } => {
                let passed = answered.total_ms < f64::from(*under_ms);
                (passed, format!("{:.0} ms", answered.total_ms))
            }
        };
        CheckOutcome { check: check.clone(), passed, got: told(&got), words: words(check) }
    };
    checks.iter().map(outcome).collect()
}

/// Whether a status is one of those that a text stands for.
#[must_use]
pub fn is_status(text: &str, status: u16) -> bool {
    let ranges = ranges(text).unwrap_or_default();
    ranges.iter().any(|(from, to)| (*from..=*to).contains(&status))
}

fn status(is: &str, status: u16) -> (bool, String) {
    (is_status(is, status), status.to_string())
}

/// A body's JSON, and how many values it has at most.
fn json_of(body: &[u8]) -> Result<(Value, usize), &'static str> {
    if body.is_empty() {
        return Err("there is no body");
    }
    let (memory, values) = size_of(body);
    if memory > MOST_MEMORY {
        return Err("the body's JSON has too many values to be looked into");
    }
    let json = serde_json::from_slice(body).map_err(|_| "the body is no JSON")?;
    Ok((json, values))
}

/// What a body's JSON would take at most, and how many values it has, told by its brackets and commas.
fn size_of(body: &[u8]) -> (usize, usize) {
    let (mut objects, mut values) = (0_usize, 1_usize);
    let (mut quoted, mut escaped) = (false, false);
    for byte in body {
        match byte {
            _ if escaped => escaped = false,
            b'\\' if quoted => escaped = true,
            b'"' => quoted = !quoted,
            _ if quoted => {}
            b'{' => objects += 1,
            b'[' | b',' => values += 1,
            _ => {}
        }
    }
    (body.len() + objects * OBJECT + values * VALUE, objects + values)
}

fn value(path: &str, is: &Expectation, json: &Value, values: usize) -> (bool, String) {
    let Ok(path) = Path::of(path) else { return (false, "the path is no JSONPath".to_owned()) };
    let Some(found) = path.of_value(json, values) else {
        return (false, "the path selects too much of so large a body".to_owned());
    };
    let passed = match is {
        Expectation::Present => !found.is_empty(),
        Expectation::Absent => found.is_empty(),
        Expectation::Equal { value } => {
            let wanted = Wanted::of(value);
            found.iter().any(|found| wanted.equals(found))
        }
        Expectation::Contain { value } => {
            let wanted = Wanted::of(value);
            found.iter().any(|found| wanted.is_in(found))
        }
    };
    let got = match found.as_slice() {
        [] => "nothing".to_owned(),
        [only] => beginning(only),
        [first, rest @ ..] => {
            let first: String = beginning(first).chars().take(50).collect();
            format!("{first} and {} more", rest.len())
        }
    };
    (passed, got)
}

/// The beginning of a value as text; a long one is not written whole to be cut.
fn beginning(value: &Value) -> String {
    match value {
        Value::String(text) => text.chars().take(TOLD + 1).collect(),
        Value::Array(values) => match values.len() {
            0 => "[]".to_owned(),
            1 => "a list of 1 value".to_owned(),
            length => format!("a list of {length} values"),
        },
        Value::Object(members) => {
            let names: Vec<&str> = members.keys().take(TOLD).map(String::as_str).collect();
            let names = names.join(", ").chars().take(TOLD + 1).collect::<String>();
            if names.is_empty() { "{}".to_owned() } else { format!("an object with {names}") }
        }
        other => other.to_string(),
    }
}

fn header(name: &str, is: &Expectation, headers: &[(String, String)]) -> (bool, String) {
    let found = headers.iter().filter(|(other, _)| other.eq_ignore_ascii_case(name));
    let values: Vec<&str> = found.map(|(_, value)| value.as_str()).collect();
    let joined = values.join(", ");
    let passed = match is {
        Expectation::Present => !values.is_empty(),
        Expectation::Absent => values.is_empty(),
        Expectation::Equal { value } => {
            !values.is_empty() && (joined == *value || values.contains(&value.as_str()))
        }
        Expectation::Contain { value } => !values.is_empty() && joined.contains(value.as_str()),
    };
    (passed, if values.is_empty() { "nothing".to_owned() } else { joined })
}

/// A check in words.
fn words(check: &Check) -> String {
    let text = match check {
        Check::Status { is } => format!("status is {is}"),
        Check::Json { path, is } => format!("{path} {}", expected(is)),
        Check::Header { name, is } => format!("{name} {}", expected(is)),
        Check::Time { under_ms } => format!("it takes less than {under_ms} ms"),
    };
    text.chars().map(visible).collect()
}

fn expected(is: &Expectation) -> String {
    match is {
        Expectation::Present => "is there".to_owned(),
        Expectation::Absent => "is not there".to_owned(),
        Expectation::Equal { value } => format!("is {value}"),
        Expectation::Contain { value } => format!("contains {value}"),
    }
}

/// One line of at most 80 characters.
fn told(text: &str) -> String {
    let mut chars = text.chars().map(visible);
    let mut line: String = chars.by_ref().take(TOLD).collect();
    if chars.next().is_some() {
        line.pop();
        line.push('…');
    }
    line
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn outcomes(checks: &[&str], body: &str) -> Vec<CheckOutcome> {
        let checks: Vec<Check> = checks.iter().map(|check| check.parse().unwrap()).collect();
        let headers =
            [("content-type", "application/json; charset=utf-8"), ("vary", "a"), ("Vary", "b")];
        let headers = headers.map(|(name, value)| (name.to_owned(), value.to_owned()));
        let answered =
            Answered { status: 201, headers: &headers, body: body.as_bytes(), total_ms: 12.4 };
        evaluate(&checks, &answered)
    }

    #[track_caller]
    fn assert_passes(check: &str, body: &str, passes: bool) {
        let outcome = outcomes(&[check], body).remove(0);
        assert_eq!(outcome.passed, passes, "{check} on {body}: got {}", outcome.got);
    }

    #[test]
    fn each_kind_of_check_passes_and_fails() {
        let body = r#"{"a":7,"b":"x y","c":null,"d":[1,"two"],"e":{"f":true},"g":7.0,"h":1e400}"#;
        let body = &body.replace("1e400", "1e300");
        for check in [
            "status 201",
            "status 2xx",
            "status 404, 200-299",
            "json $.a = 7",
            "json $.g = 7",
            "json $.a = 7.0",
            "json $.b = x y",
            "json $.b contains y",
            "json $.c present",
            "json $.c = null",
            "json $.d contains two",
            "json $.d = [1, \"two\"]",
            "json $.e contains f",
            "json $.e.f = true",
            "json $..f present",
            "json $.d[*] = two",
            "json $.z absent",
            "header CONTENT-TYPE contains json",
            "header vary = b",
            "header vary = a, b",
            "header x-none absent",
            "time < 13",
        ] {
            assert_passes(check, body, true);
        }
        for check in [
            "status 200",
            "status 3xx,400-499",
            "json $.a = 8",
            "json $.b = x",
            "json $.c absent",
            "json $.z present",
            "json $.z = ",
            "json $.d contains 2",
            "header content-type = json",
            "header x-none contains a",
            "header x-none = ",
            "time < 12",
        ] {
            assert_passes(check, body, false);
        }
    }

    #[test]
    fn what_was_there_is_told_in_words() {
        let all =
            ["json $ present", "json $.a present", "json $.b[*] = 1", "json $.n = 1", "time < 5"];
        let told: Vec<_> = outcomes(&all, r#"{"a":"t","b":[1,2,3]}"#)
            .into_iter()
            .map(|outcome| (outcome.words, outcome.got))
            .collect();
        let expected = [
            ("$ is there", "an object with a, b"),
            ("$.a is there", "t"),
            ("$.b[*] is 1", "1 and 2 more"),
            ("$.n is 1", "nothing"),
            ("it takes less than 5 ms", "12 ms"),
        ];
        assert_eq!(told, expected.map(|(words, got)| (words.to_owned(), got.to_owned())));
        for (body, got) in [("", "there is no body"), ("<html>", "the body is no JSON")] {
            let outcome = outcomes(&["json $.a absent"], body).remove(0);
            assert_eq!((outcome.passed, outcome.got.as_str()), (false, got));
        }
    }

    #[test]
    fn what_was_got_moves_no_cursor_and_is_short() {
        let body = serde_json::json!({"a": format!("\u{1b}[31m\r\n\u{202e}{}", "x".repeat(200))});
        let got = outcomes(&["json $.a = 1"], &body.to_string()).remove(0).got;
        assert!(got.starts_with("␛[31m␍␊\u{fffd}xxx"), "{got}");
        assert_eq!(got.chars().count(), 80);
        assert!(got.ends_with('…'));
    }

    #[test]
    fn bodies_of_ten_megabytes_and_of_great_depth_are_told_and_never_crash() {
        let deep = "[".repeat(5_000_000) + &"]".repeat(5_000_000);
        let objects = format!("[{}{{}}]", "{\"\":0},".repeat(1_400_000));
        let text = format!("{{\"id\":7,\"t\":\"{}\"}}", "x".repeat(10_000_000));
        let got = |body: &str| outcomes(&["json $..id = 7"], body).remove(0);
        assert_eq!(got(&deep).got, "the body is no JSON");
        assert!(got(&objects).got.contains("too many values"), "{}", got(&objects).got);
        let numbers = format!("[{}0]", "0,".repeat(4_000_000));
        let twice = outcomes(&["json $..[0:,0:] present"], &numbers).remove(0);
        assert!(!twice.passed && twice.got.contains("selects too much"), "{}", twice.got);
        assert!(got(&text).passed, "a positive control: a large body alone is no problem");
    }

    #[test]
    fn a_check_that_was_never_checked_fails_and_does_not_crash() {
        let bad = [
            Check::Status { is: "fine".to_owned() },
            Check::Json { path: "((((".to_owned(), is: Expectation::Present },
            Check::Header { name: "\n".to_owned(), is: Expectation::Present },
        ];
        let answered = Answered { status: 200, headers: &[], body: b"{}", total_ms: 1.0 };
        assert!(evaluate(&bad, &answered).iter().all(|outcome| !outcome.passed));
    }

    proptest! {
        #[test]
        fn a_check_survives_its_line(
            path in "\\$(\\.[a-z]{1,5}|\\[[0-9]\\]|\\['[a-z ]{0,5}'\\]){0,4}",
            value in "[!-~]([ -~]{0,20}[!-~])?",
        ) {
            for is in [
                Expectation::Present,
                Expectation::Absent,
                Expectation::Equal { value: value.clone() },
                Expectation::Contain { value },
            ] {
                let check = Check::Json { path: path.clone(), is };
                prop_assert_eq!(check.to_string().parse(), Ok(check));
            }
        }

        #[test]
        fn no_body_and_no_path_makes_it_panic(body in ".{0,200}", path in "\\$[.\\[\\]?@*'a-c0-2,:()=& ]{0,30}") {
            let check = Check::Json { path, is: Expectation::Present };
            let answered = Answered { status: 200, headers: &[], body: body.as_bytes(), total_ms: 1.0 };
            let outcome = evaluate(&[check], &answered).remove(0);
            prop_assert!(outcome.got.chars().count() <= TOLD);
        }

        #[test]
        fn a_value_that_is_there_is_found(name in "[a-z]{1,8}", value in "\\PC{0,60}") {
            let body = serde_json::json!({"list": [{(&name): &value}]}).to_string();
            let checks = [
                Check::Json { path: format!("$.list[0].{name}"), is: Expectation::Equal { value: value.clone() } },
                Check::Json { path: format!("$..{name}"), is: Expectation::Contain { value } },
            ];
            let answered = Answered { status: 200, headers: &[], body: body.as_bytes(), total_ms: 1.0 };
            prop_assert!(evaluate(&checks, &answered).iter().all(|outcome| outcome.passed));
        }
    }
}
