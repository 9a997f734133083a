//! Handing out stored fields.

use keyturn_core::{CredentialRef, FieldName, SecretFormat, SecretString, Target, TargetRef};
use keyturn_providers::Carried;
use keyturn_vault::Batch;

use crate::engine::find;
use crate::snippet::{named_fields, render_fields};
use crate::{Engine, EngineError};

impl Engine {
    /// Hands out one field, or all that are set. It is written down before the value leaves.
    pub fn get(
        &self,
        target: &TargetRef,
        format: SecretFormat,
        action: &str,
        caller: &str,
    ) -> Result<SecretString, EngineError> {
        self.write(|vault| {
            let credential = find(vault, &target.credential)?;
            let profile = self.profile(&credential.provider)?;
            let secrets = vault.secrets(credential.id)?;
            let mut fields = named_fields(profile, credential, &secrets);
            match &target.target {
                Target::Token => return Err(EngineError::TokenIsNoField),
                Target::Whole if format == SecretFormat::Raw => {
                    return Err(EngineError::WhichField {
                        reference: credential.reference(),
                        known: fields.iter().map(|field| field.name.to_string()).collect(),
                    });
                }
                Target::Whole if fields.is_empty() => {
                    return Err(EngineError::NothingStored { reference: credential.reference() });
                }
                Target::Whole => {}
                Target::Field(name) => {
                    fields.retain(|field| field.name == *name);
                    if fields.is_empty() {
                        return Err(absent(profile, credential, name));
                    }
                }
            }
            let text = render_fields(&fields, format);
            let mut batch = Batch::new();
            batch.append_journal(vec![self.entry(caller, action, credential)]);
            self.commit(vault, batch)?;
            Ok(text)
        })
    }

    /// What `copy REF` copies: the token where the profile or the credential's method has one, else
    /// the key.
    pub fn primary(&self, reference: &CredentialRef) -> Result<Target, EngineError> {
        self.read(|vault| {
            let credential = find(vault, reference)?;
            let profile = self.profile(&credential.provider)?;
            Ok(match profile.primary_for(credential) {
                Carried::Field(field) => Target::Field(field),
                Carried::Token => Target::Token,
            })
        })
    }
}

/// The error for a field that has no value here.
fn absent(
    profile: &keyturn_providers::Profile,
    credential: &keyturn_core::Credential,
    name: &FieldName,
) -> EngineError {
    if profile.field(name).is_some() {
        return EngineError::ValueNotStored {
            reference: credential.reference(),
            field: name.clone(),
        };
    }
    EngineError::NoField {
        provider: profile.id.clone(),
        field: name.clone(),
        known: profile.fields.iter().map(|field| field.name.to_string()).collect(),
    }
}
