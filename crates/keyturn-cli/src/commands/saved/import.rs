//! `saved --import`: requests out of a document, saved with the credential. What authenticates is left
//! out, and so are requests to other hosts; both are told.

use std::collections::BTreeSet;
use std::path::Path;

use keyturn_core::{CredentialRef, EnvironmentName};
use keyturn_protocol::calls::{
    ListSaved, OutlineRequest, SaveRequests, SendRequest, ShowCredential, ShowProvider,
};
use keyturn_protocol::{ApiError, Client, ErrorCode, address_of, files_of};
use keyturn_request::openapi::{self, OpenApiError};
use keyturn_request::postman::{self, PostmanError};
use keyturn_request::saved::LONGEST_NAME;
use keyturn_request::{Filled, Imported, Request, SavedRequest, curl};
use serde_json::{Value, json};
use zeroize::Zeroizing;

use crate::commands::request::import::tell_files;
use crate::context::Context;
use crate::exit::Status;
use crate::failure::{Failure, usage};
use crate::input::{file, text_from_stdin};

const NOTHING_SAVED: &str = "Nothing was saved.";

/// What a person is to know of an import, beside what was saved.
#[derive(Default)]
struct Told {
    taken_out: Vec<String>,
    left_out: Vec<String>,
    /// The files whose content is sent, each with its request's name.
    files: Vec<Value>,
}

impl Told {
    fn taken_out(&mut self, context: &Context, text: String) {
        context.output.note("taken out", &text);
        self.taken_out.push(text);
    }

    fn left_out(&mut self, context: &Context, text: String) {
        context.output.note("left out", &text);
        self.left_out.push(text);
    }
}

/// What became of the requests.
#[derive(Default)]
struct Outcome {
    saved: Vec<String>,
    left: Vec<Value>,
}

impl Outcome {
    fn not_saved(&mut self, context: &Context, name: &str, why: &ApiError) {
        context.output.note("not saved", &format!("{name}: {}", why.message));
        self.left.push(json!({ "name": name, "why": why.message }));
    }
}

/// Imports all requests of a file.
pub(super) fn run(
    context: &Context,
    agent: &mut Client,
    reference: &CredentialRef,
    from: &Path,
    environment: Option<&EnvironmentName>,
) -> Result<Status, Failure> {
    let text =
        if from == Path::new("-") { text_from_stdin()? } else { file::text(from, NOTHING_SAVED)? };
    let text = Zeroizing::new(text);
    let base = base_of(agent, reference, environment)?;
    let mut told = Told::default();
    let found = read(context, &mut told, &text, &base)?;
    let there = agent.call(ListSaved { reference: reference.clone() })?;
    let mut names: BTreeSet<String> = there.into_iter().map(|view| view.saved.name).collect();
    let mut outcome = Outcome::default();
    let mut ready = Vec::new();
    for (name, imported) in found {
        let name = free(&names, &name);
        names.insert(name.clone());
        for removed in &imported.removed {
            told.taken_out(context, format!("{name}: {}", removed.sentence()));
        }
        for left_out in &imported.left_out {
            told.left_out(context, format!("{name}: {left_out}"));
        }
        tell_files(context, Some(&name), &imported.request);
        match at_its_host(agent, reference, environment, imported.request, &base) {
            Ok(request) => ready.push(SavedRequest {
                name,
                request,
                environment: environment.map(ToString::to_string),
                recipe: None,
                sample: None,
                checks: Vec::new(),
            }),
            Err(error) => outcome.not_saved(context, &name, &error),
        }
    }
    for call in SaveRequests::several(reference, ready) {
        let given: Vec<_> = call
            .requests
            .iter()
            .map(|one| (one.name.clone(), files_of(&one.request.body)))
            .collect();
        let answer = agent.call(call)?;
        for (at, (name, files)) in given.into_iter().enumerate() {
            if let Some(refused) = answer.not_saved.iter().find(|one| one.at == at) {
                outcome.not_saved(context, &name, &refused.why);
                continue;
            }
            let file = |path| json!({ "name": name, "path": path });
            told.files.extend(files.into_iter().flatten().map(file));
            outcome.saved.push(name);
        }
    }
    let Outcome { saved, left } = outcome;
    if context.is_json() {
        let Told { taken_out, left_out, files } = told;
        context.output.json(&json!({
            "saved": saved, "not_saved": left,
            "taken_out": taken_out, "left_out": left_out, "files": files,
        }))?;
    } else {
        let of = if left.is_empty() { String::new() } else { format!(", {} not", left.len()) };
        let requests = if saved.len() == 1 { "request is" } else { "requests are" };
        let text = format!("{} {requests} saved with {reference}{of}.", saved.len());
        context.output.text(&text)?;
    }
    Ok(if left.is_empty() { Status::Done } else { Status::Failed })
}

/// The address of the environment that the requests are for.
fn base_of(
    agent: &mut Client,
    reference: &CredentialRef,
    environment: Option<&EnvironmentName>,
) -> Result<String, ApiError> {
    let credential = agent.call(ShowCredential { reference: reference.clone() })?;
    if let Some(name) = environment
        && !credential.environments.contains(name)
    {
        let known: Vec<String> = credential.environments.iter().map(ToString::to_string).collect();
        let message = format!("{reference} has no environment called '{name}'");
        let hint = format!("It has: {}. {NOTHING_SAVED}", known.join(", "));
        return Err(ApiError::new(ErrorCode::NotFound, message).hint(hint));
    }
    let wanted = environment.or(credential.environments.first());
    let provider = agent.call(ShowProvider { id: reference.provider.clone() })?;
    let known = provider.environments.into_iter().find(|known| Some(&known.name) == wanted);
    Ok(known.map(|known| known.base_url).unwrap_or_default())
}

/// The requests of a text, each with its name.
fn read(
    context: &Context,
    told: &mut Told,
    text: &str,
    base: &str,
) -> Result<Vec<(String, Imported)>, ApiError> {
    let refused = |error: String| usage(error, NOTHING_SAVED);
    if curl::is_command(text) {
        let imported = curl::import(text).map_err(|error| refused(error.to_string()))?;
        let request = &imported.request;
        let address = address_of(&Filled::literally(request.clone()));
        let address = address.unwrap_or_else(|| request.url.clone());
        let path = path_of(&address).to_owned();
        return Ok(vec![(format!("{} {path}", request.method), imported)]);
    }
    let (requests, left_out): (Vec<_>, Vec<_>) = match openapi::read(text, base) {
        Ok(described) => {
            let operations = described.operations.into_iter();
            (operations.map(|one| (one.name, one.imported)).collect(), described.left_out)
        }
        Err(OpenApiError::NotOpenApi | OpenApiError::NotReadable) => match postman::read(text) {
            Ok(collection) => {
                for removed in &collection.removed {
                    told.taken_out(context, removed.sentence());
                }
                let requests = collection.requests.into_iter();
                (requests.map(|one| (one.name, one.imported)).collect(), collection.left_out)
            }
            Err(PostmanError::NotACollection | PostmanError::NotReadable) => {
                let what =
                    "this is no OpenAPI 3 document, no Postman collection and no curl command";
                return Err(refused(what.to_owned()));
            }
            Err(error) => return Err(refused(error.to_string())),
        },
        Err(error) => return Err(refused(error.to_string())),
    };
    for left_out in &left_out {
        told.left_out(context, left_out.to_string());
    }
    Ok(requests)
}

/// The request with a path for its address. One of another host is refused.
fn at_its_host(
    agent: &mut Client,
    reference: &CredentialRef,
    environment: Option<&EnvironmentName>,
    mut request: Request,
    base: &str,
) -> Result<Request, ApiError> {
    if let Some(path) = own_path(&request.url, base) {
        request.url = path;
        return Ok(request);
    }
    let literal = Filled::literally(request.clone());
    let mut call = SendRequest::of(reference.clone(), &literal, &|_| Ok(Vec::new()))?;
    call.environment = environment.cloned();
    let address = address_of(&literal);
    let path = path_of(address.as_deref().unwrap_or(&request.url)).to_owned();
    agent.call(OutlineRequest { request: call, address })?;
    request.url = path;
    Ok(request)
}

/// The path of an address that begins with the environment's own, or with a variable for it.
fn own_path(url: &str, base: &str) -> Option<String> {
    let own = url.strip_prefix(origin_of(base)).filter(|_| !base.is_empty());
    let behind_variable = || url.strip_prefix("{{")?.split_once("}}").map(|(_, rest)| rest);
    let path = own.or_else(behind_variable)?;
    let path = if path.is_empty() { "/" } else { path };
    path.starts_with('/').then(|| path.to_owned())
}

/// Scheme and host of an address.
fn origin_of(base: &str) -> &str {
    let host = base.find("://").map_or(0, |at| at + 3);
    let path = base.get(host..).and_then(|rest| rest.find('/')).map_or(base.len(), |at| host + at);
    base.get(..path).unwrap_or_default()
}

/// The path of `//HOST/PATH`.
fn path_of(address: &str) -> &str {
    let Some(rest) = address.strip_prefix("//") else { return address };
    rest.find('/').and_then(|at| rest.get(at..)).unwrap_or("/")
}

/// A name that nobody has: ` 2` behind it, and so on.
fn free(names: &BTreeSet<String>, name: &str) -> String {
    let plain: String = name.chars().filter(|c| !c.is_control()).collect();
    let plain = if plain.trim().is_empty() { "request" } else { plain.trim() };
    let cut = |room: usize| {
        let cut: String = plain.chars().take(LONGEST_NAME - room).collect();
        cut.trim_end().to_owned()
    };
    let first = cut(0);
    if !names.contains(&first) {
        return first;
    }
    let numbered = (2..).map(|number| {
        let number = format!(" {number}");
        format!("{}{number}", cut(number.len()))
    });
    let mut numbered = numbered.skip_while(|name| names.contains(name));
    numbered.next().unwrap_or(first)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_that_is_taken_gets_a_number_and_stays_within_its_length() {
        let names: BTreeSet<String> =
            ["orders", "orders 2", &"x".repeat(LONGEST_NAME)].map(str::to_owned).into();
        assert_eq!(free(&names, "orders"), "orders 3");
        assert_eq!(free(&names, " new\n"), "new");
        assert_eq!(free(&names, "\u{1b}"), "request");
        assert_eq!(free(&["request".to_owned()].into(), ""), "request 2");
        let long = free(&names, &"x".repeat(LONGEST_NAME + 5));
        assert_eq!((long.chars().count(), long.ends_with(" 2")), (LONGEST_NAME, true));
    }

    #[test]
    fn an_address_is_cut_behind_its_host() {
        assert_eq!(origin_of("https://a.example/base"), "https://a.example");
        assert_eq!(origin_of("https://a.example"), "https://a.example");
        assert_eq!(path_of("//a.example/v1?"), "/v1?");
        assert_eq!((path_of("//a.example"), path_of("/v1")), ("/", "/v1"));
    }
}
