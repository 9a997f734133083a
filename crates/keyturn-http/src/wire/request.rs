//! Turns an [`Outgoing`] into what reqwest sends.

use reqwest::header::{CONTENT_LENGTH, CONTENT_TYPE, HeaderName, HeaderValue};
use reqwest::{Client, Method, Request};

use crate::encode::encoded;
use crate::outgoing::Value;
use crate::policy::address;
use crate::{Endpoint, Outgoing, PolicyError};

/// Builds the request; anything that could not be sent as it stands is refused.
pub(super) fn build(
    client: &Client,
    endpoint: &Endpoint,
    outgoing: &Outgoing,
) -> Result<Request, PolicyError> {
    let mut url = address(endpoint, &outgoing.path)?;
    if !outgoing.query.is_empty() {
        url.query_pairs_mut().extend_pairs(&outgoing.query);
    }
    for (name, secret) in &outgoing.secret_query {
        url.query_pairs_mut().append_pair(name, secret.expose());
    }
    let method: Method = outgoing.method.parse().map_err(|_| PolicyError::BadMethod)?;
    let mut request = client.request(method, url);
    for header in &outgoing.headers {
        let name: HeaderName = header.name.parse().map_err(|_| PolicyError::BadHeaderName)?;
        let mut value = HeaderValue::from_bytes(header.value.expose().as_bytes())
            .map_err(|_| PolicyError::BadHeaderValue { name: header.name.clone() })?;
        value.set_sensitive(matches!(header.value, Value::Secret(_)));
        request = request.header(name, value);
    }
    if let Some(mut body) = encoded(&outgoing.body) {
        // What the user says of the body counts; a second type beside it would be read at random.
        if !outgoing.has_header(CONTENT_TYPE.as_str()) {
            let content_type = HeaderValue::from_str(&body.content_type)
                .map_err(|_| PolicyError::BadHeaderValue { name: CONTENT_TYPE.to_string() })?;
            request = request.header(CONTENT_TYPE, content_type);
        }
        if body.bytes.is_empty() {
            // Otherwise nothing would say that there is a body, and that it is empty.
            request = request.header(CONTENT_LENGTH, HeaderValue::from_static("0"));
        }
        request = request.body(std::mem::take(&mut *body.bytes));
    }
    request.build().map_err(|_| PolicyError::BadPath)
}
