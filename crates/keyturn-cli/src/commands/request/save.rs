//! `request --save`: what is asked for is saved with the credential under a name, and not sent.

use std::path::PathBuf;

use keyturn_protocol::calls::{
    ListSaved, OutlineRequest, PartContent, RequestBody, SampleView, SaveRequest, SavedView,
    SendRequest, ShowProvider,
};
use keyturn_protocol::{ApiError, Client, ErrorCode, address_of};
use keyturn_request::{Body, Check, Content, Filled, Header, Param, Part, Request, SavedRequest};

use super::{NOTHING_SAVED, import, saved};
use crate::context::Context;
use crate::failure::{Failure, usage};
use crate::input::confirm;
use crate::output::shell;
use crate::parse;

impl super::Request {
    /// Saves what is asked for, in the place of one of that name where the user agrees.
    pub(super) fn save(&self, context: &Context, name: &str) -> Result<(), Failure> {
        let checks = self.checks()?;
        let mut agent = context.agent()?;
        let saved = self.to_save(context, &mut agent, name, checks)?;
        let call = |replaces: Option<String>| SaveRequest {
            reference: self.reference.clone(),
            saved: saved.clone(),
            replaces,
        };
        let there = agent.call(ListSaved { reference: self.reference.clone() })?;
        let taken = there.iter().any(|view| view.saved.name == name);
        if taken && !self.yes {
            let question = format!("A request called '{name}' is saved already. Replace it?");
            if !context.can_ask() || !confirm(&question)? {
                let message = format!("a request called '{name}' is saved already");
                let hint = "Say --yes to replace it, or choose another name. Nothing was saved.";
                return Err(ApiError::new(ErrorCode::ConfirmationNeeded, message)
                    .hint(hint)
                    .into());
            }
        }
        let list = agent.call(call(taken.then(|| name.to_owned())))?;
        let view = list.into_iter().find(|view| view.saved.name == name);
        told(context, self, view.as_ref())
    }

    fn to_save(
        &self,
        context: &Context,
        agent: &mut Client,
        name: &str,
        checks: Vec<Check>,
    ) -> Result<SavedRequest, ApiError> {
        let mut recipe = self.recipe.clone();
        let mut request = if let Some(file) = &self.from_curl {
            let imported = import::read_unfilled(context, file)?;
            self.at_its_host(agent, imported)?
        } else if let Some(id) = &self.sample {
            let sample = self.sample(agent, id)?;
            recipe = recipe.or_else(|| sample.recipe.clone());
            of_sample(&sample)
        } else {
            let (method, path) = self.target()?;
            let mut request = Request::new(&method, &path);
            request.body = self.body_to_save()?;
            request
        };
        let query = parse::pairs("--query", &self.query)?;
        if self.sample.is_some() {
            // As it is sent: what is given counts instead of the sample's own.
            request.query.retain(|own| query.iter().all(|(name, _)| *name != own.name));
        }
        request.query.extend(query.iter().map(|(name, value)| Param::new(name, value)));
        let headers = parse::headers(&self.header)?;
        request.headers.extend(headers.iter().map(|(name, value)| Header::new(name, value)));
        let given = saved::variables_for(&request, &self.variable, NOTHING_SAVED)?;
        request.variables.extend(given);
        Ok(SavedRequest {
            name: name.to_owned(),
            request,
            environment: self.environment.as_ref().map(ToString::to_string),
            recipe,
            sample: self.sample.clone(),
            checks,
        })
    }

    /// A request whose address is a path. One of another host is refused.
    fn at_its_host(&self, agent: &mut Client, imported: Request) -> Result<Request, ApiError> {
        let literal = Filled::literally(imported);
        let mut request = SendRequest::of(self.reference.clone(), &literal, &|_| Ok(Vec::new()))?;
        request.environment.clone_from(&self.environment);
        request.recipe.clone_from(&self.recipe);
        let path = request.path.clone();
        agent.call(OutlineRequest { request, address: address_of(&literal) })?;
        let mut imported = literal.request().clone();
        imported.url = path.unwrap_or_default();
        Ok(imported)
    }

    fn sample(&self, agent: &mut Client, id: &str) -> Result<SampleView, ApiError> {
        let provider = agent.call(ShowProvider { id: self.reference.provider.clone() })?;
        let known: Vec<String> = provider.samples.iter().map(|one| one.id.clone()).collect();
        provider.samples.into_iter().find(|one| one.id == id).ok_or_else(|| {
            let hint = if known.is_empty() {
                format!("Give METHOD and PATH instead. {NOTHING_SAVED}")
            } else {
                format!("Known: {}. {NOTHING_SAVED}", known.join(", "))
            };
            usage(format!("{} has no sample called '{id}'", self.reference.provider), hint)
        })
    }

    /// The body by its flags; a file stays a file, and is read when it is sent.
    fn body_to_save(&self) -> Result<Body, ApiError> {
        let files = self.body.files();
        if self.body.is_stdin() {
            return Err(usage(
                "standard input is no file that a saved request could send again",
                "Name a file with --body-file, or give the text with --json - or --text -. Nothing was saved.",
            ));
        }
        Ok(match self.body.read()? {
            None => Body::None,
            Some(RequestBody::Json(text)) => Body::Json { text },
            Some(RequestBody::Text { text, content_type }) => Body::Text { text, content_type },
            Some(RequestBody::Form(fields)) => {
                let field = |(name, value): &(String, String)| Param::new(name, value);
                Body::Form { fields: fields.iter().map(field).collect() }
            }
            Some(RequestBody::Raw { content_type, .. }) => {
                let path = files.into_iter().flatten().next().unwrap_or_default();
                Body::File { path: absolute(path), content_type }
            }
            Some(RequestBody::Multipart(parts)) => {
                let part =
                    |(part, file): (keyturn_protocol::calls::RequestPart, Option<String>)| {
                        let content = match (part.content, file) {
                            (PartContent::File { name, .. }, Some(path)) => {
                                Content::File { path: absolute(path), file_name: Some(name) }
                            }
                            (PartContent::File { name, .. }, None) => {
                                Content::File { path: name.clone(), file_name: Some(name) }
                            }
                            (PartContent::Text(text), _) => Content::Text { text },
                        };
                        Part { name: part.name, content, content_type: part.content_type, on: true }
                    };
                Body::Multipart { parts: parts.into_iter().zip(files).map(part).collect() }
            }
        })
    }
}

/// A file's path that means the same in every folder.
fn absolute(path: String) -> String {
    let whole = std::path::absolute(PathBuf::from(&path));
    whole.map_or(path, |whole| whole.to_string_lossy().into_owned())
}

fn of_sample(sample: &SampleView) -> Request {
    let mut request = Request::new(&sample.method, &sample.path);
    request.query = sample.query.iter().map(|(name, value)| Param::new(name, value)).collect();
    if let Some(body) = &sample.body {
        let text = body.text.clone();
        request.body = match body.content_type.as_str() {
            "application/json" => Body::Json { text },
            other => Body::Text { text, content_type: Some(other.to_owned()) },
        };
    }
    request
}

fn told(
    context: &Context,
    asked: &super::Request,
    view: Option<&SavedView>,
) -> Result<(), Failure> {
    let Some(view) = view else { return Ok(()) };
    if context.is_json() {
        context.output.json(view)?;
        return Ok(());
    }
    let name = &view.saved.name;
    let reference = &asked.reference;
    context.output.text(&format!("'{name}' is saved with {reference}; nothing was sent."))?;
    let variables = view
        .variables
        .iter()
        .map(|name| format!(" --variable {}", shell::word(&format!("{name}=…"))));
    let variables: Vec<String> = variables.collect();
    let command =
        format!("keyturn request {reference} --saved {}{}", shell::word(name), variables.concat());
    context.output.note("send", &command);
    Ok(())
}
