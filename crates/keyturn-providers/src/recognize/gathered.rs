//! Values that are put together for one provider, until they are a suggestion or nothing.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use keyturn_core::{CredentialName, EnvironmentName, FieldName, SecretFields, SecretString};

use super::found::{PastedKind, Suggestion, Sure};
use super::placeholder::is_placeholder;
use crate::{FieldKind, Profile};

/// Values for the fields of one provider; none is there that its profile would refuse.
#[derive(Debug)]
pub(super) struct Gathered<'profile> {
    pub(super) profile: &'profile Profile,
    pub(super) environment: Option<EnvironmentName>,
    pub(super) name: Option<CredentialName>,
    pub(super) expires_at: Option<DateTime<Utc>>,
    values: BTreeMap<FieldName, SecretString>,
}

impl<'profile> Gathered<'profile> {
    pub(super) fn new(profile: &'profile Profile) -> Self {
        let values = BTreeMap::new();
        Self { profile, environment: None, name: None, expires_at: None, values }
    }

    /// Takes a value if it can be what its field says; the first one of a field stays.
    pub(super) fn put(&mut self, field: &FieldName, value: &str) -> bool {
        let value = value.trim();
        let fits = !is_placeholder(value) && self.profile.validate_value(field, value).is_ok();
        if fits && !self.values.contains_key(field) {
            self.values.insert(field.clone(), SecretString::new(value.to_owned()));
        }
        fits
    }

    pub(super) fn has(&self, field: &FieldName) -> bool {
        self.values.contains_key(field)
    }

    /// How many secrets there are.
    pub(super) fn secrets(&self) -> usize {
        self.profile.secret_fields().filter(|field| self.values.contains_key(&field.name)).count()
    }

    /// How many values there are.
    pub(super) fn len(&self) -> usize {
        self.values.len()
    }

    /// The suggestion.
    pub(super) fn suggestion(self, kind: PastedKind, sure: Sure, why: String) -> Suggestion {
        let Self { profile, environment, name, expires_at, values } = self;
        let environment = environment.or_else(|| test_environment(profile, &values));
        let mut open = BTreeMap::new();
        let mut secrets = SecretFields::new();
        for (field, value) in values {
            let is_open = profile.field(&field).is_some_and(|known| known.kind == FieldKind::Open);
            if is_open {
                open.insert(field, value.expose().clone());
            } else {
                secrets.insert(field, value);
            }
        }
        let there = |field: &FieldName| open.contains_key(field) || secrets.get(field).is_some();
        let first = || profile.environments.first().map(|first| first.name.clone());
        let named: Vec<_> = environment.clone().or_else(first).into_iter().collect();
        let missing = profile.missing_fields(&there, &named);
        Suggestion {
            provider: profile.id.clone(),
            kind,
            name,
            environment,
            open,
            secrets,
            missing,
            expires_at,
            why,
            sure,
        }
    }
}

/// The provider's environment for tests, where a value says that it is for tests alone.
fn test_environment(
    profile: &Profile,
    values: &BTreeMap<FieldName, SecretString>,
) -> Option<EnvironmentName> {
    let for_tests = values.iter().any(|(name, value)| profile.is_for_tests(name, value.expose()));
    let found = profile.environments.iter().find(|environment| environment.for_tests)?;
    for_tests.then(|| found.name.clone())
}
