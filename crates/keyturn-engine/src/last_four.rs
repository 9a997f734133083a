//! Comparing a stored key with what its provider says of it: the last four characters (DC5).

use keyturn_core::Credential;
use keyturn_http::Answer;
use keyturn_providers::{Sample, schema::sample::LastFour};
use serde_json::Value;

/// The largest body that is looked through.
const LARGEST: usize = 64 * 1024;

/// Says so where the provider knows another key than the stored one. Nothing is said where either
/// side's last four characters are not known.
pub(crate) fn another_key(
    sample: &Sample,
    credential: &Credential,
    answer: &Answer,
) -> Option<String> {
    let told = sample.last_four.as_ref()?;
    compare(told, credential.field(&told.field)?.last_four()?, answer)
}

fn compare(told: &LastFour, stored: &str, answer: &Answer) -> Option<String> {
    let body = Some(&answer.body).filter(|body| body.len() <= LARGEST)?;
    let body: Value = serde_json::from_slice(body).ok()?;
    let theirs = body.pointer(&told.pointer)?.as_str()?;
    // Four characters may be shown, whatever else a provider puts there may not.
    let four = theirs.chars().count() == 4 && theirs.chars().all(|c| c.is_ascii_graphic());
    let field = &told.field;
    (four && (200..=299).contains(&answer.status) && theirs != stored).then(|| {
        format!(
            "The provider's {field} ends in {theirs}, the stored one in {stored}: it was replaced, or belongs to another account."
        )
    })
}

#[cfg(test)]
mod tests {
    use keyturn_providers::Catalogue;

    use super::*;

    fn told(body: &str, stored: &str) -> Option<String> {
        let catalogue = Catalogue::builtin();
        let profile = catalogue.get(&"deepcurrent".parse().unwrap()).unwrap();
        let told = profile.sample("me").unwrap().last_four.as_ref().unwrap();
        let answer = Answer {
            status: 200,
            headers: Vec::new(),
            body: body.as_bytes().to_vec(),
            timing: keyturn_http::Timing::default(),
            tls: None,
            attempts: 1,
            size: keyturn_http::BodySize::default(),
        };
        compare(told, stored, &answer)
    }

    #[test]
    fn dc5_a_key_that_the_provider_does_not_know_is_told_of() {
        let said = told(r#"{"api_key_last_four":"7x9z"}"#, "aaaa").unwrap();
        assert!(said.contains("7x9z") && said.contains("aaaa"), "{said}");
        assert_eq!(told(r#"{"api_key_last_four":"7x9z"}"#, "7x9z"), None);
    }

    #[test]
    fn dc5_what_is_no_four_characters_is_not_compared() {
        for body in ["", "<html>", "{}", r#"{"api_key_last_four":7}"#] {
            assert_eq!(told(body, "aaaa"), None, "{body}");
        }
        let long = r#"{"api_key_last_four":"dc_the_whole_key"}"#;
        assert_eq!(told(long, "aaaa"), None, "never repeated");
    }
}
