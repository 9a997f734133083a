//! Limits, texts that nobody expects, and that no value gets into words.

use proptest::prelude::*;

use super::*;

fn refused(text: String) -> RecognizeError {
    read_text(text).unwrap_err()
}

#[test]
fn limits_are_kept_and_said() {
    assert_eq!(refused(" \u{200b}\n".to_owned()), RecognizeError::Nothing);
    assert_eq!(refused("x".repeat(LONGEST_PASTE + 1)), RecognizeError::TooLong);
    let many = |amount: usize| {
        let lines: Vec<_> = (0..amount).map(|at| format!("VARIABLE_{at}=1")).collect();
        lines.join("\n")
    };
    assert_eq!(refused(many(MOST_VARIABLES + 1)), RecognizeError::TooManyVariables);
    assert_eq!(found(&many(MOST_VARIABLES)).kind, PastedKind::Variables);
    let members: Vec<_> = (0..300).map(|at| format!("\"m{at}\":\"x\"")).collect();
    let object = format!("{{{}}}", members.join(","));
    assert_eq!(refused(object), RecognizeError::TooManyVariables);
}

#[test]
fn the_longest_texts_of_each_kind_are_read_in_no_time() {
    // Each is at the limit; a quadratic reading of one would be noticed by everybody who waits.
    for text in [
        "a".repeat(LONGEST_PASTE),
        "=".repeat(LONGEST_PASTE),
        format!("curl {}", "'".repeat(LONGEST_PASTE - 5)),
        format!("curl ^\"{}", "\\".repeat(LONGEST_PASTE - 7)),
        format!("{{\"a\":{}", "{\"a\":".repeat(10_000)),
        "\"\n".repeat(LONGEST_PASTE / 2),
        "A=\"\n".repeat(LONGEST_PASTE / 4),
    ] {
        drop(read_text(text));
    }
}

const CANARY: &str = "canary-0123456789-7x9z";

/// All that is said about a text beside the values themselves.
fn words(found: &Recognized) -> String {
    let why: Vec<_> = found.suggestions.iter().map(|one| one.why.clone()).collect();
    format!("{found:?} {why:?} {:?}", found.notes)
}

proptest! {
    // Each case compiles the patterns of all profiles, which takes an unoptimised build a while.
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn no_text_makes_it_panic(text in "\\PC{0,200}") {
        drop(read_text(text));
    }

    #[test]
    fn no_mixture_of_what_it_knows_makes_it_panic(
        pieces in prop::collection::vec(prop::sample::select(vec![
            "curl ", "https://api.deepidv.com/v1", " -H ", "'", "\"", "\\", "^", "\n", "x-api-key: ",
            "Bearer ", "{\"", "\":\"", "\"}", "DEEPVUE_CLIENT_SECRET", "=", "export ", "$'", "\\u00",
            "eyJhbGciOiJIUzI1NiJ9", ".", ":", "ä", "\u{202e}", "-u ", "@", "keyturn://", "/", "%", "-d ",
        ]), 0..20)
    ) {
        drop(read_text(pieces.concat()));
    }

    #[test]
    fn no_value_gets_into_words(
        before in prop::sample::select(vec![
            "", "Bearer ", "DEEPIDV_API_KEY=", "curl https://api.acme.example -H 'X-Key: ",
            "{\"client_secret\":\"", "{\"", "export ", "x-api-key: ", "keyturn://a/b/", "curl -u ",
            "Authorization: Token ", "- ", "curl https://", "A=",
        ]),
        behind in prop::sample::select(vec!["", "'", "\"}", "=1", ": x", ":x", "\nB=2", "/x?a=b", "\":\"x\"}"]),
    ) {
        let text = format!("{before}{CANARY}{behind}");
        match read_text(text) {
            // What the user wrote as a reference is no value.
            Ok(found) if found.reference.is_some() => {}
            Ok(found) => prop_assert!(!words(&found).contains("0123456789"), "{}", words(&found)),
            Err(error) => {
                let said = format!("{error:?} {error}");
                prop_assert!(!said.contains("0123456789"));
            }
        }
    }
}

#[test]
fn a_positive_control_a_value_in_words_would_be_seen() {
    let found = found(&format!("DEEPIDV_API_KEY={CANARY}"));
    let value = found.suggestions[0].secrets.iter().next().unwrap().1;
    assert!(value.expose().contains("0123456789"), "the value that was searched for is there");
}
