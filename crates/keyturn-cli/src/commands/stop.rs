//! `keyturn stop`.

use clap::Args;
use keyturn_protocol::calls;
use serde_json::json;

use crate::context::Context;
use crate::exit::Status;
use crate::failure::Failure;

/// Lock the vault and end the agent
///
/// It starts again by itself with the next command that needs it.
///
/// Example:
///     keyturn stop
#[derive(Debug, Args)]
#[command(verbatim_doc_comment)]
pub(crate) struct Stop {}

impl Stop {
    #[expect(clippy::unused_self, reason = "every command runs the same way")]
    pub(crate) fn run(self, context: &Context) -> Result<Status, Failure> {
        let running = context.running_agent()?;
        let stopped = running.is_some();
        if let Some(mut agent) = running {
            agent.call(calls::Stop {})?;
            // The next command must not reach the one that is ending.
            agent.wait_for_end();
        }
        if context.is_json() {
            context.output.json(&json!({ "stopped": stopped }))?;
        } else {
            context.output.text(if stopped {
                "The agent has ended."
            } else {
                "No agent was running."
            })?;
        }
        Ok(Status::Done)
    }
}
