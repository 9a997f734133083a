//! What the program that started the agent left open.

use keyturn_protocol::environment;

/// Closes every inherited descriptor but the standard three and the parent's pipe. A script that
/// waits for its own pipe to close must not wait for an agent that happens to hold it too.
///
/// Only for the very start of the process: nothing of ours is open yet.
pub(crate) fn close_descriptors() -> std::io::Result<()> {
    let parent_pipe = std::env::var(environment::PARENT_PIPE).ok();
    let open: Vec<i32> = std::fs::read_dir("/proc/self/fd")?
        .flatten()
        .filter_map(|entry| entry.file_name().into_string().ok())
        .filter(|name| Some(name) != parent_pipe.as_ref())
        .filter_map(|name| name.parse().ok())
        .filter(|descriptor| *descriptor > 2)
        .collect();
    for descriptor in open {
        // The one that listed the folder is closed already.
        nix::unistd::close(descriptor).ok();
    }
    Ok(())
}
