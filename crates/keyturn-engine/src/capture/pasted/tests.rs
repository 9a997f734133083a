use std::sync::LazyLock;

use keyturn_core::Secret;
use keyturn_providers::Catalogue;

use super::*;

const KEY: &str = "dc_0123456789abcdef7x9z";
/// A key of a provider that says nothing of how its keys begin; it ends as Base64 does.
const PLAIN: &str = "Zm9vYmFyYmF6cXV4Zm9vYg==";

fn read(provider: &str, field: &str, text: &str) -> Result<Pasted, CaptureError> {
    static CATALOGUE: LazyLock<Catalogue> = LazyLock::new(Catalogue::builtin);
    let profile = CATALOGUE.get(&provider.parse().unwrap()).unwrap();
    pasted(profile, &field.parse().unwrap(), &Secret::new(text.to_owned()))
}

fn deepcurrent(text: &str) -> Result<Pasted, CaptureError> {
    read("deepcurrent", "api_key", text)
}

fn plain(text: &str) -> Result<Pasted, CaptureError> {
    read("deepidv", "api_key", text)
}

#[test]
fn what_a_copy_brings_along_is_no_part_of_the_key() {
    for text in [
        KEY.to_owned(),
        format!("  {KEY}\r\n"),
        format!("\u{a0}{KEY}\u{a0}"),
        format!("Bearer {KEY}"),
        format!("bearer   {KEY}"),
        format!("Authorization: Bearer {KEY}"),
        format!("authorization:Bearer {KEY}").replace("authorization:", "authorization: "),
        format!("-H \"Authorization: Bearer {KEY}\""),
        format!("export DEEPCURRENT_API_KEY=\"{KEY}\""),
        format!("export DEEPCURRENT_API_KEY='{KEY}';"),
        format!("DEEPCURRENT_API_KEY={KEY}"),
        format!("$env:DEEPCURRENT_API_KEY = \"{KEY}\""),
        format!("const apiKey = \"{KEY}\";"),
        format!("\"api_key\": \"{KEY}\","),
        format!("API key: {KEY}"),
        format!("“{KEY}”"),
        format!("`{KEY}`"),
        format!("<{KEY}>"),
        format!("{KEY},"),
        format!("\u{feff}{KEY}"),
        "dc_0123456789\u{200b}abcdef7x9z\u{200d}".to_owned(),
    ] {
        let caught = deepcurrent(&text).unwrap_or_else(|error| panic!("{text:?}: {error}"));
        assert_eq!(caught.value.expose(), KEY, "{text:?}");
    }
}

#[test]
fn the_key_is_taken_out_of_a_file_that_names_it() {
    let file = format!(
        "# DeepCurrent\nDEEPCURRENT_API_KEY={KEY}\nDEEPCURRENT_USERNAME=you@example.com\nOTHER_KEY=dc_another_key_of_somebody\n"
    );
    let caught = deepcurrent(&file).unwrap();
    assert_eq!(caught.value.expose(), KEY);
    assert!(caught.notes.iter().any(|note| note.contains("lines")), "{:?}", caught.notes);
    let page = format!("Your key:\n{KEY}\n\nKeep it where nobody sees it.");
    assert_eq!(deepcurrent(&page).unwrap().value.expose(), KEY);
}

#[test]
fn a_key_keeps_the_signs_that_could_be_taken_for_something_else() {
    for key in [PLAIN, "abc:defghijklmnop", "a=bcdefghijklmnop", "key/with+signs~and.dots-_"] {
        let caught = plain(key).unwrap_or_else(|error| panic!("{key}: {error}"));
        assert_eq!(caught.value.expose(), key);
        assert!(caught.notes.is_empty(), "{key}: nothing was left out");
    }
    assert_eq!(plain(&format!("x-api-key: {PLAIN}")).unwrap().value.expose(), PLAIN);
    assert_eq!(plain(&format!("DEEPIDV_API_KEY={PLAIN}")).unwrap().value.expose(), PLAIN);
}

#[test]
fn what_is_something_else_is_refused_by_its_name() {
    let jwt = ["eyJhbGciOiJIUzI1NiJ9", "eyJzdWIiOiIxIn0", "c2lnbmF0dXJl"].join(".");
    for (text, what) in [
        ("you@example.com", "an e-mail address"),
        ("Bearer you@example.com", "an e-mail address"),
        ("https://app.example.com/settings", "the address of a page"),
        ("keyturn://deepcurrent/main/api_key", "a reference"),
        ("dc_••••••••7x9z", "masked"),
        ("dc_****************7x9z", "masked"),
        ("curl -H 'Authorization: Bearer dc_x' https://a.example", "a cURL command"),
        (r#"{"api_key":"dc_0123456789abcdef"}"#, "a JSON document"),
        (jwt.as_str(), "a JWT"),
        ("7x9z", "last four"),
    ] {
        let error = deepcurrent(text).unwrap_err();
        assert!(matches!(error, CaptureError::LooksLike { .. }), "{text}: {error}");
        assert!(error.to_string().contains(what), "{text}: {error}");
        assert!(!error.to_string().contains(text), "nothing of it is repeated: {error}");
    }
}

/// A prefix alone makes no key.
#[test]
fn what_people_write_and_placeholders_are_no_keys() {
    for (text, what) in [
        (format!("dc_{}", "é".repeat(40)), "letters, digits and signs"),
        (format!("dc_{}", "x".repeat(24)), "a placeholder"),
        ("dc_XXXX-xxxx-XXXX-xxxx".to_owned(), "a placeholder"),
        ("dc_------------------".to_owned(), "a placeholder"),
    ] {
        let error = deepcurrent(&text).unwrap_err().to_string();
        assert!(error.contains(what), "{text}: {error}");
    }
    for (text, what) in [
        ("ключключключключ", "letters, digits and signs"),
        ("xxxxxxxxxxxxxxxx", "a placeholder"),
        ("abc1", "last four"),
        ("abc12", "that short"),
    ] {
        let error = plain(text).unwrap_err().to_string();
        assert!(error.contains(what), "{text}: {error}");
    }
}

#[test]
fn a_key_with_a_hole_in_it_is_refused_and_never_shortened() {
    for text in
        ["dc_0123456789ab cdef7x9z", "dc_0123456789abcdef\n7x9zrest", "Bearer dc_012345678901 2"]
    {
        let error = deepcurrent(text).unwrap_err();
        assert!(matches!(error, CaptureError::Broken { .. }), "{text:?}: {error}");
    }
    let error = plain("abcdefghijklm nopqrstuvw").unwrap_err();
    assert!(matches!(error, CaptureError::Broken { .. }), "{error}");
}

#[test]
fn two_keys_at_once_are_refused() {
    let two = format!("{KEY} dc_another_key_of_somebody");
    assert_eq!(
        deepcurrent(&two).unwrap_err(),
        CaptureError::Several { label: "API key".to_owned(), count: 2 }
    );
    let lines = format!("{KEY}\ndc_another_key_of_somebody");
    assert!(matches!(deepcurrent(&lines), Err(CaptureError::Several { count: 2, .. })));
    assert!(matches!(plain("abcdefghijklm\nnopqrstuvwxyz"), Err(CaptureError::Several { .. })));
    assert_eq!(
        deepcurrent(&format!("{KEY}\n{KEY}")).unwrap().value.expose(),
        KEY,
        "the same twice"
    );
}

#[test]
fn nothing_and_far_too_much_are_refused() {
    for text in ["", "  \n\t", "\u{200b}\u{feff}"] {
        assert_eq!(deepcurrent(text).unwrap_err(), CaptureError::Nothing, "{text:?}");
    }
    assert_eq!(deepcurrent(&"d".repeat(LONGEST + 1)).unwrap_err(), CaptureError::TooLong);
    let lines = "one line\nanother line";
    assert!(matches!(deepcurrent(lines), Err(CaptureError::NoneOfLines { count: 2, .. })));
}

proptest::proptest! {
    /// Whatever is pasted, it is refused or what comes out was a part of it, in one piece.
    #[test]
    fn what_is_caught_was_pasted(text in ".{0,60}(dc_[a-zA-Z0-9]{0,40})?.{0,20}") {
        if let Ok(caught) = deepcurrent(&text) {
            let visible = visible(&text);
            proptest::prop_assert!(visible.contains(caught.value.expose().as_str()));
            proptest::prop_assert!(!caught.value.expose().contains(char::is_whitespace));
        }
    }
}
