//! A command as a list of arguments: curl's options with their values, and addresses.

use std::fmt;

use zeroize::Zeroizing;

use super::bash::{self, Dollar, Split};
use super::options::{self, Known};
use super::windows;

/// One argument of a command.
pub enum Argument {
    /// What is no option: an address.
    Address(Zeroizing<String>),
    /// An option that curl knows.
    Option {
        /// Which one.
        option: Known,
        /// Its value; empty for one that takes none.
        value: Zeroizing<String>,
        /// Whether it was written `--option=value`, which curl itself does not take.
        with_equals: bool,
    },
    /// An option whose value is missing.
    NoValue(Known),
    /// An option that curl has not.
    Unknown(Zeroizing<String>),
}

impl fmt::Debug for Argument {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Address(_) => formatter.write_str("Address(<redacted>)"),
            Self::Option { option, .. } => write!(formatter, "Option({})", option.name),
            Self::NoValue(option) => write!(formatter, "NoValue({})", option.name),
            Self::Unknown(_) => formatter.write_str("Unknown(<redacted>)"),
        }
    }
}

/// A command that was taken apart.
#[derive(Debug)]
pub struct Line {
    /// Its arguments, in their order.
    pub arguments: Vec<Argument>,
    /// Whether something behind it was left alone, another command or a redirection.
    pub followed: bool,
    /// Whether another command is run within it.
    pub substitutes: bool,
    /// Whether an `&` stands without quotes in a word.
    pub ampersand: bool,
}

/// Whether a text is a command of curl.
#[must_use]
pub fn is_command(text: &str) -> bool {
    behind_name(text).is_some()
}

/// Takes a command apart; `None` where it is none of curl.
#[must_use]
pub fn line(text: &str, dollar: Dollar) -> Option<Line> {
    let rest = behind_name(text)?;
    let split = if is_for_windows(rest) {
        Split { words: windows::words(rest), ..Split::default() }
    } else {
        bash::split(rest, dollar)
    };
    Some(Line {
        arguments: arguments(split.words),
        followed: split.followed,
        substitutes: split.substitutes,
        ampersand: split.ampersand,
    })
}

/// What stands behind curl's name, as documentation prints it: after remarks on lines of their own, the sign of
/// a shell, and what has a shell run it otherwise; with the folder that it lies in, or without.
fn behind_name(text: &str) -> Option<&str> {
    // Windows puts a mark before a text's first character.
    let mut text = text.trim_start_matches('\u{feff}').trim_start();
    loop {
        let shown = ["$ ", "> ", "% ", "# "].into_iter().find_map(|sign| text.strip_prefix(sign));
        let mut run = shown.unwrap_or(text).trim_start();
        while let Some(rest) =
            ["sudo ", "time ", "command "].into_iter().find_map(|word| run.strip_prefix(word))
        {
            run = rest.trim_start();
        }
        let end = run.find(|c: char| c.is_whitespace() || matches!(c, '^' | '\\'));
        let (word, rest) = run.split_at(end.unwrap_or(run.len()));
        let name = word.rsplit('/').next().unwrap_or_default();
        if matches!(name, "curl" | "curl.exe") && !word.contains(':') && !rest.is_empty() {
            return Some(rest);
        }
        text = text.strip_prefix('#')?.split_once('\n')?.1.trim_start();
    }
}

/// Whether it is written for the Windows command prompt: lines go on behind `^`, which also stands
/// before the quotes of a word, and within one before a backslash's. `[^"]` is a pattern.
fn is_for_windows(text: &str) -> bool {
    let begins = |(at, _): (usize, &str)| {
        text.get(..at)
            .is_some_and(|before| before.ends_with(|c: char| c.is_whitespace() || c == '\\'))
    };
    text.lines().any(|line| line.trim_end().ends_with('^')) || text.match_indices("^\"").any(begins)
}

fn arguments(words: Vec<Zeroizing<String>>) -> Vec<Argument> {
    let mut found = Vec::with_capacity(words.len());
    let mut words = words.into_iter();
    let mut options_end = false;
    while let Some(word) = words.next() {
        if options_end || !word.starts_with('-') || *word == "-" {
            found.push(Argument::Address(word));
        } else if *word == "--" {
            options_end = true;
        } else if let Some(name) = word.strip_prefix("--") {
            found.push(long(name, &mut words));
        } else {
            short(&word, &mut words, &mut found);
        }
    }
    found
}

/// An option by its name.
fn long(name: &str, words: &mut impl Iterator<Item = Zeroizing<String>>) -> Argument {
    if let Some(option) = options::by_name(name) {
        return valued(option, words);
    }
    let apart = name.split_once('=').and_then(|(name, value)| {
        Some((options::by_name(name).filter(|option| option.takes_value)?, value))
    });
    match apart {
        Some((option, value)) => {
            let value = Zeroizing::new(value.to_owned());
            Argument::Option { option, value, with_equals: true }
        }
        None => Argument::Unknown(Zeroizing::new(format!("--{name}"))),
    }
}

/// Options by their letters: several in one word, the last of which may have its value right behind it.
fn short(
    word: &str,
    words: &mut impl Iterator<Item = Zeroizing<String>>,
    found: &mut Vec<Argument>,
) {
    let mut letters = word.chars();
    _ = letters.next();
    while let Some(letter) = letters.next() {
        let Some(option) = options::by_letter(letter) else {
            found.push(Argument::Unknown(Zeroizing::new(format!("-{letter}"))));
            return;
        };
        let glued = letters.as_str();
        if option.takes_value && !glued.is_empty() {
            let value = Zeroizing::new(glued.to_owned());
            found.push(Argument::Option { option, value, with_equals: false });
            return;
        }
        found.push(valued(option, words));
    }
}

/// An option whose value is the next word, where it takes one.
fn valued(option: Known, words: &mut impl Iterator<Item = Zeroizing<String>>) -> Argument {
    let value = if option.takes_value { words.next() } else { Some(Zeroizing::default()) };
    match value {
        Some(value) => Argument::Option { option, value, with_equals: false },
        None => Argument::NoValue(option),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(text: &str) -> Vec<String> {
        let line = line(text, Dollar::Kept).unwrap();
        let each = line.arguments.iter().map(|argument| match argument {
            Argument::Address(text) => text.to_string(),
            Argument::Option { option, value, .. } => format!("{}={}", option.name, &**value),
            Argument::NoValue(option) => format!("{}?", option.name),
            Argument::Unknown(text) => format!("!{}", &**text),
        });
        each.collect()
    }

    #[test]
    fn letters_are_taken_together_and_values_glued_as_curl_does_it() {
        assert_eq!(
            told("curl -sSLXPOST -d@f -kH 'A: b' --compressed https://a.example -"),
            [
                "silent=",
                "show-error=",
                "location=",
                "request=POST",
                "data=@f",
                "insecure=",
                "header=A: b",
                "compressed=",
                "https://a.example",
                "-"
            ]
        );
        assert_eq!(
            told("curl --header=A:b --nope -sy9 -- -x -H"),
            ["header=A:b", "!--nope", "silent=", "speed-time=9", "-x", "-H"]
        );
        assert_eq!(told("curl a -d"), ["a", "data?"]);
    }

    #[test]
    fn a_pattern_with_a_caret_makes_no_command_of_windows() {
        assert_eq!(
            told(r#"curl 'https://a.example' -d '{"re":"[^"]+"}'"#),
            ["https://a.example", r#"data={"re":"[^"]+"}"#]
        );
        assert_eq!(
            told(r#"curl ^"https://a.example^" -d ^"a b^""#),
            ["https://a.example", "data=a b"]
        );
    }

    #[test]
    fn only_a_command_of_curl_is_one() {
        let none = [
            "curly a",
            "wget a",
            "",
            "curl",
            "a curl b",
            "https://a.example/curl a",
            "# curly",
            "#",
        ];
        for text in none {
            assert!(line(text, Dollar::Kept).is_none(), "{text}");
        }
        for text in ["curl a", "$ curl a", "curl.exe a", "curl\\\n a", "  curl a", "curl ^\"a^\""] {
            assert_eq!(told(text), ["a"], "{text}");
        }
        assert_eq!(told("\u{feff}curl a"), ["a"], "a file as Windows saves it");
        for text in [
            "/usr/bin/curl a",
            "sudo curl a",
            "$ time ./curl a",
            "# Get it\n#\n\ncurl a",
            "# curl a",
        ] {
            assert_eq!(told(text), ["a"], "{text}");
        }
    }
}
