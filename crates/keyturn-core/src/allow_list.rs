//! What the user knows of a provider's list of addresses: which are on it, whether this machine is,
//! and how the two tests went (DV9). Nothing here asks anybody for an address.

use std::fmt;
use std::net::IpAddr;
use std::str::FromStr;

use chrono::NaiveDate;
use ipnet::IpNet;
use serde::{Deserialize, Serialize};
use thiserror::Error;

/// What is known of the list for one credential.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct AllowList {
    /// The addresses that were registered, in the order they were recorded.
    pub addresses: Vec<ListedAddress>,
    /// Whether this machine is on the list, as the user said.
    pub this_machine: Listed,
    /// How a call from a listed address went.
    pub listed_test: Option<ListTest>,
    /// How a call from an address that is not listed went.
    pub unlisted_test: Option<ListTest>,
}

/// An address that was registered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ListedAddress {
    /// The address, or the range.
    pub address: AddressRange,
    /// What it is, for people.
    pub label: Option<String>,
    /// Whether it stays.
    pub kind: AddressKind,
    /// The day it was registered.
    pub registered_on: NaiveDate,
}

/// Whether this machine is on the provider's list of addresses, as the user said.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum Listed {
    /// It is.
    Yes,
    /// It is not.
    No,
    /// Nobody said.
    #[default]
    Unknown,
}

/// Whether an address stays.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum AddressKind {
    /// The server's own, and it stays.
    Static,
    /// That of a NAT gateway in front of the servers.
    Nat,
    /// One of the cloud's that is moved between servers.
    Elastic,
    /// It changes without notice.
    Dynamic,
}

/// How a test of the list went.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct ListTest {
    /// Whether the provider did as expected.
    pub outcome: TestOutcome,
    /// The day.
    pub on: NaiveDate,
}

/// Whether a test ended as expected.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum TestOutcome {
    /// It did.
    Ok,
    /// It did not.
    Failed,
}

/// One address or a range of them (CIDR, RFC 4632), written in one way only.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct AddressRange(IpNet);

/// Says why a text is no address for a list.
#[derive(Debug, Error, PartialEq, Eq)]
pub enum AddressError {
    /// It is neither an address nor a range.
    #[error("this is no IP address; one looks like 203.0.113.7, 203.0.113.0/24 or 2001:db8::7")]
    Malformed,
    /// Bits behind the prefix are set, so that it is unclear what is meant.
    #[error("a range begins at its first address: {range}, or name one address without a slash")]
    NotTheFirst {
        /// The range that it lies in.
        range: String,
    },
    /// It holds every address there is.
    #[error("a range of every address is no list")]
    Everything,
    /// No packet comes from there.
    #[error("{address} is no address that a request can come from")]
    NoSource {
        /// The address.
        address: IpAddr,
    },
}

impl AddressRange {
    /// Whether requests from there reach a provider under another address: it is private, loopback
    /// or link-local.
    #[must_use]
    pub fn is_internal(&self) -> bool {
        match self.0.network() {
            IpAddr::V4(address) => {
                let [first, second, ..] = address.octets();
                let shared = first == 100 && (64..128).contains(&second);
                address.is_private() || address.is_loopback() || address.is_link_local() || shared
            }
            IpAddr::V6(address) => {
                address.is_loopback()
                    || address.is_unique_local()
                    || address.is_unicast_link_local()
            }
        }
    }
}

impl FromStr for AddressRange {
    type Err = AddressError;

    fn from_str(text: &str) -> Result<Self, AddressError> {
        let net = match text.parse::<IpAddr>() {
            Ok(address) => IpNet::from(address.to_canonical()),
            Err(_) => text.parse::<IpNet>().map_err(|_| AddressError::Malformed)?,
        };
        if net.prefix_len() == 0 {
            return Err(AddressError::Everything);
        }
        if net.addr() != net.network() {
            return Err(AddressError::NotTheFirst { range: net.trunc().to_string() });
        }
        let address = net.network();
        if address.is_unspecified() || address.is_multicast() {
            return Err(AddressError::NoSource { address });
        }
        Ok(Self(net))
    }
}

impl fmt::Display for AddressRange {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.0.prefix_len() == self.0.max_prefix_len() {
            self.0.addr().fmt(formatter)
        } else {
            self.0.fmt(formatter)
        }
    }
}

impl TryFrom<String> for AddressRange {
    type Error = AddressError;

    fn try_from(text: String) -> Result<Self, AddressError> {
        text.parse()
    }
}

impl From<AddressRange> for String {
    fn from(range: AddressRange) -> Self {
        range.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(text: &str) -> Result<String, AddressError> {
        text.parse::<AddressRange>().map(|range| range.to_string())
    }

    #[test]
    fn addresses_and_ranges_of_both_versions_are_read_and_written_in_one_way() {
        for (text, written) in [
            ("203.0.113.7", "203.0.113.7"),
            ("203.0.113.7/32", "203.0.113.7"),
            ("203.0.113.0/24", "203.0.113.0/24"),
            ("2001:DB8:0:0::7", "2001:db8::7"),
            ("2001:db8::/32", "2001:db8::/32"),
            ("::ffff:203.0.113.7", "203.0.113.7"),
        ] {
            assert_eq!(parse(text).as_deref(), Ok(written), "{text}");
        }
    }

    #[test]
    fn what_is_no_address_is_refused() {
        for text in ["", "203.0.113", "203.0.113.256", "203.0.113.7/33", "localhost", "1.2.3.4:80"]
        {
            assert_eq!(parse(text), Err(AddressError::Malformed), "{text}");
        }
        assert!(matches!(parse("203.0.113.7/24"), Err(AddressError::NotTheFirst { range })
            if range == "203.0.113.0/24"));
        assert_eq!(parse("0.0.0.0/0"), Err(AddressError::Everything));
        assert!(matches!(parse("0.0.0.0"), Err(AddressError::NoSource { .. })));
        assert!(matches!(parse("ff02::1"), Err(AddressError::NoSource { .. })));
    }

    #[test]
    fn an_internal_address_is_told_from_a_public_one() {
        let internal = |text: &str| text.parse::<AddressRange>().unwrap().is_internal();
        for text in ["10.0.0.0/8", "192.168.1.7", "127.0.0.1", "100.64.0.1", "fd00::1", "fe80::1"] {
            assert!(internal(text), "{text}");
        }
        assert!(!internal("203.0.113.7") && !internal("2001:db8::7"));
    }

    #[test]
    fn a_credential_of_an_older_version_has_an_empty_list() {
        let list: AllowList = serde_json::from_str("{}").unwrap();
        assert_eq!((list.addresses.len(), list.this_machine), (0, Listed::Unknown));
    }
}
