//! How long an entry of the history gets: what users write into an address has no end of its own.

use keyturn_vault::NotedExchange;

/// The longest path, in characters.
const LONGEST_PATH: usize = 2_048;
/// So many names of the query.
const MOST_NAMES: usize = 50;
/// The longest of them, and of the name under which a request is saved.
const LONGEST_NAME: usize = 100;
/// Stands for what was left out.
const MORE: &str = "…";

/// The entry, with what is too long cut so that it shows.
pub(super) fn cut(mut exchange: NotedExchange) -> NotedExchange {
    shorten(&mut exchange.path, LONGEST_PATH);
    shorten(&mut exchange.method, LONGEST_NAME);
    if exchange.query.len() > MOST_NAMES {
        exchange.query.truncate(MOST_NAMES);
        exchange.query.push(MORE.to_owned());
    }
    exchange.query.iter_mut().for_each(|name| shorten(name, LONGEST_NAME));
    if let Some(name) = &mut exchange.saved {
        shorten(name, LONGEST_NAME);
    }
    exchange
}

fn shorten(text: &mut String, longest: usize) {
    if let Some((end, _)) = text.char_indices().nth(longest) {
        text.truncate(end);
        text.push_str(MORE);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_as_long_as_it_may_be_stays_and_what_is_longer_shows_that_it_goes_on() {
        for (length, expected) in [(99, 99), (100, 100), (101, 101), (5_000, 101)] {
            let mut text = "é".repeat(length);
            shorten(&mut text, LONGEST_NAME);
            assert_eq!(text.chars().count(), expected, "{length}");
            assert_eq!(text.ends_with(MORE), length > 100, "{length}");
        }
    }
}
