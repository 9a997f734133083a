//! cURL's options: those that may carry a credential are read, the values of others skipped.

use url::{Url, form_urlencoded};
use zeroize::Zeroizing;

use crate::recognize::json;
use crate::recognize::request::{Request, user};

/// Options with a value that says nothing about a credential.
const SKIPPED: [&str; 33] = [
    "-A",
    "-b",
    "-c",
    "-C",
    "-e",
    "-E",
    "-K",
    "-m",
    "-o",
    "-Q",
    "-r",
    "-T",
    "-w",
    "-x",
    "-X",
    "-y",
    "-Y",
    "-z",
    "--cacert",
    "--cert",
    "--connect-timeout",
    "--cookie",
    "--cookie-jar",
    "--key",
    "--max-time",
    "--output",
    "--proxy",
    "--referer",
    "--request",
    "--resolve",
    "--retry",
    "--user-agent",
    "--write-out",
];

/// Short options whose value may stand right behind them.
const GLUED: [&str; 6] = ["-H", "-u", "-d", "-F", "-X", "-b"];

/// The request that a command sends.
pub(super) fn request(words: &[Zeroizing<String>]) -> Request {
    let mut request = Request::default();
    let mut body_in_query = false;
    let mut words = words.iter().map(|word| word.as_str());
    while let Some(word) = words.next() {
        let (option, glued) = taken_apart(word);
        if matches!(option, "-G" | "--get") {
            body_in_query = true;
        } else if SKIPPED.contains(&option) {
            if glued.is_none() {
                words.next();
            }
        } else if takes_value(option) {
            if let Some(value) = glued.or_else(|| words.next()) {
                take(option, value, &mut request);
            }
        } else if !option.starts_with('-') && request.url.is_none() {
            request.url = address(word);
        }
    }
    if let (true, Some(url)) = (body_in_query, &mut request.url) {
        let mut pairs = url.query_pairs_mut();
        pairs.extend_pairs(request.body.iter().map(|(name, value)| (name, value.as_str())));
    }
    credentials_of_address(&mut request);
    request
}

/// An option without its value, and the value where it stands in the same word.
fn taken_apart(word: &str) -> (&str, Option<&str>) {
    if word.starts_with("--") {
        return word.split_once('=').map_or((word, None), |(option, value)| (option, Some(value)));
    }
    let glued = GLUED.into_iter().find(|option| word.len() > 2 && word.starts_with(option));
    glued.map_or((word, None), |option| (option, word.get(2..)))
}

fn takes_value(option: &str) -> bool {
    matches!(
        option,
        "-H" | "--header"
            | "-u"
            | "--user"
            | "-d"
            | "--data"
            | "--data-raw"
            | "--data-ascii"
            | "--data-binary"
            | "--data-urlencode"
            | "--json"
            | "-F"
            | "--form"
            | "--form-string"
            | "--url"
            | "--oauth2-bearer"
    )
}

fn take(option: &str, value: &str, request: &mut Request) {
    match option {
        "-H" | "--header" => _ = request.add_header(value),
        "-u" | "--user" => request.user = user(value),
        "--url" => request.url = address(value),
        "--oauth2-bearer" => {
            request.add_header(&Zeroizing::new(format!("Authorization: Bearer {value}")));
        }
        "-F" | "--form" | "--form-string" => add_pair(value, request),
        _ if value.starts_with('@') => {}
        _ if value.trim_start().starts_with('{') => {
            let members = json::members(value.trim()).unwrap_or_default();
            request.body.extend(members.into_iter().map(|one| (one.name, one.value)));
        }
        "--data-urlencode" => add_pair(value, request),
        _ => {
            let pairs = form_urlencoded::parse(value.as_bytes());
            request.body.extend(
                pairs.map(|(name, text)| (name.into_owned(), Zeroizing::new(text.into_owned()))),
            );
        }
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
