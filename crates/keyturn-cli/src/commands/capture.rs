//! `keyturn capture`.

use std::io::{self, IsTerminal};

use clap::Args;
use keyturn_core::{Target, TargetRef};
use keyturn_protocol::{SecretOnWire, calls};

use crate::commands::copy::display;
use crate::context::Context;
use crate::exit::Status;
use crate::failure::{Failure, usage};
use crate::input::secret_from_stdin;

/// Store a key that its provider shows only once
///
/// Takes it from standard input, or from the clipboard. It is written, read back and compared
/// before "safe to close" is printed: keep the provider's page open until then.
///
/// Example:
///     keyturn capture acme/main
///     pbpaste | keyturn capture acme/main
#[derive(Debug, Args)]
#[command(verbatim_doc_comment)]
pub(crate) struct Capture {
    /// The credential, PROVIDER/NAME, which is made where there is none; with /FIELD, that field of it
    #[arg(value_name = "REF[/FIELD]")]
    target: TargetRef,
}

impl Capture {
    pub(crate) fn run(self, context: &Context) -> Result<Status, Failure> {
        let mut agent = context.agent()?;
        let value = if io::stdin().is_terminal() { None } else { Some(secret_from_stdin()?) };
        let value = value.filter(|value| !value.is_empty()).map(SecretOnWire);
        let from_clipboard = value.is_none();
        let field = match self.target.target {
            Target::Whole => None,
            Target::Field(field) => Some(field),
            Target::Token => {
                return Err(usage(
                    "a token is bought and not shown once",
                    "`keyturn token REF` gets one.",
                )
                .into());
            }
        };
        let reference = self.target.credential;
        let call = calls::Capture { reference, field, value, display: display() };
        let answer = agent.call(call)?;
        if context.is_json() {
            context.output.json(&answer)?;
        } else {
            let from = if from_clipboard { "from the clipboard " } else { "" };
            let tail = answer.last_four.map(|tail| format!(", ends in {tail}")).unwrap_or_default();
            let stored = answer.stored;
            context
                .output
                .text(&format!("Stored {from}in {stored}, read back and compared{tail}."))?;
            if answer.safe_to_close {
                context.output.text("safe to close")?;
            }
        }
        Ok(Status::Done)
    }
}
