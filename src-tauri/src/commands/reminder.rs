//! Reminders, the inbox, the timeline, the calendar, and what should be looked at.

use keyturn_core::CredentialRef;
use keyturn_protocol::calls::{
    AcknowledgeReminder, ExportCalendar, HealthView, InboxView, ListReminders, MarkInboxRead,
    ReminderSettings, ReminderView, SetReminderSettings, ShowHealth, ShowInbox,
    ShowReminderSettings, ShowTimeline, SnoozeAnswer, SnoozeReminder, TimelineView,
};
use tauri::{AppHandle, State};

use crate::agent::Agent;
use crate::commands::Answer;
use crate::documents::{self, SavedFile};
use crate::input::Input;

/// Lists the reminders to come, and those that were told and are not done.
#[tauri::command(rename_all = "snake_case")]
pub(crate) async fn list_reminders(agent: State<'_, Agent>) -> Answer<Vec<ReminderView>> {
    agent.call(ListReminders {}).await
}

/// Puts the reminders of a credential off.
#[tauri::command(rename_all = "snake_case")]
pub(crate) async fn snooze_reminder(
    agent: State<'_, Agent>,
    call: Input<SnoozeReminder>,
) -> Answer<SnoozeAnswer> {
    agent.call(call.0).await
}

/// Notes that the user saw to what a credential's reminders say.
#[tauri::command(rename_all = "snake_case")]
pub(crate) async fn acknowledge_reminder(
    agent: State<'_, Agent>,
    reference: Input<CredentialRef>,
) -> Answer<()> {
    agent.call(AcknowledgeReminder { reference: reference.0 }).await.map(|_| ())
}

/// Lists what was told.
#[tauri::command(rename_all = "snake_case")]
pub(crate) async fn show_inbox(agent: State<'_, Agent>) -> Answer<InboxView> {
    agent.call(ShowInbox {}).await
}

/// Notes that what was told has been read.
#[tauri::command(rename_all = "snake_case")]
pub(crate) async fn mark_inbox_read(
    agent: State<'_, Agent>,
    call: Input<MarkInboxRead>,
) -> Answer<InboxView> {
    agent.call(call.0).await
}

/// Shows how and when it is reminded.
#[tauri::command(rename_all = "snake_case")]
pub(crate) async fn show_reminder_settings(agent: State<'_, Agent>) -> Answer<ReminderSettings> {
    agent.call(ShowReminderSettings {}).await
}

/// Changes how and when it is reminded.
#[tauri::command(rename_all = "snake_case")]
pub(crate) async fn set_reminder_settings(
    agent: State<'_, Agent>,
    call: Input<SetReminderSettings>,
) -> Answer<ReminderSettings> {
    agent.call(call.0).await
}

/// Writes what is due into a new calendar file in the user's documents.
#[tauri::command(rename_all = "snake_case")]
pub(crate) async fn export_calendar(
    app: AppHandle,
    agent: State<'_, Agent>,
    with_names: Input<bool>,
) -> Answer<SavedFile> {
    let calendar = agent.call(ExportCalendar { with_names: with_names.0 }).await?;
    documents::save(&app, "keyturn", "ics", calendar.text.as_bytes())
}

/// Shows the timeline of all credentials.
#[tauri::command(rename_all = "snake_case")]
pub(crate) async fn show_timeline(agent: State<'_, Agent>) -> Answer<TimelineView> {
    agent.call(ShowTimeline {}).await
}

/// Looks through all credentials.
#[tauri::command(rename_all = "snake_case")]
pub(crate) async fn show_health(agent: State<'_, Agent>) -> Answer<HealthView> {
    agent.call(ShowHealth {}).await
}
