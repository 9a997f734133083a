//! Keeping an exchange, where the user asked for that: nothing is kept by itself.

use chrono::{DateTime, Utc};
use keyturn_core::ExchangeId;
use keyturn_http::{Answer, Redactor};
use keyturn_providers::Diagnosis;
use keyturn_vault::{Batch, KeptExchange, KeptMeaning, KeptTls, SaveError};

use super::plan::Plan;
use super::{Sent, again};
use crate::exchange::Noted;
use crate::{Engine, EngineError};

/// How many exchanges of a credential are kept; the oldest goes.
pub const MOST_KEPT: usize = 100;
/// How much of an answer's body is kept, in bytes.
pub const LONGEST_KEPT: usize = 256 * 1024;

/// The choice to keep one exchange.
#[derive(Default)]
pub struct KeepExchange {
    /// The user's own words about it.
    pub note: Option<String>,
}

impl std::fmt::Debug for KeepExchange {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        // A note may be about a person.
        formatter.write_str("KeepExchange")
    }
}

/// What was kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Kept {
    /// Names it.
    pub id: ExchangeId,
    /// The oldest one, which went to make room.
    pub forgot: Option<ExchangeId>,
    /// How many bytes the answer's body had, where it was too long and its end was not kept.
    pub cut_from: Option<usize>,
}

impl Engine {
    /// Keeps an exchange where its request says so. The answer has come by then and is the user's in
    /// any case, so that a failure to keep it stands beside it.
    pub(super) fn keep(
        &self,
        plan: &Plan,
        redactor: &Redactor,
        sent: &Sent,
        noted: &mut Noted<'_>,
        caller: &str,
    ) -> Option<Result<Kept, EngineError>> {
        let (keep, id) = (plan.keep.as_ref()?, sent.exchange?);
        let answered @ (answer, _) = sent.answer.as_ref()?;
        let bytes = answer.body.len();
        let cut_from = (beginning(&answer.body).len() < bytes).then_some(bytes);
        Some(self.write(|vault| {
            let owner = plan.credential.id;
            let credential = vault.credential(owner).ok_or(SaveError::NotFound)?;
            let mut batch = Batch::new();
            batch.append_journal(vec![self.entry(caller, "keep", credential)]);
            let known: Vec<ExchangeId> = vault.kept_of(owner).collect();
            let too_many = (known.len() + 1).saturating_sub(MOST_KEPT);
            for oldest in known.iter().take(too_many) {
                batch.remove_kept(owner, *oldest);
            }
            let at = self.now();
            let note = keep.note.as_deref().map(|note| redactor.redact_text(note));
            let name = Name { id, at, note: note.clone() };
            batch.put_kept(owner, exchange(plan, redactor, sent, answered, name));
            self.commit(vault, batch)?;
            noted.is_kept(note);
            Ok(Kept { id, forgot: known.first().copied().filter(|_| too_many > 0), cut_from })
        }))
    }
}

/// What is a kept exchange's own, beside the exchange.
struct Name {
    id: ExchangeId,
    at: DateTime<Utc>,
    note: Option<String>,
}

/// An exchange as it is kept: what the user gave is as free of stored secrets as the answer.
fn exchange(
    plan: &Plan,
    redactor: &Redactor,
    sent: &Sent,
    (answer, diagnosis): &(Answer, Diagnosis),
    name: Name,
) -> KeptExchange {
    let request = &sent.request;
    KeptExchange {
        id: name.id,
        at: name.at,
        note: name.note,
        environment: plan.environment.clone(),
        recipe: plan.recipe.name.clone(),
        method: request.method.clone(),
        path: redactor.redact_text(&plan.request.path),
        url: redactor.redact_text(&request.url),
        query: texts(redactor, &request.query),
        sent_headers: texts(redactor, &request.headers),
        sent_body: request.body.clone(),
        attempts: sent.attempts,
        status: answer.status,
        headers: answer.headers.clone(),
        total_ms: answer.timing.total,
        tls: answer.tls.as_ref().map(|tls| KeptTls {
            version: tls.version.clone(),
            cipher: tls.cipher.clone(),
            peer: tls.peer.clone(),
        }),
        meaning: KeptMeaning {
            meaning: diagnosis.meaning.clone(),
            action: diagnosis.action.clone(),
            row: diagnosis.row.clone(),
            verified: diagnosis.verified,
            credential_refused: diagnosis.credential_refused,
            refused: diagnosis.refused,
            provider_says: diagnosis.provider_says.clone(),
            retry_at: diagnosis.retry_at,
            notes: diagnosis.notes.clone(),
        },
        request: Some(again::request(plan, redactor)),
        body_bytes: u64::try_from(answer.body.len()).unwrap_or(u64::MAX),
        body: beginning(&answer.body).to_vec(),
    }
}

fn texts(redactor: &Redactor, pairs: &[(String, String)]) -> Vec<(String, String)> {
    let clean = |(name, value): &(String, String)| {
        (redactor.redact_text(name), redactor.redact_text(value))
    };
    pairs.iter().map(clean).collect()
}

/// The part of a body that is kept. Text stays text: it is cut between two characters.
fn beginning(body: &[u8]) -> &[u8] {
    let Some(cut) = body.get(..LONGEST_KEPT) else { return body };
    match std::str::from_utf8(cut) {
        Err(error) if error.error_len().is_none() => cut.get(..error.valid_up_to()).unwrap_or(cut),
        _ => cut,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_body_is_cut_between_two_characters_and_bytes_where_they_end() {
        let short = vec![b'a'; LONGEST_KEPT];
        assert_eq!(beginning(&short).len(), LONGEST_KEPT);
        let mut text = "a".repeat(LONGEST_KEPT - 1);
        text.push('é');
        assert_eq!(beginning(text.as_bytes()).len(), LONGEST_KEPT - 1);
        let bytes = vec![0xff; LONGEST_KEPT + 1];
        assert_eq!(beginning(&bytes).len(), LONGEST_KEPT);
    }
}
