//! What became of a request that was run.

use keyturn_http::{ExchangeError, SendError};
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
    let in_trouble = is_trouble(answer.status) && !diagnosis.credential_refused;
    Checked {
        result,
        undecided: why.is_some() && in_trouble,
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
    Checked { undecided: true, ..never_run(checked, why) }
}

/// It was not run, and would not be the next time.
pub(super) fn never_run(checked: Checked, why: String) -> Checked {
    Checked { result: CheckResult::NotRun, why: Some(why), ..checked }
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
        // A rule of where secrets may be sent: nothing was.
        EngineError::Send(SendError::Policy(_))
        | EngineError::Exchange(ExchangeError::Transport(SendError::Policy(_))) => {
            never_run(checked, seen.to_string())
        }
        EngineError::Send(_) | EngineError::Exchange(ExchangeError::Transport(_)) => {
            Checked { undecided: true, ..failed(checked, seen.to_string()) }
        }
        EngineError::Exchange(exchange) => {
            let undecided = status_of(exchange).is_some_and(is_trouble);
            Checked { undecided, ..failed(checked, seen.to_string()) }
        }
        // These pass by themselves, or say nothing of the request.
        EngineError::NotYet { .. }
        | EngineError::TokenVanished
        | EngineError::Save(_)
        | EngineError::Read(_) => not_run(checked, seen.to_string()),
        // A rule, or something that is not there: nothing was sent.
        other => never_run(checked, other.to_string()),
    })
}

/// Whether a provider that answers so is in trouble, or has no time: that says nothing of a key, and passes.
/// What it cannot do at all (501) does not.
const fn is_trouble(status: u16) -> bool {
    matches!(status, 408 | 429 | 500 | 502..=599)
}

/// The status with which no token was sold.
const fn status_of(error: &ExchangeError) -> Option<u16> {
    match error {
        ExchangeError::Refused { status, .. } | ExchangeError::NotJson { status } => Some(*status),
        ExchangeError::Transport(_)
        | ExchangeError::Ambiguous
        | ExchangeError::TooLarge { .. }
        | ExchangeError::NoToken { .. } => None,
    }
}

fn failed(checked: Checked, why: String) -> Checked {
    Checked { result: CheckResult::Failed, why: Some(why), ..checked }
}

fn refused_words(diagnosis: &Diagnosis) -> String {
    format!("the provider refused the credential: {}", diagnosis.meaning)
}

#[cfg(test)]
mod tests {
    use chrono::DateTime;
    use keyturn_core::{Credential, CredentialRef};
    use keyturn_http::PolicyError;
    use keyturn_vault::{ReadError, SaveError};

    use super::*;
    use crate::check::job::unknown;

    fn of(error: EngineError) -> Result<Checked, EngineError> {
        let reference: CredentialRef = "acme/main".parse().unwrap();
        let checked = unknown(
            &Credential::new(reference, Vec::new(), DateTime::UNIX_EPOCH),
            "user".to_owned(),
            None,
        );
        of_error(checked, error)
    }

    #[test]
    fn what_is_wrong_with_one_stops_no_other_and_a_closed_vault_all() {
        let gone = EngineError::NoCredential { reference: "acme/main".parse().unwrap() };
        let rule = || SendError::Policy(PolicyError::PlainHttp);
        for (error, undecided) in [
            (EngineError::Save(SaveError::Unconfirmed), true),
            (EngineError::Read(ReadError::NotFound), true),
            (EngineError::TokenVanished, true),
            (gone, false),
            (EngineError::NoPath, false),
            (EngineError::Send(rule()), false),
            (EngineError::Exchange(ExchangeError::Transport(rule())), false),
        ] {
            let said = error.to_string();
            let checked = of(error).unwrap();
            assert_eq!((checked.result, checked.undecided), (CheckResult::NotRun, undecided));
            assert_eq!(checked.why, Some(said));
        }
        let not_json = |status| EngineError::Exchange(ExchangeError::NotJson { status });
        let host = || "provider.example:443".to_owned();
        for (error, undecided) in [
            (EngineError::Send(SendError::Timeout { host: host() }), true),
            (EngineError::Send(SendError::Closed { host: host() }), true),
            (EngineError::Exchange(SendError::Dns { host: host() }.into()), true),
            (not_json(502), true),
            (not_json(429), true),
            (not_json(200), false),
            (EngineError::Exchange(ExchangeError::Ambiguous), false),
        ] {
            let checked = of(error).unwrap();
            assert_eq!((checked.result, checked.undecided), (CheckResult::Failed, undecided));
        }
        for closed in [EngineError::VaultLocked, EngineError::VaultAbsent] {
            assert!(of(closed).is_err());
        }
    }
}
