//! Looks host names up, and keeps clear text away from public addresses.

use std::fmt::Debug;
use std::future::Future;
use std::io;
use std::net::{IpAddr, SocketAddr};
use std::pin::Pin;
use std::sync::Arc;
use std::time::Instant;

use reqwest::dns::{Addrs, Name, Resolve, Resolving};
use thiserror::Error;

use super::record::note;
use crate::PolicyError;

/// A name that is being looked up.
pub type LookingUp<'a> = Pin<Box<dyn Future<Output = io::Result<Vec<IpAddr>>> + Send + 'a>>;

/// Looks host names up. It is asked once for each connection, and what it says is what the
/// connection goes to: between the check of an address and its use nobody is asked again.
pub trait Lookup: Debug + Send + Sync {
    /// The addresses of a host.
    fn lookup<'a>(&'a self, host: &'a str) -> LookingUp<'a>;
}

/// The operating system's way of looking names up.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct SystemLookup;

impl Lookup for SystemLookup {
    fn lookup<'a>(&'a self, host: &'a str) -> LookingUp<'a> {
        Box::pin(async move {
            let found = tokio::net::lookup_host((host, 0)).await?;
            Ok(found.map(|address| address.ip()).collect())
        })
    }
}

/// Looks host names up for reqwest.
#[derive(Debug, Clone)]
pub(super) struct Resolver {
    /// Who is asked.
    pub(super) lookup: Arc<dyn Lookup>,
    /// Whether a name with any public address is refused.
    pub(super) private_only: bool,
}

/// The name has no address.
#[derive(Debug, Error)]
#[error("the name was not found")]
pub(super) struct NotFound(#[source] pub(super) Option<io::Error>);

impl Resolve for Resolver {
    fn resolve(&self, name: Name) -> Resolving {
        let Self { lookup, private_only } = self.clone();
        Box::pin(async move {
            let started = Instant::now();
            let host = name.as_str().to_owned();
            let found = lookup.lookup(&host).await;
            note(|phases| phases.dns = Some(started.elapsed()));
            let addresses = found.map_err(|error| NotFound(Some(error)))?;
            if addresses.is_empty() {
                return Err(NotFound(None).into());
            }
            if private_only && !addresses.iter().all(|address| is_private(*address)) {
                return Err(PolicyError::PublicAddress { host }.into());
            }
            // Reqwest puts the port in.
            let addresses = addresses.into_iter().map(|address| SocketAddr::new(address, 0));
            let addresses: Addrs = Box::new(addresses);
            Ok(addresses)
        })
    }
}

/// Whether an address is loopback or of a private network. Link-local ones are not: clouds keep
/// their metadata servers there.
pub(super) fn is_private(address: IpAddr) -> bool {
    match address.to_canonical() {
        IpAddr::V4(address) => address.is_loopback() || address.is_private(),
        IpAddr::V6(address) => address.is_loopback() || address.is_unique_local(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn de4_clear_text_knows_private_addresses() {
        for address in ["127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.20", "::1", "fd00::7"] {
            assert!(is_private(address.parse().unwrap()), "{address}");
        }
        let others = [
            "8.8.8.8",
            "172.32.0.1",
            "169.254.169.254",
            "0.0.0.0",
            "100.64.0.1",
            "fe80::1",
            "2001:db8::1",
            "::ffff:8.8.8.8",
            "::",
        ];
        for address in others {
            assert!(!is_private(address.parse().unwrap()), "{address}");
        }
    }
}
