//! Asking the user about a caller that was not allowed to use the open vault.
//!
//! [`Consents`] owns the order of the questions: one is on the screen at a time, the others wait; the same
//! question of the same caller is asked once. Nobody waits longer than [`PATIENCE`]; the lock ends
//! every question, and one that nobody waits for any more goes away. What the question says is in
//! [`question`], what a call wants in [`wish`].
//!
//! The answer comes from a process that the agent started ([`crate::prompt`]) and from nobody else. It is
//! asked on the screen of whoever opened the vault: a caller that could name the screen would name one
//! that it drives.

mod question;
#[cfg(test)]
mod tests;
mod wish;

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use keyturn_core::CredentialRef;
use keyturn_protocol::encode;
use keyturn_protocol::prompt::{ConsentAnswer, PromptOrder, PromptReport};
use keyturn_protocol::{ApiError, ErrorCode, Request};
use tokio::sync::{Notify, watch};
use tokio::time::Instant;
use zeroize::Zeroizing;

use self::wish::Wish;
use crate::agent::Agent;
use crate::caller::Caller;
use crate::desktop;
use crate::errors::to_api;
use crate::grant::{Grant, Term};
use crate::prompt::Prompt;
use crate::screen::Screen;

/// No answer for so long is a refusal, the time in the queue included.
const PATIENCE: Duration = Duration::from_mins(1);
/// So many questions wait at most; whoever comes then is refused.
const MOST_OPEN: usize = 8;

/// How a question ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Verdict {
    /// The caller may do what was asked, once.
    Once,
    /// The caller may use the vault until the lock.
    UntilLock,
    /// The user said no.
    Refused,
    /// The user said nothing.
    Late,
    /// The vault was locked meanwhile.
    Locked,
    /// Nobody could be asked, for this reason.
    Unasked(String),
}

/// The questions that are open, and where they are asked.
#[derive(Debug, Default)]
pub(crate) struct Consents {
    /// Held while a question is on the screen.
    turn: tokio::sync::Mutex<()>,
    open: Mutex<Vec<Arc<Open>>>,
    screen: Mutex<Option<Screen>>,
}

/// A question that waits for its turn or its answer.
#[derive(Debug)]
struct Open {
    /// What makes another one the same; `None` is the same as nothing.
    same: Option<Same>,
    verdict: watch::Sender<Option<Verdict>>,
}

/// Who asks, and the call to the byte.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Same(Grant, Zeroizing<Vec<u8>>);

impl Consents {
    /// Notes on which screen the vault was opened; questions are asked there.
    pub(crate) fn unlocked_by(&self, caller: &Caller) {
        if let Some(screen) = caller.process().and_then(|process| Screen::of(process.pid)) {
            *self.screen.lock().unwrap_or_else(PoisonError::into_inner) = Some(screen);
        }
    }

    /// Where questions are asked; `None` where the vault was opened without a screen.
    fn screen(&self) -> Option<Screen> {
        self.screen.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Forgets the screen: the next one who opens the vault says where they are.
    pub(crate) fn forget_screen(&self) {
        *self.screen.lock().unwrap_or_else(PoisonError::into_inner) = None;
    }

    /// Waits for the end of a question; `asked` puts it on the screen when its turn has come.
    async fn ask(
        self: &Arc<Self>,
        same: Option<Same>,
        term: Term,
        asked: impl Future<Output = Verdict> + Send + 'static,
    ) -> Verdict {
        let mut verdict = {
            let mut open = self.open();
            let found = open.iter().find(|one| one.same.is_some() && one.same == same);
            if let Some(found) = found {
                found.verdict.subscribe()
            } else if open.len() >= MOST_OPEN {
                return Verdict::Unasked("too many programs ask at the same time".to_owned());
            } else {
                let (verdict, receiver) = watch::channel(None);
                let one = Arc::new(Open { same, verdict });
                open.push(Arc::clone(&one));
                tokio::spawn(Arc::clone(self).follow(one, term, asked));
                receiver
            }
        };
        let ended = verdict.wait_for(Option::is_some).await;
        let ended = ended.ok().and_then(|ended| ended.clone());
        ended.unwrap_or_else(|| Verdict::Unasked("the question was broken off".to_owned()))
    }

    /// Sees a question to its end.
    async fn follow(
        self: Arc<Self>,
        one: Arc<Open>,
        mut term: Term,
        asked: impl Future<Output = Verdict>,
    ) {
        let in_turn = async {
            let _turn = self.turn.lock().await;
            asked.await
        };
        tokio::pin!(in_turn);
        let late = tokio::time::sleep(PATIENCE);
        tokio::pin!(late);
        let verdict = loop {
            tokio::select! {
                // Where a yes and the lock come at once, the lock was first.
                biased;
                () = term.end() => break Verdict::Locked,
                verdict = &mut in_turn => break verdict,
                () = &mut late => break Verdict::Late,
                () = one.verdict.closed() => {
                    let mut open = self.open();
                    // Somebody may have joined in this very moment.
                    if one.verdict.receiver_count() == 0 {
                        open.retain(|other| !Arc::ptr_eq(other, &one));
                        return;
                    }
                }
            }
        };
        self.open().retain(|other| !Arc::ptr_eq(other, &one));
        one.verdict.send_replace(Some(verdict));
    }

    fn open(&self) -> MutexGuard<'_, Vec<Arc<Open>>> {
        self.open.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Asks the user whether a caller may do what it wants to; where nobody can be asked, refuses at once.
/// `told` hears that the question is on its way to the screen.
pub(crate) async fn ask(
    agent: &Arc<Agent>,
    caller: &Caller,
    request: &Request,
    told: &Notify,
) -> Result<(), ApiError> {
    let (Some(grant), Some(screen), Some(program)) =
        (Grant::asked_for(caller), agent.consents.screen(), desktop::program())
    else {
        return Err(not_granted());
    };
    let term = agent.grants.term();
    let wish = Wish::of(request, |call| agent.engine.leads_to(&call.reference, call.ticket));
    let wanted = wish.credential();
    let same = wish.may_be_shared().then(|| Same(grant.clone(), encode(request)));
    let deadline = Instant::now() + PATIENCE;
    let (asked_agent, asked_caller, asked_for) = (Arc::clone(agent), caller.clone(), grant.clone());
    let asked = async move {
        // Whoever waited behind a question about themselves may be allowed by now.
        if asked_agent.grants.covers(&asked_caller) {
            return Verdict::UntilLock;
        }
        let left = deadline.saturating_duration_since(Instant::now());
        let question = question::about(&asked_caller, &asked_for, wish, left);
        asked_agent.log.line(&format!("asked about {asked_caller}"));
        show(&program, &screen, PromptOrder::Consent(question)).await
    };
    told.notify_one();
    let verdict = agent.consents.ask(same, term.clone(), asked).await;
    agent.log.line(&format!("asked about {caller}: {}", logged(&verdict)));
    write_down(agent, caller, wanted.as_ref(), &verdict)?;
    let still = match verdict {
        Verdict::Once => agent.grants.is_in(&term),
        Verdict::UntilLock => agent.grants.add_in(&term, grant),
        _ => return Err(refused(&verdict)),
    };
    if still { Ok(()) } else { Err(refused(&Verdict::Locked)) }
}

/// Puts a question on the screen and waits for its answer.
async fn show(program: &std::path::Path, screen: &Screen, order: PromptOrder) -> Verdict {
    let answered = async {
        let mut prompt = Prompt::start(program, screen, &order).await?;
        loop {
            if let PromptReport::Answered(answer) = prompt.report().await? {
                // Its window closes by itself, and it is not killed while it does.
                tokio::spawn(tokio::time::timeout(Duration::from_secs(2), prompt.end()));
                return Ok::<_, std::io::Error>(answer);
            }
        }
    };
    match answered.await {
        Ok(ConsentAnswer::AllowOnce) => Verdict::Once,
        Ok(ConsentAnswer::AllowUntilLock) => Verdict::UntilLock,
        Ok(ConsentAnswer::Refuse) => Verdict::Refused,
        Err(error) if error.kind() == std::io::ErrorKind::UnexpectedEof => {
            Verdict::Unasked("the window that asks ended without an answer".to_owned())
        }
        Err(error) => Verdict::Unasked(format!("the window that asks cannot be opened: {error}")),
    }
}

/// Writes down what the user said, before anything leaves on it. A refusal is one also where it cannot
/// be written.
fn write_down(
    agent: &Agent,
    caller: &Caller,
    wanted: Option<&CredentialRef>,
    verdict: &Verdict,
) -> Result<(), ApiError> {
    let action = match verdict {
        Verdict::Once => "allow once",
        Verdict::UntilLock => "allow until lock",
        Verdict::Refused => "refuse",
        Verdict::Late | Verdict::Locked | Verdict::Unasked(_) => return Ok(()),
    };
    let written = agent.engine.note_consent(&caller.to_string(), action, wanted);
    if *verdict == Verdict::Refused { Ok(()) } else { written.map_err(|error| to_api(&error)) }
}

const fn logged(verdict: &Verdict) -> &str {
    match verdict {
        Verdict::Once => "allowed once",
        Verdict::UntilLock => "allowed until the lock",
        Verdict::Refused => "refused",
        Verdict::Late => "no answer",
        Verdict::Locked => "the vault was locked",
        Verdict::Unasked(reason) => reason.as_str(),
    }
}

/// What a caller is told whom nobody was asked about.
pub(crate) fn not_granted() -> ApiError {
    ApiError::new(
        ErrorCode::NoConsent,
        "the vault was unlocked from another terminal or program",
    )
    .hint("Run `keyturn unlock` here as well. Without a terminal it counts for the program that runs it, as long as that lives.")
}

fn refused(verdict: &Verdict) -> ApiError {
    const UNLOCK: &str = "Run `keyturn unlock` here as well, or ask again.";
    let message = match verdict {
        Verdict::Locked => {
            let message = "the vault was locked before you answered";
            return ApiError::new(ErrorCode::VaultLocked, message)
                .hint("Run `keyturn unlock`, then ask again.");
        }
        Verdict::Late => "nobody allowed it within 60 s".to_owned(),
        Verdict::Unasked(reason) => format!("you could not be asked: {reason}"),
        Verdict::Refused | Verdict::Once | Verdict::UntilLock => "you refused it".to_owned(),
    };
    ApiError::new(ErrorCode::NoConsent, message).hint(UNLOCK)
}
