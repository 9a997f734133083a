//! What clients and the agent say to each other.
//!
//! A client connects to the agent's socket ([`Home::socket`]), says [`Hello`], and then sends one
//! [`Request`] after the other; each is answered by one [`Reply`], and by a [`Waiting`] before it where
//! the user is asked about it. Messages are JSON in frames of at most 64 KiB ([`frame`]). After
//! [`calls::Subscribe`] the agent sends [`Event`]s until the client leaves.
//!
//! This crate decides nothing: what a call does is in `keyturn-engine`, who may call is in
//! `keyturn-agent`. It is also the one place where the names of environment variables and the layout
//! of the folders are written down ([`environment`], [`Home`]), since all processes must agree on them.

pub mod calls;
pub mod client;
mod compared;
mod composed;
pub mod config_file;
pub mod environment;
mod error;
mod event;
pub mod frame;
mod hello;
mod home;
pub mod keys;
pub mod prompt;
mod request_code;
pub mod session;
pub mod start;
pub mod tray;
mod wire;

pub use calls::{Call, Request};
pub use client::Client;
pub use compared::{body_of, compare_answers};
pub use composed::{ReadFile, address_of, files_of};
pub use error::{ApiError, ErrorCode};
pub use event::{ClipboardEnd, Event};
pub use hello::{Asking, Hello, HelloHead, PROTOCOL_VERSION, Welcome};
pub use home::{Home, HomeError, SocketFolder};
pub use request_code::{RequestCode, RequestCodeForm};
pub use wire::{Reply, SecretOnWire, Waiting, decode, encode};
