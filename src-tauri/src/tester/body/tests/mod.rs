//! Bodies as a page gets them: laid out, folded, searched, and whatever a server thought of.

mod folding;
mod hostile;
mod layout;
mod searching;

use std::collections::BTreeMap;

use keyturn_protocol::calls::{SendRequestAnswer, SentView, TimingView};

use super::shown::Body;
use super::view::{BodyForm, BodyLine};

/// A body as the shell holds it.
fn body(bytes: impl Into<Vec<u8>>, media_type: Option<&str>) -> Body {
    Body::new(1, bytes.into(), answer(media_type))
}

/// An answer that says what its body is.
pub(crate) fn answer(media_type: Option<&str>) -> SendRequestAnswer {
    let header = media_type.map(|said| ("Content-Type".to_owned(), said.to_owned()));
    SendRequestAnswer {
        status: Some(200),
        headers: header.into_iter().collect(),
        body: None,
        body_base64: None,
        timing_ms: TimingView::default(),
        status_words: None,
        size: None,
        redirect: None,
        tls: None,
        attempts: 1,
        sent: SentView {
            method: "GET".to_owned(),
            url: "https://a.example/".to_owned(),
            query: Vec::new(),
            headers: BTreeMap::new(),
            body: None,
            body_bytes: None,
        },
        diagnosis: None,
        credential_refused: false,
        refused: false,
        kept: None,
        exchange: None,
        checks: Vec::new(),
    }
}

/// All visible lines of a form, read as a page does.
fn all(body: &Body, form: BodyForm) -> Vec<BodyLine> {
    let mut lines = Vec::new();
    loop {
        let from = u32::try_from(lines.len()).unwrap();
        let read = body.lines(form, from, 400).unwrap();
        assert!(read.lines.len() <= 400);
        if read.lines.is_empty() {
            assert_eq!(read.total, from, "all rows were read");
            return lines;
        }
        lines.extend(read.lines);
    }
}

/// The visible lines with their indentation, as a person sees them.
fn seen(body: &Body, form: BodyForm) -> String {
    let lines = all(body, form).into_iter();
    let lines = lines.map(|line| format!("{}{}", "  ".repeat(line.depth as usize), line.text));
    lines.collect::<Vec<_>>().join("\n")
}
