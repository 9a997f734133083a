//! Ten servers whose TLS does not count: each is refused with its own words, and not one byte of
//! HTTP reaches it.

#![expect(clippy::unwrap_used, reason = "a test's helper fails like the test")]

mod old;
#[expect(dead_code, reason = "the other table needs the rest")]
#[path = "../support/mod.rs"]
mod support;

use std::io::Write as _;

use keyturn_http::{Endpoint, HttpTransport, SendError, TlsFailure, Transport as _};
use rcgen::{BasicConstraints, CertificateParams, IsCa, KeyPair, KeyUsagePurpose, date_time_ymd};

use old::OldServer;
use support::authority::{Authority, Identity, server};
use support::server::{Server, Step};
use support::{CANARY, with_header};

/// How many cases there are.
const COUNT: usize = 10;

fn ok() -> Vec<Step> {
    vec![Step::answer("200 OK", "", "{}")]
}

/// Sends the canary and returns why that was refused.
async fn refusal(endpoint: &Endpoint) -> TlsFailure {
    let error = HttpTransport::new().send(endpoint, &with_header("x-api-key")).await.unwrap_err();
    let shown = error.to_string();
    assert!(shown.ends_with("; nothing was sent") && !shown.contains(CANARY), "{shown}");
    let SendError::Tls { why, .. } = error else { panic!("{error:?}") };
    why
}

/// The certificates of seven servers, each with one flaw, and what is said of it.
fn flawed(authority: &Authority) -> [(&'static str, Identity, TlsFailure); 7] {
    let with = |change: fn(&mut CertificateParams)| {
        let mut params = server();
        change(&mut params);
        params
    };
    let expired = with(|params| {
        params.not_before = date_time_ymd(2020, 1, 1);
        params.not_after = date_time_ymd(2021, 1, 1);
    });
    let not_yet = with(|params| {
        params.not_before = date_time_ymd(2900, 1, 1);
        params.not_after = date_time_ymd(2901, 1, 1);
    });
    let wrong_host = CertificateParams::new(["elsewhere.invalid".to_owned()]).unwrap();
    // Its common name is `localhost`, which counted once.
    let no_names = with(|params| params.subject_alt_names.clear());
    let authority_itself = with(|params| {
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        params.key_usages.push(KeyUsagePurpose::KeyCertSign);
    });
    [
        ("expired", authority.sign(&expired), TlsFailure::Expired),
        ("not yet valid", authority.sign(&not_yet), TlsFailure::NotYetValid),
        ("wrong host", authority.sign(&wrong_host), TlsFailure::WrongHost),
        ("no subject alternative name", authority.sign(&no_names), TlsFailure::NoNames),
        ("CA as leaf", authority.sign(&authority_itself), TlsFailure::AuthorityAsServer),
        ("self-signed", self_signed(), TlsFailure::SelfSigned),
        ("unknown CA", Authority::make().good(), TlsFailure::UnknownIssuer),
    ]
}

fn self_signed() -> Identity {
    let key = KeyPair::generate().unwrap();
    let certificate = server().self_signed(&key).unwrap();
    Identity { certificate_pem: certificate.pem(), key_pem: key.serialize_pem() }
}

#[tokio::test]
async fn ten_servers_whose_tls_does_not_count_get_no_byte_of_http() {
    let authority = Authority::make();
    let mut refused = Vec::new();
    for (name, identity, expected) in flawed(&authority) {
        let listener = Server::presenting(&identity, &authority, "127.0.0.1:0", ok()).await;
        assert_eq!(refusal(&listener.endpoint()).await, expected, "{name}");
        assert_eq!((listener.connections(), listener.received()), (1, String::new()), "{name}");
        refused.push(name);
    }
    for (name, flags, expected) in [
        ("TLS 1.0", &["-tls1", "-cipher", "DEFAULT:@SECLEVEL=0"][..], TlsFailure::Version),
        ("TLS 1.1", &["-tls1_1", "-cipher", "DEFAULT:@SECLEVEL=0"], TlsFailure::Version),
        ("weak cipher", &["-tls1_2", "-cipher", old::WEAK], TlsFailure::Cipher),
    ] {
        let mut listener = OldServer::start(&authority.good(), &authority.pem(), flags);
        assert_eq!(refusal(&listener.endpoint()).await, expected, "{name}");
        // The next connection is from a client that accepts anything: what the record holds by
        // then is all that there was before.
        let printed = listener.printed_until_the_control(flags);
        for http in ["HTTP/", "GET", "host:", CANARY] {
            assert!(!printed.contains(http), "{name}: {printed}");
        }
        refused.push(name);
    }
    assert_eq!(refused.len(), COUNT);
    let words = format!("TLS: {} of {COUNT} refused, 0 bytes of HTTP received", refused.len());
    writeln!(std::io::stderr(), "{words} ({})", refused.join(", ")).unwrap();
}

#[tokio::test]
async fn the_same_record_sees_a_request_when_the_certificate_is_good() {
    let listener = Server::tls(ok()).await;
    for host in ["127.0.0.1", "localhost"] {
        let endpoint = listener.endpoint_at(host);
        let answer = HttpTransport::new().send(&endpoint, &with_header("x-api-key")).await;
        assert_eq!(answer.unwrap().status, 200);
    }
    assert_eq!(listener.requests(), 2);
    assert!(listener.received().contains(CANARY));
}
