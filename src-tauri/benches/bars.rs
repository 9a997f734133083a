//! The fifteen bars of the window: each is measured here, or held by a test that is named beside it.

use std::path::Path;

use super::report;

/// Where a bar is held: a test's file and a name in it.
struct Held {
    bar: &'static str,
    what: &'static str,
    file: &'static str,
    test: &'static str,
}

const fn held(
    bar: &'static str,
    what: &'static str,
    file: &'static str,
    test: &'static str,
) -> Held {
    Held { bar, what, file, test }
}

const TESTS: [Held; 13] = [
    held(
        "1",
        "palette: its key, 3 letters, Enter",
        "tests/e2e/copying.rs",
        "the_palette_copies_after_three_letters_and_enter",
    ),
    held(
        "1",
        "one click on a row",
        "tests/e2e/copying.rs",
        "the_rows_button_copies_that_row_whatever_is_selected",
    ),
    held(
        "2",
        "search → first result: 1 key",
        "tests/e2e/tokens.rs",
        "a_token_is_copied_by_keys_alone_and_is_the_one_that_was_issued",
    ),
    held(
        "3",
        "new vault → copied token ≤ 12 steps",
        "tests/e2e/kinds.rs",
        "the_first_token_is_copied_after_at_most_twelve_interactions",
    ),
    held("4", "axe: 0 on every screen", "ui/test/browser/axe.test.ts", "axe"),
    held(
        "6",
        "AT-SPI trees, nothing behind a modal",
        "tests/e2e/tree.rs",
        "screen_readers_are_told_roles_and_names",
    ),
    held("10", "no endless or long motion in CSS", "ui/eslint.config.js", "infinite"),
    held(
        "12",
        "no secret in page, storage, answers",
        "tests/e2e/leaks.rs",
        "no_secret_is_in_the_page",
    ),
    held(
        "12",
        "no stored secret in the web process",
        "tests/e2e/memory.rs",
        "no_stored_secret_is_in_the_memory",
    ),
    held(
        "12",
        "25 texts of others, 0 executed",
        "tests/e2e/payloads.rs",
        "no_text_of_others_is_taken_for_code",
    ),
    held("13", "countdowns: right, and still when hidden", "ui/test/unit/clock.test.ts", "hidden"),
    held("14", "a language that is 40 % longer clips nothing", "ui/test/browser", "pseudo"),
    held("15", "a planted type error fails", "ui/scripts/check-canary.mjs", "canary"),
];

/// Prints the bars that tests hold, and says where such a test is missing.
pub(crate) fn bars() {
    for Held { bar, what, file, test } in TESTS {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(file);
        let there = if path.is_dir() {
            let files = std::fs::read_dir(&path).into_iter().flatten().flatten();
            files.map(|entry| entry.path()).any(|file| mentions(&file, test))
        } else {
            mentions(&path, test)
        };
        let verdict = if there { "by test" } else { "MISSING" };
        report(&format!("bar {bar}: {what}"), verdict, &format!("{file} {test}"));
    }
}

fn mentions(file: &Path, name: &str) -> bool {
    std::fs::read_to_string(file).is_ok_and(|text| text.contains(name))
}
