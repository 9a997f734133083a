//! Several at once, and each counts for itself: one that breaks off takes no other's result along.

use std::collections::HashMap;
use std::future::Future;

use tokio::task::{Id, JoinSet};

use super::Checked;
use super::judge::not_run;
use crate::EngineError;

/// So many are under way at once.
const AT_ONCE: usize = 4;

/// How it went with all of them.
pub(super) struct Gathered {
    /// With each that ended, in their order.
    pub(super) checked: Vec<Checked>,
    /// What kept the rest from being run: the vault was closed.
    pub(super) closed: Option<EngineError>,
}

/// Runs all, each given with what is known of it before.
pub(super) async fn gathered<Run>(jobs: impl Iterator<Item = (Checked, Run)>) -> Gathered
where
    Run: Future<Output = Result<Checked, EngineError>> + Send + 'static,
{
    let mut waiting = jobs.enumerate();
    let mut known: HashMap<Id, (usize, Checked)> = HashMap::new();
    let mut done: Vec<(usize, Checked)> = Vec::new();
    let mut closed = None;
    // Dropped with this call, and all that is under way with it.
    let mut under_way = JoinSet::new();
    loop {
        while under_way.len() < AT_ONCE
            && closed.is_none()
            && let Some((place, (checked, run))) = waiting.next()
        {
            known.insert(under_way.spawn(run).id(), (place, checked));
        }
        let Some(joined) = under_way.join_next_with_id().await else { break };
        let (id, result) = match joined {
            Ok((id, result)) => (id, Some(result)),
            Err(broken) => (broken.id(), None),
        };
        let Some((place, before)) = known.remove(&id) else { continue };
        match result {
            Some(Ok(checked)) => done.push((place, checked)),
            Some(Err(error)) => closed = Some(error),
            None => done.push((place, not_run(before, BROKEN.to_owned()))),
        }
    }
    done.sort_by_key(|(place, _)| *place);
    Gathered { checked: done.into_iter().map(|(_, checked)| checked).collect(), closed }
}

/// What is said of one that broke off: a mistake of Keyturn's.
const BROKEN: &str = "it broke off by a mistake of Keyturn's, and says nothing of the key";

#[cfg(test)]
mod tests {
    use std::pin::Pin;

    use chrono::DateTime;
    use keyturn_core::Credential;

    use super::super::CheckResult;
    use super::super::job::unknown;
    use super::*;

    type Run = Pin<Box<dyn Future<Output = Result<Checked, EngineError>> + Send>>;

    fn checked(request: &str, result: CheckResult) -> Checked {
        let credential =
            Credential::new("acme/main".parse().unwrap(), Vec::new(), DateTime::UNIX_EPOCH);
        Checked { result, ..unknown(&credential, request.to_owned(), None) }
    }

    fn passes(request: &str) -> (Checked, Run) {
        let passed = checked(request, CheckResult::Passed);
        (checked(request, CheckResult::NotRun), Box::pin(async move { Ok(passed) }))
    }

    fn told(gathered: &Gathered) -> Vec<(&str, CheckResult)> {
        gathered.checked.iter().map(|one| (one.request.as_str(), one.result)).collect()
    }

    #[tokio::test]
    async fn one_that_breaks_off_is_not_run_and_the_others_are() {
        let broken: Run = Box::pin(async { panic!("a mistake") });
        let broken = (checked("b", CheckResult::NotRun), broken);
        let all = gathered([passes("a"), broken, passes("c")].into_iter()).await;
        let (passed, not_run) = (CheckResult::Passed, CheckResult::NotRun);
        assert_eq!(told(&all), [("a", passed), ("b", not_run), ("c", passed)]);
        assert_eq!(all.checked[1].why.as_deref(), Some(BROKEN));
        assert!(all.closed.is_none());
    }

    #[tokio::test]
    async fn what_ended_before_the_vault_was_closed_is_kept_and_nothing_is_begun_after() {
        let closes: Run = Box::pin(async { Err(EngineError::VaultLocked) });
        let closes = (checked("b", CheckResult::NotRun), closes);
        let late = (0..9).map(|_| passes("late"));
        let all = gathered([passes("a"), closes].into_iter().chain(late)).await;
        assert!(matches!(all.closed, Some(EngineError::VaultLocked)));
        assert_eq!(all.checked[0].request, "a");
        assert!(all.checked.len() < 9, "{:?}", told(&all));
    }
}
