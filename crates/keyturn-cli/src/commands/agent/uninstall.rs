//! `keyturn agent uninstall`.

use clap::Args;
use keyturn_protocol::ApiError;
use serde_json::json;

use crate::context::Context;
use crate::exit::Status;
use crate::failure::Failure;
use crate::install::{self, System};

/// Have the agent no longer start when you log in
///
/// It removes what `keyturn agent install` wrote, and nothing else. The agent that runs goes on.
///
/// Example:
///     keyturn agent uninstall
#[derive(Debug, Args)]
#[command(verbatim_doc_comment)]
pub(super) struct Uninstall {}

impl Uninstall {
    #[expect(clippy::unused_self, reason = "every command runs the same way")]
    pub(super) fn run(self, context: &Context) -> Result<Status, Failure> {
        let system = System::at_hand(|name| std::env::var_os(name)).map_err(ApiError::from)?;
        let removed = install::uninstall(&system).map_err(ApiError::from)?;
        if context.is_json() {
            let removed: Vec<_> = removed.iter().map(|file| file.to_string_lossy()).collect();
            context.output.json(&json!({ "removed": removed }))?;
        } else if removed.is_empty() {
            context.output.text("Nothing was installed.")?;
        } else {
            for file in removed {
                context.output.text(&format!("Removed {}", file.display()))?;
            }
        }
        Ok(Status::Done)
    }
}
