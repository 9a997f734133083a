//! `request --as`: code for a request instead of sending it. The agent checks the request as one that is
//! sent, and gives no secret along: code reads variables of the environment, and the private form asks
//! Keyturn itself.

use clap::ValueEnum;
use keyturn_core::CredentialRef;
use keyturn_protocol::ApiError;
use keyturn_protocol::calls::{CarrierView, PartContent, RequestBody, RequestOutline, RequestPart};
use keyturn_request::code::{Carrier, CodeForm, code, curl_private, word};
use keyturn_request::{Body, Content, Filled, Header, Param, Part, Request};
use serde_json::json;

use crate::context::Context;
use crate::failure::{Failure, usage};

/// The forms of code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Form {
    /// A cURL command
    Curl,
    /// A cURL command whose secrets neither the shell's history nor the list of processes has
    CurlPrivate,
    /// An HTTPie command
    Httpie,
    /// Python with requests
    Python,
    /// JavaScript with fetch, on a server
    Fetch,
}

/// Prints the code; `files` are those that the body was read from.
pub(super) fn print(
    context: &Context,
    form: Form,
    reference: &CredentialRef,
    outline: &RequestOutline,
    body: Option<RequestBody>,
    files: Vec<Option<String>>,
) -> Result<(), Failure> {
    let filled = Filled::literally(request(outline, body, files)?);
    let carriers: Vec<Carrier> = outline.carriers.iter().cloned().map(carrier).collect();
    let of = |form| code(&filled, &carriers, form).map(|code| code.text);
    let text = match form {
        Form::Curl => of(CodeForm::Curl),
        Form::CurlPrivate => {
            let (headers, value) = commands(outline);
            curl_private(&filled, &carriers, &headers, &value)
        }
        Form::Httpie => of(CodeForm::Httpie),
        Form::Python => of(CodeForm::Python),
        Form::Fetch => of(CodeForm::Javascript),
    };
    let text = text.map_err(|error| usage(error.to_string(), "Choose another form with --as."))?;
    let warning = (form == Form::Fetch).then_some(&outline.client_side_warning);
    let reads = form != Form::CurlPrivate;
    let variables = outline.variables.iter().filter(|_| reads);
    if context.is_json() {
        let variables: Vec<_> = variables
            .map(|(variable, command)| json!({"variable": variable, "command": command}))
            .collect();
        let document = json!({
            "ref": reference,
            "code": text,
            "variables": variables,
            "warning": warning,
        });
        return Ok(context.output.json(&document)?);
    }
    context.output.text(&text)?;
    for (variable, command) in variables {
        context.output.note("set", &format!("export {variable}=\"$({command})\""));
    }
    if let Some(warning) = warning {
        context.output.note("warning", warning);
    }
    Ok(())
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
    let content = match part.content {
        PartContent::Text(text) => Content::Text { text },
        PartContent::File { name, .. } => {
            Content::File { path: file.ok_or_else(no_file)?, file_name: Some(name) }
        }
    };
    Ok(Part { name: part.name, content, content_type: part.content_type, on: true })
}

fn no_file() -> ApiError {
    usage("code can name a file alone, and the body is none", "Give it with --body-file FILE.")
}

fn carrier(carrier: CarrierView) -> Carrier {
    match carrier {
        CarrierView::Header { name, scheme, variable } => {
            Carrier::Header { name, scheme, variable }
        }
        CarrierView::Basic { name, user, variable } => Carrier::Basic { name, user, variable },
        CarrierView::Query { name, variable } => Carrier::Query { name, variable },
    }
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
            CarrierView::Header { name, scheme, variable } => {
                let scheme = scheme.as_ref().map(|scheme| format!("{scheme} ")).unwrap_or_default();
                let head = word(&format!("{name}: {scheme}"));
                lines.push(format!("printf '%s%s\\n' {} \"$({})\"", &*head, source(variable)));
            }
            CarrierView::Basic { name, user, variable } => {
                let head = word(&format!("{name}: Basic "));
                let pair = format!(
                    "printf '%s:%s' \"$({})\" \"$({})\" | base64 | tr -d '\\n'",
                    source(user),
                    source(variable)
                );
                lines.push(format!("printf '%s%s\\n' {} \"$({pair})\"", &*head));
            }
            CarrierView::Query { variable, .. } => value = source(variable),
        }
    }
    (format!("{{ {}; }}", lines.join("; ")), value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_private_forms_commands_print_each_header_in_a_real_shell() {
        let name = "Authorization".to_owned();
        let (user, variable) = ("USER".to_owned(), "KEY".to_owned());
        let header =
            CarrierView::Header { name: "x-it's".into(), scheme: None, variable: variable.clone() };
        let outline = RequestOutline {
            method: "GET".to_owned(),
            url: "https://a.example/".to_owned(),
            query: Vec::new(),
            headers: Vec::new(),
            body: None,
            carriers: vec![CarrierView::Basic { name, user, variable }, header],
            variables: vec![
                ("USER".to_owned(), "echo maya".to_owned()),
                ("KEY".to_owned(), "echo 'a b%s'".to_owned()),
            ],
            client_side_warning: String::new(),
        };
        let (headers, _) = commands(&outline);
        let output = std::process::Command::new("sh").args(["-c", &headers]).output().unwrap();
        // maya:a b%s
        let expected = "Authorization: Basic bWF5YTphIGIlcw==\nx-it's: a b%s\n";
        assert_eq!(String::from_utf8(output.stdout).unwrap(), expected, "{headers}");
    }
}
