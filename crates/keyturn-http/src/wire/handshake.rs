//! TLS 1.2 and 1.3 by rustls with ring: whom to trust, and what there is to tell of a handshake.
//!
//! Verification is rustls's own; around it stand only observers, which note when the handshake
//! began, which cipher it ended with and which certificates were shown.
//!
//! Trust anchors are compiled in (Mozilla's list, by webpki-roots): a slim Debian has no
//! ca-certificates, and then the platform's verifier trusts nobody. A company's own CA is given to
//! the environment that needs it, and counts there alone.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use std::time::Instant;

use rustls::client::WebPkiServerVerifier;
use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::crypto::cipher::{
    AeadKey, Iv, KeyBlockShape, MessageDecrypter, MessageEncrypter, Tls12AeadAlgorithm,
    Tls13AeadAlgorithm, UnsupportedOperationError,
};
use rustls::crypto::{
    ActiveKeyExchange, CompletedKeyExchange, CryptoProvider, SupportedKxGroup, ring,
};
use rustls::pki_types::pem::PemObject as _;
use rustls::pki_types::{CertificateDer, ServerName, UnixTime};
use rustls::{
    CipherSuite, ClientConfig, ConnectionTrafficSecrets, DigitallySignedStruct, Error, NamedGroup,
    RootCertStore, SignatureScheme, SupportedCipherSuite, Tls12CipherSuite, Tls13CipherSuite,
};

use super::certificate;
use super::record::{Record, note};
use crate::{PolicyError, TlsFacts};

/// Whom a client trusts.
#[derive(Debug)]
pub(crate) struct Trust(Arc<WebPkiServerVerifier>);

impl Trust {
    /// The public authorities, or the one of the environment alone.
    pub(crate) fn new(ca_pem: Option<&str>) -> Result<Self, PolicyError> {
        let mut roots = RootCertStore::empty();
        match ca_pem {
            None => roots.extend(webpki_roots::TLS_SERVER_ROOTS.iter().cloned()),
            Some(pem) => {
                for certificate in CertificateDer::pem_slice_iter(pem.as_bytes()) {
                    let certificate = certificate.map_err(|_| PolicyError::BadCa)?;
                    roots.add(certificate).map_err(|_| PolicyError::BadCa)?;
                }
            }
        }
        WebPkiServerVerifier::builder_with_provider(Arc::new(roots), observed_provider())
            .build()
            .map(Self)
            .map_err(|_| PolicyError::BadCa)
    }

    /// A client's TLS configuration with this trust.
    ///
    /// # Panics
    /// Never: ring speaks TLS 1.2 and 1.3.
    pub(super) fn client_config(self) -> ClientConfig {
        ClientConfig::builder_with_provider(observed_provider())
            .with_protocol_versions(&[&rustls::version::TLS13, &rustls::version::TLS12])
            .expect("ring speaks TLS 1.2 and 1.3")
            .dangerous()
            .with_custom_certificate_verifier(Arc::new(ObservedVerifier(self.0)))
            .with_no_client_auth()
    }
}

/// Rustls's own verifier; what it is shown is noted, what it says is passed on.
#[derive(Debug)]
struct ObservedVerifier(Arc<WebPkiServerVerifier>);

impl ServerCertVerifier for ObservedVerifier {
    fn verify_server_cert(
        &self,
        end_entity: &CertificateDer<'_>,
        intermediates: &[CertificateDer<'_>],
        server_name: &ServerName<'_>,
        ocsp_response: &[u8],
        now: UnixTime,
    ) -> Result<ServerCertVerified, Error> {
        note(|phases| {
            let chain = std::iter::once(end_entity).chain(intermediates);
            phases.chain = chain.map(|certificate| certificate.to_vec()).collect();
        });
        self.0.verify_server_cert(end_entity, intermediates, server_name, ocsp_response, now)
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signature: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        self.0.verify_tls12_signature(message, certificate, signature)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signature: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        self.0.verify_tls13_signature(message, certificate, signature)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.0.supported_verify_schemes()
    }
}

/// Ring with observers around its key exchanges and ciphers; made once, since rustls wants them to
/// live as long as the process.
fn observed_provider() -> Arc<CryptoProvider> {
    static PROVIDER: OnceLock<Arc<CryptoProvider>> = OnceLock::new();
    let make = || {
        let mut provider = ring::default_provider();
        for group in &mut provider.kx_groups {
            *group = Box::leak(Box::new(ObservedGroup(*group)));
        }
        for suite in &mut provider.cipher_suites {
            *suite = observed(*suite);
        }
        Arc::new(provider)
    };
    Arc::clone(PROVIDER.get_or_init(make))
}

fn observed(suite: SupportedCipherSuite) -> SupportedCipherSuite {
    let name = suite.suite();
    match suite {
        SupportedCipherSuite::Tls13(suite) => {
            let aead_alg = Box::leak(Box::new(Observed13(name, suite.aead_alg)));
            let suite = Tls13CipherSuite {
                common: common(&suite.common),
                hkdf_provider: suite.hkdf_provider,
                aead_alg,
                quic: None,
            };
            SupportedCipherSuite::Tls13(Box::leak(Box::new(suite)))
        }
        SupportedCipherSuite::Tls12(suite) => {
            let aead_alg = Box::leak(Box::new(Observed12(name, suite.aead_alg)));
            let suite = Tls12CipherSuite {
                common: common(&suite.common),
                prf_provider: suite.prf_provider,
                kx: suite.kx,
                sign: suite.sign,
                aead_alg,
            };
            SupportedCipherSuite::Tls12(Box::leak(Box::new(suite)))
        }
    }
}

fn common(common: &rustls::crypto::CipherSuiteCommon) -> rustls::crypto::CipherSuiteCommon {
    rustls::crypto::CipherSuiteCommon {
        suite: common.suite,
        hash_provider: common.hash_provider,
        confidentiality_limit: common.confidentiality_limit,
    }
}

/// A key exchange that notes when it begins: with the first one the handshake begins.
#[derive(Debug)]
struct ObservedGroup(&'static dyn SupportedKxGroup);

impl SupportedKxGroup for ObservedGroup {
    fn start(&self) -> Result<Box<dyn ActiveKeyExchange>, Error> {
        note(|phases| phases.tls_from = phases.tls_from.or_else(|| Some(Instant::now())));
        self.0.start()
    }

    fn start_and_complete(&self, peer_public_key: &[u8]) -> Result<CompletedKeyExchange, Error> {
        self.0.start_and_complete(peer_public_key)
    }

    fn name(&self) -> NamedGroup {
        self.0.name()
    }
}

fn note_cipher(suite: CipherSuite) {
    note(|phases| phases.cipher = suite.as_str().map(str::to_owned));
}

/// A TLS 1.3 cipher that notes when it is taken.
struct Observed13(CipherSuite, &'static dyn Tls13AeadAlgorithm);

impl Tls13AeadAlgorithm for Observed13 {
    fn encrypter(&self, key: AeadKey, iv: Iv) -> Box<dyn MessageEncrypter> {
        note_cipher(self.0);
        self.1.encrypter(key, iv)
    }

    fn decrypter(&self, key: AeadKey, iv: Iv) -> Box<dyn MessageDecrypter> {
        self.1.decrypter(key, iv)
    }

    fn key_len(&self) -> usize {
        self.1.key_len()
    }

    fn extract_keys(
        &self,
        key: AeadKey,
        iv: Iv,
    ) -> Result<ConnectionTrafficSecrets, UnsupportedOperationError> {
        self.1.extract_keys(key, iv)
    }
}

/// A TLS 1.2 cipher that notes when it is taken.
struct Observed12(CipherSuite, &'static dyn Tls12AeadAlgorithm);

impl Tls12AeadAlgorithm for Observed12 {
    fn encrypter(&self, key: AeadKey, iv: &[u8], extra: &[u8]) -> Box<dyn MessageEncrypter> {
        note_cipher(self.0);
        self.1.encrypter(key, iv, extra)
    }

    fn decrypter(&self, key: AeadKey, iv: &[u8]) -> Box<dyn MessageDecrypter> {
        self.1.decrypter(key, iv)
    }

    fn key_block_shape(&self) -> KeyBlockShape {
        self.1.key_block_shape()
    }

    fn extract_keys(
        &self,
        key: AeadKey,
        iv: &[u8],
        explicit: &[u8],
    ) -> Result<ConnectionTrafficSecrets, UnsupportedOperationError> {
        self.1.extract_keys(key, iv, explicit)
    }
}

/// What was seen of peers in handshakes, for requests on connections that are used again.
#[derive(Debug, Default)]
pub(super) struct KnownPeers(Mutex<HashMap<Vec<u8>, Known>>);

#[derive(Debug, Clone, Default)]
struct Known {
    cipher: Option<String>,
    chain: Vec<Vec<u8>>,
}

/// More than anybody has hosts; then it begins anew.
const MOST_PEERS: usize = 64;

impl KnownPeers {
    /// What there is to tell of the connection that a request went over.
    pub(super) fn facts(&self, info: &reqwest::tls::TlsInfo, record: &Record) -> Option<TlsFacts> {
        let leaf = info.peer_certificate()?.to_vec();
        let phases = record.phases();
        let mut peers = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if peers.len() >= MOST_PEERS && !peers.contains_key(&leaf) {
            peers.clear();
        }
        let known = peers.entry(leaf.clone()).or_default();
        if phases.cipher.is_some() {
            known.cipher = phases.cipher;
        }
        // A resumed session shows no certificates; those of its first handshake still count.
        if phases.chain.first() == Some(&leaf) {
            known.chain = phases.chain;
        }
        let chain = if known.chain.is_empty() { &vec![leaf] } else { &known.chain };
        let chain: Vec<_> = chain.iter().map(|der| certificate::read(der)).collect();
        let peer = chain.first().map(|leaf| leaf.subject.clone()).unwrap_or_default();
        Some(TlsFacts { version: version(info), cipher: known.cipher.clone(), peer, chain })
    }
}

fn version(info: &reqwest::tls::TlsInfo) -> Option<String> {
    use reqwest::tls::Version;
    let version = info.version()?;
    let named = [(Version::TLS_1_3, "TLS 1.3"), (Version::TLS_1_2, "TLS 1.2")];
    let (_, name) = named.into_iter().find(|(known, _)| *known == version)?;
    Some(name.to_owned())
}
