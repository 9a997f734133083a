//! Why something was not sent, or not answered. No message holds a secret, a query or a body.

use keyturn_core::FieldName;
use thiserror::Error;

/// Says why a request had no answer.
#[derive(Debug, Error, Clone, PartialEq, Eq)]
pub enum SendError {
    /// It was refused here, before a byte left.
    #[error(transparent)]
    Policy(#[from] PolicyError),
    /// The host's name has no address.
    #[error("the name '{host}' was not found; check the name and the network connection")]
    Dns {
        /// The host.
        host: String,
    },
    /// No connection came about.
    #[error("no connection to {host}: {why}")]
    Connect {
        /// Host and port.
        host: String,
        /// Why.
        why: ConnectFailure,
    },
    /// TLS did not come about.
    #[error("no secure connection to {host}: {why}; nothing was sent")]
    Tls {
        /// Host and port.
        host: String,
        /// Why.
        why: TlsFailure,
    },
    /// It took too long.
    #[error("{host} did not answer in time; it may or may not have taken the request")]
    Timeout {
        /// Host and port.
        host: String,
    },
    /// The answer was larger than Keyturn reads.
    #[error("the answer of {host} was cut off: {what}")]
    TooLarge {
        /// Host and port.
        host: String,
        /// What was too large.
        what: TooLarge,
    },
    /// The connection ended in the middle of the answer.
    #[error("{host} broke the connection off before its answer was complete")]
    Closed {
        /// Host and port.
        host: String,
    },
    /// The answer was no HTTP.
    #[error("{host} answered with something that is not HTTP")]
    Protocol {
        /// Host and port.
        host: String,
    },
}

/// Why no connection came about.
#[derive(Debug, Error, Clone, Copy, PartialEq, Eq)]
pub enum ConnectFailure {
    /// Nothing listens there.
    #[error("it was refused; nothing listens there")]
    Refused,
    /// No way leads there.
    #[error("the network cannot be reached")]
    Unreachable,
    /// The other side ended it at once.
    #[error("the other side ended it at once")]
    Reset,
    /// It took too long.
    #[error("it took too long")]
    Timeout,
    /// Anything else.
    #[error("it failed")]
    Other,
}

/// Why TLS did not come about.
#[derive(Debug, Error, Clone, PartialEq, Eq)]
pub enum TlsFailure {
    /// Nobody whom Keyturn trusts vouches for the certificate.
    #[error(
        "its certificate is from an issuer that is not trusted; for a host of your own give its CA file"
    )]
    UnknownIssuer,
    /// The certificate was signed with its own key.
    #[error(
        "its certificate is signed by itself, so that nobody vouches for it; for a host of your own give its CA file"
    )]
    SelfSigned,
    /// The certificate belongs to another host.
    #[error("its certificate is for another host")]
    WrongHost,
    /// The certificate names no host.
    #[error("its certificate names no host; a subject alternative name is needed")]
    NoNames,
    /// The certificate is an authority's own.
    #[error("its certificate is that of an authority, which a server may not use as its own")]
    AuthorityAsServer,
    /// The certificate has ended.
    #[error("its certificate has expired")]
    Expired,
    /// The certificate does not count yet.
    #[error("its certificate is not valid yet; check this machine's clock")]
    NotYetValid,
    /// The certificate was revoked.
    #[error("its certificate was revoked")]
    Revoked,
    /// Anything else about the certificate.
    #[error("its certificate is not acceptable")]
    BadCertificate,
    /// The two sides have no version in common; Keyturn speaks TLS 1.2 and 1.3.
    #[error("it does not speak TLS 1.2 or newer")]
    Version,
    /// The two sides have no cipher in common, or the other side wants something else.
    #[error(
        "it found no common ground in the TLS handshake: its ciphers are too weak, or it wants a client certificate"
    )]
    Cipher,
    /// The other side ended the handshake.
    #[error("it ended the TLS handshake")]
    Ended,
    /// The other side does not speak TLS.
    #[error("it does not speak TLS on this port")]
    NotTls,
    /// Anything else.
    #[error("the TLS handshake failed")]
    Other,
}

/// What of an answer was too large.
#[derive(Debug, Error, Clone, Copy, PartialEq, Eq)]
pub enum TooLarge {
    /// Its headers.
    #[error("its headers are larger than {size}, or far too many", size = in_words(*.0))]
    Headers(usize),
    /// Its body.
    #[error("its body is larger than {size}", size = in_words(*.0))]
    Body(usize),
}

/// A limit as people write it: those of ours are round.
fn in_words(bytes: usize) -> String {
    match bytes {
        0x10_0000.. if bytes.is_multiple_of(0x10_0000) => format!("{} MiB", bytes / 0x10_0000),
        0x400.. if bytes.is_multiple_of(0x400) => format!("{} KiB", bytes / 0x400),
        _ => format!("{bytes} bytes"),
    }
}

/// Says why a request was refused before a byte left.
#[derive(Debug, Error, Clone, PartialEq, Eq)]
pub enum PolicyError {
    /// Clear text to an environment that does not allow it.
    #[error("clear text (http://) is refused here: anybody on the way could read the secrets")]
    PlainHttp,
    /// Clear text to an address that is neither private nor loopback.
    #[error(
        "clear text is allowed to private and loopback addresses alone, and '{host}' is another"
    )]
    PublicAddress {
        /// The host.
        host: String,
    },
    /// A redirect from outside leads to this machine or its network.
    #[error(
        "'{host}' is on this machine or in its own network, where no redirect from outside leads"
    )]
    PrivateAddress {
        /// The host.
        host: String,
    },
    /// The CA file holds no certificate.
    #[error("the CA file of this environment holds no certificate that can be read")]
    BadCa,
    /// The method is none.
    #[error("this is not an HTTP method")]
    BadMethod,
    /// The path is none, or leads elsewhere.
    #[error("a path begins with / and has no query, fragment, backslash or control character")]
    BadPath,
    /// A segment of the path is `.` or `..`, plainly or behind an encoding.
    #[error(
        "a path with . or .. for a segment, encoded or with ; behind it, may lead to an endpoint that this credential must not reach"
    )]
    DotSegment,
    /// A segment of the path has no name.
    #[error("{path} has a segment without a name (//), which servers read as another path")]
    EmptySegment {
        /// The path.
        path: String,
    },
    /// The address is another host's than the environment's.
    #[error("'{host}' is not where this credential may go; in this environment that is {own}")]
    ForeignHost {
        /// Host and port that were named.
        host: String,
        /// Host and port of the environment.
        own: String,
    },
    /// The request would leave the environment's origin.
    #[error("this request would leave the origin of its environment")]
    OtherOrigin,
    /// The recipe may not be used for this path.
    #[error("the recipe '{recipe}' may not be used for {path}")]
    PathNotCovered {
        /// The recipe.
        recipe: String,
        /// The path.
        path: String,
    },
    /// The profile says that this path is never called.
    #[error("{path} is never called: {reason}")]
    NeverCalled {
        /// The path.
        path: String,
        /// Why.
        reason: String,
    },
    /// A secret would go where it does not belong.
    #[error("'{field}' may not be sent to {path}: {reason}")]
    WrongEndpoint {
        /// The field.
        field: FieldName,
        /// The path.
        path: String,
        /// Why.
        reason: String,
    },
    /// A secret would stand in an address.
    #[error("'{field}' must not stand in an address: addresses end up in logs")]
    SecretInUrl {
        /// The field, or `token`.
        field: String,
    },
    /// A secret was put into the request by hand.
    #[error("'{field}' must not be put into a request by hand; the recipe sends what is needed")]
    SecretByHand {
        /// The field, or `token`.
        field: String,
    },
    /// A header was given by hand that authenticates.
    #[error("the header '{name}' is the recipe's to set; leave it out")]
    HeaderConflict {
        /// The header.
        name: String,
    },
    /// A header was given by hand that belongs to the connection.
    #[error("the header '{name}' belongs to the connection and cannot be set")]
    ReservedHeader {
        /// The header.
        name: String,
    },
    /// A header's name is none.
    #[error("a header's name is made of letters, digits and dashes")]
    BadHeaderName,
    /// A header's value has a line break or another control character in it.
    #[error("the value of the header '{name}' has a line break or another control character in it")]
    BadHeaderValue {
        /// The header.
        name: String,
    },
    /// The recipe needs a token, and there is none.
    #[error("this recipe sends an access token, and there is none")]
    NoToken,
    /// The exchange needs a refresh token, and there is none.
    #[error("this exchange sends a refresh token, and there is none")]
    NoRefreshToken,
    /// A query parameter was given by hand that the recipe sets.
    #[error("the query parameter '{name}' is the recipe's to set; leave it out")]
    QueryConflict {
        /// The parameter.
        name: String,
    },
    /// A field that is needed is not stored.
    #[error("the field '{field}' is needed for this and not stored")]
    NoField {
        /// The field.
        field: FieldName,
    },
    /// A body is larger than any that Keyturn sends.
    #[error(
        "the body is larger than {size}, which is the most that is sent; send a smaller one",
        size = in_words(*.0)
    )]
    BodyTooLarge(usize),
    /// A media type is none.
    #[error("a content type is written like text/csv or application/json")]
    BadMediaType,
    /// The type of a multipart body was given by hand.
    #[error(
        "the content type of a multipart body names its boundary, which Keyturn sets; leave the header out"
    )]
    BoundaryByHand,
    /// A request of this method has no body.
    #[error("a request of this method has no body")]
    BodyNotAllowed,
}
