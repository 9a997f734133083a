//! Finds the byte at which a value stands in the file: `exchanges.0.path` → where it is written.

use std::ops::Range;

use toml::Spanned;
use toml::de::{DeString, DeTable, DeValue, Error};

/// Where every value of a file stands.
pub(super) struct Places<'text>(Spanned<DeTable<'text>>);

impl<'text> Places<'text> {
    pub(super) fn parse(text: &'text str) -> Result<Self, Error> {
        DeTable::parse(text).map(Self)
    }

    /// The byte at which a value begins; of one that is not there, where its nearest surroundings
    /// begin.
    pub(super) fn byte_of(&self, path: &str) -> usize {
        let mut steps = path.split('.');
        let Some(first) = steps.next().and_then(|step| self.0.get_ref().get(step)) else {
            return 0;
        };
        let mut value = first;
        let mut span: Range<usize> = value.span();
        for step in steps {
            let next = match value.get_ref() {
                DeValue::Array(array) => step.parse().ok().and_then(|at: usize| array.get(at)),
                DeValue::Table(table) => table.get(step),
                _ => None,
            };
            let Some(next) = next else { break };
            value = next;
            span = value.span();
        }
        span.start
    }

    /// Looks at every text, keys among them, and answers the byte where each one that was found
    /// wanting begins.
    pub(super) fn texts<F>(&self, look: &dyn Fn(&str, &str) -> Option<F>) -> Vec<(usize, F)> {
        let mut found = Vec::new();
        for (key, value) in self.0.get_ref() {
            walk(key.get_ref(), key, value, look, &mut found);
        }
        found.sort_by_key(|(byte, _)| *byte);
        found
    }
}

fn walk<F>(
    path: &str,
    key: &Spanned<DeString<'_>>,
    value: &Spanned<DeValue<'_>>,
    look: &dyn Fn(&str, &str) -> Option<F>,
    found: &mut Vec<(usize, F)>,
) {
    found.extend(look("", key.get_ref()).map(|what| (key.span().start, what)));
    walk_value(path, value, look, found);
}

fn walk_value<F>(
    path: &str,
    value: &Spanned<DeValue<'_>>,
    look: &dyn Fn(&str, &str) -> Option<F>,
    found: &mut Vec<(usize, F)>,
) {
    match value.get_ref() {
        DeValue::String(text) => {
            found.extend(look(path, text).map(|what| (value.span().start, what)));
        }
        DeValue::Array(values) => {
            for value in values {
                walk_value(path, value, look, found);
            }
        }
        DeValue::Table(table) => {
            for (key, value) in table {
                walk(&format!("{path}.{}", key.get_ref()), key, value, look, found);
            }
        }
        _ => {}
    }
}
