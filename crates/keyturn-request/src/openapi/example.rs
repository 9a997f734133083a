//! Examples: those that the document has, and those that follow from a schema, both within bounds.

use serde_json::{Map, Value};

use super::document::Document;

/// How deep a built example is.
const DEEPEST: usize = 8;

/// So many values one has.
const MOST_VALUES: usize = 500;

/// So many bytes one takes.
const LONGEST: usize = 64 * 1024;

/// What examples are taken out of.
pub(super) struct Examples<'document, 'root> {
    document: &'document Document<'root>,
    values_left: usize,
    bytes_left: usize,
    /// The references that are being followed.
    within: Vec<String>,
}

impl<'document, 'root> Examples<'document, 'root> {
    pub(super) const fn new(document: &'document Document<'root>) -> Self {
        Self { document, values_left: MOST_VALUES, bytes_left: LONGEST, within: Vec::new() }
    }

    /// The example that a parameter, a media type or a schema says itself.
    pub(super) fn said(&mut self, of: &Value) -> Option<Value> {
        if let Some(example) = of.get("example") {
            return self.copied(example);
        }
        match of.get("examples")? {
            // A schema of 3.1 has a list, the others names.
            Value::Array(examples) => self.copied(examples.first()?),
            Value::Object(examples) => {
                let first = examples.values().next()?;
                let first = self.document.resolved(first, &mut Vec::new())?;
                self.copied(first.get("value")?)
            }
            _ => None,
        }
    }

    /// The example, default or only value that a schema says.
    pub(super) fn said_by_schema(&mut self, schema: &Value) -> Option<Value> {
        let schema = self.document.resolved(schema, &mut Vec::new())?;
        if let Some(said) = self.said(schema) {
            return Some(said);
        }
        let only = schema.get("enum").and_then(Value::as_array).and_then(|values| values.first());
        let said = schema.get("default").or_else(|| schema.get("const")).or(only)?;
        self.copied(said)
    }

    /// An example of what a schema describes.
    pub(super) fn built(&mut self, schema: &Value) -> Value {
        self.build(schema, 0)
    }

    fn build(&mut self, schema: &Value, depth: usize) -> Value {
        if depth > DEEPEST || self.values_left == 0 {
            return Value::Null;
        }
        self.values_left -= 1;
        if let Some(reference) = schema.get("$ref").and_then(Value::as_str) {
            if self.within.iter().any(|known| known == reference) {
                return Value::Null;
            }
            let Some(target) = self.document.target(reference) else { return Value::Null };
            self.within.push(reference.to_owned());
            let built = self.build(target, depth + 1);
            self.within.pop();
            return built;
        }
        if let Some(said) = self.said_by_schema(schema) {
            return said;
        }
        if let Some(all) = schema.get("allOf").and_then(Value::as_array) {
            let mut whole = self.properties(schema, depth);
            for one in all.iter().take(20) {
                match self.build(one, depth + 1) {
                    Value::Object(members) => whole.extend(members),
                    other if whole.is_empty() && all.len() == 1 => return other,
                    _ => {}
                }
            }
            return Value::Object(whole);
        }
        let one_of = ["oneOf", "anyOf"].into_iter().find_map(|key| schema.get(key)?.as_array());
        let is_null = |one: &Value| one.get("type").and_then(Value::as_str) == Some("null");
        if let Some(first) = one_of.and_then(|all| all.iter().find(|one| !is_null(one))) {
            return self.build(first, depth + 1);
        }
        match kind(schema) {
            "object" => Value::Object(self.properties(schema, depth)),
            "array" => {
                let items = schema.get("items").map(|items| self.build(items, depth + 1));
                Value::Array(items.filter(|item| !item.is_null()).into_iter().collect())
            }
            "integer" | "number" => schema.get("minimum").cloned().unwrap_or_else(|| 0.into()),
            "boolean" => Value::Bool(false),
            "null" => Value::Null,
            _ => Value::from(text(schema)),
        }
    }

    fn properties(&mut self, schema: &Value, depth: usize) -> Map<String, Value> {
        let mut members = Map::new();
        let properties = schema.get("properties").and_then(Value::as_object);
        for (name, property) in properties.into_iter().flatten() {
            let only_answered = property.get("readOnly").and_then(Value::as_bool).unwrap_or(false);
            if only_answered || name.len() > self.bytes_left || self.values_left == 0 {
                continue;
            }
            self.bytes_left -= name.len();
            members.insert(name.clone(), self.build(property, depth + 1));
        }
        members
    }

    /// A copy, where it is not larger than examples are.
    fn copied(&mut self, value: &Value) -> Option<Value> {
        let size = size(value, self.bytes_left)?;
        let left = self.document.examples_left.get().checked_sub(size)?;
        self.document.examples_left.set(left);
        self.bytes_left -= size;
        Some(value.clone())
    }
}

/// How large a value is, roughly; `None` where it is larger than so much.
fn size(value: &Value, most: usize) -> Option<usize> {
    let size = match value {
        Value::String(text) => text.len() + 2,
        Value::Array(items) => items
            .iter()
            .try_fold(2, |sum: usize, item| Some(sum + size(item, most.checked_sub(sum)?)? + 1))?,
        Value::Object(members) => members.iter().try_fold(2, |sum: usize, (name, member)| {
            let sum = sum + name.len() + 4;
            Some(sum + size(member, most.checked_sub(sum)?)?)
        })?,
        _ => 8,
    };
    (size <= most).then_some(size)
}

/// A schema's type; 3.1 has lists of them.
fn kind(schema: &Value) -> &str {
    let said = match schema.get("type") {
        Some(Value::Array(kinds)) => {
            kinds.iter().filter_map(Value::as_str).find(|kind| *kind != "null")
        }
        Some(Value::String(kind)) => Some(kind.as_str()),
        _ => None,
    };
    said.unwrap_or_else(|| {
        if schema.get("properties").is_some() {
            "object"
        } else if schema.get("items").is_some() {
            "array"
        } else {
            "string"
        }
    })
}

fn text(schema: &Value) -> &'static str {
    match schema.get("format").and_then(Value::as_str) {
        Some("date-time") => "2026-01-01T00:00:00Z",
        Some("date") => "2026-01-01",
        Some("uuid") => "00000000-0000-4000-8000-000000000000",
        Some("email") => "name@example.com",
        Some("uri" | "url") => "https://example.com/",
        Some("ipv4") => "192.0.2.1",
        _ => "string",
    }
}
