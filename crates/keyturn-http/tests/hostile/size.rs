//! Answers without end, and small ones that become large: memory grows by 64 MiB at most.

use std::io::Write as _;

use flate2::Compression;
use flate2::write::GzEncoder;

use crate::case::Case;
use crate::client::send_to;
use crate::support::CANARY;
use crate::support::server::{Server, Step};

const BODY_LIMIT: &str = "its body is larger than 10 MiB";
const HEADER_LIMIT: &str = "its headers are larger than 64 KiB";
const MIB: usize = 1024 * 1024;

pub(crate) fn cases() -> Vec<Case> {
    let ok = |headers: &str| Step::send(format!("HTTP/1.1 200 OK\r\n{headers}"));
    let chunked = "transfer-encoding: chunked\r\n\r\n";
    let chunk = [b"10000\r\n".to_vec(), vec![b'x'; 0x10000], b"\r\n".to_vec()].concat();
    let zeros = Step::Endlessly(vec![b'0'; 64 * 1024]);
    vec![
        Case::measured(
            "a body without end is cut off at 10 MiB, with and without chunks",
            async move {
                let in_chunks = vec![ok(chunked), Step::Endlessly(chunk)];
                let until_closed = vec![ok("\r\n"), zeros];
                let one = ends(in_chunks, BODY_LIMIT).await;
                one.max(ends(until_closed, BODY_LIMIT).await)
            },
        ),
        case(
            "a body that announces a gigabyte is not read at all",
            vec![ok("content-length: 1073741824\r\n\r\n"), Step::Silence],
            BODY_LIMIT,
        ),
        case(
            "a header without end is cut off",
            vec![ok("x-endless: "), Step::Endlessly(vec![b'h'; 64 * 1024])],
            HEADER_LIMIT,
        ),
        case(
            "headers without end are cut off",
            vec![ok(""), Step::Endlessly(b"x-many: 1\r\n".repeat(1_000))],
            HEADER_LIMIT,
        ),
        case(
            "trailers without end are cut off",
            vec![
                ok(chunked),
                Step::send("2\r\n{}\r\n0\r\n"),
                Step::Endlessly(b"x-t: 1\r\n".repeat(1_000)),
            ],
            "",
        ),
        case(
            "a chunk's extension without end is cut off",
            vec![ok(chunked), Step::send("2;x="), Step::Endlessly(vec![b'e'; 64 * 1024])],
            "",
        ),
        Case::measured(
            "a gzip bomb of a gigabyte is unpacked up to the limit and given up on",
            async {
                let bomb = bomb();
                assert!(bomb.len() < 2 * MIB, "{}", bomb.len());
                let script = vec![
                    Step::answer("200 OK", "content-encoding: gzip\r\n", &bomb),
                    Step::NextRequest,
                ];
                ends(script, BODY_LIMIT).await
            },
        ),
        Case::measured("ten MiB of secrets thrown back are taken out within the limit", async {
            let body = CANARY.repeat(10 * MIB / CANARY.len());
            let script = vec![Step::answer("200 OK", "", &body), Step::NextRequest];
            ends(script, "200 ").await
        }),
    ]
}

fn case(name: &str, script: Vec<Step>, expected: &'static str) -> Case {
    Case::measured(name, ends(script, expected))
}

/// Lets a process of its own ask, and returns by how much its memory grew.
async fn ends(script: Vec<Step>, expected: impl AsRef<str>) -> Option<u64> {
    let server = Server::tls(script).await;
    let told = send_to(&server, &[]).await;
    assert!(told.outcome.contains(expected.as_ref()), "{told:?}");
    // Nothing was expected but that it is no answer.
    assert!(!expected.as_ref().is_empty() || told.outcome.contains("127.0.0.1"), "{told:?}");
    assert_eq!(server.requests(), 1);
    told.memory_kib
}

/// A gigabyte of zeros: a gzip file may have many members, and here they are all the same.
fn bomb() -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(&vec![0; 4 * MIB]).unwrap();
    encoder.finish().unwrap().repeat(256)
}
