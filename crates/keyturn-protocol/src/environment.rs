//! The environment variables that Keyturn's own processes read, each named once.

/// Puts every file of Keyturn under one folder.
pub const HOME: &str = "KEYTURN_HOME";

/// The number of an inherited file descriptor: the agent ends when its other end closes. Set by
/// tests and the demo, so that no agent outlives them.
pub const PARENT_PIPE: &str = "KEYTURN_PARENT_PIPE";

/// Switches colours off when set to anything (<https://no-color.org>).
pub const NO_COLOR: &str = "NO_COLOR";

/// The variables that say where the caller's screen and clipboard are; `copy` sends them along,
/// because the agent may have been started elsewhere.
pub const DISPLAY: [&str; 4] = ["DISPLAY", "WAYLAND_DISPLAY", "XAUTHORITY", "XDG_RUNTIME_DIR"];
