//! A request as text and as a value: reading it from what people paste, writing it as what people run.
//!
//! This crate is pure. It sends nothing and reads no file, and a [`Request`] holds no secret: what in a
//! pasted text is a credential is taken out and told ([`Removed`]), since the tester puts the provider's
//! own authentication in.
//!
//! Where to look next: [`Request`] for the value, [`fill`] for its variables, [`encode`](fn@encode) for the
//! bytes that are sent, [`curl`] for reading commands,
//! [`code`] for writing them, [`openapi`] and [`postman`]
//! for documents, [`check`] and [`compare`] for what is made of answers, [`path`] for how a server may
//! read an address, [`saved`] for what is kept, [`visible`](fn@visible) for the text
//! of strangers.

pub mod check;
pub mod code;
pub mod compare;
mod credential;
pub mod curl;
mod document;
mod encode;
mod fill;
mod imported;
mod json_text;
pub mod multipart;
pub mod openapi;
pub mod path;
mod percent;
pub mod postman;
pub mod saved;
mod value;
mod visible;

pub use check::{Check, CheckError, CheckOutcome, Expectation};
pub use compare::{Change, Compared, Comparison, DiffLine, FactPair, HeaderPair};
pub use credential::{CredentialKind, Place, Removed, carries_secret};
pub use encode::{EncodeError, Encoded, OF_CONNECTION, encode, is_token};
pub use fill::{FillError, Filled, Variables, fill, variables_of};
pub use imported::{Imported, LeftOut};
pub use saved::{SavedError, SavedRequest};
pub use value::{Body, Content, Header, Param, Part, Request};
pub use visible::visible;
