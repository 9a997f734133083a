//! The world a journey takes place in: a home of its own, the real binary, the sandbox's providers,
//! and real desktop programs where one is needed.
//!
//! Nothing here waits for a span of time: it reads pipes, and where a foreign program gives no
//! event it asks again in [`wait::until`].

mod desktop;
mod outcome;
pub(crate) mod program;
mod tie;
mod vault;
pub(crate) mod wait;
mod world;

pub(crate) use outcome::Outcome;
pub(crate) use vault::{PASSPHRASE, make_newer, make_private, recovery_key};
pub(crate) use world::World;
