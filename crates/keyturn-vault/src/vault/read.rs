//! Reading what is decrypted on each use: secrets, tokens, exchanges, saved
//! requests, the journal.

use keyturn_core::{
    CredentialId, EnvironmentName, ExchangeId, Fingerprint, RecordId, SecretFields, SecretString,
    Token,
};
use keyturn_crypto::{Plaintext, RecordAddress, sha256};
use keyturn_request::SavedRequest;
use serde::de::DeserializeOwned;

use super::Vault;
use crate::catalog::Place;
use crate::codec::{MalformedError, decode_json};
use crate::journal::{BEGINNING, Segment};
use crate::kept::decode_kept;
use crate::record::{RecordKind, decode_draft, decode_secrets, decode_token};
use crate::{JournalEntry, KeptExchange, NotedExchange, ReadError, SecretSlot};

impl Vault {
    /// Decrypts the secrets of a credential that are in use; none are stored for some.
    pub fn secrets(&self, id: CredentialId) -> Result<SecretFields, ReadError> {
        self.secrets_in(id, SecretSlot::Current)
    }

    /// Decrypts the secrets in one slot of a credential; none where it is empty.
    pub fn secrets_in(
        &self,
        id: CredentialId,
        slot: SecretSlot,
    ) -> Result<SecretFields, ReadError> {
        if self.credential(id).is_none() {
            return Err(ReadError::NotFound);
        }
        match self.body(&Place::secrets(id, slot))? {
            None => Ok(SecretFields::new()),
            Some(body) => decode_secrets(&body).map_err(malformed),
        }
    }

    /// What tells whether two secrets of this vault are equal, without telling anything else.
    #[must_use]
    pub fn fingerprint(&self, secret: &SecretString) -> Fingerprint {
        Fingerprint(self.key.fingerprint(secret.expose().as_bytes()))
    }

    /// Decrypts the token of a credential in an environment, if it has one.
    pub fn token(
        &self,
        id: CredentialId,
        environment: &EnvironmentName,
    ) -> Result<Option<Token>, ReadError> {
        let body = self.body(&Place::token(id, environment))?;
        body.map(|body| decode_token(&body).map_err(malformed)).transpose()
    }

    /// Decrypts what the user was writing, if there is something.
    pub fn draft(&self) -> Result<Option<SecretString>, ReadError> {
        let body = self.body(&Place::draft())?;
        body.map(|body| decode_draft(&body).map_err(malformed)).transpose()
    }

    /// Whether there is something that the user was writing.
    #[must_use]
    pub fn has_draft(&self) -> bool {
        self.state.catalog.get(&Place::draft()).is_some()
    }

    /// Which exchanges of a credential are kept, the oldest first.
    pub fn kept_of(&self, id: CredentialId) -> impl Iterator<Item = ExchangeId> {
        self.state.catalog.kept_of(id)
    }

    /// Decrypts a kept exchange of a credential, if there is such a one.
    pub fn kept(
        &self,
        owner: CredentialId,
        id: ExchangeId,
    ) -> Result<Option<KeptExchange>, ReadError> {
        let body = self.body(&Place::kept(owner, id))?;
        body.map(|body| decode_kept(&body).map_err(malformed)).transpose()
    }

    /// Decrypts what is noted of a credential's exchanges, the oldest first.
    pub fn exchanges(&self, owner: CredentialId) -> Result<Vec<NotedExchange>, ReadError> {
        self.list(&Place::exchanges(owner))
    }

    /// Decrypts the requests that are saved with a credential.
    pub fn saved_requests(&self, owner: CredentialId) -> Result<Vec<SavedRequest>, ReadError> {
        self.list(&Place::saved_requests(owner))
    }

    fn list<T: DeserializeOwned>(&self, place: &Place) -> Result<Vec<T>, ReadError> {
        let body = self.body(place)?;
        body.map_or(Ok(Vec::new()), |body| decode_json(&body).map_err(malformed))
    }

    /// Decrypts the whole audit journal, oldest entry first, and checks its chain.
    pub fn journal(&self) -> Result<Vec<JournalEntry>, ReadError> {
        let mut entries = Vec::new();
        let mut last = BEGINNING;
        for (_, id) in self.state.catalog.journal() {
            let body = self.open_record(id, RecordKind::Journal)?;
            let (segment, previous, more) = Segment::decode(&body).map_err(malformed)?;
            if previous != last {
                return Err(ReadError::Tampered { what: "the audit journal's chain is broken" });
            }
            last = segment.last();
            entries.extend(more);
        }
        Ok(entries)
    }

    fn body(&self, place: &Place) -> Result<Option<Plaintext>, ReadError> {
        let id = self.state.catalog.get(place);
        id.map(|id| self.open_record(id, place.kind)).transpose()
    }

    /// Reads a record; it has to be the very one that the vault was opened with or wrote since.
    pub(super) fn open_record(
        &self,
        id: RecordId,
        kind: RecordKind,
    ) -> Result<Plaintext, ReadError> {
        let file = self.file.as_ref().ok_or(ReadError::Lost)?;
        let missing = ReadError::Tampered { what: "a record is missing" };
        let sealed = file.record(id).map_err(ReadError::Database)?.ok_or(missing)?;
        if self.state.hashes.get(&id) != Some(&sha256(&[&sealed])) {
            return Err(ReadError::Tampered { what: "a record is not the one that was saved" });
        }
        self.key
            .open_record(RecordAddress { record: id, kind: kind as u16 }, &sealed)
            .map_err(|_| ReadError::Tampered { what: "a record does not open" })
    }
}

fn malformed(_: MalformedError) -> ReadError {
    ReadError::Tampered { what: "a record is malformed" }
}
