//! The provider's list of addresses as the user keeps it here (DV9). Nothing asks anybody for an
//! address: what is recorded is what the user says.

use chrono::NaiveDate;
use keyturn_core::{
    AddressKind, AddressRange, AllowList, CredentialRef, ListTest, Listed, ListedAddress,
    ProviderId,
};
use keyturn_providers::Profile;
use keyturn_providers::schema::IpAllowList;
use keyturn_vault::Batch;
use thiserror::Error;

use crate::engine::find;
use crate::{Engine, EngineError};

/// The most addresses that are kept for one credential.
const MOST_ADDRESSES: usize = 200;

/// What is to change of a list; `None` stays as it is.
#[derive(Debug, Default)]
pub struct EditAllowList {
    /// An address to be recorded.
    pub add: Option<AddAddress>,
    /// An address to be taken off.
    pub remove: Option<AddressRange>,
    /// Whether this machine is on the list.
    pub this_machine: Option<Listed>,
    /// How a call from a listed address went.
    pub listed_test: Option<ListTest>,
    /// How a call from an address that is not listed went.
    pub unlisted_test: Option<ListTest>,
}

/// An address to be recorded. One that is there already is replaced.
#[derive(Debug)]
pub struct AddAddress {
    /// The address, or the range.
    pub address: AddressRange,
    /// Whether it stays.
    pub kind: AddressKind,
    /// What it is, for people.
    pub label: Option<String>,
    /// The day it was registered; `None` is today.
    pub registered_on: Option<NaiveDate>,
}

/// Says why a list was not shown or changed.
#[derive(Debug, Error, PartialEq, Eq)]
pub enum AllowListError {
    /// The provider keeps none.
    #[error("{provider} keeps no list of addresses that Keyturn knows of")]
    NoList {
        /// The provider.
        provider: ProviderId,
    },
    /// The address is not recorded.
    #[error("{address} is not recorded")]
    NoAddress {
        /// The address.
        address: AddressRange,
    },
    /// A label is no line of text.
    #[error("a label is one line of at most 100 characters")]
    BadLabel,
    /// A day of registration lies ahead.
    #[error("an address cannot have been registered on {on}, which is still to come")]
    FutureDay {
        /// The day.
        on: NaiveDate,
    },
    /// There are more addresses than anybody registers.
    #[error("a list holds at most {MOST_ADDRESSES} addresses")]
    TooMany,
}

/// A list, with what the profile says about it.
#[derive(Debug)]
pub struct ShownAllowList {
    /// What is known of it.
    pub list: AllowList,
    /// What the profile says.
    pub terms: IpAllowList,
    /// What the user should know of the recorded addresses.
    pub warnings: Vec<String>,
}

impl Engine {
    /// Shows the list of addresses.
    pub fn allow_list(&self, reference: &CredentialRef) -> Result<ShownAllowList, EngineError> {
        self.read(|vault| {
            let credential = find(vault, reference)?;
            let terms = terms(self.profile(&credential.provider)?)?;
            Ok(shown(credential.allow_list.clone(), terms))
        })
    }

    /// Changes the list of addresses.
    pub fn edit_allow_list(
        &self,
        reference: &CredentialRef,
        change: EditAllowList,
        caller: &str,
    ) -> Result<ShownAllowList, EngineError> {
        self.write(|vault| {
            let mut credential = find(vault, reference)?.clone();
            let terms = terms(self.profile(&credential.provider)?)?;
            let list = &mut credential.allow_list;
            if let Some(address) = change.remove {
                let before = list.addresses.len();
                list.addresses.retain(|listed| listed.address != address);
                if list.addresses.len() == before {
                    return Err(AllowListError::NoAddress { address }.into());
                }
            }
            if let Some(added) = change.add {
                add(list, added, self.today())?;
            }
            list.this_machine = change.this_machine.unwrap_or(list.this_machine);
            list.listed_test = change.listed_test.or(list.listed_test);
            list.unlisted_test = change.unlisted_test.or(list.unlisted_test);
            let list = list.clone();
            credential.updated_at = self.now();
            let mut batch = Batch::new();
            batch.append_journal(vec![self.entry(caller, "ips", &credential)]);
            batch.put_credential(credential);
            self.commit(vault, batch)?;
            Ok(shown(list, terms))
        })
    }
}

fn add(list: &mut AllowList, added: AddAddress, today: NaiveDate) -> Result<(), AllowListError> {
    let label = added.label.filter(|label| !label.is_empty());
    let too_long =
        |label: &String| label.chars().count() > 100 || label.chars().any(char::is_control);
    if label.as_ref().is_some_and(too_long) {
        return Err(AllowListError::BadLabel);
    }
    if let Some(on) = added.registered_on.filter(|on| *on > today) {
        return Err(AllowListError::FutureDay { on });
    }
    let entry = ListedAddress {
        address: added.address,
        label,
        kind: added.kind,
        registered_on: added.registered_on.unwrap_or(today),
    };
    let known = list.addresses.iter_mut().find(|listed| listed.address == entry.address);
    if let Some(known) = known {
        *known = entry;
    } else if list.addresses.len() >= MOST_ADDRESSES {
        return Err(AllowListError::TooMany);
    } else {
        list.addresses.push(entry);
    }
    Ok(())
}

fn terms(profile: &Profile) -> Result<&IpAllowList, AllowListError> {
    profile
        .ip_allow_list
        .as_ref()
        .ok_or_else(|| AllowListError::NoList { provider: profile.id.clone() })
}

fn shown(list: AllowList, terms: &IpAllowList) -> ShownAllowList {
    let mut warnings = Vec::new();
    for listed in &list.addresses {
        let address = listed.address;
        if listed.kind == AddressKind::Dynamic {
            warnings.push(format!("{address}: {}", terms.dynamic_warning));
        }
        if address.is_internal() {
            warnings.push(format!(
                "{address}: this is an internal address. The provider sees the public one that your requests come from."
            ));
        }
    }
    ShownAllowList { list, terms: terms.clone(), warnings }
}
