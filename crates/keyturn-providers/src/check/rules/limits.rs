//! Limits: they allow something, and count by an open field.

use super::Rules;
use crate::schema::Limit;
use crate::schema::field::FieldKind;

impl Rules<'_> {
    pub(super) fn limit(&mut self, path: &str, limit: &Limit) {
        let counts = [
            ("per_second", limit.per_second),
            ("per_minute", limit.per_minute),
            ("per_day", limit.per_day),
            ("burst", limit.burst),
        ];
        for (key, count) in counts {
            if count == Some(0) {
                self.report(format!("{path}.{key}"), "a limit of 0 lets nothing through");
            }
        }
        if limit.per_second.or(limit.per_minute).or(limit.per_day).is_none() {
            self.report(path, "a limit has `per_second`, `per_minute` or `per_day`");
        }
        if limit.burst.is_some() && limit.per_second.is_none() {
            self.report(format!("{path}.burst"), "a burst stands above `per_second`");
        }
        if let Some(name) = &limit.counted_by {
            let place = format!("{path}.counted_by");
            let kind = self.known_field(place.clone(), name);
            if kind.is_some_and(|kind| kind != FieldKind::Open) {
                self.report(place, format!("'{name}' is a secret; counting goes by an open field"));
            }
        }
    }
}
