//! The address of a command: what curl makes of braces and brackets in it, and its parts.

use url::Url;

use super::error::CurlError;

use crate::imported::Imported;
use crate::percent;

/// The longest address that is read, in bytes; servers take less.
const LONGEST: usize = 64 * 1024;

/// Puts the address into the request.
pub(super) fn take(text: &str, globbing: bool, imported: &mut Imported) -> Result<(), CurlError> {
    if text.len() > LONGEST {
        return Err(CurlError::BadAddress);
    }
    let text = text.trim();
    let text = text.split('#').next().unwrap_or(text);
    let text = with_scheme(text, imported)?;
    let text = if globbing { globbed(&text, imported)? } else { text };
    let (base, query) = match text.split_once('?') {
        Some((base, query)) => (base, query),
        None => (text.as_str(), ""),
    };
    let base = imported.without_user(base);
    let base = if globbing { base } else { literal_braces(&base) };
    let readable =
        base.contains("{{") || Url::parse(&percent::mended(&base)).is_ok_and(|url| url.has_host());
    if !readable || base.chars().any(|c| c.is_control() || c == ' ') {
        return Err(CurlError::BadAddress);
    }
    imported.request.url = base;
    imported.request.query = percent::params(query, percent::Of::Query);
    Ok(())
}

fn with_scheme(text: &str, imported: &mut Imported) -> Result<String, CurlError> {
    if text.is_empty() {
        return Err(CurlError::NoAddress);
    }
    if let Some((scheme, rest)) = text.split_once("://") {
        let lower = scheme.to_ascii_lowercase();
        if matches!(lower.as_str(), "http" | "https") {
            return Ok(format!("{lower}://{rest}"));
        }
        let is_scheme = scheme.chars().all(|c| c.is_ascii_alphanumeric() || "+-.".contains(c));
        if is_scheme {
            return Err(CurlError::OtherProtocol);
        }
    }
    if text.starts_with("{{") {
        return Ok(text.to_owned());
    }
    imported.leaves_out(
        "the address's scheme",
        "it has none, and curl takes http; the credential's environment says what is used.",
    );
    Ok(format!("http://{text}"))
}

/// What curl makes of `{…}` and `[…]`: a list or a range is several requests, a single name stays as a
/// variable whose value is that name, as curl would send it.
fn globbed(text: &str, imported: &mut Imported) -> Result<String, CurlError> {
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(['{', '[', ']', '}', '\\']) {
        let (before, behind) = rest.split_at(at);
        plain.push_str(before);
        let mut characters = behind.chars();
        let sign = characters.next().unwrap_or_default();
        rest = characters.as_str();
        match sign {
            '\\' if rest.starts_with(['{', '}', '[', ']']) => {
                let escaped = rest.chars().next().unwrap_or_default();
                match escaped {
                    '{' => plain.push_str("%7B"),
                    '}' => plain.push_str("%7D"),
                    bracket => plain.push(bracket),
                }
                rest = rest.get(1..).unwrap_or_default();
            }
            '{' if rest.starts_with('{') && rest.contains("}}") => {
                let (variable, after) = behind.split_once("}}").unwrap_or((behind, ""));
                plain.push_str(variable);
                plain.push_str("}}");
                rest = after;
            }
            '{' if rest.starts_with('}') => {
                plain.push_str("{}");
                rest = rest.get(1..).unwrap_or_default();
            }
            '{' => {
                let (inner, after) = rest.split_once('}').ok_or(CurlError::BadAddress)?;
                if inner.contains(',') {
                    return Err(CurlError::SeveralRequests { how: "{…} in the address" });
                }
                let in_path = !plain.contains('?') && plain.matches('/').count() > 2;
                if in_path && crate::fill::is_variable_name(inner) {
                    plain.extend(["{", inner, "}"]);
                    imported.request.variables.insert(inner.to_owned(), inner.to_owned());
                } else {
                    plain.push_str(inner);
                }
                rest = after;
            }
            '[' => {
                let inner = rest.split_once(']').map_or(rest, |(inner, _)| inner);
                if is_range(inner) {
                    return Err(CurlError::SeveralRequests { how: "[…] in the address" });
                }
                let of_host = inner.contains(':') && plain.ends_with("//");
                if !of_host && !inner.is_empty() {
                    imported.leaves_out(
                        "brackets in the address",
                        "curl would want --globoff for them; they are taken as they stand.",
                    );
                }
                plain.push('[');
            }
            other => plain.push(other),
        }
    }
    plain.push_str(rest);
    Ok(plain)
}

/// `1-100`, `001-100`, `a-z`, each perhaps with a step.
fn is_range(inner: &str) -> bool {
    let range = inner.split(':').next().unwrap_or(inner);
    range.split_once('-').is_some_and(|(from, to)| {
        let numbers = |text: &str| !text.is_empty() && text.chars().all(|c| c.is_ascii_digit());
        let letter = |text: &str| text.len() == 1 && text.chars().all(|c| c.is_ascii_alphabetic());
        (numbers(from) && numbers(to)) || (letter(from) && letter(to))
    })
}

/// Braces that mean themselves.
fn literal_braces(base: &str) -> String {
    if base.contains("{{") { base.to_owned() } else { base.replace('{', "%7B").replace('}', "%7D") }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Request;
    use crate::credential::{CredentialKind, Place, Removed};

    fn taken(text: &str) -> Result<Imported, CurlError> {
        let mut imported = Imported::new(Request::new("GET", ""));
        take(text, true, &mut imported).map(|()| imported)
    }

    #[test]
    fn braces_and_brackets_are_what_curl_makes_of_them() {
        for (text, how) in [
            ("https://a.example/{a,b}", "{…} in the address"),
            ("https://a.example/[1-3]", "[…] in the address"),
            ("https://a.example/[a-z:2]", "[…] in the address"),
        ] {
            assert_eq!(taken(text), Err(CurlError::SeveralRequests { how }), "{text}");
        }
        let one = taken("https://a.example/users/{id}/x?a={b}&c[]=1").unwrap().request;
        assert_eq!(one.url, "https://a.example/users/{id}/x");
        assert_eq!(one.variables["id"], "id");
        assert_eq!(percent::written(&one.query, percent::Of::Query), "a=b&c[]=1");
        assert_eq!(
            taken(r"https://a.example/\{id\}").unwrap().request.url,
            "https://a.example/%7Bid%7D"
        );
        assert_eq!(taken("http://[::1]:8080/a").unwrap().request.url, "http://[::1]:8080/a");
        assert_eq!(taken("{{BASE}}/a").unwrap().request.url, "{{BASE}}/a");
    }

    #[test]
    fn a_user_in_the_address_is_taken_out_and_a_fragment_is_none_of_it() {
        let one = taken("https://maya:hunter2@a.example/x@y?z#part").unwrap();
        assert_eq!(one.request.url, "https://a.example/x@y");
        assert_eq!(one.removed, [Removed { place: Place::Address, kind: CredentialKind::Basic }]);
    }

    #[test]
    fn what_is_no_address_of_http_is_refused() {
        assert_eq!(taken("ftp://a.example/"), Err(CurlError::OtherProtocol));
        assert_eq!(taken("https://a b/"), Err(CurlError::BadAddress));
        assert_eq!(taken("https://"), Err(CurlError::BadAddress));
    }
}
