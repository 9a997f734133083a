//! Reading and writing the bodies of records: numbers big-endian, lengths before what they measure.
//!
//! Every body begins with the version of its codec. A reader takes all bytes or refuses the body.

use thiserror::Error;

/// The version that every body's codec has today.
pub(crate) const CODEC: u8 = 1;

/// Says that a body is not what its codec writes.
#[derive(Debug, Error, PartialEq, Eq)]
#[error("a record's body is malformed")]
pub(crate) struct MalformedError;

/// Takes a body apart from its beginning.
pub(crate) struct Reader<'a>(&'a [u8]);

impl<'a> Reader<'a> {
    /// Begins behind the codec's version, which has to be 1.
    pub(crate) fn new(body: &'a [u8]) -> Result<Self, MalformedError> {
        match body.split_first() {
            Some((&CODEC, rest)) => Ok(Self(rest)),
            _ => Err(MalformedError),
        }
    }

    pub(crate) fn array<const N: usize>(&mut self) -> Result<[u8; N], MalformedError> {
        let (head, rest) = self.0.split_first_chunk().ok_or(MalformedError)?;
        self.0 = rest;
        Ok(*head)
    }

    pub(crate) fn take(&mut self, length: usize) -> Result<&'a [u8], MalformedError> {
        let (head, rest) = self.0.split_at_checked(length).ok_or(MalformedError)?;
        self.0 = rest;
        Ok(head)
    }

    pub(crate) fn u8(&mut self) -> Result<u8, MalformedError> {
        self.array::<1>().map(|[byte]| byte)
    }

    pub(crate) fn u16(&mut self) -> Result<u16, MalformedError> {
        self.array().map(u16::from_be_bytes)
    }

    pub(crate) fn u32(&mut self) -> Result<u32, MalformedError> {
        self.array().map(u32::from_be_bytes)
    }

    pub(crate) fn u64(&mut self) -> Result<u64, MalformedError> {
        self.array().map(u64::from_be_bytes)
    }

    /// Bytes behind their length in four bytes.
    pub(crate) fn block(&mut self) -> Result<&'a [u8], MalformedError> {
        let length = usize::try_from(self.u32()?).map_err(|_| MalformedError)?;
        self.take(length)
    }

    pub(crate) const fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Ends; bytes left over are refused.
    pub(crate) const fn finish(self) -> Result<(), MalformedError> {
        if self.0.is_empty() { Ok(()) } else { Err(MalformedError) }
    }
}

/// A length in four bytes; `None` for what no record holds.
pub(crate) fn length32(bytes: &[u8]) -> Option<[u8; 4]> {
    u32::try_from(bytes.len()).ok().map(u32::to_be_bytes)
}

/// Version and JSON, the codec of what is no secret.
pub(crate) fn encode_json<T: serde::Serialize>(value: &T) -> Vec<u8> {
    let mut body = vec![CODEC];
    serde_json::to_writer(&mut body, value).expect("our own types are JSON");
    body
}

/// Reads what [`encode_json`] wrote.
pub(crate) fn decode_json<'a, T: serde::Deserialize<'a>>(
    body: &'a [u8],
) -> Result<T, MalformedError> {
    match body.split_first() {
        Some((&CODEC, json)) => serde_json::from_slice(json).map_err(|_| MalformedError),
        _ => Err(MalformedError),
    }
}
