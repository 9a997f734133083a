//! The bars of the window that are no figures: each is held by a test, which is there. `make ui-bench`
//! measures the others.

use super::read;

#[path = "../../benches/tested.rs"]
mod tested;

#[test]
fn each_bar_that_is_no_figure_is_held_by_a_test_that_is_there() {
    for (bar, file, begin) in tested::TESTED {
        let there = read(file).lines().any(|line| line.contains(begin));
        assert!(there, "bar {bar}: {file} has no `{begin}`");
    }
}

#[test]
fn each_of_the_fifteen_bars_is_measured_or_tested() {
    let figures = super::files("src-tauri/benches").into_iter().filter(|file| file.is_file());
    let figures: String = figures.map(super::read).collect();
    let figures: String = figures.split_whitespace().collect();
    for bar in 1..=15 {
        let tested =
            tested::TESTED.iter().any(|(what, _, _)| what.starts_with(&format!("{bar}, ")));
        let measured = figures.contains(&format!("held(\"{bar}\","));
        assert!(tested || measured, "bar {bar} is neither");
    }
}
