//! Reading a line from the terminal without echo, into memory that is wiped.
//!
//! The echo goes off before the prompt appears, so that not even a fast paste shows, and comes back
//! however the reading ends: also at Ctrl-C, which a terminal in this mode hands over as a letter.

use std::io::{self, Write};
use std::os::fd::AsFd;

use rustix::process::{Signal, getpid, kill_process};
use rustix::termios::{LocalModes, OptionalActions, Termios, tcgetattr, tcsetattr};
use zeroize::Zeroizing;

/// No passphrase that somebody types is longer.
const MAX_LINE: usize = 4096;

/// Puts the terminal back as it was.
struct Restore(Termios);

impl Drop for Restore {
    fn drop(&mut self) {
        // There is nobody to tell, and nothing else to try.
        tcsetattr(io::stdin(), OptionalActions::Now, &self.0).ok();
    }
}

/// Prompts on standard error and reads a line from the terminal on standard input.
pub(super) fn read_hidden(prompt: &str) -> io::Result<Zeroizing<String>> {
    let before = tcgetattr(io::stdin())?;
    let mut hidden = before.clone();
    hidden.local_modes.remove(LocalModes::ECHO | LocalModes::ICANON | LocalModes::ISIG);
    let restore = Restore(before);
    tcsetattr(io::stdin(), OptionalActions::Now, &hidden)?;
    write!(io::stderr(), "{prompt}")?;
    let line = read_line(|| {
        let mut byte = [0];
        match rustix::io::retry_on_intr(|| rustix::io::read(io::stdin().as_fd(), &mut byte))? {
            0 => Ok(None),
            _ => Ok(Some(byte[0])),
        }
    });
    drop(restore);
    writeln!(io::stderr())?;
    match line? {
        Line::Typed(bytes) => std::str::from_utf8(&bytes)
            .map(|text| Zeroizing::new(text.to_owned()))
            .map_err(|_| io::Error::new(io::ErrorKind::InvalidData, "it is no UTF-8 text")),
        Line::Interrupted => {
            kill_process(getpid(), Signal::INT)?;
            Err(io::ErrorKind::Interrupted.into())
        }
    }
}

enum Line {
    Typed(Zeroizing<Vec<u8>>),
    Interrupted,
}

/// Reads up to the end of the line and obeys the keys that people use on the way.
fn read_line(mut next: impl FnMut() -> io::Result<Option<u8>>) -> io::Result<Line> {
    let mut line = Zeroizing::new(Vec::with_capacity(MAX_LINE));
    while let Some(byte) = next()? {
        match byte {
            b'\r' | b'\n' => break,
            // Ctrl-C, Ctrl-\
            0x03 | 0x1c => return Ok(Line::Interrupted),
            // Ctrl-D ends the input where nothing was typed, as usual.
            0x04 if line.is_empty() => break,
            // Backspace takes a whole character back.
            0x08 | 0x7f => while line.pop().is_some_and(|byte| byte & 0xc0 == 0x80) {},
            // Ctrl-U
            0x15 => line.clear(),
            // A cursor key sends an escape sequence, which ends with a letter or `~`.
            0x1b => {
                while next()?.is_some_and(|byte| !byte.is_ascii_alphabetic() && byte != b'~') {}
            }
            0x00..=0x1f => {}
            _ if line.len() == MAX_LINE => {
                return Err(io::Error::new(io::ErrorKind::InvalidData, "it is too long"));
            }
            _ => line.push(byte),
        }
    }
    Ok(Line::Typed(line))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn typed(keys: &str) -> Option<String> {
        let mut bytes = keys.bytes();
        match read_line(|| Ok(bytes.next())).unwrap() {
            Line::Typed(line) => Some(String::from_utf8(line.to_vec()).unwrap()),
            Line::Interrupted => None,
        }
    }

    #[test]
    fn a_line_is_what_is_left_after_its_corrections() {
        assert_eq!(typed("abc\rnot this").as_deref(), Some("abc"));
        assert_eq!(typed("aü\u{7f}b\r").as_deref(), Some("ab"), "a character of two bytes");
        assert_eq!(typed("wrong\u{15}right\r").as_deref(), Some("right"));
        assert_eq!(typed("a\u{1b}[3~b\u{1b}[Dc\r").as_deref(), Some("abc"), "cursor keys");
        assert_eq!(typed("\u{4}").as_deref(), Some(""));
    }

    #[test]
    fn ctrl_c_interrupts() {
        assert_eq!(typed("abc\u{3}"), None);
    }

    #[test]
    fn a_line_without_end_is_refused() {
        assert!(read_line(|| Ok(Some(b'x'))).is_err());
    }
}
