//! Lines of headers, `Authorization: Bearer …`, with or without the request that they belong to.

use keyturn_request::carries_secret;
use url::Url;

use super::key::unquoted;
use super::request::{Request, scheme};

/// Reads lines that are headers and nothing else, one of which carries a secret.
pub(super) fn read(text: &str) -> Option<Request> {
    let mut request = Request::default();
    let mut path = None;
    for (at, line) in text.lines().map(str::trim).filter(|line| !line.is_empty()).enumerate() {
        let line = ["-H ", "--header "]
            .into_iter()
            .find_map(|flag| line.strip_prefix(flag))
            .unwrap_or(line);
        let line = unquoted(line.trim_end_matches('\\').trim());
        if at == 0 && line.contains(" HTTP/") {
            path = line.split(' ').nth(1);
        } else if scheme(line, "Bearer").is_some() {
            request.add_header(&zeroize::Zeroizing::new(format!("Authorization: {line}")));
        } else if !is_header(line) || !request.add_header(line) {
            return None;
        }
    }
    let secret = |(name, _): &(String, _)| carries_secret(name);
    if !request.headers.iter().any(secret) {
        return None;
    }
    if let Some(host) = request.header("host") {
        request.url = Url::parse(&format!("https://{host}{}", path.unwrap_or("/"))).ok();
    }
    Some(request)
}

/// Whether a line is a header: `API_KEY: x` is a variable.
fn is_header(line: &str) -> bool {
    line.split_once(':').is_some_and(|(name, value)| {
        let variable = name.contains('_') && !name.chars().any(|c| c.is_ascii_lowercase());
        !variable && !value.starts_with("//") && !name.starts_with(['{', '"'])
    })
}
