//! Tables and blocks of facts: two blanks between columns, no frames, colours only for states.

use std::fmt::Write as _;

use unicode_width::UnicodeWidthStr as _;

use crate::output::visible;

/// How a piece of text looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Style {
    /// Ordinary.
    Plain,
    /// In the background.
    Dim,
    /// All is well.
    Good,
    /// Soon to be seen to.
    Warn,
    /// To be seen to now.
    Bad,
}

/// A cell of a table.
#[derive(Debug, Clone)]
pub(crate) struct Cell {
    text: String,
    style: Style,
}

/// A table with a head.
#[derive(Debug)]
pub(crate) struct Table {
    head: &'static [&'static str],
    rows: Vec<Vec<Cell>>,
}

/// Named facts, one a line.
#[derive(Debug, Default)]
pub(crate) struct Facts(Vec<(&'static str, Vec<Cell>)>);

impl Style {
    /// Colours a text.
    pub(crate) fn paint(self, text: &str, colors: bool) -> String {
        let code = match self {
            Self::Plain => return text.to_owned(),
            Self::Dim => "2",
            Self::Good => "32",
            Self::Warn => "33",
            Self::Bad => "1;31",
        };
        if colors { format!("\x1b[{code}m{text}\x1b[0m") } else { text.to_owned() }
    }
}

impl Cell {
    /// A cell; control characters in it are made visible.
    pub(crate) fn new(text: impl AsRef<str>, style: Style) -> Self {
        Self { text: visible::line(text.as_ref()), style }
    }

    /// An ordinary cell.
    pub(crate) fn plain(text: impl AsRef<str>) -> Self {
        Self::new(text, Style::Plain)
    }

    /// Adds words to it.
    pub(crate) fn append(mut self, text: &str) -> Self {
        self.text.push_str(&visible::line(text));
        self
    }

    /// Its words.
    #[cfg(test)]
    pub(crate) fn text(&self) -> &str {
        &self.text
    }

    /// A cell for what may be missing.
    pub(crate) fn optional(text: Option<impl AsRef<str>>) -> Self {
        text.map_or_else(|| Self::new("–", Style::Dim), Self::plain)
    }

    /// A cell for several words, of which there may be none.
    pub(crate) fn several(words: &[String]) -> Self {
        Self::optional((!words.is_empty()).then(|| words.join(", ")))
    }
}

impl Table {
    /// An empty table.
    pub(crate) const fn new(head: &'static [&'static str]) -> Self {
        Self { head, rows: Vec::new() }
    }

    /// Adds a row with as many cells as the head has.
    pub(crate) fn row(&mut self, cells: Vec<Cell>) {
        self.rows.push(cells);
    }

    /// Lays the table out.
    pub(crate) fn render(&self, colors: bool) -> String {
        let head: Vec<Cell> = self.head.iter().map(|word| Cell::new(word, Style::Dim)).collect();
        let lines: Vec<&Vec<Cell>> = std::iter::once(&head).chain(&self.rows).collect();
        let widths: Vec<usize> = (0..self.head.len())
            .map(|column| {
                let cells = lines.iter().filter_map(|line| line.get(column));
                cells.map(|cell| cell.text.width()).max().unwrap_or_default()
            })
            .collect();
        let mut text = String::new();
        for line in lines {
            let mut laid = String::new();
            let mut blanks = 0;
            for (cell, width) in line.iter().zip(&widths) {
                laid.push_str(&" ".repeat(blanks));
                laid.push_str(&cell.style.paint(&cell.text, colors));
                blanks = width - cell.text.width() + 2;
            }
            text.push_str(laid.trim_end());
            text.push('\n');
        }
        text
    }
}

impl Facts {
    /// Adds a fact.
    pub(crate) fn add(&mut self, name: &'static str, cell: Cell) -> &mut Self {
        self.0.push((name, vec![cell]));
        self
    }

    /// Adds a fact if it is known.
    pub(crate) fn add_known(
        &mut self,
        name: &'static str,
        text: Option<impl AsRef<str>>,
    ) -> &mut Self {
        if let Some(text) = text {
            self.add(name, Cell::plain(text));
        }
        self
    }

    /// Adds a fact of several lines, unless there are none.
    pub(crate) fn add_lines(
        &mut self,
        name: &'static str,
        lines: impl IntoIterator<Item = impl AsRef<str>>,
    ) -> &mut Self {
        let cells: Vec<Cell> = lines.into_iter().map(Cell::plain).collect();
        if !cells.is_empty() {
            self.0.push((name, cells));
        }
        self
    }

    /// Lays the facts out.
    pub(crate) fn render(&self, colors: bool) -> String {
        let width = self.0.iter().map(|(name, _)| name.len()).max().unwrap_or_default() + 2;
        let mut text = String::new();
        for (name, cells) in &self.0 {
            for (index, cell) in cells.iter().enumerate() {
                let name = if index == 0 { name } else { "" };
                let name = Style::Dim.paint(&format!("{name:width$}"), colors);
                // Writing to a String cannot fail.
                let _written = writeln!(text, "{name}{}", cell.style.paint(&cell.text, colors));
            }
        }
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_line_up_by_what_is_seen() {
        let mut table = Table::new(&["REF", "OWNER"]);
        table.row(vec![Cell::plain("a/鍵"), Cell::plain("Ann")]);
        table.row(vec![Cell::plain("b/longer"), Cell::optional(None::<&str>)]);
        assert_eq!(table.render(false), "REF       OWNER\na/鍵      Ann\nb/longer  –\n");
    }

    #[test]
    fn a_cell_cannot_break_out_of_its_line() {
        let mut table = Table::new(&["NOTE"]);
        table.row(vec![Cell::plain("one\ntwo\x1b[2J")]);
        assert_eq!(table.render(false), "NOTE\none␊two␛[2J\n");
    }

    #[test]
    fn colours_do_not_count_as_width() {
        let mut table = Table::new(&["A", "B"]);
        table.row(vec![Cell::new("x", Style::Bad), Cell::plain("y")]);
        assert!(table.render(true).contains("\x1b[1;31mx\x1b[0m  y"));
    }
}
