//! Changing a vault: a batch becomes one transaction, manifest included. The file comes first; memory
//! follows only when the file has it, so that a failure leaves the old state in both.

use std::collections::BTreeMap;

use keyturn_core::reminder::ReminderLog;
use keyturn_core::{Credential, CredentialId, EnvironmentName, RecordId, TokenSummary};
use keyturn_crypto::{RecordAddress, sha256};
use serde::Serialize;
use zeroize::Zeroizing;

use super::{State, Vault};
use crate::batch::Change;
use crate::catalog::{Catalog, Place};
use crate::codec::encode_json;
use crate::file::{Access, Row, VaultFile};
use crate::journal::{BEGINNING, Segment};
use crate::kept::encode_kept;
use crate::manifest::{Hashes, Manifest};
use crate::record::{RecordKind, encode_draft, encode_secrets, encode_token};
use crate::{
    Batch, JournalEntry, Observations, OpenError, ReadError, SaveError, SecretSlot, Settings,
};

impl Vault {
    /// Makes all changes of the batch at once. On any error but [`SaveError::Unconfirmed`] the old
    /// state stands, on disk and in memory.
    pub fn commit(&mut self, batch: Batch) -> Result<(), SaveError> {
        if self.is_quarantined() {
            return Err(SaveError::Quarantined);
        }
        if batch.is_empty() {
            return Ok(());
        }
        let mut draft = Draft::new(self);
        for change in batch.changes {
            draft.apply(change)?;
        }
        let prepared = draft.finish(self.generation() + 1)?;
        self.save(prepared)
    }

    /// Commits, closes the file, opens it again and compares what it holds for the credential, in every
    /// slot that the batch changes: the proof that a secret which its owner shows only once is safe.
    pub fn commit_and_read_back(
        &mut self,
        batch: Batch,
        id: CredentialId,
    ) -> Result<(), SaveError> {
        let expected = expected_secrets(&batch, id)?;
        self.commit(batch)?;
        self.reopen()?;
        for (slot, expected) in expected {
            let read = self.secrets_in(id, slot).ok().and_then(|secrets| encode_secrets(&secrets));
            if read.is_none_or(|read| read != expected) {
                return Err(SaveError::ReadBack(None));
            }
        }
        Ok(())
    }

    /// Accepts a file that was put back: from now on it is the newest.
    pub fn accept_older_file(&mut self) -> Result<(), SaveError> {
        let Some(anchor) = self.quarantined_by else {
            return Ok(());
        };
        let generation = anchor.generation.max(self.generation()).saturating_add(1);
        let prepared = Draft::new(self).finish(generation)?;
        self.save(prepared)?;
        self.quarantined_by = None;
        Ok(())
    }

    fn save(&mut self, prepared: Prepared) -> Result<(), SaveError> {
        let file = self.file.as_mut().ok_or(ReadError::Lost)?;
        if let Err(error) = file.write(prepared.rows.iter(), &prepared.sealed_manifest) {
            return Err(self.after_failure(prepared, error));
        }
        prepared.remember(&mut self.state);
        self.write_anchor();
        Ok(())
    }

    /// Finds out what a failed transaction left: SQLite rolls back, but a disk that fails at the very
    /// end may have kept the change.
    fn after_failure(&mut self, prepared: Prepared, error: rusqlite::Error) -> SaveError {
        let on_disk = self.file.as_ref().and_then(|file| file.manifest().ok());
        match on_disk.map(|sealed| sealed == prepared.sealed_manifest) {
            Some(false) => error.into(),
            Some(true) => {
                prepared.remember(&mut self.state);
                SaveError::Unconfirmed
            }
            None => {
                self.file = None;
                SaveError::Unconfirmed
            }
        }
    }

    /// Closes the file and opens it again; our own lock keeps others out in between.
    fn reopen(&mut self) -> Result<(), SaveError> {
        let lost = |error| SaveError::ReadBack(Some(Box::new(error)));
        let file = self.file.take().ok_or(ReadError::Lost)?;
        file.close().map_err(|error| lost(OpenError::from(error)))?;
        let file = VaultFile::open(&self.path, Access::Own).map_err(lost)?;
        let state = super::load::load(&file, &self.header, &self.key).map_err(lost)?;
        if state.manifest != self.state.manifest {
            return Err(SaveError::ReadBack(None));
        }
        self.file = Some(file);
        Ok(())
    }
}

/// The secrets that the batch leaves in each slot of the credential that it touches.
fn expected_secrets(
    batch: &Batch,
    id: CredentialId,
) -> Result<BTreeMap<SecretSlot, Zeroizing<Vec<u8>>>, SaveError> {
    let mut expected = BTreeMap::new();
    for change in &batch.changes {
        if let Change::PutSecrets(owner, slot, secrets) = change
            && *owner == id
        {
            expected.insert(*slot, encode_secrets(secrets).ok_or(SaveError::TooLarge)?);
        }
    }
    Ok(expected)
}

/// What memory holds once the file has it.
enum Memory {
    Credential(Box<Credential>),
    NoCredential(CredentialId),
    Token(CredentialId, TokenSummary),
    NoToken(CredentialId, EnvironmentName),
    NoTokens(CredentialId),
    Settings(Settings),
    Observations(Observations),
    Reminders(Box<ReminderLog>),
}

/// What goes with a credential, beside its tokens.
const OF_A_CREDENTIAL: [RecordKind; 5] = [
    RecordKind::KeptExchange,
    RecordKind::Exchanges,
    RecordKind::SavedRequests,
    RecordKind::Secrets,
    RecordKind::Metadata,
];

/// A batch on its way: the rows to write, the catalog as it will be.
struct Draft<'a> {
    vault: &'a Vault,
    catalog: Catalog,
    rows: BTreeMap<RecordId, Row>,
    memory: Vec<Memory>,
}

/// A batch ready to be written.
struct Prepared {
    rows: BTreeMap<RecordId, Row>,
    catalog: Catalog,
    hashes: Hashes,
    manifest: Manifest,
    sealed_manifest: Vec<u8>,
    memory: Vec<Memory>,
}

impl<'a> Draft<'a> {
    fn new(vault: &'a Vault) -> Self {
        let catalog = vault.state.catalog.clone();
        Self { vault, catalog, rows: BTreeMap::new(), memory: Vec::new() }
    }

    fn apply(&mut self, change: Change) -> Result<(), SaveError> {
        match change {
            Change::PutCredential(credential) => {
                self.put(Place::metadata(credential.id), &encode_json(&credential));
                self.memory.push(Memory::Credential(credential));
            }
            Change::PutSecrets(id, slot, secrets) => {
                self.require(id)?;
                if secrets.is_empty() {
                    self.remove(&Place::secrets(id, slot));
                } else {
                    let body = encode_secrets(&secrets).ok_or(SaveError::TooLarge)?;
                    self.put(Place::secrets(id, slot), &body);
                }
            }
            Change::PutToken(token) => {
                self.require(token.credential)?;
                let body = encode_token(&token).ok_or(SaveError::TooLarge)?;
                self.put(Place::token(token.credential, &token.environment), &body);
                self.memory.push(Memory::Token(token.credential, token.summary()));
            }
            Change::RemoveToken(id, environment) => {
                self.remove(&Place::token(id, &environment));
                self.memory.push(Memory::NoToken(id, environment));
            }
            Change::RemoveTokens(id) => self.remove_tokens(id),
            Change::PutKept(owner, kept) => {
                self.require(owner)?;
                let body = encode_kept(&kept).ok_or(SaveError::TooLarge)?;
                self.put(Place::kept(owner, kept.id), &body);
            }
            Change::RemoveKept(owner, id) => self.remove(&Place::kept(owner, id)),
            Change::PutExchanges(owner, list) => {
                self.put_list(Place::exchanges(owner), &list)?;
            }
            Change::PutSavedRequests(owner, list) => {
                self.put_list(Place::saved_requests(owner), &list)?;
            }
            Change::DeleteCredential(id) => {
                self.remove_tokens(id);
                for kind in OF_A_CREDENTIAL {
                    self.remove_all(kind, id);
                }
                self.memory.push(Memory::NoCredential(id));
            }
            Change::PutSettings(settings) => {
                self.put(Place::settings(), &encode_json(&settings));
                self.memory.push(Memory::Settings(settings));
            }
            Change::PutDraft(text) => {
                let body = encode_draft(&text).ok_or(SaveError::TooLarge)?;
                self.put(Place::draft(), &body);
            }
            Change::RemoveDraft => self.remove(&Place::draft()),
            Change::PutObservations(observations) => {
                self.put(Place::observations(), &encode_json(&observations));
                self.memory.push(Memory::Observations(observations));
            }
            Change::PutReminders(log) => {
                self.put(Place::reminders(), &encode_json(&log));
                self.memory.push(Memory::Reminders(log));
            }
            Change::AppendJournal(entries) => self.append(&entries)?,
        }
        Ok(())
    }

    fn require(&self, id: CredentialId) -> Result<(), SaveError> {
        self.catalog.get(&Place::metadata(id)).map(drop).ok_or(SaveError::NotFound)
    }

    fn put(&mut self, place: Place, body: &[u8]) {
        let kind = place.kind;
        let id = self.catalog.get_or_insert(place);
        self.seal(id, kind, body);
    }

    /// A list that is one record of its credential; an empty one is none.
    fn put_list<T: Serialize>(&mut self, place: Place, list: &[T]) -> Result<(), SaveError> {
        self.require(place.owner)?;
        if list.is_empty() {
            self.remove(&place);
        } else {
            self.put(place, &encode_json(&list));
        }
        Ok(())
    }

    fn seal(&mut self, record: RecordId, kind: RecordKind, body: &[u8]) {
        let address = RecordAddress { record, kind: kind as u16 };
        self.rows.insert(record, Row::Put(self.vault.key.seal_record(address, body)));
    }

    fn remove(&mut self, place: &Place) {
        if let Some(id) = self.catalog.remove(place) {
            self.rows.insert(id, Row::Delete);
        }
    }

    fn remove_all(&mut self, kind: RecordKind, owner: CredentialId) {
        for place in self.catalog.places_of(kind, owner) {
            self.remove(&place);
        }
    }

    fn remove_tokens(&mut self, id: CredentialId) {
        self.remove_all(RecordKind::Token, id);
        self.memory.push(Memory::NoTokens(id));
    }

    fn append(&mut self, entries: &[JournalEntry]) -> Result<(), SaveError> {
        let newest = self.catalog.journal().next_back();
        let (mut number, mut segment) = match newest {
            None => (0, Segment::after(BEGINNING)),
            Some((number, id)) => (number, self.newest_segment(id)?),
        };
        for entry in entries {
            if segment.is_full() {
                self.put(Place::journal(number), segment.body());
                number = number.checked_add(1).ok_or(SaveError::TooLarge)?;
                segment = Segment::after(segment.last());
            }
            segment.append(entry).ok_or(SaveError::TooLarge)?;
        }
        self.put(Place::journal(number), segment.body());
        Ok(())
    }

    /// The segment to go on with: from this batch, or else from the file.
    fn newest_segment(&self, id: RecordId) -> Result<Segment, SaveError> {
        let address = RecordAddress { record: id, kind: RecordKind::Journal as u16 };
        let tampered = |what| ReadError::Tampered { what };
        let body = match self.rows.get(&id) {
            Some(Row::Put(sealed)) => self
                .vault
                .key
                .open_record(address, sealed)
                .map_err(|_| tampered("a record does not open"))?,
            Some(Row::Delete) | None => self.vault.open_record(id, RecordKind::Journal)?,
        };
        let (segment, ..) =
            Segment::decode(&body).map_err(|_| tampered("the audit journal is malformed"))?;
        Ok(segment)
    }

    /// Writes the catalog if it changed, and the manifest of what the file will be.
    fn finish(mut self, generation: u64) -> Result<Prepared, SaveError> {
        let state = &self.vault.state;
        let catalog_id = state.manifest.catalog;
        if self.catalog != state.catalog {
            let body = self.catalog.encode().ok_or(SaveError::TooLarge)?;
            self.seal(catalog_id, RecordKind::Catalog, &body);
        }
        let mut hashes = state.hashes.clone();
        for (id, row) in &self.rows {
            match row {
                Row::Put(sealed) => hashes.insert(*id, sha256(&[sealed])),
                Row::Delete => hashes.remove(id),
            };
        }
        let manifest = Manifest::of(generation, &self.vault.header.bytes, &hashes, catalog_id);
        let sealed_manifest = self.vault.key.seal_manifest(&manifest.encode());
        let Self { catalog, rows, memory, .. } = self;
        Ok(Prepared { rows, catalog, hashes, manifest, sealed_manifest, memory })
    }
}

#[cfg(test)]
impl Vault {
    /// Writes a record as somebody would who has the vault's key, or takes one away.
    pub(super) fn forge(&mut self, place: Place, body: Option<&[u8]>) {
        let mut draft = Draft::new(self);
        match body {
            Some(body) => draft.put(place, body),
            None => draft.remove(&place),
        }
        let prepared = draft.finish(self.generation() + 1).expect("the record is small");
        self.save(prepared).expect("the record is written");
    }

    /// What all records hold that is not the catalog, decrypted.
    pub(super) fn bodies(&self) -> Vec<Vec<u8>> {
        let records = self.state.catalog.iter();
        let bodies = records.map(|(place, id)| self.open_record(id, place.kind));
        bodies.map(|body| body.expect("it opens").to_vec()).collect()
    }
}

impl Prepared {
    fn remember(self, state: &mut State) {
        state.manifest = self.manifest;
        state.hashes = self.hashes;
        state.catalog = self.catalog;
        for memory in self.memory {
            match memory {
                Memory::Credential(credential) => {
                    state.revision += 1;
                    state.credentials.insert(credential.id, *credential);
                }
                Memory::NoCredential(id) => {
                    state.revision += 1;
                    state.credentials.remove(&id);
                }
                Memory::Token(id, summary) => {
                    let tokens = state.tokens.entry(id).or_default();
                    tokens.insert(summary.environment.clone(), summary);
                }
                Memory::NoToken(id, environment) => {
                    if let Some(tokens) = state.tokens.get_mut(&id) {
                        tokens.remove(&environment);
                    }
                }
                Memory::NoTokens(id) => {
                    state.tokens.remove(&id);
                }
                Memory::Settings(settings) => {
                    state.revision += 1;
                    state.settings = settings;
                }
                Memory::Observations(observations) => state.observations = observations,
                Memory::Reminders(log) => state.reminders = *log,
            }
        }
    }
}
