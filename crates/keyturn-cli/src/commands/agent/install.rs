//! `keyturn agent install`.

use clap::Args;
use keyturn_protocol::{ApiError, ErrorCode};
use serde_json::json;

use crate::context::Context;
use crate::exit::Status;
use crate::failure::Failure;
use crate::install::{self, Start, System};

/// Have the agent start when you log in
///
/// On Linux it writes a unit of systemd's user manager, ~/.config/systemd/user/keyturn.service. Where
/// no such manager answers it writes an entry of the desktop's autostart instead,
/// ~/.config/autostart/app.keyturn.agent.desktop. Doing it again changes nothing; a file that Keyturn
/// did not write is left alone. The agent is started at once, too.
///
/// Example:
///     keyturn agent install
#[derive(Debug, Args)]
#[command(verbatim_doc_comment)]
pub(super) struct Install {}

impl Install {
    #[expect(clippy::unused_self, reason = "every command runs the same way")]
    pub(super) fn run(self, context: &Context) -> Result<Status, Failure> {
        let program = std::env::current_exe().map_err(|error| {
            let message = format!("keyturn's own program cannot be found: {error}");
            ApiError::new(ErrorCode::Internal, message).hint("Start keyturn by its full path.")
        })?;
        let start = Start { program, home: context.chosen_home()? };
        let system = System::at_hand(|name| std::env::var_os(name)).map_err(ApiError::from)?;
        let installed = install::install(&start, &system).map_err(ApiError::from)?;
        if let Err(error) = context.agent() {
            context.output.note("warning", &format!("it does not run yet: {error}"));
        }
        if context.is_json() {
            let (way, file) = (installed.way.id(), installed.file.to_string_lossy());
            context.output.json(&json!({ "way": way, "file": file }))?;
        } else {
            context.output.text(&format!(
                "The agent starts when you log in, by {}: {}",
                installed.way.label(),
                installed.file.display()
            ))?;
        }
        Ok(Status::Done)
    }
}
