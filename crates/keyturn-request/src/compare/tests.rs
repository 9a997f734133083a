use proptest::prelude::*;

use super::*;

fn compared<'body>(headers: &'body [(String, String)], body: &'body [u8]) -> Compared<'body> {
    Compared { facts: &[], headers, body: Some(body) }
}

fn bodies(left: &str, right: &str) -> Vec<(Change, String)> {
    let both = compare(&compared(&[], left.as_bytes()), &compared(&[], right.as_bytes()));
    both.body.unwrap().into_iter().map(|line| (line.change, line.text)).collect()
}

fn line(change: Change, text: &str) -> (Change, String) {
    (change, text.to_owned())
}

#[test]
fn json_that_is_written_otherwise_is_the_same() {
    let (left, right) = ("{\"a\":[1,2]}", "{ \"a\" : [\n1, 2] }\n");
    assert_eq!(bodies(left, right), [line(Change::Skipped, "6")]);
    let numbers = bodies("{\"a\":1.0}", "{\"a\":1}");
    assert_eq!(numbers[1], line(Change::Removed, "  \"a\": 1.0"));
    assert_eq!(numbers[2], line(Change::Added, "  \"a\": 1"));
}

#[test]
fn three_rows_stay_around_each_change_and_the_rest_is_counted() {
    let rows = |changed: &str| {
        (0..20)
            .map(|at| if at == 10 { changed.to_owned() } else { at.to_string() })
            .collect::<Vec<_>>()
            .join("\n")
    };
    let mut expected = vec![line(Change::Skipped, "7")];
    expected.extend(["7", "8", "9"].map(|text| line(Change::Same, text)));
    expected.extend([line(Change::Removed, "x"), line(Change::Added, "y")]);
    expected.extend(["11", "12", "13"].map(|text| line(Change::Same, text)));
    expected.push(line(Change::Skipped, "6"));
    assert_eq!(bodies(&rows("x"), &rows("y")), expected);
}

#[test]
fn a_body_that_was_not_kept_is_not_compared() {
    let left = Compared { facts: &[], headers: &[], body: None };
    assert_eq!(compare(&left, &compared(&[], b"a")).body, None);
    assert_eq!(compare(&compared(&[], b"a"), &left).body, None);
    assert_eq!(bodies("", ""), []);
}

#[test]
fn headers_and_facts_stand_beside_each_other_by_their_names() {
    let pair = |name: &str, value: &str| (name.to_owned(), value.to_owned());
    let left = [pair("Vary", "a"), pair("x-only", "1"), pair("vary", "b")];
    let right = [pair("age", "7"), pair("vary", "a")];
    let facts = [pair("status", "200"), pair("time", "1 ms")];
    let others = [pair("status", "200"), pair("size", "7")];
    let both = compare(
        &Compared { facts: &facts, headers: &left, body: None },
        &Compared { facts: &others, headers: &right, body: None },
    );
    let headers: Vec<_> = both
        .headers
        .iter()
        .map(|pair| (pair.name.as_str(), pair.left.as_deref(), pair.right.as_deref()))
        .collect();
    let expected =
        [("age", None, Some("7")), ("vary", Some("a, b"), Some("a")), ("x-only", Some("1"), None)];
    assert_eq!(headers, expected);
    let facts: Vec<_> = both
        .facts
        .iter()
        .map(|fact| (fact.name.as_str(), fact.right.as_str(), fact.same))
        .collect();
    assert_eq!(facts, [("status", "200", true), ("time", "", false), ("size", "7", false)]);
}

#[test]
fn nothing_of_an_answer_is_in_a_debug_text() {
    let canary = [("x-name".to_owned(), "canary".to_owned())];
    let both = compare(
        &Compared { facts: &canary, headers: &canary, body: Some(b"canary") },
        &Compared { facts: &canary, headers: &canary, body: Some(b"other") },
    );
    let said = format!("{both:?} {:?}", both.body);
    assert!(said.contains("x-name") && !said.contains("canary"), "{said}");
    assert!(serde_json::to_string(&both).unwrap().contains("canary"), "a positive control");
}

#[test]
fn bodies_of_ten_megabytes_are_compared_up_to_their_limit() {
    let rows = |seed: usize| -> String {
        let rows: Vec<String> =
            (0..1_000_000).map(|at| (at * seed % 1_000_003).to_string()).collect();
        rows.join("\n")
    };
    let lists = |seed: usize| format!("[{}]", rows(seed).replace('\n', ","));
    let one_line = |letter: &str| letter.repeat(10_000_000);
    for (left, right, cut) in [
        (rows(7), rows(11), true),
        (lists(7), lists(11), true),
        (one_line("a"), one_line("b"), false),
        ("[".repeat(5_000_000), "{\"a\":".repeat(1_000_000), false),
    ] {
        let both = compare(&compared(&[], left.as_bytes()), &compared(&[], right.as_bytes()));
        let lines = both.body.unwrap();
        assert_eq!(both.cut, cut);
        assert!(lines.len() <= 2 * rows::MOST_ROWS);
        assert!(lines.iter().all(|line| line.text.chars().count() <= rows::LONGEST_ROW));
    }
}

proptest! {
    #[test]
    fn each_side_comes_out_of_the_comparison_again(
        left in prop::collection::vec("[abc]{0,2}", 0..40),
        right in prop::collection::vec("[abc]{0,2}", 0..40),
    ) {
        // Nothing is left out where each row is near a change, so that all of them are there.
        let all = lines::differences(left.clone(), right.clone());
        let skipped = all.iter().filter(|line| line.change == Change::Skipped);
        let skipped: usize = skipped.map(|line| line.text.parse::<usize>().unwrap()).sum();
        let side = |other: Change| -> Vec<String> {
            let own = |line: &&DiffLine| line.change != other && line.change != Change::Skipped;
            all.iter().filter(own).map(|line| line.text.clone()).collect()
        };
        let (of_left, of_right) = (side(Change::Added), side(Change::Removed));
        prop_assert_eq!(of_left.len() + skipped, left.len());
        prop_assert_eq!(of_right.len() + skipped, right.len());
        if skipped == 0 {
            prop_assert_eq!(of_left, left);
            prop_assert_eq!(of_right, right);
        }
    }

    #[test]
    fn a_body_beside_itself_has_no_change(body in prop::collection::vec(any::<u8>(), 0..200)) {
        let both = compare(&compared(&[], &body), &compared(&[], &body));
        let changed = |line: &DiffLine| matches!(line.change, Change::Added | Change::Removed);
        prop_assert!(!both.body.unwrap().iter().any(changed));
    }
}
