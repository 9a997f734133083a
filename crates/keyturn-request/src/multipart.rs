//! `multipart/form-data` (RFC 7578), as browsers write it.

use crate::encode::EncodeError;
use crate::value::{Content, Part};

/// The bytes of a body. The boundary is the caller's, made at random.
pub(crate) fn body(
    parts: &[Part],
    boundary: &str,
    read_file: &mut dyn FnMut(&str) -> Option<Vec<u8>>,
) -> Result<Vec<u8>, EncodeError> {
    let mut body = Vec::new();
    for part in parts.iter().filter(|part| part.on) {
        let (content, file_name) = match &part.content {
            Content::Text { text } => (text.clone().into_bytes(), None),
            Content::File { path, file_name } => {
                let bytes =
                    read_file(path).ok_or_else(|| EncodeError::File { path: path.clone() })?;
                (bytes, file_name.as_deref())
            }
        };
        if occurs(boundary.as_bytes(), &content) {
            return Err(EncodeError::Boundary);
        }
        let mut head = format!("--{boundary}\r\nContent-Disposition: form-data; name=\"");
        head.push_str(&quoted(&part.name));
        head.push('"');
        if let Some(name) = file_name {
            head.extend(["; filename=\"", quoted(name).as_str(), "\""]);
        }
        head.push_str("\r\n");
        if let Some(content_type) = &part.content_type {
            if content_type.chars().any(char::is_control) {
                return Err(EncodeError::Header { name: "Content-Type".to_owned() });
            }
            head.extend(["Content-Type: ", content_type, "\r\n"]);
        }
        head.push_str("\r\n");
        body.extend(head.bytes());
        body.extend(content);
        body.extend(b"\r\n");
    }
    body.extend(format!("--{boundary}--\r\n").bytes());
    Ok(body)
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
