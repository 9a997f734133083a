//! What a value looks like that is no key: the words that say so.

/// What a value looks like that is certainly not the key, and what to do. A value that begins as the key
/// does is left to the profile, which knows what looks alike.
pub(super) fn looks_like(
    value: &str,
    begins: Option<&str>,
) -> Option<(&'static str, &'static str)> {
    const AGAIN: &str = "Copy the key alone and try again; nothing was stored or changed.";
    let masked = value.contains(['•', '●', '…', '＊', '∗']) || value.contains("***");
    if masked || value.contains("...") {
        return Some((
            "a key that the provider has masked",
            "Where the provider shows only the last four characters, record those: `keyturn edit REF --last-four XXXX`.",
        ));
    }
    if begins.is_some_and(|prefix| value.starts_with(prefix)) {
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
    None
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
