//! The timeline of all keys.

use keyturn_engine::{Lane, LaneEventKind};
use keyturn_protocol::ApiError;
use keyturn_protocol::calls::{
    ShowTimeline, TimelineEvent, TimelineKind, TimelineLane, TimelineView,
};

use crate::agent::Agent;
use crate::errors::to_api;

pub(super) fn show(agent: &Agent, _: &ShowTimeline) -> Result<TimelineView, ApiError> {
    let timeline = agent.engine.timeline().map_err(|error| to_api(&error))?;
    let lanes = timeline.lanes.into_iter().map(lane).collect();
    Ok(TimelineView { today: timeline.today, lanes })
}

fn lane(lane: Lane) -> TimelineLane {
    let events = lane.events.into_iter().map(|event| TimelineEvent {
        at: event.at,
        on: event.on,
        kind: kind(event.kind),
        title: event.title.into_owned(),
    });
    TimelineLane {
        reference: lane.reference,
        state: lane.state,
        from: lane.from,
        until: lane.until,
        due_on: lane.due_on,
        window_from: lane.window_from,
        overlap_from: lane.overlap.map(|overlap| overlap.from),
        overlap_until: lane.overlap.and_then(|overlap| overlap.until),
        events: events.collect(),
    }
}

const fn kind(kind: LaneEventKind) -> TimelineKind {
    match kind {
        LaneEventKind::Issued => TimelineKind::Issued,
        LaneEventKind::Reminder => TimelineKind::Reminder,
        LaneEventKind::Due => TimelineKind::Due,
        LaneEventKind::Expires => TimelineKind::Expires,
        LaneEventKind::TokenExpires => TimelineKind::TokenExpires,
        LaneEventKind::Rotation => TimelineKind::Rotation,
    }
}
