//! `keyturn token`.

use clap::{Args, ValueEnum};
use keyturn_core::{CredentialRef, EnvironmentName, TargetRef, TokenFormat};
use keyturn_protocol::calls::{GetToken, RevokeToken, RevokeTokenAnswer, RevokedToken};
use serde_json::json;

use crate::context::Context;
use crate::exit::Status;
use crate::failure::{Failure, usage};
use crate::parse;

/// Print the live access token, getting a new one when needed
///
/// A token that was got before is used again for as long as it lives. The code forms read the
/// environment, so that no secret lands in your source.
///
/// Example:
///     curl -H "$(keyturn token acme/main --as header)" https://api.acme.example/v1/me
///     keyturn token acme/main --as json --min-ttl 5m
#[derive(Debug, Args)]
#[command(verbatim_doc_comment)]
pub(crate) struct Token {
    /// The credential, PROVIDER/NAME
    #[arg(value_name = "REF")]
    reference: TargetRef,

    /// The form to print it in
    #[arg(long = "as", value_enum, value_name = "FORM")]
    form: Option<TokenForm>,

    /// Add the recipe's other secrets to header and curl
    #[arg(long)]
    with_key: bool,

    /// Get a new one if it would end within this span
    #[arg(long, value_name = "SPAN", default_value = "0s", hide_default_value = true, value_parser = parse::seconds)]
    min_ttl: i64,

    /// Get a new one in any case
    #[arg(long)]
    renew: bool,

    /// Fail at once, and say when, where the provider's limits or its trouble would make it wait
    #[arg(long)]
    no_wait: bool,

    /// Revoke it at the provider instead, and forget it here
    #[arg(long, conflicts_with_all = ["form", "with_key", "min_ttl", "renew", "show"])]
    revoke: bool,

    /// Print a long-lived secret on a terminal, too
    #[arg(long)]
    show: bool,

    /// Agree to show a key that its provider shows exactly once
    #[arg(long, short, requires = "show")]
    yes: bool,

    /// In this environment instead of the preferred one
    #[arg(long, value_name = "ENV")]
    environment: Option<EnvironmentName>,
}

/// The forms of a token.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum TokenForm {
    /// The token alone
    Raw,
    /// The header line that carries it
    Header,
    /// A cURL command with that header
    Curl,
    /// export NAME='…'
    Env,
    /// NAME="…"
    Dotenv,
    /// $env:NAME = '…'
    Powershell,
    /// Python that reads the environment
    Python,
    /// JavaScript that reads the environment
    Javascript,
    /// An HTTPie command that reads the environment
    Httpie,
    /// A JSON document with its end
    Json,
}

impl Token {
    pub(crate) fn run(self, context: &Context) -> Result<Status, Failure> {
        let reference = parse::token_owner(&self.reference)?;
        if self.revoke {
            return revoke(context, reference, self.environment);
        }
        let format = TokenForm::chosen(self.form, context)?.into();
        // Without --show a long-lived secret does not come on a terminal at all.
        let shown = context.output.is_terminal() && self.show;
        let answer = super::get::with_second_yes(context, self.yes, |confirmed| GetToken {
            reference: reference.clone(),
            environment: self.environment.clone(),
            format,
            with_key: self.with_key,
            min_ttl_s: self.min_ttl,
            renew: self.renew,
            no_wait: self.no_wait,
            shown,
            confirmed,
        })?;
        if answer.long_lived && context.output.is_terminal() && !self.show {
            return Err(super::get::not_on_a_terminal().into());
        }
        for warning in &answer.warnings {
            context.output.note("warning", warning);
        }
        context.output.secret(&answer.rendered.0)?;
        Ok(Status::Done)
    }
}

fn revoke(
    context: &Context,
    reference: CredentialRef,
    environment: Option<EnvironmentName>,
) -> Result<Status, Failure> {
    let RevokeTokenAnswer { revoked } =
        context.agent()?.call(RevokeToken { reference, environment })?;
    if context.is_json() {
        context.output.json(&json!({ "revoked": revoked }))?;
    } else {
        let words = revoked.iter().map(|token| match token {
            RevokedToken::AccessToken => "access token",
            RevokedToken::RefreshToken => "refresh token",
        });
        let words: Vec<_> = words.collect();
        context.output.text(&format!("Revoked and forgotten: {}.", words.join(", ")))?;
    }
    Ok(Status::Done)
}

impl TokenForm {
    /// The form that was asked for; `--format json` is `--as json`, and contradicts every other.
    fn chosen(form: Option<Self>, context: &Context) -> Result<Self, Failure> {
        match (form, context.is_json()) {
            (None, false) => Ok(Self::Raw),
            (None | Some(Self::Json), true) => Ok(Self::Json),
            (Some(form), false) => Ok(form),
            (Some(_), true) => Err(usage(
                "--format json prints a JSON document, --as asks for another form",
                "Leave one of them out.",
            )
            .into()),
        }
    }
}

impl From<TokenForm> for TokenFormat {
    fn from(form: TokenForm) -> Self {
        match form {
            TokenForm::Raw => Self::Raw,
            TokenForm::Header => Self::Header,
            TokenForm::Curl => Self::Curl,
            TokenForm::Env => Self::Env,
            TokenForm::Dotenv => Self::Dotenv,
            TokenForm::Powershell => Self::Powershell,
            TokenForm::Python => Self::Python,
            TokenForm::Javascript => Self::Javascript,
            TokenForm::Httpie => Self::Httpie,
            TokenForm::Json => Self::Json,
        }
    }
}
