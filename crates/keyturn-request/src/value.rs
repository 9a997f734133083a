//! The value: what is kept of a request, and nothing that authenticates it.

use std::collections::BTreeMap;
use std::fmt;

use serde::{Deserialize, Serialize};

use crate::percent;

/// A request, with variables where its values differ from one time to the next.
///
/// `{{name}}` stands for a variable wherever there is text, `{name}` for one in the address's path. A field
/// that is not known is refused when one is read: it was written by a newer version, and to send the rest
/// of it would be to send something else.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(deny_unknown_fields)]
pub struct Request {
    /// The HTTP method, as it is sent.
    pub method: String,
    /// Scheme, host and path.
    pub url: String,
    /// The query.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(feature = "typescript", ts(as = "Option<_>", optional))]
    pub query: Vec<Param>,
    /// The headers.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(feature = "typescript", ts(as = "Option<_>", optional))]
    pub headers: Vec<Header>,
    /// The body.
    #[serde(default, skip_serializing_if = "Body::is_none")]
    #[cfg_attr(feature = "typescript", ts(as = "Option<_>", optional))]
    pub body: Body,
    /// What its variables are where nobody says otherwise.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    #[cfg_attr(feature = "typescript", ts(as = "Option<_>", optional))]
    pub variables: BTreeMap<String, String>,
}

/// A parameter of the query, or a field of a form.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(deny_unknown_fields)]
pub struct Param {
    /// Its name.
    pub name: String,
    /// Its value; none where it has no equals sign.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "typescript", ts(optional = nullable))]
    pub value: Option<String>,
    /// Whether it is sent.
    #[serde(default = "yes", skip_serializing_if = "is_on")]
    #[cfg_attr(feature = "typescript", ts(as = "Option<_>", optional))]
    pub on: bool,
    /// Whether it is sent as it is written here: it was pasted in an encoding that is not ours.
    #[serde(default, skip_serializing_if = "is_off")]
    #[cfg_attr(feature = "typescript", ts(as = "Option<_>", optional))]
    pub encoded: bool,
}

/// A header.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(deny_unknown_fields)]
pub struct Header {
    /// Its name.
    pub name: String,
    /// Its value.
    pub value: String,
    /// Whether it is sent.
    #[serde(default = "yes", skip_serializing_if = "is_on")]
    #[cfg_attr(feature = "typescript", ts(as = "Option<_>", optional))]
    pub on: bool,
}

/// A body. Where a header says another content type than it, the header counts.
#[derive(Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub enum Body {
    /// There is none.
    #[default]
    None,
    /// JSON, as it is written.
    Json {
        /// The text.
        text: String,
    },
    /// `application/x-www-form-urlencoded`.
    Form {
        /// The fields.
        fields: Vec<Param>,
    },
    /// `multipart/form-data`.
    Multipart {
        /// The parts.
        parts: Vec<Part>,
    },
    /// Any other text.
    Text {
        /// Its media type.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "typescript", ts(optional = nullable))]
        content_type: Option<String>,
        /// The text.
        text: String,
    },
    /// A file, read when it is sent.
    File {
        /// Where it lies.
        path: String,
        /// Its media type.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "typescript", ts(optional = nullable))]
        content_type: Option<String>,
    },
}

/// A part of a multipart body.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(deny_unknown_fields)]
pub struct Part {
    /// Its name.
    pub name: String,
    /// What it holds.
    pub content: Content,
    /// Its media type.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "typescript", ts(optional = nullable))]
    pub content_type: Option<String>,
    /// Whether it is sent.
    #[serde(default = "yes", skip_serializing_if = "is_on")]
    #[cfg_attr(feature = "typescript", ts(as = "Option<_>", optional))]
    pub on: bool,
}

/// What a part holds.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub enum Content {
    /// A text.
    Text {
        /// The text.
        text: String,
    },
    /// A file, read when it is sent.
    File {
        /// Where it lies.
        path: String,
        /// What the server is told that it is called; none where it is sent as a plain text is.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "typescript", ts(optional = nullable))]
        file_name: Option<String>,
    },
}

impl Request {
    /// A request without query, headers and body.
    #[must_use]
    pub fn new(method: &str, url: &str) -> Self {
        Self {
            method: method.to_owned(),
            url: url.to_owned(),
            query: Vec::new(),
            headers: Vec::new(),
            body: Body::None,
            variables: BTreeMap::new(),
        }
    }

    /// The value of a header that is sent.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&str> {
        let mut sent = self.headers.iter().filter(|header| header.on);
        let found = sent.find(|header| header.name.eq_ignore_ascii_case(name));
        found.map(|header| header.value.as_str())
    }
}

impl Param {
    /// A parameter that is sent.
    #[must_use]
    pub fn new(name: &str, value: &str) -> Self {
        Self { name: name.to_owned(), value: Some(value.to_owned()), on: true, encoded: false }
    }

    /// Those that are sent, as a server reads them.
    #[must_use]
    pub fn sent(params: &[Self]) -> Vec<(String, String)> {
        params.iter().filter(|param| param.on).map(Self::read).collect()
    }

    /// Its name and its value as a server reads them: out of the encoding that it was pasted in.
    #[must_use]
    pub fn read(&self) -> (String, String) {
        let value = self.value.as_deref().unwrap_or_default();
        let plain = |text: &str| {
            let decoded = self.encoded.then(|| percent::Of::Form.decode(text)).flatten();
            decoded.unwrap_or_else(|| text.to_owned())
        };
        (plain(&self.name), plain(value))
    }
}

impl Header {
    /// A header that is sent.
    #[must_use]
    pub fn new(name: &str, value: &str) -> Self {
        Self { name: name.to_owned(), value: value.to_owned(), on: true }
    }

    /// Those that are sent.
    #[must_use]
    pub fn sent(headers: &[Self]) -> Vec<(String, String)> {
        let sent = headers.iter().filter(|header| header.on);
        sent.map(|header| (header.name.clone(), header.value.clone())).collect()
    }
}

impl Body {
    /// Whether there is none.
    #[must_use]
    pub const fn is_none(&self) -> bool {
        matches!(self, Self::None)
    }

    const fn kind(&self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Json { .. } => "json",
            Self::Form { .. } => "form",
            Self::Multipart { .. } => "multipart",
            Self::Text { .. } => "text",
            Self::File { .. } => "file",
        }
    }
}

const fn yes() -> bool {
    true
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde passes a reference")]
const fn is_on(on: &bool) -> bool {
    *on
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde passes a reference")]
const fn is_off(on: &bool) -> bool {
    !*on
}

// What the user writes may be personal data: names are shown, values are not.

impl fmt::Debug for Request {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Request")
            .field("method", &self.method)
            .field("query", &self.query)
            .field("headers", &self.headers)
            .field("body", &self.body)
            .field("variables", &self.variables.keys().collect::<Vec<_>>())
            .finish_non_exhaustive()
    }
}

impl fmt::Debug for Param {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "Param({})", self.name)
    }
}

impl fmt::Debug for Header {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "Header({})", self.name)
    }
}

impl fmt::Debug for Part {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "Part({})", self.name)
    }
}

impl fmt::Debug for Content {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::Text { .. } => "text",
            Self::File { .. } => "file",
        })
    }
}

impl fmt::Debug for Body {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.kind())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_newer_version_wrote_is_refused_and_not_cut() {
        let known = r#"{"method":"GET","url":"https://a.example/"}"#;
        let request: Request = serde_json::from_str(known).unwrap();
        assert_eq!(request, Request::new("GET", "https://a.example/"));
        assert_eq!(serde_json::to_string(&request).unwrap(), known);
        for unknown in [
            r#"{"method":"GET","url":"https://a.example/","mirror":true}"#,
            r#"{"method":"GET","url":"https://a.example/","body":{"kind":"stream"}}"#,
            r#"{"method":"GET","url":"/","headers":[{"name":"a","value":"b","twice":true}]}"#,
        ] {
            assert!(serde_json::from_str::<Request>(unknown).is_err(), "{unknown}");
        }
    }

    #[test]
    fn a_parameter_is_read_out_of_the_encoding_that_it_was_pasted_in() {
        let pasted = |name: &str, value| Param { encoded: true, ..Param::new(name, value) };
        assert_eq!(pasted("f%5Ba%5D", "b+c,%2B").read(), ("f[a]".into(), "b c,+".into()));
        assert_eq!(pasted("a", "100%").read(), ("a".into(), "100%".into()));
        assert_eq!(Param::new("a+%41", "b+c").read(), ("a+%41".into(), "b+c".into()));
    }

    #[test]
    fn no_value_is_in_what_debug_says() {
        let mut request = Request::new("GET", "https://canary.example/canary");
        request.query.push(Param::new("q", "canary"));
        request.headers.push(Header::new("X-A", "canary"));
        request.variables.insert("id".to_owned(), "canary".to_owned());
        let text = || Content::Text { text: "canary".to_owned() };
        let part = Part { name: "p".to_owned(), content: text(), content_type: None, on: true };
        request.body = Body::Multipart { parts: vec![part] };
        let said = format!("{request:?}");
        assert!(!said.contains("canary"), "{said}");
        assert!(said.contains("X-A"), "a positive control: names are said");
        let written = serde_json::to_string(&request).unwrap();
        assert!(written.contains("canary"), "a positive control: the values are there");
    }
}
