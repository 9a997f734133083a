//! `multipart/form-data` (RFC 7578), as browsers and curl write it.

use crate::encode::EncodeError;
use crate::value::{Content, Part};

/// A part as it goes over the wire.
#[derive(Clone, Copy)]
pub struct OnWire<'part> {
    /// Its name.
    pub name: &'part str,
    /// The name of its file, where it is one.
    pub file_name: Option<&'part str>,
    /// Its media type, where one is said.
    pub content_type: Option<&'part str>,
    /// What is in it.
    pub content: &'part [u8],
}

impl std::fmt::Debug for OnWire<'_> {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("OnWire").field("bytes", &self.content.len()).finish_non_exhaustive()
    }
}

/// Writes a body's bytes. The boundary is in none of the contents: that is the caller's to see to. Nothing is
/// copied a second time, since a buffer that grows leaves copies of secrets behind.
#[must_use]
pub fn written(parts: &[OnWire<'_>], boundary: &str) -> Vec<u8> {
    let heads: Vec<String> = parts.iter().map(|part| head(part, boundary)).collect();
    let tail = format!("--{boundary}--\r\n");
    let lengths = parts.iter().zip(&heads).map(|(part, head)| head.len() + part.content.len() + 2);
    let mut body = Vec::with_capacity(lengths.sum::<usize>() + tail.len());
    for (part, head) in parts.iter().zip(&heads) {
        body.extend_from_slice(head.as_bytes());
        body.extend_from_slice(part.content);
        body.extend_from_slice(b"\r\n");
    }
    body.extend_from_slice(tail.as_bytes());
    body
}

fn head(part: &OnWire<'_>, boundary: &str) -> String {
    let mut head = format!("--{boundary}\r\nContent-Disposition: form-data; name=\"");
    head.push_str(&quoted(part.name));
    head.push('"');
    if let Some(name) = part.file_name {
        head.extend(["; filename=\"", quoted(name).as_str(), "\""]);
    }
    if let Some(content_type) = part.content_type {
        head.extend(["\r\nContent-Type: ", content_type]);
    }
    head.push_str("\r\n\r\n");
    head
}

/// The bytes of a body. The boundary is the caller's, made at random.
pub(crate) fn body(
    parts: &[Part],
    boundary: &str,
    read_file: &mut dyn FnMut(&str) -> Option<Vec<u8>>,
) -> Result<Vec<u8>, EncodeError> {
    let sent: Vec<&Part> = parts.iter().filter(|part| part.on).collect();
    let mut contents = Vec::with_capacity(sent.len());
    for part in &sent {
        let content = match &part.content {
            Content::Text { text } => text.clone().into_bytes(),
            Content::File { path, .. } => {
                read_file(path).ok_or_else(|| EncodeError::File { path: path.clone() })?
            }
        };
        if occurs(boundary.as_bytes(), &content) {
            return Err(EncodeError::Boundary);
        }
        let of_control = |kind: &String| kind.chars().any(char::is_control);
        if part.content_type.as_ref().is_some_and(of_control) {
            return Err(EncodeError::Header { name: "Content-Type".to_owned() });
        }
        contents.push(content);
    }
    let on_wire = sent.iter().zip(&contents).map(|(part, content)| OnWire {
        name: &part.name,
        file_name: match &part.content {
            Content::Text { .. } => None,
            Content::File { file_name, .. } => file_name.as_deref(),
        },
        content_type: part.content_type.as_deref(),
        content,
    });
    Ok(written(&on_wire.collect::<Vec<_>>(), boundary))
}

/// The parts of a body that somebody pasted as a text; `None` where it is none, or has a file in it.
pub(crate) fn parts(text: &str, boundary: &str) -> Option<Vec<Part>> {
    let between = format!("--{boundary}");
    let mut pieces = text.split(&between);
    if boundary.is_empty() || !pieces.next()?.is_empty() {
        return None;
    }
    let mut parts = Vec::new();
    let mut ended = false;
    for piece in pieces {
        if ended {
            return None;
        }
        if piece.trim_end() == "--" {
            ended = true;
            continue;
        }
        let (head, content) = piece.strip_prefix("\r\n")?.split_once("\r\n\r\n")?;
        let text = content.strip_suffix("\r\n")?.to_owned();
        let mut part = Part {
            name: String::new(),
            content: Content::Text { text },
            content_type: None,
            on: true,
        };
        for line in head.split("\r\n") {
            let (name, value) = line.split_once(':')?;
            match name.to_ascii_lowercase().as_str() {
                "content-disposition" => {
                    let quoted = value.trim().strip_prefix("form-data; name=\"")?;
                    let name = quoted.strip_suffix('"')?;
                    if name.contains(['"', '%']) {
                        return None;
                    }
                    name.clone_into(&mut part.name);
                }
                "content-type" => part.content_type = Some(value.trim().to_owned()),
                _ => return None,
            }
        }
        parts.push(part);
    }
    ended.then_some(parts)
}

/// A name as it stands between quotes there.
fn quoted(name: &str) -> String {
    name.replace('"', "%22").replace('\r', "%0D").replace('\n', "%0A")
}

fn occurs(needle: &[u8], content: &[u8]) -> bool {
    !needle.is_empty() && content.windows(needle.len()).any(|window| window == needle)
}
