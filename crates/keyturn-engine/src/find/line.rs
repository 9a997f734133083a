//! The line about a credential that is safe to paste into a chat.
//!
//! It holds no secret but four characters that its reader knows already, and no host: the names of a
//! company's internal hosts tell a stranger in that chat where to go on.

use keyturn_core::{Credential, KeyStanding, steers};
use keyturn_providers::Profile;

use super::FoundKey;

/// So many users are named; the others are counted.
const MOST_USERS: usize = 5;

pub(super) fn line(
    credential: &Credential,
    profile: Option<&Profile>,
    key: Option<&FoundKey>,
    users: &[String],
) -> String {
    let mut text = credential.reference().to_string();
    match key {
        Some(key) => {
            text.push_str(", ");
            text.push_str(&about(profile, key));
        }
        None => text.extend(profile.map(|profile| format!(" ({})", profile.name))),
    }
    text.extend(credential.owner.as_ref().map(|owner| format!(", owner {owner}")));
    if !users.is_empty() {
        let is_past = credential.removed_at.is_some()
            || key.is_some_and(|key| key.standing == KeyStanding::Retired);
        let named = users.iter().take(MOST_USERS).cloned().collect::<Vec<_>>().join(", ");
        let others = match users.len().saturating_sub(MOST_USERS) {
            0 => String::new(),
            1 => " and 1 other".to_owned(),
            count => format!(" and {count} others"),
        };
        let used = match key {
            Some(key) if key.never_used => "given to",
            _ if is_past => "was used by",
            _ => "used by",
        };
        text = format!("{text}, {used} {named}{others}");
    }
    if let Some(at) = credential.removed_at {
        text = format!("{text}; the credential was removed {}", at.format("%-d %b %Y"));
    }
    // An owner's name may have come from anywhere: it neither breaks the line nor turns it.
    text.chars().map(|c| if steers(c) { ' ' } else { c }).collect()
}

fn about(profile: Option<&Profile>, key: &FoundKey) -> String {
    let field = profile.and_then(|profile| profile.field(&key.field));
    let label = field.map_or_else(|| key.field.to_string(), |field| field.label.clone());
    let ending = key.last_four.as_ref().map(|four| format!(" ending {four}")).unwrap_or_default();
    let (on, version) = (key.since.format("%-d %b %Y"), key.version);
    let stands = match key.standing {
        KeyStanding::Current => format!("in use since {on}"),
        KeyStanding::Next => format!("stored {on} to be the next, not in use yet"),
        KeyStanding::Previous => format!("replaced {on}, not retired yet"),
        KeyStanding::Retired if key.never_used => format!("given up {on}, never in use"),
        KeyStanding::Retired => format!("retired {on}"),
    };
    format!("{label}{ending}: version {version}, {stands}")
}
