//! What is said of a pasted text.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::fmt;

use chrono::{DateTime, Utc};
use keyturn_core::{
    CredentialName, EnvironmentName, FieldName, ProviderId, SecretFields, TargetRef,
};

use super::{MOST_CREDENTIALS, MOST_SUGGESTIONS};
use crate::Profile;

/// A provider that a text is compared with.
#[derive(Debug)]
pub struct KnownProvider<'profile> {
    /// Its profile.
    pub profile: &'profile Profile,
    /// The hosts that the user added to it.
    pub own_hosts: Vec<OwnHost>,
}

/// A host that the user added to a provider.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OwnHost {
    /// The environment's name.
    pub environment: EnvironmentName,
    /// Scheme, host and port.
    pub base_url: String,
}

/// What a pasted text is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PastedKind {
    /// One value.
    Key,
    /// Variables with their values, as in a `.env` file.
    Variables,
    /// A cURL command.
    Command,
    /// Headers of a request.
    Header,
    /// A JSON object.
    Json,
    /// A JSON Web Token.
    Jwt,
    /// A reference to something that is stored here.
    Reference,
    /// Nothing that is known.
    Unknown,
}

/// How sure a suggestion is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Sure {
    /// Nothing speaks against it.
    Possible,
    /// Something of it is the provider's own.
    Likely,
    /// It says so itself: a host, a variable's name, a long prefix.
    Certain,
}

/// A credential that the values of a text could be.
pub struct Suggestion {
    /// The provider.
    pub provider: ProviderId,
    /// What it was taken out of.
    pub kind: PastedKind,
    /// What the text calls it.
    pub name: Option<CredentialName>,
    /// The environment that the text names.
    pub environment: Option<EnvironmentName>,
    /// The open fields.
    pub open: BTreeMap<FieldName, String>,
    /// The secret fields.
    pub secrets: SecretFields,
    /// What a credential needs beside that.
    pub missing: Vec<FieldName>,
    /// When the secret ends, where it says so itself.
    pub expires_at: Option<DateTime<Utc>>,
    /// Why it is suggested.
    pub why: String,
    /// How sure that is.
    pub sure: Sure,
}

/// What was found in a text.
#[derive(Debug)]
pub struct Recognized {
    /// What it is.
    pub kind: PastedKind,
    /// The suggestions, the best first.
    pub suggestions: Vec<Suggestion>,
    /// Whether they are different credentials; otherwise they are readings of the same values.
    pub separate: bool,
    /// What the text refers to.
    pub reference: Option<TargetRef>,
    /// What a JWT says of itself.
    pub jwt: Option<JwtFacts>,
    /// What the user should know, without any value.
    pub notes: Vec<String>,
    /// How many values look like secrets and belong to no suggestion.
    pub left_over: usize,
}

/// What a JWT says of itself. Nobody verified it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct JwtFacts {
    /// How it is signed.
    pub algorithm: Option<String>,
    /// Who made it.
    pub issuer: Option<String>,
    /// When.
    pub issued_at: Option<DateTime<Utc>>,
    /// When it ends.
    pub expires_at: Option<DateTime<Utc>>,
}

impl Recognized {
    /// A text of this kind of which nothing is known yet.
    pub(super) fn of(kind: PastedKind) -> Self {
        Self {
            kind,
            suggestions: Vec::new(),
            separate: false,
            reference: None,
            jwt: None,
            notes: Vec::new(),
            left_over: 0,
        }
    }

    /// Puts the best suggestions first and leaves out what nobody would read.
    pub(super) fn tidy(&mut self) {
        // A stable sort: the profiles' own order stays among equals.
        self.suggestions.sort_by_key(|one| {
            let fields = one.secrets.len() + one.open.len();
            (Reverse(one.sure), one.missing.len(), Reverse(one.secrets.len()), Reverse(fields))
        });
        let most = if self.separate { MOST_CREDENTIALS } else { MOST_SUGGESTIONS };
        if self.separate && self.suggestions.len() > most {
            let rest = self.suggestions.len() - most;
            self.notes.push(format!("{rest} more credentials are in it: paste the rest again."));
        }
        self.suggestions.truncate(most);
        self.notes.dedup();
    }
}

impl fmt::Debug for Suggestion {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        // An open field may hold a secret where the guess is wrong.
        formatter
            .debug_struct("Suggestion")
            .field("provider", &self.provider)
            .field("kind", &self.kind)
            .field("environment", &self.environment)
            .field("open", &self.open.keys().collect::<Vec<_>>())
            .field("secrets", &self.secrets)
            .field("missing", &self.missing)
            .field("why", &self.why)
            .field("sure", &self.sure)
            .finish_non_exhaustive()
    }
}
