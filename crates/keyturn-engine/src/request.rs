//! Sending one request with the provider's recipe, and saying what the answer means.

use std::sync::Arc;

use chrono::TimeDelta;
use keyturn_core::{CredentialRef, EnvironmentName, SecretFields};
use keyturn_http::{Answer, Endpoint, Redactor, UserBody, UserRequest, build_request};
use keyturn_providers::{
    AnswerFacts, AnsweredBy, Diagnosis, KeyturnAction, Method, Profile, Recipe, Sample, diagnose,
};
use keyturn_vault::{JournalEntry, SaveError};

use crate::endpoint::endpoint;
use crate::engine::find;
use crate::{Engine, EngineError, LiveToken, TokenRequest};

/// A request as the user puts it.
#[derive(Debug)]
pub struct TestRequest {
    /// With which credential.
    pub reference: CredentialRef,
    /// A sample of the profile, whose parts count where nothing else is given.
    pub sample: Option<String>,
    /// The method; `None` is GET, or the sample's.
    pub method: Option<String>,
    /// The path; `None` is the sample's.
    pub path: Option<String>,
    /// Query parameters.
    pub query: Vec<(String, String)>,
    /// Further headers.
    pub headers: Vec<(String, String)>,
    /// The body; `None` is none, or the sample's.
    pub body: Option<Body>,
    /// In which environment; `None` takes the preferred one.
    pub environment: Option<EnvironmentName>,
    /// Whether the user agreed to a request that creates something.
    pub confirmed: bool,
    /// Whether it is only shown, not sent.
    pub dry_run: bool,
}

/// The body of a request.
pub type Body = UserBody;

/// How it went.
#[derive(Debug)]
pub struct Sent {
    /// What was sent, secrets masked.
    pub request: keyturn_http::Sent,
    /// The answer with secrets redacted, and its meaning; `None` for a dry run.
    pub answer: Option<(Answer, Diagnosis)>,
    /// How often it was sent.
    pub attempts: u32,
}

/// A request whose parts are all settled.
struct Plan {
    profile: Profile,
    recipe: Recipe,
    endpoint: Endpoint,
    secrets: SecretFields,
    buys_tokens: bool,
    method_name: String,
    request: UserRequest,
    /// What the journal may keep of the path: the rest may be personal data.
    path_template: String,
    token: TokenRequest,
}

impl Engine {
    /// Sends one request. Where the answer is the provider's own way of saying that the token has
    /// ended, a new one is bought once and the request is sent once more.
    pub async fn send(
        self: &Arc<Self>,
        request: TestRequest,
        caller: &str,
    ) -> Result<Sent, EngineError> {
        let dry_run = request.dry_run;
        let plan = self.plan(request)?;
        let mut attempts = 0;
        let mut renew = false;
        loop {
            let token = if plan.buys_tokens && plan.recipe.needs_token() {
                let wanted = TokenRequest { renew, ..plan.token.clone() };
                Some(self.token(&wanted, caller).await?)
            } else {
                None
            };
            let outgoing = build_request(
                &plan.profile,
                &plan.recipe,
                &plan.endpoint,
                token.as_ref().map(|token| &token.access_token),
                &plan.secrets,
                &plan.request,
            )?;
            let shown = outgoing.described(&plan.endpoint);
            if dry_run {
                return Ok(Sent { request: shown, answer: None, attempts: 0 });
            }
            let answered = self.ports.transport.send(&plan.endpoint, &outgoing).await;
            drop(outgoing);
            attempts += 1;
            self.write_down(&plan, caller, answered.as_ref().ok().map(|answer| answer.status));
            let answer = redacted(&plan, token.as_ref(), answered?);
            let diagnosis = self.meaning(&plan, token.as_ref(), &answer, renew);
            if diagnosis.keyturn == KeyturnAction::RenewOnce && plan.buys_tokens && !renew {
                renew = true;
                continue;
            }
            return Ok(Sent { request: shown, answer: Some((answer, diagnosis)), attempts });
        }
    }

    /// Settles what is sent, where to and with which recipe; refuses what needs a yes first.
    fn plan(&self, request: TestRequest) -> Result<Plan, EngineError> {
        self.read(|vault| {
            // An older file may bind a secret to where the user has since unbound it from.
            if vault.is_quarantined() && !request.dry_run {
                return Err(SaveError::Quarantined.into());
            }
            let credential = find(vault, &request.reference)?;
            let profile = self.profile(&credential.provider)?;
            let environment =
                request.environment.as_ref().unwrap_or_else(|| credential.environment());
            let endpoint = endpoint(vault, profile, credential, environment)?;
            let sample = match &request.sample {
                Some(id) => Some(sample(profile, id)?),
                None => None,
            };
            let method = request
                .method
                .or_else(|| sample.map(|sample| sample.method.clone()))
                .unwrap_or_else(|| "GET".to_owned());
            let path = request
                .path
                .or_else(|| sample.map(|sample| sample.path.clone()))
                .ok_or(EngineError::NoPath)?;
            // A sample that the user typed out is that sample: it needs the same recipe and yes.
            let sample = sample.or_else(|| {
                profile.samples.iter().find(|sample| {
                    sample.path == path && sample.method.eq_ignore_ascii_case(&method)
                })
            });
            // What is known to be harmless goes ahead; what is not a reading method needs a yes.
            let reads = matches!(method.to_ascii_uppercase().as_str(), "GET" | "HEAD" | "OPTIONS");
            let creates = sample.map_or(!reads, |sample| sample.creates_something);
            if creates && !request.confirmed && !request.dry_run {
                return Err(EngineError::CreatesSomething { provider: profile.id.clone() });
            }
            let named = request.sample.is_some();
            let mut query = request.query;
            let mut body = request.body;
            if let (Some(sample), true) = (sample, named) {
                for entry in &sample.query {
                    if !query.iter().any(|(key, _)| *key == entry.key) {
                        query.push((entry.key.clone(), entry.value.clone()));
                    }
                }
                body = body.or_else(|| {
                    sample.body.as_ref().map(|body| Body::Bytes {
                        content_type: body.content_type.clone(),
                        bytes: body.text.clone().into_bytes(),
                    })
                });
            }
            let recipe = sample
                .and_then(|sample| profile.recipe(sample.recipe.as_deref()?))
                .unwrap_or_else(|| profile.default_recipe(credential));
            let path_template = match sample {
                Some(sample) => sample.path.clone(),
                None => template(recipe, &path),
            };
            Ok(Plan {
                path_template,
                profile: profile.clone(),
                recipe: recipe.clone(),
                endpoint,
                secrets: vault.secrets(credential.id)?,
                buys_tokens: matches!(profile.method_for(credential), Method::Exchange(_)),
                method_name: profile.auth_method(credential).name.clone(),
                request: UserRequest {
                    method,
                    path,
                    query,
                    headers: request.headers,
                    body: body.unwrap_or_default(),
                },
                token: TokenRequest {
                    reference: request.reference,
                    environment: request.environment,
                    min_ttl: TimeDelta::zero(),
                    renew: false,
                },
            })
        })
    }

    fn meaning(
        &self,
        plan: &Plan,
        token: Option<&LiveToken>,
        answer: &Answer,
        already_renewed: bool,
    ) -> Diagnosis {
        let mut facts =
            AnswerFacts::new(answer.status, &answer.body, AnsweredBy::Path(&plan.request.path));
        facts.sent_token = token.is_some();
        facts.token_age =
            token.and_then(|token| token.issued_at).map(|issued_at| self.now() - issued_at);
        facts.method = Some(&plan.method_name);
        facts.already_renewed = already_renewed;
        diagnose(&plan.profile, &facts)
    }

    fn write_down(&self, plan: &Plan, caller: &str, status: Option<u16>) {
        self.note_later(JournalEntry {
            at: self.now(),
            caller: caller.to_owned(),
            action: format!("request {}", plan.request.method),
            credential: None,
            reference: Some(plan.token.reference.to_string()),
            host: Some(plan.endpoint.host_and_port()),
            path: Some(plan.path_template.clone()),
            status,
        });
    }
}

fn sample<'profile>(profile: &'profile Profile, id: &str) -> Result<&'profile Sample, EngineError> {
    profile.samples.iter().find(|sample| sample.id == id).ok_or_else(|| EngineError::NoSample {
        provider: profile.id.clone(),
        sample: id.to_owned(),
        known: profile.samples.iter().map(|sample| sample.id.clone()).collect(),
    })
}

/// The part of a path that the profile names, for the journal.
fn template(recipe: &Recipe, path: &str) -> String {
    let covering = recipe.paths.iter().filter(|prefix| path.starts_with(prefix.as_str()));
    let prefix = covering.max_by_key(|prefix| prefix.len());
    prefix.map_or_else(|| "/…".to_owned(), |prefix| format!("{}/…", prefix.trim_end_matches('/')))
}

/// The answer with every secret that it repeats taken out.
fn redacted(plan: &Plan, token: Option<&LiveToken>, answer: Answer) -> Answer {
    let redactor = Redactor::new(&plan.secrets, token.map(|token| &token.access_token));
    let headers = answer
        .headers
        .iter()
        .map(|(name, value)| (name.clone(), redactor.redact_text(value)))
        .collect();
    Answer { headers, body: redactor.redact(&answer.body), ..answer }
}
