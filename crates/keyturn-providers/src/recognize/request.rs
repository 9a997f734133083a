//! A request as a text describes it.

use std::fmt;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use url::Url;
use zeroize::Zeroizing;

/// A request as a text describes it: what in it could be a credential.
#[derive(Default)]
pub(super) struct Request {
    /// Its address, where there is one.
    pub(super) url: Option<Url>,
    /// Its headers.
    pub(super) headers: Vec<(String, Zeroizing<String>)>,
    /// A user name with its password.
    pub(super) user: Option<(Zeroizing<String>, Zeroizing<String>)>,
    /// The texts of its body, a form or a JSON object, by their names.
    pub(super) body: Vec<(String, Zeroizing<String>)>,
}

impl fmt::Debug for Request {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Request(<redacted>)")
    }
}

impl Request {
    /// Adds a header as a line writes it; says whether it is one.
    pub(super) fn add_header(&mut self, line: &str) -> bool {
        let Some((name, value)) = line.split_once(':') else { return false };
        let (name, value) = (name.trim(), value.trim());
        let token = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_');
        if name.is_empty() || !name.chars().all(token) {
            return false;
        }
        if self.user.is_none() && name.eq_ignore_ascii_case("authorization") {
            self.user = scheme(value, "Basic").and_then(basic);
        }
        self.headers.push((name.to_owned(), Zeroizing::new(value.to_owned())));
        true
    }

    /// The value of a header.
    pub(super) fn header(&self, name: &str) -> Option<&str> {
        let found = self.headers.iter().find(|(known, _)| known.eq_ignore_ascii_case(name));
        found.map(|(_, value)| value.as_str())
    }

    /// The value of an entry of the body.
    pub(super) fn entry(&self, name: &str) -> Option<&str> {
        self.body.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// The query's names and values.
    pub(super) fn query(&self) -> Vec<(String, Zeroizing<String>)> {
        let pairs = self.url.iter().flat_map(Url::query_pairs);
        pairs.map(|(name, value)| (name.into_owned(), Zeroizing::new(value.into_owned()))).collect()
    }

    /// Its path; `/` where it has no address.
    pub(super) fn path(&self) -> &str {
        self.url.as_ref().map_or("/", Url::path)
    }

    /// All values that could be secrets, without the words before them.
    pub(super) fn values(&self) -> Vec<Zeroizing<String>> {
        let copy = |text: &str| Zeroizing::new(text.to_owned());
        let headers = self.headers.iter().filter_map(|(_, value)| value.split_whitespace().last());
        let user = self.user.iter().flat_map(|(user, password)| [user.as_str(), password.as_str()]);
        let body = self.body.iter().map(|(_, value)| value.as_str());
        let mut all: Vec<_> = headers.chain(user).chain(body).map(copy).collect();
        all.extend(self.query().into_iter().map(|(_, value)| value));
        all
    }
}

/// What stands behind a scheme, whatever its case.
pub(super) fn scheme<'value>(value: &'value str, scheme: &str) -> Option<&'value str> {
    let head = value.get(..scheme.len())?;
    let rest = value.get(scheme.len()..)?.strip_prefix(' ')?;
    head.eq_ignore_ascii_case(scheme).then(|| rest.trim())
}

/// The user name and password of HTTP Basic authentication.
fn basic(encoded: &str) -> Option<(Zeroizing<String>, Zeroizing<String>)> {
    let decoded = Zeroizing::new(STANDARD.decode(encoded).ok()?);
    user(std::str::from_utf8(&decoded).ok()?)
}

/// `user:password`; a password alone is missing.
pub(super) fn user(text: &str) -> Option<(Zeroizing<String>, Zeroizing<String>)> {
    let (user, password) = text.split_once(':')?;
    Some((Zeroizing::new(user.to_owned()), Zeroizing::new(password.to_owned())))
}
