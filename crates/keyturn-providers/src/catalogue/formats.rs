//! What the profiles of well-known APIs say, each claim once: key formats, test calls, documents.
//!
//! The keys are made here of repeated letters: no provider would issue them.

use chrono::NaiveDate;

use crate::{Catalogue, FieldProblem, Profile, TestCall};

/// Provider, field, and the heads of what is a key there, each with how much comes after it.
type Format = (&'static str, &'static str, &'static [(&'static str, usize)]);

const FORMATS: &[Format] = &[
    (
        "github",
        "access_token",
        &[("ghp_", 36), ("github_pat_", 82), ("gho_", 36), ("ghu_", 36), ("ghs_", 36)],
    ),
    ("gitlab", "access_token", &[("glpat-", 20), ("ACME-glpat-", 20), ("glpat-", 60)]),
    (
        "stripe",
        "secret_key",
        &[("sk_live_", 24), ("sk_test_", 24), ("rk_live_", 99), ("rk_test_", 99)],
    ),
    ("openai", "api_key", &[("sk-", 48), ("sk-proj-", 156), ("sk-svcacct-", 156)]),
    ("anthropic", "api_key", &[("sk-ant-api03-", 95)]),
    ("slack", "access_token", &[("xoxb-", 50), ("xoxp-", 70), ("xoxe.xoxp-", 150)]),
    ("twilio", "auth_token", &[("", 32)]),
    ("twilio", "api_key_secret", &[("", 32)]),
    ("sendgrid", "api_key", &[("SG.", 66)]),
    ("cloudflare", "api_token", &[("", 40), ("", 53)]),
    ("huggingface", "access_token", &[("hf_", 34)]),
];

/// Provider, field, and the heads of what is easily taken for a key there.
const LOOKALIKES: &[Format] = &[
    ("github", "access_token", &[("ghr_", 36)]),
    ("gitlab", "access_token", &[("gldt-", 20), ("glrt-", 20), ("glcbt-", 20)]),
    ("stripe", "secret_key", &[("pk_live_", 24), ("pk_test_", 24), ("whsec_", 32)]),
    ("openai", "api_key", &[("sk-ant-api03-", 95), ("sk-admin-", 100)]),
    ("anthropic", "api_key", &[("sk-ant-admin01-", 80), ("sk-ant-oat01-", 80)]),
    ("slack", "access_token", &[("xapp-", 60), ("xoxc-", 60), ("https://hooks.slack.com/", 30)]),
    ("huggingface", "access_token", &[("api_org_", 34)]),
];

fn profile(id: &str) -> Profile {
    Catalogue::builtin().get(&id.parse().unwrap()).unwrap().clone()
}

fn each(formats: &[Format], check: impl Fn(&str, &str, Result<(), FieldProblem>)) {
    for (id, field, keys) in formats {
        let profile = profile(id);
        for (head, length) in *keys {
            let value = format!("{head}{}", "a".repeat(*length));
            check(id, head, profile.validate_value(&field.parse().unwrap(), &value));
        }
    }
}

#[test]
fn a_key_of_each_kind_is_accepted() {
    each(FORMATS, |id, head, found| assert_eq!(found, Ok(()), "{id} {head}…"));
}

#[test]
fn half_a_key_is_refused() {
    for (id, field, keys) in FORMATS {
        // Twilio's pages give no format for a secret.
        if *id == "twilio" {
            continue;
        }
        for (head, _) in *keys {
            let found = profile(id).validate_value(&field.parse().unwrap(), &format!("{head}a"));
            assert!(found.is_err(), "{id} {head}a");
        }
    }
}

#[test]
fn what_is_easily_taken_for_the_key_is_told_by_its_name() {
    each(LOOKALIKES, |id, head, found| {
        assert!(matches!(found, Err(FieldProblem::Lookalike { .. })), "{id} {head}…: {found:?}");
    });
    let twilio = profile("twilio");
    let sid = format!("AC{}", "0".repeat(32));
    assert_eq!(twilio.validate_value(&"account_sid".parse().unwrap(), &sid), Ok(()));
    let found = twilio.validate_value(&"auth_token".parse().unwrap(), &sid);
    assert!(matches!(found, Err(FieldProblem::Lookalike { .. })), "{found:?}");
    let global = "0".repeat(37);
    let found = profile("cloudflare").validate_value(&"api_token".parse().unwrap(), &global);
    assert!(matches!(found, Err(FieldProblem::Lookalike { .. })), "{found:?}");
}

#[test]
fn every_test_call_only_reads() {
    let mut samples = 0;
    for profile in Catalogue::builtin().iter() {
        if let TestCall::Sample { sample } = &profile.test_call {
            let sample = profile.sample(sample).unwrap();
            assert!(sample.body.is_none() && !sample.may_change_something(), "{}", profile.id);
            samples += 1;
        }
    }
    assert!(samples >= 10, "{samples}");
}

#[test]
fn every_profile_names_the_pages_it_follows_and_the_day() {
    let first = NaiveDate::from_ymd_opt(2026, 11, 1).unwrap();
    for profile in Catalogue::builtin().iter() {
        assert!(!profile.documentation.is_empty(), "{}", profile.id);
        for page in &profile.documentation {
            assert!(page.read_on >= first, "{}: {}", profile.id, page.title);
        }
    }
    for (id, _, _) in FORMATS {
        let pages = profile(id).documentation;
        assert!(pages.iter().all(|page| page.url.is_some()), "{id}");
    }
}

#[test]
fn anthropic_s_requests_name_the_version_of_the_api() {
    let profile = profile("anthropic");
    let fixed = &profile.recipe("key").unwrap().fixed;
    assert_eq!(
        (fixed[0].name.as_str(), fixed[0].value.as_str()),
        ("anthropic-version", "2023-06-01")
    );
}

#[test]
fn slack_s_refusals_are_understood_although_their_status_is_200() {
    let profile = profile("slack");
    let body = br#"{"ok":false,"error":"invalid_auth"}"#;
    let facts = crate::AnswerFacts::new(200, body, crate::AnsweredBy::Path("/api/auth.test"));
    let diagnosis = crate::diagnose(&profile, &facts);
    assert_eq!(diagnosis.row.as_deref(), Some("slack.200.invalid-auth"));
    assert!(diagnosis.credential_refused);
    let fine = crate::AnswerFacts { body: br#"{"ok":true}"#, ..facts };
    assert_eq!(crate::diagnose(&profile, &fine).row, None);
}

#[test]
fn a_password_of_http_basic_is_complete_with_its_user_name_alone() {
    let twilio = profile("twilio");
    let missing = |set: &[&str]| -> Vec<String> {
        let is_set = |name: &keyturn_core::FieldName| set.contains(&name.as_str());
        twilio.missing_fields(&is_set, &[]).iter().map(ToString::to_string).collect()
    };
    assert_eq!(missing(&["account_sid", "api_key_secret"]), ["api_key_sid"]);
    assert!(missing(&["account_sid", "api_key_sid", "api_key_secret"]).is_empty());
    assert!(missing(&["account_sid", "auth_token"]).is_empty());
}
