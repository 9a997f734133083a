//! Names that lead somewhere else from one look to the next.

use std::net::IpAddr;
use std::sync::{Arc, Mutex};

use keyturn_http::{
    Endpoint, HttpTransport, LookingUp, Lookup, PolicyError, SendError, TlsFailure, Transport as _,
};

use rcgen::SanType;

use crate::case::Case;
use crate::support::authority::{Authority, named};
use crate::support::server::{Server, Step};
use crate::support::with_header;

/// A name server in the hand of an attacker: each look-up gets the next answer.
#[derive(Debug)]
struct Rebinding {
    answers: Mutex<Vec<Vec<IpAddr>>>,
}

impl Rebinding {
    fn new(answers: &[&[&str]]) -> Arc<Self> {
        let addresses = |texts: &&[&str]| texts.iter().map(|text| text.parse().unwrap()).collect();
        Arc::new(Self { answers: Mutex::new(answers.iter().map(addresses).collect()) })
    }

    fn left(&self) -> usize {
        self.answers.lock().unwrap().len()
    }
}

impl Lookup for Rebinding {
    fn lookup<'a>(&'a self, _: &'a str) -> LookingUp<'a> {
        let next = self.answers.lock().unwrap().remove(0);
        Box::pin(async { Ok(next) })
    }
}

fn ok() -> Vec<Step> {
    vec![Step::answer("200 OK", "", "{}")]
}

async fn refused_as_public(transport: &HttpTransport, endpoint: &Endpoint) {
    let error = transport.send(endpoint, &with_header("x-api-key")).await.unwrap_err();
    let public = matches!(error, SendError::Policy(PolicyError::PublicAddress { .. }));
    assert!(public, "{error:?}");
}

pub(crate) fn cases() -> Vec<Case> {
    vec![
        Case::new(
            "a name that was private a moment ago gets no clear text when it is public",
            async {
                let server = Server::plain(ok()).await;
                let endpoint = server.endpoint_at("device.test");
                let names =
                    Rebinding::new(&[&["127.0.0.1"], &["203.0.113.7"], &["169.254.169.254"]]);
                let transport = HttpTransport::new().with_lookup(names.clone());
                // The address that was checked is the one that is connected to: nobody looks again.
                transport.send(&endpoint, &with_header("x-api-key")).await.unwrap();
                assert_eq!((server.requests(), names.left()), (1, 2));
                refused_as_public(&transport, &endpoint).await;
                refused_as_public(&transport, &endpoint).await;
                assert_eq!((server.connections(), names.left()), (1, 0));
            },
        ),
        Case::new("a name that is private and public at once gets no clear text", async {
            let server = Server::plain(ok()).await;
            let endpoint = server.endpoint_at("device.test");
            let names = Rebinding::new(&[
                &["127.0.0.1", "203.0.113.7"],
                &["203.0.113.7", "127.0.0.1"],
                &["127.0.0.1", "::ffff:203.0.113.7"],
            ]);
            let transport = HttpTransport::new().with_lookup(names.clone());
            for _ in 0..3 {
                refused_as_public(&transport, &endpoint).await;
            }
            assert_eq!((server.connections(), names.left()), (0, 0));
        }),
        Case::new(
            "a name that leads to another's server finds the wrong certificate there",
            async {
                let authority = Authority::make();
                let own = Server::tls_of(&authority, "127.0.0.1:0", ok()).await;
                let address = format!("127.0.0.2:{}", own.port());
                // A good certificate of the same authority, for the name that the attacker does own.
                let mut params = named("attacker.test");
                params.subject_alt_names =
                    vec![SanType::DnsName("attacker.test".try_into().unwrap())];
                let foreign = authority.sign(&params);
                let foreign = Server::presenting(&foreign, &authority, &address, ok()).await;
                let endpoint = own.endpoint_at("provider.test");
                let names = Rebinding::new(&[&["127.0.0.2"], &["127.0.0.1"]]);
                let transport = HttpTransport::new().with_lookup(names);
                let error = transport.send(&endpoint, &with_header("x-api-key")).await.unwrap_err();
                let wrong = TlsFailure::WrongHost;
                assert!(matches!(&error, SendError::Tls { why, .. } if *why == wrong), "{error:?}");
                assert_eq!((foreign.connections(), foreign.received()), (1, String::new()));
                transport.send(&endpoint, &with_header("x-api-key")).await.unwrap();
                assert_eq!(own.requests(), 1, "the right server is told from it");
            },
        ),
    ]
}
