//! Kept exchanges: in the vault and nowhere else, and gone with their credential.

use keyturn_core::{CredentialId, ExchangeId};
use keyturn_vault::{Batch, KeptExchange, KeptMeaning, SaveError};

use crate::support::{Home, add, entry};

fn kept(number: u64) -> KeptExchange {
    KeptExchange {
        id: ExchangeId::from_number(number),
        at: entry("keep").at,
        note: Some("canary-note".to_owned()),
        environment: "production".parse().unwrap(),
        recipe: "default".to_owned(),
        method: "GET".to_owned(),
        path: "/people/canary".to_owned(),
        url: "https://acme.example/people/canary".to_owned(),
        query: vec![("name".to_owned(), "canary".to_owned())],
        sent_headers: Vec::new(),
        sent_body: "none".to_owned(),
        attempts: 1,
        status: 200,
        headers: Vec::new(),
        total_ms: 1.5,
        tls: None,
        meaning: KeptMeaning {
            refused: false,
            meaning: "it worked".to_owned(),
            action: String::new(),
            row: None,
            verified: true,
            credential_refused: false,
            provider_says: None,
            retry_at: None,
            notes: Vec::new(),
        },
        request: None,
        body_bytes: 6,
        body: b"canary".to_vec(),
    }
}

fn numbers(vault: &keyturn_vault::Vault, owner: CredentialId) -> Vec<u64> {
    vault.kept_of(owner).map(ExchangeId::number).collect()
}

#[test]
fn a_kept_exchange_is_there_after_reopening_and_unreadable_in_the_file() {
    let home = Home::new();
    let mut vault = home.create();
    let owner = add(&mut vault, "main", "s3cret");
    let mut batch = Batch::new();
    batch.put_kept(owner, kept(11));
    batch.put_kept(owner, kept(2));
    vault.commit(batch).unwrap();
    drop(vault);
    let bytes = home.bytes();
    let readable = |word: &[u8]| bytes.windows(word.len()).any(|part| part == word);
    assert!(readable(b"SQLite format 3"), "positive control");
    assert!(!readable(b"canary") && !readable(b"people"));
    let vault = home.open().unwrap();
    assert_eq!(numbers(&vault, owner), [2, 11]);
    assert_eq!(vault.kept(owner, ExchangeId::from_number(11)).unwrap(), Some(kept(11)));
    assert_eq!(vault.kept(owner, ExchangeId::from_number(3)).unwrap(), None);
}

#[test]
fn it_goes_when_it_is_forgotten_or_its_credential_is_deleted_and_no_other_does() {
    let home = Home::new();
    let mut vault = home.create();
    let (one, two) = (add(&mut vault, "one", "1"), add(&mut vault, "two", "2"));
    let mut batch = Batch::new();
    for (owner, number) in [(one, 1), (one, 2), (one, 3), (two, 1)] {
        batch.put_kept(owner, kept(number));
    }
    vault.commit(batch).unwrap();
    let mut batch = Batch::new();
    batch.remove_kept(one, ExchangeId::from_number(1));
    vault.commit(batch).unwrap();
    assert_eq!((numbers(&vault, one), numbers(&vault, two)), (vec![2, 3], vec![1]));
    let mut batch = Batch::new();
    batch.delete_credential(one);
    vault.commit(batch).unwrap();
    assert_eq!((numbers(&vault, one), numbers(&vault, two)), (vec![], vec![1]));
    drop(vault);
    let vault = home.open().unwrap();
    assert_eq!((numbers(&vault, one), numbers(&vault, two)), (vec![], vec![1]));
}

#[test]
fn nothing_is_kept_for_a_credential_that_is_not_there() {
    let home = Home::new();
    let mut vault = home.create();
    let mut batch = Batch::new();
    batch.put_kept(CredentialId::make_random(), kept(1));
    let refused = vault.commit(batch).unwrap_err();
    assert!(matches!(refused, SaveError::NotFound), "{refused}");
}
