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
    /// Which addresses a name may have.
    pub(super) reach: Reach,
}

/// Which addresses a name may have: one of another kind among them, and it is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Reach {
    /// Any.
    Anywhere,
    /// Those of this machine and of private networks.
    Private,
    /// Those of neither.
    Outside,
}

/// The name has no address.
#[derive(Debug, Error)]
#[error("the name was not found")]
pub(super) struct NotFound(#[source] pub(super) Option<io::Error>);

impl Resolve for Resolver {
    fn resolve(&self, name: Name) -> Resolving {
        let Self { lookup, reach } = self.clone();
        Box::pin(async move {
            let started = Instant::now();
            let host = name.as_str().to_owned();
            let found = lookup.lookup(&host).await;
            note(|phases| phases.dns = Some(started.elapsed()));
            let addresses = found.map_err(|error| NotFound(Some(error)))?;
            if addresses.is_empty() {
                return Err(NotFound(None).into());
            }
            let any = |kind: fn(IpAddr) -> bool| addresses.iter().any(|address| kind(*address));
            if reach == Reach::Private && any(|address| !is_private(address)) {
                return Err(PolicyError::PublicAddress { host }.into());
            }
            if reach == Reach::Outside && any(is_inside) {
                return Err(PolicyError::PrivateAddress { host }.into());
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
pub(crate) fn is_private(address: IpAddr) -> bool {
    match address.to_canonical() {
        IpAddr::V4(address) => address.is_loopback() || address.is_private(),
        IpAddr::V6(address) => address.is_loopback() || address.is_unique_local(),
    }
}

/// Whether an address is of this machine, of its network or of no network at all: what nobody outside
/// has a reason to name. An address of version 4 inside one of version 6 is looked at itself.
pub(crate) fn is_inside(address: IpAddr) -> bool {
    match address.to_canonical() {
        IpAddr::V4(address) => {
            let [first, second, ..] = address.octets();
            is_private(address.into())
                || address.is_link_local()
                || address.is_broadcast()
                || address.is_multicast()
                || first == 0
                // Shared by a carrier's customers (RFC 6598).
                || (first == 100 && (64..128).contains(&second))
                // For measuring networks (RFC 2544).
                || (first == 198 && (18..20).contains(&second))
        }
        IpAddr::V6(address) => {
            let carried = match address.segments() {
                // Translated (RFC 6052), and 6to4.
                [0x64, 0xff9b, 0, 0, 0, 0, high, low] | [0x2002, high, low, ..] => {
                    Some((high, low))
                }
                _ => None,
            };
            if let Some((high, low)) = carried {
                let bits = (u32::from(high) << 16) | u32::from(low);
                return is_inside(IpAddr::V4(bits.into()));
            }
            let segments = address.segments();
            is_private(address.into())
                || address.is_unicast_link_local()
                || address.is_multicast()
                // `::` and those of version 4 as they were once written.
                || segments.starts_with(&[0; 6])
                // Translated within one network (RFC 8215), and of one site.
                || segments.starts_with(&[0x64, 0xff9b, 1])
                || segments.first().is_some_and(|first| first & 0xffc0 == 0xfec0)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug)]
    struct Says(&'static str);

    impl Lookup for Says {
        fn lookup<'a>(&'a self, _: &'a str) -> LookingUp<'a> {
            Box::pin(std::future::ready(Ok(vec![
                "8.8.8.8".parse().unwrap(),
                self.0.parse().unwrap(),
            ])))
        }
    }

    #[tokio::test]
    async fn a_name_that_leads_inwards_is_refused_where_only_outside_is_meant() {
        for (address, reach, refused) in [
            ("10.0.0.7", Reach::Outside, true),
            ("64:ff9b::a00:7", Reach::Outside, true),
            ("9.9.9.9", Reach::Outside, false),
            ("10.0.0.7", Reach::Anywhere, false),
        ] {
            let resolver = Resolver { lookup: Arc::new(Says(address)), reach };
            let error = resolver.resolve("b.example".parse().unwrap()).await.err();
            let policy = error.as_ref().and_then(|error| error.downcast_ref::<PolicyError>());
            let told = matches!(policy, Some(PolicyError::PrivateAddress { .. }));
            assert_eq!(told, refused, "{address} {reach:?}: {error:?}");
        }
    }

    #[test]
    fn what_is_inside_is_known_in_each_form() {
        for address in [
            "127.0.0.1",
            "10.1.2.3",
            "169.254.169.254",
            "100.64.0.1",
            "100.127.255.255",
            "0.0.0.0",
            "0.1.2.3",
            "255.255.255.255",
            "224.0.0.1",
            "198.18.0.1",
            "::1",
            "::",
            "::7f00:1",
            "fd00::7",
            "fe80::1",
            "fec0::1",
            "ff02::1",
            "::ffff:10.0.0.1",
            "64:ff9b::10.0.0.1",
            "64:ff9b:1::1",
            "2002:a00:1::1",
        ] {
            assert!(is_inside(address.parse().unwrap()), "{address}");
        }
        for address in [
            "8.8.8.8",
            "100.63.0.1",
            "100.128.0.1",
            "198.20.0.1",
            "172.32.0.1",
            "2001:db8::1",
            "64:ff9b::8.8.8.8",
            "2002:808:808::1",
            "::ffff:8.8.8.8",
        ] {
            assert!(!is_inside(address.parse().unwrap()), "{address}");
        }
    }

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
