//! Tokens that a request by hand was issued: they are taken out like every secret, since nobody
//! asked for one to be shown.

use keyturn_core::{FieldName, SecretFields};
use keyturn_http::{Answer, Redactor, issued_tokens};
use keyturn_providers::Profile;

/// What stands for a body in which nobody knows what is a token.
const WITHHELD: &str =
    "<withheld: this path issues tokens, and what it answered cannot be read in one way alone>";

/// The answer without the tokens that its path issues.
pub(super) fn without_tokens(
    profile: &Profile,
    open: &dyn Fn(&FieldName) -> Option<String>,
    path: &str,
    answer: Answer,
) -> Answer {
    let exchanges = profile.exchanges_at(path, open);
    let pointers: Vec<&str> =
        exchanges.flat_map(|exchange| exchange.response.secret_pointers()).collect();
    if pointers.is_empty() || answer.body.is_empty() {
        return answer;
    }
    match issued_tokens(&answer.body, &pointers) {
        Some(tokens) => {
            let redactor = Redactor::new(&SecretFields::new(), None).knowing(&tokens);
            let headers = redactor.redact_headers(&answer.headers);
            Answer { headers, body: redactor.redact_body(answer.body), ..answer }
        }
        // A refusal issues nothing, and its words are needed.
        None if answer.status >= 400 => answer,
        None => Answer { body: WITHHELD.as_bytes().to_vec(), ..answer },
    }
}

#[cfg(test)]
mod tests {
    use keyturn_http::Timing;
    use keyturn_providers::Catalogue;

    use super::*;

    const REISSUE: &str = "/api/v1/auth/reissue";

    fn shown(path: &str, status: u16, body: &[u8]) -> (String, String) {
        let catalogue = Catalogue::builtin();
        let profile = catalogue.get(&"deeply".parse().unwrap()).unwrap();
        let answer = Answer {
            status,
            headers: vec![("x-copy".to_owned(), "token-canary-1".to_owned())],
            body: body.to_vec(),
            timing: Timing::default(),
            tls: None,
            attempts: 1,
            size: keyturn_http::BodySize::default(),
        };
        let answer = without_tokens(profile, &|_| None, path, answer);
        (String::from_utf8_lossy(&answer.body).into_owned(), answer.headers[0].1.clone())
    }

    #[test]
    fn the_token_of_an_exchange_is_taken_out_and_no_other_text() {
        let body = br#"{"access_token":"token-canary-1","other":"text"}"#;
        let (clean, header) = shown(REISSUE, 200, body);
        assert_eq!(clean, r#"{"access_token":"<redacted>","other":"text"}"#);
        assert_eq!(header, "<redacted>");
        let elsewhere = shown("/api/v1/events", 200, body);
        assert!(elsewhere.0.contains("token-canary-1"), "positive control: {elsewhere:?}");
        let with_mark = [b"\xef\xbb\xbf", &body[..]].concat();
        assert!(!shown(REISSUE, 200, &with_mark).0.contains("canary"));
    }

    #[test]
    fn what_cannot_be_read_in_one_way_alone_is_withheld() {
        let utf_16: Vec<u8> = r#"{"access_token":"token-canary-1"}"#
            .encode_utf16()
            .flat_map(u16::to_le_bytes)
            .collect();
        let twice = br#"{"access_token":"token-canary-1","access_token":"token-canary-2"}"#;
        let mut long = br#"{"access_token":"token-canary-1","filler":""#.to_vec();
        long.extend(vec![b'a'; 300 * 1024]);
        long.extend(br#""}"#);
        for body in [&utf_16[..], twice, &long, b"token-canary-1", b"{broken"] {
            assert_eq!(shown(REISSUE, 200, body).0, WITHHELD);
        }
        assert_eq!(shown(REISSUE, 401, b"<html>no</html>").0, "<html>no</html>", "it says why");
        assert_eq!(shown(REISSUE, 204, b"").0, "");
    }
}
