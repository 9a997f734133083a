//! What both tables need: authorities of their own, and servers that do as they are told and record
//! every byte that reached them.

pub(crate) mod authority;
pub(crate) mod server;

use keyturn_core::SecretString;
use keyturn_http::{Body, Outgoing, OutgoingHeader, Part, Value};

/// A secret of the made-up credential. No test server ever needs it.
pub(crate) const CANARY: &str = "canary+7x9z/Q2w?e\"r4";

/// The canary as a secret.
pub(crate) fn canary() -> SecretString {
    SecretString::new(CANARY.to_owned())
}

/// A request without anything to it.
pub(crate) fn get(path: &str) -> Outgoing {
    Outgoing {
        method: "GET".to_owned(),
        path: path.to_owned(),
        query: Vec::new(),
        secret_query: Vec::new(),
        headers: Vec::new(),
        body: Body::Empty,
    }
}

/// A request that carries the canary in a header.
pub(crate) fn with_header(name: &str) -> Outgoing {
    let header = OutgoingHeader { name: name.to_owned(), value: Value::Secret(canary()) };
    Outgoing { headers: vec![header], ..get("/v1/things") }
}

/// A request that carries the canary in its body, as an exchange does.
pub(crate) fn with_body() -> Outgoing {
    let part = Part::text("client_secret", Value::Secret(canary()));
    Outgoing {
        method: "POST".to_owned(),
        body: Body::Multipart(vec![part]),
        ..get("/v1/authorize")
    }
}
