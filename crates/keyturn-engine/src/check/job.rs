//! One request that is to be run, settled as far as it can be without asking anybody.

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex};

use chrono::TimeDelta;
use keyturn_core::{Credential, CredentialId, EnvironmentName};
use keyturn_providers::{Profile, TestCall};
use keyturn_request::{Body, Content, Filled, Header, Param, Part, SavedRequest, Variables, fill};
use keyturn_vault::Vault;

use super::judge::{bought, judged, never_run, not_run, of_error};
use super::{CheckResult, Checked, Manner};
use crate::back_off::wait;
use crate::engine::guard;
use crate::{Body as Sent, BodyPart, Engine, EngineError, PartOf, TestRequest, TokenRequest};

/// What is asked where a token is the test.
const BUYING: &str = "getting a token";

/// Why nothing is asked of one that is not there as it was.
const GONE: &str = "its credential was renamed or removed meanwhile";
const FORGOTTEN: &str = "it is no longer saved";
const OFF: &str = "the daily check was switched off meanwhile";
/// Why a credential is not sent once more.
const REFUSED: &str = "it was not sent, since the provider has just refused the credential";

/// How long a request waits for its turns altogether: one that comes within the second is worth it.
const PATIENCE: TimeDelta = TimeDelta::seconds(10);

/// One run of several requests.
pub(super) struct Round {
    pub(super) manner: Manner,
    pub(super) caller: String,
    /// Where a credential was refused. It is not sent there again with each of its requests: that may lock
    /// an account.
    refused: Mutex<BTreeSet<(CredentialId, EnvironmentName)>>,
}

/// One request.
pub(super) struct Job {
    checked: Checked,
    asks: Asks,
}

/// What is asked.
enum Asks {
    /// The profile's test call.
    TestCall,
    /// What is saved with the credential under the name of the job.
    Saved,
    /// Nothing: it is told already how it went.
    Nothing,
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

impl Round {
    pub(super) fn new(manner: Manner, caller: &str) -> Self {
        Self { manner, caller: caller.to_owned(), refused: Mutex::default() }
    }

    fn was_refused(&self, checked: &Checked) -> bool {
        let refused = guard(&self.refused);
        place_of(checked).is_some_and(|place| refused.contains(&place))
    }

    fn note(&self, checked: &Checked) {
        if checked.credential_refused {
            guard(&self.refused).extend(place_of(checked));
        }
    }
}

/// Whose key was sent, and where.
fn place_of(checked: &Checked) -> Option<(CredentialId, EnvironmentName)> {
    Some((checked.owner, checked.environment.clone()?))
}

impl Job {
    /// The profile's test call, if it is harmless.
    pub(super) fn of_profile(credential: &Credential, profile: Option<&Profile>) -> Self {
        Self { checked: test_call(credential, profile).0, asks: Asks::TestCall }
    }

    /// A request that is saved with a credential.
    pub(super) fn of_saved(credential: &Credential, saved: &SavedRequest) -> Self {
        Self { checked: as_saved(credential, saved).0, asks: Asks::Saved }
    }

    /// What is saved with a credential could not be read.
    pub(super) fn unreadable(credential: &Credential, error: &EngineError) -> Self {
        let checked = unknown(credential, String::new(), None);
        Self { checked: not_run(checked, error.to_string()), asks: Asks::Nothing }
    }

    /// What is known of it before it is run.
    pub(super) fn checked(&self) -> &Checked {
        &self.checked
    }

    /// Whether it is one of these; of what could not be read then, nobody knows the names.
    pub(super) fn is_one_of(&self, asked: &BTreeSet<(CredentialId, String)>) -> bool {
        let Checked { owner, request, .. } = &self.checked;
        asked.contains(&(*owner, request.clone())) || asked.contains(&(*owner, String::new()))
    }

    /// Runs it. An error says that the vault is closed, and concerns all of them.
    pub(super) async fn run(
        self,
        engine: &Arc<Engine>,
        round: &Round,
    ) -> Result<Checked, EngineError> {
        let mut patience = PATIENCE;
        loop {
            // Others may change it until it is sent: what counts is what is there then.
            let (checked, task) = engine.read(|vault| Ok(self.settled(engine, vault, round)))?;
            match task.done(&checked, engine, round).await {
                Ok(done) => {
                    round.note(&done);
                    return Ok(done);
                }
                Err(error) => {
                    let span = turn_in(&error, engine).filter(|span| *span <= patience);
                    let Some(span) = span else {
                        let done = of_error(checked, error)?;
                        round.note(&done);
                        return Ok(done);
                    };
                    patience -= span;
                    wait(&*engine.ports.clock, span).await;
                }
            }
        }
    }

    /// What it is by now, and what is to be done.
    fn settled(&self, engine: &Engine, vault: &Vault, round: &Round) -> (Checked, Task) {
        let known = || self.checked.clone();
        let told = |checked: Checked| (checked, Task::Told);
        if matches!(self.asks, Asks::Nothing) {
            return told(known());
        }
        if round.manner.daily && !vault.settings().security.daily_check {
            return told(not_run(known(), OFF.to_owned()));
        }
        let credential = vault.credential(self.checked.owner).filter(|credential| {
            credential.removed_at.is_none() && credential.reference() == self.checked.reference
        });
        let Some(credential) = credential else { return told(never_run(known(), GONE.to_owned())) };
        let (checked, task) = match self.asks {
            Asks::Nothing | Asks::TestCall => {
                test_call(credential, engine.profile(&credential.provider).ok())
            }
            Asks::Saved => match vault.saved_requests(credential.id) {
                Ok(list) => match list.iter().find(|one| one.name == self.checked.request) {
                    Some(saved) => as_saved(credential, saved),
                    None => return told(never_run(known(), FORGOTTEN.to_owned())),
                },
                Err(error) => return told(not_run(known(), error.to_string())),
            },
        };
        if round.was_refused(&checked) {
            return told(never_run(checked, REFUSED.to_owned()));
        }
        (checked, task)
    }
}

impl Task {
    /// Does it.
    async fn done(
        self,
        checked: &Checked,
        engine: &Arc<Engine>,
        round: &Round,
    ) -> Result<Checked, EngineError> {
        let checked = checked.clone();
        let Round { manner, caller, .. } = round;
        match self {
            Self::Told => Ok(checked),
            Self::Nothing(why) => Ok(never_run(checked, why)),
            Self::Buy => {
                let usable = TokenRequest::usable(checked.reference.clone(), None);
                // Who asks by hand wants to know of the key, and not of what it bought.
                let wanted = TokenRequest { renew: !manner.daily, no_wait: true, ..usable };
                let token = engine.token(&wanted, caller).await?;
                Ok(bought(checked, &token))
            }
            Self::Send(request) => {
                if let (Some(why), false) = (engine.held_back(&request)?, manner.confirmed) {
                    return Ok(never_run(checked, format!("{why}: run it with --yes")));
                }
                let request = TestRequest { confirmed: manner.confirmed, ..*request };
                Ok(judged(checked, engine.send(request, caller).await?))
            }
        }
    }
}

/// In how long there is room again, where that is what is in the way.
fn turn_in(error: &EngineError, engine: &Engine) -> Option<TimeDelta> {
    let error = match error {
        EngineError::Shared(shared) => shared,
        other => other,
    };
    let EngineError::NotYet { retry_at, .. } = error else { return None };
    Some((*retry_at - engine.now()).max(TimeDelta::milliseconds(1)))
}

/// The profile's test call.
fn test_call(credential: &Credential, profile: Option<&Profile>) -> (Checked, Task) {
    let nothing = || Task::Nothing("there is nothing to run: save a request".to_owned());
    let (request, task) = match profile.map(|profile| (profile, &profile.test_call)) {
        Some((profile, TestCall::Sample { sample })) => match profile.sample(sample) {
            Some(known) => {
                let request = TestRequest {
                    sample: Some(sample.clone()),
                    ..impatient(credential, credential.environment().clone())
                };
                (known.label.clone(), Task::Send(Box::new(request)))
            }
            None => (String::new(), nothing()),
        },
        Some((_, TestCall::Exchange { .. })) => (BUYING.to_owned(), Task::Buy),
        Some((_, TestCall::None { .. })) | None => (String::new(), nothing()),
    };
    (unknown(credential, request, Some(credential.environment().clone())), task)
}

/// A request that is saved with a credential.
fn as_saved(credential: &Credential, saved: &SavedRequest) -> (Checked, Task) {
    let (environment, task) = match environment_of(credential, saved) {
        Err(why) => (None, Task::Nothing(why)),
        Ok(environment) => {
            let request = impatient(credential, environment.clone());
            let task = match request_of(request, saved) {
                Ok(request) => Task::Send(Box::new(TestRequest {
                    checks: saved.checks.clone(),
                    saved: Some(saved.name.clone()),
                    ..request
                })),
                Err(why) => Task::Nothing(why),
            };
            (Some(environment), task)
        }
    };
    (unknown(credential, saved.name.clone(), environment), task)
}

pub(super) fn unknown(
    credential: &Credential,
    request: String,
    environment: Option<EnvironmentName>,
) -> Checked {
    Checked {
        owner: credential.id,
        secret_version: credential.secret_version,
        reference: credential.reference(),
        request,
        environment,
        result: CheckResult::NotRun,
        why: None,
        status: None,
        meaning: None,
        total_ms: None,
        checks: Vec::new(),
        credential_refused: false,
        undecided: false,
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
fn impatient(credential: &Credential, environment: EnvironmentName) -> TestRequest {
    let environment = Some(environment);
    TestRequest { environment, no_wait: true, ..TestRequest::new(credential.reference()) }
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
