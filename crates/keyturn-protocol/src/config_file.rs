//! `config.toml`: preferences that are no security matter, a section for each program that keeps some.
//!
//! A person may edit the file: what the programs do not know stays, and so do comments and order. A file
//! that is not understood is never written over. Security settings are in the vault and never here.

use std::fs::{self, DirBuilder, File, OpenOptions};
use std::io::{self, Write};
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
use std::path::{Path, PathBuf};

use serde::Serialize;
use serde::de::DeserializeOwned;
use thiserror::Error;
use toml_edit::{DocumentMut, Item, Table, TableLike, de, ser};

use crate::{ApiError, ErrorCode, Home};

/// The section of the window.
pub const WINDOW: &str = "window";
/// The section of the shortcut that works in every program.
pub const SHORTCUT: &str = "shortcut";

/// Says what is wrong with the file.
#[derive(Debug, Error)]
pub enum ConfigError {
    /// It is there, but cannot be read.
    #[error("{} cannot be read", .0.display())]
    Unreadable(PathBuf, #[source] io::Error),
    /// It is not TOML, or a preference in it has a value that there is not.
    #[error("{} is not understood: {problem}", path.display())]
    NotUnderstood {
        /// The file.
        path: PathBuf,
        /// What is wrong, and in which line where that is known.
        problem: String,
    },
    /// It cannot be written.
    #[error("{} cannot be written", .0.display())]
    Unwritable(PathBuf, #[source] io::Error),
}

impl From<&ConfigError> for ApiError {
    fn from(error: &ConfigError) -> Self {
        let said = |code| Self::new(code, error.to_string());
        match error {
            ConfigError::NotUnderstood { .. } => {
                said(ErrorCode::InvalidInput).hint("Correct the file, or move it away.")
            }
            ConfigError::Unreadable(_, source) | ConfigError::Unwritable(_, source) => {
                Self::new(ErrorCode::NotSaved, format!("{error}: {source}"))
                    .hint("Check its folder's owner and the disk.")
            }
        }
    }
}

/// The file of one vault's user.
#[derive(Debug, Clone)]
pub struct ConfigFile(PathBuf);

impl ConfigFile {
    /// The file among these folders; it may not be there.
    #[must_use]
    pub fn of(home: &Home) -> Self {
        Self(home.config.join("config.toml"))
    }

    /// Where it lies.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.0
    }

    /// Reads a section; what is not in it is as in `T::default()`, by `#[serde(default)]`.
    pub fn read<T: DeserializeOwned + Default>(&self, section: &str) -> Result<T, ConfigError> {
        let document = self.document()?;
        let Some(table) = document.get(section).and_then(Item::as_table) else {
            return Ok(T::default());
        };
        de::from_document(DocumentMut::from(table.clone()))
            .map_err(|error| self.not_understood(format!("[{section}] {}", error.message())))
    }

    /// Puts these values into a section. Everything else in the file stays as it is.
    pub fn write<T: Serialize>(&self, section: &str, values: &T) -> Result<(), ConfigError> {
        let unwritable = |error| ConfigError::Unwritable(self.0.clone(), error);
        // A link stays one, whoever keeps the file elsewhere.
        let path = self.0.canonicalize().unwrap_or_else(|_| self.0.clone());
        let folder = path.parent().unwrap_or(Path::new("/"));
        DirBuilder::new().recursive(true).mode(0o700).create(folder).map_err(unwritable)?;
        // Window and agent each keep a section: one of both at a time.
        let held = File::open(folder).map_err(unwritable)?;
        held.lock().map_err(unwritable)?;
        let mut document = self.document()?;
        let table = document.entry(section).or_insert_with(|| Item::Table(Table::new()));
        let Some(table) = table.as_table_mut() else {
            return Err(self.not_understood(format!("'{section}' is not a section")));
        };
        let values = ser::to_document(values)
            .map_err(|error| unwritable(io::Error::new(io::ErrorKind::InvalidInput, error)))?;
        put(table, values.as_table());
        replace(&path, document.to_string().as_bytes()).map_err(unwritable)
    }

    fn document(&self) -> Result<DocumentMut, ConfigError> {
        let text = match fs::read_to_string(&self.0) {
            Ok(text) => text,
            Err(error) if error.kind() == io::ErrorKind::NotFound => String::new(),
            Err(error) => return Err(ConfigError::Unreadable(self.0.clone(), error)),
        };
        text.parse().map_err(|error: toml_edit::TomlError| {
            let before = error.span().and_then(|span| text.get(..span.start)).unwrap_or_default();
            let line = before.lines().count().max(1);
            self.not_understood(format!("line {line}, {}", error.message()))
        })
    }

    fn not_understood(&self, problem: String) -> ConfigError {
        ConfigError::NotUnderstood { path: self.0.clone(), problem }
    }
}

/// Puts values into a table, each with the comments of the one that it takes the place of. A table among
/// them is taken as a whole: what it has no longer goes.
fn put(table: &mut dyn TableLike, values: &dyn TableLike) {
    for (key, value) in values.iter() {
        let old = table.get_mut(key);
        if let (Some(old), Some(new)) =
            (old.and_then(Item::as_table_like_mut), value.as_table_like())
        {
            let gone = old.iter().map(|(key, _)| key.to_owned());
            for key in gone.filter(|key| !new.contains_key(key)).collect::<Vec<_>>() {
                old.remove(&key);
            }
            put(old, new);
            continue;
        }
        match (table.get_mut(key).and_then(Item::as_value_mut), value.as_value()) {
            (Some(old), Some(new)) => {
                let decor = old.decor().clone();
                *old = new.clone();
                *old.decor_mut() = decor;
            }
            _ => drop(table.insert(key, value.clone())),
        }
    }
}

/// Whoever reads it finds the old one or the new one.
fn replace(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let beside = path.with_file_name(format!(".config.toml.{}", std::process::id()));
    let mut options = OpenOptions::new();
    let mut file = options.write(true).create(true).truncate(true).mode(0o600).open(&beside)?;
    let written = file.write_all(bytes).and_then(|()| file.sync_all());
    written.and_then(|()| fs::rename(&beside, path)).inspect_err(|_| drop(fs::remove_file(&beside)))
}

#[cfg(test)]
mod tests {
    use serde::Deserialize;

    use super::*;

    #[derive(Debug, Default, PartialEq, Serialize, Deserialize)]
    #[serde(default)]
    struct Sample {
        large: bool,
        size: u32,
    }

    fn file(text: &str) -> (tempfile::TempDir, ConfigFile) {
        let folder = tempfile::tempdir().unwrap();
        let home = Home::resolve(Some(folder.path().to_owned()), 1, |_| None).unwrap();
        if !text.is_empty() {
            fs::write(folder.path().join("config.toml"), text).unwrap();
        }
        (folder, ConfigFile::of(&home))
    }

    #[test]
    fn what_was_written_is_read_and_without_a_file_there_are_defaults() {
        let (_folder, file) = file("");
        assert_eq!(file.read::<Sample>(WINDOW).unwrap(), Sample::default());
        let sample = Sample { large: true, size: 3 };
        file.write(WINDOW, &sample).unwrap();
        assert_eq!(file.read::<Sample>(WINDOW).unwrap(), sample);
        assert_eq!(file.read::<Sample>(SHORTCUT).unwrap(), Sample::default());
    }

    #[test]
    fn comments_order_and_unknown_keys_stay() {
        let before =
            "# mine\n[other]\nx = 1\n\n[window]\nnew = \"y\" # later\nlarge = false # why\n";
        let (folder, file) = file(before);
        file.write(WINDOW, &Sample { large: true, size: 7 }).unwrap();
        let after = fs::read_to_string(folder.path().join("config.toml")).unwrap();
        assert_eq!(after, before.replace("false", "true") + "size = 7\n");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1, "nothing stays beside it");
    }

    #[test]
    fn a_file_that_is_not_understood_is_named_with_its_line_and_never_written_over() {
        let (folder, file) = file("[window]\nlarge = \n");
        let refused = file.write(WINDOW, &Sample::default()).unwrap_err();
        assert!(refused.to_string().contains("config.toml is not understood: line 2"), "{refused}");
        let kept = fs::read_to_string(folder.path().join("config.toml")).unwrap();
        assert_eq!(kept, "[window]\nlarge = \n");
    }

    #[test]
    fn a_value_that_there_is_not_is_told_with_its_section() {
        let (_folder, file) = file("[window]\nlarge = \"very\"\n");
        let refused = file.read::<Sample>(WINDOW).unwrap_err().to_string();
        assert!(refused.contains("[window]") && refused.contains("boolean"), "{refused}");
    }

    #[test]
    fn a_link_to_the_file_stays_a_link() {
        let (folder, file) = file("");
        let elsewhere = tempfile::tempdir().unwrap();
        let real = elsewhere.path().join("dotfiles.toml");
        fs::write(&real, "").unwrap();
        std::os::unix::fs::symlink(&real, folder.path().join("config.toml")).unwrap();
        file.write(WINDOW, &Sample { large: true, size: 1 }).unwrap();
        assert!(folder.path().join("config.toml").is_symlink());
        assert!(fs::read_to_string(&real).unwrap().contains("large = true"));
    }
}
