//! `keyturn provider environment`.

use std::path::PathBuf;

use clap::{Args, Subcommand};
use keyturn_core::{EnvironmentName, ProviderId};
use keyturn_protocol::calls::AddEnvironment;
use serde_json::json;

use crate::context::Context;
use crate::exit::Status;
use crate::failure::Failure;
use crate::input::file;

/// Own hosts of a provider: a gateway, an edge device, a test server
///
/// Example:
///     keyturn provider environment add acme test --base-url https://localhost:8443 --ca ca.pem
#[derive(Debug, Args)]
#[command(verbatim_doc_comment, arg_required_else_help = true, disable_help_subcommand = true)]
pub(super) struct Environment {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    Add(Add),
}

/// Add an own host of a provider
///
/// Only credentials that are bound to this environment are ever sent there.
///
/// Example:
///     keyturn provider environment add acme test --base-url https://localhost:8443 --ca ca.pem
#[derive(Debug, Args)]
#[command(verbatim_doc_comment)]
struct Add {
    /// The provider, see `keyturn provider list`
    id: ProviderId,

    /// What to call it
    name: EnvironmentName,

    /// Where it answers, e.g. `https://gateway.example:8443`
    #[arg(long, value_name = "URL")]
    base_url: String,

    /// Where tokens are bought, if that is another host
    #[arg(long, value_name = "URL")]
    token_url: Option<String>,

    /// Trust the certificates in this PEM file there, instead of the public ones
    #[arg(long, value_name = "FILE")]
    ca: Option<PathBuf>,

    /// Agree to clear text, for a device on your own network without TLS
    #[arg(long)]
    allow_plain_http: bool,
}

impl Environment {
    pub(super) fn run(self, context: &Context) -> Result<Status, Failure> {
        let Command::Add(add) = self.command;
        let pem = |path: &PathBuf| file::text(path, "Name a PEM file with certificates.");
        let ca_pem = add.ca.as_ref().map(pem).transpose()?;
        context.agent()?.call(AddEnvironment {
            provider: add.id.clone(),
            name: add.name.clone(),
            base_url: add.base_url.clone(),
            token_origin: add.token_url.clone(),
            ca_pem,
            allow_plain_http: add.allow_plain_http,
        })?;
        if context.is_json() {
            context.output.json(&json!({
                "provider": add.id,
                "name": add.name,
                "base_url": add.base_url,
                "token_url": add.token_url,
            }))?;
        } else {
            context.output.text(&format!("{} has the environment {} now.", add.id, add.name))?;
        }
        Ok(Status::Done)
    }
}
