//! What the tray says, from what is known of the credentials. Pure: names and times in, words out.

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use keyturn_core::{Countdown, CredentialRef, RotationState, TokenState, duration};
use keyturn_engine::CredentialSummary;
use keyturn_protocol::tray::{TrayLine, TrayView};

/// So many can be copied with one click.
const MOST_COPIES: usize = 5;
/// So many are named that end or are due soon.
const MOST_EXPIRING: usize = 10;

/// What the tray says of an open vault: `recent` were used last, the last one first.
pub(super) fn of_open(
    all: &[CredentialSummary],
    recent: &[CredentialRef],
    unread: u32,
    countdown: &Countdown,
    now: DateTime<Utc>,
    today: NaiveDate,
) -> TrayView {
    let due = all.iter().filter(|one| is_due(one)).count();
    let due = u32::try_from(due).unwrap_or(u32::MAX);
    TrayView {
        unlocked: true,
        attention: due.saturating_add(unread),
        headline: headline(due, unread),
        copies: copies(all, recent, now),
        expiring: expiring(all, countdown, now, today),
        paused: None,
    }
}

/// What the tray says of a vault that is locked or absent: how much waits, and no name.
pub(super) fn of_closed(unread: u32) -> TrayView {
    let headline = match unread {
        0 => "The vault is locked".to_owned(),
        _ => format!("Locked · {}", reminders(unread)),
    };
    TrayView { attention: unread, headline, ..TrayView::default() }
}

fn headline(due: u32, unread: u32) -> String {
    let keys = match due {
        0 => None,
        1 => Some("1 key is due".to_owned()),
        _ => Some(format!("{due} keys are due")),
    };
    let parts: Vec<String> =
        keys.into_iter().chain((unread > 0).then(|| reminders(unread))).collect();
    if parts.is_empty() { "Nothing needs you".to_owned() } else { parts.join(" · ") }
}

fn reminders(unread: u32) -> String {
    if unread == 1 { "1 unread reminder".to_owned() } else { format!("{unread} unread reminders") }
}

fn is_due(one: &CredentialSummary) -> bool {
    matches!(one.state, RotationState::Due | RotationState::Overdue)
}

/// The favourites, then those that were used last, then others, as many as fit.
fn copies(
    all: &[CredentialSummary],
    recent: &[CredentialRef],
    now: DateTime<Utc>,
) -> Vec<TrayLine> {
    let find =
        |reference: &CredentialRef| all.iter().find(|one| one.credential.reference() == *reference);
    let (favourites, rest): (Vec<_>, Vec<_>) = all.iter().partition(|one| one.credential.favourite);
    let used = recent.iter().filter_map(find).filter(|one| !one.credential.favourite);
    let others = rest.into_iter().filter(|one| !recent.contains(&one.credential.reference()));
    favourites
        .into_iter()
        .chain(used)
        .chain(others)
        .take(MOST_COPIES)
        .map(|one| {
            let reference = one.credential.reference();
            let left = left(one, now).filter(|left| *left > TimeDelta::zero());
            let left = left.map(|left| format!(" · {}", roughly(left)));
            let label = format!("Copy {reference}{}", left.unwrap_or_default());
            TrayLine { reference, label }
        })
        .collect()
}

/// Whole hours or minutes: a menu that says more would change all the time.
fn roughly(left: TimeDelta) -> String {
    match (left.num_days(), left.num_hours(), left.num_minutes()) {
        (2.., ..) => duration::human(left),
        (_, 1.., _) => format!("{} h", left.num_hours()),
        (_, _, minutes) => format!("{minutes} min"),
    }
}

fn left(one: &CredentialSummary, now: DateTime<Utc>) -> Option<TimeDelta> {
    one.token.as_ref().and_then(|token| token.left(now))
}

/// Tokens near their end, then keys that are due, the nearest first.
fn expiring(
    all: &[CredentialSummary],
    countdown: &Countdown,
    now: DateTime<Utc>,
    today: NaiveDate,
) -> Vec<TrayLine> {
    let tokens = all.iter().filter_map(|one| {
        let token = one.token.as_ref()?;
        // A token that is kept fresh renews itself and stays calm.
        let ends =
            token.state(now, countdown) == TokenState::Expiring && !one.credential.keep_fresh;
        let left = left(one, now).filter(|_| ends)?;
        Some((left, one, format!("token ends in {}", roughly(left))))
    });
    let keys = all.iter().filter(|one| is_due(one)).filter_map(|one| {
        let days = (one.due?.on - today).num_days();
        Some((TimeDelta::days(days), one, in_days(days)))
    });
    let mut lines: Vec<_> = tokens.chain(keys).collect();
    lines.sort_by_key(|(left, ..)| *left);
    let lines = lines.into_iter().take(MOST_EXPIRING).map(|(_, one, words)| {
        let reference = one.credential.reference();
        TrayLine { label: format!("{reference} · {words}"), reference }
    });
    lines.collect()
}

fn in_days(days: i64) -> String {
    match days {
        ..=-2 => format!("{} days overdue", -days),
        -1 => "1 day overdue".to_owned(),
        0 => "due today".to_owned(),
        1 => "due tomorrow".to_owned(),
        _ => format!("due in {days} days"),
    }
}

#[cfg(test)]
mod tests {
    use keyturn_core::rotation::{self, Policies};
    use keyturn_core::{Credential, CredentialId, TokenSummary};
    use serde_json::json;

    use super::*;

    const NOON: &str = "2026-06-01T12:00:00Z";

    fn key(name: &str, expires_on: Option<&str>) -> CredentialSummary {
        let credential: Credential = serde_json::from_value(json!({
            "id": CredentialId::make_random(),
            "provider": "acme", "name": name, "environments": ["production"],
            "owner": null, "note": null, "fields": [],
            "rotation": {"issued_on": null, "expires_on": expires_on, "rotate_every_days": null},
            "reveal": "not_applicable", "secret_version": 1,
            "created_at": NOON, "updated_at": NOON, "reminded_of": null, "removed_at": null,
        }))
        .unwrap();
        let due = Policies::default().due(&credential);
        let today = NOON.parse::<DateTime<Utc>>().unwrap().date_naive();
        let state = rotation::state(due, today);
        CredentialSummary { credential, token: None, due, state }
    }

    fn with_token(name: &str, issued_at: &str, ends_at: &str) -> CredentialSummary {
        let token: TokenSummary = serde_json::from_value(json!({
            "environment": "production", "issued_at": issued_at,
            "expiry": {"at": ends_at, "source": "response_field"},
        }))
        .unwrap();
        CredentialSummary { token: Some(token), ..key(name, None) }
    }

    fn view(all: &[CredentialSummary], recent: &[&str], unread: u32) -> TrayView {
        let recent: Vec<CredentialRef> = recent.iter().map(|name| name.parse().unwrap()).collect();
        let now: DateTime<Utc> = NOON.parse().unwrap();
        of_open(all, &recent, unread, &Countdown::default(), now, now.date_naive())
    }

    fn labels(lines: &[TrayLine]) -> Vec<&str> {
        lines.iter().map(|line| line.label.as_str()).collect()
    }

    #[test]
    fn what_was_used_last_is_copied_first_and_says_how_long_it_lives() {
        let all = [
            key("a", None),
            with_token("b", "2026-06-01T00:00:00Z", "2026-06-01T17:30:00Z"),
            with_token("c", "2026-05-31T00:00:00Z", "2026-06-01T00:00:00Z"),
        ];
        let copies = view(&all, &["acme/c", "acme/b", "acme/gone"], 0).copies;
        assert_eq!(labels(&copies), ["Copy acme/c", "Copy acme/b · 5 h", "Copy acme/a"]);
    }

    #[test]
    fn favourites_stay_at_hand_whatever_was_used_last() {
        let names = ["a", "b", "c", "d", "e", "f", "g"];
        let mut all: Vec<_> = names.into_iter().map(|name| key(name, None)).collect();
        for favourite in [2, 5] {
            all[favourite].credential.favourite = true;
        }
        let copies = view(&all, &["acme/g", "acme/f"], 0).copies;
        let expected = ["acme/c", "acme/f", "acme/g", "acme/a", "acme/b"];
        assert_eq!(labels(&copies), expected.map(|name| format!("Copy {name}")));
    }

    #[test]
    fn the_user_s_own_thresholds_say_what_ends_soon() {
        let half = [with_token("day", "2026-06-01T00:00:00Z", "2026-06-02T00:00:00Z")];
        assert!(view(&half, &[], 0).expiring.is_empty(), "12 h of 24 h are left");
        let countdown = Countdown { short_soon_percent: 60, ..Countdown::default() };
        let now: DateTime<Utc> = NOON.parse().unwrap();
        let view = of_open(&half, &[], 0, &countdown, now, now.date_naive());
        assert_eq!(labels(&view.expiring), ["acme/day · token ends in 12 h"]);
    }

    #[test]
    fn what_ends_first_is_named_first_and_the_icon_counts_keys_and_reminders() {
        let all = [
            key("far", Some("2027-01-01")),
            key("soon", Some("2026-06-04")),
            key("late", Some("2026-05-30")),
            with_token("brief", "2026-06-01T00:00:00Z", "2026-06-01T12:40:00Z"),
        ];
        let view = view(&all, &[], 1);
        let expected = [
            "acme/late · 2 days overdue",
            "acme/brief · token ends in 40 min",
            "acme/soon · due in 3 days",
        ];
        assert_eq!(labels(&view.expiring), expected);
        assert_eq!(view.attention, 3);
        assert_eq!(view.headline, "2 keys are due · 1 unread reminder");
    }

    #[test]
    fn a_calm_vault_says_so_and_a_locked_one_names_nothing() {
        assert_eq!(view(&[key("a", None)], &[], 0).headline, "Nothing needs you");
        let closed = of_closed(2);
        assert_eq!(closed.headline, "Locked · 2 unread reminders");
        assert!(closed.copies.is_empty() && closed.expiring.is_empty() && closed.attention == 2);
    }
}
