//! `keyturn rotate`.

mod new_key;
mod view;
mod walk;

use chrono::NaiveDate;
use clap::Args;
use keyturn_core::{CredentialRef, RotationStage};
use keyturn_protocol::calls::{AdvanceRotation, RotationDetail, RotationStep, ShowRotation};
use keyturn_protocol::{ApiError, Client};

use crate::context::Context;
use crate::exit::Status;
use crate::failure::{Failure, usage};
use crate::input::call_with_yes;
use crate::input::fields::FieldFlags;
use crate::parse;

/// Replace a key, one stage at a time
///
/// Without a stage it goes on where it stands, asks before each step, and can be left at any time;
/// without a terminal it says what comes next. The old key is kept until the provider refuses it or
/// you say that it is dead, and a new one is put in use only when it is known to work: by a harmless
/// request, or by your word where there is none. --retire ends with 1 where the old key still
/// answers, --verify with 6 where the new one is refused.
///
/// Example:
///     keyturn rotate acme/main
///     keyturn rotate acme/main --requested --ticket 4711 --on 2026-11-20
///     pbpaste | keyturn rotate acme/main --store
///     keyturn rotate acme/main --compromised --note "was in a build log"
#[derive(Debug, Args)]
#[command(verbatim_doc_comment)]
#[expect(clippy::struct_excessive_bools, reason = "each is a flag of its own")]
pub(crate) struct Rotate {
    /// The credential, PROVIDER/NAME
    #[arg(value_name = "REF")]
    reference: CredentialRef,

    #[command(flatten)]
    stage: Stage,

    /// The support's number for the request
    #[arg(long, value_name = "T", requires = "requested")]
    ticket: Option<String>,

    /// The day of the request, YYYY-MM-DD; today if you name none
    #[arg(long, value_name = "DATE", value_parser = parse::day, requires = "requested")]
    on: Option<NaiveDate>,

    /// What to remember of the request, or what happened to a compromised key
    #[arg(long, value_name = "N")]
    note: Option<String>,

    /// With --verify and --promote: you know that the new key works; with --retire: the old one is dead
    #[arg(long)]
    by_word: bool,

    /// Agree to what needs a yes: consumers that stop working, a stored new key that is forgotten, an old
    /// key that no test can tell of, an emergency that is given up
    #[arg(long, short)]
    yes: bool,

    /// Print the record for the incident report, in Markdown
    #[arg(long, conflicts_with = "support_text")]
    report: bool,

    /// Print the text to the provider's support about a compromised key
    #[arg(long)]
    support_text: bool,

    #[command(flatten)]
    fields: FieldFlags,
}

/// The stages; one at a time.
#[derive(Debug, Args)]
#[group(multiple = false)]
#[expect(clippy::struct_excessive_bools, reason = "each is a flag, and at most one is given")]
struct Stage {
    /// Begin
    #[arg(long)]
    start: bool,

    /// Note that the provider's support was asked for a new key
    #[arg(long)]
    requested: bool,

    /// Store the new key beside the old one, from stdin or a prompt
    #[arg(long)]
    store: bool,

    /// Find out whether the new key works
    #[arg(long)]
    verify: bool,

    /// Note that the support was told that the new key arrived, which may end the old one
    #[arg(long)]
    confirm: bool,

    /// Put the new key in use
    #[arg(long)]
    promote: bool,

    /// Forget the old key, if the provider refuses it
    #[arg(long)]
    retire: bool,

    /// Put the old key in use again, as long as it is known to live
    #[arg(long)]
    rollback: bool,

    /// Give it up: a new key that was never in use is forgotten
    #[arg(long)]
    cancel: bool,

    /// Show where it stands
    #[arg(long)]
    status: bool,

    /// The key fell into wrong hands: begin an emergency, or make this one an emergency
    #[arg(long)]
    compromised: bool,
}

impl Rotate {
    pub(crate) fn run(self, context: &Context) -> Result<Status, Failure> {
        self.check()?;
        let fields = self.fields.parse()?;
        let mut agent = context.agent()?;
        let stage = &self.stage;
        let reads = self.report || self.support_text || stage.status;
        let before = agent.call(ShowRotation { reference: self.reference.clone() })?;
        if reads && !stage.compromised {
            return self.print(context, &before);
        }
        let step = if stage.start {
            if let Some(began) = before.started_at {
                let since = crate::output::words::moment(began);
                let note = format!("a rotation is under way since {since}; nothing was changed");
                context.output.note("note", &note);
            }
            RotationStep::Start
        } else if stage.requested {
            let Self { on, ticket, note, .. } = &self;
            RotationStep::Request { on: *on, ticket: ticket.clone(), note: note.clone() }
        } else if stage.store {
            let secrets = new_key::read(context, &mut agent, &before, &fields)?;
            return self.store(context, &mut agent, &secrets);
        } else if stage.verify {
            RotationStep::Verify { by_word: self.by_word }
        } else if stage.confirm {
            RotationStep::Confirm { consumers_behind: self.yes }
        } else if stage.promote {
            RotationStep::Promote { by_word: self.by_word }
        } else if stage.retire {
            RotationStep::Retire { by_word: self.by_word }
        } else if stage.rollback {
            RotationStep::RollBack
        } else if stage.cancel {
            return self.cancel(context, &mut agent);
        } else if stage.compromised {
            RotationStep::Compromised { note: self.note.clone() }
        } else if context.can_ask() && !context.is_json() {
            return walk::through(context, &mut agent, before);
        } else {
            return self.print(context, &before);
        };
        let after = advance(&mut agent, &self.reference, step)?;
        let status = self.print(context, &after)?;
        // It was to be forgotten, and is not.
        let stays = stage.retire && after.stage == Some(RotationStage::Retiring);
        Ok(if stays { Status::Failed } else { status })
    }

    /// Stores the new key; where another one is stored already, somebody is asked.
    fn store(
        &self,
        context: &Context,
        agent: &mut Client,
        secrets: &new_key::Values,
    ) -> Result<Status, Failure> {
        let call = |replace| AdvanceRotation {
            reference: self.reference.clone(),
            step: RotationStep::Store {
                secrets: new_key::duplicate(secrets),
                replace: Some(replace),
            },
            agreed: None,
        };
        let question = "Forget the new key that is stored, and store this one?";
        self.print(context, &call_with_yes(context, agent, self.yes, question, call)?)
    }

    /// Gives it up; where that needs a yes, somebody is asked.
    fn cancel(&self, context: &Context, agent: &mut Client) -> Result<Status, Failure> {
        let call = |agreed| AdvanceRotation {
            reference: self.reference.clone(),
            step: RotationStep::Cancel,
            agreed: Some(agreed),
        };
        let question = "Give it up all the same?";
        self.print(context, &call_with_yes(context, agent, self.yes, question, call)?)
    }

    fn print(&self, context: &Context, detail: &RotationDetail) -> Result<Status, Failure> {
        if self.report || self.support_text {
            // The record stays after the end; a text that asks to end the key does not.
            let last = detail.last_emergency.as_ref().filter(|_| self.report);
            let emergency = detail.emergency.as_ref().or(last).ok_or_else(|| {
                usage(
                    "there is no emergency, so there is nothing to report",
                    format!("`keyturn rotate {} --compromised` declares one.", self.reference),
                )
            })?;
            let text = if self.report { &emergency.report } else { &emergency.support_text };
            context.output.foreign(text)?;
        } else if context.is_json() {
            context.output.json(detail)?;
        } else {
            context.output.text(&view::text(detail, context.output.colors()))?;
            if let (true, Some(emergency)) = (self.stage.compromised, &detail.emergency) {
                context.output.text(&view::letter(emergency))?;
            }
        }
        Ok(Status::Done)
    }

    /// What clap cannot say: which words belong to which stage.
    fn check(&self) -> Result<(), ApiError> {
        let stage = &self.stage;
        if self.note.is_some() && !(stage.requested || stage.compromised) {
            return Err(usage(
                "--note belongs to --requested or --compromised",
                "Name one of them, or leave the note out.",
            ));
        }
        if self.by_word && !(stage.verify || stage.promote || stage.retire) {
            return Err(usage(
                "--by-word belongs to --verify, --promote or --retire",
                "Name the stage that your word is about.",
            ));
        }
        if self.fields.is_given() && !stage.store {
            return Err(usage(
                "new values belong to --store",
                "Say --store, or leave the fields out.",
            ));
        }
        Ok(())
    }
}

/// Takes one step.
fn advance(
    agent: &mut Client,
    reference: &CredentialRef,
    step: RotationStep,
) -> Result<RotationDetail, ApiError> {
    agent.call(AdvanceRotation { reference: reference.clone(), step, agreed: None })
}
