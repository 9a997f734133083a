//! Variables, and putting values in their places.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::ops::Range;

use thiserror::Error;

use crate::value::{Body, Content, Param, Request};
use crate::{json_text, path, percent};

/// Values by the names of their variables.
pub type Variables = BTreeMap<String, String>;

/// The longest name that a variable has.
const LONGEST_NAME: usize = 64;

/// A request without variables: what it says is what is sent.
#[derive(Clone, PartialEq, Eq)]
pub struct Filled(Request);

impl Filled {
    /// A request whose braces stand for themselves.
    #[must_use]
    pub fn literally(request: Request) -> Self {
        Self(request)
    }

    /// The request; braces in it stand for themselves.
    #[must_use]
    pub const fn request(&self) -> &Request {
        &self.0
    }

    /// Its address with its query, as it is sent.
    #[must_use]
    pub fn address(&self) -> String {
        let url = percent::mended(&self.0.url);
        let query = percent::written(&self.0.query, percent::Of::Query);
        if query.is_empty() { url } else { format!("{url}?{}", percent::mended(&query)) }
    }
}

impl fmt::Debug for Filled {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(formatter)
    }
}

/// Says which variables have no value that can be put in.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum FillError {
    /// They have none.
    #[error("no value is given for {}", names.join(", "))]
    Missing {
        /// Their names.
        names: Vec<String>,
    },
    /// It would make the path another one.
    #[error("the value of {} leads to another path: in a path it is neither empty nor . nor ..", names.join(", "))]
    OtherPath {
        /// Their names.
        names: Vec<String>,
    },
}

/// How a value is put into the text around it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Into {
    /// As it is.
    Plain,
    /// As a part of an address.
    Percent,
    /// As JSON has it, where the variable stands in a text of it.
    Json,
}

/// One piece of a text.
enum Piece<'text> {
    Text(&'text str),
    /// `{{name}}`.
    Variable(&'text str),
    /// `{name}`.
    InPath(&'text str),
}

fn is_name(name: &str) -> bool {
    let inner = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.' | '$');
    !name.is_empty() && name.len() <= LONGEST_NAME && name.chars().all(inner)
}

/// Whether a text could be a variable's name.
pub(crate) fn is_variable_name(name: &str) -> bool {
    is_name(name)
}

/// A name of something else as a variable's.
pub(crate) fn as_variable_name(name: &str) -> String {
    let plain = |c: char| if c.is_ascii_alphanumeric() || "_-.".contains(c) { c } else { '_' };
    let name: String = name.chars().take(LONGEST_NAME).map(plain).collect();
    if name.is_empty() { "value".to_owned() } else { name }
}

/// What stands before the next closing brace, and what stands behind it. No further than a name reaches is
/// looked: a text of nothing but braces would be looked through again for each of them.
fn closed<'text>(inner: &'text str, end: &str) -> Option<(&'text str, &'text str)> {
    let at = inner.bytes().take(2 * LONGEST_NAME).position(|byte| byte == b'}')?;
    let (name, behind) = inner.split_at_checked(at)?;
    Some((name, behind.strip_prefix(end)?))
}

fn pieces(text: &str, in_path: bool) -> Vec<Piece<'_>> {
    let mut found = Vec::new();
    let mut rest = text;
    let mut looked = 0;
    while let Some(at) = rest.get(looked..).and_then(|text| text.find('{')).map(|at| at + looked) {
        let behind = rest.get(at..).unwrap_or_default();
        let double = behind.strip_prefix("{{").and_then(|inner| closed(inner, "}}"));
        let single = || behind.strip_prefix('{').and_then(|inner| closed(inner, "}"));
        let piece = match double {
            Some((name, after)) if is_name(name.trim()) => {
                Some((Piece::Variable(name.trim()), after))
            }
            _ if in_path => single()
                .filter(|(name, _)| is_name(name))
                .map(|(name, after)| (Piece::InPath(name), after)),
            _ => None,
        };
        match piece {
            Some((piece, after)) => {
                found.push(Piece::Text(rest.get(..at).unwrap_or_default()));
                found.push(piece);
                rest = after;
                looked = 0;
            }
            None => looked = at + 1,
        }
    }
    found.push(Piece::Text(rest));
    found
}

/// The names of all variables of a request, whether they have a value or not.
#[must_use]
pub fn variables_of(request: &Request) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    let mut noted = |name: &str| {
        names.insert(name.to_owned());
        Some(String::new())
    };
    walk(request, &mut noted);
    names
}

/// Puts values into a request: those that are given, and for others what the request says itself.
pub fn fill(request: &Request, given: &Variables) -> Result<Filled, FillError> {
    let mut missing = BTreeSet::new();
    let mut value = |name: &str| {
        let found = given.get(name).or_else(|| request.variables.get(name)).cloned();
        if found.is_none() {
            missing.insert(name.to_owned());
        }
        found
    };
    let filled = walk(request, &mut value);
    let others = other_paths(&request.url, &mut value);
    if !missing.is_empty() {
        Err(FillError::Missing { names: missing.into_iter().collect() })
    } else if !others.is_empty() {
        Err(FillError::OtherPath { names: others.into_iter().collect() })
    } else {
        Ok(Filled(filled))
    }
}

/// The variables whose values take their segment of the path away, or lead out of it.
fn other_paths(url: &str, value: &mut dyn FnMut(&str) -> Option<String>) -> BTreeSet<String> {
    let mut filled = String::with_capacity(url.len());
    let mut put = Vec::new();
    for piece in pieces(url, true) {
        let start = filled.len();
        match piece {
            Piece::Text(text) => filled.push_str(text),
            Piece::Variable(name) => {
                filled.push_str(&value(name).unwrap_or_default());
                put.push((name, start..filled.len(), false));
            }
            Piece::InPath(name) => {
                let value = value(name).unwrap_or_default();
                put.push((name, start..start, matches!(&*value, "" | "." | "..")));
                filled.push_str(&percent::encode(&value));
                if let Some((_, place, _)) = put.last_mut() {
                    place.end = filled.len();
                }
            }
        }
    }
    let end = filled.find(['?', '#']).unwrap_or(filled.len());
    let mut found = BTreeSet::new();
    let nothing = |(_, place, bad): &&(&str, Range<usize>, bool)| *bad && place.start <= end;
    found.extend(put.iter().filter(nothing).map(|(name, ..)| (*name).to_owned()));
    let mut start = filled.find("://").map_or(0, |at| at + "://".len());
    let path = filled.get(start..end).unwrap_or_default();
    let mut behind = 0;
    for (number, segment) in path.split('/').enumerate() {
        let (from, to) = (start, start + segment.len());
        start = to + 1;
        // What stands before the first slash is the host, or nothing.
        if number == 0 || !(segment.is_empty() || path::has_dot_segment(segment)) {
            continue;
        }
        let within = |place: &Range<usize>| {
            if place.is_empty() {
                (from..=to).contains(&place.start)
            } else {
                place.start < to && place.end > from
            }
        };
        // They stand in the order of the text: none is looked at for each segment again.
        behind += put.iter().skip(behind).take_while(|(_, place, _)| place.end < from).count();
        let near = put.iter().skip(behind).take_while(|(_, place, _)| place.start <= to);
        let at_fault = near.filter(|(_, place, _)| within(place));
        found.extend(at_fault.map(|(name, ..)| (*name).to_owned()));
    }
    found
}

/// The request with each text filled in. What is off is left as it is, and asks for nothing.
fn walk(request: &Request, value: &mut dyn FnMut(&str) -> Option<String>) -> Request {
    let mut put = |text: &str, into: Into| {
        let in_path = into == Into::Percent;
        let mut filled = String::with_capacity(text.len());
        let mut open = false;
        for piece in pieces(text, in_path) {
            match piece {
                Piece::Text(text) => {
                    filled.push_str(text);
                    open = json_text::is_open_behind(open, text);
                }
                Piece::InPath(name) => {
                    filled.push_str(&percent::encode(&value(name).unwrap_or_default()));
                }
                Piece::Variable(name) => {
                    let value = value(name).unwrap_or_default();
                    if into == Into::Json && open {
                        filled.push_str(&json_text::escaped(&value));
                    } else {
                        filled.push_str(&value);
                        open = json_text::is_open_behind(open, &value);
                    }
                }
            }
        }
        filled
    };
    let mut filled = request.clone();
    filled.variables.clear();
    filled.method = put(&request.method, Into::Plain);
    filled.url = put(&request.url, Into::Percent);
    params(&mut filled.query, &mut put);
    for header in filled.headers.iter_mut().filter(|header| header.on) {
        header.name = put(&header.name, Into::Plain);
        header.value = put(&header.value, Into::Plain);
    }
    match &mut filled.body {
        Body::None => {}
        Body::Json { text } => *text = put(text, Into::Json),
        Body::Form { fields } => params(fields, &mut put),
        Body::Text { text, content_type } => {
            *text = put(text, Into::Plain);
            *content_type = content_type.as_deref().map(|text| put(text, Into::Plain));
        }
        Body::File { path, .. } => *path = put(path, Into::Plain),
        Body::Multipart { parts } => {
            for part in parts.iter_mut().filter(|part| part.on) {
                part.name = put(&part.name, Into::Plain);
                match &mut part.content {
                    Content::Text { text } => *text = put(text, Into::Plain),
                    Content::File { path, .. } => *path = put(path, Into::Plain),
                }
            }
        }
    }
    filled
}

fn params(params: &mut [Param], put: &mut dyn FnMut(&str, Into) -> String) {
    for param in params.iter_mut().filter(|param| param.on) {
        param.name = put(&param.name, Into::Plain);
        param.value = param.value.as_deref().map(|value| put(value, Into::Plain));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::value::Header;

    fn given(pairs: &[(&str, &str)]) -> Variables {
        pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
    }

    fn one() -> Request {
        let mut request = Request::new("POST", "{{base}}/users/{user-id}/{x y}");
        request.query = vec![Param::new("q", "{{ what }}"), Param::new("{{off}}", "")];
        request.query[1].on = false;
        request.headers = vec![Header::new("X-Trace", "a-{{trace}}")];
        request.body =
            Body::Json { text: r#"{"name":"{{name}}","age":{{age}},"x":{"y":{}}}"#.into() };
        request.variables = given(&[("age", "3"), ("trace", "own")]);
        request
    }

    #[test]
    fn every_missing_variable_is_named_at_once() {
        let missing = fill(&one(), &given(&[("what", "x")])).unwrap_err();
        let names = ["base", "name", "user-id"].map(str::to_owned).to_vec();
        assert_eq!(missing, FillError::Missing { names });
        assert_eq!(missing.to_string(), "no value is given for base, name, user-id");
        let all: Vec<_> = variables_of(&one()).into_iter().collect();
        assert_eq!(all, ["age", "base", "name", "trace", "user-id", "what"]);
    }

    #[test]
    fn each_value_is_put_in_as_its_place_wants_it() {
        let values = given(&[
            ("base", "https://a.example/v1"),
            ("user-id", "a/b c"),
            ("what", "x & y"),
            ("trace", "7"),
            ("name", "the \"one\"\n"),
        ]);
        let filled = fill(&one(), &values).unwrap();
        assert_eq!(filled.address(), "https://a.example/v1/users/a%2Fb%20c/{x%20y}?q=x%20%26%20y");
        assert_eq!(filled.request().header("x-trace"), Some("a-7"));
        let Body::Json { text } = &filled.request().body else { panic!("it was JSON") };
        assert_eq!(text, r#"{"name":"the \"one\"\n","age":3,"x":{"y":{}}}"#);
    }

    #[test]
    fn a_megabyte_of_braces_or_of_variables_is_filled_as_any_other_text() {
        let mut request = Request::new("GET", &"{{".repeat(512 * 1024));
        request.body = Body::Json { text: "\"{{a}}\"".repeat(128 * 1024) };
        let filled = fill(&request, &given(&[("a", "\"")])).unwrap();
        assert_eq!(filled.request().url, request.url);
        let Body::Json { text } = &filled.request().body else { panic!("it was JSON") };
        assert_eq!(*text, r#""\"""#.repeat(128 * 1024));
    }

    #[test]
    fn a_value_is_never_taken_for_a_variable() {
        let request = Request::new("GET", "https://a.example/{a}{{b}}");
        let filled = fill(&request, &given(&[("a", "{{b}}"), ("b", "x")])).unwrap();
        assert_eq!(filled.request().url, "https://a.example/%7B%7Bb%7D%7Dx");
    }
    #[test]
    fn a_value_that_would_lead_to_another_path_is_refused_by_its_name() {
        let refused = |url: &str, value: &str| {
            let filled = fill(&Request::new("DELETE", url), &given(&[("id", value)]));
            match filled {
                Err(FillError::OtherPath { names }) => assert_eq!(names, ["id"], "{url} {value}"),
                other => panic!("{url} with {value}: {other:?}"),
            }
        };
        for value in ["", ".", "..", "../x", "..;x"] {
            for url in ["/v1/users/{id}", "/v1/users/{id}/keys", "https://a.example/{id}?q"] {
                refused(url, value);
            }
        }
        for value in ["", "..", "a/../b", "%2e%2e"] {
            refused("/v1/users/{{id}}", value);
        }
        refused("/v1/{id}.json", "");
        refused("/v1/.{{id}}/x", ".");
        for (url, value) in [
            ("/v1/users/{id}", "..."),
            ("/v1/users/{id}", "a/b"),
            ("/v1/users/7?q={id}", ""),
            ("/v1/files{{id}}", ""),
            ("{{id}}/v1", ""),
            ("{{id}}/v1", "https://a.example"),
        ] {
            let filled = fill(&Request::new("GET", url), &given(&[("id", value)]));
            assert!(filled.is_ok(), "{url} with {value}");
        }
    }
}
