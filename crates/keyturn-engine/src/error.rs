//! What can go wrong in a use case.

use std::sync::Arc;

use keyturn_core::{CredentialRef, EnvironmentName, ExchangeId, FieldName, ProviderId};
use keyturn_http::{EndpointError, ExchangeError, PolicyError, RevokeError, SendError};
use keyturn_providers::TemplateError;
use keyturn_vault::{CreateError, OpenError, ReadError, SaveError};
use thiserror::Error;

use crate::{
    AllowListError, CaptureError, ChecklistError, ConsumerError, ExplainError, FindError,
    PasteError, ProfileError, RotationError,
};

/// A use case that was not carried out.
#[derive(Debug, Error)]
pub enum EngineError {
    /// There is no vault.
    #[error("there is no vault yet")]
    VaultAbsent,
    /// The vault is locked.
    #[error("the vault is locked")]
    VaultLocked,
    /// The vault could not be made.
    #[error("the vault was not made: {0}")]
    Create(#[from] CreateError),
    /// This protection needs a passphrase.
    #[error("this protection needs a passphrase")]
    PassphraseNeeded,
    /// The vault could not be opened.
    #[error(transparent)]
    Open(#[from] OpenError),
    /// Something in the vault could not be read.
    #[error(transparent)]
    Read(#[from] ReadError),
    /// Something could not be saved; the old state stays.
    #[error(transparent)]
    Save(#[from] SaveError),
    /// The provider is not known.
    #[error("there is no provider called '{provider}'")]
    NoProvider {
        /// What was asked for.
        provider: ProviderId,
        /// What is known.
        known: Vec<String>,
        /// What was perhaps meant.
        nearest: Option<ProviderId>,
    },
    /// The credential is not known.
    #[error("there is no credential called '{reference}'")]
    NoCredential {
        /// What was asked for.
        reference: CredentialRef,
    },
    /// The provider's credentials have no such field.
    #[error("credentials of {provider} have no field called '{field}'")]
    NoField {
        /// The provider.
        provider: ProviderId,
        /// What was asked for.
        field: FieldName,
        /// What there is.
        known: Vec<String>,
    },
    /// A field exists, but its value is not stored.
    #[error("the value of {reference}/{field} is not stored")]
    ValueNotStored {
        /// The credential.
        reference: CredentialRef,
        /// The field.
        field: FieldName,
    },
    /// A credential has no field with a value.
    #[error("no value of {reference} is stored")]
    NothingStored {
        /// The credential.
        reference: CredentialRef,
    },
    /// The environment is not known.
    #[error("{provider} has no environment called '{environment}'")]
    NoEnvironment {
        /// The provider.
        provider: ProviderId,
        /// What was asked for.
        environment: EnvironmentName,
        /// What there is.
        known: Vec<String>,
    },
    /// No such exchange is kept.
    #[error("no exchange {id} of {reference} is kept")]
    NothingKept {
        /// The credential.
        reference: CredentialRef,
        /// What was asked for.
        id: ExchangeId,
    },
    /// No such exchange is in the history.
    #[error("no exchange {id} of {reference} is in the history")]
    NoExchange {
        /// The credential.
        reference: CredentialRef,
        /// What was asked for.
        id: ExchangeId,
    },
    /// The profile has no such sample.
    #[error("{provider} has no sample called '{sample}'")]
    NoSample {
        /// The provider.
        provider: ProviderId,
        /// What was asked for.
        sample: String,
        /// What there is.
        known: Vec<String>,
    },
    /// The provider has no such plan.
    #[error("{provider} has no plan called '{plan}'")]
    NoPlan {
        /// The provider.
        provider: ProviderId,
        /// What was asked for.
        plan: String,
        /// What there is.
        known: Vec<String>,
    },
    /// The provider's limits, or its own word, leave no room before a certain time.
    #[error("{what}; it may be sent again at {}", .retry_at.format("%Y-%m-%d %H:%M:%S UTC"))]
    NotYet {
        /// What is in the way.
        what: String,
        /// When there is room again, by our clock.
        retry_at: chrono::DateTime<chrono::Utc>,
    },
    /// The profile has no such recipe.
    #[error("{provider} has no recipe called '{recipe}'")]
    NoRecipe {
        /// The provider.
        provider: ProviderId,
        /// What was asked for.
        recipe: String,
        /// What there is.
        known: Vec<String>,
    },
    /// A credential of that name exists.
    #[error("there is a credential called '{reference}' already")]
    CredentialExists {
        /// Its name.
        reference: CredentialRef,
    },
    /// An edit would send stored secrets elsewhere, and nobody agreed to that.
    #[error("the stored secrets of {reference} would go to another host: {moves}")]
    GoesElsewhere {
        /// The credential.
        reference: CredentialRef,
        /// From where to where.
        moves: String,
    },
    /// An environment of that name exists.
    #[error("{provider} has an environment called '{environment}' already")]
    EnvironmentExists {
        /// The provider.
        provider: ProviderId,
        /// Its name.
        environment: EnvironmentName,
    },
    /// A secret came as an open field.
    #[error("'{field}' is a secret and never comes as an argument")]
    SecretGivenOpenly {
        /// The field.
        field: FieldName,
    },
    /// An open field came as a secret.
    #[error("'{field}' is not a secret")]
    OpenGivenSecretly {
        /// The field.
        field: FieldName,
    },
    /// A value does not look as the provider says.
    #[error("{field}: {problem}")]
    BadValue {
        /// The field.
        field: FieldName,
        /// What is wrong, without the value.
        problem: String,
        /// Where the right one is found.
        hint: Option<String>,
    },
    /// A credential would not be usable.
    #[error("a credential of {provider} needs {}", .fields.join(" and "))]
    MissingFields {
        /// The provider.
        provider: ProviderId,
        /// What is missing.
        fields: Vec<String>,
        /// Whether the first of them is a secret.
        secret: bool,
        /// Where the first of them is found.
        where_to_find: Option<String>,
    },
    /// A text is longer than any screen could show.
    #[error("the {what} is longer than 2,000 characters")]
    TextTooLong {
        /// Which text.
        what: &'static str,
    },
    /// What is being written is longer than any form of the window.
    #[error("a draft has at most 64 KiB")]
    DraftTooLong,
    /// A text that is shown openly has a secret in it. Neither is repeated.
    #[error("the {what} has the value of {field} in it, and is shown openly; nothing was changed")]
    SecretInText {
        /// Which text.
        what: &'static str,
        /// Whose value.
        field: FieldName,
    },
    /// Dates or rules make no sense.
    #[error(transparent)]
    Dates(#[from] crate::DateError),
    /// A credential buys no tokens that could be kept fresh.
    #[error("{reference} sends its key itself and has no token that could be kept fresh")]
    NoTokensToKeepFresh {
        /// The credential.
        reference: CredentialRef,
    },
    /// The provider shows its keys more than once.
    #[error("{}", not_once(provider, field.as_ref()))]
    NotRevealOnce {
        /// The provider.
        provider: ProviderId,
        /// The field, where one was named.
        field: Option<FieldName>,
    },
    /// What was given is not four characters long.
    #[error("the last four characters are four characters")]
    NotFourCharacters,
    /// Another key is stored already.
    #[error("another key is stored for {reference} already")]
    AlreadyCaptured {
        /// The credential.
        reference: CredentialRef,
    },
    /// A reveal-once key was not caught, marked or shown.
    #[error(transparent)]
    Capture(#[from] CaptureError),
    /// A whole credential cannot be handed out raw.
    #[error("{reference} has several fields")]
    WhichField {
        /// The credential.
        reference: CredentialRef,
        /// Its fields.
        known: Vec<String>,
    },
    /// The provider takes its key in the query alone.
    #[error("{provider} takes its key in the query, and no header carries it")]
    NoHeader {
        /// The provider.
        provider: ProviderId,
    },
    /// A token is asked for by `token`.
    #[error("the live token is no stored field")]
    TokenIsNoField,
    /// An address is not complete.
    #[error(transparent)]
    Address(EndpointError),
    /// What a credential's open fields are filled into is not complete.
    #[error(transparent)]
    Template(#[from] TemplateError),
    /// The credential's secrets are not bound to that environment.
    #[error("{reference} is not bound to the environment '{environment}'")]
    NotBound {
        /// The credential.
        reference: CredentialRef,
        /// What was asked for.
        environment: EnvironmentName,
        /// What it is bound to.
        bound: Vec<String>,
    },
    /// Clear text is never used with this provider.
    #[error("{provider} is never spoken to in clear text")]
    PlainHttpNever {
        /// The provider.
        provider: ProviderId,
    },
    /// Clear text needs a yes.
    #[error("the environment '{environment}' speaks clear text")]
    PlainHttpConsent {
        /// The environment.
        environment: EnvironmentName,
        /// What would be readable, by the profile.
        consent: Option<String>,
    },
    /// A request would create or change something.
    #[error("this request creates or changes something at {provider}")]
    CreatesSomething {
        /// The provider.
        provider: ProviderId,
    },
    /// A request has neither a path nor a sample.
    #[error("a request needs a path or a sample")]
    NoPath,
    /// A redirect is asked for that is not known, or no longer.
    #[error("this redirect is no longer known: they are kept until the vault locks, the newest 32")]
    NoLead,
    /// A rule forbids the request.
    #[error(transparent)]
    Policy(#[from] PolicyError),
    /// The exchange failed.
    #[error(transparent)]
    Exchange(#[from] ExchangeError),
    /// The request failed.
    #[error(transparent)]
    Send(#[from] SendError),
    /// The provider sold a token that has ended already.
    #[error("the provider sold a token that ended at {} already; it is not used", .ended_at.format("%Y-%m-%d %H:%M:%S UTC"))]
    BoughtEnded {
        /// When it ended, by our clock.
        ended_at: chrono::DateTime<chrono::Utc>,
    },
    /// An answer could not be explained.
    #[error(transparent)]
    Explain(#[from] ExplainError),
    /// A list of addresses was not shown or changed.
    #[error(transparent)]
    AllowList(#[from] AllowListError),
    /// A step of a rotation was not taken.
    #[error(transparent)]
    Rotation(#[from] RotationError),
    /// The trash was left as it is.
    #[error(transparent)]
    Trash(#[from] crate::TrashError),
    /// A request was not saved.
    #[error(transparent)]
    Saved(#[from] crate::SavedRequestError),
    /// An earlier version of a key was not put in use again.
    #[error(transparent)]
    History(#[from] crate::HistoryError),
    /// A setting cannot be like that.
    #[error(transparent)]
    Settings(#[from] keyturn_core::SecuritySettingsError),
    /// A checklist was not shown or ticked.
    #[error(transparent)]
    Checklist(#[from] ChecklistError),
    /// What is written down about consumers was not changed.
    #[error(transparent)]
    Consumer(#[from] ConsumerError),
    /// Nothing was looked for.
    #[error(transparent)]
    Find(#[from] FindError),
    /// What was pasted could not be used.
    #[error(transparent)]
    Paste(#[from] PasteError),
    /// A reminder was not answered, or how it is reminded not changed.
    #[error(transparent)]
    Remind(#[from] crate::RemindError),
    /// A profile of the user's own was not used, added or removed.
    #[error(transparent)]
    Profile(#[from] ProfileError),
    /// The provider has no request that revokes a token, as far as is known.
    #[error("nothing is known of how {provider} revokes tokens; nothing was changed")]
    NoRevocation {
        /// The provider.
        provider: ProviderId,
    },
    /// There is no token that could be revoked.
    #[error("no token of {reference} is stored")]
    NoTokenStored {
        /// The credential.
        reference: CredentialRef,
    },
    /// A token's end was not taken.
    #[error(transparent)]
    TokenEnd(#[from] crate::TokenEndError),
    /// A token was not revoked.
    #[error("not everything was revoked: {source}{}", also(revoked))]
    Revoke {
        /// What was revoked all the same.
        revoked: Vec<String>,
        /// Why the rest was not.
        #[source]
        source: RevokeError,
    },
    /// An exchange that others wait for, too, failed.
    #[error(transparent)]
    Shared(Arc<EngineError>),
    /// The token was removed while it was handed out.
    #[error("the credential changed while its token was being bought")]
    TokenVanished,
}

fn not_once(provider: &ProviderId, field: Option<&FieldName>) -> String {
    match field {
        Some(field) => format!("the {field} of {provider} is no key that is shown only once"),
        None => format!("{provider} has no key that is shown only once"),
    }
}

fn also(revoked: &[String]) -> String {
    match revoked {
        [] => "; the token is still stored".to_owned(),
        some => format!("; the {} was revoked", some.join(" and the ")),
    }
}
