//! `keyturn provider check`.

use std::path::PathBuf;

use clap::Args;
use keyturn_protocol::calls::{CheckProfile, ProblemView};

use crate::context::Context;
use crate::exit::Status;
use crate::failure::Failure;
use crate::input::file;

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
        let text = file::text(&self.file, "Name a profile, a TOML file in UTF-8.")?;
        let file = self.file.display().to_string();
        let found = context.agent()?.call(CheckProfile { file, text })?;
        if context.is_json() {
            context.output.json(&found)?;
        } else if found.problems.is_empty() {
            let id = found.id.map(|id| format!(" ({id})")).unwrap_or_default();
            context.output.text(&format!("{} is sound{id}.", self.file.display()))?;
        } else {
            let lines: Vec<String> = found.problems.iter().map(problem).collect();
            context.output.text(&lines.join("\n"))?;
        }
        Ok(if found.problems.is_empty() { Status::Done } else { Status::Failed })
    }
}

fn problem(problem: &ProblemView) -> String {
    let hint = problem.hint.as_ref().map(|hint| format!(" ({hint})")).unwrap_or_default();
    let ProblemView { file, line, column, reason, .. } = problem;
    crate::output::visible::line(&format!("{file}:{line}:{column}: {reason}{hint}"))
}
