//! Writes `docs/providers.md` from the profiles.

use std::fmt::Write as _;

use keyturn_providers::{
    Catalogue, Egress, Exchange, Limit, OldKey, Profile, RevealPolicy, RotationKind, TestCall,
};

const HEAD: &str = "\
# What Keyturn knows of each provider

Written from the profiles in `crates/keyturn-providers/builtin/`; a test fails where the two differ. A
profile of your own is made in ten minutes: [provider-profiles.md](provider-profiles.md). What a page did
not say is listed as *not confirmed* and shown so in Keyturn, too.
";

pub(crate) fn of(catalogue: &Catalogue) -> String {
    let mut page = HEAD.to_owned();
    for profile in catalogue.iter() {
        page.push('\n');
        page.push_str(&section(profile));
    }
    page
}

fn section(profile: &Profile) -> String {
    let egress = Egress::of(profile);
    let sends = egress.ways.iter().map(|way| format!("`{}` {}", way.what, way.how));
    let rows = [
        ("Hosts", egress.origins.iter().cloned().collect()),
        ("Fields", profile.fields.iter().map(field).collect()),
        ("Sends", sends.collect()),
        ("Token", profile.exchanges.iter().map(exchange).collect()),
        ("Limits", profile.limits.iter().map(limit).collect()),
        ("Test", vec![test(profile)]),
        ("Replacing a key", vec![rotation(profile)]),
        ("The provider shows it", vec![reveal(profile)]),
        ("Answers it knows", vec![statuses(profile)]),
        ("Read from", pages(profile)),
        ("Not confirmed", unconfirmed(profile)),
    ];
    let mut table = String::new();
    for (name, lines) in rows {
        if lines.iter().any(|line: &String| !line.is_empty()) {
            let cell = lines.join("<br>").replace('|', "\\|");
            // Writing to a String cannot fail.
            let _written = writeln!(table, "| {name} | {cell} |");
        }
    }
    format!(
        "## {} (`{}`)\n\n{}\n\n| | |\n|---|---|\n{table}",
        profile.name, profile.id, profile.summary
    )
}

fn field(field: &keyturn_providers::Field) -> String {
    let secret = if field.is_secret() { ", secret" } else { "" };
    let format = field.pattern_hint.as_ref().map(|hint| format!(": {hint}")).unwrap_or_default();
    format!("`{}` {}{secret}{format}", field.name, field.label)
}

fn exchange(exchange: &Exchange) -> String {
    let lifetime = exchange.documented_lifetime.as_ref();
    let lifetime = lifetime.map(|span| format!(", lives {span}")).unwrap_or_default();
    format!("{} {}{lifetime}", exchange.method, exchange.path)
}

fn limit(limit: &Limit) -> String {
    format!("{}: {}", limit.label, limit.in_words())
}

fn test(profile: &Profile) -> String {
    match &profile.test_call {
        TestCall::None { reason } => format!("none: {reason}"),
        TestCall::Exchange { reason } => format!("getting a token: {reason}"),
        TestCall::Sample { sample } => profile
            .sample(sample)
            .map(|sample| format!("{} {}", sample.method, sample.path))
            .unwrap_or_default(),
    }
}

fn rotation(profile: &Profile) -> String {
    let who = match profile.rotation.kind {
        RotationKind::SelfService => "you",
        RotationKind::SupportRequest => "the provider's support",
    };
    let old = match profile.rotation.old_key {
        OldKey::EndsAtOnce => "the old one ends at once",
        OldKey::WorksUntilConfirmed => "the old one works until it is taken back",
        OldKey::Unknown => "what becomes of the old one is not said",
    };
    format!("{who}, at {}; {old}", profile.rotation.place)
}

fn reveal(profile: &Profile) -> String {
    match profile.reveal.policy {
        RevealPolicy::Once => "once: `keyturn capture` catches it".to_owned(),
        RevealPolicy::Repeatable => "again and again".to_owned(),
    }
}

fn statuses(profile: &Profile) -> String {
    let mut statuses: Vec<u16> = profile.answers.iter().map(|answer| answer.status).collect();
    statuses.sort_unstable();
    statuses.dedup();
    statuses.iter().map(u16::to_string).collect::<Vec<_>>().join(", ")
}

fn pages(profile: &Profile) -> Vec<String> {
    let page = |page: &keyturn_providers::schema::Documentation| {
        let title = match &page.url {
            Some(url) => format!("[{}]({url})", page.title),
            None => page.title.clone(),
        };
        let version = page.version.as_ref().map(|text| format!(", {text}")).unwrap_or_default();
        format!("{title}{version}, read on {}", page.read_on)
    };
    profile.documentation.iter().map(page).collect()
}

fn unconfirmed(profile: &Profile) -> Vec<String> {
    let exchanges = profile.exchanges.iter().filter(|exchange| !exchange.verified);
    let limits = profile.limits.iter().filter(|limit| !limit.verified);
    let answers = profile.answers.iter().filter(|answer| !answer.verified);
    let samples = profile.samples.iter().filter(|sample| !sample.verified);
    let notices = profile.notices.iter().filter(|notice| !notice.verified);
    let old = (!profile.rotation.old_key_verified).then(|| "what becomes of an old key".to_owned());
    exchanges
        .map(|exchange| format!("the exchange {} {}", exchange.method, exchange.path))
        .chain(limits.map(|limit| format!("the limit: {}", limit.label)))
        .chain(answers.map(|answer| format!("the meaning of row `{}`", answer.row)))
        .chain(samples.map(|sample| format!("the request {} {}", sample.method, sample.path)))
        .chain(old)
        .chain(notices.map(|notice| notice.text.clone()))
        .collect()
}
