//! What is noted of exchanges, and saved requests: each a record of its credential, in the vault and
//! nowhere else, and gone with it.

use keyturn_core::{CredentialId, ExchangeId};
use keyturn_request::{Request, SavedRequest};
use keyturn_vault::{Batch, NotedExchange, SaveError, Vault};

use crate::support::{Home, add, entry};

fn noted(number: u64) -> NotedExchange {
    NotedExchange {
        id: ExchangeId::from_number(number),
        at: entry("request").at,
        environment: "production".parse().unwrap(),
        recipe: "default".to_owned(),
        method: "GET".to_owned(),
        path: "/people/canary".to_owned(),
        query: vec!["canary-name".to_owned()],
        sent_body: None,
        saved: None,
        status: Some(200),
        problem: None,
        meaning: None,
        credential_refused: false,
        refused: false,
        total_ms: Some(1.5),
        received: Some(6),
        attempts: 1,
        caller: "curl".to_owned(),
        checks_failed: 0,
        checks_passed: 0,
        note: None,
    }
}

fn saved(name: &str) -> SavedRequest {
    let (environment, recipe, sample) = (None, None, None);
    let request = Request::new("GET", "/people/canary");
    SavedRequest { name: name.to_owned(), request, environment, recipe, sample, checks: vec![] }
}

/// Two credentials, each with two noted exchanges and a saved request.
fn filled(vault: &mut Vault) -> (CredentialId, CredentialId) {
    let (one, two) = (add(vault, "one", "1"), add(vault, "two", "2"));
    let mut batch = Batch::new();
    for owner in [one, two] {
        batch.put_exchanges(owner, vec![noted(1), noted(2)]);
        batch.put_saved_requests(owner, vec![saved("canary")]);
    }
    vault.commit(batch).unwrap();
    (one, two)
}

fn counts(vault: &Vault, owner: CredentialId) -> (usize, usize) {
    (vault.exchanges(owner).unwrap().len(), vault.saved_requests(owner).unwrap().len())
}

#[test]
fn both_are_there_after_reopening_and_unreadable_in_the_file() {
    let home = Home::new();
    let mut vault = home.create();
    let (one, _) = filled(&mut vault);
    drop(vault);
    let bytes = home.bytes();
    let readable = |word: &[u8]| bytes.windows(word.len()).any(|part| part == word);
    assert!(readable(b"SQLite format 3"), "positive control");
    assert!(!readable(b"canary") && !readable(b"people"));
    let vault = home.open().unwrap();
    assert_eq!(vault.exchanges(one).unwrap(), [noted(1), noted(2)]);
    assert_eq!(vault.saved_requests(one).unwrap(), [saved("canary")]);
    assert_eq!(counts(&vault, CredentialId::make_random()), (0, 0));
}

#[test]
fn they_go_with_their_credential_and_when_none_are_left_and_no_others_do() {
    let home = Home::new();
    let mut vault = home.create();
    let (one, two) = filled(&mut vault);
    let mut batch = Batch::new();
    batch.put_exchanges(one, Vec::new());
    vault.commit(batch).unwrap();
    assert_eq!((counts(&vault, one), counts(&vault, two)), ((0, 1), (2, 1)));
    let mut batch = Batch::new();
    batch.delete_credential(two);
    assert!(batch.decides_exchanges_of(two) && !batch.decides_exchanges_of(one));
    vault.commit(batch).unwrap();
    drop(vault);
    let vault = home.open().unwrap();
    assert_eq!((counts(&vault, one), counts(&vault, two)), ((0, 1), (0, 0)));
}

#[test]
fn nothing_is_noted_or_saved_for_a_credential_that_is_not_there() {
    let home = Home::new();
    let mut vault = home.create();
    let nobody = CredentialId::make_random();
    let mut batch = Batch::new();
    batch.put_exchanges(nobody, vec![noted(1)]);
    assert!(matches!(vault.commit(batch).unwrap_err(), SaveError::NotFound));
    let mut batch = Batch::new();
    batch.put_saved_requests(nobody, vec![saved("one")]);
    assert!(matches!(vault.commit(batch).unwrap_err(), SaveError::NotFound));
}
