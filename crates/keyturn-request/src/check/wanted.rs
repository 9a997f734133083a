//! What a value in JSON is held against. It is read once, however many values there are.

use std::cell::OnceCell;

use serde_json::Value;

/// From here on not every whole number is exact as a float.
const EXACT: f64 = 9_007_199_254_740_992.0;

/// What is wanted, as the text that the user wrote.
pub(super) struct Wanted<'text> {
    text: &'text str,
    number: Option<f64>,
    json: OnceCell<Option<Value>>,
}

impl<'text> Wanted<'text> {
    pub(super) fn of(text: &'text str) -> Self {
        Self { text, number: text.parse().ok(), json: OnceCell::new() }
    }

    /// A text counts without its quotes, and a number as the number that it is.
    pub(super) fn equals(&self, found: &Value) -> bool {
        match found {
            Value::String(text) => text == self.text,
            Value::Number(number) => {
                let alike = |wanted: f64| {
                    number.as_f64().is_some_and(|number| {
                        number.abs() < EXACT && number.to_bits() == (wanted + 0.0).to_bits()
                    })
                };
                self.number.is_some_and(alike) || number.to_string().as_str() == self.text
            }
            Value::Null | Value::Bool(_) => found.to_string().as_str() == self.text,
            Value::Array(_) | Value::Object(_) => self.json() == Some(found),
        }
    }

    /// A text has a piece of it, a list a value, an object a name.
    pub(super) fn is_in(&self, found: &Value) -> bool {
        match found {
            Value::String(text) => text.contains(self.text),
            Value::Array(values) => values.iter().any(|value| self.equals(value)),
            Value::Object(members) => members.contains_key(self.text),
            other => other.to_string().contains(self.text),
        }
    }

    /// Only where a list or an object was found is it read as JSON.
    fn json(&self) -> Option<&Value> {
        self.json.get_or_init(|| serde_json::from_str(self.text).ok()).as_ref()
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn it_is_read_as_json_once_and_only_where_a_list_asks() {
        let wanted = Wanted::of("[1, 2]");
        assert!(!wanted.equals(&json!("[1]")) && wanted.json.get().is_none());
        assert!(wanted.equals(&json!([1, 2])) && !wanted.equals(&json!([1])));
        let read: *const Value = wanted.json().unwrap();
        assert!(wanted.is_in(&json!([[1, 2]])));
        assert_eq!(wanted.json().map(std::ptr::from_ref), Some(read));
    }
}
