//! The document as a whole: references within it, and its servers.

use std::cell::Cell;

use serde_json::Value;
use url::Url;

use crate::imported::LeftOut;
use crate::percent;

/// So many references are followed one after the other.
const LONGEST_CHAIN: usize = 16;

/// So many bytes of examples are taken out of one document.
const MOST_EXAMPLES: usize = 16 * 1024 * 1024;

/// A document, and how much may still be taken out of it.
pub(super) struct Document<'root> {
    root: &'root Value,
    pub(super) examples_left: Cell<usize>,
}

impl<'root> Document<'root> {
    pub(super) const fn new(root: &'root Value) -> Self {
        Self { root, examples_left: Cell::new(MOST_EXAMPLES) }
    }

    /// What a reference refers to, or the value itself; `None` where it leads out of the document or
    /// nowhere, which is told.
    pub(super) fn resolved<'value>(
        &self,
        value: &'value Value,
        left_out: &mut Vec<LeftOut>,
    ) -> Option<&'value Value>
    where
        'root: 'value,
    {
        let mut value = value;
        for _ in 0..LONGEST_CHAIN {
            let Some(reference) = value.get("$ref").and_then(Value::as_str) else {
                return Some(value);
            };
            match self.target(reference) {
                Some(target) => value = target,
                None => break,
            }
        }
        let one = LeftOut::new(
            "a reference",
            "it leads out of the document, nowhere or in a circle; nothing is fetched for it.",
        );
        if !left_out.contains(&one) {
            left_out.push(one);
        }
        None
    }

    /// What a reference within the document refers to.
    pub(super) fn target(&self, reference: &str) -> Option<&'root Value> {
        let pointer = percent::decode(reference.strip_prefix('#')?)?;
        self.root.pointer(&pointer)
    }
}

/// The path before all paths, of the first server; tells of servers on another host than the environment's.
pub(super) fn server_path(root: &Value, base: &str, left_out: &mut Vec<LeftOut>) -> String {
    let base = Url::parse(base).ok();
    let mut prefix = None;
    let servers = root.get("servers").and_then(Value::as_array).into_iter().flatten().take(20);
    for server in servers {
        let Some(url) = server.get("url").and_then(Value::as_str) else { continue };
        let mut url = url.to_owned();
        let variables = server.get("variables").and_then(Value::as_object).into_iter().flatten();
        for (name, variable) in variables.take(20) {
            if let Some(usual) = variable.get("default").and_then(Value::as_str) {
                url = url.replace(&format!("{{{name}}}"), usual);
            }
        }
        let whole = Url::parse(&url).ok();
        let path = match &whole {
            Some(whole) => whole.path().trim_end_matches('/').to_owned(),
            None => format!("/{}", url.trim_matches('/')).trim_end_matches('/').to_owned(),
        };
        if let (Some(whole), Some(base)) = (&whole, &base)
            && whole.host_str() != base.host_str()
        {
            let host: String = whole.host_str().unwrap_or_default().chars().take(100).collect();
            left_out.push(LeftOut::new(
                format!("the server {host}"),
                "it is another host than the credential's environment; requests go to the environment.",
            ));
        }
        prefix.get_or_insert(path);
    }
    let prefix = prefix.unwrap_or_default();
    // An environment that has the path already.
    let there = base
        .as_ref()
        .is_some_and(|base| !prefix.is_empty() && base.path().trim_end_matches('/') == prefix);
    if there { String::new() } else { prefix }
}
