//! The bars of the window that tests hold. `make ui-bench` prints them behind its figures, and
//! `src-tauri/src/tests/bars.rs` sees that the tests are there.

/// A bar, the file of its test, and how that test begins there.
pub(crate) const TESTED: &[(&str, &str, &str)] = &[
    (
        "1, 2 keystrokes from any unlocked screen",
        "ui/test/flows/bars.test.ts",
        "bar 1: the selected item is copied with two keystrokes from any unlocked screen",
    ),
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
        "2, list: 1 Tab stop",
        "ui/test/browser/bars.test.ts",
        "bar 2: the list is one Tab stop, however many rows it has",
    ),
    (
        "3, new vault → copied token ≤ 12 steps",
        "tests/e2e/kinds.rs",
        "fn the_first_token_is_copied_after_at_most_twelve_interactions()",
    ),
    (
        "4, axe: 0 on every screen",
        "ui/test/browser/screens.test.ts",
        "test.each(all)(\"%s has no violation and keeps to the window\",",
    ),
    (
        "5, focus seen, targets ≥ 24 px",
        "ui/test/browser/screens.test.ts",
        "await smallTargets(page)",
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
        "ui/test/browser/screens.test.ts",
        "await look(\"+40 %\");",
    ),
    ("15, a planted type error fails", "ui/package.json", "&& node scripts/check-canary.mjs\""),
    ("15, unit suite ≤ 60 s: `make test` says it", "scripts/test.sh", "part \"interface\" "),
    (
        "15, Chromium ≤ 5 min: `make test` says it",
        "scripts/test.sh",
        "part \"interface in Chromium\" ",
    ),
];
