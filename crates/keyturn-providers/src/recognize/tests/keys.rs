//! One value alone: keys, tokens, references, and what is none.
//!
//! What has the shape of a live secret is written in two pieces: `scripts/no-secrets.sh` lets no such shape
//! into the tree.

use super::*;

#[test]
fn a_key_is_told_by_its_providers_prefix_and_how_sure_that_is() {
    let hex = "0123456789abcdef0123456789abcdef";
    let cases = [
        ("dc_live_0123456789abcdef7x9z", "deepcurrent api_key=··7x9z", Sure::Likely),
        (
            "hf_abcdefghijklmnopqrstuvwxyz012345wxyz",
            "huggingface access_token=··wxyz",
            Sure::Likely,
        ),
        (concat!("sk_live", "_51abcdefghijklmnop"), "stripe secret_key=··mnop", Sure::Certain),
        ("rk_test_51abcdefghijklmnop", "stripe secret_key=··mnop", Sure::Certain),
        ("sk-ant-api03-abcdefghijklmnopqrst", "anthropic api_key=··qrst", Sure::Certain),
        ("sk-proj-abcdefghijklmnopqrstuv", "openai api_key=··stuv", Sure::Likely),
        (
            concat!("ghp", "_0123456789abcdefghijklmnopqrstuvwxyz"),
            "github access_token=··wxyz",
            Sure::Certain,
        ),
        ("github_pat_0123456789abcdefghijkl", "github access_token=··ijkl", Sure::Certain),
        ("glpat-abcdefghijklmnopqrst", "gitlab access_token=··qrst", Sure::Certain),
        (concat!("xoxb", "-123456789012-abcdefghij"), "slack access_token=··ghij", Sure::Certain),
        ("\"dc_live_0123456789abcdef7x9z\",", "deepcurrent api_key=··7x9z", Sure::Likely),
        ("\u{200b}dc_live_0123456789abcdef7x9z\r\n", "deepcurrent api_key=··7x9z", Sure::Likely),
        (&format!("AC{hex}"), &format!("twilio account_sid=AC{hex}"), Sure::Likely),
    ];
    for (text, expected, sure) in cases {
        assert_eq!(best(text), (expected.to_owned(), sure), "{text}");
    }
}

#[test]
fn what_any_provider_could_have_made_is_offered_and_not_believed() {
    let found = found("0123456789abcdef0123456789abcdef01234567");
    assert_eq!(found.kind, PastedKind::Unknown);
    assert!(found.suggestions.iter().all(|one| one.sure == Sure::Possible));
    let providers: Vec<_> = found.suggestions.iter().map(|one| one.provider.as_str()).collect();
    assert!(providers.contains(&"github") && providers.contains(&"cloudflare"), "{providers:?}");
    assert!(providers.contains(&"generic-bearer"), "{providers:?}");
    assert!(found.suggestions.len() <= MOST_SUGGESTIONS);
}

#[test]
fn a_key_of_nobody_known_can_still_be_a_generic_one() {
    let found = found("acme.0123456789+abcdef/WxYz");
    assert_eq!(found.kind, PastedKind::Unknown);
    let bearer = found.suggestions.iter().find(|one| one.provider.as_str() == "generic-bearer");
    let bearer = bearer.unwrap();
    assert_eq!(bearer.missing, ["host".parse().unwrap()]);
}

#[test]
fn what_is_easily_taken_for_a_key_is_named() {
    for (text, word) in [
        ("pk_live_0123456789abcdef", "Stripe"),
        ("sk-ant-admin01-0123456789abcdefghij", "Anthropic"),
        (concat!("ghr", "_0123456789abcdefghijklmnopqrstuvwxyz"), "GitHub"),
    ] {
        let found = found(text);
        assert!(found.notes.iter().any(|note| note.starts_with(word)), "{text}: {:?}", found.notes);
        assert!(found.suggestions.iter().all(|one| one.sure == Sure::Possible), "{text}");
    }
}

#[test]
fn prose_numbers_and_placeholders_are_no_keys() {
    for text in
        ["hello", "42", "please send me the key", "YOUR_API_KEY", "<your key here>", "••••••••••"]
    {
        let found = found(text);
        assert_eq!(found.kind, PastedKind::Unknown, "{text}");
        assert!(found.suggestions.is_empty(), "{text}: {:?}", found.suggestions);
    }
}

#[test]
fn a_reference_is_one_and_no_key() {
    let found = found("keyturn://deepvue/main/client_secret");
    assert_eq!(found.kind, PastedKind::Reference);
    assert_eq!(found.reference.unwrap().to_string(), "deepvue/main/client_secret");
    assert!(found.suggestions.is_empty());
}

/// `{"alg":"HS256","typ":"JWT"}` and the claims that RFC 7519 names, with 2030-01-01 as the end.
const JWT: &str = concat!(
    "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9",
    ".eyJpc3MiOiJodHRwczovL2xvZ2luLm5vcnRod2luZC5leGFtcGxlIiwiaWF0IjoxNzY3MjI1NjAwLCJleHAiOjE4OTM0NTYwMDAsInN1YiI6Im1heWEifQ",
    ".c2lnbmF0dXJlLWNhbmFyeQ",
);

#[test]
fn a_jwt_says_who_made_it_and_when_it_ends() {
    let found = found(JWT);
    assert_eq!(found.kind, PastedKind::Jwt);
    let facts = found.jwt.unwrap();
    assert_eq!(facts.algorithm.as_deref(), Some("HS256"));
    assert_eq!(facts.issuer.as_deref(), Some("https://login.northwind.example"));
    assert_eq!(facts.issued_at, Some("2026-01-01T00:00:00Z".parse().unwrap()));
    assert_eq!(facts.expires_at, Some("2030-01-01T00:00:00Z".parse().unwrap()));
    let bearer = &found.suggestions[0];
    assert_eq!(bearer.provider.as_str(), "generic-bearer");
    assert_eq!(bearer.expires_at, facts.expires_at);
}

#[test]
fn three_parts_with_dots_are_no_jwt_yet() {
    for text in ["SG.abcdefgh.ijklmnop", "1.2.3-beta.example", "e30.e30.c2ln"] {
        assert_ne!(found(text).kind, PastedKind::Jwt, "{text}");
    }
}
