//! The window's figures, beside a bare Tauri window and KeePassXC in the same run: `make ui-bench`.
//!
//! Each figure is printed behind the number of its bar in the project's plan, with what it is held to;
//! nothing fails where one is missed, since a busy machine proves nothing. The bars that are no figures
//! are held by tests, which are named at the end. A file measures one thing.

mod countdowns;
mod drawn;
mod frames;
mod keepassxc;
mod launch;
mod many;
mod report;
mod resident;
mod seed;
mod size;
#[path = "../../tests/e2e/support/mod.rs"]
mod support;
mod tested;
mod tester;
mod tray;
mod unlocked;

use std::cell::LazyCell;

use support::Machine;

/// Measures everything, or only what the arguments name: `size`, `launch`, `countdowns`, `unlocked`,
/// `many`, `resident`, `tray`, `tester`, `tested`.
fn main() {
    let only: Vec<String> = std::env::args().skip(1).collect();
    let wanted = |what: &str| only.is_empty() || only.iter().any(|name| name == what);
    if wanted("size") {
        size::size();
    }
    let machine = LazyCell::new(|| Machine::new().with_vault());
    if wanted("launch") {
        launch::launch(&machine);
    }
    if wanted("countdowns") {
        countdowns::countdowns(&machine);
    }
    drop(machine);
    if wanted("unlocked") {
        unlocked::unlocked();
    }
    if wanted("many") {
        many::many();
    }
    if wanted("resident") {
        resident::resident();
    }
    if wanted("tray") {
        tray::tray();
    }
    if wanted("tester") {
        tester::tester();
    }
    if wanted("tested") {
        for (bar, file, _) in tested::TESTED {
            report::tested(bar, file);
        }
    }
}
