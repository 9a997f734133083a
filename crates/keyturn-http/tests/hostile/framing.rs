//! Answers that are no HTTP, or two at once: each is an error, and none passes for another.

use keyturn_http::{HttpTransport, SendError, Transport as _};

use crate::case::Case;
use crate::support::get;
use crate::support::server::{Server, Step};

/// What becomes of an answer.
#[derive(Clone, Copy, PartialEq, Debug)]
enum End {
    Closed,
    NotHttp,
}

pub(crate) fn cases() -> Vec<Case> {
    let ok = |rest: &str| format!("HTTP/1.1 200 OK\r\n{rest}");
    let cut = ["HTTP/1.1 20", "HTTP/1.1 200 OK\r\ncontent-len", ""].map(str::to_owned);
    let cut_bodies = [
        ok("content-length: 100\r\n\r\nhalf"),
        ok("transfer-encoding: chunked\r\n\r\n10\r\nhalf"),
        ok("transfer-encoding: chunked\r\n\r\n4\r\nhalf\r\n"),
    ];
    let lengths = ["-1", "+2", "0x2", "2 2", "2;", "", "99999999999999999999"];
    vec![
        case(
            "an answer without a status line (HTTP/0.9) is no HTTP",
            vec!["<html>hello</html>\r\n\r\n".to_owned(), "\0\x01\x02\x03\r\n\r\n".to_owned()],
            End::NotHttp,
        ),
        Case::new("HTTP/2 frames that nobody asked for are no HTTP", async {
            let settings = b"\0\0\0\x04\0\0\0\0\0\0\0\x08\x07\0\0\0\0\0\0\0\0\0\0\0\0".to_vec();
            ends(vec![Step::Send(settings)], End::NotHttp).await;
        }),
        case("an answer that breaks off is no answer", [cut, cut_bodies].concat(), End::Closed),
        case(
            "a chunk whose length overflows is no answer",
            ["10000000000000000", "FFFFFFFFFFFFFFFFFF", "-1", "zz"]
                .map(|size| {
                    ok(&format!("transfer-encoding: chunked\r\n\r\n{size}\r\nxx\r\n0\r\n\r\n"))
                })
                .to_vec(),
            End::NotHttp,
        ),
        case(
            "two lengths that differ are no answer",
            vec![ok("content-length: 2\r\ncontent-length: 4\r\n\r\n{}{}")],
            End::NotHttp,
        ),
        case(
            "a length that is no number is no answer",
            lengths.map(|length| ok(&format!("content-length: {length}\r\n\r\n{{}}"))).to_vec(),
            End::NotHttp,
        ),
        Case::new("an answer hidden behind another is never the next request's", async {
            let hidden = "HTTP/1.1 200 OK\r\ncontent-length: 6\r\n\r\nhidden";
            let firsts = [
                "content-length: 2\r\n\r\n{}",
                "content-length: 31\r\ntransfer-encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n",
            ];
            for first in firsts {
                let both = format!("HTTP/1.1 200 OK\r\n{first}{hidden}");
                let server = Server::tls(vec![Step::send(&both), Step::NextRequest]).await;
                let transport = HttpTransport::new();
                for _ in 0..2 {
                    // It may be refused as well: it is not shown as what it is not.
                    if let Ok(answer) = transport.send(&server.endpoint(), &get("/")).await {
                        assert_eq!(answer.body, b"{}", "{answer:?}");
                    }
                }
            }
        }),
    ]
}

fn case(name: &str, answers: Vec<String>, end: End) -> Case {
    Case::new(name, async move {
        for answer in answers {
            ends(vec![Step::send(answer)], end).await;
        }
    })
}

async fn ends(script: Vec<Step>, end: End) {
    let shown = match &script[0] {
        Step::Send(bytes) => String::from_utf8_lossy(bytes).into_owned(),
        _ => String::new(),
    };
    let server = Server::tls(script).await;
    let error = HttpTransport::new().send(&server.endpoint(), &get("/")).await.unwrap_err();
    let found = match error {
        SendError::Closed { .. } => End::Closed,
        SendError::Protocol { .. } => End::NotHttp,
        other => panic!("{other:?} for {shown:?}"),
    };
    assert_eq!(found, end, "{shown:?}");
}
