//! The provider's list of addresses, as the user keeps it.

use chrono::NaiveDate;
use keyturn_core::{AddressKind, AddressRange, CredentialRef, ListTest, Listed};
use serde::{Deserialize, Serialize};

/// Shows the list of addresses.
#[derive(Debug, Serialize, Deserialize)]
pub struct ShowAllowList {
    /// Of which credential.
    pub reference: CredentialRef,
}

/// Changes the list of addresses; what is `None` stays as it is.
#[derive(Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct EditAllowList {
    /// Of which credential.
    pub reference: CredentialRef,
    /// An address to be recorded; one that is there is replaced.
    pub add: Option<AddAddress>,
    /// An address to be taken off.
    #[cfg_attr(feature = "typescript", ts(type = "string | null"))]
    pub remove: Option<AddressRange>,
    /// Whether this machine is on the list.
    pub this_machine: Option<Listed>,
    /// How a call from a listed address went.
    pub listed_test: Option<ListTest>,
    /// How a call from an address that is not listed went.
    pub unlisted_test: Option<ListTest>,
}

/// An address to be recorded.
#[derive(Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct AddAddress {
    /// The address, or the range.
    #[cfg_attr(feature = "typescript", ts(type = "string"))]
    pub address: AddressRange,
    /// Whether it stays.
    pub kind: AddressKind,
    /// What it is, for people.
    pub label: Option<String>,
    /// The day it was registered; `None` is today.
    pub registered_on: Option<NaiveDate>,
}

/// The list of addresses with everything that is known of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct AllowListView {
    /// The addresses.
    pub addresses: Vec<AddressView>,
    /// Whether this machine is on the list.
    pub this_machine: Listed,
    /// The two tests after the list was switched on: from a listed address, and from another.
    pub tests: ListTestsView,
    /// What the provider says about its list.
    pub advice: String,
    /// What the user should know of the recorded addresses.
    pub warnings: Vec<String>,
    /// A message to the provider's support; `None` while no address is recorded.
    pub message: Option<SupportMessage>,
}

/// A recorded address.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct AddressView {
    /// The address, or the range.
    #[cfg_attr(feature = "typescript", ts(type = "string"))]
    pub address: AddressRange,
    /// What it is.
    pub label: Option<String>,
    /// Whether it stays.
    pub kind: AddressKind,
    /// The day it was registered.
    pub registered_on: NaiveDate,
}

/// The two tests of a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct ListTestsView {
    /// From a listed address.
    pub listed: ListTestView,
    /// From an address that is not listed.
    pub unlisted: ListTestView,
}

/// A test of a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct ListTestView {
    /// What is expected.
    pub expected: Option<String>,
    /// How it went; `None` where it was not made.
    pub result: Option<ListTest>,
}

/// A message to a provider's support.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct SupportMessage {
    /// To whom.
    pub to: String,
    /// The subject.
    pub subject: String,
    /// The text.
    pub text: String,
}
