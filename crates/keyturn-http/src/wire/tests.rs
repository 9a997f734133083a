use std::time::Duration;

use tokio::net::TcpListener;

use super::*;
use crate::outgoing::{Body, OutgoingHeader, Value};
use crate::testing::{Authority, Flaw, Reply, Server};
use crate::{ConnectFailure, TlsFailure};

fn get(path: &str) -> Outgoing {
    Outgoing {
        method: "GET".to_owned(),
        path: path.to_owned(),
        query: Vec::new(),
        secret_query: Vec::new(),
        headers: Vec::new(),
        body: Body::Empty,
    }
}

async fn send(endpoint: &Endpoint, outgoing: &Outgoing) -> Result<Answer, SendError> {
    HttpTransport::new().send(endpoint, outgoing).await
}

#[tokio::test]
async fn an_answer_comes_with_its_phases_and_with_who_gave_it() {
    let (server, endpoint) = Server::good(Reply::json("200 OK", "{\"ok\":true}")).await;
    let mut outgoing = get("/v1/things");
    outgoing.query = vec![("q".to_owned(), "a&b c".to_owned())];
    let answer = send(&endpoint, &outgoing).await.unwrap();
    assert_eq!((answer.status, answer.body.as_slice()), (200, b"{\"ok\":true}".as_slice()));
    assert_eq!(answer.header("Content-Type"), Some("application/json"));
    let timing = answer.timing;
    assert!(timing.connect.is_some() && timing.tls.is_some() && !timing.reused, "{timing:?}");
    assert!(timing.total >= timing.first_byte, "{timing:?}");
    let tls = answer.tls.unwrap();
    assert_eq!(tls.version.as_deref(), Some("TLS 1.3"));
    assert!(tls.cipher.as_ref().unwrap().starts_with("TLS13_"), "{tls:?}");
    assert_eq!(
        (tls.peer.as_str(), tls.chain[0].issuer.as_str()),
        ("Test Server", "Test Authority")
    );
    assert_eq!(tls.chain[0].names, ["127.0.0.1"]);
    assert!(tls.chain[0].sha256.len() == 64 && tls.chain[0].not_after > tls.chain[0].not_before);
    assert_eq!((answer.size.received, answer.size.decoded), (11, 11));
    let sent = &server.requests()[0];
    assert!(sent.starts_with("GET /v1/things?q=a%26b+c HTTP/1.1\r\n"), "{sent}");
    assert!(!sent.to_lowercase().contains("referer") && !sent.to_lowercase().contains("cookie"));
}

#[tokio::test]
async fn a_connection_is_used_again_and_its_facts_with_it() {
    let (server, endpoint) = Server::good(Reply::json("200 OK", "{}")).await;
    let transport = HttpTransport::new();
    let first = transport.send(&endpoint, &get("/")).await.unwrap();
    let second = transport.send(&endpoint, &get("/")).await.unwrap();
    assert_eq!(server.connections(), 1);
    assert!(!first.timing.reused && second.timing.reused);
    assert_eq!((second.timing.dns, second.timing.connect, second.timing.tls), (None, None, None));
    assert_eq!(second.tls, first.tls);
}

#[tokio::test]
async fn a_name_is_looked_up_and_the_time_told() {
    let server = Server::start(None, Reply::json("200 OK", "{}")).await;
    let url = format!("http://localhost:{}", server.port);
    let endpoint = Endpoint::new(&url, None, PlainHttp::Private).unwrap();
    let answer = send(&endpoint, &get("/")).await.unwrap();
    assert!(answer.timing.dns.is_some() && answer.timing.tls.is_none(), "{:?}", answer.timing);
    assert_eq!(answer.tls, None);
}

#[tokio::test]
async fn tls_1_2_is_spoken_too_and_told() {
    let authority = Authority::make();
    let config = authority.server(Flaw::None, &rustls::version::TLS12);
    let server = Server::start(Some(config), Reply::json("200 OK", "{}")).await;
    let answer = send(&server.https(Some(authority.pem())), &get("/")).await.unwrap();
    let tls = answer.tls.unwrap();
    assert_eq!(tls.version.as_deref(), Some("TLS 1.2"));
    assert!(tls.cipher.as_ref().unwrap().contains("_WITH_"), "{tls:?}");
}

/// DV8: the certificate is validated.
#[tokio::test]
async fn dv8_a_certificate_that_does_not_count_is_refused_before_a_request_is_sent() {
    let authority = Authority::make();
    let other = Authority::make();
    let cases = [
        (Flaw::None, Some(other.pem()), TlsFailure::UnknownIssuer),
        (Flaw::None, None, TlsFailure::UnknownIssuer),
        (Flaw::WrongHost, Some(authority.pem()), TlsFailure::WrongHost),
        (Flaw::Expired, Some(authority.pem()), TlsFailure::Expired),
    ];
    for (flaw, ca_pem, expected) in cases {
        let config = authority.server(flaw, &rustls::version::TLS13);
        let server = Server::start(Some(config), Reply::json("200 OK", "{}")).await;
        let error = send(&server.https(ca_pem), &get("/")).await.unwrap_err();
        assert!(matches!(&error, SendError::Tls { why, .. } if *why == expected), "{error:?}");
        assert_eq!(server.requests().len(), 0, "{expected:?}");
    }
}

#[tokio::test]
async fn an_environments_own_ca_is_no_ca_for_others() {
    let (_, trusting) = Server::good(Reply::json("200 OK", "{}")).await;
    let authority = Authority::make();
    let config = authority.server(Flaw::None, &rustls::version::TLS13);
    let other = Server::start(Some(config), Reply::json("200 OK", "{}")).await;
    let transport = HttpTransport::new();
    transport.send(&trusting, &get("/")).await.unwrap();
    let wrong = other.https(trusting.ca_pem().map(str::to_owned));
    let error = transport.send(&wrong, &get("/")).await.unwrap_err();
    assert!(matches!(error, SendError::Tls { why: TlsFailure::UnknownIssuer, .. }), "{error:?}");
}

#[tokio::test]
async fn what_speaks_no_tls_is_told_apart_from_what_hangs_up() {
    let clear = Server::start(None, Reply::json("200 OK", "{}")).await;
    let reached = clear.https(None);
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    tokio::spawn(async move { while listener.accept().await.is_ok() {} });
    let url = format!("https://127.0.0.1:{port}");
    let closing = Endpoint::new(&url, None, PlainHttp::Never).unwrap();
    let error = send(&closing, &get("/")).await.unwrap_err();
    assert!(matches!(error, SendError::Tls { why: TlsFailure::Ended, .. }), "{error:?}");
    // The server for tests waits for an end of head that a TLS client never sends: it closes
    // nothing, so that the client gives up by its own limit.
    let limits = WireLimits { connect: Duration::from_millis(200), ..WireLimits::default() };
    let error = HttpTransport::with_limits(limits).send(&reached, &get("/")).await.unwrap_err();
    assert!(matches!(error, SendError::Connect { why: ConnectFailure::Timeout, .. }), "{error:?}");
}

#[tokio::test]
async fn an_answer_in_clear_text_on_a_tls_port_is_told() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("https://127.0.0.1:{}", listener.local_addr().unwrap().port());
    tokio::spawn(async move {
        use tokio::io::AsyncWriteExt as _;
        let (mut stream, _) = listener.accept().await.unwrap();
        stream.write_all(b"HTTP/1.1 400 Bad Request\r\n\r\n").await.unwrap();
        std::future::pending::<()>().await;
    });
    let endpoint = Endpoint::new(&url, None, PlainHttp::Never).unwrap();
    let error = send(&endpoint, &get("/")).await.unwrap_err();
    assert!(matches!(error, SendError::Tls { why: TlsFailure::NotTls, .. }), "{error:?}");
}

#[tokio::test]
async fn a_port_where_nothing_listens_is_told() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("https://127.0.0.1:{}", listener.local_addr().unwrap().port());
    drop(listener);
    let endpoint = Endpoint::new(&url, None, PlainHttp::Never).unwrap();
    let error = send(&endpoint, &get("/")).await.unwrap_err();
    assert!(matches!(error, SendError::Connect { why: ConnectFailure::Refused, .. }), "{error:?}");
}

#[tokio::test]
async fn a_name_without_an_address_is_told() {
    let endpoint = Endpoint::new("https://nowhere.invalid", None, PlainHttp::Never).unwrap();
    let error = send(&endpoint, &get("/")).await.unwrap_err();
    assert_eq!(error, SendError::Dns { host: "nowhere.invalid".to_owned() });
}

#[tokio::test]
async fn a_redirect_is_not_followed() {
    let (target, _) = Server::good(Reply::json("200 OK", "{}")).await;
    let location = format!("location: https://127.0.0.1:{}/\r\n", target.port);
    let (server, endpoint) = Server::good(Reply::with("302 Found", &location, "")).await;
    let mut outgoing = get("/");
    outgoing.headers.push(OutgoingHeader {
        name: "Authorization".to_owned(),
        value: Value::Secret(keyturn_core::Secret::new("Bearer canary".to_owned())),
    });
    assert_eq!(send(&endpoint, &outgoing).await.unwrap().status, 302);
    assert_eq!((server.requests().len(), target.connections()), (1, 0));
}

#[tokio::test]
async fn a_body_without_end_is_cut_off_at_its_limit() {
    let heads =
        ["HTTP/1.1 200 OK\r\n\r\n", "HTTP/1.1 200 OK\r\ncontent-length: 1073741824\r\n\r\n"];
    for head in heads {
        let (_, endpoint) = Server::good(Reply::Endless(head.into())).await;
        let error = send(&endpoint, &get("/")).await.unwrap_err();
        let limit = TooLarge::Body(10 * 1024 * 1024);
        assert!(matches!(error, SendError::TooLarge { what, .. } if what == limit), "{error:?}");
    }
}

#[tokio::test]
async fn headers_larger_than_their_limit_are_refused() {
    let header = format!("x-large: {}\r\n", "x".repeat(1024));
    let (_, endpoint) = Server::good(Reply::with("200 OK", &header.repeat(70), "")).await;
    let error = send(&endpoint, &get("/")).await.unwrap_err();
    let limit = TooLarge::Headers(64 * 1024);
    assert!(matches!(error, SendError::TooLarge { what, .. } if what == limit), "{error:?}");
}

#[tokio::test]
async fn a_server_that_says_nothing_is_given_up() {
    let (_, endpoint) = Server::good(Reply::Silence).await;
    let limits = WireLimits { idle: Duration::from_millis(100), ..WireLimits::default() };
    let error = HttpTransport::with_limits(limits).send(&endpoint, &get("/")).await.unwrap_err();
    assert!(matches!(error, SendError::Timeout { .. }), "{error:?}");
}

#[tokio::test]
async fn an_answer_that_breaks_off_is_no_answer() {
    let head = b"HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\nhalf".to_vec();
    for cut in [head.clone(), head[..20].to_vec(), Vec::new()] {
        let (_, endpoint) = Server::good(Reply::BytesThenClose(cut)).await;
        let error = send(&endpoint, &get("/")).await.unwrap_err();
        assert!(matches!(error, SendError::Closed { .. }), "{error:?}");
    }
}

#[tokio::test]
async fn what_is_no_http_is_told() {
    let (_, endpoint) =
        Server::good(Reply::BytesThenClose(b"220 smtp ready\r\n\r\n".to_vec())).await;
    let error = send(&endpoint, &get("/")).await.unwrap_err();
    assert!(matches!(error, SendError::Protocol { .. }), "{error:?}");
}

/// DE4: clear text for private and loopback addresses alone, and only where it is allowed.
#[tokio::test]
async fn de4_clear_text_to_a_public_address_is_refused_before_a_connection() {
    for host in ["203.0.113.7", "[2001:db8::1]", "169.254.169.254"] {
        let url = format!("http://{host}:8100");
        let endpoint = Endpoint::new(&url, None, PlainHttp::Private).unwrap();
        let error = send(&endpoint, &get("/")).await.unwrap_err();
        let refused = matches!(error, SendError::Policy(PolicyError::PublicAddress { .. }));
        assert!(refused, "{host}: {error:?}");
    }
}

#[tokio::test]
async fn dv8_clear_text_is_refused_where_the_environment_does_not_allow_it() {
    let server = Server::start(None, Reply::json("200 OK", "{}")).await;
    let url = format!("http://127.0.0.1:{}", server.port);
    assert!(Endpoint::new(&url, None, PlainHttp::Never).is_err());
    assert_eq!(server.connections(), 0);
}

#[tokio::test]
async fn a_name_that_leads_to_a_public_address_gets_no_clear_text() {
    use reqwest::dns::Resolve as _;
    let lookup = std::sync::Arc::new(resolve::SystemLookup);
    let resolver = resolve::Resolver { lookup, reach: resolve::Reach::Private };
    // A literal is resolved to itself without asking anybody, which stands in for a public name.
    let error = resolver.resolve("203.0.113.7".parse().unwrap()).await.err().unwrap();
    assert!(error.downcast_ref::<PolicyError>().is_some(), "{error}");
}

#[derive(Debug)]
struct AlwaysHere;

impl Lookup for AlwaysHere {
    fn lookup<'a>(&'a self, _: &'a str) -> LookingUp<'a> {
        Box::pin(std::future::ready(Ok(vec!["127.0.0.1".parse().unwrap()])))
    }
}

#[tokio::test]
async fn a_strangers_name_that_leads_inwards_is_refused_before_a_connection() {
    let (server, _) = Server::good(Reply::json("200 OK", "{}")).await;
    let url = format!("https://b.example:{}", server.port);
    let endpoint = Endpoint::new(&url, None, PlainHttp::Never).unwrap();
    let transport = HttpTransport::new().with_lookup(Arc::new(AlwaysHere));
    let stranger = endpoint.clone().outside_only(true);
    let refused = PolicyError::PrivateAddress { host: "b.example".to_owned() };
    let error = transport.send(&stranger, &get("/")).await.unwrap_err();
    assert_eq!(error, SendError::Policy(refused.clone()));
    assert_eq!(server.connections(), 0);
    let error = transport.send(&endpoint, &get("/")).await.unwrap_err();
    assert!(matches!(error, SendError::Tls { .. }), "positive control: {error:?}");
    assert_eq!(server.connections(), 1);
    let error = transport.send(&stranger, &get("/")).await.unwrap_err();
    assert_eq!(error, SendError::Policy(refused), "they share no client");
}

#[tokio::test]
async fn a_line_break_in_a_header_is_not_sent() {
    let (server, endpoint) = Server::good(Reply::json("200 OK", "{}")).await;
    for (name, value) in [("x-a", "b\r\nx-c: d"), ("x-a\r\nx-c", "b"), ("x-a", "b\0")] {
        let mut outgoing = get("/");
        let value = Value::Open(value.to_owned());
        outgoing.headers.push(OutgoingHeader { name: name.to_owned(), value });
        let error = send(&endpoint, &outgoing).await.unwrap_err();
        assert!(matches!(error, SendError::Policy(_)), "{error:?}");
    }
    assert_eq!(server.connections(), 0);
}

#[tokio::test]
async fn a_path_that_leads_to_another_host_is_not_sent() {
    let (server, endpoint) = Server::good(Reply::json("200 OK", "{}")).await;
    for path in ["//evil.example/", "https://evil.example/", "\\\\evil.example\\"] {
        let error = send(&endpoint, &get(path)).await.unwrap_err();
        assert_eq!(error, SendError::Policy(PolicyError::OtherOrigin), "{path}");
    }
    assert_eq!(server.connections(), 0);
}

#[tokio::test]
async fn a_ca_file_without_a_certificate_is_refused() {
    let url = "https://127.0.0.1:1";
    for pem in ["", "nonsense", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"] {
        let endpoint = Endpoint::new(url, Some(pem.to_owned()), PlainHttp::Never).unwrap();
        let error = send(&endpoint, &get("/")).await.unwrap_err();
        assert_eq!(error, SendError::Policy(PolicyError::BadCa), "{pem:?}");
    }
}

#[tokio::test]
async fn no_error_repeats_the_query_or_a_secret() {
    let endpoint = Endpoint::new("https://nowhere.invalid", None, PlainHttp::Never).unwrap();
    let mut outgoing = get("/v1/x");
    outgoing.query = vec![("pan_number".to_owned(), "AAAPT0002F".to_owned())];
    let error = send(&endpoint, &outgoing).await.unwrap_err();
    let shown = format!("{error} {error:?} {outgoing:?}");
    assert!(!shown.contains("AAAPT0002F"), "DV6: {shown}");
}
