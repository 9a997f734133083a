//! Profiles of the user's own: checked, added, removed.

use keyturn_engine::{AddedProfile, ProfileChange, ProfileOutcome};
use keyturn_protocol::calls::{
    AddProfile, AddProfileAnswer, AddProfileOutcome, CheckProfile, CheckProfileAnswer, Done,
    EgressView, ProblemView, RemoveProfile, WayView,
};
use keyturn_protocol::{ApiError, Event};
use keyturn_providers::{Egress, Problem};

use crate::agent::Agent;
use crate::caller::Caller;
use crate::errors::to_api;

pub(in crate::handle) fn check(agent: &Agent, call: &CheckProfile) -> CheckProfileAnswer {
    match keyturn_providers::check(&call.file, &call.text) {
        Ok(profile) if agent.engine.is_built_in(&profile.id) => {
            let line = call.text.lines().position(|line| line.trim_start().starts_with("id"));
            let taken = ProblemView {
                file: call.file.clone(),
                line: line.unwrap_or_default() + 1,
                column: 1,
                reason: format!("there is a built-in profile called '{}'", profile.id),
                hint: Some("take another `id`".to_owned()),
            };
            CheckProfileAnswer { id: None, problems: vec![taken] }
        }
        Ok(profile) => CheckProfileAnswer { id: Some(profile.id), problems: Vec::new() },
        Err(problems) => CheckProfileAnswer { id: None, problems: views(problems) },
    }
}

pub(in crate::handle) fn add(
    agent: &Agent,
    caller: &Caller,
    call: AddProfile,
) -> Result<AddProfileAnswer, ApiError> {
    let AddProfile { file, text, confirmed } = call;
    let request = keyturn_engine::AddProfile { file, text, confirmed };
    let added = agent.engine.add_profile(&request, &caller.to_string());
    match added.map_err(|error| to_api(&error))? {
        AddedProfile::Unsound(problems) => Ok(AddProfileAnswer {
            id: None,
            name: None,
            outcome: AddProfileOutcome::Unsound,
            problems: views(problems),
            allows: None,
            allowed_before: None,
        }),
        AddedProfile::Sound(change) => {
            if matches!(change.outcome, ProfileOutcome::Added | ProfileOutcome::Changed) {
                agent.tell(Event::ProviderChanged(change.id.clone()));
            }
            Ok(answer(*change))
        }
    }
}

pub(in crate::handle) fn remove(
    agent: &Agent,
    caller: &Caller,
    call: &RemoveProfile,
) -> Result<Done, ApiError> {
    let removed = agent.engine.remove_profile(&call.id, &caller.to_string());
    removed.map_err(|error| to_api(&error))?;
    agent.tell(Event::ProviderChanged(call.id.clone()));
    Ok(Done {})
}

fn answer(change: ProfileChange) -> AddProfileAnswer {
    AddProfileAnswer {
        id: Some(change.id),
        name: Some(change.name),
        outcome: match change.outcome {
            ProfileOutcome::Added => AddProfileOutcome::Added,
            ProfileOutcome::Changed => AddProfileOutcome::Changed,
            ProfileOutcome::Unchanged => AddProfileOutcome::Unchanged,
            ProfileOutcome::ConfirmationNeeded => AddProfileOutcome::ConfirmationNeeded,
        },
        problems: Vec::new(),
        allows: Some(egress(change.egress)),
        allowed_before: change.before.map(egress),
    }
}

fn egress(egress: Egress) -> EgressView {
    let ways = egress.ways.into_iter();
    EgressView {
        hosts: egress.origins.into_iter().collect(),
        values: ways.map(|way| WayView { value: way.what, goes: way.how }).collect(),
    }
}

fn views(problems: Vec<Problem>) -> Vec<ProblemView> {
    let view = |problem: Problem| ProblemView {
        file: problem.file,
        line: problem.line,
        column: problem.column,
        reason: problem.reason,
        hint: problem.hint,
    };
    problems.into_iter().map(view).collect()
}
