//! `keyturn timeline`.

use chrono::{Days, NaiveDate};
use clap::Args;
use keyturn_protocol::calls::{
    ShowTimeline, TimelineEvent, TimelineKind, TimelineLane, TimelineView,
};

use crate::context::Context;
use crate::exit::Status;
use crate::failure::Failure;
use crate::output::table::{Cell, Style, Table};
use crate::output::words;
use crate::parse;

/// Show what happens to your keys, day by day
///
/// Lists what is overdue and what comes: reminders, due days, ends of keys and of tokens. The JSON
/// form has a lane for each credential, with what has been as well.
///
/// Example:
///     keyturn timeline --within 2w
///     keyturn timeline --format json
#[derive(Debug, Args)]
#[command(verbatim_doc_comment)]
pub(crate) struct Timeline {
    /// How far to look ahead
    #[arg(long, value_name = "SPAN", default_value = "90d", value_parser = parse::days)]
    within: i64,
}

impl Timeline {
    pub(crate) fn run(self, context: &Context) -> Result<Status, Failure> {
        let mut timeline = context.agent()?.call(ShowTimeline {})?;
        let next = next_due(&timeline);
        let days = Days::new(self.within.unsigned_abs());
        let last = timeline.today.checked_add_days(days).unwrap_or(NaiveDate::MAX);
        for lane in &mut timeline.lanes {
            lane.events.retain(|event| event.on <= last);
        }
        if context.is_json() {
            context.output.json(&timeline)?;
            return Ok(Status::Done);
        }
        let rows = rows(&timeline);
        if rows.is_empty() {
            let nothing = format!("Nothing happens within {} days.", self.within);
            context
                .output
                .text(&[Some(nothing), next].into_iter().flatten().collect::<Vec<_>>().join(" "))?;
        } else {
            let table = table(&rows, timeline.today);
            context.output.text(&table.render(context.output.colors()))?;
        }
        Ok(Status::Done)
    }
}

/// Which key is due first, in a sentence.
fn next_due(timeline: &TimelineView) -> Option<String> {
    let first = timeline.lanes.iter().filter_map(|lane| Some((lane.due_on?, &lane.reference)));
    let (on, reference) = first.min()?;
    Some(format!("The first key is due on {on}: {reference}."))
}

/// What is to come, and what is overdue, in the order of time.
fn rows(timeline: &TimelineView) -> Vec<(&TimelineLane, &TimelineEvent)> {
    let counts = |event: &TimelineEvent| match event.kind {
        TimelineKind::Due | TimelineKind::Expires => true,
        TimelineKind::Reminder | TimelineKind::TokenExpires => event.on >= timeline.today,
        TimelineKind::Issued | TimelineKind::Rotation => false,
    };
    let lanes = timeline.lanes.iter();
    let mut rows: Vec<_> = lanes
        .flat_map(|lane| lane.events.iter().map(move |event| (lane, event)))
        .filter(|(_, event)| counts(event))
        .collect();
    rows.sort_by(|(a, one), (b, other)| {
        (one.on, one.at, &a.reference).cmp(&(other.on, other.at, &b.reference))
    });
    rows
}

fn table(rows: &[(&TimelineLane, &TimelineEvent)], today: NaiveDate) -> Table {
    let mut table = Table::new(&["DAY", "WHEN", "REF", "WHAT"]);
    for (lane, event) in rows {
        let left = (event.on - today).num_days();
        let style = match event.kind {
            TimelineKind::Due | TimelineKind::Expires if left < 0 => Style::Bad,
            TimelineKind::Due | TimelineKind::Expires => Style::Warn,
            _ => Style::Plain,
        };
        table.row(vec![
            Cell::plain(event.on.to_string()),
            Cell::plain(words::days_left(left)),
            Cell::plain(lane.reference.to_string()),
            Cell::new(&event.title, style),
        ]);
    }
    table
}
