//! Reading standard input as a whole, without the standard library's buffer, which is never wiped.

use std::io::{self, IsTerminal as _};
use std::os::fd::AsFd;

use keyturn_core::{Secret, SecretString};
use keyturn_protocol::ApiError;
use zeroize::Zeroizing;

use crate::failure::usage;

/// No secret is longer; a private key in PEM has a few thousand bytes.
const MAX_SECRET: usize = 64 * 1024;

/// No request body or profile is longer.
const MAX_TEXT: usize = 10 * 1024 * 1024;

/// Reads a secret; one line break at its end is not part of it.
pub(crate) fn secret_from_stdin() -> Result<SecretString, ApiError> {
    let bytes = read(io::stdin().as_fd(), MAX_SECRET)?;
    let text = std::str::from_utf8(&bytes).map_err(|_| not_text())?;
    Ok(Secret::new(without_line_break(text).to_owned()))
}

/// Reads a body as it is.
pub(crate) fn body_from_stdin() -> Result<Zeroizing<Vec<u8>>, ApiError> {
    read(io::stdin().as_fd(), MAX_TEXT)
}

/// Reads a text as it is.
pub(crate) fn text_from_stdin() -> Result<String, ApiError> {
    let bytes = body_from_stdin()?;
    std::str::from_utf8(&bytes).map(str::to_owned).map_err(|_| not_text())
}

/// Reads bytes of any kind; a terminal gives none, since nobody types them.
pub(crate) fn bytes_from_stdin(limit: usize) -> Result<Zeroizing<Vec<u8>>, ApiError> {
    if io::stdin().is_terminal() {
        return Ok(Zeroizing::default());
    }
    read(io::stdin().as_fd(), limit)
}

/// Reads to the end into memory that is wiped, and that never moves without being wiped.
fn read(input: impl AsFd, limit: usize) -> Result<Zeroizing<Vec<u8>>, ApiError> {
    let mut bytes = Zeroizing::new(Vec::with_capacity(8 * 1024));
    let mut piece = Zeroizing::new(vec![0; 8 * 1024]);
    loop {
        let count = rustix::io::retry_on_intr(|| rustix::io::read(&input, piece.as_mut_slice()))
            .map_err(|error| {
                usage(format!("standard input cannot be read: {error}"), "Nothing was changed.")
            })?;
        let Some(read) = piece.get(..count).filter(|read| !read.is_empty()) else {
            return Ok(bytes);
        };
        if bytes.len() + count > limit {
            return Err(usage(
                format!("standard input holds more than {}", size(limit)),
                "Nothing was changed.",
            ));
        }
        if bytes.capacity() < bytes.len() + count {
            let mut larger = Zeroizing::new(Vec::with_capacity(2 * bytes.capacity() + count));
            larger.extend_from_slice(&bytes);
            bytes = larger;
        }
        bytes.extend_from_slice(read);
    }
}

/// A limit in words.
fn size(bytes: usize) -> String {
    match bytes {
        _ if bytes.is_multiple_of(1024 * 1024) => format!("{} MiB", bytes / (1024 * 1024)),
        _ if bytes.is_multiple_of(1024) => format!("{} KiB", bytes / 1024),
        _ => format!("{bytes} bytes"),
    }
}

fn without_line_break(text: &str) -> &str {
    let text = text.strip_suffix('\n').unwrap_or(text);
    text.strip_suffix('\r').unwrap_or(text)
}

fn not_text() -> ApiError {
    usage("standard input holds no UTF-8 text", "Nothing was changed.")
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use super::*;

    #[test]
    fn one_line_break_at_the_end_is_not_part_of_a_secret() {
        assert_eq!(without_line_break("key\n"), "key");
        assert_eq!(without_line_break("key\r\n"), "key");
        assert_eq!(without_line_break("two lines\n\n"), "two lines\n");
        assert_eq!(without_line_break(" key "), " key ");
    }

    #[test]
    fn input_beyond_its_first_room_arrives_whole_and_beyond_the_limit_is_refused() {
        let mut file = tempfile::tempfile().unwrap();
        file.write_all("x".repeat(50_000).as_bytes()).unwrap();
        let again = || {
            use std::io::Seek;
            let mut file = file.try_clone().unwrap();
            file.rewind().unwrap();
            file
        };
        assert_eq!(read(again(), MAX_SECRET).unwrap().len(), 50_000);
        assert!(read(again(), 49_999).is_err());
    }
}
