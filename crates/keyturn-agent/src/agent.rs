//! The agent's state, and what happens to it without anybody calling.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use keyturn_core::{LONGEST_OPEN_S, SecuritySettings, duration};
use keyturn_engine::{Engine, EngineError};
use keyturn_protocol::calls::LockedBy;
use keyturn_protocol::{ApiError, Event, Home};
use tokio::sync::{Notify, broadcast};

use crate::attempts::Attempts;
use crate::clipboard::Clipboard;
use crate::consent::Consents;
use crate::errors::to_api;
use crate::grant::Grants;
use crate::greeting::UnderWay;
use crate::log::Log;
use crate::logind::Signals;
use crate::reminders::Teller;
use crate::reveal::Showing;
use crate::session::Session;
use crate::share_safe::ShareSafe;
use crate::shortcut::Shortcut;
use crate::tray::Recent;

/// The vault locks after so long whatever happens.
const LONGEST_UNLOCK: TimeDelta = TimeDelta::seconds(LONGEST_OPEN_S as i64);
/// How often the wall clock is looked at: timers of the runtime stand still while the machine sleeps.
pub(crate) const TICK: Duration = Duration::from_secs(30);

/// Everything that connections share.
pub(crate) struct Agent {
    pub(crate) engine: Arc<Engine>,
    pub(crate) home: Home,
    pub(crate) grants: Grants,
    pub(crate) consents: Arc<Consents>,
    pub(crate) showing: Showing,
    pub(crate) attempts: Mutex<Attempts>,
    /// Held during an attempt, so that attempts at once wait for each other's outcome.
    pub(crate) attempting: tokio::sync::Mutex<()>,
    pub(crate) clipboard: Clipboard,
    pub(crate) log: Log,
    pub(crate) events: broadcast::Sender<Event>,
    /// The way to the desktop.
    pub(crate) session: Session,
    /// Whether it is told when the machine sleeps or the screen is locked.
    pub(crate) signals: Signals,
    /// Whether the tray and notifications name credentials.
    pub(crate) share_safe: ShareSafe,
    /// The shortcut of the palette.
    pub(crate) shortcut: Shortcut,
    teller: Mutex<Teller>,
    /// Rung when something changed that reminders hang on.
    pub(crate) schedule_changed: Notify,
    /// Rung when something changed that renewing in the background hangs on.
    pub(crate) freshness_changed: Arc<Notify>,
    /// Rung when the settings changed that the check of every day hangs on.
    pub(crate) security_changed: Notify,
    /// Rung when the agent is to end.
    pub(crate) stopping: Notify,
    /// The calls that are being answered.
    pub(crate) under_way: UnderWay,
    /// Whether this agent took the place of an older one, and the vault was not opened since.
    updated: AtomicBool,
    /// Why it locked the vault last, until it is opened again.
    locked_by: Mutex<Option<LockedBy>>,
    recent: Mutex<Recent>,
    presence: Mutex<Presence>,
}

#[derive(Debug, Default)]
struct Presence {
    unlocked_at: Option<DateTime<Utc>>,
    used_at: Option<DateTime<Utc>>,
}

impl Agent {
    pub(crate) fn new(engine: Arc<Engine>, home: Home, log: Log, session: Session) -> Self {
        let events = broadcast::Sender::new(256);
        Self {
            engine,
            home,
            grants: Grants::default(),
            consents: Arc::default(),
            showing: Showing::default(),
            attempts: Mutex::default(),
            attempting: tokio::sync::Mutex::default(),
            clipboard: Clipboard::telling(events.clone()),
            log,
            events,
            session,
            signals: Signals::default(),
            share_safe: ShareSafe::default(),
            shortcut: Shortcut::default(),
            teller: Mutex::default(),
            schedule_changed: Notify::new(),
            freshness_changed: Arc::default(),
            security_changed: Notify::new(),
            stopping: Notify::new(),
            under_way: UnderWay::default(),
            updated: AtomicBool::new(false),
            locked_by: Mutex::default(),
            recent: Mutex::default(),
            presence: Mutex::default(),
        }
    }

    /// Tells subscribers, if there are any.
    pub(crate) fn tell(&self, event: Event) {
        drop(self.events.send(event));
        self.schedule_changed.notify_one();
        self.freshness_changed.notify_one();
    }

    /// Notes that the user is there.
    pub(crate) fn used(&self) {
        self.presence().used_at = Some(self.engine.now());
    }

    /// Whether the vault is locked because this agent took the place of an older one.
    pub(crate) fn is_updated(&self) -> bool {
        self.updated.load(Ordering::Relaxed)
    }

    /// Notes whether it is.
    pub(crate) fn set_updated(&self, updated: bool) {
        self.updated.store(updated, Ordering::Relaxed);
    }

    /// Why it locked the vault last; `None` where it did not since the vault was opened.
    pub(crate) fn locked_by(&self) -> Option<LockedBy> {
        *self.locked_by.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn set_locked_by(&self, by: Option<LockedBy>) {
        *self.locked_by.lock().unwrap_or_else(PoisonError::into_inner) = by;
    }

    /// Whether something would be lost if the agent ended now: a call that is being answered, or a copy
    /// on the clipboard.
    pub(crate) fn is_busy(&self) -> bool {
        self.under_way.any() || self.clipboard.is_holding()
    }

    /// Notes that the vault was opened.
    pub(crate) fn unlocked(&self) {
        let now = Some(self.engine.now());
        *self.presence() = Presence { unlocked_at: now, used_at: now };
        self.set_updated(false);
        self.set_locked_by(None);
        self.log.line("unlocked");
        self.tell(Event::Unlocked);
    }

    /// Locks the vault, ends the grants and clears the clipboard. It waits a few seconds for tokens that
    /// are just being bought.
    pub(crate) async fn lock(&self, by: LockedBy, reason: &str) -> Result<(), ApiError> {
        self.grants.clear();
        self.consents.forget_screen();
        self.showing.end();
        self.clipboard.clear().await;
        if !self.engine.is_unlocked() {
            return Ok(());
        }
        let locked = self.engine.land_and_lock().await;
        self.set_locked_by(Some(by));
        self.log.line(&format!("locked: {reason}"));
        self.tell(Event::Locked);
        locked.map_err(|error| to_api(&error))
    }

    /// Locks the vault when nobody used it for long; a clock that was set back counts as use.
    pub(crate) async fn lock_when_idle(&self) {
        if !self.engine.is_unlocked() {
            return;
        }
        let now = self.engine.now();
        let idle = self.security().lock_after_s.map(|span| TimeDelta::seconds(span.into()));
        let reason = {
            let presence = self.presence();
            let over =
                |since: Option<DateTime<Utc>>, limit| since.is_some_and(|at| now - at >= limit);
            let idle = idle.filter(|idle| over(presence.used_at, *idle));
            match (idle, over(presence.unlocked_at, LONGEST_UNLOCK)) {
                (Some(idle), _) => {
                    Some((LockedBy::Idle, format!("nobody used it for {}", duration::human(idle))))
                }
                (None, true) => Some((LockedBy::Longest, "it was open for 12 hours".to_owned())),
                (None, false) => None,
            }
        };
        if let Some((by, reason)) = reason
            && let Err(error) = self.lock(by, &reason).await
        {
            self.log.line(&format!("locking: {error}"));
        }
    }

    /// Deletes what lay in the trash for thirty days.
    pub(crate) fn tidy(&self) {
        match self.engine.purge_trash() {
            Ok(deleted) => {
                for reference in deleted {
                    self.tell(Event::CredentialChanged(reference));
                }
            }
            // A locked vault is tidied when it is opened.
            Err(EngineError::VaultLocked | EngineError::VaultAbsent) => {}
            Err(error) => self.log.line(&format!("emptying the trash: {error}")),
        }
    }

    /// The settings inside the vault; the usual ones while it is locked.
    pub(crate) fn security(&self) -> SecuritySettings {
        self.engine.security().unwrap_or_default()
    }

    /// What is on the screen.
    pub(crate) fn teller(&self) -> MutexGuard<'_, Teller> {
        self.teller.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The credentials that were used last.
    pub(crate) fn recent(&self) -> MutexGuard<'_, Recent> {
        self.recent.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn presence(&self) -> MutexGuard<'_, Presence> {
        self.presence.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
pub(crate) mod tests;
