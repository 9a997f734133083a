//! Variables with their values: `.env` files, and lines for shells that set them.
//!
//! Why no library: dotenvy fills `$NAME` in from this process's environment and quotes whole lines in
//! its errors, and neither it nor dotenv-parser goes on after a line that is none.

use zeroize::Zeroizing;

use super::named::Named;
use super::{MOST_VARIABLES, RecognizeError};

/// What stands before a variable in shells, compose files and container files.
const LEADS: [&str; 9] =
    ["export ", "set -gx ", "set -x ", "setx ", "set ", "$env:", "ENV ", "- ", "declare -x "];

/// The variables of a text; none where it is something else.
pub(super) fn read(text: &str) -> Result<Vec<Named>, RecognizeError> {
    let mut found = Vec::new();
    let mut others = 0_usize;
    let mut rest = text;
    while !rest.is_empty() {
        let (line, behind) = rest.split_once('\n').unwrap_or((rest, ""));
        let bare = line.trim();
        if bare.is_empty() || bare.starts_with('#') || bare.starts_with("//") {
            rest = behind;
            continue;
        }
        if let Some((named, after)) = variable(bare, rest) {
            if !named.value.is_empty() {
                found.push(named);
            }
            rest = after.unwrap_or(behind);
        } else {
            others += 1;
            rest = behind;
        }
        if found.len() > MOST_VARIABLES {
            return Err(RecognizeError::TooManyVariables);
        }
    }
    // Prose has an equals sign now and then; a key alone may have one, too.
    let is_one = match found.as_slice() {
        [only] => others == 0 && says_so(&only.name, text),
        _ => found.len() > others,
    };
    Ok(if is_one { found } else { Vec::new() })
}

/// The variable of a line; with the rest of the text where its value goes on in further lines.
fn variable<'text>(line: &str, rest: &'text str) -> Option<(Named, Option<&'text str>)> {
    let (text, led) = LEADS
        .into_iter()
        .find_map(|lead| line.strip_prefix(lead))
        .map_or((line, false), |text| (text.trim(), true));
    // `set "NAME=value"`, as batch files write it.
    let text =
        text.strip_prefix('"').filter(|_| led).map_or(text, |text| text.trim_end_matches('"'));
    let at = text.find(['=', ':']).or_else(|| text.find(' ').filter(|_| led))?;
    let name = text.get(..at)?.trim().trim_matches(['"', '\'']);
    let value = text.get(at + 1..)?.trim_start();
    if !is_name(name) {
        return None;
    }
    if text.get(at..)?.starts_with(':') && !text.get(at + 1..)?.starts_with([' ', '"', '\'']) {
        return None;
    }
    let quote = value.chars().next().filter(|c| matches!(c, '"' | '\''));
    let Some(quote) = quote else {
        let value = value.split(" #").next().unwrap_or(value).trim().trim_end_matches([',', ';']);
        return Some((named(name, Zeroizing::new(value.to_owned())), None));
    };
    let body = value.get(1..)?;
    if let Some(end) = closing(body, quote) {
        return Some((named(name, unescaped(body.get(..end)?, quote)), None));
    }
    // A value in quotes may go on over lines, as private keys do. It begins with what is last in this one.
    let start = rest.lines().next()?.rfind(body)?;
    let body = rest.get(start..)?;
    let end = closing(body, quote)?;
    let after = body.get(end + 1..).unwrap_or_default();
    let after = after.split_once('\n').map_or("", |(_, after)| after);
    Some((named(name, unescaped(body.get(..end)?, quote)), Some(after)))
}

fn named(name: &str, value: Zeroizing<String>) -> Named {
    Named { name: name.to_owned(), value }
}

/// Where the quotes close.
fn closing(body: &str, quote: char) -> Option<usize> {
    let mut escaped = false;
    for (at, character) in body.char_indices() {
        match character {
            '\\' if quote == '"' && !escaped => escaped = true,
            other if other == quote && !escaped => return Some(at),
            _ => escaped = false,
        }
    }
    None
}

fn unescaped(body: &str, quote: char) -> Zeroizing<String> {
    let mut plain = Zeroizing::new(String::with_capacity(body.len()));
    let mut characters = body.chars();
    while let Some(character) = characters.next() {
        match character {
            '\\' if quote == '"' => match characters.next() {
                Some('n') => plain.push('\n'),
                Some('r') => plain.push('\r'),
                Some('t') => plain.push('\t'),
                Some(other) => plain.push(other),
                None => plain.push('\\'),
            },
            other => plain.push(other),
        }
    }
    plain
}

fn is_name(name: &str) -> bool {
    let inner = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '.' | '-');
    let first = |c: char| c.is_ascii_alphabetic() || c == '_';
    name.len() <= 100 && name.starts_with(first) && name.chars().all(inner)
}

/// Whether one line alone says that it is a variable, and not a key with an equals sign in it.
fn says_so(name: &str, text: &str) -> bool {
    let lower = name.to_ascii_lowercase();
    let ends = ["key", "token", "secret", "password", "id", "sid", "pat"];
    LEADS.iter().any(|lead| text.starts_with(lead))
        || (name.len() > 2
            && name.chars().all(|c| c.is_ascii_uppercase() || c.is_ascii_digit() || c == '_'))
        || ends.iter().any(|end| lower.ends_with(end))
}
