//! The window's figures, beside a bare Tauri window in the same run: `make ui-bench`.
//!
//! What is measured, and how, is printed with each figure. The bars are those of the project's plan;
//! nothing fails where one is missed, since a busy machine proves nothing. The bars that are no figures
//! are held by tests, which `src-tauri/src/tests/bars.rs` names.

mod resident;
#[path = "../../tests/e2e/support/mod.rs"]
mod support;

use std::cell::LazyCell;
use std::io::{self, Write as _};
use std::path::Path;
use std::process::Command;
use std::thread;
use std::time::{Duration, Instant};

use serde_json::json;
use support::{Machine, Provider, Window, cpu, wait};

const LAUNCHES: usize = 7;
const COUNTDOWNS: usize = 36;
const CREDENTIALS: usize = 1_000;
const SELECTIONS: usize = 40;
/// How long the processor's time is watched.
const WATCHED: Duration = Duration::from_secs(20);

/// Measures everything, or only what the arguments name: `javascript`, `launch`, `countdowns`,
/// `selection`, `resident`.
fn main() {
    let only: Vec<String> = std::env::args().skip(1).collect();
    let wanted = |what: &str| only.is_empty() || only.iter().any(|name| name == what);
    if wanted("javascript") {
        initial_javascript();
    }
    let machine = LazyCell::new(|| Machine::new().with_vault());
    if wanted("launch") {
        launch(&machine);
    }
    if wanted("countdowns") {
        countdowns(&machine);
    }
    if wanted("selection") {
        selection(&machine);
    }
    drop(machine);
    if wanted("resident") {
        resident::resident();
    }
}

/// What `index.html` loads before anything is asked for, compressed as gzip does.
fn initial_javascript() {
    let dist = Path::new(env!("CARGO_MANIFEST_DIR")).join("ui/dist");
    let page = std::fs::read_to_string(dist.join("index.html")).expect("the interface is built");
    let is_script = |word: &&str| Path::new(word).extension().is_some_and(|kind| kind == "js");
    let bytes: usize = page
        .split('"')
        .filter(is_script)
        .map(|script| {
            let file = dist.join(script.trim_start_matches('/'));
            let output = Command::new("gzip").args(["-9", "-c"]).arg(file).output();
            output.expect("gzip can be started").stdout.len()
        })
        .sum();
    report("initial JavaScript, gzip", kilobytes(bytes), "≤ 130 kB");
}

/// From starting the program to a field that takes the passphrase; the agent runs already. Both
/// windows are started by the same driver, in turn.
fn launch(machine: &Machine) {
    machine.keyturn(&["lock"], "");
    let (mut ours, mut bare) = (Vec::new(), Vec::new());
    for _ in 0..LAUNCHES {
        ours.push(until_field(|| machine.window()));
        bare.push(until_field(|| machine.window_of("examples/bare-window")));
    }
    let (ours, bare) = (median(ours), median(bare));
    report("bare window, to its field", format!("{bare:.0} ms"), "the peer");
    report("launch to lock screen", format!("{ours:.0} ms"), "");
    report("  as a ratio", format!("{:.2} ×", ours / bare), "≤ 1.6 ×");
}

fn until_field(open: impl FnOnce() -> Window) -> f64 {
    let begun = Instant::now();
    let window = open();
    let field = "return document.activeElement?.tagName === 'INPUT'";
    wait::until("the field", || (window.script(field, &[]) == json!(true)).then_some(()));
    milliseconds(begun)
}

/// The processor's time of the window with its web processes, in parts of one core.
fn countdowns(machine: &Machine) {
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
    let visible = percent(cpu_share(&window));
    report(&format!("{rows} countdowns, visible"), visible, "≤ 3 % of a core");
    window.script("document.querySelector('[role=listbox]').focus()", &[]);
    window.find("heading", "ticking");
    report("  with one of them in the detail", percent(cpu_share(&window)), "");
    window.minimize();
    let hidden = cpu_share(&window);
    drop(window);
    let (ticking, resting) = bare_window(machine);
    report(&format!("{rows} texts a second, bare window"), percent(ticking), "the peer");
    report("the countdowns, minimized", percent(hidden), "0 %");
    report("nothing at all, bare window minimized", percent(resting), "the peer");
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

fn cpu_share(window: &Window) -> f64 {
    // Let the page come to rest first.
    thread::sleep(Duration::from_secs(3));
    let before = cpu::of_descendants(window.process());
    thread::sleep(WATCHED);
    let used = cpu::of_descendants(window.process()).saturating_sub(before);
    used.as_secs_f64() / WATCHED.as_secs_f64()
}

/// From the click on a row to its details in the page, measured in the page.
fn selection(machine: &Machine) {
    machine.unlock();
    for number in 1..=CREDENTIALS {
        machine.add(Provider::Deepidv, &format!("many-{number:04}"), &[]);
    }
    machine.keyturn(&["lock"], "");
    let window = machine.window();
    window.unlock();
    window.find("option", "many-0001");
    let script = r#"
        const [times, done] = arguments;
        const rows = [...document.querySelectorAll("[role=option]")].slice(0, 8);
        const took = [];
        const one = (turn) => {
          if (turn === times) return done(took);
          const row = rows[turn % rows.length];
          const name = row.dataset.reference.split("/")[1];
          const begun = performance.now();
          const there = () => document.querySelector("h1")?.textContent.includes(name);
          const observer = new MutationObserver(() => {
            if (!there()) return;
            observer.disconnect();
            took.push(performance.now() - begun);
            requestAnimationFrame(() => one(turn + 1));
          });
          observer.observe(document.body, { subtree: true, childList: true, characterData: true });
          row.click();
        };
        one(0);"#;
    let took = window.script_until_done(script, &[json!(SELECTIONS)]);
    let took = took.as_array().expect("a list of times").iter();
    let took = median(took.filter_map(serde_json::Value::as_f64).collect());
    report(
        &format!("select to detail, {CREDENTIALS} credentials"),
        format!("{took:.1} ms"),
        "≤ 8 ms",
    );
}

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or(f64::NAN)
}

fn milliseconds(begun: Instant) -> f64 {
    begun.elapsed().as_secs_f64() * 1_000.0
}

fn percent(share: f64) -> String {
    format!("{:.1} %", share * 100.0)
}

fn kilobytes(bytes: usize) -> String {
    format!("{}.{} kB", bytes / 1_000, bytes % 1_000 / 100)
}

fn report(what: &str, figure: impl AsRef<str>, bar: &str) {
    // Nothing can be done where stdout is closed.
    drop(writeln!(io::stdout(), "{what:<42} {:>10}   {bar}", figure.as_ref()));
}
