//! `keyturn request`.

mod body;
mod code;
mod follow;
pub(crate) mod import;
mod part;
pub(crate) mod report;
mod save;
pub(crate) mod saved;
mod verbose;

use std::path::PathBuf;

use clap::Args;
use keyturn_core::{CredentialRef, EnvironmentName};
use keyturn_protocol::calls::{
    KeepExchange, OutlineRequest, RequestBody, SendRequest, SendRequestAnswer,
};
use keyturn_protocol::{ApiError, Client, address_of, files_of};
use keyturn_request::Check;

use crate::commands::request::body::BodyFlags;
use crate::context::Context;
use crate::exit::Status;
use crate::failure::{Failure, usage};
use crate::input::call_with_yes;
use crate::parse;

/// Send a request with the provider's recipe, and say what the answer means
///
/// The recipe adds token, key and headers; you give method and path, or one of the samples that
/// `keyturn provider show ID` lists. The answer's body goes to stdout, its meaning to stderr. Ends
/// with 6 when the provider refuses the credential, with 1 for other statuses from 400 on and for
/// refusals that come with a status of success.
///
/// Example:
///     keyturn request acme/main GET /v1/orders --query limit=1
///     keyturn request acme/main --sample whoami --include
///     keyturn request acme/main --from-curl < command.txt
///     keyturn request acme/main /v1/orders --as python
///     keyturn request acme/main /v1/orders --save orders --check "status 2xx"
///     keyturn request acme/main --saved orders
#[derive(Debug, Args)]
#[command(
    verbatim_doc_comment,
    override_usage = "keyturn request [OPTIONS] <REF> <[METHOD] PATH|--sample ID|--saved NAME|--from-curl>"
)]
pub(crate) struct Request {
    /// The credential, PROVIDER/NAME
    #[arg(value_name = "REF")]
    reference: CredentialRef,

    /// The path below the environment's base URL, with a method before it unless it is GET
    #[arg(value_name = "[METHOD] PATH", num_args = 0..=2)]
    target: Vec<String>,

    /// Send one of the profile's sample requests
    #[arg(long, value_name = "ID", conflicts_with = "target")]
    sample: Option<String>,

    /// Send what a curl command asks for, as browsers copy it: from a file, or from stdin; its own
    /// credential is taken out
    #[arg(
        long,
        value_name = "FILE",
        num_args = 0..=1,
        default_missing_value = "-",
        conflicts_with_all = ["target", "sample", "json", "text", "form", "multipart", "body_file"]
    )]
    from_curl: Option<PathBuf>,

    /// Send a request that is saved with the credential, and check its answer; see `keyturn saved`
    #[arg(
        long,
        value_name = "NAME",
        conflicts_with_all = ["target", "sample", "from_curl", "json", "text", "form", "multipart", "body_file"]
    )]
    saved: Option<String>,

    /// Put this value where the command has $K, or the saved request {{K}}; repeat for more
    #[arg(long, value_name = "K=V")]
    variable: Vec<String>,

    /// Save it with the credential under this name instead of sending it; {{K}} stands for a variable,
    /// {K} for one in the path
    #[arg(
        long,
        value_name = "NAME",
        conflicts_with_all = ["saved", "written_as", "dry_run", "keep", "include", "verbose", "no_wait"]
    )]
    save: Option<String>,

    /// Check the answer, and end with 1 where it is otherwise: "status 2xx", "json $.data.id present",
    /// "json $.a = 7", "header content-type contains json", "time < 500"; repeat for more
    #[arg(long, value_name = "CHECK", conflicts_with_all = ["dry_run", "written_as"])]
    check: Vec<String>,

    /// Print code for it instead of sending it; it reads its secrets from the environment, and with
    /// curl-private from Keyturn
    #[arg(long = "as", value_name = "FORM", conflicts_with_all = ["dry_run", "keep", "include", "verbose"])]
    written_as: Option<code::Form>,

    /// Send it with this recipe of the profile instead of the usual one
    #[arg(long, value_name = "NAME")]
    recipe: Option<String>,

    /// Add a query parameter; repeat for more
    #[arg(long, value_name = "K=V")]
    query: Vec<String>,

    /// Add a header; repeat for more
    #[arg(long, value_name = "K:V")]
    header: Vec<String>,

    #[command(flatten)]
    body: BodyFlags,

    /// In this environment instead of the preferred one
    #[arg(long, value_name = "ENV")]
    environment: Option<EnvironmentName>,

    /// Agree to a request that creates something
    #[arg(long, short)]
    yes: bool,

    /// Print status and headers of the answer, too
    #[arg(long, short)]
    include: bool,

    /// Tell on standard error what was sent, how long each part took, and who answered
    #[arg(long, short)]
    verbose: bool,

    /// Show what would be sent, and send nothing
    #[arg(long)]
    dry_run: bool,

    /// Fail at once, and say when, where the provider's limits or its trouble would make it wait
    #[arg(long)]
    no_wait: bool,

    /// Go where the answer leads, if it is a redirect: one step, without the credential
    #[arg(long, conflicts_with_all = ["dry_run", "save", "written_as"])]
    follow_redirect: bool,

    /// Keep the exchange in the vault, query and answer included; see `keyturn kept`
    #[arg(long, conflicts_with = "dry_run")]
    keep: bool,

    /// Your own words about what you keep
    #[arg(long, value_name = "TEXT", requires = "keep")]
    note: Option<String>,
}

/// What is asked for.
struct Asked {
    method: Option<String>,
    path: Option<String>,
    /// The address that it was written down with, `//HOST/PATH`.
    address: Option<String>,
    query: Vec<(String, String)>,
    headers: Vec<(String, String)>,
    body: Option<RequestBody>,
    /// The files that the body was read from.
    files: Vec<Option<String>>,
    /// The environment and the recipe that it is saved for.
    environment: Option<EnvironmentName>,
    recipe: Option<String>,
    /// The checks that are saved with it.
    checks: Vec<Check>,
    /// Its name, where it is saved.
    saved: Option<String>,
}

/// What is said where nothing was saved.
const NOTHING_SAVED: &str = "Nothing was saved.";

impl Request {
    pub(crate) fn run(self, context: &Context) -> Result<Status, Failure> {
        if !self.variable.is_empty()
            && [&self.saved, &self.save].iter().all(|name| name.is_none())
            && self.from_curl.is_none()
        {
            return Err(usage(
                "--variable is for a request that has variables",
                "Give it with --from-curl, --saved or --save. Nothing was sent.",
            )
            .into());
        }
        if let Some(name) = &self.save {
            self.save(context, name)?;
            return Ok(Status::Done);
        }
        let mut agent = context.agent()?;
        let mut asked = self.asked(context, &mut agent)?;
        asked.checks.extend(self.checks()?);
        if asked.address.is_some() || self.written_as.is_some() {
            let request = self.call(true, &asked);
            let outline = agent.call(OutlineRequest { request, address: asked.address.clone() })?;
            if let Some(form) = self.written_as {
                code::print(context, form, &self.reference, &outline, asked.body, asked.files)?;
                return Ok(Status::Done);
            }
        }
        let shown =
            report::Shown { include: self.include, verbose: self.verbose, dry_run: self.dry_run };
        let call = |confirmed| self.call(confirmed, &asked);
        if self.follow_redirect {
            let first = call_with_yes(context, &mut agent, self.yes, "Send it?", call)?;
            let last = follow::print(context, &mut agent, &self.reference, &shown, first)?;
            return Ok(status_of(&last));
        }
        send(context, &mut agent, self.yes, &shown, call)
    }

    /// The checks of the command line.
    fn checks(&self) -> Result<Vec<Check>, ApiError> {
        let read = |text: &String| {
            text.parse::<Check>().and_then(|check| check.checked().map(|()| check)).map_err(
                |error| {
                    let hint = "Write it as \"status 2xx\", \"json $.a present\", \"json $.a = 7\", \
                                \"header NAME contains TEXT\" or \"time < 500\". Nothing was sent.";
                    usage(format!("--check {text}: {error}"), hint)
                },
            )
        };
        self.check.iter().map(read).collect()
    }

    /// Method and path.
    fn target(&self) -> Result<(String, String), ApiError> {
        match self.target.as_slice() {
            [] => Err(usage(
                "neither a path nor a sample was named",
                "Name a path like /v1/orders, or a sample with --sample ID.",
            )),
            [path] => Ok(("GET".to_owned(), path.clone())),
            [method, path, ..] => Ok((method.to_uppercase(), path.clone())),
        }
    }

    /// What is asked for: by a command that was pasted, or by the words of this one.
    fn asked(&self, context: &Context, agent: &mut Client) -> Result<Asked, ApiError> {
        let mut query = parse::pairs("--query", &self.query)?;
        let mut headers = parse::headers(&self.header)?;
        if let Some(name) = &self.saved {
            let mut asked = saved::asked(context, agent, &self.reference, name, &self.variable)?;
            asked.query.append(&mut query);
            asked.headers.append(&mut headers);
            return Ok(asked);
        }
        if let Some(file) = &self.from_curl {
            let pasted = import::read(context, file, &self.variable)?;
            let call = SendRequest::of(self.reference.clone(), &pasted, &import::read_file)?;
            query.splice(0..0, call.query);
            headers.splice(0..0, call.headers);
            return Ok(Asked {
                method: call.method,
                path: call.path,
                address: address_of(&pasted),
                query,
                headers,
                body: call.body,
                files: files_of(&pasted.request().body),
                environment: None,
                recipe: None,
                checks: Vec::new(),
                saved: None,
            });
        }
        let (method, path) = match self.target.as_slice() {
            [] if self.sample.is_some() => (None, None),
            [path] => (None, Some(path.clone())),
            _ => {
                let (method, path) = self.target()?;
                (Some(method), Some(path))
            }
        };
        let (body, files) = (self.body.read()?, self.body.files());
        Ok(Asked {
            method,
            path,
            address: None,
            query,
            headers,
            body,
            files,
            environment: None,
            recipe: None,
            checks: Vec::new(),
            saved: None,
        })
    }

    fn call(&self, confirmed: bool, asked: &Asked) -> SendRequest {
        SendRequest {
            reference: self.reference.clone(),
            sample: self.sample.clone(),
            method: asked.method.clone(),
            path: asked.path.clone(),
            recipe: self.recipe.clone().or_else(|| asked.recipe.clone()),
            query: asked.query.clone(),
            headers: asked.headers.clone(),
            body: asked.body.clone(),
            environment: self.environment.clone().or_else(|| asked.environment.clone()),
            confirmed,
            dry_run: self.dry_run,
            no_wait: self.no_wait,
            keep: self.keep.then(|| KeepExchange { note: self.note.clone() }),
            checks: asked.checks.clone(),
            saved: asked.saved.clone(),
        }
    }
}

/// Sends a request, asks first where it creates something, and prints the answer.
pub(crate) fn send(
    context: &Context,
    agent: &mut Client,
    yes: bool,
    shown: &report::Shown,
    call: impl Fn(bool) -> SendRequest,
) -> Result<Status, Failure> {
    let answer = call_with_yes(context, agent, yes, "Send it?", call)?;
    report::print(context, &answer, shown)?;
    Ok(status_of(&answer))
}

fn status_of(answer: &SendRequestAnswer) -> Status {
    match answer.status {
        Some(_) if answer.credential_refused => Status::CredentialRefused,
        Some(400..) => Status::Failed,
        // Some providers refuse with a status of success.
        Some(_) if answer.refused => Status::Failed,
        Some(_) if answer.checks.iter().any(|check| !check.passed) => Status::Failed,
        _ => Status::Done,
    }
}
