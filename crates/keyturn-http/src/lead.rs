//! Where an answer leads, as an address that may be asked without a credential.
//!
//! The address is a stranger's. It is asked by GET, with nothing that authenticates, no body and no
//! header but those of every request; over TLS alone. A CA of the first address's own counts for its host
//! and no other. From outside nothing leads inwards, neither by an address nor by what a name turns out to
//! be. What could be misread or could carry something along is refused, and told why.

use std::fmt;

use keyturn_core::REDACTED;
use keyturn_providers::PlainHttp;
use thiserror::Error;
use url::{Host, Position, Url};

use crate::policy::address;
use crate::wire::is_inside;
use crate::{Answer, Body, Endpoint, EndpointError, Outgoing, Sent};

/// The longest address that is followed.
const LONGEST: usize = 8 * 1024;

/// An address that may be asked.
#[derive(Clone, PartialEq, Eq)]
pub struct Lead {
    url: Url,
    endpoint: Endpoint,
}

/// Says why an address is not asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum LeadError {
    /// It is none.
    #[error("the answer names no address that can be read")]
    Unreadable,
    /// It goes on in clear text.
    #[error("it leads to clear text, which anybody on the way can read and change")]
    ClearText,
    /// It leads out of the web.
    #[error("it leads to no web address: its scheme is not https")]
    OtherScheme,
    /// It brings a user name or a password.
    #[error("the address has a user name or a password in it, which hides where it leads")]
    UserInfo,
    /// It leads from outside to this machine or its network.
    #[error("it leads to an address of this machine or of its own network")]
    Inwards,
    /// It is too long.
    #[error("the address is longer than 8 KiB")]
    Long,
    /// It repeats a secret.
    #[error("the address repeats a stored secret, which goes nowhere from here")]
    Secret,
}

impl Answer {
    /// Where a redirect leads, from the address that was asked; `None` where it is none.
    #[must_use]
    pub fn lead(&self, endpoint: &Endpoint, path: &str) -> Option<Result<Lead, LeadError>> {
        if !matches!(self.status, 301 | 302 | 303 | 307 | 308) {
            return None;
        }
        let location = self.header("location")?;
        let Ok(asked) = address(endpoint, path) else { return Some(Err(LeadError::Unreadable)) };
        Some(Lead::of(&asked, location, endpoint))
    }
}

impl Lead {
    fn of(asked: &Url, location: &str, from: &Endpoint) -> Result<Self, LeadError> {
        if location.len() > LONGEST {
            return Err(LeadError::Long);
        }
        if location.contains(REDACTED) {
            return Err(LeadError::Secret);
        }
        // What a parser would drop or mend is not taken for an address: another one reads it otherwise.
        let odd = |c: char| c.is_control() || c.is_whitespace() || c == '\\' || c == '\u{fffd}';
        if location.is_empty() || location.chars().any(odd) {
            return Err(LeadError::Unreadable);
        }
        // Nothing of what was asked comes along.
        let mut asked = asked.clone();
        asked.set_query(None);
        let mut url = asked.join(location).map_err(|_| LeadError::Unreadable)?;
        url.set_fragment(None);
        match url.scheme() {
            "https" => {}
            "http" => return Err(LeadError::ClearText),
            _ => return Err(LeadError::OtherScheme),
        }
        if !url.username().is_empty() || url.password().is_some() {
            return Err(LeadError::UserInfo);
        }
        let from_inside = leads_inside(&asked);
        if leads_inside(&url) && !from_inside {
            return Err(LeadError::Inwards);
        }
        if url.as_str().len() > LONGEST {
            return Err(LeadError::Long);
        }
        let origin = url.origin().ascii_serialization();
        // Who vouches for a host does so on all its ports, and for no other host.
        let same_host = url.host() == asked.host();
        let ca_pem = from.ca_pem().filter(|_| same_host).map(str::to_owned);
        // A stranger's name stays one: what it led to a moment ago may be another address by now.
        let outside_only = from.is_outside_only() || !(same_host || from_inside);
        let endpoint = Endpoint::new(&origin, ca_pem, PlainHttp::Never)
            .map_err(|_: EndpointError| LeadError::Unreadable)?
            .outside_only(outside_only);
        let lead = Self { url, endpoint };
        // A path that would be read as a host.
        address(&lead.endpoint, lead.target()).map_err(|_| LeadError::Unreadable)?;
        Ok(lead)
    }

    /// Where it is sent to.
    #[must_use]
    pub const fn endpoint(&self) -> &Endpoint {
        &self.endpoint
    }

    /// The path.
    #[must_use]
    pub fn path(&self) -> &str {
        self.url.path()
    }

    /// Origin and path, without the query.
    #[must_use]
    pub fn shown(&self) -> String {
        format!("{}{}", self.url.origin().ascii_serialization(), self.url.path())
    }

    /// The names in the query.
    #[must_use]
    pub fn query_names(&self) -> Vec<String> {
        self.url.query_pairs().map(|(name, _)| name.into_owned()).collect()
    }

    /// What is sent: nothing that authenticates.
    #[must_use]
    pub fn outgoing(&self) -> Outgoing {
        outgoing(self.target().to_owned(), Vec::new())
    }

    /// What is sent, as it is shown.
    #[must_use]
    pub fn described(&self) -> Sent {
        let query = self.url.query_pairs().map(|(name, value)| (name.into(), value.into()));
        outgoing(self.url.path().to_owned(), query.collect()).described(&self.endpoint)
    }

    fn target(&self) -> &str {
        &self.url[Position::BeforePath..Position::AfterQuery]
    }
}

/// Whether an address is by its own words one of this machine, of its network or of the link. A name is
/// looked up when it is asked.
fn leads_inside(url: &Url) -> bool {
    match url.host() {
        Some(Host::Ipv4(address)) => is_inside(address.into()),
        Some(Host::Ipv6(address)) => is_inside(address.into()),
        Some(Host::Domain(name)) => {
            let name = name.trim_end_matches('.');
            let of = |zone: &str| name.strip_suffix(zone).is_some_and(|left| left.ends_with('.'));
            // A name without a dot is one of the network's own.
            !name.contains('.') || INSIDE.iter().any(|zone| of(zone))
        }
        None => false,
    }
}

/// Zones that no public name is in.
const INSIDE: [&str; 4] = ["localhost", "local", "internal", "home.arpa"];

fn outgoing(path: String, query: Vec<(String, String)>) -> Outgoing {
    Outgoing {
        method: "GET".to_owned(),
        path,
        query,
        secret_query: Vec::new(),
        headers: Vec::new(),
        body: Body::Empty,
    }
}

impl fmt::Debug for Lead {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Path and query may be personal data.
        write!(formatter, "Lead({})", self.endpoint.host_and_port())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lead(location: &str) -> Result<Lead, LeadError> {
        lead_from("https://a.example/v1/orders?name=canary", location, None)
    }

    fn lead_from(asked: &str, location: &str, ca_pem: Option<&str>) -> Result<Lead, LeadError> {
        let asked = Url::parse(asked).unwrap();
        let origin = asked.origin().ascii_serialization();
        let ca_pem = ca_pem.map(str::to_owned);
        let from = Endpoint::new(&origin, ca_pem, PlainHttp::Never).unwrap();
        Lead::of(&asked, location, &from)
    }

    #[test]
    fn an_address_is_asked_to_the_byte_and_shown_without_its_query() {
        for (location, target, shown) in [
            ("/v2?a=%20b+c#d", "/v2?a=%20b+c", "https://a.example/v2"),
            ("orders/7", "/v1/orders/7", "https://a.example/v1/orders/7"),
            ("https://b.example:8443/x", "/x", "https://b.example:8443/x"),
            ("//b.example", "/", "https://b.example/"),
        ] {
            let lead = lead(location).unwrap();
            assert_eq!(lead.outgoing().path, target, "{location}");
            assert_eq!(lead.shown(), shown, "{location}");
            assert!(lead.outgoing().headers.is_empty() && lead.outgoing().body.is_empty());
        }
        let described = lead("/v2?a=%20b").unwrap().described();
        assert_eq!(described.url, "https://a.example/v2");
        assert_eq!(described.query, [("a".to_owned(), " b".to_owned())]);
    }

    #[test]
    fn the_first_requests_query_does_not_come_along() {
        for location in ["/v2", "/v1/orders", "?", "#x"] {
            let target = lead(location).unwrap().outgoing().path;
            assert!(!target.contains("canary"), "{location}: {target}");
        }
    }

    #[test]
    fn hostile_addresses_are_refused_in_words() {
        let long = format!("/{}", "a".repeat(10 * 1024));
        for (location, error) in [
            ("http://a.example/", LeadError::ClearText),
            ("ftp://a.example/", LeadError::OtherScheme),
            ("javascript:alert(1)", LeadError::OtherScheme),
            ("file:///etc/passwd", LeadError::OtherScheme),
            ("data:text/html,x", LeadError::OtherScheme),
            ("https://a.example@evil.example/", LeadError::UserInfo),
            ("https://u:p@a.example/", LeadError::UserInfo),
            (long.as_str(), LeadError::Long),
            ("/v2?token=<redacted>", LeadError::Secret),
            ("https://127.0.0.1:8443/", LeadError::Inwards),
            ("https://[::ffff:10.0.0.1]/", LeadError::Inwards),
            ("https://169.254.169.254/latest/", LeadError::Inwards),
            ("https://2130706433/", LeadError::Inwards),
            ("https://LOCALHOST./", LeadError::Inwards),
            ("https://100.64.0.1/", LeadError::Inwards),
            ("https://[64:ff9b::a00:1]/", LeadError::Inwards),
            ("https://printer.local/", LeadError::Inwards),
            ("https://metadata.google.internal/", LeadError::Inwards),
            ("https://router/", LeadError::Inwards),
            ("", LeadError::Unreadable),
            ("/a\r\nX: b", LeadError::Unreadable),
            ("/a b", LeadError::Unreadable),
            ("https:\\\\evil.example", LeadError::Unreadable),
            ("\u{1b}[2J", LeadError::Unreadable),
            ("https://[::1", LeadError::Unreadable),
            ("https:///", LeadError::Unreadable),
            ("https://a.example:99999/", LeadError::Unreadable),
            ("https://a.example//evil.example/x", LeadError::Unreadable),
        ] {
            assert_eq!(lead(location), Err(error), "{location:?}");
            assert!(error.to_string().is_ascii());
        }
    }

    #[test]
    fn who_is_inside_already_may_be_led_further_inside() {
        let asked = "https://127.0.0.1:8443/v1";
        for location in
            ["https://192.168.1.20/x", "https://files.corp.local/x", "https://a.example/x"]
        {
            let lead = lead_from(asked, location, None).unwrap();
            assert!(!lead.endpoint().is_outside_only(), "{location}");
        }
    }

    #[test]
    fn a_ca_goes_to_the_host_that_it_was_given_for_and_to_no_other() {
        let asked = "https://a.example/v1";
        for (location, taken) in [
            ("/v2", true),
            ("https://a.example:8443/x", true),
            ("https://b.example/x", false),
            ("https://b.a.example/x", false),
        ] {
            let lead = lead_from(asked, location, Some("a certificate")).unwrap();
            assert_eq!(lead.endpoint().ca_pem().is_some(), taken, "{location}");
        }
    }

    #[test]
    fn another_host_is_asked_only_where_its_name_leads_outside_and_so_is_what_follows() {
        for (location, outside_only) in [("/v2", false), ("https://b.example/x", true)] {
            let lead = lead(location).unwrap();
            assert_eq!(lead.endpoint().is_outside_only(), outside_only, "{location}");
        }
        let stranger = lead("https://b.example/x").unwrap();
        let next = Lead::of(&stranger.url, "/y", stranger.endpoint()).unwrap();
        assert!(next.endpoint().is_outside_only(), "its name may be another address by now");
    }

    #[test]
    fn nothing_but_the_host_is_in_a_debug_text() {
        let said = format!("{:?}", lead("/canary?canary"));
        assert!(said.contains("a.example") && !said.contains("canary"), "{said}");
    }
}
