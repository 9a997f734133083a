//! The rules over the sources: no provider's name in what ships, and the card's packages in use.
//!
//! A provider is data, not code: a name in a source is a special case on its way in.

use std::fs;
use std::path::Path;

/// The seed providers, in lower case. The word is forbidden even where English would use it.
const PROVIDERS: &[&str] = &["deepvue", "deepidv", "deeply", "deepcurrent"];

/// Folders of Rust whose contents ship; the sandbox is the one place that may name providers.
const WALKED: &[&str] = &["crates", "src-tauri"];
const EXEMPT_FOLDERS: &[&str] = &["keyturn-sandbox", "tests", "benches"];
const EXEMPT_FILES: &[&str] = &["tests.rs"];

/// A source file, without what only tests compile.
pub(crate) struct Source {
    path: String,
    lines: Vec<(usize, String)>,
}

impl Source {
    /// Takes the text of a file; lines under `#[cfg(test)]` are left out.
    pub(crate) fn new(path: &str, text: &str) -> Self {
        Self { path: path.to_owned(), lines: outside_tests(text) }
    }
}

/// Reads every Rust file that ships.
pub(crate) fn sources(root: &Path) -> Vec<Source> {
    let mut found = Vec::new();
    for folder in WALKED {
        walk(root, &root.join(folder), &mut found);
    }
    found
}

/// Finds the providers' names, each with its file and line.
pub(crate) fn violations(sources: &[Source]) -> Vec<String> {
    let mut violations = Vec::new();
    for Source { path, lines } in sources {
        for (number, line) in lines {
            let line = line.to_lowercase();
            for provider in PROVIDERS {
                // The list of data files may name the files, and nothing else of them.
                if line.replace(&format!("builtin/{provider}.toml"), "").contains(provider) {
                    violations.push(format!("{path}:{number} names the provider {provider}"));
                }
            }
        }
    }
    violations
}

/// Whether a path of the package, such as `tokio::`, occurs in what ships.
pub(crate) fn is_used(sources: &[Source], package: &str) -> bool {
    let path = format!("{}::", package.replace('-', "_"));
    let mut lines = sources.iter().flat_map(|source| &source.lines);
    lines.any(|(_, line)| {
        let code = line.split("//").next().unwrap_or_default();
        code.match_indices(&path).any(|(at, _)| {
            let before = at.checked_sub(1).and_then(|before| code.as_bytes().get(before));
            !before.is_some_and(|byte| byte.is_ascii_alphanumeric() || *byte == b'_')
        })
    })
}

fn walk(root: &Path, folder: &Path, found: &mut Vec<Source>) {
    let entries = fs::read_dir(folder).expect("the folder can be read");
    for path in entries.map(|entry| entry.expect("the entry can be read").path()) {
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        if path.is_dir() {
            if !EXEMPT_FOLDERS.contains(&name.as_str()) {
                walk(root, &path, found);
            }
        } else if path.extension().is_some_and(|extension| extension == "rs")
            && !EXEMPT_FILES.contains(&name.as_str())
        {
            let text = fs::read_to_string(&path).expect("a source is UTF-8");
            let shown = path.strip_prefix(root).unwrap_or(&path).to_string_lossy();
            found.push(Source::new(&shown, &text));
        }
    }
}

/// Numbers the lines and drops each item under `#[cfg(test)]`, which rustfmt ends at its own indent.
fn outside_tests(text: &str) -> Vec<(usize, String)> {
    let mut kept = Vec::new();
    let mut lines = text.lines().enumerate();
    while let Some((index, line)) = lines.next() {
        if line.trim() != "#[cfg(test)]" {
            kept.push((index + 1, line.to_owned()));
            continue;
        }
        let indent = line.len() - line.trim_start().len();
        let ends = |line: &str| {
            let shallow = line.len() - line.trim_start().len() == indent;
            shallow && (line.ends_with(';') || line.trim_start().starts_with('}'))
        };
        let _item = lines.by_ref().find(|(_, line)| ends(line));
    }
    kept
}
