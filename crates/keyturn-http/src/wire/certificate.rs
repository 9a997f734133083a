//! Reads a certificate for people. Whether it counts is rustls's decision, and was made before.

use chrono::{DateTime, Utc};
use sha2::{Digest as _, Sha256};
use x509_parser::prelude::{FromDer as _, GeneralName, X509Certificate, X509Name};

use crate::PeerCertificate;

/// Reads a certificate; what cannot be read stays empty.
pub(super) fn read(der: &[u8]) -> PeerCertificate {
    let digest = Sha256::digest(der);
    let nibbles = digest.iter().flat_map(|byte| [byte >> 4, byte & 15]);
    let sha256 = nibbles.filter_map(|nibble| char::from_digit(nibble.into(), 16)).collect();
    let Ok((_, certificate)) = X509Certificate::from_der(der) else {
        return PeerCertificate {
            subject: "(unreadable)".to_owned(),
            issuer: "(unreadable)".to_owned(),
            not_before: DateTime::UNIX_EPOCH,
            not_after: DateTime::UNIX_EPOCH,
            names: Vec::new(),
            sha256,
        };
    };
    let names = names(&certificate);
    let subject = common_name(certificate.subject())
        .or_else(|| names.first().cloned())
        .unwrap_or_else(|| clean(&certificate.subject().to_string()));
    let issuer = common_name(certificate.issuer())
        .unwrap_or_else(|| clean(&certificate.issuer().to_string()));
    let validity = certificate.validity();
    let time = |seconds: i64| DateTime::<Utc>::from_timestamp(seconds, 0).unwrap_or_default();
    PeerCertificate {
        subject,
        issuer,
        not_before: time(validity.not_before.timestamp()),
        not_after: time(validity.not_after.timestamp()),
        names,
        sha256,
    }
}

/// Whether a certificate says of itself that it was issued by whom it is for.
pub(super) fn is_self_signed(der: &[u8]) -> bool {
    X509Certificate::from_der(der)
        .is_ok_and(|(_, certificate)| certificate.subject() == certificate.issuer())
}

/// Whether a certificate is an authority's own.
pub(super) fn is_authority(der: &[u8]) -> bool {
    X509Certificate::from_der(der).is_ok_and(|(_, certificate)| certificate.is_ca())
}

fn common_name(name: &X509Name<'_>) -> Option<String> {
    let text = name.iter_common_name().next()?.as_str().ok()?;
    Some(clean(text)).filter(|text| !text.is_empty())
}

fn names(certificate: &X509Certificate<'_>) -> Vec<String> {
    let Ok(Some(extension)) = certificate.subject_alternative_name() else {
        return Vec::new();
    };
    let names = extension.value.general_names.iter().filter_map(|name| match name {
        GeneralName::DNSName(name) => Some(clean(name)),
        GeneralName::IPAddress(bytes) => address(bytes),
        _ => None,
    });
    names.take(100).collect()
}

fn address(bytes: &[u8]) -> Option<String> {
    if let Ok(bytes) = <[u8; 4]>::try_from(bytes) {
        return Some(std::net::Ipv4Addr::from(bytes).to_string());
    }
    <[u8; 16]>::try_from(bytes).ok().map(|bytes| std::net::Ipv6Addr::from(bytes).to_string())
}

/// A server may write anything into its certificate; terminals get none of its control characters.
fn clean(text: &str) -> String {
    text.chars().filter(|c| !c.is_control()).take(200).collect()
}
