//! Finds the byte at which a value stands in the file: `exchanges.0.path` → where it is written.

use std::ops::Range;

use toml::Spanned;
use toml::de::{DeTable, DeValue, Error};

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
}
