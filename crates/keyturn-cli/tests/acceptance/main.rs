//! `docs/acceptance.md` against the tests: every row has one, and no test names a row that is not
//! there. `make acceptance` prints the table.
//!
//! Only functions that run as tests count, and only in the folders whose tests run the real
//! programs. Where to look next: `rows` for the table, `claims` for what a test names.

#![expect(clippy::unwrap_used, reason = "a test's helper fails like the test")]

mod claims;
mod rows;

use std::collections::BTreeMap;
use std::path::Path;

use claims::Claim;
use rows::Row;

/// The folders, from the top of the tree, whose tests run the real programs.
const FOLDERS: [&str; 4] = ["tests/it", "tests/cmd", "tests/e2e", "tests/oauth"];

/// What is wrong between a table and the tests.
fn faults(rows: &[Row], claims: &[Claim]) -> Vec<String> {
    let unknown = claims
        .iter()
        .filter(|claim| rows.iter().all(|row| row.id != claim.row))
        .map(|claim| format!("{} names the row {}, which is not there", claim.test, claim.row));
    let bare = rows
        .iter()
        .filter(|row| claims.iter().all(|claim| claim.row != row.id))
        .map(|row| format!("{} has no test", row.id));
    unknown.chain(bare).collect()
}

/// The table with the tests behind each row.
fn table(rows: &[Row], claims: &[Claim]) -> String {
    let mut tests: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for claim in claims {
        tests.entry(&claim.row).or_default().push(&claim.test);
    }
    let lines = rows.iter().flat_map(|row| {
        let remark = Some(&row.remark).filter(|remark| !remark.is_empty());
        let remark = remark.map(|remark| format!("  ({remark})")).unwrap_or_default();
        let behind = tests.get(row.id.as_str()).into_iter().flatten();
        let behind = behind.map(|test| format!("        {test}\n"));
        std::iter::once(format!("{:5} {}{remark}\n", row.id, row.says)).chain(behind)
    });
    lines.collect()
}

#[test]
fn every_row_of_the_acceptance_table_has_a_test() {
    let top = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let rows = rows::read(&std::fs::read_to_string(top.join("docs/acceptance.md")).unwrap());
    let claims: Vec<Claim> =
        FOLDERS.iter().flat_map(|folder| claims::in_folder(&top, Path::new(folder))).collect();
    let faults = faults(&rows, &claims);
    let tests: std::collections::BTreeSet<&str> =
        claims.iter().map(|claim| claim.test.as_str()).collect();
    println!("{}", table(&rows, &claims));
    println!("{} rows, {} tests behind them, {} faults", rows.len(), tests.len(), faults.len());
    assert_eq!(rows.len(), 9 + 14 + 8 + 7 + 8, "the table is whole");
    assert!(faults.is_empty(), "\n{}", faults.join("\n"));
}

#[test]
fn a_row_without_a_test_and_a_test_without_a_row_are_found() {
    let rows =
        rows::read("| row | |\n|---|---|\n| X1 | one | |\n| X2 | two | later: all of it |\n");
    assert_eq!(rows.len(), 2, "the head is no row");
    let source = "#[test] fn x1_is_shown() {}\n/// DV99: nothing.\n#[test] fn other() {}";
    let claims = claims::in_source("it/planted.rs", source);
    assert_eq!(
        faults(&rows, &claims),
        [
            "it/planted.rs::other names the row DV99, which is not there".to_owned(),
            "X2 has no test".to_owned()
        ]
    );
    assert!(table(&rows, &claims).contains("X1    one\n        it/planted.rs::x1_is_shown\n"));
}

#[test]
fn what_is_no_test_shows_nothing() {
    let source = r#"
        //! X1: a module's comment.
        // X1: a comment.
        /// X1: a function that is no test.
        fn x1_helper() {}
        #[cfg(any())]
        #[test]
        fn x1_never_compiled() {}
        /// X1: switched off.
        #[test]
        #[ignore]
        fn x1_ignored() {}
        /// It speaks of X1: in the middle.
        #[test]
        fn of_no_row() { let _ = "/// X1: in a text"; }
    "#;
    assert!(claims::in_source("it/planted.rs", source).is_empty());
}

#[test]
fn a_test_names_rows_in_its_name_and_in_its_comment() {
    let source = "
        /// DV7, X3: one thing.
        /// DI1: another.
        #[tokio::test]
        async fn di7_dc8_x509_certificates() {}
        mod inner { #[test] fn de1_inside() {} }
    ";
    let claims = claims::in_source("it/a.rs", source);
    let named = |test: &str| -> Vec<&str> {
        let of_it = claims.iter().filter(|claim| claim.test.ends_with(test));
        of_it.map(|claim| claim.row.as_str()).collect()
    };
    assert_eq!(named("certificates"), ["DC8", "DI1", "DI7", "DV7", "X3"]);
    assert_eq!(named("de1_inside"), ["DE1"]);
}
