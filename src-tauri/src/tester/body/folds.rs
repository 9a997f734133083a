//! What of a layout is folded. Each bracket remembers whether it is, also while one around it hides it; what
//! is hidden is a list of the outermost ones, made anew with each change in one pass.

/// What can be folded.
#[derive(Debug, Default)]
pub(super) struct Folds {
    /// The piece that each begins with and the one that it ends with, by their beginnings.
    places: Vec<(u32, u32)>,
    /// Which are closed: a bit each.
    closed: Vec<u64>,
    /// The outermost closed ones.
    hidden: Vec<Hidden>,
}

/// What is hidden behind one piece.
#[derive(Debug, Clone, Copy)]
struct Hidden {
    piece: u32,
    end: u32,
    /// How many pieces are hidden before it.
    gone: u32,
}

impl Folds {
    /// Notes what begins with a piece; says its number.
    pub(super) fn begins(&mut self, piece: u32) -> u32 {
        let number = u32::try_from(self.places.len()).unwrap_or(u32::MAX);
        self.places.push((piece, piece));
        number
    }

    /// Notes with which piece it ends.
    pub(super) fn ends(&mut self, number: u32, piece: u32) {
        if let Some(place) = self.places.get_mut(number as usize) {
            place.1 = piece;
        }
    }

    /// The bytes that they take.
    pub(super) fn weight(&self) -> usize {
        self.places.len() * size_of::<(u32, u32)>()
    }

    /// Gives back what was taken in advance; all are open.
    pub(super) fn settle(&mut self) {
        self.places.shrink_to_fit();
        self.closed = vec![0; self.places.len().div_ceil(64)];
    }

    /// The number of what begins with a piece, and the piece that it ends with.
    pub(super) fn at(&self, piece: u32) -> Option<(usize, u32)> {
        let number = self.places.binary_search_by_key(&piece, |place| place.0).ok()?;
        Some((number, self.places[number].1))
    }

    /// Whether one is closed.
    pub(super) fn is_closed(&self, number: usize) -> bool {
        self.closed.get(number / 64).is_some_and(|bits| bits >> (number % 64) & 1 == 1)
    }

    fn set(&mut self, number: usize, closed: bool) {
        if let Some(bits) = self.closed.get_mut(number / 64) {
            let bit = 1 << (number % 64);
            if closed { *bits |= bit } else { *bits &= !bit }
        }
    }

    /// Closes or opens what begins with a piece.
    pub(super) fn fold(&mut self, piece: u32, closed: bool) {
        if let Some((number, _)) = self.at(piece) {
            self.set(number, closed);
            self.hide();
        }
    }

    /// Closes or opens everything; the outermost one stays open, so that something is seen.
    pub(super) fn fold_all(&mut self, closed: bool) {
        self.closed.fill(if closed { u64::MAX } else { 0 });
        self.set(0, false);
        self.hide();
    }

    /// Opens what hides a piece.
    pub(super) fn reach(&mut self, piece: u32) {
        let before = self.places.partition_point(|place| place.0 < piece);
        for number in 0..before {
            if self.places[number].1 >= piece {
                self.set(number, false);
            }
        }
        self.hide();
    }

    fn hide(&mut self) {
        self.hidden.clear();
        let (mut gone, mut after) = (0, 0);
        for (number, (piece, end)) in self.places.iter().copied().enumerate() {
            if piece >= after && self.is_closed(number) {
                self.hidden.push(Hidden { piece, end, gone });
                gone += end - piece;
                after = end + 1;
            }
        }
        if self.hidden.capacity() > self.hidden.len() * 4 {
            self.hidden.shrink_to_fit();
        }
    }

    /// How many of `all` pieces are visible.
    pub(super) fn visible(&self, all: u32) -> u32 {
        all - self.hidden.last().map_or(0, |last| last.gone + last.end - last.piece)
    }

    /// The piece in a visible row.
    pub(super) fn piece(&self, row: u32) -> u32 {
        let above = self.hidden.partition_point(|hidden| hidden.piece - hidden.gone < row);
        match above.checked_sub(1).and_then(|last| self.hidden.get(last)) {
            Some(last) => row + last.gone + (last.end - last.piece),
            None => row,
        }
    }

    /// The visible row of a piece, or of what hides it.
    pub(super) fn row(&self, piece: u32) -> u32 {
        let above = self.hidden.partition_point(|hidden| hidden.piece < piece);
        match above.checked_sub(1).and_then(|last| self.hidden.get(last)) {
            Some(last) if piece <= last.end => last.piece - last.gone,
            Some(last) => piece - last.gone - (last.end - last.piece),
            None => piece,
        }
    }
}
