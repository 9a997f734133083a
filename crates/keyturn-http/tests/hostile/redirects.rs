//! Redirects: none is followed, wherever it points and however the secret was sent.

use keyturn_http::{HttpTransport, Outgoing, Transport as _};

use crate::case::Case;
use crate::support::authority::Authority;
use crate::support::server::{Server, Step};
use crate::support::{CANARY, canary, get, with_body, with_header};

/// How the second origin differs from the first.
#[derive(Clone, Copy)]
enum Elsewhere {
    Host,
    Port,
    Scheme,
}

pub(crate) fn cases() -> Vec<Case> {
    let mut cases = Vec::new();
    for status in [301, 302, 303, 307, 308] {
        for (elsewhere, name) in
            [(Elsewhere::Host, "host"), (Elsewhere::Port, "port"), (Elsewhere::Scheme, "scheme")]
        {
            let name =
                format!("redirect {status} to another {name}: no carrier's secret goes there");
            cases.push(Case::new(name, stays_here(status, elsewhere)));
        }
    }
    cases.push(Case::new("redirect to itself: one request, and not round and round", async {
        let script = vec![Step::answer("307 Temporary Redirect", "location: /v1/things\r\n", "")];
        let server = Server::tls(script).await;
        let answer = HttpTransport::new().send(&server.endpoint(), &with_header("x-api-key")).await;
        assert_eq!(answer.unwrap().status, 307);
        assert_eq!(server.requests(), 1);
    }));
    cases
}

/// Every way in which a secret leaves: the two kinds of header, a body, and a query.
fn carriers() -> [Outgoing; 4] {
    let query = Outgoing { secret_query: vec![("key".to_owned(), canary())], ..get("/v1/things") };
    [with_header("Authorization"), with_header("x-api-key"), with_body(), query]
}

async fn stays_here(status: u16, elsewhere: Elsewhere) {
    let authority = Authority::make();
    let ok = vec![Step::answer("200 OK", "", "{}")];
    // Bound before the first, whose port it may share.
    let second = match elsewhere {
        Elsewhere::Host => Server::tls_of(&authority, "127.0.0.2:0", ok).await,
        Elsewhere::Port => Server::tls_of(&authority, "127.0.0.1:0", ok).await,
        Elsewhere::Scheme => Server::plain(ok).await,
    };
    let location = second.origin();
    let headers = format!(
        "location: {location}/v1/things\r\nrefresh: 0; url={location}/\r\nalt-svc: h2=\":{}\"\r\n",
        second.port()
    );
    let script = vec![Step::answer(&format!("{status} Elsewhere"), &headers, "")];
    let first_address = match elsewhere {
        Elsewhere::Host => format!("127.0.0.1:{}", second.port()),
        Elsewhere::Port | Elsewhere::Scheme => "127.0.0.1:0".to_owned(),
    };
    let first = Server::tls_of(&authority, &first_address, script).await;
    let transport = HttpTransport::new();
    for outgoing in carriers() {
        let answer = transport.send(&first.endpoint(), &outgoing).await.unwrap();
        assert_eq!(answer.status, status, "the redirect is shown");
        assert!(answer.header("location").unwrap().starts_with(&location), "{answer:?}");
    }
    assert_eq!((first.requests(), second.connections()), (4, 0));
    assert_eq!(second.received(), "", "0 bytes");
    // The same record does see what is sent to the second origin on purpose.
    transport.send(&second.endpoint(), &with_header("x-api-key")).await.unwrap();
    assert!(second.received().contains(CANARY), "the record works");
}
