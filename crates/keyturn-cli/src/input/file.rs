//! Files that a command is given: read whole, up to the limit that everything else has, too.

use std::fs::File;
use std::io::Read;
use std::path::Path;

use keyturn_protocol::ApiError;

use crate::failure::usage;

/// The most that is read, in bytes: a body may have 10 MiB.
pub(crate) const LARGEST: u64 = 10 * 1024 * 1024;

/// Reads a file's bytes; `hint` says what kind of file is wanted.
pub(crate) fn bytes(path: &Path, hint: &str) -> Result<Vec<u8>, ApiError> {
    let name = path.display();
    let mut bytes = Vec::new();
    File::open(path)
        .and_then(|file| file.take(LARGEST + 1).read_to_end(&mut bytes))
        .map_err(|error| usage(format!("{name} cannot be read: {error}"), hint))?;
    if bytes.len() as u64 > LARGEST {
        return Err(usage(format!("{name} is larger than 10 MiB"), hint));
    }
    Ok(bytes)
}

/// Reads a file of text.
pub(crate) fn text(path: &Path, hint: &str) -> Result<String, ApiError> {
    String::from_utf8(bytes(path, hint)?)
        .map_err(|_| usage(format!("{} is no text in UTF-8", path.display()), hint))
}

#[cfg(test)]
mod tests {
    use keyturn_protocol::ErrorCode;

    use super::*;

    #[test]
    fn a_file_without_end_is_refused_and_not_read_to_its_end() {
        let error = bytes(Path::new("/dev/zero"), "hint").unwrap_err();
        assert!(error.message.contains("larger than 10 MiB"), "{error}");
    }

    #[test]
    fn a_missing_file_is_a_mistake_of_the_call() {
        let error = text(Path::new("/nonexistent/file"), "hint").unwrap_err();
        assert_eq!(error.code, ErrorCode::InvalidInput);
    }
}
