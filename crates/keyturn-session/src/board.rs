//! What is on the screen, or on its way there. Each notification is told of once: shown or failed,
//! and later how it ended, whichever way the desktop says so.

use std::collections::BTreeMap;

use keyturn_protocol::session::{Closing, SessionCommand, SessionReport};
use notify_rust::CloseReason;
use tokio::sync::mpsc::{self, UnboundedReceiver, UnboundedSender};
use tokio::sync::oneshot;
use tokio::task::AbortHandle;

use crate::notification::{self, Fate};
use crate::watch;

/// So many notifications are followed at once; the oldest is let go first.
const MOST_FOLLOWED: usize = 50;

const LATE: &str = "the desktop's notification service does not answer";

/// Something happened on the bus.
#[derive(Debug)]
pub(crate) enum Happening {
    /// The bus is watched from here on, as far as there is one.
    Watching,
    /// A notification is on the screen, under this number of the desktop's own.
    Shown { id: u64, on_bus: u32 },
    /// It will not be shown.
    Failed { id: u64, reason: String },
    /// It may be shown later.
    Late { id: u64 },
    /// One of ours has ended.
    Ended { id: u64, fate: Fate },
    /// Somebody's notification has ended, by the desktop's own number.
    EndedOnBus { on_bus: u32, fate: Fate },
    /// The desktop's notification service came.
    DesktopBegan,
    /// The desktop's notification service is gone.
    DesktopEnded,
}

#[derive(Debug)]
struct Followed {
    task: AbortHandle,
    withdraw: Option<oneshot::Sender<()>>,
    on_bus: Option<u32>,
}

/// The notifications that were not yet told to have ended, by the agent's number.
#[derive(Debug)]
pub(crate) struct Board {
    followed: BTreeMap<u64, Followed>,
    /// What ended on the bus while one of ours was on its way, whose number there is not known yet: the
    /// two come from different connections, in any order.
    early: Vec<(u32, Fate)>,
    /// Those that wait until the bus is watched: nothing that happens to them may be missed.
    waiting: Vec<SessionCommand>,
    watching: Option<AbortHandle>,
    ready: bool,
    happenings: UnboundedReceiver<Happening>,
    tell: UnboundedSender<Happening>,
}

impl Board {
    /// An empty board; it connects to nothing yet.
    pub(crate) fn new() -> Self {
        let (tell, happenings) = mpsc::unbounded_channel();
        Self {
            followed: BTreeMap::new(),
            early: Vec::new(),
            waiting: Vec::new(),
            watching: None,
            ready: false,
            happenings,
            tell,
        }
    }

    /// Waits until something happens.
    pub(crate) async fn next(&mut self) -> Happening {
        match self.happenings.recv().await {
            Some(happening) => happening,
            // The board itself holds a sender.
            None => std::future::pending().await,
        }
    }

    /// Begins what the agent wants; what becomes of it is told later.
    pub(crate) fn obey(&mut self, command: SessionCommand) -> Vec<SessionReport> {
        if self.watching.as_ref().is_none_or(AbortHandle::is_finished) {
            self.ready = false;
            self.watching = Some(tokio::spawn(watch::watch(self.tell.clone())).abort_handle());
        }
        if !self.ready {
            self.waiting.push(command);
            return Vec::new();
        }
        self.carry_out(command)
    }

    fn carry_out(&mut self, command: SessionCommand) -> Vec<SessionReport> {
        match command {
            SessionCommand::Notify { id, title, body, urgent, actions } => {
                let built = notification::build(&title, &body, urgent, &actions);
                let (withdraw, withdrawn) = oneshot::channel();
                let showing = notification::show(id, built, withdrawn, self.tell.clone());
                let task = tokio::spawn(showing).abort_handle();
                let withdraw = Some(withdraw);
                self.followed.insert(id, Followed { task, withdraw, on_bus: None });
                self.let_the_oldest_go()
            }
            SessionCommand::Withdraw { id } => {
                let followed = self.followed.get_mut(&id);
                if let Some(withdraw) = followed.and_then(|one| one.withdraw.take()) {
                    withdraw.send(()).ok();
                }
                Vec::new()
            }
            // The tray's, and the shortcut's.
            SessionCommand::ShowTray(_) | SessionCommand::TakeKeys { .. } => Vec::new(),
        }
    }

    fn let_the_oldest_go(&mut self) -> Vec<SessionReport> {
        let mut reports = Vec::new();
        while self.followed.len() > MOST_FOLLOWED {
            let Some((id, followed)) = self.followed.pop_first() else { break };
            followed.task.abort();
            reports.push(lost(id, followed.on_bus.is_some()));
        }
        reports
    }

    /// Turns what happened into what the agent is told.
    pub(crate) fn note(&mut self, happening: Happening) -> Vec<SessionReport> {
        match happening {
            Happening::Watching => {
                self.ready = true;
                let waiting = std::mem::take(&mut self.waiting);
                waiting.into_iter().flat_map(|command| self.carry_out(command)).collect()
            }
            Happening::Shown { id, on_bus } => match self.followed.get_mut(&id) {
                Some(followed) => {
                    followed.on_bus = Some(on_bus);
                    let early = self.early.iter().find(|(ended, _)| *ended == on_bus);
                    let fate = early.map(|(_, fate)| *fate);
                    self.forget_early();
                    let ended = fate.and_then(|fate| self.end(id, fate));
                    [SessionReport::Shown { id }].into_iter().chain(ended).collect()
                }
                None => Vec::new(),
            },
            Happening::Late { id } => {
                vec![SessionReport::Late { id, reason: LATE.to_owned() }]
            }
            Happening::Failed { id, reason } => match self.followed.remove(&id) {
                Some(_) => {
                    self.forget_early();
                    let reason = format!("the desktop shows no notifications: {reason}");
                    vec![SessionReport::Failed { id, reason }]
                }
                None => Vec::new(),
            },
            Happening::Ended { id, fate } => self.end(id, fate).into_iter().collect(),
            Happening::EndedOnBus { on_bus, fate } => {
                let ours = self.followed.iter().find(|(_, one)| one.on_bus == Some(on_bus));
                let Some(id) = ours.map(|(id, _)| *id) else {
                    self.note_early(on_bus, fate);
                    return Vec::new();
                };
                self.end(id, fate).into_iter().collect()
            }
            Happening::DesktopBegan => vec![SessionReport::DesktopBegan],
            Happening::DesktopEnded => {
                // Another one numbers anew.
                self.early.clear();
                // Those on their way get an error from the bus and say so themselves.
                let shown = self.followed.iter().filter(|(_, one)| one.on_bus.is_some());
                let shown: Vec<u64> = shown.map(|(id, _)| *id).collect();
                let ends = shown.into_iter();
                ends.filter_map(|id| self.end(id, Fate::Closed(CloseReason::Other(0)))).collect()
            }
        }
    }

    fn is_one_on_its_way(&self) -> bool {
        self.followed.values().any(|one| one.on_bus.is_none())
    }

    /// The first that is heard of a number counts: what was chosen comes before its going away.
    fn note_early(&mut self, on_bus: u32, fate: Fate) {
        let is_known = self.early.iter().any(|(known, _)| *known == on_bus);
        if self.is_one_on_its_way() && !is_known && self.early.len() < MOST_FOLLOWED {
            self.early.push((on_bus, fate));
        }
    }

    fn forget_early(&mut self) {
        if !self.is_one_on_its_way() {
            self.early.clear();
        }
    }

    fn end(&mut self, id: u64, fate: Fate) -> Option<SessionReport> {
        let followed = self.followed.remove(&id)?;
        if let (Fate::Chosen(_), Some(withdraw)) = (fate, followed.withdraw) {
            // Not every desktop takes a notification away that something was chosen on.
            withdraw.send(()).ok();
        } else {
            followed.task.abort();
        }
        Some(match fate {
            Fate::Chosen(action) => SessionReport::Chosen { id, action },
            Fate::Closed(reason) => SessionReport::Closed {
                id,
                how: match reason {
                    CloseReason::Expired => Closing::Expired,
                    CloseReason::Dismissed => Closing::Dismissed,
                    CloseReason::CloseAction => Closing::Withdrawn,
                    CloseReason::Other(_) => Closing::Lost,
                },
            },
        })
    }
}

fn lost(id: u64, was_shown: bool) -> SessionReport {
    if was_shown {
        SessionReport::Closed { id, how: Closing::Lost }
    } else {
        SessionReport::Failed { id, reason: LATE.to_owned() }
    }
}

#[cfg(test)]
mod tests {
    use keyturn_protocol::session::NotificationAction;

    use super::*;

    /// A board with one notification on the screen, under the desktop's number 7.
    fn board_with_one() -> Board {
        let mut board = Board::new();
        let task = tokio::spawn(std::future::pending::<()>()).abort_handle();
        board.followed.insert(1, Followed { task, withdraw: None, on_bus: None });
        let shown = board.note(Happening::Shown { id: 1, on_bus: 7 });
        assert_eq!(shown, [SessionReport::Shown { id: 1 }]);
        board
    }

    #[tokio::test]
    async fn an_end_that_is_heard_twice_is_told_once() {
        let mut board = board_with_one();
        let chosen = Fate::Chosen(NotificationAction::Snooze);
        let told = board.note(Happening::EndedOnBus { on_bus: 7, fate: chosen });
        let action = NotificationAction::Snooze;
        assert_eq!(told, [SessionReport::Chosen { id: 1, action }]);
        assert!(board.note(Happening::Ended { id: 1, fate: chosen }).is_empty());
        let closed = Fate::Closed(CloseReason::Dismissed);
        assert!(board.note(Happening::EndedOnBus { on_bus: 7, fate: closed }).is_empty());
    }

    #[tokio::test]
    async fn notifications_of_other_programs_are_nothing_to_us() {
        let mut board = board_with_one();
        let fate = Fate::Chosen(NotificationAction::Open);
        assert!(board.note(Happening::EndedOnBus { on_bus: 8, fate }).is_empty());
    }

    #[tokio::test]
    async fn what_ends_before_its_number_is_known_is_told_all_the_same() {
        let mut board = Board::new();
        for id in [1, 2] {
            let task = tokio::spawn(std::future::pending::<()>()).abort_handle();
            board.followed.insert(id, Followed { task, withdraw: None, on_bus: None });
        }
        let action = NotificationAction::Open;
        let closed = Fate::Closed(CloseReason::Dismissed);
        for (on_bus, fate) in [(7, Fate::Chosen(action)), (7, closed), (9, closed)] {
            assert!(board.note(Happening::EndedOnBus { on_bus, fate }).is_empty());
        }
        let told = board.note(Happening::Shown { id: 1, on_bus: 7 });
        assert_eq!(told, [SessionReport::Shown { id: 1 }, SessionReport::Chosen { id: 1, action }]);
        let told = board.note(Happening::Shown { id: 2, on_bus: 8 });
        assert_eq!(told, [SessionReport::Shown { id: 2 }], "another one's end is not its own");
        assert!(board.early.is_empty(), "nothing is on its way any more");
    }

    #[tokio::test]
    async fn the_end_of_the_desktops_service_ends_what_it_showed() {
        let mut board = board_with_one();
        let lost = SessionReport::Closed { id: 1, how: Closing::Lost };
        assert_eq!(board.note(Happening::DesktopEnded), [lost]);
        assert!(board.note(Happening::DesktopEnded).is_empty());
    }

    #[tokio::test]
    async fn the_oldest_of_too_many_is_let_go() {
        let mut board = board_with_one();
        for id in 2..=u64::try_from(MOST_FOLLOWED).unwrap() + 1 {
            let task = tokio::spawn(std::future::pending::<()>()).abort_handle();
            board.followed.insert(id, Followed { task, withdraw: None, on_bus: None });
        }
        let lost = SessionReport::Closed { id: 1, how: Closing::Lost };
        assert_eq!(board.let_the_oldest_go(), [lost]);
    }
}
