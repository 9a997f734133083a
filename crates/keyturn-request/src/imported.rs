//! What was read from a text: the request, and in words what of the text is not in it.

use std::fmt;

use crate::Request;
use crate::credential::{CredentialKind, Place, Removed};

/// A request that was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Imported {
    /// The request.
    pub request: Request,
    /// The credentials that were taken out, each once.
    pub removed: Vec<Removed>,
    /// What else was not taken over.
    pub left_out: Vec<LeftOut>,
}

/// Something that was not taken over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LeftOut {
    /// What it is, without its value.
    pub what: String,
    /// Why, as a sentence.
    pub why: String,
}

impl LeftOut {
    pub(crate) fn new(what: impl Into<String>, why: impl Into<String>) -> Self {
        Self { what: what.into(), why: why.into() }
    }
}

impl fmt::Display for LeftOut {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}: {}", self.what, self.why)
    }
}

impl Imported {
    pub(crate) const fn new(request: Request) -> Self {
        Self { request, removed: Vec::new(), left_out: Vec::new() }
    }

    /// Notes a credential that was taken out.
    pub(crate) fn took_out(&mut self, removed: Removed) {
        if !self.removed.contains(&removed) {
            self.removed.push(removed);
        }
    }

    /// An address without its query, and without the user name that may stand before its host.
    pub(crate) fn without_user(&mut self, base: &str) -> String {
        let (scheme, rest) = match base.find("://") {
            Some(at) => base.split_at(at + 3),
            None => ("", base),
        };
        let (authority, path) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
        let Some((_, host)) = authority.rsplit_once('@') else { return base.to_owned() };
        self.took_out(Removed { place: Place::Address, kind: CredentialKind::Basic });
        format!("{scheme}{host}{path}")
    }

    /// Notes what was not taken over.
    pub(crate) fn leaves_out(&mut self, what: impl Into<String>, why: impl Into<String>) {
        let one = LeftOut::new(what, why);
        if !self.left_out.contains(&one) {
            self.left_out.push(one);
        }
    }
}
