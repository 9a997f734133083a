//! Code for a request instead of sending it. The agent checks the request as one that is sent, and gives
//! no secret along: code reads variables of the environment, and the private form asks Keyturn itself.

use keyturn_request::code::{Carrier, CodeForm, code, curl_private, word};
use keyturn_request::{Body, Content, Filled, Header, Param, Part, Request};
use serde::{Deserialize, Serialize};

use crate::calls::{PartContent, RequestBody, RequestOutline, RequestPart};
use crate::{ApiError, ErrorCode};

/// The forms of code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum RequestCodeForm {
    /// A cURL command.
    Curl,
    /// A cURL command whose secrets neither the shell's history nor the list of processes has.
    CurlPrivate,
    /// An `HTTPie` command.
    Httpie,
    /// Python with requests.
    Python,
    /// JavaScript with fetch, on a server.
    Fetch,
}

/// Code for a request.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct RequestCode {
    /// The text.
    pub text: String,
    /// The variables of the environment that it reads, each with the command that prints its value.
    pub variables: Vec<(String, String)>,
    /// Why not to put it into a page or a mobile application, where it could be.
    pub warning: Option<String>,
}

impl std::fmt::Debug for RequestCode {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        // The text says what is asked for.
        formatter
            .debug_struct("RequestCode")
            .field("variables", &self.variables)
            .finish_non_exhaustive()
    }
}

impl RequestOutline {
    /// The code for it; `body` is the caller's own, and `files` are those that it was read from.
    pub fn code(
        &self,
        form: RequestCodeForm,
        body: Option<RequestBody>,
        files: Vec<Option<String>>,
    ) -> Result<RequestCode, ApiError> {
        let filled = Filled::literally(request(self, body, files)?);
        let of = |form| code(&filled, &self.carriers, form).map(|code| code.text);
        let text = match form {
            RequestCodeForm::Curl => of(CodeForm::Curl),
            RequestCodeForm::CurlPrivate => {
                let (headers, value) = commands(self);
                curl_private(&filled, &self.carriers, &headers, &value)
            }
            RequestCodeForm::Httpie => of(CodeForm::Httpie),
            RequestCodeForm::Python => of(CodeForm::Python),
            RequestCodeForm::Fetch => of(CodeForm::Javascript),
        };
        let text = text.map_err(|error| {
            ApiError::new(ErrorCode::InvalidInput, error.to_string())
                .hint("Choose another form of code.")
        })?;
        let reads = form != RequestCodeForm::CurlPrivate;
        let in_pages = form == RequestCodeForm::Fetch;
        Ok(RequestCode {
            text,
            variables: if reads { self.variables.clone() } else { Vec::new() },
            warning: in_pages.then(|| self.client_side_warning.clone()),
        })
    }
}

fn request(
    outline: &RequestOutline,
    body: Option<RequestBody>,
    files: Vec<Option<String>>,
) -> Result<Request, ApiError> {
    let mut request = Request::new(&outline.method, &outline.url);
    request.query = params(&outline.query);
    request.headers =
        outline.headers.iter().map(|(name, value)| Header::new(name, value)).collect();
    request.body = match (body, &outline.body) {
        (Some(body), _) => body_of(body, files)?,
        (None, Some((content_type, text))) => text_of(text.clone(), Some(content_type.clone())),
        (None, None) => Body::None,
    };
    Ok(request)
}

fn params(pairs: &[(String, String)]) -> Vec<Param> {
    pairs.iter().map(|(name, value)| Param::new(name, value)).collect()
}

/// What Keyturn itself sends is said in code, too: a text of no type is a plain one.
fn text_of(text: String, content_type: Option<String>) -> Body {
    match content_type {
        Some(kind) if kind == "application/json" => Body::Json { text },
        kind => {
            let content_type = kind.unwrap_or_else(|| "text/plain; charset=utf-8".to_owned());
            Body::Text { text, content_type: Some(content_type) }
        }
    }
}

fn body_of(body: RequestBody, files: Vec<Option<String>>) -> Result<Body, ApiError> {
    Ok(match body {
        RequestBody::Json(text) => Body::Json { text },
        RequestBody::Text { text, content_type } => text_of(text, content_type),
        RequestBody::Form(fields) => Body::Form { fields: params(&fields) },
        RequestBody::Raw { content_type, .. } => Body::File {
            path: files.into_iter().flatten().next().ok_or_else(no_file)?,
            content_type: content_type.or_else(|| Some("application/octet-stream".to_owned())),
        },
        RequestBody::Multipart(parts) => {
            let files = files.into_iter().chain(std::iter::repeat(None));
            let parts = parts.into_iter().zip(files).map(|(part, file)| part_of(part, file));
            Body::Multipart { parts: parts.collect::<Result<_, _>>()? }
        }
    })
}

fn part_of(part: RequestPart, file: Option<String>) -> Result<Part, ApiError> {
    let content = match (part.content, file) {
        (PartContent::Text(text), None) => Content::Text { text },
        (PartContent::Text(_), Some(path)) => Content::File { path, file_name: None },
        (PartContent::File { name, .. }, Some(path)) => {
            Content::File { path, file_name: Some(name) }
        }
        (PartContent::File { .. }, None) => return Err(no_file()),
    };
    Ok(Part { name: part.name, content, content_type: part.content_type, on: true })
}

fn no_file() -> ApiError {
    ApiError::new(
        ErrorCode::InvalidInput,
        "code can name a file alone, and the body was read from none",
    )
    .hint("Give the body as a file.")
}

/// The commands that print the header lines, and the value of a parameter: the shell's own `printf` is no
/// process, and so stands in no list of them.
fn commands(outline: &RequestOutline) -> (String, String) {
    let source = |variable: &str| {
        let known = outline.variables.iter().find(|(name, _)| name == variable);
        known.map(|(_, command)| command.clone()).unwrap_or_default()
    };
    let mut lines = Vec::new();
    let mut value = String::new();
    for carrier in &outline.carriers {
        match carrier {
            Carrier::Header { name, scheme, variable } => {
                let scheme = scheme.as_ref().map(|scheme| format!("{scheme} ")).unwrap_or_default();
                let head = word(&format!("{name}: {scheme}"));
                lines.push(format!("printf '%s%s\\n' {} \"$({})\"", &*head, source(variable)));
            }
            Carrier::Basic { name, user, variable } => {
                let head = word(&format!("{name}: Basic "));
                let pair = format!(
                    "printf '%s:%s' \"$({})\" \"$({})\" | base64 | tr -d '\\n'",
                    source(user),
                    source(variable)
                );
                lines.push(format!("printf '%s%s\\n' {} \"$({pair})\"", &*head));
            }
            Carrier::Query { variable, .. } => value = source(variable),
        }
    }
    (format!("{{ {}; }}", lines.join("; ")), value)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn outline(carriers: Vec<Carrier>) -> RequestOutline {
        RequestOutline {
            method: "GET".to_owned(),
            url: "https://a.example/".to_owned(),
            query: Vec::new(),
            headers: Vec::new(),
            body: None,
            carriers,
            variables: vec![
                ("USER".to_owned(), "echo maya".to_owned()),
                ("KEY".to_owned(), "echo 'a b%s'".to_owned()),
            ],
            client_side_warning: "on a server alone".to_owned(),
        }
    }

    #[test]
    fn the_private_forms_commands_print_each_header_in_a_real_shell() {
        let name = "Authorization".to_owned();
        let (user, variable) = ("USER".to_owned(), "KEY".to_owned());
        let header =
            Carrier::Header { name: "x-it's".into(), scheme: None, variable: variable.clone() };
        let outline = outline(vec![Carrier::Basic { name, user, variable }, header]);
        let (headers, _) = commands(&outline);
        let output = std::process::Command::new("sh").args(["-c", &headers]).output().unwrap();
        // maya:a b%s
        let expected = "Authorization: Basic bWF5YTphIGIlcw==\nx-it's: a b%s\n";
        assert_eq!(String::from_utf8(output.stdout).unwrap(), expected, "{headers}");
    }

    #[test]
    fn a_part_that_is_a_files_text_names_its_file() {
        let part = RequestPart {
            name: "note".to_owned(),
            content: PartContent::Text(String::new()),
            content_type: None,
        };
        let body = RequestBody::Multipart(vec![part]);
        let files = vec![Some("note.txt".to_owned())];
        let code = outline(Vec::new()).code(RequestCodeForm::Curl, Some(body), files).unwrap();
        assert!(code.text.contains("note=<\"note.txt\""), "{}", code.text);
        assert_eq!((code.variables.len(), code.warning), (2, None));
    }

    #[test]
    fn a_body_that_was_read_from_no_file_is_no_code() {
        let raw = RequestBody::Raw { base64: "AP8=".to_owned(), content_type: None };
        let code = outline(Vec::new()).code(RequestCodeForm::Fetch, Some(raw), Vec::new());
        assert_eq!(code.unwrap_err().code, ErrorCode::InvalidInput);
        let page = outline(Vec::new()).code(RequestCodeForm::Fetch, None, Vec::new()).unwrap();
        assert_eq!(page.warning.as_deref(), Some("on a server alone"));
    }
}
