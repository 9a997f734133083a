//! Where the lines of JSON begin when it is laid out, in one pass over its bytes.
//!
//! A pass of our own, since numbers, names that come twice and their order have to stay as they came, depth
//! must not cost stack, and the layout is not to be a second text of several times the size: a line is a
//! place in the text that came. `serde_json` reads by recursion, and tells no places of values. Two answers are
//! compared by `keyturn-request`'s own rows: those are texts, and whoever compares without a window has them too.

use std::fmt;

use super::folds::Folds;
use super::pieces::{Kind, Pieces};
use super::units::Reading;

/// How many bytes a layout may take for each byte of its text.
const MOST_WEIGHT: usize = 6;
/// Small ones may take so much in any case.
const LIGHT: usize = 4 * 1024 * 1024;

/// Says why a text was not laid out. Nothing of it is repeated.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum NotLaidOut {
    /// It is no JSON from one byte on.
    Breaks {
        /// Which one.
        offset: usize,
        /// What was expected there.
        expected: &'static str,
    },
    /// It is JSON with so many brackets that its layout would be many times its size.
    TooFine,
}

/// The lines of JSON, and what can be folded.
#[derive(Debug, Default)]
pub(super) struct JsonLayout {
    pub(super) pieces: Pieces,
    pub(super) folds: Folds,
}

/// Lays JSON out.
pub(super) fn lay_out(text: &str) -> Result<JsonLayout, NotLaidOut> {
    let mut pass = Pass {
        text,
        bytes: text.as_bytes(),
        at: 0,
        open: Vec::new(),
        line: None,
        laid: JsonLayout::default(),
    };
    pass.run()?;
    pass.laid.pieces.settle();
    pass.laid.folds.settle();
    Ok(pass.laid)
}

/// Something that is open.
#[derive(Clone, Copy)]
struct Open {
    /// Its place among the folds.
    fold: u32,
    is_object: bool,
}

struct Pass<'a> {
    text: &'a str,
    bytes: &'a [u8],
    at: usize,
    open: Vec<Open>,
    /// Where the line begins that is not written down yet.
    line: Option<(usize, Kind)>,
    laid: JsonLayout,
}

impl fmt::Debug for Pass<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Pass").field("at", &self.at).finish_non_exhaustive()
    }
}

impl Pass<'_> {
    fn run(&mut self) -> Result<(), NotLaidOut> {
        self.spaces();
        self.begins(Kind::Line)?;
        self.values()?;
        self.spaces();
        if self.at < self.bytes.len() {
            return Err(self.breaks("nothing more"));
        }
        self.ends(self.bytes.len());
        Ok(())
    }

    /// Reads values until nothing is open any longer.
    fn values(&mut self) -> Result<(), NotLaidOut> {
        loop {
            // Here stands a value.
            match self.peek() {
                Some(b'{') => {
                    if self.opens(true)? {
                        self.name()?;
                        continue;
                    }
                }
                Some(b'[') => {
                    if self.opens(false)? {
                        continue;
                    }
                }
                Some(b'"') => self.string()?,
                Some(b'-' | b'0'..=b'9') => self.number()?,
                Some(b't') => self.word("true")?,
                Some(b'f') => self.word("false")?,
                Some(b'n') => self.word("null")?,
                _ => return Err(self.breaks("a value")),
            }
            // Behind a value: what comes next, or ends.
            loop {
                let Some(open) = self.open.last().copied() else { return Ok(()) };
                self.spaces();
                match (self.peek(), open.is_object) {
                    (Some(b','), is_object) => {
                        self.at += 1;
                        self.spaces();
                        self.begins(Kind::Line)?;
                        if is_object {
                            self.name()?;
                        }
                        break;
                    }
                    (Some(b'}'), true) | (Some(b']'), false) => {
                        self.open.pop();
                        self.begins(Kind::Closer)?;
                        // Nothing is cut off a line that begins with its bracket: it is the next piece.
                        self.laid.folds.ends(open.fold, self.laid.pieces.len());
                        self.at += 1;
                    }
                    (_, true) => return Err(self.breaks("a comma or a closing brace")),
                    (_, false) => return Err(self.breaks("a comma or a closing bracket")),
                }
            }
        }
    }

    /// Reads an opening bracket; says whether there is something in it.
    fn opens(&mut self, is_object: bool) -> Result<bool, NotLaidOut> {
        self.at += 1;
        self.spaces();
        let closer = if is_object { b'}' } else { b']' };
        if self.peek() == Some(closer) {
            self.at += 1;
            return Ok(false);
        }
        if let Some((_, kind)) = &mut self.line {
            // What closes on a line opens nothing there: a comma and a new line stand between.
            *kind = Kind::Opener;
        }
        let first = self.begins(Kind::Line)?;
        let fold = self.laid.folds.begins(first);
        self.open.push(Open { fold, is_object });
        Ok(true)
    }

    /// Reads a name and its colon.
    fn name(&mut self) -> Result<(), NotLaidOut> {
        if self.peek() != Some(b'"') {
            return Err(self.breaks("a name in quotes"));
        }
        self.string()?;
        self.spaces();
        if self.peek() != Some(b':') {
            return Err(self.breaks("a colon"));
        }
        self.at += 1;
        self.spaces();
        Ok(())
    }

    fn string(&mut self) -> Result<(), NotLaidOut> {
        self.at += 1;
        loop {
            match self.peek() {
                Some(b'"') => {
                    self.at += 1;
                    return Ok(());
                }
                Some(b'\\') => self.escape()?,
                Some(0..=0x1f) => return Err(self.breaks("an escaped control character")),
                Some(_) => self.at += 1,
                None => return Err(self.breaks("the end of a string")),
            }
        }
    }

    fn escape(&mut self) -> Result<(), NotLaidOut> {
        self.at += 1;
        match self.peek() {
            Some(b'"' | b'\\' | b'/' | b'b' | b'f' | b'n' | b'r' | b't') => self.at += 1,
            Some(b'u') => {
                self.at += 1;
                for _ in 0..4 {
                    if !self.peek().is_some_and(|byte| byte.is_ascii_hexdigit()) {
                        return Err(self.breaks("four hexadecimal digits"));
                    }
                    self.at += 1;
                }
            }
            _ => return Err(self.breaks("a character that can be escaped")),
        }
        Ok(())
    }

    fn number(&mut self) -> Result<(), NotLaidOut> {
        self.skips(b'-');
        if !self.skips(b'0') {
            self.digits()?;
        }
        if self.skips(b'.') {
            self.digits()?;
        }
        if self.skips(b'e') || self.skips(b'E') {
            let _sign = self.skips(b'+') || self.skips(b'-');
            self.digits()?;
        }
        Ok(())
    }

    fn digits(&mut self) -> Result<(), NotLaidOut> {
        let begun = self.at;
        while self.peek().is_some_and(|byte| byte.is_ascii_digit()) {
            self.at += 1;
        }
        if self.at == begun { Err(self.breaks("a digit")) } else { Ok(()) }
    }

    fn word(&mut self, word: &str) -> Result<(), NotLaidOut> {
        let is_word =
            self.bytes.get(self.at..).is_some_and(|rest| rest.starts_with(word.as_bytes()));
        if !is_word {
            return Err(self.breaks("a value"));
        }
        self.at += word.len();
        Ok(())
    }

    /// Begins a new line here, and writes down the one before. Says which piece was its first.
    fn begins(&mut self, kind: Kind) -> Result<u32, NotLaidOut> {
        let first = self.ends(self.at);
        self.line = Some((self.at, kind));
        let weight = self.laid.pieces.weight() + self.laid.folds.weight();
        if weight > self.bytes.len() * MOST_WEIGHT + LIGHT {
            return Err(NotLaidOut::TooFine);
        }
        Ok(first)
    }

    fn ends(&mut self, at: usize) -> u32 {
        let Some((from, kind)) = self.line.take() else { return 0 };
        self.laid.pieces.push(self.text, from, at, kind, Reading::Json)
    }

    fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    fn skips(&mut self, byte: u8) -> bool {
        let is_there = self.peek() == Some(byte);
        self.at += usize::from(is_there);
        is_there
    }

    fn spaces(&mut self) {
        while matches!(self.peek(), Some(b' ' | b'\t' | b'\n' | b'\r')) {
            self.at += 1;
        }
    }

    const fn breaks(&self, expected: &'static str) -> NotLaidOut {
        NotLaidOut::Breaks { offset: self.at, expected }
    }
}

/// The line and the column of a byte, as people count them.
pub(super) fn place(text: &str, offset: usize) -> (usize, usize) {
    let before = text.get(..offset).unwrap_or(text);
    let line = before.bytes().filter(|byte| *byte == b'\n').count() + 1;
    let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
    (line, column)
}
