//! What a choice in the tray does.

use std::sync::Arc;

use chrono::TimeDelta;
use keyturn_core::{CredentialRef, Target, TargetRef, TokenFormat};
use keyturn_protocol::calls::{CopyAnswer, CopySecret, LockedBy};
use keyturn_protocol::session::SessionCommand;
use keyturn_protocol::tray::TrayChoice;
use keyturn_protocol::{ApiError, Event, environment};

use crate::agent::Agent;
use crate::caller::Caller;
use crate::desktop;
use crate::errors::to_api;
use crate::handle;

/// How long reminders are silent.
const PAUSE: TimeDelta = TimeDelta::hours(1);
/// The name of the tray's own notifications; the reminders' count up from 1.
const NOTICE: u64 = u64::MAX;

/// Does what was chosen.
pub(super) async fn act(agent: &Arc<Agent>, choice: TrayChoice) {
    match choice {
        TrayChoice::Copy(reference) => {
            let covered = |text: String| agent.share_safe.cover(&reference, &text);
            match copy(agent, &reference).await {
                Ok(CopyAnswer { copied, clears_in_s, .. }) => {
                    let title = covered(format!("Copied {copied}"));
                    say(agent, title, format!("Cleared in {clears_in_s} s."));
                }
                Err(error) => {
                    let title = covered(format!("{reference} was not copied"));
                    say(agent, title, covered(told(&error)));
                }
            }
        }
        TrayChoice::Open(reference) => desktop::open(agent, &reference.into()),
        TrayChoice::Palette => {
            desktop::open(agent, &desktop::Wanted::Palette { activation: None });
        }
        TrayChoice::PauseReminders => pause(agent, Some(PAUSE)),
        TrayChoice::ResumeReminders => pause(agent, None),
        TrayChoice::Lock => {
            if let Err(error) = agent.lock(LockedBy::User, "the user locked it in the tray").await {
                agent.log.line(&format!("locking: {error}"));
            }
        }
        TrayChoice::Quit => {
            agent.tell(Event::Quit);
            agent.stopping.notify_one();
        }
    }
}

/// Copies what the profile calls primary to the screen that this agent was started on.
async fn copy(agent: &Arc<Agent>, reference: &CredentialRef) -> Result<CopyAnswer, ApiError> {
    let pid = i32::try_from(std::process::id()).unwrap_or_default();
    let caller = Caller::of(pid).map_err(|error| {
        let message = format!("this process cannot be looked at: {error}");
        ApiError::new(keyturn_protocol::ErrorCode::Internal, message)
    })?;
    let variable = |name: &&str| Some(((*name).to_owned(), std::env::var(name).ok()?));
    let call = CopySecret {
        target: TargetRef { credential: reference.clone(), target: Target::Whole },
        format: TokenFormat::Raw,
        with_key: false,
        clear_after_s: None,
        display: environment::DISPLAY.iter().filter_map(variable).collect(),
    };
    agent.used();
    handle::copy(agent, &caller, &call).await
}

fn pause(agent: &Agent, span: Option<TimeDelta>) {
    let mut settings = agent.engine.reminder_settings();
    settings.paused_until = span.map(|span| agent.engine.now() + span);
    match agent.engine.set_reminder_settings(settings, "tray") {
        Ok(_) => agent.tell(Event::RemindersChanged),
        Err(error) => {
            say(agent, "Reminders go on as before".to_owned(), told(&to_api(&error)));
        }
    }
}

fn told(error: &ApiError) -> String {
    let hint = error.hint.as_deref().unwrap_or_default();
    format!("{}. {hint}", error.message).trim().to_owned()
}

fn say(agent: &Agent, title: String, body: String) {
    let (id, actions) = (NOTICE, Vec::new());
    agent.session.say(SessionCommand::Notify { id, title, body, urgent: false, actions });
}
