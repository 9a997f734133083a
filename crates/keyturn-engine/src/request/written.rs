//! The journal entry of one request on its way.

use keyturn_vault::JournalEntry;

use super::plan::Plan;
use crate::Engine;

/// A journal entry that is written whatever becomes of its request: also where the caller leaves in
/// the middle of it.
pub(crate) struct Written<'engine> {
    pub(crate) engine: &'engine Engine,
    pub(crate) entry: JournalEntry,
}

impl Engine {
    pub(super) fn write_down(&self, plan: &Plan, caller: &str) -> Written<'_> {
        let action = format!("request {}", plan.request.method);
        let entry = JournalEntry {
            host: Some(plan.endpoint.host_and_port()),
            path: Some(plan.path_template.clone()),
            ..self.entry(caller, &action, &plan.credential)
        };
        Written { engine: self, entry }
    }
}

impl Drop for Written<'_> {
    fn drop(&mut self) {
        self.engine.note_later(self.entry.clone());
    }
}
