//! What was handed to the desktop, and what became of it: nothing is told twice, and nothing is told
//! for shown that was not. Knows no clock but the one it is given and sends nothing by itself.

use std::collections::{BTreeMap, HashSet};
use std::time::{Duration, Instant};

use keyturn_core::CredentialRef;
use keyturn_core::reminder::{Reminder, ReminderId};
use keyturn_protocol::session::{Closing, NotificationAction, SessionCommand, SessionReport};

use super::words;

/// After a failure the desktop is left alone for so long.
const PAUSE: Duration = Duration::from_secs(25);
/// A session that says nothing at all for so long does not work.
const SILENCE: Duration = Duration::from_mins(1);

/// The notifications on the screen and on their way there.
#[derive(Debug, Default)]
pub(crate) struct Teller {
    handed: BTreeMap<u64, Handed>,
    last: u64,
    not_before: Option<Instant>,
    problem: Option<String>,
}

/// One notification, which may tell of several reminders.
#[derive(Debug)]
struct Handed {
    reminders: Vec<Reminder>,
    stage: Stage,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Stage {
    /// The session has it since then, and has said nothing yet.
    Sent(Instant),
    /// The desktop has it and does not answer.
    Late,
    /// It is on the screen.
    Shown,
}

/// What follows from a report.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Next {
    /// The user was told these.
    Told(Vec<ReminderId>),
    /// The user chose something about these.
    Chosen(NotificationAction, Vec<Reminder>),
    /// The user took the notification about these away.
    Dismissed(Vec<ReminderId>),
    /// Why nothing is shown was noted, in words for the log where it is new.
    Problem(String),
    /// Nothing.
    Nothing,
}

impl Teller {
    /// Hands over what waits and is not on its way yet, as one notification; what it replaces on the
    /// screen is withdrawn.
    pub(crate) fn hand_over(
        &mut self,
        waiting: Vec<Reminder>,
        hide_names: bool,
        now: Instant,
    ) -> Vec<SessionCommand> {
        if self.not_before.is_some_and(|until| now < until) {
            return Vec::new();
        }
        let handed: HashSet<&ReminderId> = self.ids().collect();
        let new: Vec<Reminder> =
            waiting.into_iter().filter(|reminder| !handed.contains(&reminder.id)).collect();
        if new.is_empty() {
            return Vec::new();
        }
        let about: HashSet<_> = new.iter().map(|reminder| &reminder.id.series).collect();
        let mut commands = self.withdraw(|reminder| about.contains(&reminder.id.series));
        self.last += 1;
        commands.push(words::notification(self.last, &new, hide_names));
        self.handed.insert(self.last, Handed { reminders: new, stage: Stage::Sent(now) });
        commands
    }

    /// Takes notice of what the session says.
    pub(crate) fn heard(&mut self, report: &SessionReport, now: Instant) -> Next {
        match report {
            SessionReport::Shown { id } => {
                self.problem = None;
                self.not_before = None;
                match self.handed.get_mut(id) {
                    Some(handed) => {
                        handed.stage = Stage::Shown;
                        Next::Told(ids(&handed.reminders))
                    }
                    None => Next::Nothing,
                }
            }
            SessionReport::Failed { id, reason } => {
                self.handed.remove(id);
                self.trouble(reason, now)
            }
            SessionReport::Late { id, reason } => {
                if let Some(handed) = self.handed.get_mut(id) {
                    handed.stage = Stage::Late;
                }
                self.trouble(reason, now)
            }
            SessionReport::Chosen { id, action } => match self.handed.remove(id) {
                Some(handed) => Next::Chosen(*action, handed.reminders),
                None => Next::Nothing,
            },
            SessionReport::Closed { id, how } => match self.handed.remove(id) {
                Some(handed) if *how == Closing::Dismissed => {
                    Next::Dismissed(ids(&handed.reminders))
                }
                _ => Next::Nothing,
            },
            SessionReport::DesktopBegan => {
                self.not_before = None;
                Next::Nothing
            }
            // The tray's and the keys'.
            SessionReport::ChosenInTray(_)
            | SessionReport::Keys { .. }
            | SessionReport::KeysPressed { .. } => Next::Nothing,
        }
    }

    /// The session is gone: what it had not shown is handed over again later.
    pub(crate) fn ended(&mut self, now: Instant) -> Next {
        self.handed.clear();
        self.trouble("the process that shows notifications ended", now)
    }

    /// Whether the session has something and does not say a word about it.
    pub(crate) fn hangs(&self, now: Instant) -> bool {
        self.handed.values().any(|handed| {
            matches!(handed.stage, Stage::Sent(since) if now.duration_since(since) > SILENCE)
        })
    }

    /// Takes what is about a credential off the screen: the user saw to it elsewhere. A notification
    /// about others, too, stays, and a choice on it is no longer about this one.
    pub(crate) fn seen_to(&mut self, reference: &CredentialRef) -> Vec<SessionCommand> {
        let commands = self.withdraw(|reminder| reminder.reference == *reference);
        for handed in self.handed.values_mut().filter(|handed| handed.stage == Stage::Shown) {
            handed.reminders.retain(|reminder| reminder.reference != *reference);
        }
        commands
    }

    /// Why the desktop shows nothing, where it does not.
    pub(crate) fn problem(&self) -> Option<&str> {
        self.problem.as_deref()
    }

    fn withdraw(&mut self, meant: impl Fn(&Reminder) -> bool) -> Vec<SessionCommand> {
        let over =
            |handed: &Handed| handed.stage == Stage::Shown && handed.reminders.iter().all(&meant);
        let gone: Vec<u64> =
            self.handed.iter().filter(|(_, one)| over(one)).map(|(id, _)| *id).collect();
        for id in &gone {
            self.handed.remove(id);
        }
        gone.into_iter().map(|id| SessionCommand::Withdraw { id }).collect()
    }

    /// Said once: it is tried again and again.
    fn trouble(&mut self, reason: &str, now: Instant) -> Next {
        self.not_before = now.checked_add(PAUSE);
        let known = self.problem.as_deref() == Some(reason);
        self.problem = Some(reason.to_owned());
        if known { Next::Nothing } else { Next::Problem(reason.to_owned()) }
    }

    /// What is on its way, or on the screen and not yet noted as told.
    fn ids(&self) -> impl Iterator<Item = &ReminderId> {
        self.handed.values().flat_map(|handed| &handed.reminders).map(|reminder| &reminder.id)
    }
}

/// Their ids.
pub(super) fn ids(reminders: &[Reminder]) -> Vec<ReminderId> {
    reminders.iter().map(|reminder| reminder.id.clone()).collect()
}

#[cfg(test)]
mod tests {
    use super::super::tests::reminder;
    use super::*;

    const FAILED: &str = "nobody shows notifications";

    fn handed(commands: &[SessionCommand]) -> u64 {
        match commands {
            [.., SessionCommand::Notify { id, .. }] => *id,
            other => panic!("a notification is handed over: {other:?}"),
        }
    }

    #[test]
    fn what_is_on_its_way_is_not_handed_over_again() {
        let (mut teller, now) = (Teller::default(), Instant::now());
        let waiting = vec![reminder("acme/main")];
        let id = handed(&teller.hand_over(waiting.clone(), false, now));
        assert!(teller.hand_over(waiting.clone(), false, now).is_empty());
        let reason = "slow".to_owned();
        assert_eq!(
            teller.heard(&SessionReport::Late { id, reason: reason.clone() }, now),
            Next::Problem(reason)
        );
        assert!(teller.hand_over(waiting.clone(), false, now + PAUSE).is_empty());
        let told = teller.heard(&SessionReport::Shown { id }, now);
        assert_eq!(told, Next::Told(vec![waiting[0].id.clone()]));
        assert_eq!(teller.problem(), None);
        assert!(
            teller.hand_over(waiting, false, now + PAUSE).is_empty(),
            "even if it is not noted"
        );
    }

    #[test]
    fn what_failed_is_handed_over_again_after_a_pause() {
        let (mut teller, now) = (Teller::default(), Instant::now());
        let waiting = vec![reminder("acme/main")];
        let id = handed(&teller.hand_over(waiting.clone(), false, now));
        let failed = |id| SessionReport::Failed { id, reason: FAILED.to_owned() };
        assert_eq!(teller.heard(&failed(id), now), Next::Problem(FAILED.to_owned()));
        assert_eq!(teller.problem(), Some(FAILED));
        assert!(teller.hand_over(waiting.clone(), false, now).is_empty(), "not at once");
        let id = handed(&teller.hand_over(waiting, false, now + PAUSE));
        assert_eq!(teller.heard(&failed(id), now), Next::Nothing, "said once");
        assert!(teller.hand_over(vec![reminder("acme/main")], false, now).is_empty());
        teller.heard(&SessionReport::DesktopBegan, now);
        handed(&teller.hand_over(vec![reminder("acme/main")], false, now));
    }

    #[test]
    fn a_session_that_ended_loses_what_it_had_and_it_is_handed_over_again() {
        let (mut teller, now) = (Teller::default(), Instant::now());
        let waiting = vec![reminder("acme/main")];
        handed(&teller.hand_over(waiting.clone(), false, now));
        assert!(!teller.hangs(now + SILENCE));
        assert!(teller.hangs(now + SILENCE + PAUSE));
        assert!(matches!(teller.ended(now), Next::Problem(_)));
        assert!(!teller.hangs(now + SILENCE + PAUSE));
        handed(&teller.hand_over(waiting, false, now + PAUSE));
    }

    #[test]
    fn a_new_notification_takes_the_older_one_about_the_same_off_the_screen() {
        let (mut teller, now) = (Teller::default(), Instant::now());
        let mut weekly = reminder("acme/main");
        let first = handed(&teller.hand_over(vec![weekly.clone()], false, now));
        teller.heard(&SessionReport::Shown { id: first }, now);
        weekly.id.step = keyturn_core::reminder::Step::Day("2031-01-01".parse().unwrap());
        let commands = teller.hand_over(vec![weekly], false, now);
        assert_eq!(commands[0], SessionCommand::Withdraw { id: first });
        assert!(handed(&commands) > first);
    }

    #[test]
    fn what_was_seen_to_leaves_the_screen_unless_it_tells_of_more() {
        let (mut teller, now) = (Teller::default(), Instant::now());
        let (one, other) = (reminder("acme/main"), reminder("acme/other"));
        let both = handed(&teller.hand_over(vec![one.clone(), other], false, now));
        teller.heard(&SessionReport::Shown { id: both }, now);
        assert!(teller.seen_to(&one.reference).is_empty());
        // Snoozed meanwhile, it comes again although its notification is still there.
        handed(&teller.hand_over(vec![one], false, now));
        let third = reminder("acme/third");
        let id = handed(&teller.hand_over(vec![third.clone()], false, now));
        teller.heard(&SessionReport::Shown { id }, now);
        assert_eq!(teller.seen_to(&third.reference), [SessionCommand::Withdraw { id }]);
    }

    #[test]
    fn what_the_user_does_is_done_once() {
        let (mut teller, now) = (Teller::default(), Instant::now());
        let one = reminder("acme/main");
        let id = handed(&teller.hand_over(vec![one.clone()], false, now));
        teller.heard(&SessionReport::Shown { id }, now);
        let chosen = SessionReport::Chosen { id, action: NotificationAction::Snooze };
        let next = Next::Chosen(NotificationAction::Snooze, vec![one]);
        assert_eq!(teller.heard(&chosen, now), next);
        assert_eq!(teller.heard(&chosen, now), Next::Nothing);
        let closed = SessionReport::Closed { id, how: Closing::Dismissed };
        assert_eq!(teller.heard(&closed, now), Next::Nothing);
    }
}
