//! What tests name: rows at the beginning of a function's name or of a line of its doc comment.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use syn::{Attribute, Expr, Item, ItemFn, Lit, Meta};

use crate::rows::is_id;

/// A test that names a row.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Claim {
    pub(crate) row: String,
    /// `file::function`.
    pub(crate) test: String,
}

/// The claims of a folder's sources; none where there is no such folder.
pub(crate) fn in_folder(top: &Path, folder: &Path) -> Vec<Claim> {
    let Ok(entries) = fs::read_dir(top.join(folder)) else { return Vec::new() };
    let mut names: Vec<_> = entries.map(|entry| entry.unwrap().file_name()).collect();
    names.sort();
    let mut claims = Vec::new();
    for path in names.iter().map(|name| folder.join(name)) {
        if top.join(&path).is_dir() {
            claims.extend(in_folder(top, &path));
        } else if path.extension().is_some_and(|kind| kind == "rs") {
            let source = fs::read_to_string(top.join(&path)).unwrap();
            claims.extend(in_source(&path.to_string_lossy(), &source));
        }
    }
    claims
}

/// The claims of one source.
pub(crate) fn in_source(file: &str, source: &str) -> Vec<Claim> {
    let parsed = syn::parse_file(source).unwrap_or_else(|error| panic!("{file}: {error}"));
    in_items(file, &parsed.items)
}

fn in_items(file: &str, items: &[Item]) -> Vec<Claim> {
    let claims = items.iter().flat_map(|item| match item {
        Item::Fn(function) if runs(function) => of(file, function),
        Item::Mod(module) => {
            let inner = module.content.as_ref().map(|(_, items)| items.as_slice());
            in_items(file, inner.unwrap_or_default())
        }
        _ => Vec::new(),
    });
    claims.collect()
}

/// Whether a function runs as a test: it is one, and nothing switches it off.
fn runs(function: &ItemFn) -> bool {
    let named = |name: &str| {
        let mut attributes = function.attrs.iter();
        attributes.any(|one| one.path().segments.last().is_some_and(|last| last.ident == name))
    };
    named("test") && !named("ignore") && !named("cfg")
}

fn of(file: &str, function: &ItemFn) -> Vec<Claim> {
    let name = function.sig.ident.to_string();
    let upper = name.to_uppercase();
    let mut rows: BTreeSet<String> =
        upper.split('_').take_while(|word| is_id(word)).map(str::to_owned).collect();
    for line in function.attrs.iter().filter_map(doc_line) {
        let Some((head, _)) = line.split_once(':') else { continue };
        let words: Vec<&str> = head.split(',').map(str::trim).collect();
        if words.iter().all(|word| is_id(word)) {
            rows.extend(words.into_iter().map(str::to_owned));
        }
    }
    let test = format!("{}::{name}", file.trim_start_matches("tests/"));
    rows.into_iter().map(|row| Claim { row, test: test.clone() }).collect()
}

/// The text of a line of a doc comment.
fn doc_line(attribute: &Attribute) -> Option<String> {
    let Meta::NameValue(pair) = &attribute.meta else { return None };
    match &pair.value {
        Expr::Lit(literal) if pair.path.is_ident("doc") => match &literal.lit {
            Lit::Str(text) => Some(text.value()),
            _ => None,
        },
        _ => None,
    }
}
