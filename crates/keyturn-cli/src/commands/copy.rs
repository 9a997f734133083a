//! `keyturn copy`.

use clap::Args;
use keyturn_core::TargetRef;
use keyturn_protocol::calls::{CopySecret, DisplayVariables};
use keyturn_protocol::environment;

use crate::commands::token::TokenForm;
use crate::context::Context;
use crate::exit::Status;
use crate::failure::{Failure, usage};
use crate::output::words;
use crate::parse;

/// Copy a token or a secret to the clipboard, and clear it afterwards
///
/// Without a field it copies what the provider needs most: the token where there is one. Clipboard
/// histories are asked to leave it out.
///
/// Example:
///     keyturn copy acme/main
///     keyturn copy acme/main/client_secret --clear-after 10s
#[derive(Debug, Args)]
#[command(verbatim_doc_comment)]
pub(crate) struct Copy {
    /// PROVIDER/NAME, with /FIELD or /token behind it where one is meant
    #[arg(value_name = "REF")]
    target: TargetRef,

    /// The form to copy it in
    #[arg(
        long = "as",
        value_enum,
        value_name = "FORM",
        default_value = "raw",
        hide_default_value = true
    )]
    form: TokenForm,

    /// When to clear the clipboard, if it still holds this [default: as in the settings, 20s]
    #[arg(long, value_name = "SPAN", value_parser = parse::seconds)]
    clear_after: Option<i64>,
}

impl Copy {
    pub(crate) fn run(self, context: &Context) -> Result<Status, Failure> {
        let clear_after_s = self.clear_after.map(at_least_one).transpose()?;
        let answer = context.agent()?.call(CopySecret {
            target: self.target,
            format: self.form.into(),
            with_key: false,
            clear_after_s,
            display: display(),
        })?;
        for warning in &answer.warnings {
            context.output.note("warning", warning);
        }
        if context.is_json() {
            context.output.json(&answer)?;
        } else {
            let ends = answer.expires_at.map(|at| format!(" It ends {}.", words::moment(at)));
            context.output.text(&format!(
                "{} is on the clipboard for {} s.{}",
                answer.copied,
                answer.clears_in_s,
                ends.unwrap_or_default()
            ))?;
        }
        Ok(Status::Done)
    }
}

fn at_least_one(seconds: i64) -> Result<u64, Failure> {
    let some = u64::try_from(seconds).ok().filter(|seconds| *seconds > 0);
    some.ok_or_else(|| {
        usage("--clear-after is at least one second", "Write it like --clear-after 20s.").into()
    })
}

/// Where the caller's screen and clipboard are.
pub(crate) fn display() -> DisplayVariables {
    let set = |name: &str| Some((name.to_owned(), std::env::var(name).ok()?));
    environment::DISPLAY.iter().filter_map(|name| set(name)).collect()
}
