//! A client that trusts the sandbox's authority and nothing else.

use keyturn_sandbox::{Provider, Sandbox, SandboxOptions};
use reqwest::redirect::Policy;
use reqwest::{Certificate, Client, ClientBuilder, RequestBuilder, Response};
use serde_json::Value;

pub(crate) fn start() -> Sandbox {
    Sandbox::start(SandboxOptions::default()).unwrap()
}

pub(crate) fn builder(sandbox: &Sandbox) -> ClientBuilder {
    // Fails where another test of this process was first, which does no harm.
    drop(rustls::crypto::ring::default_provider().install_default());
    let authority = Certificate::from_pem(sandbox.ca_pem().as_bytes()).unwrap();
    Client::builder().tls_certs_only([authority]).redirect(Policy::none()).no_proxy()
}

pub(crate) fn client(sandbox: &Sandbox) -> Client {
    builder(sandbox).build().unwrap()
}

pub(crate) fn url(sandbox: &Sandbox, provider: Provider, path: &str) -> String {
    format!("{}{path}", sandbox.base_url(provider))
}

/// Sends, and reads status and JSON.
pub(crate) async fn json(request: RequestBuilder) -> (u16, Value) {
    read(request.send().await.unwrap()).await
}

pub(crate) async fn read(response: Response) -> (u16, Value) {
    let status = response.status().as_u16();
    let body = response.bytes().await.unwrap();
    let value = serde_json::from_slice(&body)
        .unwrap_or_else(|_| panic!("no JSON: {}", String::from_utf8_lossy(&body)));
    (status, value)
}
