//! `request --as`: code for a request instead of sending it.

use clap::ValueEnum;
use keyturn_core::CredentialRef;
use keyturn_protocol::RequestCodeForm;
use keyturn_protocol::calls::{RequestBody, RequestOutline};
use serde_json::json;

use crate::context::Context;
use crate::failure::Failure;

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

impl From<Form> for RequestCodeForm {
    fn from(form: Form) -> Self {
        match form {
            Form::Curl => Self::Curl,
            Form::CurlPrivate => Self::CurlPrivate,
            Form::Httpie => Self::Httpie,
            Form::Python => Self::Python,
            Form::Fetch => Self::Fetch,
        }
    }
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
    let code = outline.code(form.into(), body, files)?;
    if context.is_json() {
        let variables: Vec<_> = code
            .variables
            .iter()
            .map(|(variable, command)| json!({"variable": variable, "command": command}))
            .collect();
        let document = json!({
            "ref": reference,
            "code": code.text,
            "variables": variables,
            "warning": code.warning,
        });
        return Ok(context.output.json(&document)?);
    }
    context.output.text(&code.text)?;
    for (variable, command) in &code.variables {
        context.output.note("set", &format!("export {variable}=\"$({command})\""));
    }
    if let Some(warning) = &code.warning {
        context.output.note("warning", warning);
    }
    Ok(())
}
