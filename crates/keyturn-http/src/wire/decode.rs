//! Unpacks a body that came packed: gzip, deflate and brotli, up to the limit of every body.
//!
//! Keyturn asks for no packing by itself; whoever asks for it with a header is shown what is in it,
//! and a secret that is thrown back is found there.

use std::io::Read;

use brotli_decompressor::Decompressor;
use flate2::read::{DeflateDecoder, MultiGzDecoder, ZlibDecoder};

/// More ways of packing than anybody uses at once; each costs time.
const MOST_CODINGS: usize = 3;
const BUFFER: usize = 16 * 1024;

/// What became of a body.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Unpacked {
    /// It was not packed, or in a way that is not known, or broken: it stays as it came.
    AsItCame,
    /// Unpacked, and what it was packed as.
    Body(Vec<u8>, String),
    /// It is larger than the limit.
    TooLarge,
}

/// Unpacks a body by its `Content-Encoding` headers.
pub(super) fn unpacked(headers: &[(String, String)], body: &[u8], limit: usize) -> Unpacked {
    let named = headers.iter().filter(|(name, _)| name == "content-encoding");
    let codings: Vec<String> = named
        .flat_map(|(_, value)| value.split(','))
        .map(|coding| coding.trim().to_ascii_lowercase())
        .filter(|coding| !matches!(coding.as_str(), "" | "identity"))
        .collect();
    if codings.is_empty() || codings.len() > MOST_CODINGS || body.is_empty() {
        return Unpacked::AsItCame;
    }
    let mut bytes = None::<Vec<u8>>;
    // What was done last is undone first.
    for coding in codings.iter().rev() {
        match one(coding, bytes.as_deref().unwrap_or(body), limit) {
            Some(done) if done.len() > limit => return Unpacked::TooLarge,
            Some(done) => bytes = Some(done),
            None => return Unpacked::AsItCame,
        }
    }
    bytes.map_or(Unpacked::AsItCame, |bytes| Unpacked::Body(bytes, codings.join(", ")))
}

/// Undoes one coding; one byte more than the limit says that there is more. `None` where it cannot be
/// undone.
fn one(coding: &str, packed: &[u8], limit: usize) -> Option<Vec<u8>> {
    match coding {
        "gzip" | "x-gzip" => read(MultiGzDecoder::new(packed), limit),
        // The standard means zlib's format, and some servers send the bare one.
        "deflate" => read(ZlibDecoder::new(packed), limit)
            .or_else(|| read(DeflateDecoder::new(packed), limit)),
        "br" => read(Decompressor::new(packed, BUFFER), limit),
        _ => None,
    }
}

fn read(reader: impl Read, limit: usize) -> Option<Vec<u8>> {
    let mut bytes = Vec::new();
    reader.take(limit as u64 + 1).read_to_end(&mut bytes).ok()?;
    Some(bytes)
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use flate2::Compression;
    use flate2::write::{DeflateEncoder, GzEncoder, ZlibEncoder};

    use super::*;

    const TEXT: &[u8] = b"a text, a text, a text";

    fn headers(values: &[&str]) -> Vec<(String, String)> {
        values.iter().map(|value| ("content-encoding".to_owned(), (*value).to_owned())).collect()
    }

    fn gzip(bytes: &[u8]) -> Vec<u8> {
        let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
        encoder.write_all(bytes).unwrap();
        encoder.finish().unwrap()
    }

    fn zlib(bytes: &[u8]) -> Vec<u8> {
        let mut encoder = ZlibEncoder::new(Vec::new(), Compression::best());
        encoder.write_all(bytes).unwrap();
        encoder.finish().unwrap()
    }

    fn bare(bytes: &[u8]) -> Vec<u8> {
        let mut encoder = DeflateEncoder::new(Vec::new(), Compression::best());
        encoder.write_all(bytes).unwrap();
        encoder.finish().unwrap()
    }

    #[test]
    fn each_coding_is_undone_and_several_from_the_last_to_the_first() {
        // A stored block of brotli: three bytes long, then the end.
        let brotli = [0x0b, 0x01, 0x80, b'a', b'b', b'c', 0x03];
        let cases = [
            (vec!["gzip"], gzip(TEXT), TEXT, "gzip"),
            (vec!["X-GZIP, identity"], gzip(TEXT), TEXT, "x-gzip"),
            (vec!["deflate"], zlib(TEXT), TEXT, "deflate"),
            (vec!["deflate"], bare(TEXT), TEXT, "deflate"),
            (vec!["br"], brotli.to_vec(), &b"abc"[..], "br"),
            (vec!["deflate", "gzip"], gzip(&zlib(TEXT)), TEXT, "deflate, gzip"),
        ];
        for (values, packed, expected, named) in cases {
            let done = unpacked(&headers(&values), &packed, 1_000);
            assert_eq!(done, Unpacked::Body(expected.to_vec(), named.to_owned()), "{values:?}");
        }
    }

    #[test]
    fn what_cannot_be_undone_stays_as_it_came() {
        let mut broken = gzip(TEXT);
        broken.truncate(broken.len() / 2);
        let cases: [(&[&str], &[u8]); 6] = [
            (&[], TEXT),
            (&["zstd"], TEXT),
            (&["gzip"], b""),
            (&["gzip"], &broken),
            (&["br"], &[0xff, 0xff]),
            (&["gzip, gzip, gzip, gzip"], TEXT),
        ];
        for (values, packed) in cases {
            let done = unpacked(&headers(values), packed, 1_000);
            assert_eq!(done, Unpacked::AsItCame, "{values:?}");
        }
    }

    #[test]
    fn no_more_is_unpacked_than_the_limit() {
        let packed = gzip(&vec![0; 1_000_000]);
        assert_eq!(unpacked(&headers(&["gzip"]), &packed, 999_999), Unpacked::TooLarge);
        let whole = unpacked(&headers(&["gzip"]), &packed, 1_000_000);
        assert!(matches!(whole, Unpacked::Body(body, _) if body.len() == 1_000_000));
        let twice = gzip(&packed);
        assert_eq!(unpacked(&headers(&["gzip, gzip"]), &twice, 999_999), Unpacked::TooLarge);
    }
}
