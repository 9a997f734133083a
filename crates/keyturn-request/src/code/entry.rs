//! The headers of a request as entries of an object, `"name": value`: Python and JavaScript write them alike.

use super::{Carrier, joined, literal};

/// What the two write in their own ways.
pub(super) struct Language {
    /// Reads a variable of the environment.
    pub(super) read: fn(&str) -> String,
    /// Turns an expression of text into one of its base64.
    pub(super) base64: fn(&str) -> String,
    /// A header's value, which may have characters beyond ASCII.
    pub(super) value: fn(&str) -> String,
}

impl Language {
    /// The request's own headers, those of one name together, and behind them those that carry the credential.
    pub(super) fn entries(
        &self,
        headers: Vec<(String, String)>,
        carriers: &[Carrier],
    ) -> Vec<String> {
        let own = joined(headers).into_iter();
        let mut entries: Vec<String> = own
            .map(|(name, value)| format!("{}: {}", literal(&name), (self.value)(&value)))
            .collect();
        entries.extend(carriers.iter().filter_map(|carrier| self.entry(carrier)));
        entries
    }

    fn entry(&self, carrier: &Carrier) -> Option<String> {
        match carrier {
            Carrier::Header { name, scheme: Some(scheme), variable } => {
                let scheme = literal(&format!("{scheme} "));
                Some(format!("{}: {scheme} + {}", literal(name), (self.read)(variable)))
            }
            Carrier::Header { name, scheme: None, variable } => {
                Some(format!("{}: {}", literal(name), (self.read)(variable)))
            }
            Carrier::Basic { name, user, variable } => {
                let pair = format!("{} + \":\" + {}", (self.read)(user), (self.read)(variable));
                Some(format!("{}: \"Basic \" + {}", literal(name), (self.base64)(&pair)))
            }
            Carrier::Query { .. } => None,
        }
    }
}
