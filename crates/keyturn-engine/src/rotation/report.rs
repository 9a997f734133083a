//! The record of an emergency for the incident report, in Markdown: what happened when, and who used the
//! key. It is made of the journal and of what is written down; there is no secret in either.

use std::fmt::Write as _;

use chrono::{DateTime, Utc};
use keyturn_core::rotation::{Emergency, Rotation};
use keyturn_core::{Credential, EnvironmentName};
use keyturn_providers::Profile;
use keyturn_vault::JournalEntry;

use crate::ShownConsumers;

/// A compromised key, and what is known of it.
pub(super) struct Incident<'a> {
    pub(super) profile: &'a Profile,
    pub(super) credential: &'a Credential,
    pub(super) rotation: &'a Rotation,
    pub(super) emergency: &'a Emergency,
    /// The last four characters of the compromised key.
    pub(super) last_four: Option<&'a str>,
    /// Until when it can be used.
    pub(super) warning: String,
    /// When it was over.
    pub(super) ended_at: Option<DateTime<Utc>>,
    pub(super) consumers: &'a ShownConsumers,
}

/// Writes it.
pub(super) fn markdown(incident: &Incident<'_>, journal: &[JournalEntry]) -> String {
    let Incident { profile, credential, emergency, .. } = incident;
    let reference = credential.reference();
    let environments: Vec<&str> =
        credential.environments.iter().map(EnvironmentName::as_str).collect();
    let key = incident.last_four.map_or_else(
        || "its last four characters are not known".to_owned(),
        |tail| format!("ends in `{tail}`"),
    );
    let note = emergency.note.as_ref().map(|note| note.replace('\n', "; "));
    let mut text = format!(
        "# Compromised key: {reference}\n\n\
         - Provider: {}\n\
         - Environments: {}\n\
         - Owner: {}\n\
         - Key: {key}\n\
         - Called compromised: {}\n\
         - What happened: {}\n\
         - The key now: {}\n\n",
        line(&profile.name),
        environments.join(", "),
        line(credential.owner.as_deref().unwrap_or("nobody is written down")),
        moment(emergency.declared_at),
        line(note.as_deref().unwrap_or("nothing was written down")),
        incident.warning,
    );
    text.push_str("## What was done\n\n| time | what | by |\n|---|---|---|\n");
    let since = incident.rotation.started_at.min(emergency.declared_at);
    let mine = journal.iter().filter(|entry| entry.credential == Some(credential.id));
    let until = incident.ended_at.unwrap_or(DateTime::<Utc>::MAX_UTC);
    let in_time = |entry: &&JournalEntry| (since..=until).contains(&entry.at);
    for entry in mine.filter(in_time).filter(|entry| is_about_the_key(entry)) {
        row(&mut text, &[&moment(entry.at), &action(entry), &entry.caller]);
    }
    text.push_str("\n## Who used the key through Keyturn\n\n");
    if incident.consumers.seen.is_empty() {
        text.push_str("Nobody was seen.\n");
    } else {
        text.push_str("| program | last use | what | version | uses |\n|---|---|---|---|---|\n");
        for seen in &incident.consumers.seen {
            let version = seen.version.map_or_else(|| "?".to_owned(), |it| it.to_string());
            let uses = seen.uses.to_string();
            let at = moment(seen.last_used_at);
            row(&mut text, &[&seen.program, &at, &seen.action, &version, &uses]);
        }
    }
    text.push_str("\n## Who is written down as using it\n\n");
    if incident.consumers.written_down.is_empty() {
        text.push_str("Nobody.\n");
    }
    for consumer in &incident.consumers.written_down {
        let version = consumer.version.map_or_else(
            || "nobody said which version it has".to_owned(),
            |version| format!("has version {version}"),
        );
        // Writing to a String cannot fail.
        let _written = writeln!(text, "- {}: {version}", line(&consumer.name));
    }
    let (version, wanted) = (incident.consumers.version, incident.consumers.wanted_version);
    let _written = writeln!(text, "\nVersion in use: {version}. Version to have: {wanted}.");
    text
}

/// Steps of the rotation and what became of tokens; uses are counted below.
fn is_about_the_key(entry: &JournalEntry) -> bool {
    ["rotate", "revoke", "forget token"].iter().any(|word| entry.action.starts_with(word))
}

fn action(entry: &JournalEntry) -> String {
    let status = entry.status.map(|status| format!(" ({status})")).unwrap_or_default();
    format!("{}{status}", entry.action)
}

fn row(text: &mut String, cells: &[&str]) {
    let cells: Vec<String> = cells.iter().map(|cell| line(cell)).collect();
    let _written = writeln!(text, "| {} |", cells.join(" | "));
}

/// A text on one line, without what would end a cell or begin markup.
fn line(text: &str) -> String {
    let flat = text.split(char::is_control).collect::<Vec<_>>().join(" ");
    let mut safe = String::with_capacity(flat.len());
    for letter in flat.trim().chars() {
        if matches!(letter, '|' | '<' | '>' | '`' | '[' | ']' | '\\' | '*' | '_' | '#') {
            safe.push('\\');
        }
        safe.push(letter);
    }
    safe
}

fn moment(at: DateTime<Utc>) -> String {
    at.format("%Y-%m-%d %H:%M:%S UTC").to_string()
}
