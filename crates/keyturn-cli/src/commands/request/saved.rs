//! `request --saved`: a request that is saved with the credential, sent under its name.

use keyturn_core::CredentialRef;
use keyturn_protocol::calls::{ListSaved, SendRequest};
use keyturn_protocol::{ApiError, Client, ErrorCode, files_of};
use keyturn_request::{Request, SavedRequest, Variables, fill, variables_of};

use super::body::NOTHING_SENT;
use super::{Asked, import};
use crate::context::Context;
use crate::failure::usage;
use crate::parse;

/// Finds a saved request.
pub(crate) fn find(
    agent: &mut Client,
    reference: &CredentialRef,
    name: &str,
) -> Result<SavedRequest, ApiError> {
    let list = agent.call(ListSaved { reference: reference.clone() })?;
    let found = list.into_iter().map(|view| view.saved).find(|saved| saved.name == name);
    found.ok_or_else(|| {
        let message = format!("no request called '{name}' is saved with {reference}");
        ApiError::new(ErrorCode::NotFound, message)
            .hint(format!("`keyturn saved {reference}` lists what is saved."))
    })
}

/// The variables of the command line, each of which the request has.
pub(super) fn variables_for(
    request: &Request,
    words: &[String],
    nothing: &str,
) -> Result<Variables, ApiError> {
    let given: Variables = parse::pairs("--variable", words)?.into_iter().collect();
    let known = variables_of(request);
    let Some(name) = given.keys().find(|name| !known.contains(*name)) else { return Ok(given) };
    let known: Vec<String> = known.into_iter().collect();
    let known = if known.is_empty() { "none".to_owned() } else { known.join(", ") };
    let message = format!("the request has no variable called '{name}'");
    Err(usage(message, format!("Its variables: {known}. {nothing}")))
}

/// What a saved request asks for, its variables filled; what was given beside it comes after its own.
pub(super) fn asked(
    context: &Context,
    agent: &mut Client,
    reference: &CredentialRef,
    name: &str,
    variables: &[String],
) -> Result<Asked, ApiError> {
    let saved = find(agent, reference, name)?;
    import::tell_files(context, None, &saved.request);
    let given = variables_for(&saved.request, variables, NOTHING_SENT)?;
    let filled = fill(&saved.request, &given).map_err(|missing| {
        usage(missing.to_string(), "Give each with --variable NAME=VALUE. Nothing was sent.")
    })?;
    let environment = saved.environment.as_deref().map(str::parse).transpose();
    let environment = environment.map_err(|_| {
        let message = format!("the environment that '{name}' is saved for is none");
        usage(message, "Name another one with --environment ENV. Nothing was sent.")
    })?;
    let call = SendRequest::of(reference.clone(), &filled, &import::read_file)?;
    Ok(Asked {
        method: call.method,
        path: call.path,
        address: None,
        query: call.query,
        headers: call.headers,
        body: call.body,
        files: files_of(&filled.request().body),
        environment,
        recipe: saved.recipe,
        checks: saved.checks,
        saved: Some(saved.name),
    })
}
