//! How a server may read a path. A gateway may hand a path on as it is, and what stands behind it decode it
//! once more: what is refused or asked about goes by the most generous reading, and never by a stricter one.

/// So often a path is decoded. What is encoded deeper is meant by nobody.
const DEEPEST: usize = 8;

/// Whether a path has `.` or `..` for a segment to some server, behind any encoding and before any `;…`.
#[must_use]
pub fn has_dot_segment(path: &str) -> bool {
    segments(path).is_none_or(|all| all.iter().any(|segment| matches!(&**segment, "." | "..")))
}

/// Whether a path has a segment without a name in it, such as `//`; the end may be a slash.
#[must_use]
pub fn has_empty_segment(path: &str) -> bool {
    let mut inner = path.strip_prefix('/').unwrap_or(path).split('/');
    inner.next_back();
    inner.any(|segment| segment.is_empty() || segment.starts_with(';'))
}

/// Whether some server takes two paths for the same one.
#[must_use]
pub fn alike(one: &str, other: &str) -> bool {
    named(one).is_some_and(|one| named(other) == Some(one))
}

/// Whether some server takes a path for one below this prefix, or for itself.
#[must_use]
pub fn lies_below(prefix: &str, path: &str) -> bool {
    let (Some(prefix), Some(path)) = (named(prefix), named(path)) else { return false };
    path.starts_with(&prefix)
}

/// The path with letters, digits and `-._~` as themselves, which is the same path to each server (RFC 3986,
/// section 6.2.2.2).
#[must_use]
pub fn normal(path: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~".contains(&byte);
    String::from_utf8(decoded(path.as_bytes(), plain)).unwrap_or_else(|_| path.to_owned())
}

/// The segments that have a name, in small letters.
fn named(path: &str) -> Option<Vec<String>> {
    let all = segments(path)?.into_iter().filter(|segment| !segment.is_empty());
    Some(all.map(|segment| segment.to_lowercase()).collect())
}

/// The segments as the most generous server reads them; `None` for a path that is encoded too deep.
fn segments(path: &str) -> Option<Vec<String>> {
    let mut bytes = path.as_bytes().to_vec();
    for _ in 0..DEEPEST {
        let next = decoded(&bytes, |_| true);
        if next == bytes {
            let text = String::from_utf8_lossy(&bytes);
            let name = |segment: &str| {
                let name = segment.split([';', '?', '#']).next().unwrap_or_default();
                name.trim_matches(|c: char| c.is_whitespace() || c.is_control()).to_owned()
            };
            return Some(text.split(['/', '\\']).map(name).collect());
        }
        bytes = next;
    }
    None
}

/// What stands behind percent signs as itself, where it is wanted so.
fn decoded(bytes: &[u8], wanted: impl Fn(u8) -> bool) -> Vec<u8> {
    let mut decoded = Vec::with_capacity(bytes.len());
    let mut rest = bytes;
    while let Some((&first, behind)) = rest.split_first() {
        let byte = encoded(rest).filter(|&byte| wanted(byte));
        decoded.push(byte.unwrap_or(first));
        rest = if byte.is_some() { rest.get(3..).unwrap_or_default() } else { behind };
    }
    decoded
}

/// The byte that `%XX` stands for.
fn encoded(text: &[u8]) -> Option<u8> {
    let [b'%', high, low, ..] = text else { return None };
    let digit = |byte: &u8| char::from(*byte).to_digit(16);
    u8::try_from(digit(high)? * 16 + digit(low)?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_dot_segment_is_found_behind_each_encoding() {
        for path in [
            "/v1/..",
            "/v1/./x",
            "/v1/..%2fv2",
            "/v1/..%5Cv2",
            "/v1/%2e%2E/v2",
            "/v1/.%2e/v2",
            "/v1/..;/v2",
            "/v1/%2e%2e;a=b/v2",
            "/v1/..%3ba=b/v2",
            "/v1/..%252fv2",
            "/v1/%25252e%25252e/v2",
            "/v1/a%2F..%2Fv2",
            "/v1/%%32e%%32e/v2",
            "/v1/..%00/v2",
            "/v1/..%3F/v2",
        ] {
            assert!(has_dot_segment(path), "{path}");
        }
        assert!(has_dot_segment(&format!("/v1/%{}41", "25".repeat(20))), "too deep");
    }

    #[test]
    fn a_slash_or_a_dot_within_a_segment_is_none() {
        for path in
            ["/v1/a%2Fb", "/v1/a..b", "/v1/...", "/v1/.well-known", "/v1/100%", "/v1/a%2eb/", "/"]
        {
            assert!(!has_dot_segment(path), "{path}");
        }
        for path in ["/", "/v1/", "/sites/https%3A%2F%2Facme.example%2F/search"] {
            assert!(!has_empty_segment(path), "{path}");
        }
        for path in ["/v1//x", "/v1/;a=b/x", "//x", "/v1//"] {
            assert!(has_empty_segment(path), "{path}");
        }
    }

    #[test]
    fn what_a_server_takes_for_the_same_path_is_alike() {
        for path in
            ["/v1/pan%62asic", "/v1/panbasic/", "/V1/panBasic", "/v1%2Fpanbasic", "/v1//panbasic;a"]
        {
            assert!(alike("/v1/panbasic", path), "{path}");
        }
        assert!(!alike("/v1/panbasic", "/v1/panbasic2") && !alike("/v1/panbasic", "/v1"));
        assert!(lies_below("/v1/key", "/v1/%6Bey/new") && !lies_below("/v1/key", "/v1/keys"));
    }

    #[test]
    fn only_what_means_the_same_is_written_as_itself() {
        assert_eq!(normal("/v1/%61%2Fb%2d%7E%20%C3%A4%"), "/v1/a%2Fb-~%20%C3%A4%");
    }
}
