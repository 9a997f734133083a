//! Bar 9: from starting the program to a lock screen that takes the passphrase.

use std::time::Instant;

use serde_json::json;

use super::report::{held, median, milliseconds, told};
use super::support::{Machine, Window, wait};

const LAUNCHES: usize = 7;

/// Measures it beside a bare Tauri window. The agent runs already; both windows are started by the same
/// driver, in turn.
pub(crate) fn launch(machine: &Machine) {
    machine.keyturn(&["lock"], "");
    let (mut ours, mut bare) = (Vec::new(), Vec::new());
    for _ in 0..LAUNCHES {
        ours.push(until_field(|| machine.window()));
        bare.push(until_field(|| machine.window_of("examples/bare-window")));
    }
    let (ours, bare) = (median(ours), median(bare));
    told("9", "bare Tauri window, to its field", bare, "ms", "the peer");
    told("9", "launch to a lock screen with its field", ours, "ms", "");
    held("9", "  as a ratio", ours / bare, "×", 1.6);
}

fn until_field(open: impl FnOnce() -> Window) -> f64 {
    let begun = Instant::now();
    let window = open();
    let field = "return document.activeElement?.tagName === 'INPUT'";
    wait::until("the field", || (window.script(field, &[]) == json!(true)).then_some(()));
    milliseconds(begun)
}
