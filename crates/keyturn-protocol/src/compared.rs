//! Two answers beside each other, as every client shows them.

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use keyturn_request::compare::{Compared, Comparison, compare};

use crate::calls::SendRequestAnswer;

/// Compares two answers; a body is given apart, since not every client has it in the answer.
#[must_use]
pub fn compare_answers(
    (left, left_body): (&SendRequestAnswer, Option<&[u8]>),
    (right, right_body): (&SendRequestAnswer, Option<&[u8]>),
) -> Comparison {
    let (left_facts, right_facts) = (facts(left), facts(right));
    compare(
        &Compared { facts: &left_facts, headers: &left.headers, body: left_body },
        &Compared { facts: &right_facts, headers: &right.headers, body: right_body },
    )
}

/// The bytes of an answer's body, where the answer has it.
#[must_use]
pub fn body_of(answer: &SendRequestAnswer) -> Option<Vec<u8>> {
    match (&answer.body, &answer.body_base64) {
        (Some(text), _) => Some(text.clone().into_bytes()),
        (None, Some(base64)) => BASE64_STANDARD.decode(base64).ok(),
        (None, None) => None,
    }
}

fn facts(answer: &SendRequestAnswer) -> Vec<(String, String)> {
    let status = answer.status.map(|status| {
        let words = answer.status_words.as_deref().unwrap_or_default();
        format!("{status} {words}").trim_end().to_owned()
    });
    let size = answer.size.as_ref();
    let tls = answer.tls.as_ref();
    let facts = [
        ("status", status),
        ("meaning", answer.diagnosis.as_ref().map(|diagnosis| diagnosis.meaning.clone())),
        ("time", Some(format!("{:.0} ms", answer.timing_ms.total))),
        ("size", size.map(|size| format!("{} bytes", size.decoded))),
        ("packed as", size.and_then(|size| size.encoding.clone())),
        ("TLS", tls.and_then(|tls| tls.version.clone())),
        ("sent to", Some(format!("{} {}", answer.sent.method, answer.sent.url))),
        ("attempts", Some(answer.attempts.to_string())),
    ];
    let told = facts.into_iter().filter_map(|(name, fact)| Some((name.to_owned(), fact?)));
    told.collect()
}

#[cfg(test)]
mod tests {
    use keyturn_request::Change;

    use super::*;
    use crate::calls::{SentView, TimingView};

    fn answer(status: u16, body: Option<&str>, base64: Option<&str>) -> SendRequestAnswer {
        SendRequestAnswer {
            status: Some(status),
            headers: Vec::new(),
            body: body.map(str::to_owned),
            body_base64: base64.map(str::to_owned),
            timing_ms: TimingView::default(),
            status_words: None,
            size: None,
            redirect: None,
            tls: None,
            attempts: 1,
            sent: SentView {
                method: "GET".to_owned(),
                url: "https://a.example/v1".to_owned(),
                query: Vec::new(),
                headers: std::collections::BTreeMap::new(),
                body: None,
                body_bytes: None,
            },
            diagnosis: None,
            credential_refused: false,
            refused: false,
            kept: None,
            exchange: None,
            checks: Vec::new(),
        }
    }

    #[test]
    fn two_answers_differ_in_their_facts_and_in_their_bodies() {
        let (left, right) =
            (answer(200, Some("{}"), None), answer(404, None, Some("eyJhIjoxfQ==")));
        let bodies = (body_of(&left), body_of(&right));
        assert_eq!(bodies.1.as_deref(), Some(&b"{\"a\":1}"[..]));
        let both = compare_answers((&left, bodies.0.as_deref()), (&right, bodies.1.as_deref()));
        let differ: Vec<_> =
            both.facts.iter().filter(|fact| !fact.same).map(|fact| fact.name.as_str()).collect();
        assert_eq!(differ, ["status"]);
        assert_eq!(both.body.unwrap()[0].change, Change::Removed);
    }

    #[test]
    fn an_answer_without_its_body_is_compared_without_bodies() {
        let (left, right) = (answer(200, Some("a"), None), answer(200, None, None));
        let both = compare_answers(
            (&left, body_of(&left).as_deref()),
            (&right, body_of(&right).as_deref()),
        );
        assert_eq!(both.body, None);
    }
}
