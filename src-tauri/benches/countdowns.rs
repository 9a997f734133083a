//! Bars 10 and 13: what countdowns cost that are seen, and that nothing ticks unseen.

use std::thread;
use std::time::Duration;

use serde_json::json;

use super::report::{held, told};
use super::support::{Machine, Provider, Window, cpu};

/// More than the bar's 20: as many as fit on the screen.
const COUNTDOWNS: usize = 36;
/// How long the processor's time is watched.
const WATCHED: Duration = Duration::from_secs(20);
/// So long a page comes to rest first.
const REST: Duration = Duration::from_secs(3);

/// Measures the processor's time of the window with its web processes, in parts of one core.
pub(crate) fn countdowns(machine: &Machine) {
    machine.unlock();
    for number in 1..=COUNTDOWNS {
        let name = format!("ticking-{number:02}");
        machine.add(Provider::Deepcurrent, &name, &[]);
        machine.keyturn(&["token", &format!("deepcurrent/{name}")], "");
    }
    machine.keyturn(&["lock"], "");
    let window = machine.window();
    // High enough for all rows: only visible ones tick.
    window.resize(1_180, 2_200);
    window.unlock();
    window.find("option", "ticking-36");
    // A caret that blinks is a cost of the search field.
    window.script("document.activeElement.blur()", &[]);
    let rows = window.script("return document.querySelectorAll('[role=option] .text').length", &[]);
    let visible = cpu_share(&window);
    held("10", &format!("{rows} countdowns, of a core"), visible, "%", 3.0);
    window.script("document.querySelector('[role=listbox]').focus()", &[]);
    window.find("heading", "ticking");
    told("10", "  with one of them in the detail", cpu_share(&window), "%", "");
    window.minimize();
    let hidden = cpu_share(&window);
    drop(window);
    let (ticking, resting) = bare_window(machine);
    told("10", &format!("{rows} texts a second, bare window"), ticking, "%", "the peer");
    told("10", "nothing at all, bare window minimized", resting, "%", "the peer");
    // What is left is the web engine's own; one tick of the kernel's clock, a hundredth of a second, is 0.05 %.
    held("10", "the countdowns, minimized", hidden, "%", resting + 0.05);
}

/// What as many small changes a second cost in a bare window of the same size, and what the same
/// window costs when it is minimized and at rest.
fn bare_window(machine: &Machine) -> (f64, f64) {
    let window = machine.window_of("examples/bare-window");
    window.resize(1_180, 2_200);
    let tick = r#"
        document.activeElement.blur();
        const texts = Array.from({ length: arguments[0] }, () => {
          const row = document.body.appendChild(document.createElement("p"));
          row.style.cssText = "margin: 0; block-size: 52px; inline-size: 340px; contain: strict";
          return row.appendChild(document.createTextNode(""));
        });
        let count = 0;
        window.tick = setInterval(() => {
          count += 1;
          for (const text of texts) text.nodeValue = `12:${count % 60}`;
        }, 1000);"#;
    window.script(tick, &[json!(COUNTDOWNS)]);
    let ticking = cpu_share(&window);
    window.script("clearInterval(window.tick)", &[]);
    window.minimize();
    (ticking, cpu_share(&window))
}

/// In parts of a hundred of one core.
fn cpu_share(window: &Window) -> f64 {
    thread::sleep(REST);
    let before = cpu::of_descendants(window.process());
    thread::sleep(WATCHED);
    let used = cpu::of_descendants(window.process()).saturating_sub(before);
    used.as_secs_f64() / WATCHED.as_secs_f64() * 100.0
}
