//! Which screen somebody sits at, as the kernel knows the environment that their program was started
//! with. Asking the program itself would let a hostile one name a screen that it drives.

use std::ffi::OsString;
use std::os::unix::ffi::OsStringExt as _;

use keyturn_protocol::environment;

/// Either of them says that there is a screen.
const SHOWS: [&str; 2] = ["DISPLAY", "WAYLAND_DISPLAY"];

/// What a window needs of an environment to come up on somebody's screen.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Screen(Vec<(String, OsString)>);

impl Screen {
    /// The screen of a process; `None` where it has none, or may not be looked at.
    pub(crate) fn of(pid: i32) -> Option<Self> {
        Self::parse(&std::fs::read(format!("/proc/{pid}/environ")).ok()?)
    }

    /// Reads proc(5) `environ`.
    fn parse(environ: &[u8]) -> Option<Self> {
        let mut found = Vec::new();
        for entry in environ.split(|byte| *byte == 0) {
            let Some(at) = entry.iter().position(|byte| *byte == b'=') else { continue };
            let (name, value) = (&entry[..at], &entry[at + 1..]);
            let known = environment::PROMPT.iter().find(|known| known.as_bytes() == name);
            if let Some(known) = known
                && !value.is_empty()
            {
                found.push(((*known).to_owned(), OsString::from_vec(value.to_vec())));
            }
        }
        let screen = Self(found);
        screen.0.iter().any(|(name, _)| SHOWS.contains(&name.as_str())).then_some(screen)
    }

    /// The variables.
    pub(crate) fn variables(&self) -> impl Iterator<Item = (&str, &OsString)> {
        self.0.iter().map(|(name, value)| (name.as_str(), value))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_screen_is_what_a_window_needs_and_nothing_that_loads_code() {
        let environ = b"LD_PRELOAD=/tmp/evil.so\0GTK_MODULES=evil\0DISPLAY=:7\0\
            TAURI_WEBVIEW_AUTOMATION=true\0XAUTHORITY=/a=b\0HOME=/home/a\0GARBLED\0";
        let screen = Screen::parse(environ).unwrap();
        let variables: Vec<_> =
            screen.variables().map(|(name, value)| (name, value.to_str().unwrap())).collect();
        assert_eq!(variables, [("DISPLAY", ":7"), ("XAUTHORITY", "/a=b"), ("HOME", "/home/a")]);
    }

    #[test]
    fn without_a_screen_there_is_none() {
        assert_eq!(Screen::parse(b"HOME=/home/a\0PATH=/bin\0"), None);
        assert_eq!(Screen::parse(b"DISPLAY=\0"), None);
        assert!(Screen::parse(b"WAYLAND_DISPLAY=wayland-1").is_some());
    }
}
