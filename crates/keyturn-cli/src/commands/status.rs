//! `keyturn status`.

use clap::Args;
use keyturn_protocol::calls::{AgentView, ShowStatus, StatusAnswer, VaultState, VaultView};

use crate::context::Context;
use crate::exit;
use crate::failure::Failure;
use crate::output::table::{Cell, Facts, Style};
use crate::output::words;

/// Tell whether the vault is open and the agent runs
///
/// It starts no agent and needs no open vault.
///
/// Example:
///     keyturn status --format json
#[derive(Debug, Args)]
#[command(verbatim_doc_comment)]
pub(crate) struct Status {}

impl Status {
    #[expect(clippy::unused_self, reason = "every command runs the same way")]
    pub(crate) fn run(self, context: &Context) -> Result<exit::Status, Failure> {
        let status = match context.running_agent()? {
            Some(mut agent) => agent.call(ShowStatus {})?,
            None => without_agent(context)?,
        };
        if context.is_json() {
            context.output.json(&status)?;
        } else {
            context.output.text(&facts(&status).render(context.output.colors()))?;
        }
        Ok(exit::Status::Done)
    }
}

/// What can be told by looking only whether the file is there: the agent does the rest.
fn without_agent(context: &Context) -> Result<StatusAnswer, Failure> {
    let path = context.home()?.vault();
    let state = if path.exists() { VaultState::Locked } else { VaultState::Absent };
    Ok(StatusAnswer {
        state,
        agent: AgentView { pid: None, updated: false, locked_by: None },
        vault: VaultView { path, credentials: None, generation: None },
        protect: None,
    })
}

fn facts(status: &StatusAnswer) -> Facts {
    let (state, style) = words::vault(status.state);
    let mut facts = Facts::default();
    facts.add("Vault", Cell::new(state, style));
    facts.add("File", Cell::plain(status.vault.path.to_string_lossy()));
    facts.add_known("Opens with", status.protect.map(words::protection));
    facts.add_known("Credentials", status.vault.credentials.map(|count| count.to_string()));
    facts.add_known("Generation", status.vault.generation.map(|count| count.to_string()));
    facts.add(
        "Agent",
        match status.agent.pid {
            Some(pid) => Cell::plain(format!("runs as process {pid}")),
            None => Cell::new("not running; it starts by itself when needed", Style::Dim),
        },
    );
    facts
}
