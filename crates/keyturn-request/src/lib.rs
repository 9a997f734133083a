//! A request as text and as a value: reading it from what people paste, writing it as what people run.
//!
//! This crate is pure. It sends nothing and reads no file, and a [`Request`] holds no secret: what in a
//! pasted text is a credential is taken out and told ([`Removed`]), since the tester puts the provider's
//! own authentication in.
//!
//! Where to look next: [`Request`] for the value, [`fill`] for its variables, [`encode`](fn@encode) for the
//! bytes that are sent, [`curl`] for reading commands,
//! [`code`] for writing them, [`openapi`] and [`postman`]
//! for documents.

pub mod code;
mod credential;
pub mod curl;
mod document;
mod encode;
mod fill;
mod imported;
mod json_text;
pub mod multipart;
pub mod openapi;
mod percent;
pub mod postman;
mod value;

pub use credential::{CredentialKind, Place, Removed, carries_secret};
pub use encode::{EncodeError, Encoded, OF_CONNECTION, encode, is_token};
pub use fill::{Filled, MissingVariables, Variables, fill, variables_of};
pub use imported::{Imported, LeftOut};
pub use value::{Body, Content, Header, Param, Part, Request};
