//! The credential in a request: its host says whose it is, the provider's recipes and exchanges say
//! which header or entry of the body is which field.

use keyturn_request::carries_secret;
use zeroize::Zeroizing;

use super::found::{KnownProvider, PastedKind, Recognized, Sure};
use super::gathered::Gathered;
use super::is_generic;
use super::origin::{self, Place};
use super::placeholder::is_placeholder;
use super::request::{Request, scheme};
use super::shape::{Match, Shapes, likely};
use crate::schema::template::{Piece, pieces};
use crate::{Auth, BodySource, Carried, Exchange, Means, Profile, Recipe};

/// A value that a request carries, with what it looks like.
struct Carries<'profile> {
    value: Zeroizing<String>,
    matches: Vec<Match<'profile>>,
}

/// Reads a request.
pub(super) fn read(
    kind: PastedKind,
    request: &Request,
    providers: &[KnownProvider<'_>],
    shapes: &Shapes<'_>,
) -> Recognized {
    let mut found = Recognized::of(kind);
    let values: Vec<Carries<'_>> = request
        .values()
        .into_iter()
        .map(|value| Carries { matches: shapes.matches(&value), value })
        .collect();
    for known in providers {
        let profile = known.profile;
        let place = request.url.as_ref().and_then(|url| origin::place(known, url));
        if request.url.is_some() && place.is_none() {
            continue;
        }
        let Some(mut gathered) = gathered(profile, request, place.as_ref()) else { continue };
        let is_host = place.as_ref().is_some_and(|place| place.literal);
        let looks = looked_for(profile, &values, &mut gathered, is_host);
        let name = &profile.name;
        let (sure, why) = match &place {
            Some(place) if place.literal => {
                (Sure::Certain, format!("It goes to a host of {name}."))
            }
            Some(place) if place.partly => {
                (Sure::Likely, format!("It goes to an address like {name}'s."))
            }
            _ if looks => (Sure::Likely, format!("What it carries looks like {name}'s.")),
            _ if is_generic(profile) => (Sure::Possible, "No profile knows its host.".to_owned()),
            // A header that several providers use says little, and where it goes nothing.
            None if own_header(profile, request) => {
                (Sure::Possible, format!("{name} uses such a header, and others do."))
            }
            _ => continue,
        };
        if gathered.secrets() == 0 {
            if !is_host {
                continue;
            }
            found.notes.push(format!(
                "There is no key in it that {name} is used with: an access token is left out, since Keyturn gets each next one."
            ));
        }
        if let Some(place) = place {
            gathered.environment = Some(place.environment);
        }
        found.suggestions.push(gathered.suggestion(kind, sure, why));
    }
    elsewhere(kind, &values, &mut found);
    found
}

/// The values that this provider's own ways of asking would put where they are.
fn gathered<'profile>(
    profile: &'profile Profile,
    request: &Request,
    place: Option<&Place>,
) -> Option<Gathered<'profile>> {
    let fresh = || {
        let mut gathered = Gathered::new(profile);
        for (field, value) in place.iter().flat_map(|place| &place.open) {
            gathered.put(field, value);
        }
        gathered
    };
    // The profile's own order counts: the usual way of authenticating comes first.
    let bought = profile.exchanges.iter().find_map(|exchange| {
        let mut gathered = fresh();
        let is_it = by_exchange(profile, exchange, request, &mut gathered);
        (is_it && gathered.secrets() > 0).then_some(gathered)
    });
    let path = request.path();
    let by_recipes = || {
        let covering = profile.recipes.iter().rev();
        let covering = covering.filter(|recipe| request.url.is_none() || recipe.covers(path));
        let read = covering.filter_map(|recipe| {
            let mut gathered = fresh();
            by_recipe(recipe, request, &mut gathered).then_some(gathered)
        });
        let best = read.max_by_key(|gathered| (gathered.secrets(), gathered.len()));
        best.filter(|gathered| gathered.secrets() > 0)
    };
    let best = bought.or_else(by_recipes);
    best.or_else(|| place.is_some_and(|place| place.literal).then(fresh))
}

/// Takes the fields out of the request that buys a token; says whether it is that one.
fn by_exchange(
    profile: &Profile,
    exchange: &Exchange,
    request: &Request,
    gathered: &mut Gathered<'_>,
) -> bool {
    if request.url.is_none() || !put_path(exchange, request.path(), gathered) {
        return false;
    }
    let taken = match &exchange.auth {
        Auth::None => true,
        Auth::Bearer { field } => request
            .header("authorization")
            .and_then(|value| scheme(value, "Bearer"))
            .is_some_and(|value| gathered.put(field, value)),
        Auth::Header { name, field } => {
            request.header(name).is_some_and(|value| gathered.put(field, value))
        }
        Auth::Basic { username, password, .. } => {
            request.user.as_ref().is_some_and(|(user, word)| {
                gathered.put(username, user) && gathered.put(password, word)
            })
        }
    };
    let body = exchange.body.iter().all(|entry| {
        let there = request.entry(&entry.key);
        match &entry.source {
            BodySource::Text { text } => there == Some(text.as_str()),
            BodySource::Field { field } => {
                there.is_some_and(|value| gathered.put(field, value)) || entry.optional
            }
            // The refresh token of a stored token is in no field.
            BodySource::RefreshToken { .. } => false,
        }
    });
    // Without a word of its own in the body, any request to that path would be one.
    let says = exchange.body.iter().any(|entry| matches!(entry.source, BodySource::Text { .. }));
    if !taken || !body || (!says && exchange.path.contains('{')) {
        return false;
    }
    put_method(profile, exchange, gathered);
    true
}

/// Takes the path where the profile leaves it to the user; says whether it is the exchange's.
fn put_path(exchange: &Exchange, path: &str, gathered: &mut Gathered<'_>) -> bool {
    match pieces(&exchange.path).as_deref() {
        Some([Piece::Text(whole)]) => *whole == path,
        Some([Piece::Text(""), Piece::Field(field), Piece::Text("")]) => {
            let usual = gathered.profile.field(field).and_then(|field| field.default.as_deref());
            usual == Some(path) || gathered.put(field, path)
        }
        _ => false,
    }
}

/// Says which way of authenticating it is, where it is not the usual one.
fn put_method(profile: &Profile, exchange: &Exchange, gathered: &mut Gathered<'_>) {
    let buys = |means: &Means| matches!(means, Means::Exchange { exchange: name } if *name == exchange.name);
    let at = profile.methods.iter().position(|method| buys(&method.means));
    let method = at.filter(|at| *at > 0).and_then(|at| profile.methods.get(at));
    if let (Some(field), Some(method)) = (&profile.method_field, method) {
        gathered.put(field, &method.name);
    }
}

/// Takes the fields that a recipe sends; says whether all of them are there. Tokens are left out.
fn by_recipe(recipe: &Recipe, request: &Request, gathered: &mut Gathered<'_>) -> bool {
    let headers = recipe.headers.iter().all(|header| {
        let Carried::Field(field) = &header.carries else { return true };
        if let Some(user) = &header.basic_user {
            let Some((name, word)) = &request.user else { return false };
            let known = match pieces(user).as_deref() {
                Some([Piece::Text(""), Piece::Field(user), Piece::Text("")]) => {
                    gathered.put(user, name)
                }
                Some([Piece::Text(whole)]) => *whole == name.as_str(),
                _ => false,
            };
            return known && gathered.put(field, word);
        }
        let scheme_of = header.scheme.as_deref();
        match pieces(&header.name).as_deref() {
            Some([Piece::Text(name)]) => request
                .header(name)
                .and_then(|value| match scheme_of {
                    Some(word) => scheme(value, word),
                    None => Some(value),
                })
                .is_some_and(|value| gathered.put(field, value)),
            Some([Piece::Text(""), Piece::Field(named), Piece::Text("")]) => {
                let mut all = request.headers.iter().filter(|(name, value)| is_own(name, value));
                let Some((name, value)) = all.next() else { return false };
                let value = put_scheme(scheme_of, value, gathered);
                gathered.put(named, name) && gathered.put(field, value)
            }
            _ => false,
        }
    });
    let query = request.query();
    let parameters = recipe.query.iter().all(|parameter| {
        let Carried::Field(field) = &parameter.carries else { return true };
        match pieces(&parameter.name).as_deref() {
            Some([Piece::Text(name)]) => {
                query.iter().any(|(known, value)| known == name && gathered.put(field, value))
            }
            Some([Piece::Text(""), Piece::Field(named), Piece::Text("")]) => {
                query.iter().find(|(name, _)| carries_secret(name)).is_some_and(|(name, value)| {
                    gathered.put(named, name) && gathered.put(field, value)
                })
            }
            _ => false,
        }
    });
    headers && parameters
}

/// Whether a header is an API's own way of taking a key. Bearer and Basic have providers of their own.
fn is_own(name: &str, value: &str) -> bool {
    carries_secret(name)
        && !is_placeholder(value)
        && scheme(value, "Bearer").is_none()
        && scheme(value, "Basic").is_none()
}

/// Takes the word before a value where the profile leaves it to the user; the value without it.
fn put_scheme<'value>(
    template: Option<&str>,
    value: &'value str,
    gathered: &mut Gathered<'_>,
) -> &'value str {
    let field = template.and_then(|text| crate::schema::template::fields(text)?.into_iter().next());
    let apart = value.split_once(' ').filter(|(word, _)| crate::schema::template::is_scheme(word));
    match (field, apart) {
        (Some(field), Some((word, rest))) if gathered.put(&field, word) => rest.trim(),
        _ => value,
    }
}

/// Whether the request has a header that this provider calls by a name of its own.
fn own_header(profile: &Profile, request: &Request) -> bool {
    let headers = profile.recipes.iter().flat_map(|recipe| &recipe.headers);
    headers.into_iter().any(|header| {
        matches!(header.carries, Carried::Field(_))
            && !header.name.eq_ignore_ascii_case("authorization")
            && request.header(&header.name).is_some()
    })
}

/// Looks for values of the provider by their looks; takes them where the host is the provider's, and
/// says whether there are any.
fn looked_for(
    profile: &Profile,
    values: &[Carries<'_>],
    gathered: &mut Gathered<'_>,
    takes: bool,
) -> bool {
    let mut found = false;
    for Carries { value, matches } in values {
        if let Some(one) = likely(matches).find(|one| one.profile.id == profile.id) {
            found = true;
            if takes {
                gathered.put(&one.field.name, value);
            }
        }
    }
    found
}

/// Values that are a provider's by their looks alone, in a request that goes elsewhere.
fn elsewhere(kind: PastedKind, values: &[Carries<'_>], found: &mut Recognized) {
    for Carries { value, matches } in values {
        let first = likely(matches).next();
        let Some(one) = first.filter(|one| one.field.is_secret()) else { continue };
        if found.suggestions.iter().any(|known| known.provider == one.profile.id) {
            continue;
        }
        let mut gathered = Gathered::new(one.profile);
        if gathered.put(&one.field.name, value) {
            let (label, name) = (&one.field.label, &one.profile.name);
            let why = format!(
                "It carries what looks like the {label} of {name}, to a host that is not {name}'s."
            );
            found.suggestions.push(gathered.suggestion(kind, Sure::Likely, why));
        }
    }
}
