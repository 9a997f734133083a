//! New files in the user's documents. Nothing is ever overwritten.

use std::fs::{File, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use keyturn_protocol::{ApiError, ErrorCode};
use serde::Serialize;
use tauri::{AppHandle, Manager};

/// How many files of one name may lie beside each other.
const MOST_FILES: u32 = 1_000;

/// Where a file was written.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub(crate) struct SavedFile {
    path: PathBuf,
}

/// The user's documents, or the home folder where there are none.
pub(crate) fn folder(app: &AppHandle) -> PathBuf {
    let documents = app.path().document_dir().ok().filter(|folder| folder.is_dir());
    documents.or_else(|| app.path().home_dir().ok()).unwrap_or_default()
}

/// Writes what holds no secret to a new file, `NAME.EXTENSION` or `NAME-2.EXTENSION` and so on.
pub(crate) fn save(
    app: &AppHandle,
    name: &str,
    extension: &str,
    content: &[u8],
) -> Result<SavedFile, ApiError> {
    let written = create(&folder(app), name, extension).and_then(|(path, mut file)| {
        file.write_all(content)?;
        file.sync_all()?;
        Ok(SavedFile { path })
    });
    written.map_err(|error| {
        let message = format!("the file {name}.{extension} cannot be saved: {error}");
        ApiError::new(ErrorCode::NotSaved, message).hint("Check the folder and the disk.")
    })
}

/// Makes the file, readable for the user alone.
pub(crate) fn create(folder: &Path, name: &str, extension: &str) -> io::Result<(PathBuf, File)> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    for number in 1..=MOST_FILES {
        let path = folder.join(match number {
            1 => format!("{name}.{extension}"),
            _ => format!("{name}-{number}.{extension}"),
        });
        match options.open(&path) {
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
            opened => return opened.map(|file| (path, file)),
        }
    }
    Err(io::ErrorKind::AlreadyExists.into())
}
