//! `keyturn log verify`.

use clap::Args;
use keyturn_protocol::calls::VerifyJournal;

use crate::context::Context;
use crate::exit::Status;
use crate::failure::Failure;
use crate::output::table::{Cell, Facts, Style};
use crate::output::words;

/// Prove that no entry of the journal was changed, left out or moved
///
/// Without the vault's key nothing of the journal can be changed unseen. Whoever has that key could
/// write a whole journal anew: the chain's end, noted elsewhere, shows that later. Status 8 where
/// something is wrong.
///
/// Example:
///     keyturn log verify
#[derive(Debug, Args)]
#[command(verbatim_doc_comment)]
pub(crate) struct Verify {}

impl Verify {
    #[expect(clippy::unused_self, reason = "every command runs the same way")]
    pub(crate) fn run(self, context: &Context) -> Result<Status, Failure> {
        let proof = context.agent()?.call(VerifyJournal {})?;
        let status = if proof.intact { Status::Done } else { Status::VaultUnusable };
        if context.is_json() {
            context.output.json(&proof)?;
            return Ok(status);
        }
        let mut facts = Facts::default();
        match &proof.problem {
            None => facts.add("Journal", Cell::new("intact", Style::Good)),
            Some(problem) => facts.add("Journal", Cell::new(problem, Style::Bad)),
        };
        facts.add_known("Proven", Some(format!("{} entries", proof.entries)));
        facts.add_known("From", proof.since.map(words::second));
        facts.add_known("Until", proof.until.map(words::second));
        facts.add_known("Chain's end", Some(&proof.head));
        context.output.text(&facts.render(context.output.colors()))?;
        Ok(status)
    }
}
