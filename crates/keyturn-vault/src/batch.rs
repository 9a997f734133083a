//! A set of changes that becomes true at once or not at all.

use keyturn_core::reminder::ReminderLog;
use keyturn_core::{
    Credential, CredentialId, EnvironmentName, ExchangeId, SecretFields, SecretString, Token,
};
use keyturn_request::SavedRequest;

use crate::{JournalEntry, KeptExchange, NotedExchange, Observations, SecretSlot, Settings};

/// Changes in the order they apply; see [`crate::Vault::commit`].
#[derive(Debug, Default)]
pub struct Batch {
    pub(crate) changes: Vec<Change>,
}

/// One change.
#[derive(Debug)]
pub(crate) enum Change {
    PutCredential(Box<Credential>),
    PutSecrets(CredentialId, SecretSlot, SecretFields),
    PutToken(Box<Token>),
    RemoveToken(CredentialId, EnvironmentName),
    RemoveTokens(CredentialId),
    PutKept(CredentialId, Box<KeptExchange>),
    RemoveKept(CredentialId, ExchangeId),
    PutExchanges(CredentialId, Vec<NotedExchange>),
    PutSavedRequests(CredentialId, Vec<SavedRequest>),
    DeleteCredential(CredentialId),
    PutSettings(Settings),
    PutDraft(SecretString),
    RemoveDraft,
    PutObservations(Observations),
    PutReminders(Box<ReminderLog>),
    AppendJournal(Vec<JournalEntry>),
}

impl Batch {
    /// No changes.
    #[must_use]
    pub const fn new() -> Self {
        Self { changes: Vec::new() }
    }

    /// Whether it changes nothing.
    pub const fn is_empty(&self) -> bool {
        self.changes.is_empty()
    }

    /// Adds or replaces the metadata of a credential.
    pub fn put_credential(&mut self, credential: Credential) {
        self.changes.push(Change::PutCredential(Box::new(credential)));
    }

    /// Replaces all secrets of a credential that are in use.
    pub fn put_secrets(&mut self, id: CredentialId, secrets: SecretFields) {
        self.put_secrets_in(id, SecretSlot::Current, secrets);
    }

    /// Replaces all secrets in one slot of a credential; none empty it.
    pub fn put_secrets_in(&mut self, id: CredentialId, slot: SecretSlot, secrets: SecretFields) {
        self.changes.push(Change::PutSecrets(id, slot, secrets));
    }

    /// Adds or replaces the token of a credential in its environment.
    pub fn put_token(&mut self, token: Token) {
        self.changes.push(Change::PutToken(Box::new(token)));
    }

    /// Removes the token of a credential in one environment, if there is one.
    pub fn remove_token(&mut self, id: CredentialId, environment: EnvironmentName) {
        self.changes.push(Change::RemoveToken(id, environment));
    }

    /// Removes all tokens of a credential.
    pub fn remove_tokens(&mut self, id: CredentialId) {
        self.changes.push(Change::RemoveTokens(id));
    }

    /// Adds or replaces an exchange of a credential that is kept.
    pub fn put_kept(&mut self, id: CredentialId, kept: KeptExchange) {
        self.changes.push(Change::PutKept(id, Box::new(kept)));
    }

    /// Forgets a kept exchange of a credential, if there is such a one.
    pub fn remove_kept(&mut self, id: CredentialId, kept: ExchangeId) {
        self.changes.push(Change::RemoveKept(id, kept));
    }

    /// Replaces what is noted of a credential's exchanges, the oldest first; none remove the record.
    pub fn put_exchanges(&mut self, id: CredentialId, exchanges: Vec<NotedExchange>) {
        self.changes.push(Change::PutExchanges(id, exchanges));
    }

    /// Whether it says itself what is noted of a credential's exchanges, or deletes the credential.
    #[must_use]
    pub fn decides_exchanges_of(&self, id: CredentialId) -> bool {
        self.changes.iter().any(|change| match change {
            Change::PutExchanges(owner, _) | Change::DeleteCredential(owner) => *owner == id,
            _ => false,
        })
    }

    /// Replaces the requests that are saved with a credential; none remove the record.
    pub fn put_saved_requests(&mut self, id: CredentialId, saved: Vec<SavedRequest>) {
        self.changes.push(Change::PutSavedRequests(id, saved));
    }

    /// Deletes all records of a credential: metadata, the secrets of all slots, tokens, what is noted
    /// of its exchanges, those that are kept, and saved requests.
    pub fn delete_credential(&mut self, id: CredentialId) {
        self.changes.push(Change::DeleteCredential(id));
    }

    /// Replaces the settings.
    pub fn put_settings(&mut self, settings: Settings) {
        self.changes.push(Change::PutSettings(settings));
    }

    /// Replaces what the user is writing.
    pub fn put_draft(&mut self, text: SecretString) {
        self.changes.push(Change::PutDraft(text));
    }

    /// Forgets what the user was writing, if there is something.
    pub fn remove_draft(&mut self) {
        self.changes.push(Change::RemoveDraft);
    }

    /// Replaces what was seen of providers.
    pub fn put_observations(&mut self, observations: Observations) {
        self.changes.push(Change::PutObservations(observations));
    }

    /// Replaces what was told, snoozed and seen to of reminders.
    pub fn put_reminders(&mut self, log: ReminderLog) {
        self.changes.push(Change::PutReminders(Box::new(log)));
    }

    /// Appends to the audit journal.
    pub fn append_journal(&mut self, entries: Vec<JournalEntry>) {
        if !entries.is_empty() {
            self.changes.push(Change::AppendJournal(entries));
        }
    }
}
