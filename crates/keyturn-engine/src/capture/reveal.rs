//! Showing stored values to a person. Of a key that its provider shows once, only the last four characters
//! are shown without a second yes; using and copying it need none.

use keyturn_core::{
    Credential, CredentialRef, FieldName, FieldValue, SecretFormat, SecretString, Target, TargetRef,
};
use keyturn_providers::{FieldKind, Profile, RevealPolicy};

use super::CaptureError;
use crate::engine::find;
use crate::token::{RenderToken, fields_in_text};
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
            Ok(shows_once(profile, credential, |name| match &target.target {
                Target::Whole => true,
                Target::Field(field) => field == name,
                Target::Token => false,
            }))
        })?;
        second_yes(asks, confirmed, &target.credential)?;
        self.get(target, format, "reveal", caller)
    }

    /// Refuses to show a token to a person without a second yes where a reveal-once key is in its text:
    /// one that is itself what is sent, or one that comes along.
    pub fn check_token_shown(
        &self,
        request: &RenderToken,
        confirmed: bool,
    ) -> Result<(), EngineError> {
        let reference = &request.token.reference;
        let asks = self.read(|vault| {
            let credential = find(vault, reference)?;
            let profile = self.profile(&credential.provider)?;
            let fields = fields_in_text(profile, credential, request);
            Ok(shows_once(profile, credential, |name| fields.contains(&name)))
        })?;
        second_yes(asks, confirmed, reference)
    }
}

fn second_yes(asks: bool, confirmed: bool, reference: &CredentialRef) -> Result<(), EngineError> {
    if asks && !confirmed {
        return Err(CaptureError::ShowsOnce { reference: reference.clone() }.into());
    }
    Ok(())
}

/// Whether a stored key is meant that its provider shows exactly once.
fn shows_once(
    profile: &Profile,
    credential: &Credential,
    meant: impl Fn(&FieldName) -> bool,
) -> bool {
    let once = |name: &FieldName| {
        profile.reveal.policy == RevealPolicy::Once
            && profile.field(name).is_some_and(|field| field.kind == FieldKind::Secret)
    };
    credential.fields.iter().any(|field| {
        matches!(field.value, FieldValue::Secret { .. }) && meant(&field.name) && once(&field.name)
    })
}
