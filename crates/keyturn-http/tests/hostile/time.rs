//! Servers that take their time: each of the three limits ends them.

use std::time::{Duration, Instant};

use keyturn_http::{ConnectFailure, HttpTransport, SendError, Transport as _, WireLimits};

use crate::case::Case;
use crate::support::get;
use crate::support::server::{Server, Step};

const PAUSE: Duration = Duration::from_millis(20);
const LONG: Duration = Duration::from_secs(30);
/// Stands for the limit that a case is about; the other limits are so long that they cannot be it.
const SHORT: Duration = Duration::from_millis(400);

pub(crate) fn cases(real: bool) -> Vec<Case> {
    let choose = move |limits: WireLimits| if real { WireLimits::default() } else { limits };
    let idle = choose(WireLimits { idle: SHORT, total: LONG, ..WireLimits::default() });
    let total = choose(WireLimits { idle: LONG, total: SHORT, ..WireLimits::default() });
    let connect = choose(WireLimits { connect: SHORT, total: LONG, ..WireLimits::default() });
    let head = b"HTTP/1.1 200 OK\r\n".to_vec();
    let headers = [head.clone(), b"x-slow: 1\r\n".repeat(400)].concat();
    let promise = Step::send("HTTP/1.1 200 OK\r\ncontent-length: 1000000\r\n\r\n");
    let continues = b"HTTP/1.1 102 Processing\r\n\r\n";
    vec![
        case(
            "headers that drip are given up when nothing whole came for too long",
            idle,
            idle.idle,
            vec![Step::Drip(headers, pause(real)), Step::Silence],
        ),
        case(
            "a body that drips is given up when the whole takes too long",
            total,
            total.total,
            vec![promise.clone(), Step::Drip(vec![b'x'; 4_000], pause(real)), Step::Silence],
        ),
        case("silence after the request is given up", idle, idle.idle, vec![Step::Silence]),
        case(
            "silence in the middle of a body is given up",
            idle,
            idle.idle,
            vec![promise, Step::send("half"), Step::Silence],
        ),
        case(
            "answers that are never the last one (1xx) are given up",
            idle,
            idle.idle,
            vec![
                Step::Send(continues.repeat(1_000)),
                Step::Drip(continues.repeat(200), pause(real)),
                Step::Silence,
            ],
        ),
        Case::new("a TLS handshake that never comes is given up", async move {
            let server = Server::tarpit().await;
            let begun = Instant::now();
            let transport = HttpTransport::with_limits(connect);
            let error = transport.send(&server.endpoint(), &get("/")).await.unwrap_err();
            let timeout = ConnectFailure::Timeout;
            assert!(matches!(error, SendError::Connect { why, .. } if why == timeout), "{error:?}");
            assert!(begun.elapsed() >= connect.connect, "{:?}", begun.elapsed());
        }),
    ]
}

/// A byte a second is what a server sends that wants to last; here it has less time for it.
const fn pause(real: bool) -> Duration {
    if real { Duration::from_secs(1) } else { PAUSE }
}

fn case(name: &str, limits: WireLimits, ends_after: Duration, script: Vec<Step>) -> Case {
    Case::new(name, async move {
        let server = Server::tls(script).await;
        let transport = HttpTransport::with_limits(limits);
        let begun = Instant::now();
        let error = transport.send(&server.endpoint(), &get("/")).await.unwrap_err();
        let took = begun.elapsed();
        assert!(matches!(error, SendError::Timeout { .. }), "{error:?}");
        assert!(took >= ends_after, "it had the time that it is given: {took:?}");
    })
}
