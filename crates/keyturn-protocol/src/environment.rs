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

/// What of an environment the prompt gets ([`crate::prompt`]): where the screen is and how the user wants
/// windows to look. Everything else stays behind, since some variables have a program load code.
pub const PROMPT: [&str; 24] = [
    "DISPLAY",
    "WAYLAND_DISPLAY",
    "XAUTHORITY",
    "XDG_RUNTIME_DIR",
    "XDG_SESSION_TYPE",
    "XDG_CURRENT_DESKTOP",
    "DBUS_SESSION_BUS_ADDRESS",
    "AT_SPI_BUS_ADDRESS",
    "HOME",
    "USER",
    "LOGNAME",
    "PATH",
    "LANG",
    "LANGUAGE",
    "LC_ALL",
    "LC_CTYPE",
    "LC_MESSAGES",
    "LC_TIME",
    "TZ",
    "GDK_BACKEND",
    "GDK_SCALE",
    "GDK_DPI_SCALE",
    "GTK_THEME",
    "WEBKIT_DISABLE_DMABUF_RENDERER",
];
