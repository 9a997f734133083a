//! The real transport: one HTTP client for each trust (own CA or the public ones, TLS or clear text).
//!
//! A client lives as long as the transport, so that connections are used again. It refuses what its
//! surroundings could do to it: proxies, redirects, cookies, key-log files, retries by itself,
//! answers without end.

mod certificate;
mod connector;
mod decode;
mod failure;
mod handshake;
mod record;
mod request;
mod resolve;

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use keyturn_providers::PlainHttp;
use url::Host;

use crate::outgoing::USER_AGENT;
use crate::transport::{Sending, Transport};
use crate::{Answer, BodySize, Endpoint, Outgoing, PolicyError, SendError, Timing, TooLarge};
use decode::{Unpacked, unpacked};
use handshake::KnownPeers;

pub(crate) use handshake::Trust;
use record::{RECORD, Record};
use resolve::Reach;
pub(crate) use resolve::is_inside;
pub use resolve::{LookingUp, Lookup};

/// How long and how much the transport takes part.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct WireLimits {
    /// The longest a connection may take, TLS included.
    pub connect: Duration,
    /// The longest silence in the middle of an answer.
    pub idle: Duration,
    /// The longest a request may take as a whole.
    pub total: Duration,
    /// The largest headers, in bytes.
    pub headers: usize,
    /// The largest body, in bytes.
    pub body: usize,
}

impl Default for WireLimits {
    fn default() -> Self {
        Self {
            connect: Duration::from_secs(10),
            idle: Duration::from_secs(15),
            total: Duration::from_mins(1),
            headers: 64 * 1024,
            body: 10 * 1024 * 1024,
        }
    }
}

/// More than any provider sends; hyper's own limit of 100 would be met before [`WireLimits`].
const MOST_HEADERS: usize = 1_000;

/// Sends over the network. Must be used within a tokio runtime.
#[derive(Debug)]
pub struct HttpTransport {
    limits: WireLimits,
    lookup: Arc<dyn Lookup>,
    channels: Mutex<HashMap<ChannelKey, Arc<Channel>>>,
}

/// What makes two endpoints share a client: the same trust and the same addresses.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
struct ChannelKey {
    ca_pem: Option<String>,
    clear_text: bool,
    reach: Reach,
}

#[derive(Debug)]
struct Channel {
    client: reqwest::Client,
    known: Arc<KnownPeers>,
}

impl HttpTransport {
    /// A transport with the usual limits.
    #[must_use]
    pub fn new() -> Self {
        Self::with_limits(WireLimits::default())
    }

    /// A transport with limits of one's own.
    #[must_use]
    pub fn with_limits(limits: WireLimits) -> Self {
        Self { limits, lookup: Arc::new(resolve::SystemLookup), channels: Mutex::default() }
    }

    /// Looks names up in another way than the operating system's.
    #[must_use]
    pub fn with_lookup(self, lookup: Arc<dyn Lookup>) -> Self {
        Self { lookup, ..self }
    }

    fn channel(&self, endpoint: &Endpoint) -> Result<Arc<Channel>, SendError> {
        let key = ChannelKey {
            ca_pem: endpoint.ca_pem().map(str::to_owned),
            clear_text: endpoint.is_clear_text(),
            reach: reach(endpoint),
        };
        let mut channels = self.channels.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(channel) = channels.get(&key) {
            return Ok(Arc::clone(channel));
        }
        let channel = Arc::new(self.open_channel(endpoint)?);
        channels.insert(key, Arc::clone(&channel));
        Ok(channel)
    }

    fn open_channel(&self, endpoint: &Endpoint) -> Result<Channel, SendError> {
        let known = Arc::new(KnownPeers::default());
        let trust = Trust::new(endpoint.ca_pem())?;
        let clear_text = endpoint.is_clear_text();
        let lookup = Arc::clone(&self.lookup);
        let resolver = resolve::Resolver { lookup, reach: reach(endpoint) };
        let client = reqwest::Client::builder()
            .tls_backend_preconfigured(trust.client_config())
            .tls_info(true)
            .https_only(!clear_text)
            .http1_only()
            .http1_max_headers(MOST_HEADERS)
            .redirect(reqwest::redirect::Policy::none())
            .retry(reqwest::retry::never())
            .referer(false)
            .no_proxy()
            .user_agent(USER_AGENT)
            .connect_timeout(self.limits.connect)
            .read_timeout(self.limits.idle)
            .timeout(self.limits.total)
            .pool_idle_timeout(Duration::from_mins(1))
            .dns_resolver(Arc::new(resolver))
            .connector_layer(connector::ConnectorLayer)
            .build()
            .map_err(|_| SendError::Policy(PolicyError::BadCa))?;
        Ok(Channel { client, known })
    }

    async fn send_one(
        &self,
        endpoint: &Endpoint,
        outgoing: &Outgoing,
    ) -> Result<Answer, SendError> {
        clear_text_allowed(endpoint)?;
        let channel = self.channel(endpoint)?;
        let request = request::build(&channel.client, endpoint, outgoing)?;
        let started = Instant::now();
        let record = Arc::new(Record::default());
        let executing = RECORD.scope(Arc::clone(&record), channel.client.execute(request));
        let failed = |error: &reqwest::Error| {
            if failure::is_large_head(error) {
                return too_large(endpoint, TooLarge::Headers(self.limits.headers));
            }
            failure::of(endpoint, error, &record)
        };
        let response = executing.await.map_err(|error| failed(&error))?;
        let headers_at = Instant::now();
        let status = response.status().as_u16();
        let tls = response.extensions().get().and_then(|info| channel.known.facts(info, &record));
        let headers = self.headers(endpoint, &response)?;
        let body = self.body(endpoint, response, &record).await?;
        let timing = timing(&record, started, headers_at);
        let received = body.len();
        let (body, encoding) = match unpacked(&headers, &body, self.limits.body) {
            Unpacked::AsItCame => (body, None),
            Unpacked::Body(body, encoding) => (body, Some(encoding)),
            Unpacked::TooLarge => {
                return Err(too_large(endpoint, TooLarge::Body(self.limits.body)));
            }
        };
        let size = BodySize { received, decoded: body.len(), encoding };
        Ok(Answer { status, headers, body, timing, tls, size, attempts: 1 })
    }

    fn headers(
        &self,
        endpoint: &Endpoint,
        response: &reqwest::Response,
    ) -> Result<Vec<(String, String)>, SendError> {
        let mut size = 0;
        let mut headers = Vec::new();
        for (name, value) in response.headers() {
            size += name.as_str().len() + value.len() + ": \r\n".len();
            let value = String::from_utf8_lossy(value.as_bytes()).into_owned();
            headers.push((name.as_str().to_owned(), value));
        }
        if size > self.limits.headers {
            return Err(too_large(endpoint, TooLarge::Headers(self.limits.headers)));
        }
        Ok(headers)
    }

    /// Reads the body up to its limit; what is beyond it is never read.
    async fn body(
        &self,
        endpoint: &Endpoint,
        mut response: reqwest::Response,
        record: &Record,
    ) -> Result<Vec<u8>, SendError> {
        let limit = self.limits.body;
        let announced = response.content_length().unwrap_or(0);
        if announced > limit as u64 {
            return Err(too_large(endpoint, TooLarge::Body(limit)));
        }
        // Room for what was announced: a buffer that grows is copied again and again.
        let mut body = Vec::with_capacity(usize::try_from(announced).unwrap_or_default());
        let failed = |error: reqwest::Error| failure::of(endpoint, &error, record);
        while let Some(chunk) = response.chunk().await.map_err(failed)? {
            if body.len() + chunk.len() > limit {
                return Err(too_large(endpoint, TooLarge::Body(limit)));
            }
            body.extend_from_slice(&chunk);
        }
        Ok(body)
    }
}

impl Default for HttpTransport {
    fn default() -> Self {
        Self::new()
    }
}

impl Transport for HttpTransport {
    fn send<'a>(&'a self, endpoint: &'a Endpoint, outgoing: &'a Outgoing) -> Sending<'a> {
        Box::pin(self.send_one(endpoint, outgoing))
    }
}

/// Which addresses an endpoint's name may have.
fn reach(endpoint: &Endpoint) -> Reach {
    if endpoint.is_clear_text() {
        Reach::Private
    } else if endpoint.is_outside_only() {
        Reach::Outside
    } else {
        Reach::Anywhere
    }
}

fn too_large(endpoint: &Endpoint, what: TooLarge) -> SendError {
    SendError::TooLarge { host: endpoint.host_and_port(), what }
}

/// Clear text goes to loopback and private addresses alone. A name is looked at again when it is
/// resolved: an address that was private a moment ago may be another one now.
fn clear_text_allowed(endpoint: &Endpoint) -> Result<(), PolicyError> {
    if !endpoint.is_clear_text() {
        return Ok(());
    }
    if endpoint.plain_http() != PlainHttp::Private {
        return Err(PolicyError::PlainHttp);
    }
    let address: IpAddr = match endpoint.base().host() {
        Some(Host::Ipv4(address)) => address.into(),
        Some(Host::Ipv6(address)) => address.into(),
        Some(Host::Domain(_)) => return Ok(()),
        None => return Err(PolicyError::OtherOrigin),
    };
    if resolve::is_private(address) {
        return Ok(());
    }
    Err(PolicyError::PublicAddress { host: address.to_string() })
}

fn timing(record: &Record, started: Instant, headers_at: Instant) -> Timing {
    let phases = record.phases();
    let ended = Instant::now();
    let milliseconds = |span: Duration| span.as_secs_f64() * 1e3;
    let between = |from: Instant, to: Instant| milliseconds(to.saturating_duration_since(from));
    let connected_at = phases.connected_at;
    let tcp_from = phases.connect_from.zip(connected_at).map(|(from, connected)| {
        let dns = phases.dns.unwrap_or_default();
        (from + dns, phases.tls_from.unwrap_or(connected))
    });
    Timing {
        dns: connected_at.and(phases.dns).map(milliseconds),
        connect: tcp_from.map(|(from, to)| between(from, to)),
        tls: phases.tls_from.zip(connected_at).map(|(from, to)| between(from, to)),
        first_byte: between(connected_at.unwrap_or(started), headers_at),
        download: between(headers_at, ended),
        total: between(started, ended),
        reused: connected_at.is_none(),
    }
}

#[cfg(test)]
mod tests;
