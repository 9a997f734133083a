//! Sending one request with the provider's recipe, and saying what the answer means.

mod again;
mod issued;
mod keep;
mod learn;
mod note;
mod outline;
pub(crate) mod plan;
mod written;

use std::fmt;
use std::sync::Arc;

use chrono::TimeDelta;
use keyturn_core::{
    CredentialRef, EnvironmentName, ExchangeId, FieldName, SecretFields, SecretString,
};
use keyturn_http::{
    Answer, LeadError, Outgoing, Redactor, Redirect, UserBody, UserContent, UserPart, build_request,
};
use keyturn_providers::{
    AnswerFacts, AnsweredBy, CredentialFacts, Diagnosis, KeyturnAction, diagnose,
};
use keyturn_request::check::{Answered, evaluate};
use keyturn_request::{Check, CheckOutcome};

use crate::aside;
use crate::back_off::{BackOff, again, asked_for, wait};
use crate::exchange::Noted;
use crate::last_four::another_key;
use crate::limit::may_have_arrived;
use crate::{Engine, EngineError, LiveToken, TokenRequest};
use plan::Plan;

pub use keep::{KeepExchange, Kept, LONGEST_KEPT, MOST_KEPT};
pub use outline::Outline;
pub(crate) use written::Written;

/// A request as the user puts it.
pub struct TestRequest {
    /// With which credential.
    pub reference: CredentialRef,
    /// A sample of the profile, whose parts count where nothing else is given.
    pub sample: Option<String>,
    /// The method; `None` is GET, or the sample's.
    pub method: Option<String>,
    /// The path; `None` is the sample's.
    pub path: Option<String>,
    /// The recipe of the profile; `None` is the sample's, or the credential's own.
    pub recipe: Option<String>,
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
    /// Whether to fail at once, and tell when, rather than wait for a turn or a provider in trouble.
    pub no_wait: bool,
    /// The choice to keep the exchange in the vault; `None` keeps neither its bodies nor its query.
    pub keep: Option<KeepExchange>,
    /// What the answer is checked for.
    pub checks: Vec<Check>,
    /// The name under which it is saved, for the history.
    pub saved: Option<String>,
}

impl TestRequest {
    /// A request that says nothing yet, but with which credential: all else is the usual.
    #[must_use]
    pub const fn new(reference: CredentialRef) -> Self {
        Self {
            reference,
            sample: None,
            method: None,
            path: None,
            recipe: None,
            query: Vec::new(),
            headers: Vec::new(),
            body: None,
            environment: None,
            confirmed: false,
            dry_run: false,
            no_wait: false,
            keep: None,
            checks: Vec::new(),
            saved: None,
        }
    }
}

impl fmt::Debug for TestRequest {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Path, query, headers and body may hold personal data.
        formatter
            .debug_struct("TestRequest")
            .field("reference", &self.reference)
            .field("sample", &self.sample)
            .field("method", &self.method)
            .field("environment", &self.environment)
            .field("confirmed", &self.confirmed)
            .field("dry_run", &self.dry_run)
            .finish_non_exhaustive()
    }
}

/// Stands for the token of a request that is not sent yet; long enough that nobody writes it by chance.
const STAND_IN: &str = "stand-in-for-an-access-token";

/// The body of a request.
pub type Body = UserBody;
/// One part of a multipart body.
pub type BodyPart = UserPart;
/// What such a part holds.
pub type PartOf = UserContent;

/// How it went.
#[derive(Debug)]
pub struct Sent {
    /// What was sent, secrets masked.
    pub request: keyturn_http::Sent,
    /// The answer with secrets redacted, and its meaning; `None` for a dry run.
    pub answer: Option<(Answer, Diagnosis)>,
    /// Where the answer leads, if it is a redirect; it was not followed.
    pub redirect: Option<Redirect>,
    /// The ticket for going there without the credential, or why nobody may.
    pub lead: Option<Result<u64, LeadError>>,
    /// How often it was sent.
    pub attempts: u32,
    /// What was kept, or why nothing was; `None` where nobody asked for it.
    pub kept: Option<Result<Kept, EngineError>>,
    /// Its number in the history; `None` for a dry run.
    pub exchange: Option<ExchangeId>,
    /// How its checks went.
    pub checks: Vec<CheckOutcome>,
}

impl Engine {
    /// Sends one request, in its turn under the provider's limits. Where the answer is the provider's
    /// own way of saying that the token has ended, a new one is bought once and the request is sent
    /// once more; where it says to come back later, it is sent again after a while, unless it creates
    /// something.
    pub async fn send(
        self: &Arc<Self>,
        request: TestRequest,
        caller: &str,
    ) -> Result<Sent, EngineError> {
        let (dry_run, no_wait) = (request.dry_run, request.no_wait);
        let plan = self.plan(request)?;
        if dry_run {
            return self.shown(&plan);
        }
        if plan.needs_token() {
            // What may not be sent is refused before even a token is bought for it.
            drop(self.shown(&plan)?);
        }
        let mut noted = self.noted_of(&plan, caller)?;
        match self.exchange(&plan, no_wait, caller, &mut noted).await {
            Ok(sent) => {
                noted.answered(&sent);
                Ok(sent)
            }
            Err(error) => {
                noted.failed(&error);
                Err(error)
            }
        }
    }

    /// Sends a planned request until an answer stands.
    async fn exchange(
        self: &Arc<Self>,
        plan: &Plan,
        no_wait: bool,
        caller: &str,
        noted: &mut Noted<'_>,
    ) -> Result<Sent, EngineError> {
        let mut attempts = 0;
        let (mut refused, mut renewed) = (None, false);
        let mut back_off = BackOff::default();
        loop {
            if plan.needs_token() {
                // Bought before the turn, which would be over when the token is there.
                let wanted = TokenRequest { refused: refused.take(), ..plan.token.clone() };
                drop(self.live_token(&wanted, caller).await?);
            }
            let turn = self.turn(&plan.claims, no_wait).await?;
            // Taken out of the vault only now: waiting needs no secret.
            let token = if plan.needs_token() {
                Some(self.token(&plan.token, caller).await?)
            } else {
                None
            };
            let secrets = self.secrets_of(plan)?;
            let access_token = token.as_ref().map(|token| &token.access_token);
            let outgoing = plan.outgoing(access_token, &secrets)?;
            let shown = outgoing.described(&plan.endpoint);
            let redactor = Redactor::new(&secrets, access_token);
            let redactor = Arc::new(redactor.knowing(&outgoing.made_of_secrets()));
            noted.attempt(&redactor);
            let mut written = self.write_down(plan, caller);
            let answered = self.ports.transport.send(&plan.endpoint, &outgoing).await;
            drop(outgoing);
            attempts += 1;
            written.entry.status = answered.as_ref().ok().map(|answer| answer.status);
            drop(written);
            if answered.as_ref().is_err_and(|error| !may_have_arrived(error)) {
                self.not_sent(&plan.claims);
            }
            let answer = redacted(plan, &redactor, answered?).await;
            drop(secrets);
            let diagnosis = self.meaning(plan, token.as_ref(), &answer, renewed);
            self.learn(plan, token.as_ref(), &answer, &diagnosis, renewed);
            if diagnosis.keyturn == KeyturnAction::RenewOnce && plan.buys_tokens && !renewed {
                // Only this token was refused: who renewed it meanwhile did it for everybody.
                refused = token.and_then(|token| token.issued_at);
                renewed = true;
                continue;
            }
            let asked = self.asked_for(&answer, &diagnosis);
            if answer.status == 429
                && let Some(asked) = asked
            {
                turn.hold(asked);
            }
            let once_more = !plan.creates && !no_wait && again(answer.status, diagnosis.keyturn);
            if once_more && let Some(span) = back_off.next(asked, &*self.ports.chance) {
                if answer.status == 429 {
                    turn.hold(span);
                }
                drop(turn);
                drop(token);
                wait(&*self.ports.clock, span).await;
                continue;
            }
            let retry_at = asked.and_then(|span| self.now().checked_add_signed(span));
            let mut diagnosis = Diagnosis { retry_at, ..diagnosis };
            diagnosis.notes.extend(self.skew_warning(&plan.profile.id, &plan.environment));
            let redirect = answer.redirect(&plan.endpoint, &plan.request.path);
            let lead = answer.lead(&plan.endpoint, &plan.request.path);
            let lead = self.led(plan.credential.id, &plan.environment, lead);
            let (answer, checks) = checked(plan, answer).await;
            let exchange = noted.number();
            let answer = Some((answer, diagnosis));
            let kept = None;
            let sent =
                Sent { request: shown, answer, redirect, lead, attempts, kept, exchange, checks };
            let kept = self.keep(plan, &redactor, &sent, noted, caller);
            return Ok(Sent { kept, ..sent });
        }
    }

    /// What would be sent. Nothing is, not even to buy a token.
    fn shown(&self, plan: &Plan) -> Result<Sent, EngineError> {
        let secrets = self.secrets_of(plan)?;
        let stand_in = SecretString::new(STAND_IN.to_owned());
        let token = plan.needs_token().then_some(&stand_in);
        let request = plan.outgoing(token, &secrets)?.described(&plan.endpoint);
        Ok(Sent {
            request,
            answer: None,
            redirect: None,
            lead: None,
            attempts: 0,
            kept: None,
            exchange: None,
            checks: Vec::new(),
        })
    }

    /// How long the provider asked to be left alone, by header or body.
    fn asked_for(&self, answer: &Answer, diagnosis: &Diagnosis) -> Option<TimeDelta> {
        let now = self.now();
        // A time in the body is told by the provider's clock.
        let skew = answer.skew(now).unwrap_or_default();
        asked_for(answer.retry_after(now), diagnosis.retry_at, skew, now)
    }

    fn meaning(
        &self,
        plan: &Plan,
        token: Option<&LiveToken>,
        answer: &Answer,
        already_renewed: bool,
    ) -> Diagnosis {
        let now = self.now();
        let endpoint = AnsweredBy::at(&plan.profile, &plan.credential, &plan.request.path);
        let facts = AnswerFacts {
            sent_token: Some(token.is_some()),
            sent_key: Some(plan.recipe.fields().next().is_some()),
            token_age: token.and_then(|token| token.issued_at).map(|issued_at| now - issued_at),
            clock_skew: answer.skew(now),
            credential: CredentialFacts::of(&plan.profile, &plan.credential),
            already_renewed,
            ..AnswerFacts::new(answer.status, &answer.body, endpoint)
        };
        let mut diagnosis = diagnose(&plan.profile, &facts);
        let request = &plan.request;
        diagnosis.notes.extend(
            plan.profile
                .sample_at(&request.method, &request.path)
                .and_then(|sample| another_key(sample, &plan.credential, answer)),
        );
        diagnosis
    }
}

impl Plan {
    fn needs_token(&self) -> bool {
        self.buys_tokens && self.recipe.needs_token()
    }

    fn outgoing(
        &self,
        token: Option<&SecretString>,
        secrets: &SecretFields,
    ) -> Result<Outgoing, EngineError> {
        let Self { profile, recipe, endpoint, request, .. } = self;
        Ok(build_request(profile, recipe, endpoint, token, secrets, request)?)
    }
}

/// The answer with every secret that it repeats taken out.
async fn redacted(plan: &Plan, redactor: &Arc<Redactor>, answer: Answer) -> Answer {
    let open = |name: &FieldName| plan.profile.open_value(&plan.credential, name);
    let answer = issued::without_tokens(&plan.profile, &open, &plan.request.path, answer);
    let headers = redactor.redact_headers(&answer.headers);
    Answer { headers, body: aside::redacted(redactor, answer.body).await, ..answer }
}

/// How the checks of a request went. The body is a stranger's, and a path may look at all of it: that is
/// done aside, so that nobody else waits for it.
async fn checked(plan: &Plan, answer: Answer) -> (Answer, Vec<CheckOutcome>) {
    if plan.checks.is_empty() {
        return (answer, Vec::new());
    }
    let checks = plan.checks.clone();
    aside::aside(move || {
        let answered = Answered {
            status: answer.status,
            headers: &answer.headers,
            body: &answer.body,
            total_ms: answer.timing.total,
        };
        let outcomes = evaluate(&checks, &answered);
        (answer, outcomes)
    })
    .await
}
