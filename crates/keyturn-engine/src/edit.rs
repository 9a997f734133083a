//! Changing a credential.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use keyturn_core::{
    Credential, CredentialName, CredentialRef, EnvironmentName, FieldName, FieldValue, KeyMark,
    RevealState, SecretFields,
};
use keyturn_providers::Profile;
use keyturn_vault::{Batch, JournalEntry, Vault};

use crate::add::refuse_taken;
use crate::capture::mark::marked;
use crate::dates::{check_age_only, check_dates, check_rules};
use crate::endpoint::{check_environments, origins};
use crate::engine::find;
use crate::fields::{self, GivenFields};
use crate::limit::checked_plan;
use crate::{CredentialSummary, Engine, EngineError, free_text, version};

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
    /// What the user says of a reveal-once key whose value is not stored.
    pub mark: Option<KeyMark>,
    /// A new day of issue.
    pub issued_on: Option<NaiveDate>,
    /// A new end.
    pub expires_on: Option<NaiveDate>,
    /// Whether the day of issue is taken away.
    pub clear_issued_on: bool,
    /// Whether the end is taken away.
    pub clear_expires_on: bool,
    /// A new interval; 0 removes it.
    pub rotate_every_days: Option<u32>,
    /// A new day on which the user wants to replace it.
    pub replace_on: Option<NaiveDate>,
    /// Whether the day on which the user wanted to replace it is taken away.
    pub clear_replace_on: bool,
    /// Whether nobody is reminded of it by any interval from now on.
    pub age_only: Option<bool>,
    /// A new plan; an empty text removes it.
    pub plan: Option<String>,
    /// Whether its tokens are renewed in the background from now on.
    pub keep_fresh: Option<bool>,
    /// Whether it is at hand from now on.
    pub favourite: Option<bool>,
    /// Whether the user agreed to clear text, where an environment needs it.
    pub allow_plain_http: bool,
    /// Whether the user agreed that stored secrets go elsewhere than before.
    pub confirmed: bool,
}

impl Engine {
    /// Changes a credential. New values or environments forget the tokens that the old ones bought.
    /// Where a stored secret would go to another host than before, it needs a yes: nothing is ever
    /// bound elsewhere silently.
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
        let sets_rule =
            request.replace_on.is_some() || request.rotate_every_days.is_some_and(|days| days > 0);
        check_age_only(request.age_only == Some(true), sets_rule)?;
        self.write(|vault| {
            let old = find(vault, &request.reference)?;
            let texts = [("owner", request.owner.as_ref()), ("note", request.note.as_ref())];
            free_text::refuse(&given.secrets, &texts)?;
            free_text::refuse_stored(vault, old.id, &texts)?;
            crate::rotation::refuse_replaced(profile, old, &given)?;
            let mut new = old.clone();
            version::fill(vault, Some(profile), &mut new)?;
            let secret_version = old.secret_version;
            new.secret_version = fields::bumped(profile, old, &given);
            new.fields = given.merged(profile, &old.fields);
            let awaits_reveal = matches!(
                (&request.mark, old.reveal),
                (Some(KeyMark::NotRevealed), _) | (None, RevealState::NotRevealed)
            );
            if let Some(mark) = request.mark {
                given.check_unmarked(profile)?;
                // Another key is known by these four: a version of its own, for the finder.
                let other = matches!(mark, KeyMark::LastFour(_));
                new.fields = marked(profile, &request.reference, new.fields, mark)?;
                new.secret_version += u32::from(other && new.fields != old.fields);
            }
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
            let kept = |day, cleared: bool| if cleared { None } else { day };
            let issued_before = kept(rotation.issued_on, request.clear_issued_on);
            rotation.issued_on = request.issued_on.or(issued_before);
            let expires_before = kept(rotation.expires_on, request.clear_expires_on);
            rotation.expires_on = request.expires_on.or(expires_before);
            if let Some(days) = request.rotate_every_days {
                rotation.rotate_every_days = Some(days).filter(|days| *days > 0);
            }
            // A day is chosen for one key: it is over with it.
            if request.clear_replace_on || new.secret_version != secret_version {
                rotation.replace_on = None;
            }
            rotation.replace_on = request.replace_on.or(rotation.replace_on);
            // Who sets a rule anew wants it to count.
            if rotation.rotate_every_days != old.rotation.rotate_every_days
                || request.replace_on.is_some()
            {
                rotation.age_only = false;
            }
            rotation.age_only = request.age_only.unwrap_or(rotation.age_only);
            check_rules(rotation)?;
            // What was written down before does not stand in the way of other changes.
            if request.issued_on.is_some() || request.expires_on.is_some() {
                check_dates(rotation)?;
            }
            if request.plan.is_some() {
                new.plan = checked_plan(profile, request.plan)?;
            }
            if let Some(keep_fresh) = request.keep_fresh {
                new.keep_fresh = keep_fresh;
                fields::check_keeps_fresh(profile, &new)?;
            }
            new.favourite = request.favourite.unwrap_or(new.favourite);
            new.updated_at = self.now();
            fields::check_complete(profile, &new.fields, &new.environments, awaits_reveal)?;
            let moved = new.environments != old.environments || new.fields != old.fields;
            if moved {
                check_environments(vault, profile, &new, request.allow_plain_http)?;
            }
            let elsewhere = if moved { moves(vault, profile, old, &new) } else { Vec::new() };
            if !elsewhere.is_empty() && !request.confirmed && keeps_secrets(old, &given.secrets) {
                let reference = request.reference;
                return Err(EngineError::GoesElsewhere { reference, moves: elsewhere.join(", ") });
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
                version::note_current(vault, profile, &mut new, &secrets, self.now());
                batch.put_secrets(new.id, secrets);
            }
            let host = Some(elsewhere.join(", ")).filter(|moves| !moves.is_empty());
            let changed = changed(old, &new, &given.secrets);
            let entry = self.entry(caller, "edit", &new);
            batch.append_journal(vec![JournalEntry { host, changed, ..entry }]);
            batch.put_credential(new.clone());
            if new.reveal == RevealState::Captured && new.secret_version != secret_version {
                vault.commit_and_read_back(batch, new.id)?;
            } else {
                self.commit(vault, batch)?;
            }
            Ok(self.summary(vault, &new))
        })
    }
}

/// The names of what an edit changes, for the journal; never a value.
fn changed(old: &Credential, new: &Credential, secrets: &SecretFields) -> Vec<String> {
    let (was, is) = (&old.rotation, &new.rotation);
    let words = [
        (old.name != new.name, "name"),
        (old.environments != new.environments, "environments"),
        (old.owner != new.owner, "owner"),
        (old.note != new.note, "note"),
        (was.issued_on != is.issued_on, "issued_on"),
        (was.expires_on != is.expires_on, "expires_on"),
        (was.rotate_every_days != is.rotate_every_days, "rotate_every_days"),
        (was.replace_on != is.replace_on, "replace_on"),
        (was.age_only != is.age_only, "age_only"),
        (old.plan != new.plan, "plan"),
        (old.keep_fresh != new.keep_fresh, "keep_fresh"),
        (old.favourite != new.favourite, "favourite"),
    ];
    let named = words.into_iter().filter(|(differs, _)| *differs);
    let fields = new.fields.iter().filter(|field| {
        secrets.get(&field.name).is_some() || old.field(&field.name) != Some(field)
    });
    let gone = old.fields.iter().filter(|field| new.field(&field.name).is_none());
    let fields = fields.chain(gone).map(|field| field.name.to_string());
    named.map(|(_, name)| name.to_owned()).chain(fields).collect()
}

/// Where an edit sends a credential's secrets instead: `ENVIRONMENT: OLD → NEW`. Environments that the
/// user named anew are no surprise.
fn moves(vault: &Vault, profile: &Profile, old: &Credential, new: &Credential) -> Vec<String> {
    let both = new.environments.iter().filter(|name| old.environments.contains(name));
    let moves = both.flat_map(|name| {
        let before = origins(vault, profile, old, name).unwrap_or_default();
        let after = origins(vault, profile, new, name).unwrap_or_default();
        let changed = before.into_iter().zip(after).filter(|(before, after)| before != after);
        changed.map(move |(before, after)| format!("{name}: {before} → {after}"))
    });
    let mut told: Vec<String> = moves.collect();
    told.dedup();
    told
}

/// Whether a secret stays as it is that was stored before.
fn keeps_secrets(old: &Credential, given: &SecretFields) -> bool {
    let stored = |value: &FieldValue| matches!(value, FieldValue::Secret { .. });
    old.fields.iter().any(|field| stored(&field.value) && given.get(&field.name).is_none())
}
