//! The provider's checklist before production (DV12): what Keyturn can see is filled in by itself,
//! the rest the user ticks with a date.

use chrono::{Days, NaiveDate};
use keyturn_core::{AddressKind, Credential, CredentialRef, ProviderId, TestOutcome};
use keyturn_providers::schema::{Automatic, ChecklistItem};
use keyturn_providers::{Method, Profile};
use keyturn_vault::{Batch, Vault};
use thiserror::Error;

use crate::endpoint::{endpoint, token_endpoint};
use crate::engine::find;
use crate::{Engine, EngineError};

/// An item of a checklist, and how it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChecklistEntry {
    /// Names it.
    pub id: String,
    /// What is to be done.
    pub text: String,
    /// How it stands.
    pub state: ItemState,
    /// Who says so; `None` where nobody does.
    pub by: Option<SaidBy>,
    /// The day it was ticked.
    pub on: Option<NaiveDate>,
    /// The day it has to be done again.
    pub again_on: Option<NaiveDate>,
    /// What Keyturn saw.
    pub note: Option<String>,
    /// Whether the user ticks it; what Keyturn sees by itself cannot be ticked.
    pub is_ticked_by_user: bool,
}

/// How an item stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ItemState {
    /// It is done.
    Done,
    /// It is not.
    Open,
    /// It was done, and has to be done again.
    Due,
}

/// Who says that an item is done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SaidBy {
    /// Keyturn sees it.
    Keyturn,
    /// The user ticked it.
    User,
}

/// Says why a checklist was not shown or ticked.
#[derive(Debug, Error, PartialEq, Eq)]
pub enum ChecklistError {
    /// The profile has none.
    #[error("{provider} has no checklist that Keyturn knows of")]
    NoList {
        /// The provider.
        provider: ProviderId,
    },
    /// It has no such item.
    #[error("there is no item '{item}' in this checklist")]
    NoItem {
        /// What was asked for.
        item: String,
        /// What there is.
        known: Vec<String>,
    },
    /// Nobody has to say what Keyturn sees.
    #[error("Keyturn sees by itself whether '{item}' is done")]
    Seen {
        /// The item.
        item: String,
    },
}

impl Engine {
    /// Shows the checklist.
    pub fn checklist(&self, reference: &CredentialRef) -> Result<Vec<ChecklistEntry>, EngineError> {
        self.read(|vault| {
            let credential = find(vault, reference)?;
            let profile = self.profile(&credential.provider)?;
            Ok(self.entries(vault, profile, credential)?)
        })
    }

    /// Ticks an item with today's date, or takes the tick away. What Keyturn sees by itself is not
    /// ticked: a tick could hide that it is not so.
    pub fn tick(
        &self,
        reference: &CredentialRef,
        item: &str,
        done: bool,
        caller: &str,
    ) -> Result<Vec<ChecklistEntry>, EngineError> {
        self.write(|vault| {
            let mut credential = find(vault, reference)?.clone();
            let profile = self.profile(&credential.provider)?;
            check_has_one(profile)?;
            let found = profile.checklist.iter().find(|known| known.id == item);
            let Some(found) = found else {
                return Err(ChecklistError::NoItem {
                    item: item.to_owned(),
                    known: profile.checklist.iter().map(|item| item.id.clone()).collect(),
                }
                .into());
            };
            if found.automatic.is_some_and(is_seen) {
                return Err(ChecklistError::Seen { item: item.to_owned() }.into());
            }
            if done {
                credential.ticks.insert(item.to_owned(), self.today());
            } else {
                credential.ticks.remove(item);
            }
            credential.updated_at = self.now();
            let entries = self.entries(vault, profile, &credential)?;
            let mut batch = Batch::new();
            batch.append_journal(vec![self.entry(caller, "checklist", &credential)]);
            batch.put_credential(credential);
            self.commit(vault, batch)?;
            Ok(entries)
        })
    }

    fn entries(
        &self,
        vault: &Vault,
        profile: &Profile,
        credential: &Credential,
    ) -> Result<Vec<ChecklistEntry>, ChecklistError> {
        check_has_one(profile)?;
        let entry = |item: &ChecklistItem| match item.automatic {
            Some(automatic) if is_seen(automatic) => {
                seen(item, see(vault, profile, credential, automatic))
            }
            _ => ticked(item, credential, self.today()),
        };
        Ok(profile.checklist.iter().map(entry).collect())
    }
}

/// Whether Keyturn can see such an item already. The leak scan is not built: until it is, the user
/// says whether secrets are in source code.
const fn is_seen(automatic: Automatic) -> bool {
    !matches!(automatic, Automatic::NoneInSource)
}

fn check_has_one(profile: &Profile) -> Result<(), ChecklistError> {
    if profile.checklist.is_empty() {
        return Err(ChecklistError::NoList { provider: profile.id.clone() });
    }
    Ok(())
}

/// What Keyturn saw: whether it is so, and in words.
type Sight = (bool, String);

fn see(vault: &Vault, profile: &Profile, credential: &Credential, automatic: Automatic) -> Sight {
    match automatic {
        Automatic::HttpsOnly => https_only(vault, profile, credential),
        Automatic::StoredEncrypted => stored_encrypted(credential),
        Automatic::IpsRecorded => ips_recorded(credential),
        Automatic::TokensCached => tokens_cached(profile, credential),
        Automatic::NoneInSource => (false, "the leak scan is not built yet".to_owned()),
    }
}

fn https_only(vault: &Vault, profile: &Profile, credential: &Credential) -> Sight {
    let mut clear = Vec::new();
    for name in &credential.environments {
        let used = endpoint(vault, profile, credential, name);
        let bought = token_endpoint(vault, profile, credential, name);
        match used.and_then(|used| Ok((used, bought?))) {
            Ok((used, _)) if used.is_clear_text() => {
                clear.push(format!("{name} speaks clear text"));
            }
            Ok((_, bought)) if bought.is_clear_text() => {
                clear.push(format!("{name} buys its tokens in clear text"));
            }
            Ok(_) => {}
            Err(_) => clear.push(format!("the address of {name} is not complete")),
        }
    }
    if clear.is_empty() {
        (true, "no environment of this credential speaks clear text".to_owned())
    } else {
        (false, clear.join("; "))
    }
}

fn stored_encrypted(credential: &Credential) -> Sight {
    let missing: Vec<&str> = credential
        .fields
        .iter()
        .filter(|field| field.is_missing())
        .map(|field| field.name.as_str())
        .collect();
    if missing.is_empty() {
        (
            true,
            "encrypted in Keyturn's vault; programs get them by `keyturn get --as env`".to_owned(),
        )
    } else {
        (false, format!("not stored here: {}", missing.join(", ")))
    }
}

fn ips_recorded(credential: &Credential) -> Sight {
    let list = &credential.allow_list;
    if list.addresses.is_empty() {
        return (false, "no address is recorded; `keyturn ips REF --add` records one".to_owned());
    }
    let tests = [("a listed", list.listed_test), ("an unlisted", list.unlisted_test)];
    for (which, test) in tests {
        if let Some(test) = test.filter(|test| test.outcome == TestOutcome::Failed) {
            let on = test.on;
            return (false, format!("the test from {which} address failed on {on}"));
        }
    }
    if list.addresses.iter().all(|one| one.address.is_internal()) {
        return (false, "only internal addresses are recorded, which no provider sees".to_owned());
    }
    let count = list.addresses.len();
    let plural = if count == 1 { "address" } else { "addresses" };
    let dynamic = list.addresses.iter().any(|one| one.kind == AddressKind::Dynamic);
    let warning = if dynamic { ", and one of them changes" } else { "" };
    (true, format!("{count} {plural} recorded{warning}"))
}

fn tokens_cached(profile: &Profile, credential: &Credential) -> Sight {
    match profile.method_for(credential) {
        Method::Exchange(exchange) => (
            true,
            format!(
                "one token for every caller, renewed when {} % of its life is left",
                exchange.renew_percent_left
            ),
        ),
        Method::Key(_) => {
            (true, "this credential's key is sent itself, without a token".to_owned())
        }
    }
}

fn seen(item: &ChecklistItem, (is_so, note): Sight) -> ChecklistEntry {
    ChecklistEntry {
        id: item.id.clone(),
        text: item.text.clone(),
        state: if is_so { ItemState::Done } else { ItemState::Open },
        by: is_so.then_some(SaidBy::Keyturn),
        on: None,
        again_on: None,
        note: Some(note),
        is_ticked_by_user: false,
    }
}

fn ticked(item: &ChecklistItem, credential: &Credential, today: NaiveDate) -> ChecklistEntry {
    let on = credential.ticks.get(&item.id).copied();
    let again_on = on.and_then(|on| {
        let days = u64::try_from(item.repeat_every.as_ref()?.length().num_days()).ok()?;
        on.checked_add_days(Days::new(days))
    });
    let state = match (on, again_on) {
        (None, _) => ItemState::Open,
        (Some(_), Some(again_on)) if again_on <= today => ItemState::Due,
        (Some(_), _) => ItemState::Done,
    };
    let note = (item.automatic == Some(Automatic::NoneInSource)).then(|| {
        "not checked by Keyturn: its leak scan is not built yet, so you say it".to_owned()
    });
    ChecklistEntry {
        id: item.id.clone(),
        text: item.text.clone(),
        state,
        by: on.map(|_| SaidBy::User),
        on,
        again_on,
        note,
        is_ticked_by_user: true,
    }
}
