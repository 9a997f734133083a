//! The check of every day, while the vault is open. It is no use of the vault, and keeps it from no lock.

use std::sync::Arc;

use keyturn_engine::{CheckResult, EngineError};
use tokio::sync::broadcast::error::RecvError;

use crate::agent::{Agent, TICK};
use crate::handle;

/// Runs for as long as the agent: looks whether today's check is still to be run whenever something
/// happened, and every [`TICK`], since a day begins without anybody doing anything.
pub(crate) async fn run(agent: Arc<Agent>) {
    let mut events = agent.events.subscribe();
    loop {
        if agent.engine.daily_check_is_due() {
            look(&agent).await;
        }
        tokio::select! {
            () = tokio::time::sleep(TICK) => {}
            () = agent.security_changed.notified() => {}
            event = events.recv() => if matches!(event, Err(RecvError::Closed)) {
                return;
            }
        }
    }
}

async fn look(agent: &Arc<Agent>) {
    match agent.engine.run_daily_check().await {
        Ok(checked) => {
            let count = |result| checked.iter().filter(|one| one.result == result).count();
            let (failed, not_run) = (count(CheckResult::Failed), count(CheckResult::NotRun));
            let passed = count(CheckResult::Passed);
            agent
                .log
                .line(&format!("daily check: {passed} passed, {failed} failed, {not_run} not run"));
            handle::tell_checked(agent, &checked);
        }
        // It is run when the vault is open again.
        Err(EngineError::VaultLocked | EngineError::VaultAbsent) => {}
        Err(error) => agent.log.line(&format!("daily check: {error}")),
    }
}
