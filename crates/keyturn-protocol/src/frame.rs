//! Framing: a message is one or more frames, a frame is a 4-byte header and at most 64 KiB.
//!
//! The header is big-endian: the highest bit says that the message goes on in the next frame, the
//! rest is the payload's length. A message has at most [`MAX_MESSAGE`] bytes; anything else ends the
//! connection before memory is taken for it.

use std::io::{self, Read, Write};

use zeroize::Zeroizing;

/// The most payload bytes in a frame.
pub const MAX_FRAME: usize = 64 * 1024;
/// The most bytes in a message: an answer body of 10 MiB, base64-encoded, with room for headers.
pub const MAX_MESSAGE: usize = 16 * 1024 * 1024;

const MORE: u32 = 1 << 31;

/// A frame's header, decoded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Header {
    /// Whether the message goes on in the next frame.
    pub more: bool,
    /// The payload's length.
    pub length: usize,
}

impl Header {
    /// Reads a header; refuses lengths over [`MAX_FRAME`].
    pub fn decode(bytes: [u8; 4]) -> io::Result<Self> {
        let word = u32::from_be_bytes(bytes);
        let length = usize::try_from(word & !MORE).unwrap_or(usize::MAX);
        if length > MAX_FRAME {
            return Err(io::Error::new(io::ErrorKind::InvalidData, "a frame is too long"));
        }
        Ok(Self { more: word & MORE != 0, length })
    }
}

/// Splits a message into frames, each with its header.
#[must_use]
pub fn split(message: &[u8]) -> Zeroizing<Vec<u8>> {
    let frames = message.len().div_ceil(MAX_FRAME).max(1);
    let mut bytes = Zeroizing::new(Vec::with_capacity(message.len() + 4 * frames));
    for index in 0..frames {
        let start = index * MAX_FRAME;
        let payload = &message[start..message.len().min(start + MAX_FRAME)];
        let length = u32::try_from(payload.len()).unwrap_or_default();
        let more = if index + 1 < frames { MORE } else { 0 };
        bytes.extend_from_slice(&(length | more).to_be_bytes());
        bytes.extend_from_slice(payload);
    }
    bytes
}

/// Adds room for a frame to a message, keeping to [`MAX_MESSAGE`] and wiping the buffer it replaces.
/// Returns the room to fill.
pub fn grow(message: &mut Zeroizing<Vec<u8>>, by: usize) -> io::Result<&mut [u8]> {
    let start = message.len();
    if start + by > MAX_MESSAGE {
        return Err(io::Error::new(io::ErrorKind::InvalidData, "a message is too long"));
    }
    if message.capacity() < start + by {
        let room = (2 * message.capacity()).max(start + by);
        let mut larger = Zeroizing::new(Vec::with_capacity(room));
        larger.extend_from_slice(message);
        *message = larger;
    }
    message.resize(start + by, 0);
    Ok(&mut message[start..])
}

/// Writes a message.
pub fn write(stream: &mut impl Write, message: &[u8]) -> io::Result<()> {
    stream.write_all(&split(message))?;
    stream.flush()
}

/// Reads a message.
pub fn read(stream: &mut impl Read) -> io::Result<Zeroizing<Vec<u8>>> {
    let mut message = Zeroizing::new(Vec::new());
    loop {
        let mut header = [0; 4];
        stream.read_exact(&mut header)?;
        let header = Header::decode(header)?;
        stream.read_exact(grow(&mut message, header.length)?)?;
        if !header.more {
            return Ok(message);
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_message_of_any_length_survives_its_frames() {
        for length in [0, 1, MAX_FRAME - 1, MAX_FRAME, MAX_FRAME + 1, 3 * MAX_FRAME] {
            let message = vec![7; length];
            let bytes = split(&message);
            assert_eq!(*read(&mut bytes.as_slice()).unwrap(), message, "{length} bytes");
        }
    }

    #[test]
    fn a_length_over_the_limit_is_refused_before_memory_is_taken() {
        for word in [u32::MAX, MORE - 1, u32::try_from(MAX_FRAME).unwrap() + 1] {
            let error = read(&mut word.to_be_bytes().as_slice()).unwrap_err();
            assert_eq!(error.kind(), io::ErrorKind::InvalidData);
        }
    }

    #[test]
    fn a_message_that_never_ends_is_refused() {
        struct Endless;
        impl Read for Endless {
            fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
                let header = (MORE | u32::try_from(MAX_FRAME).unwrap()).to_be_bytes();
                let count = if buffer.len() == 4 {
                    buffer.copy_from_slice(&header);
                    4
                } else {
                    buffer.len()
                };
                Ok(count)
            }
        }
        assert_eq!(read(&mut Endless).unwrap_err().kind(), io::ErrorKind::InvalidData);
    }

    proptest! {
        #[test]
        fn garbage_never_panics(bytes in proptest::collection::vec(any::<u8>(), 0..2048)) {
            drop(read(&mut bytes.as_slice()));
        }
    }
}
