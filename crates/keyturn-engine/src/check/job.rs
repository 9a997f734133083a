//! One request that is to be run, settled as far as it can be without asking anybody.

use std::sync::Arc;

use keyturn_core::{Credential, CredentialRef, EnvironmentName};
use keyturn_providers::{Profile, TestCall};
use keyturn_request::{Body, Content, Filled, Header, Param, Part, SavedRequest, Variables, fill};

use super::judge::{bought, judged, never_run, not_run, of_error};
use super::{CheckResult, Checked, Manner};
use crate::{Body as Sent, BodyPart, Engine, EngineError, PartOf, TestRequest, TokenRequest};

/// What is asked where a token is the test.
const BUYING: &str = "getting a token";

/// Why what is about people is not run unasked.
const PERSONAL: &str = "it sends personal data, or may be billed: run it with --yes";

/// One request.
pub(super) struct Job {
    checked: Checked,
    task: Task,
}

/// What is to be done for it.
enum Task {
    /// It is sent.
    Send(Box<TestRequest>),
    /// A token is bought, or one that lives is enough.
    Buy,
    /// It cannot be run.
    Nothing(String),
    /// Nothing: it is told already how it went.
    Told,
}

impl Job {
    /// The profile's test call, if it is harmless.
    pub(super) fn of_profile(credential: &Credential, profile: Option<&Profile>) -> Self {
        let reference = credential.reference();
        let nothing = || Task::Nothing("there is nothing to run: save a request".to_owned());
        let (request, task) = match profile.map(|profile| (profile, &profile.test_call)) {
            Some((profile, TestCall::Sample { sample })) => match profile.sample(sample) {
                Some(known) => {
                    let request = TestRequest {
                        sample: Some(sample.clone()),
                        ..impatient(reference.clone(), credential.environment().clone())
                    };
                    (known.label.clone(), Task::Send(Box::new(request)))
                }
                None => (String::new(), nothing()),
            },
            Some((_, TestCall::Exchange { .. })) => (BUYING.to_owned(), Task::Buy),
            Some((_, TestCall::None { .. })) | None => (String::new(), nothing()),
        };
        let environment = Some(credential.environment().clone());
        Self { checked: unknown(reference, request, environment), task }
    }

    /// A request that is saved with a credential.
    pub(super) fn of_saved(credential: &Credential, saved: SavedRequest) -> Self {
        let reference = credential.reference();
        let (environment, task) = match environment_of(credential, &saved) {
            Err(why) => (None, Task::Nothing(why)),
            Ok(environment) => {
                let name = saved.name.clone();
                let request = impatient(reference.clone(), environment.clone());
                let task = match request_of(request, &saved) {
                    Ok(request) => {
                        let (checks, saved) = (saved.checks, Some(name));
                        Task::Send(Box::new(TestRequest { checks, saved, ..request }))
                    }
                    Err(why) => Task::Nothing(why),
                };
                (Some(environment), task)
            }
        };
        Self { checked: unknown(reference, saved.name, environment), task }
    }

    /// What is saved with a credential could not be read.
    pub(super) fn unreadable(credential: &Credential, error: &EngineError) -> Self {
        let checked = unknown(credential.reference(), String::new(), None);
        Self { checked: not_run(checked, error.to_string()), task: Task::Told }
    }

    /// What is known of it before it is run.
    pub(super) fn checked(&self) -> &Checked {
        &self.checked
    }

    /// Runs it. An error says that the vault is closed, and concerns all of them.
    pub(super) async fn run(
        self,
        engine: &Arc<Engine>,
        manner: Manner,
        caller: &str,
    ) -> Result<Checked, EngineError> {
        let Self { checked, task } = self;
        match task {
            Task::Told => Ok(checked),
            Task::Nothing(why) => Ok(never_run(checked, why)),
            Task::Buy => {
                let usable = TokenRequest::usable(checked.reference.clone(), None);
                let wanted = TokenRequest { renew: manner.buys, no_wait: true, ..usable };
                match engine.token(&wanted, caller).await {
                    Ok(token) => Ok(bought(checked, &token)),
                    Err(error) => of_error(checked, error),
                }
            }
            Task::Send(request) => {
                match engine.is_personal(&request) {
                    Ok(personal) if personal && !manner.confirmed => {
                        return Ok(never_run(checked, PERSONAL.to_owned()));
                    }
                    Ok(_) => {}
                    Err(error) => return of_error(checked, error),
                }
                let request = TestRequest { confirmed: manner.confirmed, ..*request };
                match engine.send(request, caller).await {
                    Ok(sent) => Ok(judged(checked, sent)),
                    Err(error) => of_error(checked, error),
                }
            }
        }
    }
}

pub(super) fn unknown(
    reference: CredentialRef,
    request: String,
    environment: Option<EnvironmentName>,
) -> Checked {
    Checked {
        reference,
        request,
        environment,
        result: CheckResult::NotRun,
        why: None,
        status: None,
        meaning: None,
        total_ms: None,
        checks: Vec::new(),
        credential_refused: false,
        never_runs: false,
    }
}

fn environment_of(
    credential: &Credential,
    saved: &SavedRequest,
) -> Result<EnvironmentName, String> {
    match &saved.environment {
        None => Ok(credential.environment().clone()),
        Some(name) => name.parse().map_err(|_| "its environment has no valid name".to_owned()),
    }
}

/// What nobody waits for, as nobody asked for it by name.
fn impatient(reference: CredentialRef, environment: EnvironmentName) -> TestRequest {
    let environment = Some(environment);
    TestRequest { environment, no_wait: true, ..TestRequest::new(reference) }
}

/// A saved request as it is sent, or why it cannot be.
fn request_of(request: TestRequest, saved: &SavedRequest) -> Result<TestRequest, String> {
    let filled = fill(&saved.request, &Variables::new()).map_err(|missing| missing.to_string())?;
    let body = body(&filled)?;
    let asked = filled.request();
    Ok(TestRequest {
        method: Some(asked.method.to_uppercase()),
        path: Some(asked.url.clone()),
        recipe: saved.recipe.clone(),
        query: Param::sent(&asked.query),
        headers: Header::sent(&asked.headers),
        body,
        ..request
    })
}

fn body(filled: &Filled) -> Result<Option<Sent>, String> {
    let bytes = |content_type: &str, text: &String| Sent::Bytes {
        content_type: content_type.to_owned(),
        bytes: text.clone().into_bytes(),
    };
    Ok(Some(match &filled.request().body {
        Body::None => return Ok(None),
        Body::Json { text } => bytes("application/json", text),
        Body::Text { text, content_type } => {
            bytes(content_type.as_deref().unwrap_or("text/plain; charset=utf-8"), text)
        }
        Body::Form { fields } => Sent::Form(Param::sent(fields)),
        Body::Multipart { parts } => {
            let parts = parts.iter().filter(|part| part.on).map(part);
            Sent::Multipart(parts.collect::<Result<_, _>>()?)
        }
        Body::File { .. } => return Err(WITH_FILE.to_owned()),
    }))
}

/// Why a file is not sent: nobody says that it is still the one that was meant.
const WITH_FILE: &str =
    "it sends a file, and files are read by the window and the command line alone";

fn part(part: &Part) -> Result<BodyPart, String> {
    match &part.content {
        Content::File { .. } => Err(WITH_FILE.to_owned()),
        Content::Text { text } => Ok(BodyPart {
            name: part.name.clone(),
            content: PartOf::Text(text.clone()),
            content_type: part.content_type.clone(),
        }),
    }
}
