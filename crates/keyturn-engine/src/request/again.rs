//! A request as it is kept, so that it can be sent again: what the user gave, and nothing of what the
//! recipe put in.

use keyturn_http::{Redactor, UserBody, UserContent, UserPart};
use keyturn_request::{Body, Content, Header, Param, Part, Request, Variables, variables_of};

use super::keep::LONGEST_KEPT;
use super::plan::Plan;
use crate::saved::authenticates;

/// The request, without any stored secret. A body that is no text, or a longer one than is kept, is
/// left out.
pub(super) fn request(plan: &Plan, redactor: &Redactor) -> Request {
    let clean = |text: &str| redactor.redact_text(text);
    let asked = &plan.request;
    let mut request = Request::new(&asked.method, &clean(&asked.path));
    request.query = params(redactor, &asked.query);
    let headers = asked.headers.iter().filter(|(name, _)| !authenticates(name));
    request.headers =
        headers.map(|(name, value)| Header::new(&clean(name), &clean(value))).collect();
    request.body = body(redactor, &asked.body).unwrap_or_default();
    request.variables = literal(&request);
    request
}

/// Values with which braces that were sent as they are stay as they are: each stands for itself.
fn literal(request: &Request) -> Variables {
    let names = variables_of(request);
    if names.is_empty() {
        return Variables::new();
    }
    let text = serde_json::to_string(request).expect("our own types are JSON");
    let itself = |name: String| {
        let mut spellings = [format!("{{{{{name}}}}}"), format!("{{{{ {name} }}}}")].into_iter();
        let spelled = spellings.find(|spelling| text.contains(spelling));
        let value = spelled.unwrap_or_else(|| format!("{{{name}}}"));
        (name, value)
    };
    names.into_iter().map(itself).collect()
}

fn params(redactor: &Redactor, pairs: &[(String, String)]) -> Vec<Param> {
    let clean = |text: &str| redactor.redact_text(text);
    pairs.iter().map(|(name, value)| Param::new(&clean(name), &clean(value))).collect()
}

fn body(redactor: &Redactor, body: &UserBody) -> Option<Body> {
    match body {
        UserBody::Empty => None,
        UserBody::Bytes { content_type, bytes } => {
            let text = std::str::from_utf8(bytes).ok().filter(|_| bytes.len() <= LONGEST_KEPT)?;
            let text = redactor.redact_text(text);
            Some(match content_type.as_str() {
                "application/json" => Body::Json { text },
                _ => Body::Text { content_type: Some(content_type.clone()), text },
            })
        }
        UserBody::Form(fields) => {
            let size: usize = fields.iter().map(|(name, value)| name.len() + value.len()).sum();
            (size <= LONGEST_KEPT).then(|| Body::Form { fields: params(redactor, fields) })
        }
        UserBody::Multipart(parts) => {
            let size: usize = parts.iter().map(text_size).sum();
            if size > LONGEST_KEPT {
                return None;
            }
            let parts: Vec<Part> =
                parts.iter().map(|part| part_of(redactor, part)).collect::<Option<_>>()?;
            Some(Body::Multipart { parts })
        }
    }
}

/// A part that is a text.
fn part_of(redactor: &Redactor, part: &UserPart) -> Option<Part> {
    let UserContent::Text(text) = &part.content else { return None };
    Some(Part {
        name: redactor.redact_text(&part.name),
        content: Content::Text { text: redactor.redact_text(text) },
        content_type: part.content_type.clone(),
        on: true,
    })
}

const fn text_size(part: &UserPart) -> usize {
    match &part.content {
        UserContent::Text(text) => text.len(),
        UserContent::File { .. } => 0,
    }
}
