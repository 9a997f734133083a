//! `keyturn request`.

mod body;
mod code;
mod import;
mod part;
pub(crate) mod report;
mod verbose;

use std::path::PathBuf;

use clap::Args;
use keyturn_core::{CredentialRef, EnvironmentName};
use keyturn_protocol::calls::{KeepExchange, OutlineRequest, RequestBody, SendRequest};
use keyturn_protocol::{ApiError, ErrorCode};

use crate::commands::request::body::BodyFlags;
use crate::context::Context;
use crate::exit::Status;
use crate::failure::{Failure, usage};
use crate::input::confirm;
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
#[derive(Debug, Args)]
#[command(
    verbatim_doc_comment,
    override_usage = "keyturn request [OPTIONS] <REF> <[METHOD] PATH|--sample ID|--from-curl>"
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

    /// Put this value where the command has $K; repeat for more
    #[arg(long, value_name = "K=V", requires = "from_curl")]
    variable: Vec<String>,

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
}

impl Request {
    pub(crate) fn run(self, context: &Context) -> Result<Status, Failure> {
        let asked = self.asked(context)?;
        let call = self.call(self.yes, &asked);
        let mut agent = context.agent()?;
        if asked.address.is_some() || self.written_as.is_some() {
            let request = self.call(true, &asked);
            let outline = agent.call(OutlineRequest { request, address: asked.address.clone() })?;
            if let Some(form) = self.written_as {
                code::print(context, form, &self.reference, &outline, asked.body, asked.files)?;
                return Ok(Status::Done);
            }
        }
        let answer = match agent.call(call) {
            Err(error) if error.code == ErrorCode::ConfirmationNeeded && context.can_ask() => {
                context.output.note("note", &error.message);
                if !confirm("Send it?")? {
                    return Err(error.into());
                }
                agent.call(self.call(true, &asked))?
            }
            answer => answer?,
        };
        let shown =
            report::Shown { include: self.include, verbose: self.verbose, dry_run: self.dry_run };
        report::print(context, &answer, &shown)?;
        Ok(match answer.status {
            Some(_) if answer.credential_refused => Status::CredentialRefused,
            Some(400..) => Status::Failed,
            // Some providers refuse with a status of success.
            Some(_) if answer.refused => Status::Failed,
            _ => Status::Done,
        })
    }

    /// What is asked for: by a command that was pasted, or by the words of this one.
    fn asked(&self, context: &Context) -> Result<Asked, ApiError> {
        let mut query = parse::pairs("--query", &self.query)?;
        let mut headers = parse::headers(&self.header)?;
        if let Some(file) = &self.from_curl {
            let pasted = import::read(context, file, &self.variable)?;
            query.splice(0..0, pasted.query);
            headers.splice(0..0, pasted.headers);
            return Ok(Asked {
                method: Some(pasted.method),
                path: Some(pasted.path),
                address: Some(pasted.address),
                query,
                headers,
                body: pasted.body,
                files: pasted.files,
            });
        }
        let (method, path) = match self.target.as_slice() {
            [] if self.sample.is_some() => (None, None),
            [] => {
                return Err(usage(
                    "neither a path nor a sample was named",
                    "Name a path like /v1/orders, or a sample with --sample ID.",
                ));
            }
            [path] => (None, Some(path.clone())),
            [method, path, ..] => (Some(method.to_uppercase()), Some(path.clone())),
        };
        let (body, files) = (self.body.read()?, self.body.files());
        Ok(Asked { method, path, address: None, query, headers, body, files })
    }

    fn call(&self, confirmed: bool, asked: &Asked) -> SendRequest {
        SendRequest {
            reference: self.reference.clone(),
            sample: self.sample.clone(),
            method: asked.method.clone(),
            path: asked.path.clone(),
            recipe: self.recipe.clone(),
            query: asked.query.clone(),
            headers: asked.headers.clone(),
            body: asked.body.clone(),
            environment: self.environment.clone(),
            confirmed,
            dry_run: self.dry_run,
            no_wait: self.no_wait,
            keep: self.keep.then(|| KeepExchange { note: self.note.clone() }),
        }
    }
}
