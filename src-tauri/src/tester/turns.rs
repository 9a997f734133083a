//! Taking back what is on its way: a connection of its own for each request, which is shut when the page
//! wants its answer no longer. The agent ends what it does for a connection that is gone.

use std::collections::{BTreeMap, VecDeque};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use keyturn_protocol::client::Hangup;
use keyturn_protocol::{ApiError, Call, ErrorCode};

use crate::agent::{Agent, blocking};

/// How many numbers are remembered that were taken back before they began: commands may overtake each
/// other on their way from the page.
const MOST_EARLY: usize = 16;

/// The requests that are on their way, by the numbers that the page gave them.
#[derive(Debug, Clone, Default)]
pub(crate) struct Turns(Arc<Mutex<Known>>);

#[derive(Debug, Default)]
struct Known {
    begun: BTreeMap<u64, Turn>,
    /// Taken back before they began, the oldest first.
    early: VecDeque<u64>,
}

/// How far one is.
#[derive(Debug)]
enum Turn {
    /// It has no connection yet.
    Waiting,
    /// It can be taken back by this.
    Asked(Hangup),
    /// It was taken back.
    Cancelled,
}

/// A request that has begun; it can be taken back until this is dropped.
#[derive(Debug)]
pub(crate) struct Begun {
    turns: Turns,
    turn: u64,
}

impl Turns {
    /// Begins a request, before anything is done for it. One that was taken back already does not begin.
    pub(crate) fn begin(&self, turn: u64) -> Result<Begun, ApiError> {
        let mut known = self.locked();
        if let Some(at) = known.early.iter().position(|early| *early == turn) {
            known.early.remove(at);
            return Err(cancelled());
        }
        known.begun.insert(turn, Turn::Waiting);
        Ok(Begun { turns: self.clone(), turn })
    }

    fn ask<C: Call>(&self, agent: &Agent, turn: u64, call: C) -> Result<C::Answer, ApiError> {
        if self.is_cancelled(turn) {
            return Err(cancelled());
        }
        let mut client = agent.connect()?;
        match self.locked().begun.get_mut(&turn) {
            None | Some(Turn::Cancelled) => return Err(cancelled()),
            Some(begun) => *begun = Turn::Asked(client.hangup()?),
        }
        let answer = client.call(call);
        if self.is_cancelled(turn) { Err(cancelled()) } else { answer }
    }

    fn is_cancelled(&self, turn: u64) -> bool {
        !matches!(self.locked().begun.get(&turn), Some(Turn::Waiting | Turn::Asked(_)))
    }

    /// Takes a request back, off the main thread.
    pub(crate) async fn cancelled(self, turn: u64) -> Result<(), ApiError> {
        blocking(move || {
            self.cancel(turn);
            Ok(())
        })
        .await
    }

    /// Takes a request back; one that has ended is as good.
    pub(super) fn cancel(&self, turn: u64) {
        let mut known = self.locked();
        if let Some(begun) = known.begun.get_mut(&turn) {
            if let Turn::Asked(hangup) = std::mem::replace(begun, Turn::Cancelled) {
                hangup.hang_up();
            }
            return;
        }
        if known.early.len() == MOST_EARLY {
            known.early.pop_front();
        }
        known.early.push_back(turn);
    }

    fn locked(&self) -> MutexGuard<'_, Known> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Begun {
    /// Calls the agent.
    pub(crate) async fn call<C>(&self, agent: &Agent, call: C) -> Result<C::Answer, ApiError>
    where
        C: Call + Send + 'static,
        C::Answer: Send,
    {
        let (turns, turn, agent) = (self.turns.clone(), self.turn, agent.clone());
        blocking(move || turns.ask(&agent, turn, call)).await
    }
}

impl Drop for Begun {
    fn drop(&mut self) {
        self.turns.locked().begun.remove(&self.turn);
    }
}

fn cancelled() -> ApiError {
    // The page knows that it asked for that; it needs no code of its own.
    ApiError::new(ErrorCode::Network, "the request was cancelled")
        .hint("If it had reached the provider, it may have counted there.")
}

#[cfg(test)]
mod tests {
    use keyturn_protocol::calls::ShowStatus;
    use tauri::async_runtime;

    use super::super::wire;
    use super::*;

    #[test]
    fn a_request_that_is_taken_back_leaves_the_agent() {
        let folder = tempfile::tempdir().unwrap();
        let (agent, heard) = wire::silent(folder.path());
        let turns = Turns::default();
        let (begun, other) = (turns.begin(7).unwrap(), agent.clone());
        let call = async_runtime::spawn(async move { begun.call(&other, ShowStatus {}).await });
        assert_eq!(wire::next(&heard), "asked");
        turns.cancel(8);
        assert!(heard.try_recv().is_err(), "another turn was taken back");
        turns.cancel(7);
        assert_eq!(wire::next(&heard), "left");
        let error = async_runtime::block_on(call).unwrap().unwrap_err();
        assert_eq!(error.message, "the request was cancelled");
        assert!(turns.locked().begun.is_empty());
    }

    #[test]
    fn one_that_is_taken_back_before_it_has_a_connection_asks_nobody() {
        let folder = tempfile::tempdir().unwrap();
        let (agent, heard) = wire::silent(folder.path());
        let turns = Turns::default();
        let begun = turns.begin(7).unwrap();
        turns.cancel(7);
        let error = async_runtime::block_on(begun.call(&agent, ShowStatus {})).unwrap_err();
        assert_eq!(error.message, "the request was cancelled");
        assert!(heard.try_recv().is_err(), "it was asked");
    }

    #[test]
    fn a_cancel_that_came_first_is_remembered_once_and_not_for_ever() {
        let turns = Turns::default();
        turns.cancel(7);
        assert_eq!(turns.begin(7).unwrap_err().message, "the request was cancelled");
        turns.begin(7).unwrap();
        turns.cancel(1);
        for other in 0..16 {
            turns.cancel(100 + other);
        }
        turns.begin(1).unwrap();
        turns.begin(115).unwrap_err();
    }
}
