//! What the user is writing: in the vault and nowhere else.

use keyturn_core::Secret;
use keyturn_vault::Batch;

use crate::support::Home;

#[test]
fn a_draft_is_there_after_reopening_unreadable_in_the_file_and_gone_once_it_is_removed() {
    let home = Home::new();
    let mut vault = home.create();
    let mut batch = Batch::new();
    batch.put_draft(Secret::new("canary-draft".to_owned()));
    vault.commit(batch).unwrap();
    drop(vault);
    let bytes = home.bytes();
    let readable = |word: &[u8]| bytes.windows(word.len()).any(|part| part == word);
    assert!(readable(b"SQLite format 3"), "positive control");
    assert!(!readable(b"canary"));
    let mut vault = home.open().unwrap();
    assert!(vault.has_draft());
    assert_eq!(vault.draft().unwrap().unwrap().expose(), "canary-draft");
    let mut batch = Batch::new();
    batch.remove_draft();
    vault.commit(batch).unwrap();
    assert!(!vault.has_draft() && vault.draft().unwrap().is_none());
}
