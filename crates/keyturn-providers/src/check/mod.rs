//! Validates a profile: every problem with file, line, column, reason and what to do.
//!
//! Reading stops at the first thing that is no profile at all (syntax, an unknown key, a wrong
//! type); what can be read is then checked as a whole, and every problem is told. What a profile
//! may not do is mostly to send a secret where it does not belong; `rules` has the list.

mod place;
mod rules;
mod url_rules;

use crate::problem::Problem;
use crate::schema::Profile;

pub use url_rules::{BaseUrlError, check_base_url};

use place::Places;

/// The largest file that is read as a profile, in bytes.
pub const LARGEST_PROFILE: usize = 256 * 1024;

/// Reads and validates a profile; `file` is only what problems call it.
///
/// # Errors
/// Everything that is wrong, in the order of the file.
pub fn check(file: &str, text: &str) -> Result<Profile, Vec<Problem>> {
    if text.len() > LARGEST_PROFILE {
        let reason = "this is larger than 256 KiB, and no profile is";
        return Err(vec![Problem::at(file, text, 0, reason)]);
    }
    if text.starts_with('\u{feff}') {
        let reason = "this begins with a byte order mark; save it as UTF-8 without one";
        return Err(vec![Problem::at(file, text, 0, reason)]);
    }
    if let Some((byte, c)) = text.char_indices().find(|(_, c)| is_deceptive(*c)) {
        return Err(vec![deceptive(file, text, byte, c)]);
    }
    let places = Places::parse(text).map_err(|error| vec![unreadable(file, text, &error)])?;
    // Written as escapes they are seen only now; nothing of such a text is repeated to a terminal.
    let escaped = places.texts(&|path, text| text.chars().find(|c| is_hostile(path, *c)));
    if !escaped.is_empty() {
        return Err(escaped.into_iter().map(|(byte, c)| deceptive(file, text, byte, c)).collect());
    }
    let profile: Profile =
        toml::from_str(text).map_err(|error| vec![unreadable(file, text, &error)])?;
    let mut found: Vec<(usize, Problem)> = rules::broken(&profile)
        .into_iter()
        .map(|broken| {
            let byte = places.byte_of(&broken.path);
            (byte, Problem::at(file, text, byte, broken.reason).with_hint(broken.hint))
        })
        .collect();
    if found.is_empty() {
        return Ok(profile);
    }
    found.sort_by_key(|(byte, _)| *byte);
    Err(found.into_iter().map(|(_, problem)| problem).collect())
}

/// Control characters, and those that turn or hide text.
fn is_deceptive(c: char) -> bool {
    (c.is_control() && !matches!(c, '\n' | '\r' | '\t')) || hides_text(c)
}

fn hides_text(c: char) -> bool {
    matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
}

/// What no text of a profile may hold: it would reach a terminal. Whole messages and bodies have
/// lines, everything else is one.
fn is_hostile(path: &str, c: char) -> bool {
    let lines = path == "ip_allow_list.message" || path.ends_with(".body.text");
    if lines && matches!(c, '\n' | '\r' | '\t') {
        return false;
    }
    c.is_control() || hides_text(c)
}

fn deceptive(file: &str, text: &str, byte: usize, c: char) -> Problem {
    let what = if c.is_control() {
        "a control character, which could steer a terminal"
    } else {
        "an invisible or text-reordering character, which can make a profile look like another"
    };
    let reason = format!("{what} (U+{:04X})", u32::from(c));
    Problem::at(file, text, byte, reason).with_hint(Some("remove it".to_owned()))
}

/// Says why a file could not be read as a profile at all.
fn unreadable(file: &str, text: &str, error: &toml::de::Error) -> Problem {
    let byte = error.span().map_or(0, |span| span.start);
    let message = error.message().trim().replace('\n', ", ");
    let problem = Problem::at(file, text, byte, message.clone());
    problem.with_hint(meant(&message))
}

/// Finds what an unknown key or word was meant to be: serde names it first, in back quotes, and
/// then those that it knows.
fn meant(message: &str) -> Option<String> {
    if !message.starts_with("unknown ") {
        return None;
    }
    let mut quoted = message.split('`').skip(1).step_by(2);
    let unknown = quoted.next()?;
    crate::suggest::did_you_mean(unknown, quoted)
}

#[cfg(test)]
mod tests;
