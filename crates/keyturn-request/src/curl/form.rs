//! Parts of a form as curl's `-F` takes them: `name=text`, `name=@file;type=…;filename=…`, `name=<file`.

use super::error::CurlError;
use crate::value::{Content, Part};

/// The media types that curl knows by a file's name.
const TYPES: [(&str, &str); 10] = [
    (".gif", "image/gif"),
    (".jpg", "image/jpeg"),
    (".jpeg", "image/jpeg"),
    (".png", "image/png"),
    (".svg", "image/svg+xml"),
    (".txt", "text/plain"),
    (".htm", "text/html"),
    (".html", "text/html"),
    (".pdf", "application/pdf"),
    (".xml", "application/xml"),
];

/// The value of `--form-string`.
pub(super) fn plain(text: &str) -> Result<Part, CurlError> {
    let (name, value) = apart(text)?;
    Ok(part(name, Content::Text { text: value.to_owned() }, None))
}

/// The value of `--form`.
pub(super) fn part_of(text: &str) -> Result<Part, CurlError> {
    let (name, value) = apart(text)?;
    if let Some(file) = value.strip_prefix('@') {
        let read = Parameters::of(file, ',')?;
        if read.more {
            return Err(CurlError::Form { why: "several files under one name" });
        }
        let path = from_disk(read.word)?;
        let last = path.rsplit(['/', '\\']).next().unwrap_or(&path).to_owned();
        let known = || {
            let lower = path.to_ascii_lowercase();
            let known = TYPES.into_iter().find(|(end, _)| lower.ends_with(end));
            known.map_or("application/octet-stream", |(_, kind)| kind).to_owned()
        };
        let content_type = read.content_type.unwrap_or_else(known);
        let file_name = Some(read.file_name.unwrap_or(last));
        return Ok(part(name, Content::File { path, file_name }, Some(content_type)));
    }
    if let Some(file) = value.strip_prefix('<') {
        let read = Parameters::of(file, '\0')?;
        let path = from_disk(read.word)?;
        let content = Content::File { path, file_name: read.file_name };
        return Ok(part(name, content, read.content_type));
    }
    if value.starts_with('(') || text == "=)" {
        return Err(CurlError::Form { why: "parts within parts" });
    }
    let read = Parameters::of(value, '\0')?;
    if read.file_name.is_some() {
        return Err(CurlError::Form { why: "a text with a file's name" });
    }
    Ok(part(name, Content::Text { text: read.word }, read.content_type))
}

fn part(name: &str, content: Content, content_type: Option<String>) -> Part {
    Part { name: name.to_owned(), content, content_type, on: true }
}

fn apart(text: &str) -> Result<(&str, &str), CurlError> {
    text.split_once('=').ok_or(CurlError::Form { why: "it has no equals sign" })
}

fn from_disk(path: String) -> Result<String, CurlError> {
    if path == "-" { Err(CurlError::BodyFromInput) } else { Ok(path) }
}

/// A word with what stands behind semicolons.
struct Parameters {
    word: String,
    content_type: Option<String>,
    file_name: Option<String>,
    /// Whether a comma follows.
    more: bool,
}

impl Parameters {
    fn of(text: &str, end: char) -> Result<Self, CurlError> {
        let mut rest = text.trim_start();
        let word = word(&mut rest, end);
        let mut read = Self { word, content_type: None, file_name: None, more: false };
        // A content type goes on over semicolons: `;type=text/plain; charset=utf-8`.
        let mut in_type = false;
        while let Some(behind) = rest.strip_prefix(';') {
            rest = behind.trim_start();
            if let Some(value) = rest.strip_prefix("type=").filter(|_| read.content_type.is_none())
            {
                rest = value.trim_start();
                let value = until(&mut rest, end);
                if !value.contains('/') {
                    return Err(CurlError::Form { why: "its content type is none" });
                }
                read.content_type = Some(value.to_owned());
                in_type = true;
            } else if let Some(value) = rest.strip_prefix("filename=") {
                rest = value.trim_start();
                read.file_name = Some(self::word(&mut rest, end));
                in_type = false;
            } else if rest.starts_with("headers=") {
                return Err(CurlError::Form { why: "headers of a part's own" });
            } else if rest.starts_with("encoder=") {
                return Err(CurlError::Form { why: "an encoding of a part's own" });
            } else {
                let more = until(&mut rest, end);
                if let Some(content_type) = read.content_type.as_mut().filter(|_| in_type) {
                    content_type.push(';');
                    content_type.push_str(behind.get(..behind.len() - rest.len()).unwrap_or(more));
                }
            }
        }
        if let Some(content_type) = &mut read.content_type {
            content_type.truncate(content_type.trim_end().len());
        }
        read.more = end != '\0' && rest.starts_with(end);
        Ok(read)
    }
}

/// A word, which may be quoted.
fn word(rest: &mut &str, end: char) -> String {
    if let Some(quoted) = rest.strip_prefix('"') {
        let mut plain = String::with_capacity(quoted.len());
        let mut characters = quoted.chars();
        while let Some(character) = characters.next() {
            match character {
                '"' => {
                    *rest = characters.as_str();
                    _ = until(rest, end);
                    return plain;
                }
                '\\' => match characters.next() {
                    Some(escaped @ ('\\' | '"')) => plain.push(escaped),
                    Some(other) => plain.extend(['\\', other]),
                    None => plain.push('\\'),
                },
                other => plain.push(other),
            }
        }
        // A quote that nobody closes is a character as others are.
    }
    until(rest, end).trim_end().to_owned()
}

fn until<'text>(rest: &mut &'text str, end: char) -> &'text str {
    let at = rest.find(|c| c == ';' || (end != '\0' && c == end)).unwrap_or(rest.len());
    let (word, behind) = rest.split_at(at);
    *rest = behind;
    word
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(text: &str) -> String {
        let part = part_of(text).unwrap();
        let content_type = part.content_type.unwrap_or_default();
        match part.content {
            Content::Text { text } => format!("{}={text} [{content_type}]", part.name),
            Content::File { path, file_name } => {
                format!("{}@{path} {} [{content_type}]", part.name, file_name.unwrap_or_default())
            }
        }
    }

    #[test]
    fn parts_are_read_as_curl_reads_them() {
        for (text, expected) in [
            ("a=b c", "a=b c []"),
            ("a=b;type=text/plain; charset=utf-8", "a=b [text/plain; charset=utf-8]"),
            ("a=\"b;c\"", "a=b;c []"),
            ("a=b;c", "a=b []"),
            ("f=@dir/x.png", "f@dir/x.png x.png [image/png]"),
            (
                "f=@x.bin;filename=\"a \\\"b\\\".txt\"",
                "f@x.bin a \"b\".txt [application/octet-stream]",
            ),
            ("f=@x.json;type=application/json;filename=y", "f@x.json y [application/json]"),
            ("f=<note.txt", "f@note.txt  []"),
            ("f=<note.txt;type=text/html", "f@note.txt  [text/html]"),
        ] {
            assert_eq!(told(text), expected, "{text}");
        }
        for text in
            ["f=@a,b", "f=@-", "f=(;type=multipart/mixed", "novalue", "a=b;headers=\"X: y\""]
        {
            assert!(part_of(text).is_err(), "{text}");
        }
    }
}
