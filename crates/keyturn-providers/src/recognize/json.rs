//! A JSON object of texts, such as a service account or the answer of a console.

use std::fmt;

use serde::Deserializer as _;
use serde::de::{DeserializeSeed, IgnoredAny, MapAccess, SeqAccess, Visitor};
use zeroize::Zeroizing;

use super::MOST_VARIABLES;
use super::named::Named;

/// The texts of an object and of the objects in it, with the names of their members; `None` where it is
/// no JSON object. Read without serde's own tree, which is never wiped.
pub(super) fn members(text: &str) -> Option<Vec<Named>> {
    if !text.starts_with('{') {
        return None;
    }
    let mut found = Vec::new();
    let mut json = serde_json::Deserializer::from_str(text);
    json.deserialize_any(Member { name: "", found: &mut found }).ok()?;
    json.end().ok()?;
    Some(found)
}

/// Takes the texts of one member.
struct Member<'found, 'name> {
    name: &'name str,
    found: &'found mut Vec<Named>,
}

impl<'de> DeserializeSeed<'de> for Member<'_, '_> {
    type Value = ();

    fn deserialize<D: serde::Deserializer<'de>>(self, json: D) -> Result<(), D::Error> {
        json.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Member<'_, '_> {
    type Value = ();

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("JSON")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        while let Some(name) = map.next_key::<String>()? {
            // More than that is refused afterwards, and need not be kept.
            if self.found.len() > MOST_VARIABLES {
                map.next_value::<IgnoredAny>()?;
            } else {
                map.next_value_seed(Member { name: &name, found: self.found })?;
            }
        }
        Ok(())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<(), A::Error> {
        while list.next_element::<IgnoredAny>()?.is_some() {}
        Ok(())
    }

    fn visit_str<E>(self, text: &str) -> Result<(), E> {
        // A name that no field has is perhaps a value.
        let is_name = self.name.len() <= 100 && self.name.chars().all(|c| !c.is_control());
        if !text.is_empty() && is_name {
            let value = Zeroizing::new(text.to_owned());
            self.found.push(Named { name: self.name.to_owned(), value });
        }
        Ok(())
    }

    fn visit_unit<E>(self) -> Result<(), E> {
        Ok(())
    }

    fn visit_bool<E>(self, _: bool) -> Result<(), E> {
        Ok(())
    }

    fn visit_i64<E>(self, _: i64) -> Result<(), E> {
        Ok(())
    }

    fn visit_u64<E>(self, _: u64) -> Result<(), E> {
        Ok(())
    }

    fn visit_f64<E>(self, _: f64) -> Result<(), E> {
        Ok(())
    }
}
