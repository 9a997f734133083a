//! What became of a request that was run.

use keyturn_http::ExchangeError;
use keyturn_providers::Diagnosis;

use super::{CheckResult, Checked};
use crate::{EngineError, LiveToken, Sent};

/// An answer came.
pub(super) fn judged(checked: Checked, sent: Sent) -> Checked {
    let Some((answer, diagnosis)) = sent.answer else {
        return not_run(checked, "it was not sent".to_owned());
    };
    let failed = sent.checks.iter().filter(|check| !check.passed).count();
    let why = if diagnosis.credential_refused {
        Some("the provider refused the credential".to_owned())
    } else if sent.checks.is_empty() {
        let fine = (200..=299).contains(&answer.status) && !diagnosis.refused;
        let refused = || match answer.status {
            200..=299 => "the provider refused it with a status of success".to_owned(),
            status => format!("the status is {status}"),
        };
        (!fine).then(refused)
    } else {
        match (failed, sent.checks.len()) {
            (0, _) => None,
            (1, 1) => Some("its check did not pass".to_owned()),
            (failed, all) => Some(format!("{failed} of {all} checks did not pass")),
        }
    };
    let result = if why.is_none() { CheckResult::Passed } else { CheckResult::Failed };
    Checked {
        result,
        why,
        status: Some(answer.status),
        meaning: Some(diagnosis.meaning),
        total_ms: Some(answer.timing.total),
        checks: sent.checks,
        credential_refused: diagnosis.credential_refused,
        ..checked
    }
}

/// It was not run this time.
pub(super) fn not_run(checked: Checked, why: String) -> Checked {
    Checked { result: CheckResult::NotRun, why: Some(why), ..checked }
}

/// It was not run, and would not be the next time.
pub(super) fn never_run(checked: Checked, why: String) -> Checked {
    Checked { never_runs: true, ..not_run(checked, why) }
}

/// There is a token.
pub(super) fn bought(checked: Checked, token: &LiveToken) -> Checked {
    let why =
        token.reused.then(|| "none was bought, since there is one that still lives".to_owned());
    Checked { result: CheckResult::Passed, why, ..checked }
}

/// No answer came. That the vault is closed is an error of all of them.
pub(super) fn of_error(checked: Checked, error: EngineError) -> Result<Checked, EngineError> {
    let seen = match &error {
        EngineError::Shared(shared) => &**shared,
        other => other,
    };
    Ok(match seen {
        EngineError::VaultAbsent | EngineError::VaultLocked => return Err(error),
        EngineError::CreatesSomething { .. } => {
            never_run(checked, "it creates or changes something: it needs a yes".to_owned())
        }
        EngineError::Exchange(ExchangeError::Refused { diagnosis, .. })
            if diagnosis.credential_refused =>
        {
            let why = refused_words(diagnosis);
            Checked { credential_refused: true, ..failed(checked, why) }
        }
        EngineError::Send(_) | EngineError::Exchange(_) => failed(checked, seen.to_string()),
        // These pass by themselves, or say nothing of the request.
        EngineError::NotYet { .. }
        | EngineError::TokenVanished
        | EngineError::Save(_)
        | EngineError::Read(_) => not_run(checked, seen.to_string()),
        // A rule, or something that is not there: nothing was sent.
        other => never_run(checked, other.to_string()),
    })
}

fn failed(checked: Checked, why: String) -> Checked {
    Checked { result: CheckResult::Failed, why: Some(why), ..checked }
}

fn refused_words(diagnosis: &Diagnosis) -> String {
    format!("the provider refused the credential: {}", diagnosis.meaning)
}

#[cfg(test)]
mod tests {
    use keyturn_core::CredentialRef;
    use keyturn_vault::{ReadError, SaveError};

    use super::*;
    use crate::check::job::unknown;

    fn of(error: EngineError) -> Result<Checked, EngineError> {
        let reference: CredentialRef = "acme/main".parse().unwrap();
        of_error(unknown(reference, "user".to_owned(), None), error)
    }

    #[test]
    fn what_is_wrong_with_one_stops_no_other_and_a_closed_vault_all() {
        let gone = EngineError::NoCredential { reference: "acme/main".parse().unwrap() };
        for (error, never_runs) in [
            (EngineError::Save(SaveError::Unconfirmed), false),
            (EngineError::Read(ReadError::NotFound), false),
            (EngineError::TokenVanished, false),
            (gone, true),
            (EngineError::NoPath, true),
        ] {
            let said = error.to_string();
            let checked = of(error).unwrap();
            assert_eq!((checked.result, checked.never_runs), (CheckResult::NotRun, never_runs));
            assert_eq!(checked.why, Some(said));
        }
        for closed in [EngineError::VaultLocked, EngineError::VaultAbsent] {
            assert!(of(closed).is_err());
        }
    }
}
