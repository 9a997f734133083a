//! Texts of a profile in which `{field}` stands for an open field's value: addresses, paths, and the
//! names of headers and query parameters. A value can never bring more along than its place takes.

use std::str::FromStr;

use keyturn_core::FieldName;
use keyturn_request::is_token;
use thiserror::Error;

/// Says why a text of a profile could not be filled in.
#[derive(Debug, Error, PartialEq, Eq)]
pub enum TemplateError {
    /// It needs a field that the credential leaves empty.
    #[error("the field '{field}' is needed for the {place} and is not set")]
    Missing {
        /// The field.
        field: FieldName,
        /// What it is needed for.
        place: Place,
    },
    /// The value does not belong where it would go.
    #[error("the field '{field}' goes into the {place} and must be {}", place.expected())]
    Unfit {
        /// The field.
        field: FieldName,
        /// What it goes into.
        place: Place,
    },
    /// A brace is not closed, or what it holds is no field's name.
    #[error("a brace is not closed here: {{field}} stands for a field's value")]
    Malformed,
}

/// What a text with fields in it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// The path of an exchange.
    Path,
    /// The name of a header.
    Header,
    /// The word before a header's value.
    Scheme,
    /// The name of a query parameter.
    Query,
    /// The user name of HTTP Basic authentication.
    User,
}

impl Place {
    const fn expected(self) -> &'static str {
        match self {
            Self::Path => {
                "a path like /oauth/token, without query, fragment, escapes or dots as segments"
            }
            Self::Header => "a header's name that does not belong to the connection",
            Self::Scheme => "one word like Bearer",
            Self::Query => "a name without spaces or control characters",
            Self::User => "a name without a colon or control characters",
        }
    }

    fn takes(self, text: &str) -> bool {
        match self {
            Self::Path => path_problem(text).is_none(),
            Self::Header => header_problem(text).is_none(),
            Self::Scheme => is_scheme(text),
            // A colon would end it (RFC 7617, section 2).
            Self::User => !text.chars().any(|c| c.is_control() || c == ':'),
            Self::Query => {
                !text.is_empty()
                    && text.len() <= 128
                    && text.chars().all(|c| !c.is_control() && !c.is_whitespace())
            }
        }
    }
}

impl std::fmt::Display for Place {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str(match self {
            Self::Path => "path",
            Self::Header => "header's name",
            Self::Scheme => "header's scheme",
            Self::Query => "query parameter's name",
            Self::User => "user name",
        })
    }
}

pub(crate) enum Piece<'text> {
    Text(&'text str),
    Field(FieldName),
}

/// Takes a text apart; `None` where a brace is not closed or holds no field's name.
pub(crate) fn pieces(template: &str) -> Option<Vec<Piece<'_>>> {
    let mut found = Vec::new();
    let mut rest = template;
    while let Some((before, after)) = rest.split_once('{') {
        let (name, behind) = after.split_once('}')?;
        found.push(Piece::Text(before));
        found.push(Piece::Field(FieldName::from_str(name).ok()?));
        rest = behind;
    }
    if rest.contains('}') {
        return None;
    }
    found.push(Piece::Text(rest));
    Some(found)
}

/// The fields in a text.
pub(crate) fn fields(template: &str) -> Option<Vec<FieldName>> {
    let found = pieces(template)?.into_iter().filter_map(|piece| match piece {
        Piece::Field(field) => Some(field),
        Piece::Text(_) => None,
    });
    Some(found.collect())
}

/// Fills the credential's open fields into a text. One without fields comes back as it is.
pub(crate) fn fill(
    template: &str,
    place: Place,
    open: &dyn Fn(&FieldName) -> Option<String>,
) -> Result<String, TemplateError> {
    let mut text = String::new();
    let mut last = None;
    for piece in pieces(template).ok_or(TemplateError::Malformed)? {
        match piece {
            Piece::Text(piece) => text.push_str(piece),
            Piece::Field(field) => {
                let value = open(&field).filter(|value| !value.is_empty());
                let Some(value) = value else {
                    return Err(TemplateError::Missing { field, place });
                };
                // In the middle of a path a value is one segment, or a part of one.
                let whole = template.strip_prefix('{').is_some_and(|rest| {
                    rest.strip_suffix('}').is_some_and(|name| name == field.as_str())
                });
                if place == Place::Path && !whole && value.contains('/') {
                    return Err(TemplateError::Unfit { field, place });
                }
                text.push_str(&value);
                last = Some(field);
            }
        }
    }
    match last {
        Some(field) if !place.takes(&text) => Err(TemplateError::Unfit { field, place }),
        _ => Ok(text),
    }
}

/// Headers that say where a request goes or how long it is: nobody's to set.
const RESERVED_HEADERS: [&str; 11] = [
    "host",
    "content-length",
    "content-type",
    "transfer-encoding",
    "connection",
    "upgrade",
    "te",
    "trailer",
    "cookie",
    "expect",
    "proxy-authorization",
];

/// What is wrong with a header's name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum HeaderProblem {
    /// It is none.
    NotAName,
    /// It belongs to the connection.
    Reserved,
}

pub(crate) fn header_problem(name: &str) -> Option<HeaderProblem> {
    if name.is_empty() || !name.chars().all(is_token) {
        return Some(HeaderProblem::NotAName);
    }
    let reserved = RESERVED_HEADERS.contains(&name.to_ascii_lowercase().as_str());
    reserved.then_some(HeaderProblem::Reserved)
}

/// What is wrong with a path.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum PathProblem {
    /// It leads to another origin.
    Elsewhere,
    /// It does not begin with a slash.
    NoSlash,
    /// It has more in it than segments.
    NotPlain,
}

pub(crate) fn path_problem(path: &str) -> Option<PathProblem> {
    if path.contains("://") || path.starts_with("//") || path.starts_with('\\') {
        Some(PathProblem::Elsewhere)
    } else if !path.starts_with('/') {
        Some(PathProblem::NoSlash)
    } else if path.split('/').any(|segment| matches!(segment, "." | ".."))
        || path.contains(['?', '#', '\\', '@', '%', '{', '}'])
        || path.chars().any(|c| c.is_whitespace() || c.is_control())
    {
        Some(PathProblem::NotPlain)
    } else {
        None
    }
}

pub(crate) fn is_scheme(text: &str) -> bool {
    text.chars().all(|c| c.is_ascii_alphanumeric() || c == '-')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn filled(template: &str, place: Place, value: &str) -> Result<String, TemplateError> {
        fill(template, place, &|_| Some(value.to_owned()))
    }

    #[test]
    fn a_users_path_stays_at_its_origin_and_a_part_of_one_in_its_segment() {
        assert_eq!(filled("{path}", Place::Path, "/oauth/token").unwrap(), "/oauth/token");
        assert_eq!(filled("/{tenant}/token", Place::Path, "acme").unwrap(), "/acme/token");
        for value in [
            "//evil.example",
            "https://evil.example/t",
            "oauth/token",
            "/a/../b",
            "/a?b",
            "/a b",
            "/a%2e",
        ] {
            let refused = filled("{path}", Place::Path, value).unwrap_err();
            assert!(matches!(refused, TemplateError::Unfit { .. }), "{value}");
        }
        for value in ["a/b", "..", "a?b", "@x"] {
            let refused = filled("/{tenant}/token", Place::Path, value).unwrap_err();
            assert!(matches!(refused, TemplateError::Unfit { .. }), "{value}");
        }
    }

    #[test]
    fn a_users_header_is_one_and_not_the_connections() {
        assert_eq!(filled("{header}", Place::Header, "X-My-Key").unwrap(), "X-My-Key");
        for value in ["Host", "content-length", "a b", "a:b", "a\r\nb", "Cookie"] {
            assert!(filled("{header}", Place::Header, value).is_err(), "{value:?}");
        }
    }

    #[test]
    fn what_is_empty_is_missing() {
        let refused = filled("{path}", Place::Path, "").unwrap_err();
        assert!(matches!(refused, TemplateError::Missing { .. }));
        assert_eq!(fill("/plain", Place::Path, &|_| None).unwrap(), "/plain");
    }
}
