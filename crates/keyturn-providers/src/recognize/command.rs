//! The credential in a cURL command: its options are read in `keyturn-request`, and those that may carry
//! one are taken here.

use keyturn_request::curl::{Argument, Dollar, line};
use url::{Url, form_urlencoded};
use zeroize::Zeroizing;

use super::json;
use super::request::{Request, user};

/// Reads a command; `None` where it is none.
pub(super) fn read(text: &str) -> Option<Request> {
    let mut request = Request::default();
    let mut body_in_query = false;
    for argument in line(text, Dollar::Kept)?.arguments {
        match argument {
            Argument::Address(text) if request.url.is_none() => request.url = address(&text),
            Argument::Option { option, .. } if option.name == "get" => body_in_query = true,
            Argument::Option { option, value, .. } => take(option.name, &value, &mut request),
            Argument::Address(_) | Argument::NoValue(_) | Argument::Unknown(_) => {}
        }
    }
    if let (true, Some(url)) = (body_in_query, &mut request.url) {
        let mut pairs = url.query_pairs_mut();
        pairs.extend_pairs(request.body.iter().map(|(name, value)| (name, value.as_str())));
    }
    credentials_of_address(&mut request);
    Some(request)
}

fn take(option: &str, value: &str, request: &mut Request) {
    match option {
        "header" => _ = request.add_header(value),
        "user" => request.user = user(value),
        "url" => request.url = address(value),
        "oauth2-bearer" => {
            request.add_header(&Zeroizing::new(format!("Authorization: Bearer {value}")));
        }
        "form" | "form-string" => add_pair(value, request),
        "data" | "data-ascii" | "data-raw" | "data-binary" | "data-urlencode" | "json" => {
            take_data(option, value, request);
        }
        _ => {}
    }
}

fn take_data(option: &str, value: &str, request: &mut Request) {
    if value.starts_with('@') {
        return;
    }
    if value.trim_start().starts_with('{') {
        let members = json::members(value.trim()).unwrap_or_default();
        request.body.extend(members.into_iter().map(|one| (one.name, one.value)));
    } else if option == "data-urlencode" {
        add_pair(value, request);
    } else {
        let pairs = form_urlencoded::parse(value.as_bytes());
        request.body.extend(
            pairs.map(|(name, text)| (name.into_owned(), Zeroizing::new(text.into_owned()))),
        );
    }
}

/// `name=value`; the content of a file is not known.
fn add_pair(text: &str, request: &mut Request) {
    if let Some((name, value)) =
        text.split_once('=').filter(|(_, value)| !value.starts_with(['@', '<']))
    {
        let value =
            value.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')).unwrap_or(value);
        request.body.push((name.to_owned(), Zeroizing::new(value.to_owned())));
    }
}

/// An address; cURL takes one without its scheme as well.
fn address(text: &str) -> Option<Url> {
    let whole = if text.contains("://") { text.to_owned() } else { format!("https://{text}") };
    Url::parse(&whole).ok().filter(|url| matches!(url.scheme(), "http" | "https"))
}

/// A user name and password that stand in the address itself.
fn credentials_of_address(request: &mut Request) {
    let Some(url) = &request.url else { return };
    if let (None, Some(password)) = (&request.user, url.password()) {
        let decoded = |text: &str| {
            let pairs = format!("x={}", text.replace('+', "%2B"));
            let pair = form_urlencoded::parse(pairs.as_bytes()).next();
            Zeroizing::new(pair.map(|(_, value)| value.into_owned()).unwrap_or_default())
        };
        request.user = Some((decoded(url.username()), decoded(password)));
    }
}
