//! Bars 7 and 8 in the real window, with 10,000 credentials in the vault.

use std::thread;
use std::time::{Duration, Instant};

use serde_json::json;

use super::report::{counted, held, median, ninety_fifth, told};
use super::support::{Key, Machine, Window, wait};
use super::{drawn, frames, seed, unlocked};

const CREDENTIALS: usize = 10_000;
const ROUNDS: usize = 7;
/// How many rows are selected, one after the other.
const SELECTIONS: usize = 40;
/// How many frames are scrolled through, three rows a frame.
const FRAMES: usize = 300;
/// How often the arrow key repeats, and how far apart: 30 Hz.
const REPEATS: usize = 120;
const APART: &str = "33";

/// Measures all of them.
pub(crate) fn many() {
    let (machine, folder) = seed::machine_in_memory();
    let begun = Instant::now();
    seed::seed(&machine, 1..=CREDENTIALS);
    let seconds = begun.elapsed().as_secs_f64();
    told("7", &format!("  adding {CREDENTIALS} credentials"), seconds, "s", "over the socket");
    let window = machine.window();
    let unlocked = unlocked::to_list(&machine, &window);
    told("9", &format!("unlocked → list of {CREDENTIALS}"), unlocked, "ms", "");
    scrolling(&window);
    filtering(&window);
    selecting(&window);
    palette(&window);
    arrows(&machine, &window);
    drop(window);
    drop(machine);
    drop(folder);
}

/// Scrolls in each frame, and counts rows and frames.
fn scrolling(window: &Window) {
    let script = r#"
        const [frames, done] = arguments;
        const list = document.querySelector("[role=listbox]");
        const took = [];
        let rows = 0;
        let last = null;
        const step = () => {
          const now = performance.now();
          if (last !== null) took.push(now - last);
          last = now;
          rows = Math.max(rows, document.querySelectorAll("[role=option]").length);
          if (took.length === frames) return done({ took, rows, top: list.scrollTop });
          list.scrollTop += 132;
          requestAnimationFrame(step);
        };
        requestAnimationFrame(step);"#;
    frames::begin(window);
    thread::sleep(Duration::from_secs(3));
    told("7", "frames at rest, p95", ninety_fifth(frames::end(window)), "ms", "the peer");
    let seen = window.script_until_done(script, &[json!(FRAMES)]);
    assert!(seen["top"].as_f64() > Some(10_000.0), "it was scrolled: {}", seen["top"]);
    let frames = ninety_fifth(frames::numbers(&seen["took"]));
    held("7", &format!("scrolling {CREDENTIALS} rows, a frame, p95"), frames, "ms", 20.0);
    held(
        "7",
        "  rows in the page, at most",
        counted(seen["rows"].as_u64().unwrap_or(u64::MAX)),
        "",
        40.0,
    );
}

/// Types into the search field, and waits until the list shows what is left, laid out.
fn filtering(window: &Window) {
    let script = r#"
        const [steps, done] = arguments;
        const field = document.querySelector("[data-pane=search]");
        const took = [];
        const one = (turn) => {
          if (turn === steps.length) return done(took);
          const [text, left] = steps[turn];
          const there = () =>
            document.querySelector("[role=option]")?.getAttribute("aria-setsize") === String(left);
          const begun = performance.now();
          const observer = new MutationObserver(() => {
            if (!there()) return;
            observer.disconnect();
            void document.body.offsetHeight;
            took.push(performance.now() - begun);
            // Behind the frame that draws it.
            requestAnimationFrame(() => setTimeout(() => one(turn + 1)));
          });
          observer.observe(document.body, { subtree: true, childList: true, attributes: true });
          field.value = text;
          field.dispatchEvent(new Event("input", { bubbles: true }));
        };
        one(0);"#;
    let typed = [("many-0", 9_999), ("many-00", 999), ("many-001", 100), ("many-0012", 10)];
    let back = [("many-001", 100), ("many-00", 999), ("many-0", 9_999), ("", CREDENTIALS)];
    let steps: Vec<_> = typed.into_iter().chain(back).cycle().take(5 * 8).collect();
    let took = frames::numbers(&window.script_until_done(script, &[json!(steps)]));
    told(
        "7",
        &format!("filtering {CREDENTIALS}, a letter, median"),
        median(took.clone()),
        "ms",
        "",
    );
    held("7", &format!("filtering {CREDENTIALS}, a letter, p95"), ninety_fifth(took), "ms", 16.0);
}

/// From the click on a row to its head in the detail, and to all of it, measured in the page.
fn selecting(window: &Window) {
    let script = r#"
        const [times, done] = arguments;
        document.querySelector("[role=listbox]").scrollTop = 0;
        const took = { row: [], head: [], whole: [], answer: [] };
        const one = (turn) => {
          if (turn === times) return done(took);
          const rows = [...document.querySelectorAll("[role=option]")].slice(0, 8);
          const row = rows[turn % rows.length];
          const name = row.dataset.reference.split("/")[1];
          const begun = performance.now();
          let marked = false;
          let headed = false;
          const observer = new MutationObserver(() => {
            if (!marked && row.ariaSelected === "true") {
              marked = true;
              took.row.push(performance.now() - begun);
            }
            const article = document.querySelector("article");
            if (!article?.querySelector("h1")?.textContent.includes(name)) return;
            if (!headed) {
              headed = true;
              took.head.push(performance.now() - begun);
            }
            if (article.ariaBusy !== "false") return;
            observer.disconnect();
            took.whole.push(performance.now() - begun);
            requestAnimationFrame(() => setTimeout(() => ask(turn, row.dataset.reference)));
          });
          observer.observe(document.body, { subtree: true, childList: true, characterData: true, attributes: true });
          row.click();
        };
        // What the agent's answer takes of it, with all that lies between.
        const ask = async (turn, reference) => {
          const begun = performance.now();
          await window.__TAURI_INTERNALS__.invoke("show_credential", { reference });
          took.answer.push(performance.now() - begun);
          requestAnimationFrame(() => one(turn + 1));
        };
        requestAnimationFrame(() => requestAnimationFrame(() => one(0)));"#;
    let took = window.script_until_done(script, &[json!(SELECTIONS)]);
    let median_of = |what: &str| median(frames::numbers(&took[what]));
    told("8", "click → the row is marked", median_of("row"), "ms", "");
    held("8", "click → its head in the detail", median_of("head"), "ms", 8.0);
    told("8", "click → all of its detail", median_of("whole"), "ms", "");
    told("8", "  the agent's answer alone", median_of("answer"), "ms", "");
}

/// From its key to the palette on the screen, with the focus in its field.
fn palette(window: &Window) {
    let key = "event.ctrlKey && event.key === 'k'";
    let shown = "document.querySelector('dialog[open] [role=option]') !== null && \
                 document.activeElement?.closest('dialog') !== null";
    let once = || {
        let took = drawn::from_key(window, key, shown, || window.press_with_control("k"));
        window.press_key(Key::Escape);
        wait::until("no palette", || window.look_for("dialog", "").is_none().then_some(()));
        took
    };
    held(
        "8",
        "Ctrl+K → the palette is drawn",
        median((0..ROUNDS).map(|_| once()).collect()),
        "ms",
        50.0,
    );
}

/// Holds the arrow key down, as the screen's own keyboard does.
fn arrows(machine: &Machine, window: &Window) {
    let down = |times: usize| {
        let mut command = machine.foreign("xdotool");
        command.args(["key", "--delay", APART]).args(std::iter::repeat_n("Down", times));
        assert!(command.status().is_ok_and(|status| status.success()), "keys can be pressed");
    };
    machine.focus_window("Keyturn");
    window.script("document.querySelector('[role=listbox]').focus()", &[]);
    let at = || {
        let script = "return document.querySelector('[aria-selected=true]')?.ariaPosInSet ?? null";
        let place = window.script(script, &[]);
        place.as_str().and_then(|place| place.parse::<usize>().ok())
    };
    let from = at().expect("a row is selected");
    frames::begin(window);
    thread::sleep(Duration::from_secs(4));
    let rest = frames::end(window);
    frames::begin(window);
    down(REPEATS);
    let held_down = frames::end(window);
    wait::until("every key's row", || (at() == Some(from + REPEATS)).then_some(()));
    let frames = held_down.len();
    told("8", "frames dropped in 4 s at rest", frames::dropped(&rest), "", "the peer");
    held(
        "8",
        &format!("frames dropped by ↓ at 30 Hz, of {frames}"),
        frames::dropped(&held_down),
        "",
        0.0,
    );
}
