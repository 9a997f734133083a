//! What the agent denies to others of the same user before it holds anything worth taking.

use rustix::process::{DumpableBehavior, Resource, Rlimit, set_dumpable_behavior, setrlimit};

/// Makes the process undumpable: no core file, no ptrace, no `/proc/PID/mem` for others of the same
/// user (prctl(2), `PR_SET_DUMPABLE`). First thing in the agent and in the clipboard's holder.
pub(crate) fn deny_inspection() -> std::io::Result<()> {
    set_dumpable_behavior(DumpableBehavior::NotDumpable)?;
    setrlimit(Resource::Core, Rlimit { current: Some(0), maximum: Some(0) })?;
    Ok(())
}

/// Makes files that the process creates readable by nobody else.
pub(crate) fn create_private_files() {
    rustix::process::umask(rustix::fs::Mode::from_bits_truncate(0o077));
}
