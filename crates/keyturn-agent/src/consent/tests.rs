//! The order of the questions. The prompt is a future of the test's own here; the clock is the runtime's,
//! and stands still until everybody waits.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use tokio::sync::oneshot;

use super::*;
use crate::caller::Process;
use crate::grant::Grants;

fn caller(pid: i32) -> Caller {
    let (name, command_line) = ("curl".to_owned(), Vec::new());
    let started = u64::try_from(pid).unwrap();
    let has_terminal = false;
    Caller::from_chain(vec![Process {
        pid,
        started,
        parent: 1,
        session: 1,
        has_terminal,
        name,
        command_line,
    }])
}

fn same(pid: i32, call: &[u8]) -> Same {
    Same(Grant::asked_for(&caller(pid)).unwrap(), Zeroizing::new(call.to_vec()))
}

/// A prompt that counts how often it was shown, and answers when it is told.
fn prompt(
    shown: &Arc<AtomicUsize>,
) -> (oneshot::Sender<Verdict>, impl Future<Output = Verdict> + use<>) {
    let (answer, answered) = oneshot::channel();
    let shown = Arc::clone(shown);
    let asked = async move {
        shown.fetch_add(1, Ordering::SeqCst);
        answered.await.unwrap_or_else(|_| Verdict::Unasked("gone".to_owned()))
    };
    (answer, asked)
}

/// Runs every other task as far as it gets.
async fn settle() {
    for _ in 0..50 {
        tokio::task::yield_now().await;
    }
}

fn begin(
    consents: &Arc<Consents>,
    grants: &Grants,
    same: Option<Same>,
    asked: impl Future<Output = Verdict> + Send + 'static,
) -> tokio::task::JoinHandle<Verdict> {
    let (consents, term) = (Arc::clone(consents), grants.term());
    tokio::spawn(async move { consents.ask(same, term, asked).await })
}

#[tokio::test(start_paused = true)]
async fn one_question_is_on_the_screen_and_the_next_follows_its_answer() {
    let (consents, grants, shown) = (Arc::default(), Grants::default(), Arc::default());
    let (answer, asked) = prompt(&shown);
    let first = begin(&consents, &grants, Some(same(7, b"a")), asked);
    settle().await;
    let (next_answer, next_asked) = prompt(&shown);
    let second = begin(&consents, &grants, Some(same(8, b"a")), next_asked);
    settle().await;
    assert_eq!(shown.load(Ordering::SeqCst), 1, "another caller waits");
    answer.send(Verdict::Once).unwrap();
    assert_eq!(first.await.unwrap(), Verdict::Once);
    settle().await;
    assert_eq!(shown.load(Ordering::SeqCst), 2);
    next_answer.send(Verdict::Refused).unwrap();
    assert_eq!(second.await.unwrap(), Verdict::Refused, "each has an answer of its own");
}

#[tokio::test(start_paused = true)]
async fn the_same_question_of_the_same_caller_is_asked_once() {
    let (consents, grants, shown) = (Arc::default(), Grants::default(), Arc::default());
    let (answer, asked) = prompt(&shown);
    let first = begin(&consents, &grants, Some(same(7, b"a")), asked);
    settle().await;
    let again = begin(&consents, &grants, Some(same(7, b"a")), prompt(&shown).1);
    let other = begin(&consents, &grants, Some(same(7, b"b")), prompt(&shown).1);
    let change = begin(&consents, &grants, None, prompt(&shown).1);
    settle().await;
    answer.send(Verdict::Once).unwrap();
    assert_eq!((first.await.unwrap(), again.await.unwrap()), (Verdict::Once, Verdict::Once));
    let gone = Verdict::Unasked("gone".to_owned());
    assert_eq!((other.await.unwrap(), change.await.unwrap()), (gone.clone(), gone));
    assert_eq!(shown.load(Ordering::SeqCst), 3, "another question is another question");
}

#[tokio::test(start_paused = true)]
async fn no_answer_within_a_minute_is_a_refusal_also_in_the_queue() {
    let (consents, grants, shown) = (Arc::default(), Grants::default(), Arc::default());
    let (_answer, asked) = prompt(&shown);
    let began = Instant::now();
    let first = begin(&consents, &grants, Some(same(7, b"a")), asked);
    settle().await;
    let second = begin(&consents, &grants, Some(same(8, b"a")), std::future::pending());
    assert_eq!(first.await.unwrap(), Verdict::Late);
    assert_eq!(second.await.unwrap(), Verdict::Late);
    assert_eq!(began.elapsed().as_secs(), 60);
    assert!(consents.open().is_empty());
}

#[tokio::test(start_paused = true)]
async fn the_lock_ends_what_is_asked_and_what_waits() {
    let (consents, grants, shown) = (Arc::default(), Grants::default(), Arc::default());
    let (answer, asked) = prompt(&shown);
    let first = begin(&consents, &grants, Some(same(7, b"a")), asked);
    settle().await;
    let second = begin(&consents, &grants, Some(same(8, b"a")), std::future::pending());
    settle().await;
    // A yes in the same moment comes too late.
    answer.send(Verdict::UntilLock).unwrap();
    grants.clear();
    assert_eq!(first.await.unwrap(), Verdict::Locked);
    assert_eq!(second.await.unwrap(), Verdict::Locked);
}

#[tokio::test(start_paused = true)]
async fn a_question_that_nobody_waits_for_goes_from_the_screen() {
    let (consents, grants, shown): (Arc<Consents>, _, _) =
        (Arc::default(), Grants::default(), Arc::default());
    let (mut answer, asked) = prompt(&shown);
    let first = begin(&consents, &grants, Some(same(7, b"a")), asked);
    settle().await;
    first.abort();
    answer.closed().await;
    assert!(consents.open().is_empty(), "the prompt is gone, and nothing blocks the next");
}

#[tokio::test(start_paused = true)]
async fn a_crowd_of_callers_is_refused_rather_than_kept() {
    let (consents, grants) = (Arc::default(), Grants::default());
    let mut waiting = Vec::new();
    for pid in 1..=i32::try_from(MOST_OPEN).unwrap() {
        waiting.push(begin(&consents, &grants, Some(same(pid, b"a")), std::future::pending()));
    }
    settle().await;
    let one_more = begin(&consents, &grants, Some(same(99, b"a")), std::future::pending());
    assert!(matches!(one_more.await.unwrap(), Verdict::Unasked(_)));
    waiting.iter().for_each(tokio::task::JoinHandle::abort);
}

#[test]
fn each_verdict_says_what_happened_and_what_to_do() {
    for (verdict, code) in [
        (Verdict::Refused, ErrorCode::NoConsent),
        (Verdict::Late, ErrorCode::NoConsent),
        (Verdict::Unasked("x".to_owned()), ErrorCode::NoConsent),
        (Verdict::Locked, ErrorCode::VaultLocked),
    ] {
        let error = refused(&verdict);
        assert!(error.code == code && error.hint.is_some(), "{verdict:?}");
    }
    assert!(refused(&Verdict::Late).message.contains("60 s"));
}

#[tokio::test]
async fn a_prompt_that_cannot_be_started_is_no_consent() {
    let order = PromptOrder::Consent(question::about(
        &caller(7),
        &Grant::asked_for(&caller(7)).unwrap(),
        Wish::of(&keyturn_protocol::calls::LockVault {}.into(), |_| None),
        PATIENCE,
    ));
    let program = std::path::Path::new("/nonexistent/keyturn-desktop");
    let verdict = show(program, &Screen::default(), order).await;
    assert!(matches!(verdict, Verdict::Unasked(_)), "{verdict:?}");
}
