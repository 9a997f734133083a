//! The file that a calendar is written to: new, or one that Keyturn wrote before, and nothing else.

use std::fs;
use std::io::{self, Read};
use std::path::Path;

use keyturn_protocol::{ApiError, ErrorCode};

use crate::replace::replace;

/// So much of a file tells whether Keyturn wrote it.
const HEAD: u64 = 1024;

/// Where a calendar may be written.
#[derive(Debug)]
pub(super) struct Destination<'a> {
    path: &'a Path,
}

impl<'a> Destination<'a> {
    /// Refuses what the calendar would destroy: a link, a folder, a file of somebody else's.
    pub(super) fn check(path: &'a Path) -> Result<Self, ApiError> {
        if path.file_name().is_none() {
            return Err(taken(path, "is no file's name"));
        }
        let destination = Self { path };
        match fs::symlink_metadata(path) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(destination),
            Err(error) => Err(unwritable(path, &error)),
            Ok(known) if !known.is_file() => Err(taken(path, "is a link, a folder or a device")),
            Ok(_) if is_ours(path).map_err(|error| unwritable(path, &error))? => Ok(destination),
            Ok(_) => Err(taken(path, "exists, and Keyturn did not write it")),
        }
    }

    /// Writes it whole or not at all.
    pub(super) fn write(&self, text: &str) -> Result<(), ApiError> {
        replace(self.path, 0o600, text.as_bytes()).map_err(|error| unwritable(self.path, &error))
    }
}

/// Whether a file begins like a calendar of Keyturn's.
fn is_ours(path: &Path) -> io::Result<bool> {
    let mut head = Vec::new();
    fs::File::open(path)?.take(HEAD).read_to_end(&mut head)?;
    let head = String::from_utf8_lossy(&head);
    Ok(head.starts_with("BEGIN:VCALENDAR\r\n") && head.contains("\r\nPRODID:-//Keyturn//"))
}

fn taken(path: &Path, why: &str) -> ApiError {
    ApiError::new(ErrorCode::AlreadyExists, format!("{} {why}", path.display()))
        .hint("Name another file with --out. Nothing was written.")
}

fn unwritable(path: &Path, error: &io::Error) -> ApiError {
    let message = format!("the calendar cannot be written to {}: {error}", path.display());
    ApiError::new(ErrorCode::NotSaved, message)
        .hint("Name a file in a folder that you can write to. Nothing was written.")
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::{PermissionsExt, symlink};

    use super::*;

    const OURS: &str = "BEGIN:VCALENDAR\r\nPRODID:-//Keyturn//Keyturn//EN\r\nEND:VCALENDAR\r\n";

    fn write(path: &Path, text: &str) -> Result<(), ApiError> {
        Destination::check(path)?.write(text)
    }

    #[test]
    fn a_calendar_is_private_replaces_its_elder_and_leaves_nothing_beside_it() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("keys.ics");
        write(&path, OURS).unwrap();
        fs::set_permissions(&path, fs::Permissions::from_mode(0o644)).unwrap();
        write(&path, &format!("{OURS}newer")).unwrap();
        assert!(fs::read_to_string(&path).unwrap().ends_with("newer"));
        assert_eq!(path.metadata().unwrap().permissions().mode() & 0o777, 0o600);
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    }

    #[test]
    fn what_keyturn_did_not_write_stays_as_it_is() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("work.ics");
        for foreign in ["", "notes", "BEGIN:VCALENDAR\r\nPRODID:-//Other//EN\r\n"] {
            fs::write(&path, foreign).unwrap();
            assert_eq!(write(&path, OURS).unwrap_err().code, ErrorCode::AlreadyExists);
            assert_eq!(fs::read_to_string(&path).unwrap(), foreign);
        }
    }

    #[test]
    fn a_link_is_not_followed_and_a_folder_is_no_file() {
        let folder = tempfile::tempdir().unwrap();
        let (target, link) = (folder.path().join("target"), folder.path().join("link.ics"));
        fs::write(&target, OURS).unwrap();
        symlink(&target, &link).unwrap();
        for path in [&link, folder.path(), Path::new("/"), Path::new("/dev/null")] {
            let refused = write(path, "new").unwrap_err();
            assert_eq!(refused.code, ErrorCode::AlreadyExists, "{refused}");
        }
        assert_eq!(fs::read_to_string(&target).unwrap(), OURS);
    }

    #[test]
    fn a_folder_that_is_not_there_is_said() {
        let refused = write(Path::new("/nonexistent/keys.ics"), OURS).unwrap_err();
        assert_eq!(refused.code, ErrorCode::NotSaved, "{refused}");
    }
}
