//! The SQLite file: how it is opened, what schema it must have, and the few statements it sees.
//!
//! The schema's text is compared before any table is read, and nothing in a file can make SQLite run
//! anything: no triggers, no views, no untrusted schema, defensive mode. The file is never opened
//! except through SQLite, and never through a link. What its bytes mean is not decided here.

use std::path::Path;

use keyturn_core::RecordId;
use keyturn_crypto::FORMAT;
use rusqlite::backup::{Backup, StepResult};
use rusqlite::config::DbConfig;
use rusqlite::{Connection, OpenFlags, Transaction, TransactionBehavior, params};

use crate::OpenError;
use crate::error::FileFailure;
use crate::files;

/// "KTVT", at offset 68 of the file.
const APPLICATION_ID: i32 = 0x4B54_5654;

/// Names and texts of all tables, in the order of their names.
const SCHEMA: [(&str, &str); 3] = [
    ("hdr", "CREATE TABLE hdr (id INTEGER PRIMARY KEY CHECK (id = 1), bytes BLOB NOT NULL) STRICT"),
    ("man", "CREATE TABLE man (id INTEGER PRIMARY KEY CHECK (id = 1), box BLOB NOT NULL) STRICT"),
    (
        "rec",
        "CREATE TABLE rec (id BLOB PRIMARY KEY NOT NULL CHECK (length(id) = 16), box BLOB NOT NULL) STRICT, WITHOUT ROWID",
    ),
];

/// What a file is opened for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Access {
    /// To look at it beside its owner.
    Look,
    /// To own it: nobody else may even read.
    Own,
}

/// What a transaction does to one record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Row {
    Put(Vec<u8>),
    Delete,
}

/// An open vault file.
#[derive(Debug)]
pub(crate) struct VaultFile(Connection);

impl VaultFile {
    /// Makes the tables of a new vault in an empty file that exists already, so that its mode is ours.
    pub(crate) fn create(
        path: &Path,
        header: &[u8],
        manifest: &[u8],
        records: &[(RecordId, Vec<u8>)],
    ) -> Result<(), rusqlite::Error> {
        let mut connection = connect(path, Access::Own)?;
        connection.pragma_update(None, "application_id", APPLICATION_ID)?;
        connection.pragma_update(None, "user_version", FORMAT)?;
        let transaction = connection.transaction_with_behavior(TransactionBehavior::Exclusive)?;
        for (_, sql) in SCHEMA {
            transaction.execute(sql, [])?;
        }
        transaction.execute("INSERT INTO hdr (id, bytes) VALUES (1, ?1)", [header])?;
        transaction.execute("INSERT INTO man (id, box) VALUES (1, ?1)", [manifest])?;
        for (id, sealed) in records {
            put(&transaction, *id, sealed)?;
        }
        transaction.commit()?;
        connection.close().map_err(|(_, error)| error)
    }

    /// Opens an existing file whose path was resolved by [`resolve`], and checks that it is a vault of
    /// a format that this build reads. Nothing is written.
    pub(crate) fn open(path: &Path, access: Access) -> Result<Self, OpenError> {
        let open = |access| Self(connect(path, access)?).checked(access);
        match open(access) {
            // A process died while it saved. Only a writer may bring back the last whole state.
            Err(OpenError::Database(error)) if access == Access::Look && is_unfinished(&error) => {
                open(Access::Own)
            }
            other => other,
        }
    }

    fn checked(self, access: Access) -> Result<Self, OpenError> {
        let application: i64 = self.pragma("application_id")?;
        if application != i64::from(APPLICATION_ID) {
            return Err(OpenError::Damaged { what: "it is no vault file" });
        }
        let minimum_reader: i64 = self.pragma("user_version")?;
        if minimum_reader > i64::from(FORMAT) {
            let format = u16::try_from(minimum_reader).unwrap_or(u16::MAX);
            return Err(OpenError::Newer { format });
        }
        let mode: String = self.pragma("journal_mode")?;
        if minimum_reader < 1 || mode != "delete" || !self.has_our_schema()? {
            return Err(OpenError::Damaged { what: "its tables are not a vault's" });
        }
        if access == Access::Own {
            // In exclusive locking mode the lock stays until the connection closes.
            self.0.execute_batch("BEGIN EXCLUSIVE; COMMIT")?;
        }
        Ok(self)
    }

    fn pragma<T: rusqlite::types::FromSql>(&self, name: &str) -> Result<T, rusqlite::Error> {
        self.0.pragma_query_value(None, name, |row| row.get(0))
    }

    fn has_our_schema(&self) -> Result<bool, rusqlite::Error> {
        let mut statement =
            self.0.prepare("SELECT type, name, tbl_name, sql FROM sqlite_schema ORDER BY name")?;
        let mut rows = statement.query([])?;
        for (name, sql) in SCHEMA {
            let Some(row) = rows.next()? else {
                return Ok(false);
            };
            let same = row.get_ref(0)?.as_str().ok() == Some("table")
                && row.get_ref(1)?.as_str().ok() == Some(name)
                && row.get_ref(2)?.as_str().ok() == Some(name)
                && row.get_ref(3)?.as_str().ok() == Some(sql);
            if !same {
                return Ok(false);
            }
        }
        Ok(rows.next()?.is_none())
    }

    /// The header's bytes.
    pub(crate) fn header(&self) -> Result<Vec<u8>, OpenError> {
        self.only_row("SELECT bytes FROM hdr")
    }

    /// The manifest's box.
    pub(crate) fn manifest(&self) -> Result<Vec<u8>, OpenError> {
        self.only_row("SELECT box FROM man")
    }

    fn only_row(&self, sql: &str) -> Result<Vec<u8>, OpenError> {
        let mut statement = self.0.prepare(sql)?;
        let mut rows = statement.query([])?;
        let missing = OpenError::Damaged { what: "it has no header or no manifest" };
        let bytes = rows.next()?.ok_or(missing)?.get(0)?;
        match rows.next()? {
            None => Ok(bytes),
            Some(_) => Err(OpenError::Damaged { what: "it has a second header or manifest" }),
        }
    }

    /// All records in the order of their ids.
    pub(crate) fn records(&self) -> Result<Vec<(RecordId, Vec<u8>)>, OpenError> {
        let mut statement = self.0.prepare("SELECT id, box FROM rec ORDER BY id")?;
        let mut rows = statement.query([])?;
        let mut records = Vec::new();
        while let Some(row) = rows.next()? {
            let id: [u8; 16] = row.get(0)?;
            records.push((RecordId::from_bytes(id), row.get(1)?));
        }
        Ok(records)
    }

    /// One record.
    pub(crate) fn record(&self, id: RecordId) -> Result<Option<Vec<u8>>, rusqlite::Error> {
        let mut statement = self.0.prepare_cached("SELECT box FROM rec WHERE id = ?1")?;
        let mut rows = statement.query([id.as_bytes()])?;
        rows.next()?.map(|row| row.get(0)).transpose()
    }

    /// Changes records and manifest at once.
    pub(crate) fn write<'a>(
        &mut self,
        rows: impl Iterator<Item = (&'a RecordId, &'a Row)>,
        manifest: &[u8],
    ) -> Result<(), rusqlite::Error> {
        let transaction = self.0.transaction_with_behavior(TransactionBehavior::Exclusive)?;
        for (id, row) in rows {
            match row {
                Row::Put(sealed) => put(&transaction, *id, sealed)?,
                Row::Delete => {
                    transaction
                        .prepare_cached("DELETE FROM rec WHERE id = ?1")?
                        .execute([id.as_bytes()])?;
                }
            }
        }
        transaction.prepare_cached("UPDATE man SET box = ?1 WHERE id = 1")?.execute([manifest])?;
        transaction.commit()
    }

    /// Copies everything into an empty file that exists already.
    pub(crate) fn copy_to(&self, path: &Path) -> Result<(), rusqlite::Error> {
        let mut copy = connect(path, Access::Own)?;
        let all_pages = -1;
        let copied = Backup::new(&self.0, &mut copy)?.step(all_pages)?;
        if copied != StepResult::Done {
            let busy = rusqlite::ffi::Error::new(rusqlite::ffi::SQLITE_BUSY);
            return Err(rusqlite::Error::SqliteFailure(busy, None));
        }
        copy.close().map_err(|(_, error)| error)
    }

    /// Closes the file, so that the next open reads from the disk and not from a cache.
    pub(crate) fn close(self) -> Result<(), rusqlite::Error> {
        self.0.close().map_err(|(_, error)| error)
    }

    /// Lets the file grow to so many pages only, as a full disk would.
    #[cfg(test)]
    pub(crate) fn limit_pages(&self, pages: i64) {
        self.0.pragma_query(None, "page_count", |_| Ok(())).unwrap();
        let limit: i64 = if pages == 0 { self.pragma("page_count").unwrap() } else { pages };
        self.0.pragma_update(None, "max_page_count", limit).unwrap();
    }
}

/// The path with its folder resolved: SQLite refuses links in all parts of a path, and a link as the
/// vault itself stays refused. [`OpenError::Absent`] where nothing lies.
pub(crate) fn resolve(path: &Path) -> Result<std::path::PathBuf, OpenError> {
    let absent = || OpenError::Absent { path: path.to_owned() };
    let name = path.file_name().ok_or_else(absent)?;
    let folder = match std::fs::canonicalize(files::folder_of(path)) {
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Err(absent()),
        folder => folder.map_err(FileFailure::io("resolve", path))?,
    };
    let resolved = folder.join(name);
    match std::fs::symlink_metadata(&resolved) {
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Err(absent()),
        Err(error) => Err(FileFailure::io("look at", &resolved)(error).into()),
        Ok(metadata) if metadata.is_file() => Ok(resolved),
        Ok(_) => Err(OpenError::Damaged { what: "it is not a plain file" }),
    }
}

fn connect(path: &Path, access: Access) -> Result<Connection, rusqlite::Error> {
    let mode = match access {
        Access::Look => OpenFlags::SQLITE_OPEN_READ_ONLY,
        Access::Own => OpenFlags::SQLITE_OPEN_READ_WRITE,
    };
    let flags = mode | OpenFlags::SQLITE_OPEN_NOFOLLOW | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(path, flags)?;
    for (config, on) in [
        (DbConfig::SQLITE_DBCONFIG_DEFENSIVE, true),
        (DbConfig::SQLITE_DBCONFIG_TRUSTED_SCHEMA, false),
        (DbConfig::SQLITE_DBCONFIG_ENABLE_TRIGGER, false),
        (DbConfig::SQLITE_DBCONFIG_ENABLE_VIEW, false),
        (DbConfig::SQLITE_DBCONFIG_DQS_DDL, false),
        (DbConfig::SQLITE_DBCONFIG_DQS_DML, false),
    ] {
        connection.set_db_config(config, on)?;
    }
    connection.busy_timeout(std::time::Duration::ZERO)?;
    if access == Access::Own {
        connection.pragma_update(None, "locking_mode", "EXCLUSIVE")?;
    }
    connection.pragma_update(None, "synchronous", "EXTRA")?;
    // Counts on macOS only, where a plain fsync leaves the data in the drive's cache.
    connection.pragma_update(None, "fullfsync", "ON")?;
    connection.pragma_update(None, "secure_delete", "ON")?;
    connection.pragma_update(None, "cell_size_check", "ON")?;
    connection.pragma_update(None, "mmap_size", 0)?;
    connection.pragma_update(None, "temp_store", "MEMORY")?;
    Ok(connection)
}

fn put(transaction: &Transaction<'_>, id: RecordId, sealed: &[u8]) -> Result<(), rusqlite::Error> {
    let sql = "INSERT INTO rec (id, box) VALUES (?1, ?2) ON CONFLICT (id) DO UPDATE SET box = ?2";
    transaction.prepare_cached(sql)?.execute(params![id.as_bytes(), sealed]).map(drop)
}

/// Whether a reader met a journal that only a writer can roll back.
fn is_unfinished(error: &rusqlite::Error) -> bool {
    use rusqlite::ffi;
    error.sqlite_error().is_some_and(|error| {
        matches!(error.extended_code, ffi::SQLITE_READONLY_ROLLBACK | ffi::SQLITE_READONLY_RECOVERY)
    })
}
