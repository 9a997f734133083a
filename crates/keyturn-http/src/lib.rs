//! The only way out to the network: exchanges, requests with a recipe, and what may go where.
//!
//! This crate alone names reqwest. It owns the egress policy ([`policy`]): every request is checked
//! for origin, path, carrier and clear text before a connection is opened. It refuses to follow
//! redirects, to read proxies, cookies or key-log files from its surroundings, and to read answers
//! without end. It knows no provider; what goes where stands in the profile.
//!
//! Where to look next: [`Transport`] for the seam that tests replace, [`HttpTransport`] for the real
//! one, [`exchange()`] for buying a token, [`build_request`] for any other request, [`Redactor`] for
//! what is done with an answer before it is shown.

mod answer;
mod encode;
mod endpoint;
mod error;
mod exchange;
mod expiry;
mod issued;
mod json;
mod lead;
mod outgoing;
pub mod policy;
mod redact;
mod revocation;
#[cfg(test)]
mod testing;
mod transport;
mod wire;

pub use answer::{Answer, BodySize, PeerCertificate, Redirect, Timing, TlsFacts, status_words};
pub use endpoint::{Endpoint, EndpointError};
pub use error::{ConnectFailure, PolicyError, SendError, TlsFailure, TooLarge};
pub use exchange::{
    Buyer, ExchangeError, Exchanged, ExpiryDoubt, basic_credentials, build_exchange, exchange,
};
pub use issued::issued_tokens;
pub use keyturn_providers::PlainHttp;
pub use lead::{Lead, LeadError};
pub use outgoing::{Body, Content, Outgoing, OutgoingHeader, Part, Sent, Value};
pub use policy::{
    LARGEST_BODY, UserBody, UserContent, UserPart, UserRequest, build_request, checked_method,
    checked_path,
};
pub use redact::Redactor;
pub use revocation::{RevokeError, Revoked, TokenKind, revoke};
pub use transport::{Sending, Transport};
pub use wire::{HttpTransport, LookingUp, Lookup, WireLimits};
