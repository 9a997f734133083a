//! `keyturn saved`.

mod import;
mod view;

pub(crate) use view::body_lines;

use std::path::PathBuf;

use clap::Args;
use keyturn_core::{CredentialRef, EnvironmentName};
use keyturn_protocol::calls::{ListSaved, RemoveSaved};
use serde_json::json;

use crate::commands::request::saved::find;
use crate::context::Context;
use crate::exit::Status;
use crate::failure::Failure;

/// Show the requests that are saved with a credential, remove them, and import some
///
/// A saved request holds no secret: the recipe puts those in when it is sent. Save one with
/// `keyturn request REF … --save NAME`, send it with `keyturn request REF --saved NAME`, and run all
/// of them with their checks with `keyturn check REF`. --import takes an OpenAPI 3 document, a Postman
/// collection or a curl command, leaves out what authenticates, and tells what it left out.
///
/// Example:
///     keyturn saved acme/main
///     keyturn saved acme/main "orders of today"
///     keyturn saved acme/main --import openapi.yaml
///     keyturn saved acme/main --remove "orders of today"
#[derive(Debug, Args)]
#[command(verbatim_doc_comment)]
pub(crate) struct Saved {
    /// The credential, PROVIDER/NAME
    #[arg(value_name = "REF")]
    reference: CredentialRef,

    /// Show this one
    #[arg(value_name = "NAME", conflicts_with_all = ["remove", "import"])]
    name: Option<String>,

    /// Remove this one
    #[arg(long, value_name = "NAME", conflicts_with = "import")]
    remove: Option<String>,

    /// Save the requests of a file, or of stdin with -
    #[arg(long, value_name = "FILE")]
    import: Option<PathBuf>,

    /// Import them for this environment instead of the preferred one
    #[arg(long, value_name = "ENV", requires = "import")]
    environment: Option<EnvironmentName>,
}

impl Saved {
    pub(crate) fn run(self, context: &Context) -> Result<Status, Failure> {
        let Self { reference, name, remove, import, environment } = self;
        let mut agent = context.agent()?;
        if let Some(file) = import {
            return import::run(context, &mut agent, &reference, &file, environment.as_ref());
        }
        if let Some(name) = remove {
            agent.call(RemoveSaved { reference: reference.clone(), name: name.clone() })?;
            if context.is_json() {
                context.output.json(&json!({ "removed": name }))?;
            } else {
                context.output.text(&format!("'{name}' is no longer saved with {reference}."))?;
            }
        } else if let Some(name) = name {
            let saved = find(&mut agent, &reference, &name)?;
            view::show(context, &saved)?;
        } else {
            let list = agent.call(ListSaved { reference: reference.clone() })?;
            if context.is_json() {
                context.output.json(&list)?;
            } else if list.is_empty() {
                context.output.text(&format!("No request is saved with {reference}."))?;
            } else {
                context.output.text(&view::table(&list).render(context.output.colors()))?;
            }
        }
        Ok(Status::Done)
    }
}
