//! Whether an address is one of a provider's.

use keyturn_core::{EnvironmentName, FieldName};
use url::Url;

use super::found::KnownProvider;
use crate::schema::template::{Piece, pieces};

/// Where an address belongs.
#[derive(Debug)]
pub(super) struct Place {
    /// The environment.
    pub(super) environment: EnvironmentName,
    /// The fields that the address is made of.
    pub(super) open: Vec<(FieldName, String)>,
    /// Whether the provider names this very host.
    pub(super) literal: bool,
    /// Whether at least a part of it is the provider's own: a port, a domain.
    pub(super) partly: bool,
}

/// The environment of a provider that an address belongs to: hosts that it names before those that it
/// leaves to the user.
pub(super) fn place(known: &KnownProvider<'_>, url: &Url) -> Option<Place> {
    let own = known.own_hosts.iter().map(|host| (&host.environment, host.base_url.as_str()));
    let environments = &known.profile.environments;
    let usual = environments.iter().map(|one| (&one.name, one.base_url.as_str()));
    let tokens =
        environments.iter().filter_map(|one| Some((&one.name, one.token_origin.as_deref()?)));
    let places = own.chain(usual).chain(tokens).filter_map(|(environment, template)| {
        let (open, partly) = fitted(template, url)?;
        let literal = !template.contains('{');
        Some(Place { environment: environment.clone(), open, literal, partly })
    });
    places.min_by_key(|place| (!place.literal, !place.partly))
}

/// The fields that make this address out of a template, and whether the template says more than them.
fn fitted(template: &str, url: &Url) -> Option<(Vec<(FieldName, String)>, bool)> {
    if !template.contains('{') {
        let known = Url::parse(template).ok()?;
        return (known.origin() == url.origin()).then(|| (Vec::new(), true));
    }
    let (scheme, authority) = template.split_once("://")?;
    let host = url.host_str()?;
    let asked = url.port().map_or_else(|| host.to_owned(), |port| format!("{host}:{port}"));
    let parts = pieces(authority.trim_end_matches('/'))?;
    let [Piece::Text(before), Piece::Field(field), Piece::Text(behind)] = parts.as_slice() else {
        return None;
    };
    let value = asked.strip_prefix(before)?.strip_suffix(behind)?;
    if scheme != url.scheme() || value.is_empty() {
        return None;
    }
    let partly = !before.is_empty() || !behind.is_empty();
    // Another port is an environment of the user's own: the field takes a host alone.
    let open =
        if value.contains(':') { Vec::new() } else { vec![(field.clone(), value.to_owned())] };
    Some((open, partly))
}
