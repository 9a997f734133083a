//! `keyturn provider check`.

use std::path::PathBuf;

use clap::Args;
use keyturn_protocol::calls::CheckProfile;

use crate::context::Context;
use crate::exit::Status;
use crate::failure::Failure;

use super::file;

/// Check a profile of your own, without adding it
///
/// Every problem is told with file, line and reason.
///
/// Example:
///     keyturn provider check acme.toml
#[derive(Debug, Args)]
#[command(verbatim_doc_comment)]
pub(super) struct Check {
    /// The profile, a TOML file
    file: PathBuf,
}

impl Check {
    pub(super) fn run(self, context: &Context) -> Result<Status, Failure> {
        let text = file::profile(&self.file)?;
        let file = self.file.display().to_string();
        let found = context.agent()?.call(CheckProfile { file, text })?;
        if context.is_json() {
            context.output.json(&found)?;
        } else if found.problems.is_empty() {
            let id = found.id.map(|id| format!(" ({id})")).unwrap_or_default();
            context.output.text(&format!("{} is sound{id}.", self.file.display()))?;
        } else {
            let lines: Vec<String> = found.problems.iter().map(file::told).collect();
            context.output.text(&lines.join("\n"))?;
        }
        Ok(if found.problems.is_empty() { Status::Done } else { Status::Failed })
    }
}
