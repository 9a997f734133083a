//! What an environment's address may look like; the same for profiles and for a user's own hosts.

use thiserror::Error;
use url::Url;

use crate::schema::environment::PlainHttp;

/// Says why an address is no environment's address. The address is not repeated: it may hold a
/// password.
#[derive(Debug, Error, PartialEq, Eq)]
pub enum BaseUrlError {
    /// It is no URL.
    #[error("this is not a URL like https://api.example.com")]
    Malformed,
    /// It is neither `https` nor `http`.
    #[error("an address begins with https://")]
    Scheme,
    /// It is clear text, which was not allowed.
    #[error("clear text (http://) is refused: anybody on the way could read the secrets")]
    PlainHttp,
    /// There is more than ASCII in the host.
    #[error("a host is written in ASCII: other letters can look like those of another host")]
    NotAscii,
    /// There is a user name or password in it.
    #[error("there is a user name or password in this address; secrets belong into fields")]
    UserInformation,
    /// There is a path, query or fragment in it.
    #[error("an address is scheme, host and port alone; a path belongs to the requests")]
    MoreThanOrigin,
}

/// Checks an environment's address: scheme, host and port alone, and `https` unless clear text is
/// allowed.
pub fn check_base_url(text: &str, plain_http: PlainHttp) -> Result<Url, BaseUrlError> {
    let url = Url::parse(text).map_err(|_| BaseUrlError::Malformed)?;
    match (url.scheme(), plain_http) {
        ("https", _) | ("http", PlainHttp::Private) => {}
        ("http", PlainHttp::Never) => return Err(BaseUrlError::PlainHttp),
        _ => return Err(BaseUrlError::Scheme),
    }
    // `https://@host` has an empty user name: the text is looked at, not the parsed URL alone.
    let authority = text.split_once("://").map_or("", |(_, rest)| rest);
    let authority = authority.split(['/', '?', '#', '\\']).next().unwrap_or_default();
    if authority.contains('@') || !url.username().is_empty() || url.password().is_some() {
        return Err(BaseUrlError::UserInformation);
    }
    // Percent signs would be decoded into what is not ASCII.
    if !authority.is_ascii() || authority.contains('%') {
        return Err(BaseUrlError::NotAscii);
    }
    if !matches!(url.path(), "" | "/") || url.query().is_some() || url.fragment().is_some() {
        return Err(BaseUrlError::MoreThanOrigin);
    }
    if url.host_str().is_none_or(str::is_empty) {
        return Err(BaseUrlError::Malformed);
    }
    Ok(url)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_an_origin_over_https() {
        let refused = |text| check_base_url(text, PlainHttp::Never).unwrap_err();
        assert!(check_base_url("https://api.example.com:8443", PlainHttp::Never).is_ok());
        assert!(check_base_url("http://10.0.0.7:8100", PlainHttp::Private).is_ok());
        assert_eq!(refused("http://api.example.com"), BaseUrlError::PlainHttp);
        assert_eq!(refused("ftp://api.example.com"), BaseUrlError::Scheme);
        assert_eq!(refused("https://u:p@api.example.com"), BaseUrlError::UserInformation);
        assert_eq!(refused("https://@api.example.com"), BaseUrlError::UserInformation);
        assert_eq!(refused("https://api.example.com/v1"), BaseUrlError::MoreThanOrigin);
        assert_eq!(refused("https://api.example.com?x=y"), BaseUrlError::MoreThanOrigin);
        assert_eq!(refused("https://аpi.example.com"), BaseUrlError::NotAscii, "a Cyrillic а");
        assert_eq!(refused("https://%D0%B0pi.example.com"), BaseUrlError::NotAscii);
        assert!(check_base_url("https://xn--pi-6kc.example.com", PlainHttp::Never).is_ok());
        assert_eq!(refused("api.example.com"), BaseUrlError::Malformed);
    }
}
