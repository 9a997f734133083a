//! Reminders, the inbox, and how it is reminded.

use chrono::TimeDelta;
use keyturn_core::reminder::{Reminder, ReminderEntry, ReminderId};
use keyturn_protocol::calls::{
    AcknowledgeReminder, Done, InboxView, ListReminders, MarkInboxRead, ReminderSettings,
    ReminderView, SetReminderSettings, ShowInbox, ShowReminderSettings, SnoozeAnswer,
    SnoozeReminder,
};
use keyturn_protocol::{ApiError, ErrorCode, Event};

use crate::agent::Agent;
use crate::caller::Caller;
use crate::errors::to_api;
use crate::reminders::seen_to;

/// The shortest and the longest that a reminder is put off.
const SNOOZES: (TimeDelta, TimeDelta) = (TimeDelta::minutes(1), TimeDelta::days(365));

pub(super) fn list(agent: &Agent, _: &ListReminders) -> Result<Vec<ReminderView>, ApiError> {
    opened(agent)?;
    Ok(agent.engine.reminders().into_iter().map(view).collect())
}

pub(super) fn snooze(agent: &Agent, call: &SnoozeReminder) -> Result<SnoozeAnswer, ApiError> {
    opened(agent)?;
    let (shortest, longest) = SNOOZES;
    let span = TimeDelta::try_seconds(call.for_s).unwrap_or(TimeDelta::MAX);
    if span < shortest || span > longest {
        return Err(ApiError::new(
            ErrorCode::InvalidInput,
            "a reminder is put off by a minute at least and a year at most",
        )
        .hint("If you never want to hear of it, take its date away with `keyturn edit`."));
    }
    let until = agent.engine.now() + span;
    let snoozed = agent.engine.snooze(&call.reference, until).map_err(|error| to_api(&error))?;
    seen_to(agent, &call.reference);
    Ok(SnoozeAnswer { until: snoozed.until, warning: snoozed.warning })
}

pub(super) fn acknowledge(agent: &Agent, call: &AcknowledgeReminder) -> Result<Done, ApiError> {
    opened(agent)?;
    agent.engine.acknowledge(&call.reference).map_err(|error| to_api(&error))?;
    seen_to(agent, &call.reference);
    Ok(Done {})
}

pub(super) fn inbox(agent: &Agent, _: &ShowInbox) -> Result<InboxView, ApiError> {
    opened(agent)?;
    Ok(inbox_view(agent))
}

pub(super) fn mark_read(agent: &Agent, call: &MarkInboxRead) -> Result<InboxView, ApiError> {
    opened(agent)?;
    let named: Result<Vec<ReminderId>, _> = call.ids.iter().map(|id| id.parse()).collect();
    let named = named.map_err(|error| ApiError::new(ErrorCode::NotFound, error.to_string()))?;
    // What the desktop could not show has been read here instead: it is not shown any more.
    let unshown = agent.engine.reminders_to_tell().into_iter().map(|reminder| reminder.id);
    let unshown: Vec<ReminderId> =
        unshown.filter(|id| named.is_empty() || named.contains(id)).collect();
    if !unshown.is_empty() {
        agent.engine.told(&unshown).map_err(|error| to_api(&error))?;
    }
    agent.engine.mark_read(&named).map_err(|error| to_api(&error))?;
    agent.tell(Event::RemindersChanged);
    Ok(inbox_view(agent))
}

pub(super) fn settings(
    agent: &Agent,
    _: &ShowReminderSettings,
) -> Result<ReminderSettings, ApiError> {
    opened(agent)?;
    Ok(agent.engine.reminder_settings())
}

pub(super) fn set_settings(
    agent: &Agent,
    caller: &Caller,
    call: &SetReminderSettings,
) -> Result<ReminderSettings, ApiError> {
    let settings = agent
        .engine
        .set_reminder_settings(call.settings.clone(), &caller.to_string())
        .map_err(|error| to_api(&error))?;
    agent.tell(Event::RemindersChanged);
    Ok(settings)
}

/// Names go only to who may use the vault, and nobody may while it is locked.
fn opened(agent: &Agent) -> Result<(), ApiError> {
    agent.engine.check_open().map_err(|error| to_api(&error))
}

/// What was told, and before it what the desktop could not show yet.
fn inbox_view(agent: &Agent) -> InboxView {
    let unshown = agent.engine.reminders_to_tell().into_iter().map(unshown);
    let told = agent.engine.inbox().items.into_iter().map(view);
    let items: Vec<ReminderView> = unshown.chain(told).collect();
    let unread = items.iter().filter(|item| item.done_at.is_none()).count();
    let problem = agent.teller().problem().map(str::to_owned);
    InboxView {
        unread: u32::try_from(unread).unwrap_or(u32::MAX),
        items,
        problem: problem.or_else(|| agent.engine.schedule_problem()),
    }
}

fn unshown(reminder: Reminder) -> ReminderView {
    view(ReminderEntry { reminder, snoozed_until: None, told_at: None, done_at: None })
}

fn view(entry: ReminderEntry) -> ReminderView {
    let Reminder { id, reference, kind, title, body, at, due_on, .. } = entry.reminder;
    ReminderView {
        id: id.to_string(),
        reference,
        kind,
        title,
        body,
        at,
        due_on,
        snoozed_until: entry.snoozed_until,
        told_at: entry.told_at,
        done_at: entry.done_at,
    }
}
