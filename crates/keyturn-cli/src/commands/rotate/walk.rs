//! Going through a rotation at a terminal: it says what comes next, asks, and takes the step. It stands
//! nowhere but in the vault, so that it can be left at any question and goes on there the next time.

use keyturn_core::{CredentialRef, RotationStage};
use keyturn_protocol::calls::{RotationDetail, RotationOffer, RotationStep};
use keyturn_protocol::{ApiError, Client, ErrorCode};

use super::{advance, new_key, view};
use crate::context::Context;
use crate::exit::Status;
use crate::failure::Failure;
use crate::input::fields::Fields;
use crate::input::{ask_line, confirm};

/// Walks on from where it stands.
pub(super) fn through(
    context: &Context,
    agent: &mut Client,
    mut detail: RotationDetail,
) -> Result<Status, Failure> {
    let reference = detail.reference.clone();
    context.output.text(&view::text(&detail, context.output.colors()))?;
    loop {
        let Some(step) = ask(context, agent, &detail)? else { break };
        let retires = matches!(step, RotationStep::Retire { .. });
        detail = match advance(agent, &reference, step) {
            Ok(after) => after,
            Err(error) => match agree(context, agent, &reference, &detail, error)? {
                Some(after) => after,
                None => break,
            },
        };
        let Some(stage) = detail.stage else {
            context.output.text("Done: the old key is forgotten.")?;
            return Ok(Status::Done);
        };
        context.output.text(&detail.next)?;
        if retires && stage == RotationStage::Retiring {
            return Ok(Status::Failed);
        }
    }
    context.output.note("note", &format!("`keyturn rotate {reference}` goes on from here."));
    Ok(Status::Done)
}

/// Asks for the next step; `None` is not now.
fn ask(
    context: &Context,
    agent: &mut Client,
    detail: &RotationDetail,
) -> Result<Option<RotationStep>, ApiError> {
    let yes = |question: &str, step| Ok(confirm(question)?.then_some(step));
    match detail.next_step {
        Some(RotationOffer::Start) => yes("Begin a rotation?", RotationStep::Start),
        Some(RotationOffer::Request) => {
            if !confirm("Did you ask the provider's support for a new key?")? {
                return Ok(None);
            }
            let ticket = ask_line("Its number for the request (empty: none): ")?;
            let ticket = Some(ticket.trim().to_owned()).filter(|text| !text.is_empty());
            Ok(Some(RotationStep::Request { on: None, ticket, note: None }))
        }
        Some(RotationOffer::Store) | None => {
            if !confirm("Is the new key there?")? {
                return Ok(None);
            }
            let secrets = new_key::read(context, agent, detail, &Fields::none())?;
            Ok(Some(RotationStep::Store { secrets, replace: None }))
        }
        Some(RotationOffer::Verify) => match &detail.test {
            Some(test) => {
                yes(&format!("Test it now? {test}"), RotationStep::Verify { by_word: false })
            }
            None => {
                yes("Do you know that the new key works?", RotationStep::Verify { by_word: true })
            }
        },
        Some(RotationOffer::Confirm) => yes(
            "Did you confirm to the support that the new key arrived?",
            RotationStep::Confirm { consumers_behind: false },
        ),
        Some(RotationOffer::Promote) => {
            yes("Put the new key in use?", RotationStep::Promote { by_word: false })
        }
        Some(RotationOffer::Retire) => {
            yes("Did the old key end at the provider?", RotationStep::Retire { by_word: false })
        }
        Some(RotationOffer::Compromised | RotationOffer::RollBack | RotationOffer::Cancel) => {
            Ok(None)
        }
    }
}

/// What needs a yes is asked; every other failure ends the walk, and the rotation stays where it is.
fn agree(
    context: &Context,
    agent: &mut Client,
    reference: &CredentialRef,
    detail: &RotationDetail,
    error: ApiError,
) -> Result<Option<RotationDetail>, Failure> {
    if error.code != ErrorCode::ConfirmationNeeded {
        return Err(error.into());
    }
    let (question, step) = match detail.next_step {
        Some(RotationOffer::Confirm) => (
            "Note the confirmation all the same?",
            RotationStep::Confirm { consumers_behind: true },
        ),
        Some(RotationOffer::Retire) => {
            ("Is it your word that the old key is dead?", RotationStep::Retire { by_word: true })
        }
        Some(RotationOffer::Promote) => {
            ("Is it your word that the new key works?", RotationStep::Promote { by_word: true })
        }
        _ => return Err(error.into()),
    };
    context.output.note("note", &error.message);
    if !confirm(question)? {
        return Ok(None);
    }
    Ok(Some(advance(agent, reference, step)?))
}
