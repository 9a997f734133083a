//! Values that come with names: to which providers they belong, by variables that profiles know, by
//! their looks, by a provider's host among them, and by what fields are called.

use std::collections::BTreeMap;
use std::fmt;

use keyturn_core::ProviderId;
use url::Url;
use zeroize::Zeroizing;

use super::found::{KnownProvider, PastedKind, Recognized, Suggestion, Sure};
use super::gathered::Gathered;
use super::shape::{Match, Shapes, likely};
use super::signs::Signs;
use super::{generic, is_generic, origin};
use crate::{Field, Profile};

/// A value with its name.
pub(super) struct Named {
    pub(super) name: String,
    pub(super) value: Zeroizing<String>,
}

impl fmt::Debug for Named {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        // A name of a line that is none may be a part of a value.
        formatter.write_str("Named(<redacted>)")
    }
}

/// The values of one credential.
struct Group<'profile> {
    gathered: Gathered<'profile>,
    sure: Sure,
    signs: Signs,
}

impl<'profile> Group<'profile> {
    /// No values yet, for names that have this in addition.
    fn new(profile: &'profile Profile, addition: &str) -> Self {
        let mut gathered = Gathered::new(profile);
        gathered.name = as_name(addition);
        Self { gathered, sure: Sure::Possible, signs: Signs::default() }
    }
}

/// The credentials that are being put together, by provider and by what their names have in addition.
type Groups<'profile> = BTreeMap<(ProviderId, String), Group<'profile>>;

/// Reads values with names.
pub(super) fn read(
    kind: PastedKind,
    members: &[Named],
    providers: &[KnownProvider<'_>],
    shapes: &Shapes<'_>,
) -> Recognized {
    let mut found = Recognized::of(kind);
    let mut used = vec![false; members.len()];
    let mut groups = Groups::new();
    for (one, used) in members.iter().zip(&mut used) {
        *used = by_variable(one, providers, &mut groups)
            || is_access_token(one, providers, &mut found.notes);
    }
    for (one, used) in members.iter().zip(&mut used).filter(|(_, used)| !**used) {
        let matches = shapes.matches(&one.value);
        *used = by_looks(one, &matches, &mut groups);
        if !*used {
            found.notes.extend(shapes.lookalikes(&one.value, &matches));
        }
    }
    by_host(members, providers, &mut groups);
    by_field_names(members, &mut used, &mut groups);
    for group in groups.into_values().filter(|group| group.gathered.secrets() > 0) {
        found.suggestions.push(suggestion(kind, group));
    }
    let bundles = generic::read(kind, members, &mut used, providers);
    let known = !found.suggestions.is_empty();
    if !known {
        found.suggestions = called_alike(kind, members, providers);
    }
    if !known && (!found.suggestions.is_empty() || bundles.len() == 1) {
        // All are readings of the same values.
        found.suggestions.extend(bundles.into_iter().flatten());
    } else {
        let best = bundles.into_iter().filter_map(|readings| readings.into_iter().next());
        found.suggestions.extend(best);
        found.separate = found.suggestions.len() > 1;
    }
    let open = members.iter().zip(&used).filter(|(one, used)| !**used && sounds_secret(&one.name));
    found.left_over = open.count();
    found
}

fn suggestion(kind: PastedKind, group: Group<'_>) -> Suggestion {
    let Group { gathered, sure, signs } = group;
    let name = &gathered.profile.name;
    let why = format!("It has {} of {name}.", signs.in_words());
    gathered.suggestion(kind, sure, why)
}

/// Takes a value whose name is a variable of a profile, perhaps with more before or behind it.
fn by_variable<'profile>(
    one: &Named,
    providers: &[KnownProvider<'profile>],
    groups: &mut Groups<'profile>,
) -> bool {
    let name = one.name.to_ascii_uppercase().replace(['-', '.'], "_");
    let known = providers.iter().filter(|known| !is_generic(known.profile));
    let fields = known
        .flat_map(|known| known.profile.fields.iter().map(move |field| (known.profile, field)));
    let named = fields.filter_map(|(profile, field)| {
        let variable = field.env_var.as_deref()?;
        Some((profile, field, variable, addition(&name, variable)?))
    });
    let Some((profile, field, variable, addition)) =
        named.max_by_key(|(_, _, variable, addition)| (variable.len(), addition.is_empty()))
    else {
        return false;
    };
    let key = (profile.id.clone(), addition.to_owned());
    let group = groups.entry(key).or_insert_with(|| Group::new(profile, addition));
    let taken = group.gathered.put(&field.name, &one.value);
    if taken {
        let sure = if addition.is_empty() { Sure::Certain } else { Sure::Likely };
        group.sure = group.sure.max(sure);
        group.signs.variables.push(variable.to_owned());
    }
    taken
}

/// What a name has beside the variable: `STAGING` of `STAGING_ACME_KEY`.
fn addition<'name>(name: &'name str, variable: &str) -> Option<&'name str> {
    if name == variable {
        return Some("");
    }
    let before = name.strip_suffix(variable).and_then(|rest| rest.strip_suffix('_'));
    before
        .or_else(|| name.strip_prefix(variable)?.strip_prefix('_'))
        .filter(|rest| !rest.is_empty())
}

/// What to call a credential after what its variables have in addition.
fn as_name(addition: &str) -> Option<keyturn_core::CredentialName> {
    addition.trim_matches('_').to_ascii_lowercase().replace('_', "-").parse().ok()
}

/// Whether a value is an access token, of which Keyturn gets its own.
fn is_access_token(one: &Named, providers: &[KnownProvider<'_>], notes: &mut Vec<String>) -> bool {
    let named = |known: &&KnownProvider<'_>| {
        known.profile.token_env_var.as_deref() == Some(one.name.as_str())
    };
    let Some(known) = providers.iter().find(named) else { return false };
    let name = &known.profile.name;
    notes.push(format!("The access token of {name} is left out: Keyturn gets each next one."));
    true
}

/// Takes a value that looks like that of one provider.
fn by_looks<'profile>(
    one: &Named,
    matches: &[Match<'profile>],
    groups: &mut Groups<'profile>,
) -> bool {
    let Some(looks) = likely(matches).next() else { return false };
    let (profile, field) = (looks.profile, looks.field);
    let mut key = (profile.id.clone(), String::new());
    if groups.get(&key).is_some_and(|group| group.gathered.has(&field.name)) {
        key.1 = one.name.to_ascii_lowercase();
    }
    let group = groups.entry(key).or_insert_with_key(|(_, addition)| Group::new(profile, addition));
    let taken = group.gathered.put(&field.name, &one.value);
    if taken {
        group.sure = group.sure.max(looks.sure);
        group.signs.looks.push(field.label.clone());
    }
    taken
}

/// Notes the providers whose hosts are among the values.
fn by_host<'profile>(
    members: &[Named],
    providers: &[KnownProvider<'profile>],
    groups: &mut Groups<'profile>,
) {
    for url in members.iter().filter_map(|one| address(&one.value)) {
        for known in providers {
            let place = origin::place(known, &url).filter(|place| place.literal);
            let Some(place) = place else { continue };
            let key = (known.profile.id.clone(), String::new());
            let group = groups
                .entry(key)
                .or_insert_with(|| Group { sure: Sure::Likely, ..Group::new(known.profile, "") });
            if group.gathered.environment.is_none() {
                group.gathered.environment = Some(place.environment);
                group.signs.host = true;
            }
        }
    }
}

/// An address among the values, with or without its scheme.
pub(super) fn address(value: &str) -> Option<Url> {
    if value.starts_with("https://") || value.starts_with("http://") {
        return Url::parse(value).ok();
    }
    let host_like = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-');
    let dotted = value.contains('.') && value.len() <= 253 && value.chars().all(host_like);
    if dotted { Url::parse(&format!("https://{value}")).ok() } else { None }
}

/// Fills the providers that are found already with values that are called like their fields.
fn by_field_names(members: &[Named], used: &mut [bool], groups: &mut Groups<'_>) {
    for ((_, addition), group) in groups.iter_mut() {
        if !addition.is_empty() {
            continue;
        }
        for (one, used) in members.iter().zip(&mut *used).filter(|(_, used)| !**used) {
            let profile = group.gathered.profile;
            let mut open = profile.fields.iter().filter(|field| !group.gathered.has(&field.name));
            let Some(field) = open.find(|field| is_called(&one.name, field)) else {
                continue;
            };
            let (name, label) = (field.name.clone(), field.label.clone());
            if group.gathered.put(&name, &one.value) {
                group.signs.called.push(label);
                *used = true;
            }
        }
    }
}

/// Providers of whose credentials all fields are there by their names alone.
fn called_alike(
    kind: PastedKind,
    members: &[Named],
    providers: &[KnownProvider<'_>],
) -> Vec<Suggestion> {
    let known = providers.iter().map(|known| known.profile).filter(|one| !is_generic(one));
    let alike = known.filter_map(|profile| {
        let mut gathered = Gathered::new(profile);
        for one in members {
            if let Some(field) = profile.fields.iter().find(|field| is_called(&one.name, field)) {
                gathered.put(&field.name, &one.value);
            }
        }
        // One value called "key" could be anybody's.
        if gathered.secrets() == 0 || gathered.len() < 2 {
            return None;
        }
        let why = format!("The values are called like the fields of {}.", profile.name);
        let suggestion = gathered.suggestion(kind, Sure::Possible, why);
        suggestion.missing.is_empty().then_some(suggestion)
    });
    alike.collect()
}

fn is_called(name: &str, field: &Field) -> bool {
    plain(name) == plain(field.name.as_str()) || plain(name) == plain(&field.label)
}

/// Letters and digits alone, in lower case: `clientId` and `CLIENT_ID` are one.
pub(super) fn plain(text: &str) -> String {
    text.chars().filter(char::is_ascii_alphanumeric).collect::<String>().to_ascii_lowercase()
}

/// Whether a value of this name is most likely a secret.
fn sounds_secret(name: &str) -> bool {
    let name = plain(name);
    ["key", "token", "secret", "password", "passwd", "pat"].iter().any(|end| name.ends_with(end))
}
