//! "Did you mean": the known word nearest to an unknown one.

/// The known word nearest to `word`, if it is near enough to have been meant.
pub(crate) fn nearest<'known>(
    word: &str,
    known: impl IntoIterator<Item = &'known str>,
) -> Option<&'known str> {
    let bound = (word.chars().count() / 3).max(1);
    known
        .into_iter()
        .map(|candidate| (distance(word, candidate), candidate))
        .filter(|(distance, _)| *distance <= bound)
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, candidate)| candidate)
}

/// "did you mean 'x'?" for an unknown word, if there is something to suggest.
pub(crate) fn did_you_mean<'known>(
    word: &str,
    known: impl IntoIterator<Item = &'known str>,
) -> Option<String> {
    nearest(word, known).map(|candidate| format!("did you mean '{candidate}'?"))
}

/// How many insertions, deletions, replacements and swaps of neighbours lie between two words.
fn distance(one: &str, other: &str) -> usize {
    let one: Vec<char> = one.chars().collect();
    let other: Vec<char> = other.chars().collect();
    let mut rows: Vec<Vec<usize>> = vec![(0..=other.len()).collect()];
    for i in 1..=one.len() {
        let mut row = vec![i];
        for j in 1..=other.len() {
            let cost = usize::from(one[i - 1] != other[j - 1]);
            let mut best = (rows[i - 1][j] + 1).min(row[j - 1] + 1).min(rows[i - 1][j - 1] + cost);
            if i > 1 && j > 1 && one[i - 1] == other[j - 2] && one[i - 2] == other[j - 1] {
                best = best.min(rows[i - 2][j - 2] + 1);
            }
            row.push(best);
        }
        rows.push(row);
    }
    rows[one.len()][other.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_of_the_finger_is_understood() {
        let known = ["where_to_find", "pattern", "prefix"];
        assert_eq!(nearest("patern", known), Some("pattern"));
        assert_eq!(nearest("prefxi", known), Some("prefix"));
        assert_eq!(nearest("where_tofind", known), Some("where_to_find"));
    }

    #[test]
    fn another_word_altogether_is_not() {
        assert_eq!(nearest("colour", ["pattern", "prefix"]), None);
        assert_eq!(nearest("", ["pattern"]), None);
    }
}
