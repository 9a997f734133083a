//! The rows of the table.

/// A row.
pub(crate) struct Row {
    pub(crate) id: String,
    pub(crate) says: String,
    pub(crate) remark: String,
}

/// Reads the rows of every table in a text.
pub(crate) fn read(text: &str) -> Vec<Row> {
    text.lines()
        .filter_map(|line| {
            let cells: Vec<&str> = line.strip_prefix('|')?.split(" | ").map(str::trim).collect();
            let [id, says, rest @ ..] = cells.as_slice() else { return None };
            let remark = rest.join(" | ");
            is_id(id).then(|| Row {
                id: (*id).to_owned(),
                says: (*says).trim_end_matches('|').trim().to_owned(),
                remark: remark.trim_end_matches('|').trim().to_owned(),
            })
        })
        .collect()
}

/// Whether a word names a row: the family's letters and at most two digits.
pub(crate) fn is_id(word: &str) -> bool {
    ["X", "DV", "DI", "DE", "DC"].iter().any(|family| {
        word.strip_prefix(family).is_some_and(|digits| {
            matches!(digits.len(), 1 | 2) && digits.bytes().all(|byte| byte.is_ascii_digit())
        })
    })
}
