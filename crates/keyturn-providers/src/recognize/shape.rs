//! Telling a value by its looks: which fields of which providers it could be, and how little chance
//! there is that it is something else.
//!
//! How sure that is follows from the value and the pattern alone: each of the first characters is
//! replaced by another one of its kind, and those count that the pattern insists on. `ghp_…` has four
//! of them, a pattern that says "40 letters or digits" none.

use regex::Regex;

use super::found::{KnownProvider, Sure};
use super::placeholder::is_placeholder;
use crate::schema::field::Field;
use crate::value::{compile, compile_whole};
use crate::{Lookalike, Profile};

/// So many characters from the beginning are tried.
const TRIED: usize = 24;

/// Shorter values are no keys of which their looks would tell anything.
const SHORTEST: usize = 8;

/// The looks of all fields, each pattern compiled once.
#[derive(Debug)]
pub(super) struct Shapes<'profile>(Vec<Shape<'profile>>);

#[derive(Debug)]
struct Shape<'profile> {
    profile: &'profile Profile,
    field: &'profile Field,
    pattern: Option<Regex>,
    lookalikes: Vec<(Regex, &'profile Lookalike)>,
}

/// A field that a value could be.
#[derive(Debug, Clone, Copy)]
pub(super) struct Match<'profile> {
    pub(super) profile: &'profile Profile,
    pub(super) field: &'profile Field,
    pub(super) sure: Sure,
}

impl<'profile> Shapes<'profile> {
    pub(super) fn of(providers: &[KnownProvider<'profile>]) -> Self {
        let fields = providers.iter().flat_map(|known| {
            let fields = known.profile.fields.iter();
            fields.map(|field| (known.profile, field))
        });
        let shapes = fields.map(|(profile, field)| Shape {
            profile,
            field,
            pattern: field.pattern.as_ref().and_then(|pattern| compile_whole(pattern).ok()),
            lookalikes: field
                .lookalikes
                .iter()
                .filter_map(|other| Some((compile(&other.pattern).ok()?, other)))
                .collect(),
        });
        Self(shapes.collect())
    }

    /// The fields that a value could be, the surest first. A field that any value could be is none.
    pub(super) fn matches(&self, value: &str) -> Vec<Match<'profile>> {
        if value.chars().count() < SHORTEST || is_placeholder(value) {
            return Vec::new();
        }
        let mut found: Vec<Match<'profile>> =
            self.0.iter().filter_map(|shape| shape.matched(value)).collect();
        found.sort_by_key(|one| std::cmp::Reverse(one.sure));
        found
    }

    /// What a value with these matches is easily taken for and is not, in words; nothing of a provider
    /// that has a field which looks like it.
    pub(super) fn lookalikes(&self, value: &str, matches: &[Match<'_>]) -> Vec<String> {
        let own = |shape: &Shape<'_>| likely(matches).any(|one| one.profile.id == shape.profile.id);
        let others = self.0.iter().filter(|shape| !own(shape));
        let other = others.flat_map(|shape| {
            let matching = shape.lookalikes.iter().filter(|(pattern, _)| pattern.is_match(value));
            matching.map(|(_, other)| format!("{}: {}.", shape.profile.name, other.hint))
        });
        let mut said: Vec<String> = other.collect();
        said.dedup();
        said
    }
}

/// Those of which the looks of a value say more than nothing, the surest first.
pub(super) fn likely<'matches, 'profile>(
    matches: &'matches [Match<'profile>],
) -> impl Iterator<Item = &'matches Match<'profile>> {
    matches.iter().filter(|one| one.sure >= Sure::Likely)
}

impl<'profile> Shape<'profile> {
    fn matched(&self, value: &str) -> Option<Match<'profile>> {
        if !self.accepts(value) || self.lookalikes.iter().any(|(other, _)| other.is_match(value)) {
            return None;
        }
        let sure = match self.insists_on(value) {
            0 | 1 => Sure::Possible,
            2 | 3 => Sure::Likely,
            _ => Sure::Certain,
        };
        let weak = sure == Sure::Possible;
        if weak && (self.pattern.is_none() || !self.field.is_secret()) {
            return None;
        }
        // An open value says so by its looks, or by nothing: a host's pattern takes any word.
        let Self { profile, field, .. } = self;
        Some(Match { profile, field, sure })
    }

    fn accepts(&self, value: &str) -> bool {
        let Field { prefix, pattern, .. } = self.field;
        (prefix.is_some() || pattern.is_some())
            && prefix.as_ref().is_none_or(|prefix| value.starts_with(prefix.as_str()))
            && self.pattern.as_ref().is_none_or(|pattern| pattern.is_match(value))
            && !value.chars().any(char::is_control)
    }

    /// How many of the first characters cannot be others. Separators alone say nothing: every UUID
    /// has them.
    fn insists_on(&self, value: &str) -> usize {
        let mut letters = 0;
        let mut separators = 0;
        let mut changed = zeroize::Zeroizing::new(String::with_capacity(value.len() + 4));
        for (at, character) in value.char_indices().take(TRIED) {
            changed.clear();
            changed.push_str(value.get(..at).unwrap_or_default());
            changed.push(other(character));
            changed.push_str(value.get(at + character.len_utf8()..).unwrap_or_default());
            if !self.accepts(&changed) {
                *(if character.is_alphanumeric() { &mut letters } else { &mut separators }) += 1;
            }
        }
        if letters == 0 { 0 } else { letters + separators }
    }
}

/// Another character of the same kind.
const fn other(character: char) -> char {
    match character {
        'a' => 'b',
        'A' => 'B',
        '0' => '1',
        'a'..='z' => 'a',
        'A'..='Z' => 'A',
        '0'..='9' => '0',
        '-' => '_',
        _ => '-',
    }
}
