//! Understanding what was pasted: the key with what a page, a header, a shell or a file puts around it.
//!
//! Taken off is only what cannot belong to a key. Where a part of the key could get lost, or where two
//! values could be meant, it is refused with words: the provider shows the key once, and nobody notices a
//! wrong one later. No text in here outlives its call unwiped.

use keyturn_core::{FieldName, SecretString};
use keyturn_providers::recognize::visible;
use keyturn_providers::{Field, Profile};

use super::CaptureError;
use super::looks::looks_like;

/// The longest text that is looked at; as much as standard input takes.
const LONGEST: usize = 64 * 1024;

/// A key without what was around it.
#[derive(Debug)]
pub(crate) struct Pasted {
    pub(crate) value: SecretString,
    /// What was left out, for the user to know.
    pub(crate) notes: Vec<String>,
}

/// Takes the key of a field out of what was pasted.
pub(crate) fn pasted(
    profile: &Profile,
    name: &FieldName,
    text: &SecretString,
) -> Result<Pasted, CaptureError> {
    let label = profile.field(name).map_or_else(|| name.to_string(), |field| field.label.clone());
    if text.expose().len() > LONGEST {
        return Err(CaptureError::TooLong);
    }
    let visible = visible(text.expose());
    let mut notes = Vec::new();
    if visible.chars().count() != text.expose().chars().count() {
        notes.push("invisible characters were left out".to_owned());
    }
    let lines: Vec<&str> = visible.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    let field = profile.field(name);
    let value = match lines.as_slice() {
        [] => return Err(CaptureError::Nothing),
        [line] => {
            let value = bare(line, field);
            if value != *line {
                notes.push("what stood around the key was left out".to_owned());
            }
            value
        }
        lines => {
            let value = among(lines, profile, name, &label)?;
            notes.push(format!("the key was taken out of {} lines", lines.len()));
            value
        }
    };
    if value.is_empty() {
        return Err(CaptureError::Nothing);
    }
    let begins = field.and_then(|field| field.prefix.as_deref());
    if let Some((what, hint)) = looks_like(value, begins) {
        return Err(CaptureError::LooksLike { label, what, hint });
    }
    if value.contains(char::is_whitespace) {
        return Err(several_words(value, profile, name, label));
    }
    Ok(Pasted { value: SecretString::new(value.to_owned()), notes })
}

/// The one of several lines that is the key. A line that names the field, as `.env` files do, is meant
/// before all others.
fn among<'text>(
    lines: &[&'text str],
    profile: &Profile,
    name: &FieldName,
    label: &str,
) -> Result<&'text str, CaptureError> {
    let field = profile.field(name);
    let fits = |value: &&str| {
        !value.contains(char::is_whitespace)
            && profile.validate_value(name, value).is_ok()
            && looks_like(value, field.and_then(|field| field.prefix.as_deref())).is_none()
    };
    let named = lines.iter().filter(|line| names(line, field)).map(|line| bare(line, field));
    let mut found: Vec<&str> = named.filter(fits).collect();
    if found.is_empty() {
        found = lines.iter().map(|line| bare(line, field)).filter(fits).collect();
    }
    found.sort_unstable();
    found.dedup();
    match found.as_slice() {
        [only] if is_broken(lines, only, field) => {
            Err(CaptureError::Broken { label: label.to_owned(), what: "a line break" })
        }
        [only] => Ok(only),
        [] => Err(CaptureError::NoneOfLines { label: label.to_owned(), count: lines.len() }),
        several => Err(CaptureError::Several { label: label.to_owned(), count: several.len() }),
    }
}

/// Whether a line beside the key could be a part of it that a line break cut off: one word of a key's
/// characters, without anything that says what it is. A key that begins as it should has no such part
/// before it.
fn is_broken(lines: &[&str], key: &str, field: Option<&Field>) -> bool {
    let Some(at) = lines.iter().position(|line| bare(line, field) == key) else { return false };
    // Only a line that is nothing but the key can go on in another.
    if lines.get(at) != Some(&key) {
        return false;
    }
    let begins = field.is_some_and(|field| field.prefix.is_some());
    let before = at.checked_sub(1).filter(|_| !begins);
    let beside = [before, at.checked_add(1)].into_iter().flatten();
    beside.filter_map(|at| lines.get(at)).any(|line| {
        let key_like = |c: char| c.is_ascii_alphanumeric() || "-_.+/=~".contains(c);
        *line != key && bare(line, field) == *line && line.chars().all(key_like)
    })
}

/// What several words in one line mean.
fn several_words(value: &str, profile: &Profile, name: &FieldName, label: String) -> CaptureError {
    let begins = profile.field(name).and_then(|field| field.prefix.as_deref());
    let whole = |word: &&str| profile.validate_value(name, word).is_ok();
    let mut words: Vec<&str> = value
        .split_whitespace()
        .filter(|word| begins.is_some_and(|prefix| word.starts_with(prefix)))
        .filter(whole)
        .collect();
    words.sort_unstable();
    words.dedup();
    if words.len() > 1 {
        return CaptureError::Several { label, count: words.len() };
    }
    CaptureError::Broken { label, what: "a space" }
}

/// The value without quotes, `Bearer`, a header's or a variable's name in front of it.
fn bare<'text>(line: &'text str, field: Option<&Field>) -> &'text str {
    let begins = field.and_then(|field| field.prefix.as_deref());
    let mut text = line.trim();
    loop {
        let before = text;
        text = unquoted(text);
        // What begins as the key does is the key; of what follows, only marks are no part of it.
        if begins.is_some_and(|prefix| text.starts_with(prefix)) {
            return text.trim_end_matches([',', ';', '"', '\'', '`']);
        }
        text = without_scheme(text);
        text = without_name(text, field);
        if text == before {
            return text;
        }
    }
}

fn unquoted(text: &str) -> &str {
    const QUOTES: [(char, char); 7] =
        [('"', '"'), ('\'', '\''), ('`', '`'), ('“', '”'), ('‘', '’'), ('«', '»'), ('<', '>')];
    // In code and JSON a mark follows the quote.
    let ended = text.strip_suffix([',', ';']).filter(|ended| ended.ends_with(['"', '\'', '`']));
    let text = ended.unwrap_or(text).trim();
    // Two quoted texts beside each other are no quoted text.
    let inside = |(open, close)| {
        let inside = text.strip_prefix(open)?.strip_suffix(close)?;
        (!inside.contains(close)).then_some(inside)
    };
    QUOTES.into_iter().find_map(inside).unwrap_or(text).trim()
}

fn without_scheme(text: &str) -> &str {
    match text.split_once(char::is_whitespace) {
        Some((scheme, rest))
            if ["bearer", "token", "apikey", "basic"]
                .iter()
                .any(|known| scheme.eq_ignore_ascii_case(known)) =>
        {
            rest.trim()
        }
        _ => text,
    }
}

/// The value of `export NAME=value`, `NAME=value`, `name: value`. Without a name that says "key" nothing
/// is taken off: a key may have `=` and `:` of its own.
fn without_name<'text>(text: &'text str, field: Option<&Field>) -> &'text str {
    if let Some(header) = ["-H ", "--header "].into_iter().find_map(|flag| text.strip_prefix(flag))
    {
        return header.trim();
    }
    let lead = ["export ", "set ", "setx ", "const ", "let ", "var "]
        .into_iter()
        .find_map(|word| text.strip_prefix(word).map(str::trim));
    let rest = lead.or_else(|| text.strip_prefix("$env:")).unwrap_or(text);
    let Some(at) = rest.find(['=', ':']) else { return text };
    let (name, value) =
        (rest.get(..at).unwrap_or_default(), rest.get(at + 1..).unwrap_or_default());
    let name = unquoted(name.trim());
    // A colon inside of a key has no space behind it.
    let spaced = !rest.get(at..).unwrap_or_default().starts_with(':')
        || value.starts_with([' ', '"', '\''])
        || value.is_empty();
    let said = lead.is_some() || text.starts_with("$env:") || says_key(name, field);
    if said && spaced && !value.trim_matches('=').trim().is_empty() { value.trim() } else { text }
}

/// Whether a name in front of a value says that the value is the key.
fn says_key(name: &str, field: Option<&Field>) -> bool {
    let plain = |text: &str| {
        let letters = text.chars().filter(|c| c.is_alphanumeric());
        letters.collect::<String>().to_lowercase()
    };
    let name_like = |c: char| c.is_alphanumeric() || "_-. ".contains(c);
    if name.is_empty() || name.chars().count() > 60 || !name.chars().all(name_like) {
        return false;
    }
    let name = plain(name);
    let ends = ["key", "token", "secret", "authorization", "password"];
    ends.iter().any(|word| name.ends_with(word)) || field_names(field).any(|own| plain(own) == name)
}

/// Whether a line names the field itself in front of a value.
fn names(line: &str, field: Option<&Field>) -> bool {
    let text = line.trim().trim_start_matches(['"', '\'', '{']);
    let text = ["export ", "set ", "$env:"]
        .into_iter()
        .find_map(|word| text.strip_prefix(word))
        .unwrap_or(text);
    field_names(field).any(|name| {
        let rest = text.get(..name.len()).filter(|head| head.eq_ignore_ascii_case(name));
        rest.is_some_and(|_| {
            let rest = text.get(name.len()..).unwrap_or_default();
            rest.trim_start_matches(['"', '\'', ' ']).starts_with(['=', ':'])
        })
    })
}

fn field_names(field: Option<&Field>) -> impl Iterator<Item = &str> {
    field.into_iter().flat_map(|field| {
        let variable = field.env_var.as_deref();
        [Some(field.name.as_str()), Some(field.label.as_str()), variable].into_iter().flatten()
    })
}

#[cfg(test)]
mod tests;
