//! Turns an [`Outgoing`] into what reqwest sends.

use reqwest::header::{CONTENT_TYPE, HeaderName, HeaderValue};
use reqwest::multipart::Form;
use reqwest::{Client, Method, Request};

use crate::outgoing::{Body, Value};
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
    let request = match &outgoing.body {
        Body::Empty => request,
        Body::Form(pairs) => {
            let pairs: Vec<(&str, &str)> =
                pairs.iter().map(|(key, value)| (key.as_str(), value.expose())).collect();
            request.form(&pairs)
        }
        Body::Multipart(parts) => {
            let form = parts.iter().fold(Form::new(), |form, part| {
                form.text(part.name.clone(), part.value.expose().to_owned())
            });
            request.multipart(form)
        }
        Body::Json(members) => {
            let members = members.iter().map(|(key, value)| (key.clone(), value.expose().into()));
            let object = serde_json::Value::Object(members.collect());
            request.header(CONTENT_TYPE, "application/json").body(object.to_string())
        }
        Body::Bytes { content_type, bytes } => {
            let content_type = HeaderValue::from_str(content_type)
                .map_err(|_| PolicyError::BadHeaderValue { name: CONTENT_TYPE.to_string() })?;
            request.header(CONTENT_TYPE, content_type).body(bytes.expose().clone())
        }
    };
    request.build().map_err(|_| PolicyError::BadPath)
}
