//! What came back: status, headers, body, how long each phase took, and who answered.

use std::fmt;

use chrono::{DateTime, TimeDelta, Utc};
use serde::Serialize;

use crate::Endpoint;
use crate::policy::address;

/// What came back, whatever its status.
#[derive(Clone, PartialEq)]
pub struct Answer {
    /// The HTTP status.
    pub status: u16,
    /// The headers in their order, names in lower case.
    pub headers: Vec<(String, String)>,
    /// The body, unpacked.
    pub body: Vec<u8>,
    /// How long each phase took.
    pub timing: Timing,
    /// Who answered; `None` in clear text.
    pub tls: Option<TlsFacts>,
    /// How large the body was, and how it was packed.
    pub size: BodySize,
    /// How often it was sent; the transport itself never sends twice.
    pub attempts: u32,
}

/// How large a body was.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct BodySize {
    /// Its bytes as they came.
    pub received: usize,
    /// Its bytes unpacked.
    pub decoded: usize,
    /// What it was packed as; `None` where nothing was unpacked.
    pub encoding: Option<String>,
}

/// Where an answer leads. It is never followed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Redirect {
    /// Scheme, host and path, without the query.
    pub to: String,
    /// Whether that is another origin than the request's.
    pub elsewhere: bool,
}

/// How long each phase took, in milliseconds. On a connection that is used again the first three
/// did not happen.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize)]
pub struct Timing {
    /// Looking the name up.
    pub dns: Option<f64>,
    /// Connecting.
    pub connect: Option<f64>,
    /// The TLS handshake.
    pub tls: Option<f64>,
    /// From the connection to the answer's headers.
    pub first_byte: f64,
    /// The body.
    pub download: f64,
    /// All of it.
    pub total: f64,
    /// Whether the connection was used before.
    pub reused: bool,
}

/// Who answered, and over what.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct TlsFacts {
    /// The version, e.g. `TLS 1.3`.
    pub version: Option<String>,
    /// The cipher suite, e.g. `TLS13_AES_256_GCM_SHA384`.
    pub cipher: Option<String>,
    /// Whom the certificate is for.
    pub peer: String,
    /// The certificates as the server sent them, its own first.
    pub chain: Vec<PeerCertificate>,
}

/// One certificate.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PeerCertificate {
    /// Whom it is for.
    pub subject: String,
    /// Who signed it.
    pub issuer: String,
    /// From when it counts.
    pub not_before: DateTime<Utc>,
    /// Until when.
    pub not_after: DateTime<Utc>,
    /// The host names it is for.
    pub names: Vec<String>,
    /// Its SHA-256, in hexadecimal digits.
    pub sha256: String,
}

impl Answer {
    /// The first header of that name, whatever its case.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&str> {
        let found = self.headers.iter().find(|(other, _)| other.eq_ignore_ascii_case(name));
        found.map(|(_, value)| value.as_str())
    }

    /// Where a redirect leads, from the address that was asked.
    #[must_use]
    pub fn redirect(&self, endpoint: &Endpoint, path: &str) -> Option<Redirect> {
        if !matches!(self.status, 301 | 302 | 303 | 307 | 308) {
            return None;
        }
        let asked = address(endpoint, path).ok()?;
        let to = asked.join(self.header("location")?).ok()?;
        let elsewhere = to.origin() != asked.origin();
        let to = match to.host_str() {
            Some(_) => format!("{}{}", to.origin().ascii_serialization(), to.path()),
            None => format!("{}:…", to.scheme()),
        };
        Some(Redirect { to, elsewhere })
    }

    /// The provider's time: its `Date` header.
    #[must_use]
    pub fn date(&self) -> Option<DateTime<Utc>> {
        http_date(self.header("date")?)
    }

    /// How far the provider's clock is ahead of `now` (X5). The header has whole seconds and was on
    /// its way for a while, so that less than two seconds count as none.
    #[must_use]
    pub fn skew(&self, now: DateTime<Utc>) -> Option<TimeDelta> {
        let skew = self.date()? - now;
        Some(if skew.abs() < TimeDelta::seconds(2) { TimeDelta::zero() } else { skew })
    }

    /// How long the provider wants to be left alone: `Retry-After` in seconds or as a date (DI6).
    #[must_use]
    pub fn retry_after(&self, now: DateTime<Utc>) -> Option<TimeDelta> {
        let text = self.header("retry-after")?.trim();
        if !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit()) {
            // A day is the longest that waiting by oneself makes sense.
            let seconds: i64 = text.parse().unwrap_or(i64::MAX);
            return Some(TimeDelta::seconds(seconds.min(86_400)));
        }
        let sent_at = self.date().unwrap_or(now);
        let wait = http_date(text)? - sent_at;
        Some(wait.clamp(TimeDelta::zero(), TimeDelta::days(1)))
    }
}

/// What a status is called, e.g. `Not Found`.
#[must_use]
pub fn status_words(status: u16) -> Option<&'static str> {
    reqwest::StatusCode::from_u16(status).ok()?.canonical_reason()
}

/// Reads an HTTP date (RFC 9110, section 5.6.7), the obsolete forms included.
fn http_date(text: &str) -> Option<DateTime<Utc>> {
    use chrono::NaiveDateTime;
    if let Ok(date) = DateTime::parse_from_rfc2822(text) {
        return Some(date.to_utc());
    }
    let obsolete = ["%A, %d-%b-%y %H:%M:%S GMT", "%a %b %e %H:%M:%S %Y"];
    obsolete
        .iter()
        .find_map(|form| NaiveDateTime::parse_from_str(text, form).ok())
        .map(|date| date.and_utc())
}

impl fmt::Debug for Answer {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names: Vec<&str> = self.headers.iter().map(|(name, _)| name.as_str()).collect();
        formatter
            .debug_struct("Answer")
            .field("status", &self.status)
            .field("headers", &names)
            .field("size", &self.size)
            .field("timing", &self.timing)
            .field("tls", &self.tls)
            .field("attempts", &self.attempts)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests;
