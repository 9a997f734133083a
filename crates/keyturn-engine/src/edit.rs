//! Changing a credential.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use keyturn_core::{
    CredentialName, CredentialRef, EnvironmentName, FieldName, RevealState, SecretFields,
};
use keyturn_vault::Batch;

use crate::add::refuse_taken;
use crate::endpoint::check_environments;
use crate::engine::find;
use crate::fields::{self, GivenFields};
use crate::limit::checked_plan;
use crate::{CredentialSummary, Engine, EngineError};

/// What is to change; `None` or absent stays as it is.
#[derive(Debug)]
pub struct EditCredential {
    /// Which one.
    pub reference: CredentialRef,
    /// A new name.
    pub name: Option<CredentialName>,
    /// New environments.
    pub environments: Option<Vec<EnvironmentName>>,
    /// A new owner; an empty text removes it.
    pub owner: Option<String>,
    /// A new note; an empty text removes it.
    pub note: Option<String>,
    /// New open values.
    pub fields: BTreeMap<FieldName, String>,
    /// New secrets.
    pub secrets: SecretFields,
    /// A new day of issue.
    pub issued_on: Option<NaiveDate>,
    /// A new end.
    pub expires_on: Option<NaiveDate>,
    /// A new interval; 0 removes it.
    pub rotate_every_days: Option<u32>,
    /// A new plan; an empty text removes it.
    pub plan: Option<String>,
    /// Whether its tokens are renewed in the background from now on.
    pub keep_fresh: Option<bool>,
    /// Whether the user agreed to clear text, where an environment needs it.
    pub allow_plain_http: bool,
}

impl Engine {
    /// Changes a credential. New values or environments forget the tokens that the old ones bought.
    pub fn edit(
        &self,
        request: EditCredential,
        caller: &str,
    ) -> Result<CredentialSummary, EngineError> {
        let profile = self.profile(&request.reference.provider)?;
        let given = GivenFields { open: request.fields, secrets: request.secrets };
        given.check(profile)?;
        fields::check_text("owner", request.owner.as_ref())?;
        fields::check_text("note", request.note.as_ref())?;
        self.write(|vault| {
            let old = find(vault, &request.reference)?;
            let mut new = old.clone();
            let secret_version = old.secret_version;
            new.secret_version = fields::bumped(profile, old, &given);
            new.fields = given.merged(profile, &old.fields);
            new.reveal = fields::reveal_state(profile, &new.fields);
            if let Some(name) = request.name.filter(|name| *name != old.name) {
                new.name = name;
                refuse_taken(vault, &new.reference())?;
            }
            if let Some(environments) = request.environments.filter(|names| !names.is_empty()) {
                new.environments = environments;
            }
            let replace = |new: &mut Option<String>, given: Option<String>| {
                if let Some(text) = given {
                    *new = Some(text).filter(|text| !text.is_empty());
                }
            };
            replace(&mut new.owner, request.owner);
            replace(&mut new.note, request.note);
            let rotation = &mut new.rotation;
            rotation.issued_on = request.issued_on.or(rotation.issued_on);
            rotation.expires_on = request.expires_on.or(rotation.expires_on);
            if let Some(days) = request.rotate_every_days {
                rotation.rotate_every_days = Some(days).filter(|days| *days > 0);
            }
            if request.plan.is_some() {
                new.plan = checked_plan(profile, request.plan)?;
            }
            new.keep_fresh = request.keep_fresh.unwrap_or(new.keep_fresh);
            new.updated_at = self.now();
            fields::check_complete(profile, &new.fields, &new.environments)?;
            let moved = new.environments != old.environments || new.fields != old.fields;
            if moved {
                check_environments(vault, profile, &new, request.allow_plain_http)?;
            }
            let mut batch = Batch::new();
            // A token is for its environment alone, and goes with it.
            for gone in old.environments.iter().filter(|name| !new.environments.contains(name)) {
                batch.remove_token(new.id, gone.clone());
            }
            if !given.secrets.is_empty() {
                new.secrets_stored_at = Some(self.now());
            }
            if new.secret_version != old.secret_version {
                batch.remove_tokens(new.id);
                let mut secrets = vault.secrets(new.id)?;
                for (name, value) in given.secrets.iter() {
                    secrets.insert(name.clone(), value.duplicate());
                }
                batch.put_secrets(new.id, secrets);
            }
            batch.append_journal(vec![self.entry(caller, "edit", &new)]);
            batch.put_credential(new.clone());
            if new.reveal == RevealState::Captured && new.secret_version != secret_version {
                vault.commit_and_read_back(batch, new.id)?;
            } else {
                self.commit(vault, batch)?;
            }
            Ok(CredentialSummary::of(vault, &new))
        })
    }
}
