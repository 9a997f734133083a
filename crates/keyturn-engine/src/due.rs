//! What should be replaced, and when.

use keyturn_core::rotation::Due;
use keyturn_core::{CredentialRef, RotationState};

use crate::{Engine, EngineError};

/// A credential that is due.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DueCredential {
    /// Which one.
    pub reference: CredentialRef,
    /// The day, and why.
    pub due: Due,
    /// The days until then; negative when it has passed.
    pub days_left: i64,
    /// Where its rotation stands.
    pub state: RotationState,
}

impl Engine {
    /// Lists what is due within so many days, the most urgent first.
    pub fn due(&self, within_days: i64) -> Result<Vec<DueCredential>, EngineError> {
        let (today, policies) = (self.today(), self.policies());
        self.read(|vault| {
            let mut due: Vec<DueCredential> = vault
                .live_credentials()
                .filter_map(|credential| {
                    let due = policies.due_by(credential, today)?;
                    let days_left = (due.on - today).num_days();
                    (days_left <= within_days).then(|| DueCredential {
                        reference: credential.reference(),
                        due,
                        days_left,
                        state: policies.state(credential, today),
                    })
                })
                .collect();
            due.sort_by(|a, b| (a.days_left, &a.reference).cmp(&(b.days_left, &b.reference)));
            Ok(due)
        })
    }
}
