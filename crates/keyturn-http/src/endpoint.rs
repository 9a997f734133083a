//! Where requests go: one origin, with the trust that it is given.

use keyturn_core::FieldName;
use keyturn_providers::check::BaseUrlError;
use keyturn_providers::{Environment, PlainHttp, UrlVariableError, check_base_url};
use thiserror::Error;
use url::Url;

use crate::PolicyError;
use crate::wire::Trust;

/// An environment with its address filled in: one origin, and nothing else.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Endpoint {
    base: Url,
    ca_pem: Option<String>,
    plain_http: PlainHttp,
    outside_only: bool,
}

/// Says why an environment is no endpoint.
#[derive(Debug, Error, PartialEq, Eq)]
pub enum EndpointError {
    /// Its address lacks a field.
    #[error(transparent)]
    Variable(#[from] UrlVariableError),
    /// Its address is none.
    #[error(transparent)]
    Address(#[from] BaseUrlError),
}

impl Endpoint {
    /// An origin, its own CA if it has one, and whether it may be spoken to in clear text.
    ///
    /// With a CA of its own, nobody else's certificates count there.
    pub fn new(
        base_url: &str,
        ca_pem: Option<String>,
        plain_http: PlainHttp,
    ) -> Result<Self, EndpointError> {
        let base = check_base_url(base_url, plain_http)?;
        Ok(Self { base, ca_pem, plain_http, outside_only: false })
    }

    /// The same, but refused where its name leads to this machine or its network.
    pub(crate) fn outside_only(self, outside_only: bool) -> Self {
        Self { outside_only, ..self }
    }

    /// Whether it is refused there.
    pub(crate) const fn is_outside_only(&self) -> bool {
        self.outside_only
    }

    /// A profile's environment with the credential's open fields filled in.
    pub fn of(
        environment: &Environment,
        ca_pem: Option<String>,
        open: &dyn Fn(&FieldName) -> Option<String>,
    ) -> Result<Self, EndpointError> {
        Self::new(&environment.resolved_base_url(open)?, ca_pem, environment.plain_http)
    }

    /// Checks that its own CA, if it has one, is a certificate that can be trusted.
    pub fn check_trust(&self) -> Result<(), PolicyError> {
        Trust::new(self.ca_pem.as_deref()).map(drop)
    }

    /// Its address.
    #[must_use]
    pub const fn base(&self) -> &Url {
        &self.base
    }

    /// Its own CA.
    #[must_use]
    pub fn ca_pem(&self) -> Option<&str> {
        self.ca_pem.as_deref()
    }

    /// Whether it may be spoken to in clear text.
    #[must_use]
    pub const fn plain_http(&self) -> PlainHttp {
        self.plain_http
    }

    /// Whether it is spoken to in clear text.
    #[must_use]
    pub fn is_clear_text(&self) -> bool {
        self.base.scheme() != "https"
    }

    /// Host and port as the `Host` header has them: the usual port is left out.
    pub(crate) fn host_header(&self) -> String {
        let host = self.base.host_str().unwrap_or_default();
        self.base.port().map_or_else(|| host.to_owned(), |port| format!("{host}:{port}"))
    }

    /// Host and port as errors name them.
    #[must_use]
    pub fn host_and_port(&self) -> String {
        let host = self.base.host_str().unwrap_or_default();
        match self.base.port_or_known_default() {
            Some(port) => format!("{host}:{port}"),
            None => host.to_owned(),
        }
    }
}
