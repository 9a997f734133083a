//! Noting that the provider's support was asked for a new key.

use chrono::NaiveDate;
use keyturn_core::CredentialRef;
use keyturn_core::rotation::SupportRequest;
use keyturn_vault::Batch;

use super::RotationError;
use crate::engine::find;
use crate::fields::check_text;
use crate::{Engine, EngineError, free_text};

/// What was asked of a provider's support.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct AskSupport {
    /// On which day; `None` is today.
    pub on: Option<NaiveDate>,
    /// The support's number for it; `None` keeps the one from before, an empty one removes it.
    pub ticket: Option<String>,
    /// The user's own words; `None` keeps those from before, empty ones remove them.
    pub note: Option<String>,
}

impl Engine {
    /// Notes that the support was asked, or asked again. Where no rotation is under way yet, one begins:
    /// who tells of a request has begun it.
    pub fn note_support_request(
        &self,
        reference: &CredentialRef,
        asked: AskSupport,
        caller: &str,
    ) -> Result<(), EngineError> {
        check_text("ticket", asked.ticket.as_ref())?;
        check_text("note", asked.note.as_ref())?;
        let today = self.today();
        let on = asked.on.unwrap_or(today);
        if on > today {
            return Err(RotationError::FutureDay { day: on }.into());
        }
        let said = |text: String| Some(text).filter(|text| !text.trim().is_empty());
        self.write(|vault| {
            let credential = find(vault, reference)?;
            let texts = [("ticket", asked.ticket.as_ref()), ("note", asked.note.as_ref())];
            free_text::refuse_stored(vault, credential.id, &texts)?;
            let mut turning = self.turning_or_begun(credential)?;
            let before = turning.rotation.request.clone().unwrap_or_default();
            let ticket = asked.ticket.map_or(before.ticket, said);
            let request = SupportRequest { on, ticket, note: asked.note.map_or(before.note, said) };
            turning.rotation.ask(request).map_err(RotationError::from)?;
            let mut batch = Batch::new();
            self.write_step(&mut batch, turning, "rotate request", caller);
            self.commit(vault, batch)
        })
    }
}
