//! `keyturn get`.

use clap::{Args, ValueEnum};
use keyturn_core::{SecretFormat, Target, TargetRef, TokenFormat};
use keyturn_protocol::calls::{GetFields, GetToken};
use keyturn_protocol::{ApiError, Call, ErrorCode, SecretOnWire};

use crate::context::Context;
use crate::exit::Status;
use crate::failure::{Failure, usage};
use crate::input::call_with_yes;
use crate::parse;

/// Print a stored secret, to a pipe
///
/// On a terminal it is printed only with --show; a key that its provider shows exactly once needs a
/// second yes then. Programs that call the provider need its token: see `keyturn token`.
///
/// Example:
///     keyturn get acme/main/client_secret | wl-copy
///     eval "$(keyturn get acme/main --as env)"
#[derive(Debug, Args)]
#[command(verbatim_doc_comment)]
pub(crate) struct Get {
    /// The field, PROVIDER/NAME/FIELD, or with --as the whole credential
    #[arg(value_name = "REF/FIELD")]
    target: TargetRef,

    /// The form to print it in
    #[arg(long = "as", value_enum, value_name = "FORM")]
    form: Option<SecretForm>,

    /// Print it on a terminal
    #[arg(long)]
    show: bool,

    /// Agree to show a key that its provider shows exactly once
    #[arg(long, short, requires = "show")]
    yes: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum SecretForm {
    /// export NAME='…'
    Env,
    /// NAME="…"
    Dotenv,
    /// $env:NAME = '…'
    Powershell,
    /// A JSON object of the fields
    Json,
}

impl Get {
    pub(crate) fn run(self, context: &Context) -> Result<Status, Failure> {
        if context.output.is_terminal() && !self.show {
            return Err(not_on_a_terminal().into());
        }
        let form = match (self.form, context.is_json()) {
            (None | Some(SecretForm::Json), true) => Some(SecretForm::Json),
            (form, false) => form,
            (Some(_), true) => {
                return Err(usage(
                    "--format json prints a JSON document, --as asks for another form",
                    "Leave one of them out.",
                )
                .into());
            }
        };
        let rendered = match (&self.target.target, form) {
            (Target::Whole, None) => return Err(which_field(&self.target).into()),
            (Target::Token, form) => {
                let reference = parse::token_owner(&self.target)?;
                let shown = context.output.is_terminal();
                let answer = with_second_yes(context, self.yes, |confirmed| GetToken {
                    reference: reference.clone(),
                    environment: None,
                    format: token_format(form),
                    with_key: false,
                    min_ttl_s: 0,
                    renew: false,
                    no_wait: false,
                    shown,
                    confirmed,
                })?;
                answer.rendered
            }
            (Target::Whole | Target::Field(_), form) => {
                self.fields(context, secret_format(form))?
            }
        };
        context.output.secret(&rendered.0)?;
        Ok(Status::Done)
    }
}

impl Get {
    /// Stored fields; what a person is going to see may need a second yes.
    fn fields(&self, context: &Context, format: SecretFormat) -> Result<SecretOnWire, Failure> {
        let shown = context.output.is_terminal();
        let call = |confirmed| GetFields { target: self.target.clone(), format, shown, confirmed };
        Ok(with_second_yes(context, self.yes, call)?.rendered)
    }
}

/// Makes a call that shows a secret; asks where that needs a second yes. `call` takes the yes.
pub(super) fn with_second_yes<C: Call>(
    context: &Context,
    yes: bool,
    call: impl Fn(bool) -> C,
) -> Result<C::Answer, Failure> {
    let mut agent = context.agent()?;
    Ok(call_with_yes(context, &mut agent, yes, "Show it on this terminal?", call)?)
}

/// The error for a long-lived secret that would stay on the screen.
pub(super) fn not_on_a_terminal() -> ApiError {
    let message = "a secret is not printed on a terminal, where it stays to be seen";
    ApiError::new(ErrorCode::RefusedByPolicy, message)
        .hint("Use `keyturn copy` for the clipboard, pipe it, or add --show.")
}

fn which_field(target: &TargetRef) -> ApiError {
    usage(
        format!("{target} has several fields"),
        format!("Name one, like {target}/FIELD (see `keyturn show {target}`), or add --as env."),
    )
}

fn secret_format(form: Option<SecretForm>) -> SecretFormat {
    match form {
        None => SecretFormat::Raw,
        Some(SecretForm::Env) => SecretFormat::Env,
        Some(SecretForm::Dotenv) => SecretFormat::Dotenv,
        Some(SecretForm::Powershell) => SecretFormat::Powershell,
        Some(SecretForm::Json) => SecretFormat::Json,
    }
}

fn token_format(form: Option<SecretForm>) -> TokenFormat {
    match form {
        None => TokenFormat::Raw,
        Some(SecretForm::Env) => TokenFormat::Env,
        Some(SecretForm::Dotenv) => TokenFormat::Dotenv,
        Some(SecretForm::Powershell) => TokenFormat::Powershell,
        Some(SecretForm::Json) => TokenFormat::Json,
    }
}
