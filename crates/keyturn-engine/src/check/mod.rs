//! Whether each key still works: the requests that are saved with it are run, each with its checks.
//!
//! Where none is saved, the profile's harmless test call stands in for them (X8). What would create or
//! change something is not sent without a yes, and nothing waits long for a provider's limits: what was not
//! run says why.

mod daily;
mod gather;
mod job;
mod judge;

use std::fmt;
use std::sync::Arc;

use keyturn_core::{CredentialId, CredentialRef, EnvironmentName};
use keyturn_request::CheckOutcome;
use keyturn_vault::Vault;

use crate::engine::find;
use crate::{Engine, EngineError};
use gather::{Gathered, gathered};
use job::{Job, Round};

pub(crate) use daily::DailyCheck;

/// How it went with one request.
#[derive(Clone, PartialEq)]
pub struct Checked {
    /// Of which credential.
    pub owner: CredentialId,
    /// With which version of its secrets.
    pub secret_version: u32,
    /// How the user names it.
    pub reference: CredentialRef,
    /// The name under which it is saved, or what the profile's test call does.
    pub request: String,
    /// In which environment.
    pub environment: Option<EnvironmentName>,
    /// How it went.
    pub result: CheckResult,
    /// Why it was not run, or what went wrong.
    pub why: Option<String>,
    /// The answer's status.
    pub status: Option<u16>,
    /// What the answer means.
    pub meaning: Option<String>,
    /// How long it took, in milliseconds.
    pub total_ms: Option<f64>,
    /// How its checks went.
    pub checks: Vec<CheckOutcome>,
    /// Whether the provider refused the credential.
    pub credential_refused: bool,
    /// Whether it says nothing of the key and may go otherwise a while later: no answer came, the provider is
    /// in trouble, or its turn had not come.
    pub undecided: bool,
}

/// How it went.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CheckResult {
    /// All its checks passed.
    Passed,
    /// One did not, or there was no answer.
    Failed,
    /// It was not sent.
    NotRun,
}

/// How they are run.
#[derive(Debug, Clone, Copy)]
struct Manner {
    /// Whether what creates something is sent, too.
    confirmed: bool,
    /// Whether it is the check of the day, which goes by the settings and buys no token where one lives.
    daily: bool,
}

impl Engine {
    /// Runs what is saved with a credential, or with all of them; `confirmed` sends what creates
    /// something, too.
    pub async fn run_checks(
        self: &Arc<Self>,
        reference: Option<&CredentialRef>,
        confirmed: bool,
        caller: &str,
    ) -> Result<Vec<Checked>, EngineError> {
        let round = Round::new(Manner { confirmed, daily: false }, caller);
        let jobs = self.read(|vault| self.jobs(vault, reference))?;
        let Gathered { checked, closed } = self.run(jobs, round).await;
        self.note_passes(&checked, closed.is_none());
        closed.map_or(Ok(checked), Err)
    }

    async fn run(self: &Arc<Self>, jobs: Vec<Job>, round: Round) -> Gathered {
        let round = Arc::new(round);
        let run = |job: Job| {
            let (engine, round) = (Arc::clone(self), Arc::clone(&round));
            (job.checked().clone(), async move { job.run(&engine, &round).await })
        };
        gathered(jobs.into_iter().map(run)).await
    }

    fn jobs(
        &self,
        vault: &Vault,
        reference: Option<&CredentialRef>,
    ) -> Result<Vec<Job>, EngineError> {
        let mut credentials = match reference {
            Some(reference) => vec![find(vault, reference)?],
            None => vault.live_credentials().collect(),
        };
        credentials.sort_by_cached_key(|credential| credential.reference());
        let mut jobs = Vec::new();
        for credential in credentials {
            match vault.saved_requests(credential.id) {
                Ok(saved) if saved.is_empty() => {
                    let profile = self.profile(&credential.provider).ok();
                    jobs.push(Job::of_profile(credential, profile));
                }
                Ok(mut saved) => {
                    saved.sort_by(|one, other| one.name.cmp(&other.name));
                    jobs.extend(saved.iter().map(|saved| Job::of_saved(credential, saved)));
                }
                // It is told of this one, and the others are run.
                Err(error) => jobs.push(Job::unreadable(credential, &error.into())),
            }
        }
        Ok(jobs)
    }
}

impl fmt::Debug for Checked {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        // The name of a request may be a person's, and so may what was found.
        formatter
            .debug_struct("Checked")
            .field("reference", &self.reference)
            .field("result", &self.result)
            .field("status", &self.status)
            .finish_non_exhaustive()
    }
}
