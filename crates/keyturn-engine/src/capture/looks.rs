//! What a value looks like that is no key: the words that say so.

/// No provider makes a shorter key.
const SHORTEST: usize = 8;

/// What a value looks like that is certainly not the key, and what to do. Of a value that begins as the
/// key does, only the signs are judged; what else looks alike, the profile knows.
pub(super) fn looks_like(
    value: &str,
    begins: Option<&str>,
) -> Option<(&'static str, &'static str)> {
    const AGAIN: &str = "Copy the key alone and try again; nothing was stored or changed.";
    let masked = value.contains(['•', '●', '…', '＊', '∗']) || value.contains("***");
    if masked || value.contains("...") {
        return Some((
            "a key that the provider has masked",
            "Copy the whole key; nothing was stored or changed. Where the provider shows only the last four characters, record those: `keyturn edit REF --last-four XXXX`.",
        ));
    }
    // What has spaces is told of by them.
    let is_one_word = !value.contains(char::is_whitespace);
    if is_one_word && !value.is_ascii() {
        return Some(("a text of people: a key has only plain letters, digits and signs", AGAIN));
    }
    let own = begins.and_then(|prefix| value.strip_prefix(prefix));
    if is_one_word && is_one_sign(own.unwrap_or(value)) {
        return Some(("a placeholder: one sign again and again", AGAIN));
    }
    if own.is_some() {
        return None;
    }
    if is_address(value) {
        return Some((
            "an e-mail address",
            "The key is another value on that page; copy it again.",
        ));
    }
    let lower = value.get(..8).unwrap_or(value).to_ascii_lowercase();
    if lower.starts_with("https://") || lower.starts_with("http://") {
        return Some(("the address of a page", AGAIN));
    }
    if value.starts_with("keyturn:") {
        return Some(("a reference of Keyturn's own", AGAIN));
    }
    if lower.starts_with("curl ") {
        return Some(("a cURL command", AGAIN));
    }
    if value.starts_with(['{', '[']) {
        return Some(("a JSON document", AGAIN));
    }
    let jwt = value.starts_with("eyJ") && value.matches('.').count() == 2;
    if jwt && begins.is_some() {
        return Some(("an access token that ends by itself (a JWT)", AGAIN));
    }
    if value.chars().count() == 4 {
        return Some((
            "its last four characters alone",
            "Record them with `keyturn edit REF --last-four XXXX`, or copy the whole key.",
        ));
    }
    if is_one_word && value.chars().count() < SHORTEST {
        return Some(("a part of it: no key is that short", AGAIN));
    }
    None
}

/// Whether a text repeats one letter or digit, as placeholders do, or has none.
fn is_one_sign(text: &str) -> bool {
    let mut letters = text.chars().filter(char::is_ascii_alphanumeric);
    let first = letters.next();
    letters.all(|letter| first.is_some_and(|first| first.eq_ignore_ascii_case(&letter)))
}

fn is_address(value: &str) -> bool {
    let Some((name, host)) = value.split_once('@') else { return false };
    let host_like = |c: char| c.is_ascii_alphanumeric() || "-.".contains(c);
    !name.is_empty()
        && !value.contains(char::is_whitespace)
        && host.contains('.')
        && !host.ends_with('.')
        && host.chars().all(host_like)
}
