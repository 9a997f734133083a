//! Searching, and marking what was found.

use super::super::view::{BodyForm, BodyLine};
use super::body;

/// What is marked in a line.
fn marked(line: &BodyLine) -> Vec<String> {
    let units: Vec<u16> = line.text.encode_utf16().collect();
    let cut = |(from, length): &(u32, u32)| {
        String::from_utf16(&units[*from as usize..(*from + *length) as usize]).unwrap()
    };
    line.marks.iter().map(cut).collect()
}

#[test]
fn what_is_found_is_marked_where_a_page_counts_it() {
    let body = body(r#"{"🔑":"🔑Key key","n":[{"key":1}]}"#, None);
    let found = body.search(BodyForm::Json, "KEY", false).unwrap();
    assert_eq!((found.hits, found.most, found.rows), (3, false, vec![1, 1, 4]));
    let lines = body.lines(BodyForm::Json, 0, 400).unwrap().lines;
    assert_eq!(lines[1].text, "\"🔑\": \"🔑Key key\",");
    assert_eq!(marked(&lines[1]), ["Key", "key"]);
    assert_eq!(lines[1].marks[0], (9, 3));
    assert_eq!(body.search(BodyForm::Json, "KEY", true).unwrap().hits, 0, "with its case");
    assert!(body.lines(BodyForm::Json, 1, 1).unwrap().lines[0].marks.is_empty());
}

#[test]
fn the_space_that_the_layout_sets_is_found_and_a_pattern_is_a_text() {
    let body = body("{\"a\":7,\"b\" : 7,\"c\":\".*\"}", None);
    assert_eq!(body.search(BodyForm::Json, "\"a\": 7", false).unwrap().rows, [1]);
    assert_eq!(body.search(BodyForm::Json, "\"b\": 7", false).unwrap().rows, [2]);
    let lines = body.lines(BodyForm::Json, 2, 1).unwrap().lines;
    assert_eq!(marked(&lines[0]), ["\"b\": 7"]);
    assert_eq!(body.search(BodyForm::Json, ".*", false).unwrap().rows, [3]);
    assert_eq!(body.search(BodyForm::Json, "", false).unwrap().hits, 0, "nothing ends it");
    assert!(body.lines(BodyForm::Json, 3, 1).unwrap().lines[0].marks.is_empty());
}

#[test]
fn what_is_found_in_a_fold_is_opened_and_other_forms_keep_no_marks() {
    let body = body(r#"{"a":{"b":["needle"]}}"#, None);
    body.fold(BodyForm::Json, None, true).unwrap();
    let found = body.search(BodyForm::Json, "needle", false).unwrap();
    assert_eq!(found.rows, [3]);
    assert_eq!(body.reach(BodyForm::Json, found.rows[0]).unwrap().row, 3);
    assert_eq!(marked(&body.lines(BodyForm::Json, 3, 1).unwrap().lines[0]), ["needle"]);
    assert!(body.lines(BodyForm::Text, 0, 1).unwrap().lines[0].marks.is_empty());
    assert_eq!(body.search(BodyForm::Hex, "needle", false).unwrap().rows, [0]);
}

#[test]
fn more_than_ten_thousand_hits_are_said_and_not_listed() {
    let text = "ab\n".repeat(10_001);
    let found = body(text.clone(), None).search(BodyForm::Text, "B", false).unwrap();
    assert_eq!((found.hits, found.most, found.rows.len()), (10_000, true, 10_000));
    let exact = body(text.replacen("ab\n", "", 1), None).search(BodyForm::Text, "B", false);
    assert!(!exact.unwrap().most);
}

#[test]
fn what_nobody_searches_for_finds_nothing() {
    let body = body("aaaa", None);
    assert_eq!(body.search(BodyForm::Text, &"a".repeat(100_000), false).unwrap().hits, 0);
    assert!(body.search(BodyForm::Image, "a", false).is_err());
}
