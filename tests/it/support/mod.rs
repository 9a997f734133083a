//! The world a journey takes place in: a home of its own, the real binary, the sandbox's providers,
//! and real desktop programs where one is needed.
//!
//! Nothing here waits for a span of time: it reads pipes, and where a foreign program gives no
//! event it asks again in [`wait::until`].

mod desktop;
mod outcome;
pub(crate) mod program;
mod prompt;
mod tie;
mod vault;
pub(crate) mod wait;
mod world;

pub(crate) use outcome::Outcome;
pub(crate) use prompt::FakePrompt;
pub(crate) use vault::{PASSPHRASE, make_newer, make_private, recovery_key};
pub(crate) use world::World;

/// A client that asks as the window does.
pub(crate) fn client(world: &World) -> keyturn_protocol::Client {
    let user = rustix::process::geteuid().as_raw();
    let home = keyturn_protocol::Home::resolve(Some(world.home()), user, |_| None).unwrap();
    keyturn_protocol::Client::connect(&home.socket(), keyturn_protocol::Asking::Never).unwrap()
}
