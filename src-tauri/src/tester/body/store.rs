//! Which bodies are held: the newest, until the vault is locked.

use std::collections::VecDeque;
use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use keyturn_protocol::calls::SendRequestAnswer;
use keyturn_protocol::{ApiError, ErrorCode};

use super::shown::Body;
use super::view::ShownBody;
use crate::agent::blocking;

/// How many bodies are held, and how many bytes of them.
const MOST_BODIES: usize = 24;
const MOST_BYTES: usize = 64 * 1024 * 1024;

/// The bodies of answers that pages may look at.
#[derive(Debug, Clone, Default)]
pub(crate) struct Bodies(Arc<Mutex<Held>>);

/// A stretch of time between two locks of the vault. What is asked for in one is held in no later one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Stretch(u64);

#[derive(Default)]
struct Held {
    last: u64,
    stretch: Stretch,
    /// The oldest first.
    bodies: VecDeque<Arc<Body>>,
}

impl fmt::Debug for Held {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Held").field("bodies", &self.bodies.len()).finish_non_exhaustive()
    }
}

impl Bodies {
    /// The stretch of time that is now: to be asked for before an answer is.
    pub(crate) fn stretch(&self) -> Stretch {
        self.locked().stretch
    }

    /// Takes the body out of an answer, unless the vault was locked since that was asked for.
    pub(crate) async fn take(
        &self,
        asked: Stretch,
        answer: &mut SendRequestAnswer,
    ) -> Result<Option<ShownBody>, ApiError> {
        if self.stretch() != asked {
            return Err(locked_since());
        }
        let bytes = match (answer.body.take(), answer.body_base64.take()) {
            (Some(text), _) => text.into_bytes(),
            (None, Some(base64)) => BASE64_STANDARD.decode(base64).map_err(|_| garbled())?,
            (None, None) => return Ok(None),
        };
        if bytes.is_empty() {
            return Ok(None);
        }
        let (bodies, answer) = (self.clone(), answer.clone());
        blocking(move || bodies.held(asked, bytes, answer).map(Some)).await
    }

    fn held(
        &self,
        asked: Stretch,
        bytes: Vec<u8>,
        answer: SendRequestAnswer,
    ) -> Result<ShownBody, ApiError> {
        let id = {
            let mut held = self.locked();
            held.last += 1;
            held.last
        };
        let body = Arc::new(Body::new(id, bytes, answer));
        let shown = body.shown().clone();
        let mut held = self.locked();
        // It may have been laid out while the vault was locked.
        if held.stretch != asked {
            return Err(locked_since());
        }
        held.bodies.push_back(body);
        let all = |held: &Held| held.bodies.iter().map(|body| body.weight()).sum::<usize>();
        while held.bodies.len() > MOST_BODIES || (held.bodies.len() > 1 && all(&held) > MOST_BYTES)
        {
            held.bodies.pop_front();
        }
        held.make_room(id);
        Ok(shown)
    }

    /// Works with a body off the main thread.
    pub(crate) async fn work<T: Send + 'static>(
        &self,
        id: u64,
        work: impl FnOnce(&Body) -> Result<T, ApiError> + Send + 'static,
    ) -> Result<T, ApiError> {
        let bodies = self.clone();
        let body = self.body(id)?;
        blocking(move || {
            let before = body.layouts();
            let done = work(&body);
            if body.layouts() > before {
                bodies.locked().make_room(id);
            }
            done
        })
        .await
    }

    /// A body that is held.
    pub(crate) fn body(&self, id: u64) -> Result<Arc<Body>, ApiError> {
        let held = self.locked();
        let found = held.bodies.iter().find(|body| body.shown().id == id);
        found.cloned().ok_or_else(|| {
            ApiError::new(ErrorCode::NotFound, "this answer's body is no longer held")
                .hint("Send the request again.")
        })
    }

    /// Forgets them all, and those that are still being waited for: the vault is locked.
    pub(crate) fn clear(&self) {
        let mut held = self.locked();
        held.bodies.clear();
        held.stretch.0 += 1;
    }

    fn locked(&self) -> MutexGuard<'_, Held> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Held {
    /// Drops the layouts of the others where all of them get large: they can be made again.
    fn make_room(&mut self, kept: u64) {
        let mut all: usize = self.bodies.iter().map(|body| body.layouts()).sum();
        for body in self.bodies.iter().filter(|body| body.shown().id != kept) {
            if all <= MOST_BYTES {
                return;
            }
            all -= body.layouts();
            body.rest();
        }
    }
}

fn locked_since() -> ApiError {
    ApiError::new(ErrorCode::VaultLocked, "the vault was locked before the answer was shown")
        .hint("Unlock it, and send the request again.")
}

fn garbled() -> ApiError {
    ApiError::new(ErrorCode::Internal, "the answer's body was not understood")
        .hint("Send the request again.")
}

#[cfg(test)]
mod tests {
    use super::super::tests::answer;
    use super::super::view::BodyForm;
    use super::*;

    const MB: usize = 1024 * 1024;

    fn held(bodies: &Bodies, bytes: Vec<u8>) -> u64 {
        bodies.held(bodies.stretch(), bytes, answer(None)).unwrap().id
    }

    #[test]
    fn the_oldest_bodies_go_where_there_are_too_many_or_too_large_ones() {
        let bodies = Bodies::default();
        let first = held(&bodies, b"first".to_vec());
        for _ in 0..MOST_BODIES - 1 {
            held(&bodies, b"next".to_vec());
        }
        assert!(bodies.body(first).is_ok(), "a positive control");
        held(&bodies, b"one more".to_vec());
        assert_eq!(bodies.body(first).unwrap_err().code, ErrorCode::NotFound);
        let large = held(&bodies, vec![b'x'; 40 * MB]);
        let larger = held(&bodies, vec![b'x'; 40 * MB]);
        assert!(bodies.body(large).is_err() && bodies.body(larger).is_ok());
        bodies.clear();
        assert!(bodies.body(larger).is_err(), "the vault was locked");
    }

    #[test]
    fn a_body_that_was_laid_out_during_a_lock_is_not_held() {
        let bodies = Bodies::default();
        let asked = bodies.stretch();
        let before = bodies.held(asked, b"before".to_vec(), answer(None)).unwrap();
        assert!(bodies.body(before.id).is_ok(), "a positive control");
        bodies.clear();
        let error = bodies.held(asked, b"after".to_vec(), answer(None)).unwrap_err();
        assert_eq!(error.code, ErrorCode::VaultLocked);
        assert!(bodies.locked().bodies.is_empty());
        held(&bodies, b"asked for after it".to_vec());
    }

    #[test]
    fn layouts_that_were_dropped_are_made_again() {
        let bodies = Bodies::default();
        let first = held(&bodies, br#"{"a":[1,2]}"#.to_vec());
        let body = bodies.body(first).unwrap();
        let lines = || body.lines(BodyForm::Json, 0, 400).unwrap().lines;
        let before = lines();
        body.rest();
        assert_eq!(body.layouts(), 0);
        assert_eq!(lines(), before);
    }

    #[test]
    fn an_answer_without_a_body_has_none_and_one_with_one_gives_it_away() {
        let bodies = Bodies::default();
        let take = |answer: &mut SendRequestAnswer| {
            tauri::async_runtime::block_on(bodies.take(bodies.stretch(), answer)).unwrap()
        };
        assert_eq!(take(&mut answer(None)), None);
        let mut empty = SendRequestAnswer { body: Some(String::new()), ..answer(None) };
        assert_eq!(take(&mut empty), None);
        let base64 = Some("AP8=".to_owned());
        let mut some = SendRequestAnswer { body_base64: base64, ..answer(None) };
        let shown = take(&mut some).unwrap();
        assert_eq!((shown.bytes, some.body_base64), (2, None));
        assert_eq!(bodies.body(shown.id).unwrap().bytes(), [0, 255]);
    }
}
