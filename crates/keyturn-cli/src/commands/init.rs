//! `keyturn init`.

use std::fs::{File, OpenOptions};
use std::io::{self, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};
use keyturn_core::SecretString;
use keyturn_protocol::calls::{InitVault, ProtectionMode};
use keyturn_protocol::{ApiError, ErrorCode, SecretOnWire};
use serde_json::json;

use crate::context::Context;
use crate::exit::Status;
use crate::failure::{Failure, usage};
use crate::input::{ask_line, passphrase};
use crate::output::words;

/// Make the vault
///
/// Shows the recovery key once, or writes it to a file that only you can read. Keep it away from
/// this machine: it opens the vault when the passphrase or the keyring is lost.
///
/// Example:
///     keyturn init
///     keyturn init --protect passphrase --passphrase-stdin --recovery-file recovery.txt < pass.txt
#[derive(Debug, Args)]
#[command(verbatim_doc_comment)]
pub(crate) struct Init {
    /// What opens the vault; without it, both where a keyring answers, else a passphrase
    #[arg(long, value_enum, value_name = "keyring|passphrase|both", hide_possible_values = true)]
    protect: Option<Protect>,

    /// Read the passphrase from stdin
    #[arg(long)]
    passphrase_stdin: bool,

    /// Write the recovery key to this new file instead of showing it
    #[arg(long, value_name = "FILE")]
    recovery_file: Option<PathBuf>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Protect {
    Keyring,
    Passphrase,
    Both,
}

impl Init {
    pub(crate) fn run(self, context: &Context) -> Result<Status, Failure> {
        if self.recovery_file.is_none() && !context.can_ask() {
            return Err(usage(
                "the recovery key has nowhere to go, since nobody sits at a terminal",
                "Name a new file for it with --recovery-file FILE.",
            )
            .into());
        }
        let mut agent = context.agent()?;
        let passphrase = match self.protect {
            Some(Protect::Keyring) if self.passphrase_stdin => {
                return Err(usage(
                    "--protect keyring has no passphrase",
                    "Leave --passphrase-stdin out, or choose --protect both.",
                )
                .into());
            }
            Some(Protect::Keyring) => None,
            _ => Some(SecretOnWire(passphrase::new(context, self.passphrase_stdin)?)),
        };
        // After the questions, so that nothing stays behind where they are not answered.
        let file = self.recovery_file.as_deref().map(RecoveryFile::create).transpose()?;
        let answer = agent.call(InitVault { protect: self.protect.map(Into::into), passphrase })?;
        let key = answer.recovery_key.0;
        match file {
            Some(file) => file.keep(&key)?,
            None => show_until_noted(&key)?,
        }
        if context.is_json() {
            context.output.json(&json!({
                "protect": answer.protect,
                "vault": context.home()?.vault(),
                "recovery_file": self.recovery_file,
            }))?;
        } else {
            let opens = words::protection(answer.protect);
            context.output.text(&format!("The vault is made and open. It opens with {opens}."))?;
            if let Some(file) = &self.recovery_file {
                let file = file.display();
                context.output.text(&format!(
                    "The recovery key is in {file}: move it away from this machine."
                ))?;
            }
        }
        Ok(Status::Done)
    }
}

impl From<Protect> for ProtectionMode {
    fn from(protect: Protect) -> Self {
        match protect {
            Protect::Keyring => Self::Keyring,
            Protect::Passphrase => Self::Passphrase,
            Protect::Both => Self::Both,
        }
    }
}

/// The file that will hold the recovery key: made before the vault, so that there is never a vault
/// whose key had nowhere to go, and removed when there is no vault after all.
struct RecoveryFile<'a> {
    path: &'a Path,
    file: File,
    kept: bool,
}

impl<'a> RecoveryFile<'a> {
    fn create(path: &'a Path) -> Result<Self, ApiError> {
        let file = OpenOptions::new().write(true).create_new(true).mode(0o600).open(path);
        let file = file.map_err(|error| match error.kind() {
            io::ErrorKind::AlreadyExists => ApiError::new(
                ErrorCode::AlreadyExists,
                format!(
                    "{} exists already, and the recovery key overwrites nothing",
                    path.display()
                ),
            )
            .hint("Name a new file with --recovery-file. No vault was made."),
            _ => ApiError::new(
                ErrorCode::NotSaved,
                format!("{} cannot be made: {error}", path.display()),
            )
            .hint("Name a file in a folder you can write to. No vault was made."),
        })?;
        Ok(Self { path, file, kept: false })
    }

    fn keep(mut self, key: &SecretString) -> Result<(), ApiError> {
        // From here on the vault exists: the file stays, whatever happens.
        self.kept = true;
        let lines = [key.expose().as_bytes(), b"\n"];
        let written = lines.iter().try_for_each(|line| self.file.write_all(line));
        written.and_then(|()| self.file.sync_all()).map_err(|error| {
            ApiError::new(
                ErrorCode::NotSaved,
                format!(
                    "the vault is made, but the recovery key could not be written to {}: {error}",
                    self.path.display()
                ),
            )
            .hint("Delete the new vault and begin again: without its recovery key it has no second way in.")
        })
    }
}

impl Drop for RecoveryFile<'_> {
    fn drop(&mut self) {
        if !self.kept {
            drop(std::fs::remove_file(self.path));
        }
    }
}

/// Shows the key on the terminal, past a redirected standard output, until its tail is typed back.
fn show_until_noted(key: &SecretString) -> Result<(), ApiError> {
    let tail: String = {
        let characters: Vec<char> = key.expose().chars().collect();
        characters.iter().skip(characters.len().saturating_sub(4)).collect()
    };
    let shown = writeln!(
        io::stderr(),
        "\nYour recovery key, shown this once:\n\n    {}\n\n\
         Write it down and keep it away from this machine.",
        key.expose()
    );
    shown.map_err(|error| {
        ApiError::new(ErrorCode::NotSaved, format!("the recovery key could not be shown: {error}"))
            .hint("Delete the new vault and begin again at a terminal.")
    })?;
    loop {
        let typed = ask_line("Type its last 4 characters: ").map_err(|_| unconfirmed())?;
        if typed.trim().eq_ignore_ascii_case(&tail) {
            return Ok(());
        }
        drop(writeln!(io::stderr(), "That is not how it ends. Look at it again."));
    }
}

fn unconfirmed() -> ApiError {
    ApiError::new(
        ErrorCode::ConfirmationNeeded,
        "the vault is made and open, but nobody confirmed that its recovery key was written down",
    )
    .hint("If you have it, go on as usual. If not, delete the new vault's file (`keyturn status` names it) and begin again: the key is not shown twice.")
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::PermissionsExt;

    use super::*;

    #[test]
    fn the_recovery_file_is_private_and_overwrites_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("key");
        let key = SecretString::new("kt1recovery".to_owned());
        RecoveryFile::create(&path).unwrap().keep(&key).unwrap();
        assert_eq!(std::fs::read_to_string(&path).unwrap(), "kt1recovery\n");
        assert_eq!(path.metadata().unwrap().permissions().mode() & 0o777, 0o600);
        let again = RecoveryFile::create(&path).err().unwrap();
        assert_eq!(again.code, ErrorCode::AlreadyExists);
    }

    #[test]
    fn an_empty_recovery_file_does_not_stay_behind() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("key");
        drop(RecoveryFile::create(&path).unwrap());
        assert!(!path.exists());
    }
}
