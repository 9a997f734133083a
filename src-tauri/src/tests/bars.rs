//! The bars of the window that are no figures: each is held by a test, which is there. `make ui-bench`
//! measures the others.

use super::read;

/// A bar, the file of its test, and how that test begins there.
const HELD: [(&str, &str, &str); 13] = [
    (
        "1, palette: its key, 3 letters, Enter",
        "tests/e2e/copying.rs",
        "fn the_palette_copies_after_three_letters_and_enter()",
    ),
    (
        "1, one click on a row",
        "tests/e2e/copying.rs",
        "fn the_rows_button_copies_that_row_whatever_is_selected()",
    ),
    (
        "2, search → first result: 1 key",
        "tests/e2e/tokens.rs",
        "fn a_token_is_copied_by_keys_alone_and_is_the_one_that_was_issued()",
    ),
    (
        "3, new vault → copied token ≤ 12 steps",
        "tests/e2e/kinds.rs",
        "fn the_first_token_is_copied_after_at_most_twelve_interactions()",
    ),
    (
        "4, axe: 0 on every screen",
        "ui/test/browser/axe.test.ts",
        "\"%s has no violation, no refused resource and no uncaught error\",",
    ),
    (
        "6, AT-SPI trees, nothing behind a modal",
        "tests/e2e/tree.rs",
        "fn screen_readers_are_told_roles_and_names_and_nothing_of_what_is_behind_a_dialog()",
    ),
    (
        "10, nothing moves without end",
        "ui/test/unit/words.test.ts",
        "test(\"nothing moves without end\",",
    ),
    (
        "12, no secret in page, storage, answers",
        "tests/e2e/leaks.rs",
        "fn no_secret_is_in_the_page_its_storage_or_an_answer_of_the_shell()",
    ),
    (
        "12, no stored secret in the web process",
        "tests/e2e/memory.rs",
        "fn no_stored_secret_is_in_the_memory_of_the_window_or_its_web_processes()",
    ),
    (
        "12, 25 texts of others, 0 executed",
        "tests/e2e/payloads.rs",
        "fn no_text_of_others_is_taken_for_code_in_the_main_page()",
    ),
    (
        "13, countdowns: right, and still when hidden",
        "ui/test/browser/bars.test.ts",
        "test(\"bar 13: hidden, no countdown ticks, and shown again each is right\",",
    ),
    (
        "14, words that are 40 % longer clip nothing",
        "ui/test/browser/walk.test.ts",
        "await look(\"+40 %\");",
    ),
    ("15, a planted type error fails", "ui/package.json", "&& node scripts/check-canary.mjs\""),
];

#[test]
fn each_bar_that_is_no_figure_is_held_by_a_test_that_is_there() {
    for (bar, file, begin) in HELD {
        let there = read(file).lines().any(|line| line.contains(begin));
        assert!(there, "bar {bar}: {file} has no `{begin}`");
    }
}
