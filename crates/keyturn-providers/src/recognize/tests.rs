//! What texts are taken for, with the built-in profiles; and that no text makes it panic or repeats a
//! value.

mod hostile;
mod keys;
mod requests;
mod values;

use std::sync::LazyLock;

use keyturn_core::SecretString;

use super::*;
use crate::Catalogue;

/// A text read with the built-in profiles.
fn found(text: &str) -> Recognized {
    read_text(text.to_owned()).unwrap()
}

fn read_text(text: String) -> Result<Recognized, RecognizeError> {
    // Parsed once: the profiles are many, and so are the texts.
    static CATALOGUE: LazyLock<Catalogue> = LazyLock::new(Catalogue::builtin);
    recognize(&SecretString::new(text), &known(&CATALOGUE))
}

fn known(catalogue: &Catalogue) -> Vec<KnownProvider<'_>> {
    let own = |profile: &Profile| match profile.id.as_str() {
        "deepidv" => vec![OwnHost {
            environment: "gateway".parse().unwrap(),
            base_url: "https://gateway.northwind.example:8443".to_owned(),
        }],
        _ => Vec::new(),
    };
    let known = catalogue.iter().map(|profile| KnownProvider { profile, own_hosts: own(profile) });
    known.collect()
}

/// `provider field=value …`, the fields in the order of their names; secrets by their last characters.
fn told(suggestion: &Suggestion) -> String {
    let open = suggestion.open.iter().map(|(name, value)| (name.to_string(), value.clone()));
    let secrets = suggestion.secrets.iter().map(|(name, value)| {
        let skipped = value.expose().chars().count().saturating_sub(4);
        (
            name.to_string(),
            format!("··{}", value.expose().chars().skip(skipped).collect::<String>()),
        )
    });
    let mut all: Vec<_> = open.chain(secrets).collect();
    all.sort();
    let fields: Vec<_> = all.iter().map(|(name, value)| format!("{name}={value}")).collect();
    format!("{} {}", suggestion.provider, fields.join(" ")).trim().to_owned()
}

/// The best reading of a text, and how sure it is.
fn best(text: &str) -> (String, Sure) {
    let found = found(text);
    let first = found.suggestions.first();
    first.map_or_else(|| panic!("nothing was found in {text}"), |first| (told(first), first.sure))
}

/// All readings.
fn all(text: &str) -> Vec<String> {
    found(text).suggestions.iter().map(told).collect()
}
