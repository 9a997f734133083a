//! Who still has a version of a key that was replaced, or that is about to be.

use chrono::{DateTime, TimeDelta, Utc};
use keyturn_core::{Consumer, Credential, KeyStanding};

use super::SeenConsumer;

/// For so long a program that was seen with an older version counts as using it.
const SEEN_COUNTS: TimeDelta = TimeDelta::days(30);

/// Who has none of the versions that are good enough, in words. A program that gets the key through this Keyturn gets a
/// promoted one by itself: it lags only where its last use gave it a version that is no longer in use.
pub(crate) fn behind<'s>(
    credential: &Credential,
    seen: impl IntoIterator<Item = &'s SeenConsumer>,
    enough: &[u32],
    now: DateTime<Utc>,
) -> Vec<String> {
    let lacks = |consumer: &&Consumer| !consumer.version.is_some_and(|it| enough.contains(&it));
    let lacking = credential.consumers.iter().filter(lacks);
    let written_down = lacking.map(has);
    let replaced = |number: u32| {
        credential.versions.iter().any(|version| {
            let is_old = matches!(version.standing, KeyStanding::Previous | KeyStanding::Retired);
            version.number == number && is_old
        })
    };
    let lagging = seen.into_iter().filter(|one| one.took_something()).filter_map(|one| {
        let version = one.version.filter(|version| replaced(*version))?;
        (now - one.last_used_at <= SEEN_COUNTS).then(|| {
            let on = one.last_used_at.format("%-d %b %Y");
            format!("{} (used version {version} last, on {on})", one.program)
        })
    });
    written_down.chain(lagging).collect()
}

fn has(consumer: &Consumer) -> String {
    match consumer.version {
        Some(version) => format!("{} (has version {version})", consumer.name),
        None => format!("{} (nobody said which version it has)", consumer.name),
    }
}
