//! TLS: what the documents ask of it, and the ways in which it can be broken.

use std::io::{Read as _, Write as _};
use std::net::TcpStream;

use keyturn_sandbox::{Provider, Sandbox, SandboxOptions, TlsFault};
use reqwest::tls::Version;

use crate::support::{builder, client, json, start, url};

/// "TLS version | TLS 1.2 or higher".
#[tokio::test]
async fn dv8_tls_1_2_and_1_3_are_served_by_each_provider() {
    let sandbox = start();
    for version in [Version::TLS_1_2, Version::TLS_1_3] {
        let limits = builder(&sandbox).tls_version_min(version).tls_version_max(version);
        let client = limits.build().unwrap();
        for provider in Provider::ALL {
            assert_eq!(json(client.get(url(&sandbox, provider, "/nothing"))).await.0, 404);
        }
    }
}

/// The certificate names the address and the name of loopback.
#[tokio::test]
async fn localhost_is_named_by_the_certificate_too() {
    let sandbox = start();
    let address = sandbox.base_url(Provider::Deepvue).replace("127.0.0.1", "localhost");
    assert_eq!(json(client(&sandbox).get(format!("{address}/nothing"))).await.0, 404);
}

/// "HTTP requests | Rejected — unencrypted requests will fail".
#[test]
fn dv8_plain_http_is_hung_up_on() {
    let sandbox = start();
    let address = sandbox.plain_url().replace("http://", "");
    let mut stream = TcpStream::connect(address).unwrap();
    // The other end may be gone before or after the write: both are a failure of the request.
    drop(stream.write_all(b"GET / HTTP/1.1\r\nHost: sandbox\r\n\r\n"));
    let mut answer = Vec::new();
    drop(stream.read_to_end(&mut answer));
    assert!(answer.is_empty());
    assert_eq!(sandbox.admin().plain_connections(), 1);
}

#[tokio::test]
async fn a_broken_certificate_or_a_refused_connection_lets_no_request_through() {
    for fault in [TlsFault::Expired, TlsFault::WrongHost, TlsFault::UnknownCa, TlsFault::Refused] {
        let options = SandboxOptions { tls_fault: Some(fault), ..SandboxOptions::default() };
        let sandbox = Sandbox::start(options).unwrap();
        let client = client(&sandbox);
        for provider in Provider::ALL {
            let answer = client.get(url(&sandbox, provider, "/nothing")).send().await;
            assert!(answer.unwrap_err().is_connect(), "{fault:?}");
            assert_eq!(sandbox.admin().total(provider), 0, "{fault:?}");
        }
        sandbox.admin().break_tls(Provider::Deepvue, None);
        let mended = client.get(url(&sandbox, Provider::Deepvue, "/nothing"));
        assert_eq!(json(mended).await.0, 404, "{fault:?} was mended");
    }
}

/// Only the edge device is served in clear text; the other ports speak TLS alone.
#[tokio::test]
async fn de4_no_tls_port_answers_plain_http() {
    let sandbox = start();
    for provider in Provider::ALL {
        let address = url(&sandbox, provider, "/nothing").replace("https://", "http://");
        assert!(client(&sandbox).get(address).send().await.is_err());
        assert_eq!(sandbox.admin().total(provider), 0);
    }
}

#[tokio::test]
async fn a_dropped_sandbox_serves_nobody() {
    let sandbox = start();
    let client = client(&sandbox);
    let address = url(&sandbox, Provider::Deepvue, "/nothing");
    assert_eq!(json(client.get(&address)).await.0, 404);
    drop(sandbox);
    assert!(client.get(&address).send().await.is_err());
}
