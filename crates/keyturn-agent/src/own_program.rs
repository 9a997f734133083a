//! Starting this very program again for a helper's role.

use tokio::process::Command;

/// A command that runs the same binary as this process, also after an update replaced or removed the
/// file it was started from: agent and helpers are always of one version.
pub(crate) fn own_program() -> Command {
    let mut command = Command::new("/proc/self/exe");
    command.arg0("keyturn");
    command
}
