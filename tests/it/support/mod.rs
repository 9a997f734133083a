//! The world a journey takes place in: a home of its own, the real binary, the sandbox's providers,
//! and real desktop programs where one is needed.
//!
//! Nothing here waits for a span of time: it reads pipes, and where a foreign program gives no
//! event it asks again in [`wait::until`].

mod desktop;
mod installation;
mod outcome;
mod panel;
pub(crate) mod program;
mod prompt;
mod tie;
mod vault;
pub(crate) mod wait;
mod world;

pub(crate) use installation::Installation;
pub(crate) use outcome::Outcome;
pub(crate) use panel::Panel;
pub(crate) use prompt::FakePrompt;
pub(crate) use vault::{PASSPHRASE, make_newer, make_private, recovery_key};
pub(crate) use world::World;

use keyturn_protocol::{Asking, Client, ClipboardEnd, Event};

/// A client that asks as the window does.
pub(crate) fn client(world: &World) -> Client {
    Client::connect(&world.socket(), Asking::Never).unwrap()
}

/// Subscribes to the agent; each call then waits until it tells what became of a copy.
pub(crate) fn clipboard_ends(world: &World) -> impl FnMut() -> ClipboardEnd + use<> {
    let mut events = client(world).subscribe().unwrap();
    move || loop {
        if let Event::ClipboardReleased(end) = events.wait().unwrap() {
            return end;
        }
    }
}
