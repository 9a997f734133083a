//! Showing stored values to a person. Of a key that its provider shows once, only the last four characters
//! are shown without a second yes; using and copying it need none.

use keyturn_core::{
    Credential, FieldName, FieldValue, SecretFormat, SecretString, Target, TargetRef,
};
use keyturn_providers::{FieldKind, Profile, RevealPolicy};

use super::CaptureError;
use crate::engine::find;
use crate::{Engine, EngineError};

impl Engine {
    /// Hands out fields that a person is going to see. It is written down before a value leaves.
    pub fn reveal(
        &self,
        target: &TargetRef,
        format: SecretFormat,
        confirmed: bool,
        caller: &str,
    ) -> Result<SecretString, EngineError> {
        let asks = self.read(|vault| {
            let credential = find(vault, &target.credential)?;
            let profile = self.profile(&credential.provider)?;
            Ok(shows_once(profile, credential, &target.target))
        })?;
        if asks && !confirmed {
            let reference = target.credential.clone();
            return Err(CaptureError::ShowsOnce { reference }.into());
        }
        self.get(target, format, "reveal", caller)
    }
}

/// Whether a stored key is meant that its provider shows exactly once.
fn shows_once(profile: &Profile, credential: &Credential, target: &Target) -> bool {
    let once = |name: &FieldName| {
        profile.reveal.policy == RevealPolicy::Once
            && profile.field(name).is_some_and(|field| field.kind == FieldKind::Secret)
    };
    let meant = |name: &FieldName| match target {
        Target::Whole => true,
        Target::Field(field) => field == name,
        Target::Token => false,
    };
    credential.fields.iter().any(|field| {
        matches!(field.value, FieldValue::Secret { .. }) && meant(&field.name) && once(&field.name)
    })
}
