//! A body as it goes over the wire: its media type and its bytes.
//!
//! It may hold secrets that a recipe put in, and is wiped. `keyturn_request::encode` makes a whole request
//! out of what the user wrote, without a recipe and so without a secret; what both do to the byte, the
//! parts of a multipart body, is written there once (`keyturn_request::multipart`).

use keyturn_request::multipart::{OnWire, written};
use memchr::memmem;
use zeroize::Zeroizing;

use crate::outgoing::{Body, Content, Part};

/// A body that is ready to be sent.
pub(crate) struct Encoded {
    /// Its media type; of a multipart body with the boundary.
    pub(crate) content_type: String,
    /// Its bytes.
    pub(crate) bytes: Zeroizing<Vec<u8>>,
}

/// Encodes a body; `None` where there is none.
pub(crate) fn encoded(body: &Body) -> Option<Encoded> {
    let of = |content_type: &str, bytes: Vec<u8>| {
        Some(Encoded { content_type: content_type.to_owned(), bytes: Zeroizing::new(bytes) })
    };
    match body {
        Body::Empty => None,
        Body::Form(pairs) => {
            let pairs = pairs.iter().map(|(key, value)| (key.as_str(), value.expose()));
            let text =
                url::form_urlencoded::Serializer::new(String::new()).extend_pairs(pairs).finish();
            of("application/x-www-form-urlencoded", text.into_bytes())
        }
        Body::Json(members) => {
            let members = members.iter().map(|(key, value)| (key.clone(), value.expose().into()));
            let object = serde_json::Value::Object(members.collect());
            of("application/json", object.to_string().into_bytes())
        }
        Body::Bytes { content_type, bytes } => of(content_type, bytes.expose().clone()),
        Body::Multipart(parts) => {
            let boundary = boundary(parts);
            of(&format!("multipart/form-data; boundary={boundary}"), multipart(parts, &boundary))
        }
    }
}

fn multipart(parts: &[Part], boundary: &str) -> Vec<u8> {
    let on_wire = parts.iter().map(|part| {
        let file_name = match &part.content {
            Content::Text(_) => None,
            Content::File { name, .. } => Some(name.as_str()),
        };
        OnWire {
            name: &part.name,
            file_name,
            content_type: part.content_type.as_deref().or(file_name.map(usual_type)),
            content: part.content.bytes(),
        }
    });
    written(&on_wire.collect::<Vec<_>>(), boundary)
}

/// A line that is in none of the parts, so that no content can end its part.
fn boundary(parts: &[Part]) -> String {
    let mut number = 0_u64;
    loop {
        let boundary = format!("keyturn-boundary-{number:016x}");
        let taken = |part: &Part| memmem::find(part.content.bytes(), boundary.as_bytes()).is_some();
        if !parts.iter().any(taken) {
            return boundary;
        }
        number += 1;
    }
}

/// What a file is by its name, where nobody says it; the names that curl knows.
fn usual_type(name: &str) -> &'static str {
    let ending = name.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase());
    match ending.as_deref() {
        Some("gif") => "image/gif",
        Some("jpg" | "jpeg") => "image/jpeg",
        Some("png") => "image/png",
        Some("svg") => "image/svg+xml",
        Some("txt") => "text/plain",
        Some("htm" | "html") => "text/html",
        Some("pdf") => "application/pdf",
        Some("xml") => "application/xml",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use keyturn_core::Secret;

    use super::*;
    use crate::outgoing::Value;

    fn file(name: &str, content_type: Option<&str>, bytes: &[u8]) -> Part {
        Part {
            name: "file".to_owned(),
            content: Content::File { name: name.to_owned(), bytes: Secret::new(bytes.to_vec()) },
            content_type: content_type.map(str::to_owned),
        }
    }

    #[test]
    fn a_file_goes_with_its_name_its_type_and_every_byte() {
        let parts = vec![
            Part::text("a", Value::Open("ä".to_owned())),
            file("x.PNG", None, &[0, 255, 13, 10]),
            file("x.csv", Some("text/csv"), b"1,2"),
        ];
        let body = encoded(&Body::Multipart(parts)).unwrap();
        let boundary = "keyturn-boundary-0000000000000000";
        let line = format!("--{boundary}");
        assert_eq!(body.content_type, format!("multipart/form-data; boundary={boundary}"));
        let expected = [
            format!(
                "{line}\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\nä\r\n{line}\r\n\
                     Content-Disposition: form-data; name=\"file\"; filename=\"x.PNG\"\r\n\
                     Content-Type: image/png\r\n\r\n"
            )
            .into_bytes(),
            vec![0, 255, 13, 10],
            format!(
                "\r\n{line}\r\n\
                     Content-Disposition: form-data; name=\"file\"; filename=\"x.csv\"\r\n\
                     Content-Type: text/csv\r\n\r\n1,2\r\n{line}--\r\n"
            )
            .into_bytes(),
        ];
        assert_eq!(*body.bytes, expected.concat());
    }

    #[test]
    fn no_content_and_no_name_ends_its_part() {
        let hostile = b"\r\n--keyturn-boundary-0000000000000000--\r\n";
        let part = Part { name: "a\"\r\nX: b".to_owned(), ..file("\"\n.txt", None, hostile) };
        let body = encoded(&Body::Multipart(vec![part])).unwrap();
        assert!(body.content_type.ends_with("keyturn-boundary-0000000000000001"));
        let text = String::from_utf8_lossy(&body.bytes).into_owned();
        assert!(text.contains("name=\"a%22%0D%0AX: b\"; filename=\"%22%0A.txt\"\r\n"), "{text}");
    }
}
