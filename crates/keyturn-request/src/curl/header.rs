//! Headers as curl's `-H` takes them.

use crate::encode::OF_CONNECTION;

/// What a header line means to curl.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Meaning<'line> {
    /// It is sent.
    Sent(&'line str, &'line str),
    /// curl's own header of this name is not sent.
    Without(&'line str),
    /// Headers are read from a file.
    File,
    /// Nothing.
    Nothing,
}

/// Reads the value of `-H`.
pub(super) fn meaning(line: &str) -> Meaning<'_> {
    if line.starts_with('@') {
        return Meaning::File;
    }
    let is_name = |name: &str| !name.is_empty() && name.chars().all(crate::encode::is_token);
    if let Some((name, value)) = line.split_once(':') {
        let (name, value) = (name.trim(), value.trim());
        if !is_name(name) || value.chars().any(|c| c.is_control() && c != '\t') {
            return Meaning::Nothing;
        }
        return if value.is_empty() { Meaning::Without(name) } else { Meaning::Sent(name, value) };
    }
    match line.trim().strip_suffix(';') {
        Some(name) if is_name(name) => Meaning::Sent(name, ""),
        _ => Meaning::Nothing,
    }
}

/// Why a header is not taken over, where whoever sends makes it.
pub(crate) fn left_to_the_sender(name: &str) -> Option<&'static str> {
    let lower = name.to_ascii_lowercase();
    if !OF_CONNECTION.contains(&lower.as_str()) && lower != "accept-encoding" {
        return None;
    }
    Some(match lower.as_str() {
        "host" => "it is that of the address, or of the credential's environment.",
        "content-length" | "transfer-encoding" => "it follows from the body.",
        "accept-encoding" => "Keyturn asks for answers that are not compressed.",
        _ => "it belongs to the connection.",
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn header_lines_mean_what_they_mean_to_curl() {
        for (line, expected) in [
            ("X-A: b", Meaning::Sent("X-A", "b")),
            ("X-A:b:c", Meaning::Sent("X-A", "b:c")),
            ("X-A;", Meaning::Sent("X-A", "")),
            ("X-A:", Meaning::Without("X-A")),
            ("X-A:  ", Meaning::Without("X-A")),
            ("@headers.txt", Meaning::File),
            ("X-A", Meaning::Nothing),
            (": b", Meaning::Nothing),
            ("X A: b", Meaning::Nothing),
        ] {
            assert_eq!(meaning(line), expected, "{line}");
        }
    }
}
