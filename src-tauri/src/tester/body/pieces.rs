//! Where the lines of a text begin. A line of more than a thousand characters is several pieces, so that
//! one of ten megabytes is never shown whole.
//!
//! Four bytes a piece, since an answer of ten megabytes may have five million.

use super::units::{Reading, Units};

/// How many characters a piece has at most.
pub(super) const LONGEST: u32 = 1_000;

/// The longest text that can be laid out.
pub(super) const MOST_BYTES: usize = OFFSET as usize;

const OFFSET: u32 = (1 << 29) - 1;
const KIND_AT: u32 = 29;
/// Between how many pieces the depth is written down.
const STRIDE: usize = 64;

/// What a piece is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// A line.
    Line,
    /// A line that ends with the opening bracket of something that is not empty.
    Opener,
    /// A line that begins with its closing bracket.
    Closer,
    /// It goes on with the one before.
    Continued,
    /// The same, within a string of JSON.
    ContinuedString,
}

impl Kind {
    const fn bits(self) -> u32 {
        self as u32
    }

    const fn of(packed: u32) -> Self {
        match packed >> KIND_AT {
            0 => Self::Line,
            1 => Self::Opener,
            2 => Self::Closer,
            3 => Self::Continued,
            _ => Self::ContinuedString,
        }
    }

    pub(super) const fn is_continued(self) -> bool {
        matches!(self, Self::Continued | Self::ContinuedString)
    }
}

/// The pieces of a text.
#[derive(Debug, Default)]
pub(super) struct Pieces {
    packed: Vec<u32>,
    /// How deep the first of each stride lies.
    depths: Vec<u32>,
    depth: u32,
    /// The columns of the longest piece with its indentation, two for each level.
    longest: u32,
}

impl Pieces {
    /// How many there are.
    pub(super) fn len(&self) -> u32 {
        u32::try_from(self.packed.len()).unwrap_or(u32::MAX)
    }

    /// The bytes that they take.
    pub(super) fn weight(&self) -> usize {
        (self.packed.len() + self.depths.len()) * size_of::<u32>()
    }

    /// The columns of the longest one.
    pub(super) const fn longest(&self) -> u32 {
        self.longest
    }

    /// Gives back what was taken in advance.
    pub(super) fn settle(&mut self) {
        self.packed.shrink_to_fit();
        self.depths.shrink_to_fit();
    }

    /// Adds the line from `from` to `to` of the text, cut where it is too long. Says which piece is its first.
    pub(super) fn push(
        &mut self,
        text: &str,
        from: usize,
        to: usize,
        kind: Kind,
        reading: Reading,
    ) -> u32 {
        let first = self.len();
        if kind == Kind::Closer {
            self.depth = self.depth.saturating_sub(1);
        }
        self.add(from, kind);
        let line = text.get(from..to).unwrap_or_default();
        let indent = self.depth.saturating_mul(2);
        // The layout adds one space to a line, behind a colon.
        let at_most = u32::try_from(line.len()).unwrap_or(u32::MAX).saturating_add(1);
        if at_most > LONGEST || at_most.saturating_add(indent) > self.longest {
            let widest = self.cut(line, from, reading);
            self.longest = self.longest.max(widest.saturating_add(indent));
        }
        if kind == Kind::Opener {
            self.depth += 1;
        }
        first
    }

    /// Cuts a line where it is too long, and says how many characters its longest piece has.
    fn cut(&mut self, line: &str, from: usize, reading: Reading) -> u32 {
        let (mut length, mut widest) = (0, 0);
        let mut units = Units::new(line, reading);
        loop {
            let before = units.reading();
            let Some((at, unit)) = units.next() else { break };
            if length + unit.len() > LONGEST {
                let inside = before == Reading::JsonString;
                let kind = if inside { Kind::ContinuedString } else { Kind::Continued };
                self.add(from + at, kind);
                length = 0;
            }
            length += unit.len();
            widest = widest.max(length);
        }
        widest
    }

    fn add(&mut self, offset: usize, kind: Kind) {
        if self.packed.len().is_multiple_of(STRIDE) {
            self.depths.push(self.depth);
        }
        let offset = u32::try_from(offset).unwrap_or(OFFSET).min(OFFSET);
        self.packed.push(offset | (kind.bits() << KIND_AT));
    }

    /// What a piece is, and where it begins.
    pub(super) fn get(&self, piece: u32) -> Option<(Kind, usize)> {
        let packed = *self.packed.get(piece as usize)?;
        Some((Kind::of(packed), (packed & OFFSET) as usize))
    }

    /// Where a piece ends, which is where the next one begins.
    pub(super) fn end(&self, piece: u32, text: &str) -> usize {
        self.get(piece + 1).map_or(text.len(), |(_, offset)| offset)
    }

    /// The piece that a byte of the text is in.
    pub(super) fn at(&self, offset: usize) -> u32 {
        let after = self.packed.partition_point(|packed| (packed & OFFSET) as usize <= offset);
        u32::try_from(after).unwrap_or(u32::MAX).saturating_sub(1)
    }

    /// How deep a piece lies.
    pub(super) fn depth(&self, piece: u32) -> u32 {
        let piece = piece as usize;
        let start = piece / STRIDE * STRIDE;
        let mut depth = self.depths.get(piece / STRIDE).copied().unwrap_or_default();
        for (at, packed) in self.packed.iter().enumerate().take(piece + 1).skip(start) {
            // The depth of a stride's first piece is written down as it is after its own bracket.
            match Kind::of(*packed) {
                Kind::Closer if at != start => depth = depth.saturating_sub(1),
                Kind::Opener if at != piece => depth += 1,
                _ => {}
            }
        }
        depth
    }
}
