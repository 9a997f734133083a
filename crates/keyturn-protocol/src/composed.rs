//! A request that somebody wrote down, as the call that sends it: the command line and the window compose
//! requests alike, and send the same.
//!
//! The client reads the files: the agent reads none that a caller names.

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use keyturn_core::CredentialRef;
use keyturn_request::{Body, Content, Filled, Header, Param, Part};

use crate::calls::{PartContent, RequestBody, RequestPart, SendRequest};
use crate::{ApiError, ErrorCode};

/// Reads a file that a body names.
pub type ReadFile<'read> = &'read dyn Fn(&str) -> Result<Vec<u8>, ApiError>;

impl SendRequest {
    /// The call that sends a request, in the preferred environment with the usual recipe. Of an address
    /// with a host its path is taken: [`address_of`] says the rest, which is to be checked.
    pub fn of(
        reference: CredentialRef,
        filled: &Filled,
        files: ReadFile<'_>,
    ) -> Result<Self, ApiError> {
        let request = filled.request();
        let path = match address_of(filled) {
            None if request.url.starts_with('/') => request.url.clone(),
            None => return Err(no_host()),
            Some(address) => {
                let rest = address.trim_start_matches('/');
                rest.find('/').and_then(|at| rest.get(at..)).unwrap_or("/").to_owned()
            }
        };
        let mut headers = Header::sent(&request.headers);
        let body = body(&request.body, &mut headers, files)?;
        Ok(Self {
            method: Some(request.method.to_uppercase()),
            path: Some(path),
            query: Param::sent(&request.query),
            headers,
            body,
            ..Self::new(reference)
        })
    }
}

/// The address that a request was written down with, `//HOST/PATH`: the scheme is the environment's.
/// `None` where it has a path alone.
#[must_use]
pub fn address_of(filled: &Filled) -> Option<String> {
    let address = filled.address();
    let address = address.split('?').next().unwrap_or_default();
    let (_, rest) = address.split_once("://").filter(|_| !address.starts_with('/'))?;
    Some(format!("//{rest}"))
}

/// The files that a body names, in the order of the parts that are sent; those of other parts have none.
#[must_use]
pub fn files_of(body: &Body) -> Vec<Option<String>> {
    match body {
        Body::File { path, .. } => vec![Some(path.clone())],
        Body::Multipart { parts } => parts.iter().filter(|part| part.on).map(file_of).collect(),
        _ => Vec::new(),
    }
}

fn file_of(part: &Part) -> Option<String> {
    match &part.content {
        Content::File { path, .. } => Some(path.clone()),
        Content::Text { .. } => None,
    }
}

fn no_host() -> ApiError {
    ApiError::new(ErrorCode::InvalidInput, "the address has no host, and is no path either")
        .hint("Write a path such as /v1/orders. Nothing was sent.")
}

/// The body. What a header says of JSON's type is the body's own to say.
fn body(
    body: &Body,
    headers: &mut Vec<(String, String)>,
    files: ReadFile<'_>,
) -> Result<Option<RequestBody>, ApiError> {
    let is_type = |header: &(String, String)| header.0.eq_ignore_ascii_case("content-type");
    Ok(Some(match body {
        Body::None => return Ok(None),
        Body::Json { text } => {
            let said = headers.iter().position(is_type).map(|at| headers.remove(at).1);
            match said {
                None => RequestBody::Json(text.clone()),
                said => RequestBody::Text { text: text.clone(), content_type: said },
            }
        }
        Body::Form { fields } => RequestBody::Form(Param::sent(fields)),
        Body::Text { text, content_type } => {
            RequestBody::Text { text: text.clone(), content_type: content_type.clone() }
        }
        Body::File { path, content_type } => RequestBody::Raw {
            base64: BASE64_STANDARD.encode(files(path)?),
            content_type: content_type.clone(),
        },
        Body::Multipart { parts } => {
            let sent = parts.iter().filter(|part| part.on);
            let parts = sent.map(|sent| part(sent, files)).collect::<Result<_, _>>()?;
            RequestBody::Multipart(parts)
        }
    }))
}

fn part(part: &Part, files: ReadFile<'_>) -> Result<RequestPart, ApiError> {
    let content = match &part.content {
        Content::Text { text } => PartContent::Text(text.clone()),
        Content::File { path, file_name: None } => {
            let text = String::from_utf8(files(path)?).map_err(|_| {
                let message = format!("{path} is no text in UTF-8");
                ApiError::new(ErrorCode::InvalidInput, message)
                    .hint("Send it as a file, with a file name. Nothing was sent.")
            })?;
            PartContent::Text(text)
        }
        Content::File { path, file_name: Some(name) } => {
            PartContent::File { name: name.clone(), base64: BASE64_STANDARD.encode(files(path)?) }
        }
    };
    Ok(RequestPart { name: part.name.clone(), content, content_type: part.content_type.clone() })
}

#[cfg(test)]
mod tests {
    use keyturn_request::Request;

    use super::*;

    fn call(request: Request) -> Result<SendRequest, ApiError> {
        let files = |path: &str| match path {
            "a.bin" => Ok(vec![0, 255]),
            path => Ok(path.as_bytes().to_vec()),
        };
        SendRequest::of("acme/main".parse().unwrap(), &Filled::literally(request), &files)
    }

    #[test]
    fn an_address_with_a_host_is_a_path_and_the_host_is_told_apart() {
        let of = |url: &str| {
            let filled = Filled::literally(Request::new("get", url));
            let path = call(filled.request().clone()).map(|call| call.path.unwrap());
            (path.ok(), address_of(&filled))
        };
        let some = |text: &str| Some(text.to_owned());
        assert_eq!(of("https://a.example/v1/x"), (some("/v1/x"), some("//a.example/v1/x")));
        assert_eq!(of("https://a.example"), (some("/"), some("//a.example")));
        assert_eq!(of("/v1/x"), (some("/v1/x"), None));
        assert_eq!(of("/v1/x://b.example/y"), (some("/v1/x://b.example/y"), None));
        for neither in ["", "a.example/v1"] {
            assert_eq!(of(neither), (None, None), "{neither:?}");
        }
    }

    #[test]
    fn what_is_off_is_not_sent() {
        let mut request = Request::new("post", "/v1");
        let off = |name: &str| Param { on: false, ..Param::new(name, "1") };
        request.query = vec![Param::new("a", "1"), off("b")];
        request.headers = vec![Header { on: false, ..Header::new("x-off", "1") }];
        request.body = Body::Form { fields: vec![off("c"), Param::new("d", "2")] };
        let call = call(request).unwrap();
        assert_eq!(call.method.as_deref(), Some("POST"));
        assert_eq!(call.query, [("a".to_owned(), "1".to_owned())]);
        assert!(call.headers.is_empty());
        let Some(RequestBody::Form(fields)) = call.body else { panic!("it is a form") };
        assert_eq!(fields, [("d".to_owned(), "2".to_owned())]);
    }

    #[test]
    fn what_a_header_says_of_json_is_the_bodys_type() {
        let mut request = Request::new("POST", "/v1");
        request.headers = vec![Header::new("Content-Type", "application/vnd.api+json")];
        request.body = Body::Json { text: "{}".to_owned() };
        let call = call(request).unwrap();
        assert!(call.headers.is_empty());
        let Some(RequestBody::Text { content_type, .. }) = call.body else { panic!("a text") };
        assert_eq!(content_type.as_deref(), Some("application/vnd.api+json"));
    }

    #[test]
    fn a_parts_file_is_read_and_one_without_a_name_is_a_text() {
        let part = |path: &str, file_name: Option<&str>, on| Part {
            name: "p".to_owned(),
            content: Content::File {
                path: path.to_owned(),
                file_name: file_name.map(str::to_owned),
            },
            content_type: None,
            on,
        };
        let mut request = Request::new("POST", "/v1");
        let parts = vec![part("a.bin", Some("b.bin"), true), part("x", None, false)];
        request.body = Body::Multipart { parts };
        assert_eq!(files_of(&request.body), [Some("a.bin".to_owned())]);
        let sent = call(request.clone()).unwrap().body;
        let Some(RequestBody::Multipart(parts)) = sent else { panic!("parts") };
        let [RequestPart { content: PartContent::File { name, base64 }, .. }] = parts.as_slice()
        else {
            panic!("one file")
        };
        assert_eq!((name.as_str(), base64.as_str()), ("b.bin", "AP8="));
        request.body = Body::Multipart { parts: vec![part("a.bin", None, true)] };
        let Err(error) = call(request) else { panic!("it is no text") };
        assert!(error.message.contains("no text"), "{error}");
    }
}
