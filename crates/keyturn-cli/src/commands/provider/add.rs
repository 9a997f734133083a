//! `keyturn provider add`.

use std::path::PathBuf;

use clap::Args;
use keyturn_core::ProviderId;
use keyturn_protocol::calls::{AddProfile, AddProfileAnswer, AddProfileOutcome, EgressView};
use keyturn_protocol::{ApiError, ErrorCode};

use crate::context::Context;
use crate::exit::Status;
use crate::failure::Failure;
use crate::input::confirm;
use crate::output::table::Facts;

use super::file;

/// Add a profile of your own, or accept that it changed
///
/// Shows the hosts, and which value may go where. Where secrets are stored already and would go
/// elsewhere than before, it shows old and new and asks, or needs --yes. Keyturn keeps a copy; one
/// that is changed by hand is not used until it is added again.
///
/// Example:
///     keyturn provider add acme.toml
#[derive(Debug, Args)]
#[command(verbatim_doc_comment)]
pub(super) struct Add {
    /// The profile, a TOML file
    file: PathBuf,

    /// Agree that stored secrets go elsewhere than before
    #[arg(long, short)]
    yes: bool,
}

impl Add {
    pub(super) fn run(self, context: &Context) -> Result<Status, Failure> {
        let text = file::profile(&self.file)?;
        let file = self.file.display().to_string();
        let call = |confirmed| AddProfile { file: file.clone(), text: text.clone(), confirmed };
        let mut agent = context.agent()?;
        let mut answer = agent.call(call(self.yes))?;
        if answer.outcome == AddProfileOutcome::ConfirmationNeeded {
            let difference = difference(&answer);
            if !context.is_json() {
                for (word, line) in &difference {
                    context.output.note(word, line);
                }
            }
            let question = "Let the stored secrets go there?";
            if !context.can_ask() || !confirm(question)? {
                return Err(not_agreed(&answer, &difference).into());
            }
            answer = agent.call(call(true))?;
        }
        if context.is_json() {
            context.output.json(&answer)?;
        } else if answer.outcome == AddProfileOutcome::Unsound {
            let lines: Vec<String> = answer.problems.iter().map(file::told).collect();
            context.output.text(&lines.join("\n"))?;
        } else {
            context.output.text(&told(&answer, context.output.colors()))?;
        }
        Ok(match answer.outcome {
            AddProfileOutcome::Unsound => Status::Failed,
            _ => Status::Done,
        })
    }
}

/// What the profile allows, and what became of it.
fn told(answer: &AddProfileAnswer, colors: bool) -> String {
    let id = answer.id.as_ref().map(ProviderId::as_str).unwrap_or_default();
    let mut facts = Facts::default();
    if let Some(allows) = &answer.allows {
        facts.add_lines("Hosts", &allows.hosts);
        facts.add_lines("Sends", values(allows));
    }
    let name = answer.name.as_deref().unwrap_or(id);
    let end = match answer.outcome {
        AddProfileOutcome::Changed => format!("The profile of {name} ({id}) is changed."),
        AddProfileOutcome::Unchanged => format!("{name} ({id}) was known already."),
        _ => format!("{name} ({id}) is known now. Store a credential with `keyturn add {id}`."),
    };
    format!("{}{end}", facts.render(colors))
}

fn values(egress: &EgressView) -> impl Iterator<Item = String> {
    egress.values.iter().map(|way| format!("{} {}", way.value, way.goes))
}

fn lines(egress: Option<&EgressView>) -> Vec<String> {
    egress
        .into_iter()
        .flat_map(|egress| {
            egress.hosts.iter().map(|host| format!("to {host}")).chain(values(egress))
        })
        .collect()
}

/// What was allowed and no longer is, and what is allowed now and was not.
fn difference(answer: &AddProfileAnswer) -> Vec<(&'static str, String)> {
    let (old, new) = (lines(answer.allowed_before.as_ref()), lines(answer.allows.as_ref()));
    let gone = old.iter().filter(|line| !new.contains(line)).map(|line| ("was", line.clone()));
    let come = new.iter().filter(|line| !old.contains(line)).map(|line| ("now", line.clone()));
    let mut difference: Vec<_> = gone.chain(come).collect();
    if difference.is_empty() {
        let line = "requests are made otherwise in a way that these lines do not tell: compare the \
                    file with the earlier one";
        difference.push(("now", line.to_owned()));
    }
    difference
}

fn not_agreed(answer: &AddProfileAnswer, difference: &[(&str, String)]) -> ApiError {
    let id = answer.id.as_ref().map(ProviderId::as_str).unwrap_or_default();
    let lines: Vec<String> =
        difference.iter().map(|(word, line)| format!("{word} {line}")).collect();
    let message = format!(
        "stored secrets of {id} would go elsewhere than before, and nobody agreed to it: {}",
        lines.join("; ")
    );
    ApiError::new(ErrorCode::ConfirmationNeeded, message)
        .hint("Add --yes if that is what you want. Nothing was changed.")
}
