//! One value alone: told by its looks, or else a key of a provider that only the user knows.

use super::found::{KnownProvider, PastedKind, Recognized, Suggestion, Sure};
use super::gathered::Gathered;
use super::is_generic;
use super::placeholder::is_placeholder;
use super::shape::Shapes;

/// Shorter texts are no keys, as far as one can tell.
const SHORTEST: usize = 8;

/// Reads a text as one value.
pub(super) fn read(text: &str, providers: &[KnownProvider<'_>], shapes: &Shapes<'_>) -> Recognized {
    let value = unquoted(text);
    if value.contains(char::is_whitespace) || value.chars().count() < SHORTEST {
        return Recognized::of(PastedKind::Unknown);
    }
    let mut found = Recognized::of(PastedKind::Unknown);
    if is_placeholder(value) {
        found.notes.push("It is a placeholder of some documentation, not a key.".to_owned());
        return found;
    }
    let matches = shapes.matches(value);
    found.notes = shapes.lookalikes(value, &matches);
    for one in matches {
        let mut gathered = Gathered::new(one.profile);
        if !gathered.put(&one.field.name, value) {
            continue;
        }
        let (label, name) = (&one.field.label, &one.profile.name);
        let why = match one.sure {
            Sure::Possible => format!("It could be the {label} of {name}; nothing rules it out."),
            Sure::Likely => format!("It begins like the {label} of {name}."),
            Sure::Certain => format!("It has the form of the {label} of {name}."),
        };
        found.suggestions.push(gathered.suggestion(PastedKind::Key, one.sure, why));
    }
    if found.suggestions.iter().any(|one| one.sure >= Sure::Likely) {
        found.kind = PastedKind::Key;
    }
    found.suggestions.extend(generic(value, providers, PastedKind::Key));
    found
}

/// A value as the one secret of each provider whose hosts are the user's.
pub(super) fn generic(
    value: &str,
    providers: &[KnownProvider<'_>],
    kind: PastedKind,
) -> Vec<Suggestion> {
    let generic = providers.iter().map(|known| known.profile).filter(|one| is_generic(one));
    let alone = generic.filter_map(|profile| {
        let mut secrets = profile.secret_fields();
        let (Some(only), None) = (secrets.next(), secrets.next()) else { return None };
        let open_too = profile
            .methods
            .iter()
            .all(|method| profile.fields_of(method).iter().all(|field| **field == only.name));
        let mut gathered = Gathered::new(profile);
        (open_too && gathered.put(&only.name, value)).then(|| {
            let why = "Nothing tells whose it is: you say which host it is for.".to_owned();
            gathered.suggestion(kind, Sure::Possible, why)
        })
    });
    alone.collect()
}

/// Without the quotes that a text brings along.
pub(super) fn unquoted(text: &str) -> &str {
    let text = text.trim().trim_end_matches([',', ';']);
    ['"', '\'', '`']
        .into_iter()
        .find_map(|quote| text.strip_prefix(quote)?.strip_suffix(quote))
        .unwrap_or(text)
        .trim()
}
