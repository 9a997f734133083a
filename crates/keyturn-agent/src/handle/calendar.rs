//! What is due, as a calendar file.

use keyturn_protocol::ApiError;
use keyturn_protocol::calls::{CalendarFile, ExportCalendar};

use crate::agent::Agent;
use crate::errors::to_api;

pub(super) fn export(agent: &Agent, call: &ExportCalendar) -> Result<CalendarFile, ApiError> {
    let file = agent.engine.calendar(call.with_names).map_err(|error| to_api(&error))?;
    Ok(CalendarFile { text: file.text, events: file.events })
}
