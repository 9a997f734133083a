//! The sandbox's own certificate authority and the certificates of its servers, good and bad.

use std::collections::BTreeMap;
use std::sync::Arc;

use rcgen::{
    BasicConstraints, CertificateParams, CertifiedIssuer, DnType, ExtendedKeyUsagePurpose, IsCa,
    KeyPair, KeyUsagePurpose, date_time_ymd,
};
use rustls::ServerConfig;
use rustls::crypto::ring;
use rustls::pki_types::{CertificateDer, PrivateKeyDer, PrivatePkcs8KeyDer};
use thiserror::Error;
use tokio_rustls::TlsAcceptor;

use crate::TlsFault;

/// Says why the certificates could not be made.
#[derive(Debug, Error)]
pub enum CertificateError {
    /// A certificate could not be signed.
    #[error("a certificate could not be made")]
    Make(#[from] rcgen::Error),
    /// The TLS library did not take a certificate.
    #[error("a certificate was not accepted by the TLS library")]
    Use(#[from] rustls::Error),
}

/// One acceptor for each way of presenting oneself.
#[derive(Clone)]
pub(crate) struct Certificates {
    pub(crate) ca_pem: String,
    good: TlsAcceptor,
    bad: BTreeMap<TlsFault, TlsAcceptor>,
}

type Authority = CertifiedIssuer<'static, KeyPair>;

impl Certificates {
    /// Makes two authorities, one of which nobody gets to know, and a server certificate for each
    /// way of presenting oneself.
    pub(crate) fn make() -> Result<Self, CertificateError> {
        let known = authority("Keyturn Sandbox CA")?;
        let unknown = authority("Keyturn Sandbox Unknown CA")?;
        let here = || CertificateParams::new(["localhost".to_owned(), "127.0.0.1".to_owned()]);
        let within = |from: i32, to: i32| -> Result<CertificateParams, rcgen::Error> {
            let mut params = here()?;
            params.not_before = date_time_ymd(from, 1, 1);
            params.not_after = date_time_ymd(to, 1, 1);
            Ok(params)
        };
        let elsewhere = CertificateParams::new(["elsewhere.invalid".to_owned()])?;
        let mut nameless = here()?;
        nameless.subject_alt_names.clear();
        let mut authority = here()?;
        authority.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        let bad = [
            (TlsFault::Expired, acceptor(within(2020, 2021)?, &known)?),
            (TlsFault::NotYetValid, acceptor(within(2900, 2901)?, &known)?),
            (TlsFault::WrongHost, acceptor(elsewhere, &known)?),
            (TlsFault::NoNames, acceptor(nameless, &known)?),
            (TlsFault::AuthorityAsServer, acceptor(authority, &known)?),
            (TlsFault::UnknownCa, acceptor(here()?, &unknown)?),
            (TlsFault::SelfSigned, self_signed(here()?)?),
        ];
        Ok(Self {
            ca_pem: known.pem(),
            good: acceptor(here()?, &known)?,
            bad: bad.into_iter().collect(),
        })
    }

    /// The acceptor for a connection, or none where it is to be refused.
    pub(crate) fn acceptor(&self, fault: Option<TlsFault>) -> Option<TlsAcceptor> {
        match fault {
            None => Some(self.good.clone()),
            Some(fault) => self.bad.get(&fault).cloned(),
        }
    }
}

fn authority(name: &str) -> Result<Authority, rcgen::Error> {
    let mut params = CertificateParams::default();
    params.distinguished_name.push(DnType::CommonName, name);
    params.is_ca = IsCa::Ca(BasicConstraints::Constrained(0));
    params.key_usages = vec![KeyUsagePurpose::KeyCertSign, KeyUsagePurpose::CrlSign];
    CertifiedIssuer::self_signed(params, KeyPair::generate()?)
}

fn acceptor(
    params: CertificateParams,
    authority: &Authority,
) -> Result<TlsAcceptor, CertificateError> {
    let key = KeyPair::generate()?;
    let certificate = server(params).signed_by(&key, authority)?;
    present(vec![certificate.der().clone(), authority.der().clone()], &key)
}

fn self_signed(params: CertificateParams) -> Result<TlsAcceptor, CertificateError> {
    let key = KeyPair::generate()?;
    let certificate = server(params).self_signed(&key)?;
    present(vec![certificate.der().clone()], &key)
}

fn server(mut params: CertificateParams) -> CertificateParams {
    params.distinguished_name.push(DnType::CommonName, "Keyturn Sandbox");
    params.key_usages = vec![KeyUsagePurpose::DigitalSignature];
    params.extended_key_usages = vec![ExtendedKeyUsagePurpose::ServerAuth];
    params.use_authority_key_identifier_extension = true;
    params
}

fn present(
    chain: Vec<CertificateDer<'static>>,
    key: &KeyPair,
) -> Result<TlsAcceptor, CertificateError> {
    let key = PrivateKeyDer::Pkcs8(PrivatePkcs8KeyDer::from(key.serialize_der()));
    // TLS 1.2 and 1.3, as Deepvue asks for; rustls has nothing older.
    let mut config = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()?
        .with_no_client_auth()
        .with_single_cert(chain, key)?;
    config.alpn_protocols = vec![b"http/1.1".to_vec()];
    Ok(TlsAcceptor::from(Arc::new(config)))
}
