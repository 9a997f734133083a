//! Bar 9: from the unlocked vault to its list. And bar 1: from the key that copies to the notice.

use super::report::{held, median};
use super::support::{Machine, Window, wait};
use super::{drawn, seed};

/// A vault as users have it.
const CREDENTIALS: usize = 100;
const ROUNDS: usize = 7;

/// Measures both.
pub(crate) fn unlocked() {
    let machine = Machine::new().with_vault();
    seed::seed(&machine, 1..=CREDENTIALS);
    let window = machine.window();
    let listed: Vec<f64> = (0..ROUNDS).map(|_| to_list(&machine, &window)).collect();
    held("9", &format!("unlocked → list of {CREDENTIALS}"), median(listed), "ms", 250.0);
    copying(&window);
}

/// From the agent's answer to the rows in the page; the passphrase's derivation lies before it.
pub(crate) fn to_list(machine: &Machine, window: &Window) -> f64 {
    machine.keyturn(&["lock"], "");
    window.find("textbox", "Passphrase");
    // The agent tells of it before it answers: what the page hears first begins the time.
    let listen = r#"
        window.listed = null;
        window.realFetch ??= window.fetch;
        let sent = false;
        let answered = null;
        window.fetch = async (...call) => {
          const unlocks = String(call[0]).includes("unlock_vault");
          if (sent) answered ??= performance.now();
          sent ||= unlocks;
          const answer = await window.realFetch(...call);
          if (unlocks) answered ??= performance.now();
          return answer;
        };
        const look = () => {
          if (answered === null || document.querySelector("[role=option]") === null)
            return requestAnimationFrame(look);
          window.fetch = window.realFetch;
          setTimeout(() => (window.listed = performance.now() - answered));
        };
        requestAnimationFrame(look);"#;
    window.script(listen, &[]);
    window.unlock();
    wait::until("the list", || window.script("return window.listed", &[]).as_f64())
}

/// From the key that copies to the notice that names what was copied.
fn copying(window: &Window) {
    let took: Vec<f64> = (1..=ROUNDS)
        .map(|number| {
            let name = seed::name(number);
            window.script("document.querySelector('[role=listbox]').scrollTop = 0", &[]);
            window.select(&name);
            window.script("document.querySelector('[role=listbox]').focus()", &[]);
            let shown = format!(
                "[...document.querySelectorAll('.toast .title')].at(-1)?.textContent.includes('{name}')"
            );
            drawn::from_key(window, "event.key === 'c'", &shown, || window.press("c"))
        })
        .collect();
    held("1", "C → the notice names what was copied", median(took), "ms", 100.0);
}
