//! `keyturn capture`.

use std::fs::File;
use std::io::{self, IsTerminal};
use std::os::fd::AsFd;
use std::os::unix::fs::FileTypeExt as _;

use clap::Args;
use keyturn_core::{CredentialRef, FieldName, Target, TargetRef};
use keyturn_protocol::calls::{
    self, AdvanceRotation, CaptureAnswer, KeyTestView, RotationStep, TestKey,
};
use keyturn_protocol::{Client, ErrorCode, SecretOnWire};

use crate::commands::copy::display;
use crate::context::Context;
use crate::exit::Status;
use crate::failure::{Failure, usage};
use crate::input::{call_with_yes, confirm, secret_from_stdin};

/// Store a key that its provider shows only once
///
/// Takes it from standard input, or from the clipboard. Quotes, `Bearer`, a variable's name and
/// invisible characters around it are left out; what is no key is refused, and nothing is changed.
/// It is written, read back and compared before "safe to close" is printed: keep the provider's page
/// open until then. Whether it works is tested afterwards where something harmless can be sent. While
/// a rotation is under way, it is the new key and lies beside the one in use.
///
/// Example:
///     keyturn capture acme/main
///     pbpaste | keyturn capture acme/main --test
#[derive(Debug, Args)]
#[command(verbatim_doc_comment)]
pub(crate) struct Capture {
    /// The credential, PROVIDER/NAME, which is made where there is none; with /FIELD, that field of it
    #[arg(value_name = "REF[/FIELD]")]
    target: TargetRef,

    /// Test it afterwards, without being asked; ends with 6 where the provider refuses it
    #[arg(long, conflicts_with = "no_test")]
    test: bool,

    /// Do not test it, and do not ask
    #[arg(long)]
    no_test: bool,

    /// Agree to a key that is stored already, or is another than the one whose last four are known
    #[arg(long, short)]
    yes: bool,
}

impl Capture {
    pub(crate) fn run(self, context: &Context) -> Result<Status, Failure> {
        let field = match &self.target.target {
            Target::Whole => None,
            Target::Field(field) => Some(field.clone()),
            Target::Token => {
                return Err(usage(
                    "a token is bought and not shown once",
                    "`keyturn token REF` gets one.",
                )
                .into());
            }
        };
        let instead = format!(
            "`keyturn capture {} </dev/null` takes the key from the clipboard.",
            self.target
        );
        let value = given("capture", &instead)?;
        let mut agent = context.agent()?;
        let reference = self.target.credential.clone();
        let caught =
            catch(context, &mut agent, &reference, field.as_ref(), value.as_ref(), self.yes)?;
        // Said at once: the test may take its time, and undoes nothing.
        if !context.is_json() {
            tell(context, &caught, value.is_none())?;
        }
        let tested = if caught.is_next {
            // A new key is tested by its rotation, which keeps what was found out.
            if self.test { Some(verified(&mut agent, reference)) } else { None }
        } else if self.wants_test(context)? {
            Some(agent.call(TestKey { reference })?)
        } else {
            None
        };
        let refused = tested.as_ref().is_some_and(|test| test.worked == Some(false));
        if context.is_json() {
            context.output.json(&CaptureAnswer { tested, ..caught })?;
        } else if let Some(test) = &tested {
            tell_test(context, test)?;
        }
        Ok(if refused { Status::CredentialRefused } else { Status::Done })
    }

    fn wants_test(&self, context: &Context) -> Result<bool, Failure> {
        if self.test || self.no_test || context.is_json() || !context.can_ask() {
            return Ok(self.test);
        }
        Ok(confirm("Test it at the provider now?")?)
    }
}

/// The text from standard input; none where nobody gives it there, and the clipboard is meant. A program
/// or a file that gives nothing has failed, and the clipboard may hold anything.
pub(super) fn given(command: &str, instead: &str) -> Result<Option<SecretOnWire>, Failure> {
    let stdin = io::stdin();
    if stdin.is_terminal() {
        return Ok(None);
    }
    let value = secret_from_stdin()?;
    if !value.is_empty() {
        return Ok(Some(SecretOnWire(value)));
    }
    // No input at all, as with /dev/null.
    let handle = stdin.as_fd().try_clone_to_owned().map(File::from);
    let is_device =
        handle.and_then(|file| file.metadata()).is_ok_and(|data| data.file_type().is_char_device());
    if is_device {
        return Ok(None);
    }
    let message = format!(
        "standard input is empty: the program or file before `keyturn {command}` gave nothing"
    );
    Err(usage(message, format!("Nothing was changed. {instead}")).into())
}

/// Tests the new key of a rotation, as its own step does.
fn verified(agent: &mut Client, reference: CredentialRef) -> KeyTestView {
    let step = RotationStep::Verify { by_word: false };
    let (worked, words) = match agent.call(AdvanceRotation { reference, step, agreed: None }) {
        Ok(_) => (Some(true), "the new key works; the rotation notes it".to_owned()),
        Err(error) if error.code == ErrorCode::CredentialRefused => (Some(false), error.message),
        Err(error) => (None, format!("not tested: {}", error.message)),
    };
    KeyTestView { worked, words, warning: None }
}

/// Stores the key; asks where it needs a yes.
fn catch(
    context: &Context,
    agent: &mut Client,
    reference: &CredentialRef,
    field: Option<&FieldName>,
    value: Option<&SecretOnWire>,
    yes: bool,
) -> Result<CaptureAnswer, Failure> {
    let call = |confirmed| calls::Capture {
        reference: reference.clone(),
        field: field.cloned(),
        value: value.map(|value| SecretOnWire(value.0.duplicate())),
        confirmed,
        display: display(),
    };
    Ok(call_with_yes(context, agent, yes, "Store it all the same?", call)?)
}

fn tell(context: &Context, caught: &CaptureAnswer, from_clipboard: bool) -> Result<(), Failure> {
    for note in &caught.notes {
        context.output.note("note", note);
    }
    if let Some(twin) = &caught.duplicate_of {
        context.output.note("warning", &format!("this same key is {}", twin.words));
    }
    let from = if from_clipboard { "from the clipboard " } else { "" };
    let beside = if caught.is_next { " as the new key, beside the one in use" } else { "" };
    let tail = caught.last_four.as_ref().map(|tail| format!(", ends in {tail}"));
    let (stored, tail) = (&caught.stored, tail.unwrap_or_default());
    context
        .output
        .text(&format!("Stored {from}in {stored}{beside}, read back and compared{tail}."))?;
    if caught.safe_to_close {
        context.output.text("safe to close")?;
    }
    if caught.is_next {
        let reference = &stored.credential;
        let next = format!("`keyturn rotate {reference} --verify` finds out whether it works");
        context.output.note("note", &next);
    }
    if from_clipboard {
        context.output.note("note", "the key is still on the clipboard; copy something else");
    }
    Ok(())
}

fn tell_test(context: &Context, test: &KeyTestView) -> Result<(), Failure> {
    context.output.text(&format!("Test: {}", test.words))?;
    if let Some(warning) = &test.warning {
        context.output.note("warning", warning);
    }
    if test.worked == Some(false) {
        context.output.note("note", "it stays stored: a failing test undoes nothing");
    }
    Ok(())
}
