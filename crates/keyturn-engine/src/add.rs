//! Adding a credential.

use std::collections::BTreeMap;

use keyturn_core::{
    Credential, CredentialName, CredentialRef, EnvironmentName, FieldName, KeyMark, ProviderId,
    RevealState, RotationPolicy, SecretFields,
};
use keyturn_vault::Batch;

use crate::capture::mark::marked;
use crate::dates::{check_age_only, check_dates, check_rules};
use crate::endpoint::check_environments;
use crate::engine::find;
use crate::fields::{self, GivenFields};
use crate::limit::checked_plan;
use crate::{CredentialSummary, Engine, EngineError, free_text, version};

/// A credential to be added.
#[derive(Debug)]
pub struct AddCredential {
    /// The provider.
    pub provider: ProviderId,
    /// Its name.
    pub name: CredentialName,
    /// The environments it is bound to; empty takes the profile's first.
    pub environments: Vec<EnvironmentName>,
    /// Who is responsible for it.
    pub owner: Option<String>,
    /// A note.
    pub note: Option<String>,
    /// Open fields.
    pub fields: BTreeMap<FieldName, String>,
    /// Secret fields.
    pub secrets: SecretFields,
    /// What the user says of a reveal-once key whose value is not stored.
    pub mark: Option<KeyMark>,
    /// When it should be replaced.
    pub rotation: RotationPolicy,
    /// The provider's plan, whose limits count from then on.
    pub plan: Option<String>,
    /// Whether its tokens are renewed in the background.
    pub keep_fresh: bool,
    /// Whether the user agreed to clear text, where an environment needs it.
    pub allow_plain_http: bool,
}

impl Engine {
    /// Adds a credential, with its secrets, in one step.
    pub fn add(
        &self,
        request: AddCredential,
        caller: &str,
    ) -> Result<CredentialSummary, EngineError> {
        let profile = self.profile(&request.provider)?;
        let given = GivenFields { open: request.fields, secrets: request.secrets };
        given.check(profile)?;
        fields::check_text("owner", request.owner.as_ref())?;
        fields::check_text("note", request.note.as_ref())?;
        let texts = [("owner", request.owner.as_ref()), ("note", request.note.as_ref())];
        free_text::refuse(&given.secrets, &texts)?;
        let rotation = &request.rotation;
        check_rules(rotation)?;
        check_dates(rotation)?;
        let has_rule = rotation.rotate_every_days.is_some() || rotation.replace_on.is_some();
        check_age_only(rotation.age_only, has_rule)?;
        let mut environments = request.environments;
        if environments.is_empty() {
            environments.extend(profile.environments.first().map(|first| first.name.clone()));
        }
        let now = self.now();
        let plan = checked_plan(profile, request.plan)?;
        let mut merged = given.merged(profile, &[]);
        let reference = CredentialRef { provider: request.provider, name: request.name };
        let awaits_reveal = request.mark == Some(KeyMark::NotRevealed);
        if let Some(mark) = request.mark {
            given.check_unmarked(profile)?;
            merged = marked(profile, &reference, merged, mark)?;
        }
        fields::check_complete(profile, &merged, &environments, awaits_reveal)?;
        let reveal = fields::reveal_state(profile, &merged);
        let mut credential = Credential {
            owner: request.owner.filter(|text| !text.is_empty()),
            note: request.note.filter(|text| !text.is_empty()),
            fields: merged,
            rotation: request.rotation,
            reveal,
            secret_version: 1,
            plan,
            keep_fresh: request.keep_fresh,
            ..Credential::new(reference, environments, now)
        };
        fields::check_keeps_fresh(profile, &credential)?;
        self.write(|vault| {
            check_environments(vault, profile, &credential, request.allow_plain_http)?;
            refuse_taken(vault, &credential.reference())?;
            version::note_current(vault, profile, &mut credential, &given.secrets, now);
            let mut batch = Batch::new();
            batch.append_journal(vec![self.entry(caller, "add", &credential)]);
            batch.put_credential(credential.clone());
            batch.put_secrets(credential.id, given.secrets);
            // What is said to be captured was read back, whichever way it came in.
            if credential.reveal == RevealState::Captured {
                vault.commit_and_read_back(batch, credential.id)?;
            } else {
                self.commit(vault, batch)?;
            }
            Ok(self.summary(vault, &credential))
        })
    }
}

/// Refuses a name that another credential has.
pub(crate) fn refuse_taken(
    vault: &keyturn_vault::Vault,
    reference: &CredentialRef,
) -> Result<(), EngineError> {
    match find(vault, reference) {
        Ok(_) => Err(EngineError::CredentialExists { reference: reference.clone() }),
        Err(_) => Ok(()),
    }
}
