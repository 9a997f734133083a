//! Values with names that no profile knows, `ACME_CLIENT_SECRET`: as a client of OAuth 2.0, a key or a
//! user with a password, whose host the user says.

use std::collections::BTreeMap;

use keyturn_core::{CredentialName, FieldName};
use zeroize::Zeroizing;

use super::found::{KnownProvider, PastedKind, Suggestion, Sure};
use super::gathered::Gathered;
use super::is_generic;
use super::named::{Named, address, plain};
use crate::Profile;

/// How names end, and the fields that this means; longer ends first.
const ENDS: [(&str, &[&str]); 27] = [
    ("clientsecret", &["client_secret"]),
    ("clientid", &["client_id"]),
    ("refreshtoken", &["refresh_token"]),
    ("tokenendpoint", &["token_host"]),
    ("tokenurl", &["token_host"]),
    ("tokenuri", &["token_host"]),
    ("bearertoken", &["bearer_token"]),
    ("accesstoken", &["bearer_token"]),
    ("authtoken", &["bearer_token", "api_key"]),
    ("apitoken", &["bearer_token", "api_key"]),
    ("apikey", &["api_key", "bearer_token"]),
    ("apisecret", &["api_key", "bearer_token"]),
    ("secretkey", &["api_key", "bearer_token"]),
    ("accesskey", &["api_key", "bearer_token"]),
    ("token", &["bearer_token", "api_key"]),
    ("secret", &["api_key", "bearer_token"]),
    ("username", &["username"]),
    ("password", &["password"]),
    ("passwd", &["password"]),
    ("baseurl", &["host"]),
    ("apiurl", &["host"]),
    ("endpoint", &["host"]),
    ("audience", &["audience"]),
    ("scopes", &["scope"]),
    ("scope", &["scope"]),
    ("host", &["host"]),
    ("key", &["api_key", "bearer_token"]),
];

/// What databases and mail servers are called: their passwords are no credentials of an API.
const OTHERS: [&str; 12] = [
    "db", "database", "postgres", "pg", "pgsql", "mysql", "mariadb", "mongo", "redis", "smtp",
    "mail", "amqp",
];

/// A value by the end of its name.
struct Ended<'members> {
    value: &'members str,
    /// The fields that it could be.
    fields: &'static [&'static str],
    /// Whether it is taken.
    used: &'members mut bool,
}

/// The readings of each set of values whose names begin alike, the best first.
pub(super) fn read(
    kind: PastedKind,
    members: &[Named],
    used: &mut [bool],
    providers: &[KnownProvider<'_>],
) -> Vec<Vec<Suggestion>> {
    let mut bundles: BTreeMap<String, Vec<Ended<'_>>> = BTreeMap::new();
    for (one, used) in members.iter().zip(used).filter(|(_, used)| !**used) {
        if let Some((begin, fields)) = taken_apart(&one.name) {
            bundles.entry(begin).or_default().push(Ended { value: &one.value, fields, used });
        }
    }
    let mut found = Vec::new();
    for (begin, bundle) in bundles {
        if OTHERS.iter().any(|other| begin.ends_with(other)) {
            continue;
        }
        let generic = providers.iter().map(|known| known.profile).filter(|one| is_generic(one));
        let mut readings: Vec<Suggestion> =
            generic.filter_map(|profile| reading(kind, &begin, &bundle, profile)).collect();
        readings.sort_by_key(|one| std::cmp::Reverse(one.open.len() + one.secrets.len()));
        if !readings.is_empty() {
            for one in bundle {
                *one.used = true;
            }
            found.push(readings);
        }
    }
    found
}

/// The values as a credential of one generic provider; nothing where more than its host is missing.
fn reading(
    kind: PastedKind,
    begin: &str,
    bundle: &[Ended<'_>],
    profile: &Profile,
) -> Option<Suggestion> {
    let mut gathered = Gathered::new(profile);
    gathered.name = begin.parse::<CredentialName>().ok();
    for one in bundle {
        for name in one.fields {
            put(&mut gathered, name, one.value);
        }
    }
    if gathered.secrets() == 0 {
        return None;
    }
    let why = "Their names tell what they are, but not whose: you say which host they are for.";
    let suggestion = gathered.suggestion(kind, Sure::Possible, why.to_owned());
    let only_hosts = suggestion.missing.iter().all(|missing| {
        profile.field(missing).is_some_and(|field| !field.for_environments.is_empty())
    });
    only_hosts.then_some(suggestion)
}

fn put(gathered: &mut Gathered<'_>, name: &str, value: &str) {
    let Ok(field) = name.parse::<FieldName>() else { return };
    if gathered.profile.field(&field).is_none() {
        return;
    }
    if !matches!(name, "host" | "token_host") {
        gathered.put(&field, value);
        return;
    }
    let Some(url) = address(value) else { return };
    let Some(host) = url.host_str().map(|host| Zeroizing::new(host.to_owned())) else { return };
    gathered.put(&field, &host);
    let path: Option<FieldName> = "token_path".parse().ok();
    if let Some(path) = path.filter(|_| name == "token_host" && url.path() != "/") {
        gathered.put(&path, url.path());
    }
}

/// A name's beginning, and the fields that its end means.
fn taken_apart(name: &str) -> Option<(String, &'static [&'static str])> {
    let name = plain(name);
    let (end, fields) = ENDS.into_iter().find(|(end, _)| name.ends_with(end))?;
    Some((name.strip_suffix(end)?.to_owned(), fields))
}
