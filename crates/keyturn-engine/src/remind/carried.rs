//! Noting that a token left Keyturn: its copy is not renewed with ours.

use chrono::{DateTime, Utc};
use keyturn_core::reminder::{Carried, CarriedHow};
use keyturn_core::{CredentialId, CredentialRef, EnvironmentName};

use crate::Engine;
use crate::engine::find;

impl Engine {
    /// Notes that a token left Keyturn that ends then; nothing where nobody knows its end. Cheap: nothing
    /// is written before the next round, and only where its reminder comes at another time.
    pub fn carried(
        &self,
        reference: &CredentialRef,
        environment: &EnvironmentName,
        how: CarriedHow,
        ends_at: Option<DateTime<Utc>>,
    ) {
        let Ok(id) = self.read(|vault| Ok(find(vault, reference)?.id)) else {
            return;
        };
        let now = self.now();
        let (reference, environment) = (reference.clone(), environment.clone());
        let carried = ends_at.and_then(|ends_at| {
            Carried::new(id, reference, environment.clone(), how, (now, ends_at))
        });
        let mut state = self.reminding();
        if state.book.carry((id, &environment), carried, now) {
            self.note_change(&mut state);
        }
    }

    /// Forgets the copies of a credential's token in an environment: they are dead.
    pub(crate) fn forget_carried(&self, id: CredentialId, environment: &EnvironmentName) {
        let mut state = self.reminding();
        if state.book.forget_carried(id, environment) {
            self.note_change(&mut state);
        }
    }
}
