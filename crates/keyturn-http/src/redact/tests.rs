use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};

use super::*;

const SECRET: &str = "s3cr+t/va\"lue~7x9z";

fn redactor() -> Redactor {
    let fields = [("api_key".parse().unwrap(), SecretString::new(SECRET.to_owned()))];
    Redactor::new(&fields.into_iter().collect(), Some(&SecretString::new("tok-en-123".into())))
}

#[test]
fn a_secret_that_comes_back_is_taken_out_in_every_shape() {
    let forms = [
        SECRET.to_owned(),
        STANDARD.encode(SECRET),
        URL_SAFE_NO_PAD.encode(SECRET),
        "733363722B742F7661226C75657E3778397A".to_owned(),
        SECRET.replace('"', "\\\""),
        url::form_urlencoded::byte_serialize(SECRET.as_bytes()).collect(),
        "s3cr%2Bt%2Fva%22lue~7x9z".to_owned(),
        "tok-en-123".to_owned(),
    ];
    for form in forms {
        let shown = redactor().redact_text(&format!("<<{form}|{form}>>"));
        assert_eq!(shown, "<<<redacted>|<redacted>>>", "{form}");
    }
}

#[test]
fn what_is_no_secret_stays_byte_for_byte() {
    let body = b"\x00\xff s3cr nothing \xfe".as_slice();
    assert_eq!(redactor().redact(body), body);
    assert_eq!(redactor().redact(b""), b"");
}

#[test]
fn a_very_short_secret_does_not_make_everything_unreadable() {
    let fields = [("pin".parse().unwrap(), SecretString::new("a".to_owned()))];
    let redactor = Redactor::new(&fields.into_iter().collect(), None);
    assert_eq!(redactor.redact_text("banana"), "banana");
}

#[test]
fn a_secret_within_a_longer_base64_text_is_taken_out() {
    for (before, after) in
        [("", ":x"), ("a", ""), ("ab", "c"), ("client-42:", ""), ("id:", ",more")]
    {
        let text = format!("{before}{SECRET}{after}");
        for encoded in [STANDARD.encode(&text), URL_SAFE_NO_PAD.encode(&text)] {
            let shown = redactor().redact_text(&encoded);
            let left = shown.replace("<redacted>", "");
            assert!(shown.contains("<redacted>"), "{text}: {shown}");
            // What is left of the secret at both ends is less than one of its characters each.
            assert!(
                left.len() <= (before.len() + after.len()).div_ceil(3) * 4 + 3,
                "{text}: {shown}"
            );
        }
    }
}

#[test]
fn each_parsers_way_of_escaping_is_known() {
    let secret = SecretString::new("pä/S<&>\"'z1Ü".to_owned());
    let fields = [("password".parse().unwrap(), secret)];
    let redactor = Redactor::new(&fields.into_iter().collect(), None);
    let forms = [
        r#"p\u00e4/S<&>\"'z1\u00dc"#,
        r#"p\u00E4\/S<&>\"'z1\u00DC"#,
        "pä/S&lt;&amp;&gt;&quot;&#x27;z1Ü",
        "pä/S&lt;&amp;&gt;&#34;&#39;z1Ü",
        "p%c3%a4%2fS%3c%26%3e%22%27z1%c3%9c",
        "p%C3%A4/S%3C%26%3E%22%27z1%C3%9C",
    ];
    for form in forms {
        assert_eq!(redactor.redact_text(&format!("[{form}]")), "[<redacted>]", "{form}");
    }
    let utf16: Vec<u8> = "[pä/S<&>\"'z1Ü]".encode_utf16().flat_map(u16::to_le_bytes).collect();
    // Read in the other order of bytes, it begins one zero earlier.
    assert_eq!(redactor.redact(&utf16), b"[<redacted>]\0");
}

#[test]
fn a_text_of_nothing_but_secrets_does_not_grow_without_end() {
    let fields = [("pin".parse().unwrap(), SecretString::new("123456".to_owned()))];
    let redactor = Redactor::new(&fields.into_iter().collect(), None);
    let body = b"123456".repeat(100_000);
    let shown = redactor.redact(&body);
    assert!(shown.len() <= body.len() + LARGEST_GROWTH, "{}", shown.len());
    assert!(Finder::new("123456").find(&shown).is_none());
}

#[test]
fn a_secret_in_the_name_of_a_header_is_taken_out_though_it_is_in_small_letters() {
    let fields = [("key".parse().unwrap(), SecretString::new("KEY-7x9Z-Q2".to_owned()))];
    let redactor = Redactor::new(&fields.into_iter().collect(), None);
    let header = |name: &str, value: &str| (name.to_owned(), value.to_owned());
    let shown =
        redactor.redact_headers(&[header("x-key-7x9z-q2", "KEY-7x9Z-Q2"), header("a", "b")]);
    assert_eq!(shown, [header("x-<redacted>", "<redacted>"), header("a", "b")]);
}

#[test]
fn a_secret_that_is_escaped_twice_is_taken_out() {
    for form in [r#"s3cr+t\\\/va\\\"lue~7x9z"#, "s3cr%252Bt%252Fva%2522lue~7x9z"] {
        assert_eq!(redactor().redact_text(&format!("[{form}]")), "[<redacted>]", "{form}");
    }
}

#[test]
fn a_secret_in_base64_that_is_escaped_for_a_url_is_taken_out() {
    let secret = "\u{fe}\u{ff}>>>???~~~key";
    let fields = [("key".parse().unwrap(), SecretString::new(secret.to_owned()))];
    let redactor = Redactor::new(&fields.into_iter().collect(), None);
    let encoded =
        STANDARD.encode(secret).replace('+', "%2B").replace('/', "%2f").replace('=', "%3D");
    let shown = redactor.redact_text(&format!("k={encoded}&x=1"));
    assert_eq!(shown, "k=<redacted>&x=1");
}

#[test]
fn ten_megabytes_of_escapes_are_read_and_the_secret_in_their_midst_is_taken_out() {
    let half = br"\u0041%42&#67;\n".repeat(340_000);
    let hidden = b"t\\u006fk-%65n&#45;1&#x32;3";
    let body = [&half[..], hidden, &half[..]].concat();
    assert!(body.len() > 10_000_000);
    let shown = redactor().redact_body(body);
    assert_eq!(shown.len(), 2 * half.len() + MASK.len());
    assert_eq!(&shown[half.len()..half.len() + MASK.len()], MASK);
}

/// One character, escaped in the way of this number. Nobody who escapes leaves a backslash alone.
fn escaped(char: char, way: u8) -> String {
    let mut units = [0; 2];
    let units = char.encode_utf16(&mut units).iter().copied();
    let mut bytes = [0; 4];
    let bytes = char.encode_utf8(&mut bytes).bytes();
    match way {
        1 => each(units, |unit| format!("\\u{unit:04x}")),
        2 => each(units, |unit| format!("\\u{unit:04X}")),
        3 => each(bytes, |byte| format!("%{byte:02x}")),
        4 => each(bytes, |byte| format!("%{byte:02X}")),
        5 => format!("&#{};", u32::from(char)),
        6 => format!("&#x{:x};", u32::from(char)),
        7 => format!("\\u{{{:x}}}", u32::from(char)),
        8 => each(bytes, |byte| format!("\\x{byte:02x}")),
        _ if char == '\\' => "\\\\".to_owned(),
        _ => char.to_string(),
    }
}

fn each<Unit>(units: impl Iterator<Item = Unit>, written: fn(Unit) -> String) -> String {
    units.map(written).collect::<Vec<_>>().concat()
}

proptest::proptest! {
    #[test]
    fn no_secret_is_left_in_any_shape(
        secret in "[ -~]{6,40}|\\PC{6,20}",
        before in "\\PC{0,9}",
        after: Vec<u8>,
    ) {
        let secret = SecretString::new(secret);
        let fields = [("key".parse().unwrap(), secret.duplicate())];
        let redactor = Redactor::new(&fields.into_iter().collect(), None);
        let mask = std::str::from_utf8(MASK).unwrap();
        for shape in shapes(&secret) {
            let body = [before.as_bytes(), shape.expose(), &after].concat();
            let shown = redactor.redact(&body);
            // A part of the mask is no leak of a secret that is a part of the mask.
            let masked = mask.contains(secret.expose().as_str());
            proptest::prop_assert!(masked || Finder::new(shape.expose()).find(&shown).is_none());
        }
    }

    #[test]
    fn any_mix_of_escaped_characters_of_a_secret_is_found(
        chars in proptest::collection::vec(("[ -~]|\\PC", 0_u8..10), 6..40),
        before in "[a-z \"=]{0,9}",
        after in "[a-z \"=]{0,9}",
    ) {
        let one = |text: &str| text.chars().next().unwrap();
        let secret: String = chars.iter().map(|(text, _)| one(text)).collect();
        let form: String = chars.iter().map(|(text, way)| escaped(one(text), *way)).collect();
        let fields = [("key".parse().unwrap(), SecretString::new(secret))];
        let redactor = Redactor::new(&fields.into_iter().collect(), None);
        let shown = redactor.redact_text(&format!("{before}|{form}|{after}"));
        proptest::prop_assert_eq!(shown, format!("{before}|<redacted>|{after}"), "{}", form);
    }
}
