//! Checking the values of a credential's fields against its profile, and noting what is known of
//! them.

use std::collections::BTreeMap;

use keyturn_core::{
    Credential, EnvironmentName, Field, FieldName, FieldValue, RevealState, SecretFields,
    SecretString, last_four,
};
use keyturn_providers::{FieldKind, Method, Profile};

use crate::{CaptureError, EngineError};

/// The values that a user gives for a credential's fields.
#[derive(Debug, Default)]
pub(crate) struct GivenFields {
    pub(crate) open: BTreeMap<FieldName, String>,
    pub(crate) secrets: SecretFields,
}

impl GivenFields {
    /// Checks each value: the field exists, an open one is not a secret and the other way round, and
    /// the value looks as the provider says.
    pub(crate) fn check(&self, profile: &Profile) -> Result<(), EngineError> {
        for (name, value) in &self.open {
            if known(profile, name)?.is_secret() {
                return Err(EngineError::SecretGivenOpenly { field: name.clone() });
            }
            accepted(profile, name, value)?;
        }
        for (name, value) in self.secrets.iter() {
            if !known(profile, name)?.is_secret() {
                return Err(EngineError::OpenGivenSecretly { field: name.clone() });
            }
            accepted(profile, name, value.expose())?;
        }
        Ok(())
    }

    /// Refuses a reveal-once key that comes together with the word that it is not stored.
    pub(crate) fn check_unmarked(&self, profile: &Profile) -> Result<(), CaptureError> {
        let once = profile.shown_once();
        match self.secrets.iter().find(|(name, _)| once.contains(name)) {
            Some((name, _)) => Err(CaptureError::GivenAndMarked { field: name.clone() }),
            None => Ok(()),
        }
    }

    /// What the metadata knows of a field that was given.
    fn value(&self, profile: &Profile, name: &FieldName) -> Option<FieldValue> {
        if let Some(value) = self.open.get(name) {
            return Some(FieldValue::Open(value.clone()));
        }
        self.secrets.get(name).map(|secret| stored(profile, name, secret))
    }

    /// The fields in the order of the profile: what was given, else what is known already.
    pub(crate) fn merged(&self, profile: &Profile, known: &[Field]) -> Vec<Field> {
        let fields = profile.fields.iter().filter_map(|field| {
            let already = known.iter().find(|old| old.name == field.name);
            let value = self
                .value(profile, &field.name)
                .or_else(|| already.map(|old| old.value.clone()))?;
            Some(Field { name: field.name.clone(), value })
        });
        fields.collect()
    }
}

/// What the metadata knows of a stored secret.
pub(crate) fn stored(profile: &Profile, name: &FieldName, secret: &SecretString) -> FieldValue {
    let shows = profile
        .field(name)
        .is_some_and(|field| field.kind == FieldKind::Secret && field.show_last_four);
    FieldValue::Secret { last_four: if shows { last_four(secret.expose()) } else { None } }
}

fn known<'profile>(
    profile: &'profile Profile,
    name: &FieldName,
) -> Result<&'profile keyturn_providers::schema::field::Field, EngineError> {
    profile.field(name).ok_or_else(|| EngineError::NoField {
        provider: profile.id.clone(),
        field: name.clone(),
        known: profile.fields.iter().map(|field| field.name.to_string()).collect(),
    })
}

fn accepted(profile: &Profile, name: &FieldName, value: &str) -> Result<(), EngineError> {
    profile.validate_value(name, value).map_err(|problem| EngineError::BadValue {
        field: name.clone(),
        problem: problem.to_string(),
        hint: profile.field(name).and_then(|field| field.where_to_find.clone()),
    })
}

/// The field that a provider shows once, where it has one.
pub(crate) fn reveal_once_field(profile: &Profile) -> Option<&FieldName> {
    profile.shown_once().into_iter().next()
}

/// The reveal-once field that a secret goes into: the one that was named, or else the first of those
/// whose value is not stored.
pub(crate) fn captured_field<'profile>(
    profile: &'profile Profile,
    named: Option<&FieldName>,
    fields: &[Field],
) -> Result<&'profile FieldName, EngineError> {
    let all = profile.shown_once();
    let not_once = |field| EngineError::NotRevealOnce { provider: profile.id.clone(), field };
    let Some(first) = all.first() else { return Err(not_once(None)) };
    if let Some(named) = named {
        let field = known(profile, named)?;
        // Another method's key is shown once as well; a password that a person chose never is.
        let is_one = field.kind == FieldKind::Secret;
        return if is_one { Ok(&field.name) } else { Err(not_once(Some(named.clone()))) };
    }
    let stored =
        |name: &FieldName| fields.iter().any(|field| field.name == *name && !field.is_missing());
    Ok(all.iter().find(|name| !stored(name)).unwrap_or(first))
}

/// Where a credential's reveal-once secrets stand, by what is known of their fields; what is least
/// safe counts.
pub(crate) fn reveal_state(profile: &Profile, fields: &[Field]) -> RevealState {
    let states = profile.shown_once().into_iter().map(|name| {
        match fields.iter().find(|field| field.name == *name).map(|field| &field.value) {
            Some(FieldValue::Secret { .. } | FieldValue::Open(_)) => RevealState::Captured,
            Some(FieldValue::Missing { last_four: Some(_) }) => RevealState::LastFourOnly,
            Some(FieldValue::Missing { last_four: None }) => RevealState::Lost,
            None => RevealState::NotRevealed,
        }
    });
    let states: Vec<RevealState> = states.collect();
    let first_open = states.iter().find(|state| **state != RevealState::Captured);
    *first_open.or(states.first()).unwrap_or(&RevealState::NotApplicable)
}

/// Checks that a credential can be used: what every credential needs is there, what its environments
/// need, and all that one of the ways to authenticate needs. A key whose value is lost counts as
/// there: it is kept for its rotation. So does one that the provider has not shown yet, where the user
/// says so.
pub(crate) fn check_complete(
    profile: &Profile,
    fields: &[Field],
    environments: &[EnvironmentName],
    awaits_reveal: bool,
) -> Result<(), EngineError> {
    let awaited = if awaits_reveal { profile.shown_once() } else { Vec::new() };
    let there = |name: &FieldName| {
        awaited.contains(&name)
            || fields.iter().any(|field| {
                field.name == *name
                    && !matches!(&field.value, FieldValue::Open(text) if text.is_empty())
            })
    };
    let absent = profile.missing_fields(&there, environments);
    let Some(first) = absent.first().and_then(|name| profile.field(name)) else {
        return Ok(());
    };
    Err(EngineError::MissingFields {
        provider: profile.id.clone(),
        fields: absent.iter().map(ToString::to_string).collect(),
        secret: first.is_secret(),
        where_to_find: first.where_to_find.clone(),
    })
}

/// Refuses to keep tokens fresh where none are bought.
pub(crate) fn check_keeps_fresh(
    profile: &Profile,
    credential: &Credential,
) -> Result<(), EngineError> {
    if credential.keep_fresh && matches!(profile.method_for(credential), Method::Key(_)) {
        return Err(EngineError::NoTokensToKeepFresh { reference: credential.reference() });
    }
    Ok(())
}

/// Refuses owner and note texts that no screen could show.
pub(crate) fn check_text(what: &'static str, text: Option<&String>) -> Result<(), EngineError> {
    match text.map(|text| text.chars().count()) {
        Some(length) if length > 2_000 => Err(EngineError::TextTooLong { what }),
        _ => Ok(()),
    }
}

/// The version of a credential's secrets after a change: what was bought with the old values is dead. A
/// field that only says how tokens are revoked buys nothing.
pub(crate) fn bumped(profile: &Profile, credential: &Credential, given: &GivenFields) -> u32 {
    let buys = given.open.keys().any(|name| !profile.only_revokes(name));
    credential.secret_version + u32::from(!given.secrets.is_empty() || buys)
}
