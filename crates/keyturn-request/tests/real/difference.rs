//! The comparison: method, path and query, headers, body, and what was taken out.

use keyturn_request::{Imported, Place};

use super::commands::Case;
use super::support::recorder::Recorded;

/// Headers that curl sends of itself, and those that belong to the connection.
const OF_THE_SENDER: [&str; 11] = [
    "host",
    "content-length",
    "connection",
    "transfer-encoding",
    "expect",
    "keep-alive",
    "te",
    "upgrade",
    "accept-encoding",
    "proxy-connection",
    "trailer",
];

/// Where both differ.
pub(crate) fn differences(
    case: &Case,
    imported: &Imported,
    sent: &Recorded,
    own: &Recorded,
) -> Vec<String> {
    let mut found = Vec::new();
    let mut differs = |what: &str, curl: &dyn std::fmt::Debug, own: &dyn std::fmt::Debug| {
        found.push(format!("{what}: curl sends {curl:?}, the import {own:?}"));
    };
    if sent.method != own.method {
        differs("method", &sent.method, &own.method);
    }
    let (path, query) = apart(&sent.target);
    let (own_path, own_query) = apart(&own.target);
    if decoded(path) != decoded(own_path) {
        differs("path", &path, &own_path);
    }
    let query = without_removed(query, imported, false);
    if upper_hex(&query) != upper_hex(own_query) {
        differs("query", &query, &own_query);
    }
    let (headers, own_headers) = (headers(sent, imported), headers(own, imported));
    if headers != own_headers {
        differs("headers", &headers, &own_headers);
    }
    if is_multipart(sent) && is_multipart(own) {
        let (parts, own_parts) = (parts(sent), parts(own));
        let fields = removed_fields(imported);
        let is_removed =
            |head: &str| fields.iter().any(|name| head.contains(&format!("name=\"{name}\"")));
        let parts: Vec<_> = parts.into_iter().filter(|(head, _)| !is_removed(head)).collect();
        if parts != own_parts {
            differs("body", &parts, &own_parts);
        }
    } else {
        let body = without_removed(&String::from_utf8_lossy(&sent.body), imported, true);
        let own_body = String::from_utf8_lossy(&own.body).into_owned();
        if body != own_body {
            differs("body", &body, &own_body);
        }
    }
    let mut removed: Vec<String> = imported.removed.iter().map(|one| told(&one.place)).collect();
    removed.sort();
    if removed != case.taken_out {
        found.push(format!("taken out: {removed:?} instead of {:?}", case.taken_out));
    }
    for wanted in &case.left_out {
        let all: Vec<String> = imported.left_out.iter().map(ToString::to_string).collect();
        if !all.iter().any(|one| one.contains(wanted.as_str())) {
            found.push(format!("left out: {wanted:?} is not told in {all:?}"));
        }
    }
    let kept = serde_json::to_string(&imported.request).unwrap();
    if kept.contains("canary") {
        found.push("a credential was kept".to_owned());
    }
    found
}

/// `header Authorization`, `query key`.
fn told(place: &Place) -> String {
    match place {
        Place::Header(name) => format!("header {}", name.to_ascii_lowercase()),
        Place::Query(name) => format!("query {name}"),
        Place::Field(name) => format!("field {name}"),
        Place::Member(name) => format!("member {name}"),
        Place::Address => "address".to_owned(),
        Place::Option(name) => format!("option {name}"),
        Place::Document => "document".to_owned(),
        Place::Variable(name) => format!("variable {name}"),
    }
}

fn apart(target: &str) -> (&str, &str) {
    target.split_once('?').unwrap_or((target, ""))
}

/// A path without percent signs: curl sends what it was given, also what cannot stand in an address.
pub(crate) fn decoded(path: &str) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut rest = path.as_bytes();
    while let [first, behind @ ..] = rest {
        let two = behind.get(..2).and_then(|two| std::str::from_utf8(two).ok());
        let value = two.filter(|_| *first == b'%').and_then(|two| u8::from_str_radix(two, 16).ok());
        bytes.push(value.unwrap_or(*first));
        rest = if value.is_some() { &behind[2..] } else { behind };
    }
    bytes
}

/// A query whose percent signs are all written alike: curl mixes both ways.
fn upper_hex(query: &str) -> String {
    let mut pieces = query.split('%');
    let first = pieces.next().unwrap_or_default().to_owned();
    pieces.fold(first, |written, piece| {
        let (digits, rest) = piece.split_at(piece.len().min(2));
        format!("{written}%{}{rest}", digits.to_ascii_uppercase())
    })
}

/// A query or a form without what was taken out of it.
fn without_removed(text: &str, imported: &Imported, body: bool) -> String {
    let is_removed = |pair: &str| {
        let name = pair.split('=').next().unwrap_or(pair);
        imported.removed.iter().any(|one| match &one.place {
            Place::Query(removed) => !body && removed == name,
            Place::Field(removed) => body && removed == name,
            _ => false,
        })
    };
    text.split('&').filter(|pair| !is_removed(pair)).collect::<Vec<_>>().join("&")
}

fn removed_fields(imported: &Imported) -> Vec<String> {
    let fields = imported.removed.iter().filter_map(|one| match &one.place {
        Place::Field(name) => Some(name.clone()),
        _ => None,
    });
    fields.collect()
}

/// What authenticates and is told to have been taken out goes by its header's name.
fn headers(recorded: &Recorded, imported: &Imported) -> Vec<(String, String)> {
    let is_removed = |name: &str| {
        imported.removed.iter().any(|one| match &one.place {
            Place::Header(removed) => removed.eq_ignore_ascii_case(name),
            Place::Address | Place::Option(_) => name == "authorization",
            _ => false,
        })
    };
    // curl dates what it signs.
    let signs = imported.left_out.iter().any(|one| one.what == "--aws-sigv4");
    let mut headers: Vec<_> = recorded
        .headers
        .iter()
        .map(|(name, value)| (name.to_ascii_lowercase(), value.clone()))
        .filter(|(name, value)| {
            let of_signing = name == "x-amz-date" && signs;
            let usual = of_signing
                || (name == "user-agent" && value.starts_with("curl/"))
                || (name == "accept" && value == "*/*");
            !usual && !OF_THE_SENDER.contains(&name.as_str()) && !is_removed(name)
        })
        .map(|(name, value)| match value.split_once("boundary=") {
            Some((kind, _)) if is_multipart(recorded) => (name, kind.to_owned()),
            _ => (name, value),
        })
        .collect();
    headers.sort();
    headers
}

fn is_multipart(recorded: &Recorded) -> bool {
    let kind = recorded.header("content-type").unwrap_or_default();
    kind.starts_with("multipart/form-data; boundary=")
}

/// The parts of a body: head and content.
pub(crate) fn parts(recorded: &Recorded) -> Vec<(String, String)> {
    let value = recorded.header("content-type").unwrap_or_default();
    let boundary = value.split_once("boundary=").unwrap_or_default().1;
    let text: String = recorded.body.iter().map(|byte| char::from(*byte)).collect();
    let between = format!("--{boundary}");
    let parts = text.split(&between).skip(1).filter(|part| !part.starts_with("--"));
    let apart = parts.map(|part| {
        let (head, content) = part.split_once("\r\n\r\n").unwrap();
        (head.trim().to_owned(), content.strip_suffix("\r\n").unwrap().to_owned())
    });
    apart.collect()
}
