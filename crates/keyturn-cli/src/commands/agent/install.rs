//! `keyturn agent install`.

use clap::Args;
use keyturn_protocol::{ApiError, ErrorCode};
use serde_json::json;

use crate::context::Context;
use crate::exit::Status;
use crate::failure::Failure;
use crate::install::{self, Installed, Start, System};

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
pub(super) struct Install {
    /// Only say whether it starts at login, and change nothing
    #[arg(long)]
    show: bool,
}

impl Install {
    pub(super) fn run(self, context: &Context) -> Result<Status, Failure> {
        if self.show {
            return show(context);
        }
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
            context.output.text(&starts(&installed))?;
        }
        Ok(Status::Done)
    }
}

fn starts(installed: &Installed) -> String {
    let (label, file) = (installed.way.label(), installed.file.display());
    format!("The agent starts when you log in, by {label}: {file}")
}

/// Says how it stands.
fn show(context: &Context) -> Result<Status, Failure> {
    let system = System::at_hand(|name| std::env::var_os(name)).map_err(ApiError::from)?;
    let found = install::installed(&system).map_err(ApiError::from)?;
    if context.is_json() {
        let way = found.as_ref().map_or_else(|| system.way(), |found| found.way);
        let file = found.as_ref().map(|found| found.file.to_string_lossy());
        let (way, label, installed) = (way.id(), way.label(), found.is_some());
        context
            .output
            .json(&json!({ "installed": installed, "way": way, "label": label, "file": file }))?;
        return Ok(Status::Done);
    }
    context.output.text(&match found {
        Some(installed) => starts(&installed),
        None => "The agent does not start when you log in.".to_owned(),
    })?;
    Ok(Status::Done)
}
