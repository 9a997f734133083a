//! The programs that were seen to use a credential, as the journal has them.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Utc};
use keyturn_core::CredentialId;
use keyturn_vault::JournalEntry;

/// What the journal calls the uses of a secret, beside the requests. An exchange is made for one of
/// these, and every caller that waited for it has an entry of its own.
const USES: [&str; 9] =
    ["token", "token with key", "get", "copy", "show", "reveal", "inject", "run", "proxy"];

/// Those of them that leave the long-lived key itself in the program's hands.
const TAKE_KEY: [&str; 7] = ["token with key", "get", "copy", "show", "reveal", "inject", "run"];

/// What sends a line for another program and is none itself.
const GO_BETWEENS: [&str; 4] = ["keyturn", "keyturn-desktop", "sh", "dash"];

/// A program that was seen to use a credential.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SeenConsumer {
    /// The program behind the command line or the window, e.g. `make` or `zsh`.
    pub program: String,
    /// What it did last.
    pub action: String,
    /// The version of the key that it got last.
    pub version: Option<u32>,
    /// Every version that it got.
    pub versions: BTreeSet<u32>,
    /// When it used the key last.
    pub last_used_at: DateTime<Utc>,
    /// How often it is in the journal.
    pub uses: u32,
}

impl SeenConsumer {
    /// Whether its last use left the long-lived key in its hands.
    pub(crate) fn took_key(&self) -> bool {
        TAKE_KEY.contains(&self.action.as_str())
    }

    /// Whether its last use left anything in its hands: not where Keyturn itself sent the request.
    pub(crate) fn took_something(&self) -> bool {
        self.action == "token" || self.took_key()
    }
}

/// The programs by the credentials they used; each credential's last one first.
#[derive(Debug, Default)]
pub(crate) struct Seen(BTreeMap<CredentialId, Vec<SeenConsumer>>);

impl Seen {
    /// Reads the journal once, oldest entry first, for the credentials that are wanted.
    pub(crate) fn of(journal: &[JournalEntry], wants: impl Fn(CredentialId) -> bool) -> Self {
        let mut seen: BTreeMap<CredentialId, BTreeMap<&str, SeenConsumer>> = BTreeMap::new();
        for entry in journal {
            let Some(id) = entry.credential.filter(|id| wants(*id)) else { continue };
            let Some(program) = program(&entry.caller).filter(|_| is_use(&entry.action)) else {
                continue;
            };
            let programs = seen.entry(id).or_default();
            let one = programs.entry(program).or_insert_with(|| SeenConsumer {
                program: program.to_owned(),
                action: String::new(),
                version: None,
                versions: BTreeSet::new(),
                last_used_at: entry.at,
                uses: 0,
            });
            one.uses = one.uses.saturating_add(1);
            one.versions.extend(entry.version);
            if entry.at >= one.last_used_at {
                one.last_used_at = entry.at;
                one.version = entry.version;
                one.action.clone_from(&entry.action);
            }
        }
        let sorted = |programs: BTreeMap<&str, SeenConsumer>| {
            let mut programs: Vec<SeenConsumer> = programs.into_values().collect();
            programs.sort_by_key(|one| std::cmp::Reverse(one.last_used_at));
            programs
        };
        Self(seen.into_iter().map(|(id, programs)| (id, sorted(programs))).collect())
    }

    /// Those that used one credential, the last one first.
    pub(crate) fn of_credential(&self, id: CredentialId) -> &[SeenConsumer] {
        self.0.get(&id).map(Vec::as_slice).unwrap_or_default()
    }
}

fn is_use(action: &str) -> bool {
    USES.contains(&action) || action.starts_with("request ")
}

/// The program behind a caller like `keyturn (4711) < zsh (4000) < foot (1)`; `None` where Keyturn did
/// something by itself. What is copied in the window is the window's: who started it says nothing.
pub(crate) fn program(caller: &str) -> Option<&str> {
    if caller.starts_with("keyturn,") {
        return None;
    }
    let mut names = caller.split(" < ").map(without_id);
    let first = names.next().filter(|name| !name.is_empty())?;
    match first {
        "keyturn-desktop" => return Some("Keyturn's window"),
        name if !GO_BETWEENS.contains(&name) => return Some(name),
        _ => {}
    }
    let mut nearest = None;
    for name in names.filter(|name| !name.is_empty()) {
        if !GO_BETWEENS.contains(&name) {
            return Some(name);
        }
        // A line of a shell that nobody is known to have given is the shell's own.
        nearest = nearest.or_else(|| Some(name).filter(|name| !name.starts_with("keyturn")));
    }
    Some(nearest.unwrap_or("the command line"))
}

fn without_id(process: &str) -> &str {
    let process = process.trim();
    match process.rsplit_once(" (") {
        Some((name, id)) if id.strip_suffix(')').is_some_and(is_number) => name,
        _ => process,
    }
}

fn is_number(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_program_behind_the_command_line_is_named_without_its_number() {
        for (caller, expected) in [
            ("keyturn (4711) < zsh (4000) < foot (1)", Some("zsh")),
            ("keyturn (4711) < keyturn (4710) < make (7)", Some("make")),
            ("keyturn (9) < sh (8) < make (7) < zsh (6)", Some("make")),
            ("keyturn (9) < sh (8)", Some("sh")),
            ("keyturn (9)", Some("the command line")),
            ("keyturn-desktop (9) < systemd (1)", Some("Keyturn's window")),
            ("keyturn (9) < a (b) c (3)", Some("a (b) c")),
            ("keyturn, keeping fresh", None),
            ("", None),
        ] {
            assert_eq!(program(caller), expected, "{caller}");
        }
    }

    fn entry(minute: i64, caller: &str, action: &str, version: Option<u32>) -> JournalEntry {
        JournalEntry {
            at: DateTime::from_timestamp(60 * minute, 0).unwrap(),
            caller: caller.to_owned(),
            action: action.to_owned(),
            credential: Some(CredentialId::from_bytes([1; 16])),
            reference: None,
            host: None,
            path: None,
            status: None,
            version,
            changed: Vec::new(),
        }
    }

    #[test]
    fn a_program_is_counted_once_with_its_last_use_and_what_uses_nothing_does_not_count() {
        let journal = [
            entry(1, "keyturn (1) < make (2)", "token", Some(1)),
            entry(2, "keyturn (3) < zsh (4)", "get", None),
            entry(3, "keyturn (5) < make (6)", "request GET", Some(2)),
            entry(4, "keyturn (5) < make (6)", "edit", Some(2)),
            entry(5, "keyturn, keeping fresh", "exchange", Some(2)),
        ];
        let id = CredentialId::from_bytes([1; 16]);
        let seen = Seen::of(&journal, |_| true);
        let [make, zsh] = seen.of_credential(id) else { panic!("two programs: {seen:?}") };
        assert_eq!((make.program.as_str(), make.uses, make.version), ("make", 2, Some(2)));
        assert_eq!(make.action, "request GET");
        assert_eq!(make.versions, BTreeSet::from([1, 2]));
        assert_eq!((zsh.program.as_str(), zsh.version), ("zsh", None));
        assert!(Seen::of(&journal, |_| false).of_credential(id).is_empty());
    }
}
