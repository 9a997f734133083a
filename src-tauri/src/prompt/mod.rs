//! The prompt: this program as the agent starts it, to ask the user one question or to show one secret.
//!
//! It speaks with the agent over the pair of sockets that it inherited ([`channel`]) and over nothing
//! else: it makes no claim to be the only window, finds no agent and starts none. It has one window, by
//! what it was told to show: `consent` or `reveal`, each with a capability of its own; it ends with that
//! window, and with the agent. See `keyturn_protocol::prompt`.

mod channel;
mod consent;
mod reveal;
mod window;

use keyturn_protocol::prompt::{FLAG, PromptOrder, PromptReport};
use tauri::{AppHandle, Manager, Runtime};

pub(crate) use self::channel::Channel;
pub(crate) use self::consent::Consent;
pub(crate) use self::reveal::{Reveal, Revealed};
pub(crate) use self::window::{CONSENT, REVEAL};
use crate::commands::{consent as ask, reveal as show};

/// Whether this process is to be a prompt.
pub(crate) fn is_asked_for(mut arguments: impl Iterator<Item = String>) -> bool {
    arguments.next().is_some_and(|first| first == FLAG)
}

/// Shows what the agent wants shown, until it is answered or over.
pub(crate) fn run() -> tauri::Result<()> {
    deny_inspection()?;
    let (channel, order) = Channel::inherit()?;
    let (consent, reveal, label, ends_unfocused) = match order {
        PromptOrder::Consent(question) => {
            (Consent::of(question), Reveal::default(), CONSENT, false)
        }
        PromptOrder::Reveal(order) => {
            // The dialog that asks for a printer takes the focus.
            let ends_unfocused = order.kit.is_none();
            (Consent::default(), Reveal::of(order), REVEAL, ends_unfocused)
        }
    };
    tauri::Builder::default()
        .manage(channel)
        .manage(consent)
        .manage(reveal)
        .invoke_handler(tauri::generate_handler![
            ask::take_consent,
            ask::answer_consent,
            show::take_reveal,
            show::close_reveal,
        ])
        .setup(move |app| {
            window::open(app.handle(), label, ends_unfocused)?;
            let channel = app.state::<Channel>();
            channel.end_with_agent(app.handle())?;
            channel.say(PromptReport::Shown)?;
            Ok(())
        })
        .run(crate::context())
}

/// Ends the prompt.
pub(crate) fn end<R: Runtime>(app: &AppHandle<R>) {
    app.state::<Reveal>().forget();
    app.exit(0);
}

/// Keeps other programs of the same user from reading this process, and from taking its socket. The
/// agent does the same; the web view's own process cannot be kept so.
fn deny_inspection() -> std::io::Result<()> {
    #[cfg(target_os = "linux")]
    rustix::process::set_dumpable_behavior(rustix::process::DumpableBehavior::NotDumpable)?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_first_argument_makes_a_prompt() {
        let asked = |words: &[&str]| is_asked_for(words.iter().map(|word| (*word).to_owned()));
        assert!(asked(&["--prompt"]));
        assert!(!asked(&[]) && !asked(&["--open", "--prompt"]));
    }
}
