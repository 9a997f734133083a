//! Where a profile lets which value go: what a user agrees to when a profile of their own is added,
//! and what is compared when it changes.
//!
//! What people read are lines; what is compared is more than these lines say. A part that no line
//! tells of counts as a difference all the same, so that a new part of the schema is never a way past
//! the question.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use crate::schema::Profile;
use crate::schema::environment::{Environment, PlainHttp};
use crate::schema::exchange::{Auth, BodyField, BodySource, Exchange};
use crate::schema::recipe::{Carried, Recipe};
use crate::schema::template;

/// Members of a profile that are words for people, or say how an answer is told.
const WORDS: [&str; 11] = [
    "label",
    "note",
    "advice",
    "recommended",
    "verified",
    "reason",
    "plain_http_consent",
    "documented_lifetime",
    "renew_percent_left",
    "expiry",
    "token_type",
];

/// Where a profile lets which value go.
#[derive(Debug, Clone, PartialEq)]
pub struct Egress {
    /// The origins, each with the environment that names it.
    pub origins: BTreeSet<String>,
    /// Each value that is sent, with one of the ways it goes.
    pub ways: BTreeSet<Way>,
    /// Everything that is compared.
    whole: Value,
}

/// One value, and one of the ways it goes.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Way {
    /// The field's name, `token`, or `refresh token`.
    pub what: String,
    /// What carries it, and to which paths.
    pub how: String,
}

impl Egress {
    /// Tells where this profile lets which value go.
    #[must_use]
    pub fn of(profile: &Profile) -> Self {
        let mut ways = BTreeSet::new();
        for recipe in &profile.recipes {
            recipe_ways(recipe, &mut ways);
        }
        for exchange in &profile.exchanges {
            exchange_ways(exchange, &mut ways);
        }
        let origins = profile.environments.iter().flat_map(origins).collect();
        Self { origins, ways, whole: whole(profile) }
    }
}

fn origins(environment: &Environment) -> Vec<String> {
    let clear = match environment.plain_http {
        PlainHttp::Never => "",
        PlainHttp::Private => ", in clear text on your own network",
    };
    let mut lines = vec![format!("{}{clear} ({})", environment.base_url, environment.name)];
    if let Some(origin) = &environment.token_origin {
        lines.push(format!("{origin} ({}, where tokens are bought)", environment.name));
    }
    lines
}

fn recipe_ways(recipe: &Recipe, ways: &mut BTreeSet<Way>) {
    let paths = recipe.paths.join(", ");
    let mut add = |what: &str, carrier: String| {
        let how = format!("in {carrier}, to paths below {paths}");
        ways.insert(Way { what: what.to_owned(), how });
    };
    for header in &recipe.headers {
        add(&carried(&header.carries), format!("the header {}", header.name));
        if let Some(user) = &header.basic_user {
            for field in template::fields(user).unwrap_or_default() {
                add(field.as_str(), format!("the header {}", header.name));
            }
        }
    }
    for parameter in &recipe.query {
        add(&carried(&parameter.carries), format!("the address, as {}", parameter.name));
    }
}

fn carried(carried: &Carried) -> String {
    carried.to_string()
}

fn exchange_ways(exchange: &Exchange, ways: &mut BTreeSet<Way>) {
    let request = format!("{} {}", exchange.method, exchange.path);
    auth_ways(&exchange.auth, &request, ways);
    body_ways(&exchange.body, &request, ways);
    if let Some(revocation) = &exchange.revocation {
        let request = format!("POST {}", revocation.path);
        auth_ways(&revocation.auth, &request, ways);
        body_ways(&revocation.body, &request, ways);
        let how = format!("in the body of {request}");
        ways.insert(Way { what: "token".to_owned(), how });
    }
}

fn auth_ways(auth: &Auth, request: &str, ways: &mut BTreeSet<Way>) {
    let (header, fields) = match auth {
        Auth::None => return,
        Auth::Bearer { field } => ("Authorization", vec![field]),
        Auth::Basic { username, password, .. } => ("Authorization", vec![username, password]),
        Auth::Header { name, field } => (name.as_str(), vec![field]),
    };
    for field in fields {
        let how = format!("in the header {header} of {request}");
        ways.insert(Way { what: field.to_string(), how });
    }
}

fn body_ways(body: &[BodyField], request: &str, ways: &mut BTreeSet<Way>) {
    for entry in body {
        let what = match &entry.source {
            BodySource::Field { field } => field.to_string(),
            BodySource::RefreshToken { .. } => "refresh token".to_owned(),
            BodySource::Text { .. } => continue,
        };
        ways.insert(Way { what, how: format!("in the body of {request}") });
    }
}

/// Every part of a profile that has a say in where a value goes, without the words for people.
fn whole(profile: &Profile) -> Value {
    let fields: Vec<Value> = profile
        .fields
        .iter()
        .map(|field| {
            json!({
                "name": field.name,
                "kind": field.kind,
                "default": field.default,
                "only_for": field.only_for.is_some(),
            })
        })
        .collect();
    let mut whole = json!({
        "environments": profile.environments,
        "fields": fields,
        "methods": profile.methods,
        "method_field": profile.method_field,
        "exchanges": profile.exchanges,
        "recipes": profile.recipes,
        "never_called": profile.never_called,
    });
    strip_words(&mut whole);
    whole
}

fn strip_words(value: &mut Value) {
    match value {
        Value::Object(members) => {
            members.retain(|name, _| !WORDS.contains(&name.as_str()));
            members.values_mut().for_each(strip_words);
        }
        Value::Array(values) => values.iter_mut().for_each(strip_words),
        _ => {}
    }
}

#[cfg(test)]
mod tests;
