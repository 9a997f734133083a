//! Random text, repeatable from a seed: HMAC-SHA-256 of a counter.

use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

/// A stream of random bytes. For made-up credentials only.
pub(crate) struct Draw {
    key: [u8; 32],
    counter: u64,
    left: Vec<u8>,
}

const ALPHANUMERIC: &[u8; 62] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

impl Draw {
    /// From the seed, or from the operating system.
    pub(crate) fn new(seed: Option<u64>) -> Result<Self, getrandom::Error> {
        let mut key = [0; 32];
        match seed {
            Some(seed) => {
                for (place, byte) in key.iter_mut().zip(seed.to_be_bytes()) {
                    *place = byte;
                }
            }
            None => getrandom::fill(&mut key)?,
        }
        Ok(Self { key, counter: 0, left: Vec::new() })
    }

    fn byte(&mut self) -> u8 {
        loop {
            if let Some(byte) = self.left.pop() {
                return byte;
            }
            self.left = hmac_sha256(&self.key, &self.counter.to_be_bytes());
            self.counter += 1;
        }
    }

    fn letters_of(&mut self, alphabet: &[u8], length: usize) -> String {
        let mut text = String::with_capacity(length);
        while text.len() < length {
            // 62 does not divide 256: what would favour the first letters is thrown away.
            let byte = usize::from(self.byte());
            if byte < 256 - 256 % alphabet.len() {
                text.push(char::from(alphabet[byte % alphabet.len()]));
            }
        }
        text
    }

    pub(crate) fn alphanumeric(&mut self, length: usize) -> String {
        self.letters_of(ALPHANUMERIC, length)
    }

    pub(crate) fn hexadecimal(&mut self, length: usize) -> String {
        self.letters_of(b"0123456789abcdef", length)
    }

    pub(crate) fn bytes(&mut self) -> [u8; 32] {
        std::array::from_fn(|_| self.byte())
    }
}

/// HMAC-SHA-256 (RFC 2104).
pub(crate) fn hmac_sha256(key: &[u8], message: &[u8]) -> Vec<u8> {
    let mut mac = Hmac::<Sha256>::new_from_slice(key).expect("HMAC takes keys of every length");
    mac.update(message);
    mac.finalize().into_bytes().to_vec()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_seed_gives_the_same_text_again() {
        let draw = || Draw::new(Some(7)).unwrap().alphanumeric(40);
        assert_eq!(draw(), draw());
        assert_ne!(draw(), Draw::new(Some(8)).unwrap().alphanumeric(40));
    }
}
