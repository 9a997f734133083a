//! Finds out why a request had no answer, from the errors inside reqwest's.

use std::error::Error;
use std::io;

use rustls::{AlertDescription, CertificateError, PeerIncompatible};

use super::certificate;
use super::record::Record;
use super::resolve::NotFound;
use crate::{ConnectFailure, Endpoint, PolicyError, SendError, TlsFailure};

/// Why a request had no answer. Of reqwest's words none is repeated: they hold the URL.
pub(super) fn of(endpoint: &Endpoint, error: &reqwest::Error, record: &Record) -> SendError {
    let host = endpoint.host_and_port();
    let mut found = Found::default();
    found.look_into(error);
    let phases = record.phases();
    let handshaking = phases.tls_from.is_some() && phases.connected_at.is_none();
    if let Some(policy) = found.policy {
        SendError::Policy(policy)
    } else if found.no_name {
        SendError::Dns { host: endpoint.base().host_str().unwrap_or_default().to_owned() }
    } else if let Some(why) = found.tls {
        SendError::Tls { host, why: tls_failure(&why, phases.chain.first()) }
    } else if error.is_timeout() && error.is_connect() {
        SendError::Connect { host, why: ConnectFailure::Timeout }
    } else if error.is_timeout() {
        SendError::Timeout { host }
    } else if handshaking && error.is_connect() {
        SendError::Tls { host, why: TlsFailure::Ended }
    } else if error.is_connect() {
        let why = found.io.map_or(ConnectFailure::Other, |kind| match kind {
            io::ErrorKind::ConnectionRefused => ConnectFailure::Refused,
            io::ErrorKind::ConnectionReset | io::ErrorKind::ConnectionAborted => {
                ConnectFailure::Reset
            }
            io::ErrorKind::NetworkUnreachable | io::ErrorKind::HostUnreachable => {
                ConnectFailure::Unreachable
            }
            io::ErrorKind::TimedOut => ConnectFailure::Timeout,
            _ => ConnectFailure::Other,
        });
        SendError::Connect { host, why }
    } else if found.not_http
        || matches!(found.io, Some(io::ErrorKind::InvalidData | io::ErrorKind::InvalidInput))
    {
        // Of the latter kind are hyper's errors about chunks.
        SendError::Protocol { host }
    } else {
        SendError::Closed { host }
    }
}

/// How hyper says that a head is too large; it gives only servers a question for it.
const LARGE_HEAD: &str = "message head is too large";

/// Whether the headers did not even fit into hyper's own buffer.
pub(super) fn is_large_head(error: &reqwest::Error) -> bool {
    let mut next = Some(error as &(dyn Error + 'static));
    while let Some(error) = next {
        if error.is::<hyper::Error>() && error.to_string() == LARGE_HEAD {
            return true;
        }
        next = error.source();
    }
    false
}

#[derive(Default)]
struct Found {
    policy: Option<PolicyError>,
    no_name: bool,
    tls: Option<rustls::Error>,
    io: Option<io::ErrorKind>,
    not_http: bool,
}

impl Found {
    fn look_into(&mut self, error: &(dyn Error + 'static)) {
        let mut next = Some(error);
        while let Some(error) = next {
            if let Some(policy) = error.downcast_ref::<PolicyError>() {
                self.policy = Some(policy.clone());
            }
            self.no_name |= error.is::<NotFound>();
            if let Some(tls) = error.downcast_ref::<rustls::Error>() {
                self.tls = Some(tls.clone());
            }
            if let Some(hyper) = error.downcast_ref::<hyper::Error>() {
                self.not_http |= hyper.is_parse();
            }
            if let Some(io) = error.downcast_ref::<io::Error>() {
                self.io = Some(io.kind());
                // An error inside an I/O error is not its source; its sources are.
                if let Some(inner) = io.get_ref() {
                    self.look_into(inner);
                }
            }
            next = error.source();
        }
    }
}

/// Says in words why TLS did not come about. `leaf` is the certificate that the server showed.
fn tls_failure(error: &rustls::Error, leaf: Option<&Vec<u8>>) -> TlsFailure {
    match error {
        rustls::Error::InvalidCertificate(error) => match error {
            // Another authority of the same name signed it: that is no trusted issuer either.
            CertificateError::UnknownIssuer | CertificateError::BadSignature => {
                if leaf.is_some_and(|leaf| certificate::is_self_signed(leaf)) {
                    TlsFailure::SelfSigned
                } else {
                    TlsFailure::UnknownIssuer
                }
            }
            CertificateError::NotValidForName | CertificateError::NotValidForNameContext { .. } => {
                if leaf.is_some_and(|leaf| certificate::read(leaf).names.is_empty()) {
                    TlsFailure::NoNames
                } else {
                    TlsFailure::WrongHost
                }
            }
            CertificateError::Expired | CertificateError::ExpiredContext { .. } => {
                TlsFailure::Expired
            }
            CertificateError::NotValidYet | CertificateError::NotValidYetContext { .. } => {
                TlsFailure::NotYetValid
            }
            CertificateError::Revoked => TlsFailure::Revoked,
            // Rustls has no word of its own for it.
            _ if leaf.is_some_and(|leaf| certificate::is_authority(leaf)) => {
                TlsFailure::AuthorityAsServer
            }
            _ => TlsFailure::BadCertificate,
        },
        rustls::Error::PeerIncompatible(PeerIncompatible::ServerDoesNotSupportTls12Or13)
        | rustls::Error::AlertReceived(AlertDescription::ProtocolVersion) => TlsFailure::Version,
        rustls::Error::PeerIncompatible(_)
        | rustls::Error::AlertReceived(
            AlertDescription::HandshakeFailure | AlertDescription::InsufficientSecurity,
        ) => TlsFailure::Cipher,
        rustls::Error::AlertReceived(_) => TlsFailure::Ended,
        rustls::Error::InvalidMessage(_) => TlsFailure::NotTls,
        _ => TlsFailure::Other,
    }
}
