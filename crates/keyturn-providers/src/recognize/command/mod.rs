//! A cURL command, as browsers and documentation write it, for Bash and for the Windows command
//! prompt.

mod bash;
mod options;
mod windows;

use zeroize::Zeroizing;

use super::request::Request;

/// Reads a command; `None` where it is none.
pub(super) fn read(text: &str) -> Option<Request> {
    let text = text.strip_prefix("$ ").or_else(|| text.strip_prefix("> ")).unwrap_or(text);
    let rest = ["curl.exe", "curl"].into_iter().find_map(|name| text.strip_prefix(name))?;
    if !rest.starts_with(|c: char| c.is_whitespace() || c == '^') {
        return None;
    }
    let words: Vec<Zeroizing<String>> =
        if is_for_windows(rest) { windows::words(rest) } else { bash::words(rest) };
    Some(options::request(&words))
}

/// Whether it is written for the Windows command prompt: lines go on behind `^`, which also stands
/// before what it means literally.
fn is_for_windows(text: &str) -> bool {
    text.lines().any(|line| line.trim_end().ends_with('^')) || text.contains("^\"")
}
