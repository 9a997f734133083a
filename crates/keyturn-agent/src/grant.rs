//! Who may use the unlocked vault.
//!
//! Typing the passphrase grants the vault to the terminal session it was typed in or, where there is
//! no terminal, to the process tree of the program that ran `keyturn unlock`. The user can grant it to
//! others when they ask ([`crate::consent`]); everything else is refused. Grants end with the lock, and
//! with the session leader or process they hang on.

use std::sync::{Mutex, MutexGuard, PoisonError};

use keyturn_protocol::prompt::ConsentReach;
use tokio::sync::watch;

use crate::caller::{Caller, Process};

/// What one unlock opened the vault for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Grant {
    /// Every process of the terminal session that this process leads.
    TerminalSession { leader: i32, started: u64 },
    /// This process and what descends from it.
    ProcessTree { root: i32, started: u64 },
}

/// The grants of the current unlock, and how often they were ended.
#[derive(Debug, Default)]
pub(crate) struct Grants {
    current: Mutex<Vec<Grant>>,
    ended: watch::Sender<u64>,
}

/// One time between two ends of all grants: what was asked in it counts in no other.
#[derive(Debug, Clone)]
pub(crate) struct Term {
    number: u64,
    ended: watch::Receiver<u64>,
}

impl Term {
    /// Waits until all grants ended.
    pub(crate) async fn end(&mut self) {
        // Without a sender the agent is gone, and its grants with it.
        drop(self.ended.wait_for(|number| *number != self.number).await);
    }
}

impl Grants {
    /// Grants the vault to the caller's terminal session or process tree.
    pub(crate) fn add(&self, caller: &Caller) {
        if let Some(grant) = Grant::of(caller, Process::read) {
            Self::push(&mut self.current(), grant);
        }
    }

    /// Adds what the user was asked about and allowed; `false` where a lock came in between.
    pub(crate) fn add_in(&self, term: &Term, grant: Grant) -> bool {
        let mut current = self.current();
        let still = self.is_in(term);
        if still {
            Self::push(&mut current, grant);
        }
        still
    }

    fn push(grants: &mut Vec<Grant>, grant: Grant) {
        if !grants.contains(&grant) {
            grants.push(grant);
        }
    }

    /// Whether the caller may use the vault.
    pub(crate) fn covers(&self, caller: &Caller) -> bool {
        self.current().iter().any(|grant| grant.covers(caller, Process::read))
    }

    /// The time that runs now.
    pub(crate) fn term(&self) -> Term {
        let ended = self.ended.subscribe();
        let number = *ended.borrow();
        Term { number, ended }
    }

    /// Whether that time still runs.
    pub(crate) fn is_in(&self, term: &Term) -> bool {
        *self.ended.borrow() == term.number
    }

    /// Ends all grants.
    pub(crate) fn clear(&self) {
        let mut current = self.current();
        current.clear();
        self.ended.send_modify(|number| *number += 1);
    }

    fn current(&self) -> MutexGuard<'_, Vec<Grant>> {
        self.current.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Grant {
    /// What a yes to this caller would be for: what the user is shown, and nothing above it. `None` where
    /// nothing is known of it.
    pub(crate) fn asked_for(caller: &Caller) -> Option<Self> {
        Self::among(caller, caller.behind_messenger(), Process::read)
    }

    /// The same as the user is told.
    pub(crate) const fn reach(&self) -> ConsentReach {
        match self {
            Self::TerminalSession { .. } => ConsentReach::Terminal,
            Self::ProcessTree { .. } => ConsentReach::Program,
        }
    }

    fn of(caller: &Caller, read: impl Fn(i32) -> std::io::Result<Process>) -> Option<Self> {
        // The command line is the messenger; who ran it is the one that typed. A window speaks for
        // itself.
        let tree = match caller.chain() {
            [messenger, tree @ ..] if messenger.name == "keyturn" && !tree.is_empty() => tree,
            whole => whole,
        };
        Self::among(caller, tree, read)
    }

    fn among(
        caller: &Caller,
        tree: &[Process],
        read: impl Fn(i32) -> std::io::Result<Process>,
    ) -> Option<Self> {
        let process = caller.process()?;
        if process.has_terminal
            && let Ok(leader) = read(process.session)
        {
            return Some(Self::TerminalSession { leader: leader.pid, started: leader.started });
        }
        // A shell runs subshells and pipelines in copies of itself that are gone a moment later:
        // what is meant is the shell.
        let copies = tree.windows(2).take_while(|pair| pair[0].is_copy_of(&pair[1]));
        let root = tree.get(copies.count())?;
        Some(Self::ProcessTree { root: root.pid, started: root.started })
    }

    fn covers(&self, caller: &Caller, read: impl Fn(i32) -> std::io::Result<Process>) -> bool {
        match self {
            Self::TerminalSession { leader, started } => {
                let alive = read(*leader).is_ok_and(|process| process.started == *started);
                alive && caller.chain().iter().any(|process| process.session == *leader)
            }
            Self::ProcessTree { root, started } => caller
                .chain()
                .iter()
                .any(|process| process.pid == *root && process.started == *started),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn process(pid: i32, parent: i32, session: i32, has_terminal: bool, name: &str) -> Process {
        let started = u64::try_from(pid).unwrap() * 10;
        let (name, command_line) = (name.to_owned(), name.as_bytes().to_vec());
        Process { pid, started, parent, session, has_terminal, name, command_line }
    }

    /// `keyturn` (30) run by a shell (20) that leads a terminal session.
    fn in_terminal(pid: i32) -> Caller {
        Caller::from_chain(vec![
            process(pid, 20, 20, true, "keyturn"),
            process(20, 10, 20, true, "bash"),
            process(10, 1, 10, false, "terminal"),
        ])
    }

    /// `keyturn` run by a script (50) without a terminal.
    fn in_script(pid: i32, script: i32) -> Caller {
        Caller::from_chain(vec![
            process(pid, script, 5, false, "keyturn"),
            process(script, 5, 5, false, "sh"),
            process(5, 1, 5, false, "cron"),
        ])
    }

    #[expect(clippy::unnecessary_wraps, reason = "stands in for reading /proc")]
    fn shell(_: i32) -> std::io::Result<Process> {
        Ok(process(20, 10, 20, true, "bash"))
    }

    #[test]
    fn a_terminal_that_unlocked_may_go_on() {
        let grant = Grant::of(&in_terminal(30), shell).unwrap();
        assert_eq!(grant, Grant::TerminalSession { leader: 20, started: 200 });
        assert!(grant.covers(&in_terminal(31), shell));
    }

    #[test]
    fn another_terminal_may_not() {
        let grant = Grant::of(&in_terminal(30), shell).unwrap();
        let other = Caller::from_chain(vec![
            process(40, 25, 25, true, "keyturn"),
            process(25, 10, 25, true, "bash"),
            process(10, 1, 10, false, "terminal"),
        ]);
        assert!(!grant.covers(&other, shell));
    }

    #[test]
    fn a_session_that_ended_grants_nothing_to_one_with_its_number() {
        let grant = Grant::of(&in_terminal(30), shell).unwrap();
        let reborn = |_| Ok(Process { started: 999, ..process(20, 10, 20, true, "bash") });
        assert!(!grant.covers(&in_terminal(31), reborn));
    }

    #[test]
    fn without_a_terminal_the_program_that_ran_keyturn_is_granted_and_its_neighbour_is_not() {
        let grant = Grant::of(&in_script(60, 50), shell).unwrap();
        assert_eq!(grant, Grant::ProcessTree { root: 50, started: 500 });
        assert!(grant.covers(&in_script(61, 50), shell));
        assert!(!grant.covers(&in_script(62, 51), shell), "a neighbour with the same parent");
    }

    #[test]
    fn an_unlock_in_a_subshell_counts_for_its_shell() {
        let in_subshell = Caller::from_chain(vec![
            process(60, 51, 5, false, "keyturn"),
            process(51, 50, 5, false, "sh"),
            process(50, 5, 5, false, "sh"),
            process(5, 1, 5, false, "cron"),
        ]);
        let grant = Grant::of(&in_subshell, shell).unwrap();
        assert!(grant.covers(&in_script(61, 50), shell));
        assert!(!grant.covers(&in_script(62, 52), shell), "another script of the same parent");
    }

    #[test]
    fn a_script_that_another_script_ran_is_granted_for_itself() {
        let inner =
            Process { command_line: b"sh inner.sh".to_vec(), ..process(51, 50, 5, false, "sh") };
        let caller = Caller::from_chain(vec![
            process(60, 51, 5, false, "keyturn"),
            inner,
            process(50, 5, 5, false, "sh"),
        ]);
        let grant = Grant::of(&caller, shell).unwrap();
        assert_eq!(grant, Grant::ProcessTree { root: 51, started: 510 });
    }

    #[test]
    fn a_window_is_granted_for_itself() {
        let window = Caller::from_chain(vec![
            process(70, 5, 5, false, "keyturn-desktop"),
            process(5, 1, 5, false, "gnome-shell"),
        ]);
        let grant = Grant::of(&window, shell).unwrap();
        assert_eq!(grant, Grant::ProcessTree { root: 70, started: 700 });
        assert!(!grant.covers(&in_script(61, 5), shell), "the desktop's other programs are not");
    }

    #[test]
    fn a_lock_ends_all_grants() {
        let own = Caller::of(i32::try_from(std::process::id()).unwrap()).unwrap();
        let grants = Grants::default();
        grants.add(&own);
        assert!(grants.covers(&own));
        grants.clear();
        assert!(!grants.covers(&own));
    }

    #[test]
    fn a_yes_that_comes_after_the_lock_grants_nothing() {
        let own = Caller::of(i32::try_from(std::process::id()).unwrap()).unwrap();
        let asked_for = || Grant::asked_for(&own).unwrap();
        let grants = Grants::default();
        let before = grants.term();
        grants.clear();
        assert!(!grants.add_in(&before, asked_for()) && !grants.is_in(&before));
        assert!(!grants.covers(&own));
        assert!(grants.add_in(&grants.term(), asked_for()) && grants.covers(&own), "control");
    }

    #[test]
    fn a_program_that_only_calls_itself_keyturn_is_asked_about_and_allowed_for_itself() {
        let liar = in_script(60, 50);
        let asked_for = Grant::asked_for(&liar).unwrap();
        assert_eq!(asked_for, Grant::ProcessTree { root: 60, started: 600 });
        assert!(!asked_for.covers(&in_script(61, 50), shell), "what ran it is not");
    }
}
