//! What `request --verbose` tells beside the answer: what was sent, how long each part of it took, how
//! large the answer was, and who gave it.

use keyturn_protocol::calls::{CertificateView, SendRequestAnswer, SizeView, TimingView, TlsView};

use super::report;
use crate::context::Context;
use crate::output::words;

/// Tells it on standard error.
pub(super) fn tell(context: &Context, answer: &SendRequestAnswer) {
    let note = |key: &str, text: &str| context.output.note(key, text);
    for line in report::sent(&answer.sent).lines() {
        note("sent", line);
    }
    note("time", &times(&answer.timing_ms));
    if let Some(text) = answer.size.as_ref().map(size) {
        note("size", &text);
    }
    match &answer.tls {
        None => note("tls", "none: clear text"),
        Some(tls) => {
            note("tls", &handshake(tls));
            for line in tls.chain.iter().flat_map(certificate) {
                note("certificate", &line);
            }
        }
    }
}

/// E.g. `look-up 1.2 ms, connect 0.3 ms, TLS 12.0 ms, first byte 45.1 ms, download 0.4 ms`.
fn times(timing: &TimingView) -> String {
    let parts = [
        ("look-up", timing.dns),
        ("connect", timing.connect),
        ("TLS", timing.tls),
        ("first byte", timing.first_byte),
        ("download", timing.download),
    ];
    let told = parts.iter().filter_map(|(name, time)| Some(format!("{name} {:.1} ms", (*time)?)));
    let mut told: Vec<String> = told.collect();
    if timing.connect.is_none() {
        told.insert(0, "the connection was open".to_owned());
    }
    told.join(", ")
}

fn size(size: &SizeView) -> String {
    match &size.encoding {
        None => format!("{} bytes", size.received),
        Some(encoding) => {
            format!("{} bytes as {encoding}, {} unpacked", size.received, size.decoded)
        }
    }
}

fn handshake(tls: &TlsView) -> String {
    let known = [&tls.version, &tls.cipher].into_iter().flatten().cloned();
    let ends = tls.days_left.map(|days| match days {
        1 => "the certificate ends in a day".to_owned(),
        days => format!("the certificate ends in {days} days"),
    });
    known.chain(ends).collect::<Vec<_>>().join(", ")
}

fn certificate(certificate: &CertificateView) -> [String; 3] {
    let names = match certificate.names.as_slice() {
        [] => String::new(),
        names => format!(" ({})", names.join(", ")),
    };
    [
        format!("{}{names}, signed by {}", certificate.subject, certificate.issuer),
        format!(
            "valid {} to {}",
            words::moment(certificate.valid_from),
            words::moment(certificate.valid_until)
        ),
        format!("SHA-256 {}", certificate.sha256),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_connection_that_was_open_has_no_first_three_times() {
        let kept =
            TimingView { first_byte: Some(4.25), download: Some(0.5), ..TimingView::default() };
        assert_eq!(times(&kept), "the connection was open, first byte 4.2 ms, download 0.5 ms");
        let cold = TimingView { dns: Some(1.0), connect: Some(0.0), ..kept };
        assert!(times(&cold).starts_with("look-up 1.0 ms, connect 0.0 ms, first byte"));
    }

    #[test]
    fn a_packed_body_is_told_with_both_of_its_sizes() {
        let packed = SizeView { received: 40, decoded: 900, encoding: Some("gzip".to_owned()) };
        assert_eq!(size(&packed), "40 bytes as gzip, 900 unpacked");
        assert_eq!(size(&SizeView { encoding: None, ..packed }), "40 bytes");
    }
}
