//! Whether a value can be what its field says it is. No message repeats the value.

use keyturn_core::FieldName;
use regex::{Regex, RegexBuilder};
use thiserror::Error;

use crate::schema::Profile;
use crate::schema::field::Field;

/// The most a compiled pattern may take, in bytes.
const LARGEST_PATTERN: usize = 256 * 1024;

/// The longest value of a field, in bytes: what still fits into a header.
const LONGEST_VALUE: usize = 16 * 1024;

/// Says why a value cannot be what its field says it is.
#[derive(Debug, Error, PartialEq, Eq)]
pub enum FieldProblem {
    /// The profile has no such field.
    #[error("there is no field '{field}'{}", hint(suggestion.as_ref()))]
    Unknown {
        /// The name that was asked for.
        field: FieldName,
        /// "did you mean …?"
        suggestion: Option<String>,
    },
    /// There is nothing in it.
    #[error("{label} is empty")]
    Empty {
        /// The field's label.
        label: String,
    },
    /// It is too long to be sent.
    #[error("{label} is longer than 16 KiB, which no header can carry")]
    TooLong {
        /// The field's label.
        label: String,
    },
    /// It has a line break or another control character in it.
    #[error("{label} has a line break or another control character in it; copy it again")]
    ControlCharacter {
        /// The field's label.
        label: String,
    },
    /// It begins otherwise.
    #[error("{label} begins with '{prefix}', and this does not")]
    Prefix {
        /// The field's label.
        label: String,
        /// What it begins with.
        prefix: String,
    },
    /// It has another shape.
    #[error("{label} looks different{}", hint(expected.as_ref()))]
    Pattern {
        /// The field's label.
        label: String,
        /// What it looks like, in words.
        expected: Option<String>,
    },
    /// It is none of the values to choose from.
    #[error("{label} is one of: {}", choices.join(", "))]
    Choice {
        /// The field's label.
        label: String,
        /// What there is to choose from.
        choices: Vec<String>,
    },
    /// It is something else that looks alike.
    #[error("this is not the {label}: {hint}")]
    Lookalike {
        /// The field's label.
        label: String,
        /// What it is instead.
        hint: String,
    },
}

fn hint(hint: Option<&String>) -> String {
    hint.map_or_else(String::new, |hint| format!(": {hint}"))
}

/// The deepest that groups of a pattern may stand in each other.
const DEEPEST_PATTERN: u32 = 50;

/// Compiles a pattern of a profile; one that is too big or too deep is an error.
pub(crate) fn compile(pattern: &str) -> Result<Regex, regex::Error> {
    RegexBuilder::new(pattern)
        .size_limit(LARGEST_PATTERN)
        .dfa_size_limit(LARGEST_PATTERN)
        .nest_limit(DEEPEST_PATTERN)
        .build()
}

/// Compiles a pattern so that it matches whole values only.
pub(crate) fn compile_whole(pattern: &str) -> Result<Regex, regex::Error> {
    compile(&format!(r"\A(?:{pattern})\z"))
}

impl Profile {
    /// Tells whether a value can be what the field says it is. White space around it should have
    /// been taken off before (see `Secret::trimmed`).
    ///
    /// # Errors
    /// What is wrong, without the value.
    pub fn validate_value(&self, field: &FieldName, value: &str) -> Result<(), FieldProblem> {
        let Some(field) = self.field(field) else {
            let known = self.fields.iter().map(|field| field.name.as_str());
            let suggestion = crate::suggest::did_you_mean(field.as_str(), known);
            return Err(FieldProblem::Unknown { field: field.clone(), suggestion });
        };
        validate(field, value)
    }

    /// Whether a field's value is for tests alone, as far as one can tell by its looks.
    #[must_use]
    pub fn is_for_tests(&self, field: &FieldName, value: &str) -> bool {
        let pattern = self.field(field).and_then(|field| field.test_pattern.as_ref());
        pattern.is_some_and(|pattern| compile(pattern).is_ok_and(|pattern| pattern.is_match(value)))
    }
}

fn validate(field: &Field, value: &str) -> Result<(), FieldProblem> {
    let label = || field.label.clone();
    if value.is_empty() {
        return Err(FieldProblem::Empty { label: label() });
    }
    if value.len() > LONGEST_VALUE {
        return Err(FieldProblem::TooLong { label: label() });
    }
    for other in &field.lookalikes {
        if compile(&other.pattern).is_ok_and(|pattern| pattern.is_match(value)) {
            return Err(FieldProblem::Lookalike { label: label(), hint: other.hint.clone() });
        }
    }
    if value.chars().any(char::is_control) {
        return Err(FieldProblem::ControlCharacter { label: label() });
    }
    if !field.choices.is_empty() && !field.choices.iter().any(|choice| choice == value) {
        return Err(FieldProblem::Choice { label: label(), choices: field.choices.clone() });
    }
    if let Some(prefix) = field.prefix.as_ref().filter(|prefix| !value.starts_with(prefix.as_str()))
    {
        return Err(FieldProblem::Prefix { label: label(), prefix: prefix.clone() });
    }
    if let Some(pattern) = &field.pattern
        && compile_whole(pattern).is_ok_and(|pattern| !pattern.is_match(value))
    {
        let expected = field.pattern_hint.clone();
        return Err(FieldProblem::Pattern { label: label(), expected });
    }
    Ok(())
}
