//! Rotations, one step at a time.

use std::sync::Arc;

use keyturn_core::rotation::Rotation;
use keyturn_core::{CredentialRef, SecretFields};
use keyturn_engine::{AskSupport, EmergencyText, EngineError, ShownRotation, StoreNext};
use keyturn_protocol::calls::{
    AdvanceRotation, EmergencyView, RotatedField, RotationDetail, RotationStep, ShowRotation,
    StageView, SupportRequestView,
};
use keyturn_protocol::{ApiError, Event};

use super::consumer;
use crate::agent::Agent;
use crate::caller::Caller;
use crate::errors::to_api;

pub(super) fn show(agent: &Agent, call: &ShowRotation) -> Result<RotationDetail, ApiError> {
    agent.engine.show_rotation(&call.reference).map(detail).map_err(|error| to_api(&error))
}

pub(super) async fn advance(
    agent: &Arc<Agent>,
    caller: &Caller,
    call: AdvanceRotation,
) -> Result<RotationDetail, ApiError> {
    let AdvanceRotation { reference, step, agreed } = call;
    let agreed = agreed.unwrap_or(false);
    let advanced = take(agent, &caller.to_string(), &reference, step, agreed).await;
    // A step that was refused may have found something out, too.
    agent.tell(Event::CredentialChanged(reference));
    advanced.map(detail).map_err(|error| to_api(&error))
}

async fn take(
    agent: &Arc<Agent>,
    caller: &str,
    reference: &CredentialRef,
    step: RotationStep,
    agreed: bool,
) -> Result<ShownRotation, EngineError> {
    let engine = &agent.engine;
    match step {
        RotationStep::Start => engine.start_rotation(reference, caller)?,
        RotationStep::Compromised { note } => {
            engine.declare_compromised(reference, note, caller).await?;
        }
        RotationStep::Request { on, ticket, note } => {
            let asked = AskSupport { on, ticket, note };
            engine.note_support_request(reference, asked, caller)?;
        }
        RotationStep::Store { secrets, replace } => {
            let values: SecretFields =
                secrets.into_iter().map(|(name, secret)| (name, secret.0)).collect();
            let replace = replace.unwrap_or(false);
            let request = StoreNext { reference: reference.clone(), values, replace };
            engine.store_next(request, caller)?;
        }
        RotationStep::Verify { by_word } => {
            engine.verify_next(reference, by_word, caller).await?;
        }
        RotationStep::Confirm { consumers_behind } => {
            engine.confirm_next(reference, consumers_behind, caller)?;
        }
        RotationStep::Promote { by_word } => engine.promote_next(reference, by_word, caller)?,
        RotationStep::Retire { by_word } => {
            return engine.retire_previous(reference, by_word, caller).await;
        }
        RotationStep::RollBack => engine.roll_back(reference, caller).await?,
        RotationStep::Cancel => engine.cancel_rotation(reference, agreed, caller).await?,
    }
    engine.show_rotation(reference)
}

fn detail(shown: ShownRotation) -> RotationDetail {
    let request = request(&shown);
    let rotation = shown.rotation.as_ref();
    let stages = shown.stages.into_iter().map(|(stage, title, reached_at)| StageView {
        stage,
        title: title.to_owned(),
        reached_at,
    });
    let fields = shown.fields.into_iter().map(|field| RotatedField {
        name: field.name,
        label: field.label,
        current_last_four: field.current_last_four,
        other_last_four: field.other_last_four,
    });
    RotationDetail {
        reference: shown.reference,
        state: shown.state,
        stage: rotation.map(|rotation| rotation.stage),
        stages: stages.collect(),
        next: shown.next,
        next_step: shown.next_step,
        offers: shown.offers,
        started_at: rotation.map(|rotation| rotation.started_at),
        due_on: shown.due_on,
        request,
        fields: fields.collect(),
        test: shown.test,
        issued_at: rotation.and_then(|rotation| rotation.issued_at),
        verified_at: rotation.and_then(|rotation| Some(rotation.verified?.at)),
        verified_by: rotation.and_then(|rotation| Some(rotation.verified?.by)),
        confirmed_at: rotation.and_then(|rotation| rotation.confirmed_at),
        promoted_at: rotation.and_then(|rotation| rotation.promoted_at),
        old_key: rotation.map(|rotation| rotation.old_key),
        old_key_end: shown.route.old_key,
        old_key_note: shown.old_key_note,
        old_key_verified: shown.old_key_verified,
        by_support: shown.by_support,
        place: shown.place,
        instructions: shown.instructions,
        consumers: consumer::view(shown.consumers),
        emergency: shown.emergency.map(emergency),
        last_emergency: shown.last_emergency.map(emergency),
    }
}

fn request(shown: &ShownRotation) -> Option<SupportRequestView> {
    let asked = |rotation: &Rotation| rotation.request.clone();
    let request = shown.rotation.as_ref().and_then(asked)?;
    Some(SupportRequestView {
        on: request.on,
        ticket: request.ticket,
        note: request.note,
        days_silent: shown.days_silent.unwrap_or_default(),
        nudge_on: shown.nudge_on,
    })
}

fn emergency(text: EmergencyText) -> EmergencyView {
    EmergencyView {
        declared_at: text.declared_at,
        note: text.note,
        warning: text.warning,
        offered: text.offered,
        support_text: text.support_text,
        support_address: text.support_address,
        report: text.report,
    }
}
