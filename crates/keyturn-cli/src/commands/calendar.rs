//! `keyturn calendar`.

mod file;

use std::path::{Path, PathBuf};

use clap::Args;
use keyturn_protocol::calls::ExportCalendar;
use serde_json::json;

use self::file::Destination;
use crate::context::Context;
use crate::exit::Status;
use crate::failure::Failure;

/// Write what is due into a calendar file
///
/// Each key has one event on the day it is due, with alarms at your lead times. No secret is in it.
/// Import the file again after a change, and its events move instead of doubling.
///
/// Example:
///     keyturn calendar --out keys.ics
///     keyturn calendar --without-names > keys.ics
#[derive(Debug, Args)]
#[command(verbatim_doc_comment)]
pub(crate) struct Calendar {
    /// Write it to this file, which only you can read; without it, to stdout
    #[arg(long, value_name = "FILE.ics")]
    out: Option<PathBuf>,

    /// Leave out which key it is, and whose
    #[arg(long)]
    without_names: bool,
}

impl Calendar {
    pub(crate) fn run(self, context: &Context) -> Result<Status, Failure> {
        let out = self.out.as_deref().filter(|out| *out != Path::new("-"));
        // Before the agent is asked: a file that stays as it is needs no calendar.
        let destination = out.map(Destination::check).transpose()?;
        let calendar = context.agent()?.call(ExportCalendar { with_names: !self.without_names })?;
        if let Some(destination) = &destination {
            destination.write(&calendar.text)?;
        }
        if context.is_json() {
            let text = out.is_none().then_some(&calendar.text);
            let result = json!({"events": calendar.events, "file": out, "text": text});
            context.output.json(&result)?;
        } else if let Some(out) = out {
            let events = match calendar.events {
                1 => "1 event".to_owned(),
                events => format!("{events} events"),
            };
            context.output.text(&format!("{} has {events} now.", out.display()))?;
        } else if context.output.is_terminal() {
            context.output.foreign(&calendar.text.replace("\r\n", "\n"))?;
        } else {
            context.output.bytes(calendar.text.as_bytes())?;
        }
        if calendar.events == 0 {
            context.output.note("note", "nothing is due, so the calendar is empty");
        }
        Ok(Status::Done)
    }
}
