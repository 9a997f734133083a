//! Every window and every command, tried from the pages of the real windows, against the matrix that is
//! checked in. `src-tauri/src/tests/matrix.rs` holds that file to the capabilities.

use std::fs;

use keyturn_protocol::SecretOnWire;
use keyturn_protocol::prompt::{
    AskingProgram, ConsentAction, ConsentQuestion, ConsentReach, PromptOrder, RevealOrder,
};
use serde_json::{Value, json};

use crate::support::{Machine, wait};

const MATRIX: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/e2e/matrix.txt");
/// They end the window that calls them, so that they come last.
const ENDINGS: [&str; 3] = ["close_window", "quit", "close_reveal"];

/// The commands with what the matrix says about a window.
fn cells(window: &str) -> Vec<(String, bool)> {
    let matrix = fs::read_to_string(MATRIX).expect("the matrix is there");
    let mut lines = matrix.lines().map(|line| line.split_whitespace().collect::<Vec<_>>());
    let head = lines.next().expect("the matrix has a head");
    let column = head.iter().position(|name| *name == window).expect("the window has a column");
    let cells: Vec<_> = lines.map(|line| (line[0].to_owned(), line[column] == "yes")).collect();
    assert!(cells.len() > 50, "the matrix has rows");
    cells
}

/// Whether an answer is anything else than the refusal of a command that is not granted. Most granted ones
/// are refused for their missing arguments, or because the vault is locked: they were reached.
fn was_reached(answer: &Value) -> bool {
    !answer["error"].as_str().is_some_and(|words| words.contains("not allowed"))
}

/// Tries all but the endings that the window is granted.
fn compare(window: &str, mut call: impl FnMut(&str) -> Value) {
    let mut wrong = Vec::new();
    for (command, granted) in cells(window) {
        // A granted ending is tried by whoever calls this.
        if granted && ENDINGS.contains(&command.as_str()) {
            continue;
        }
        let answer = call(&command);
        if was_reached(&answer) != granted {
            wrong.push(format!("{command}: {answer}"));
        }
    }
    assert!(wrong.is_empty(), "{window} may not be what the matrix says:\n{}", wrong.join("\n"));
}

#[test]
fn the_main_page_reaches_exactly_what_the_matrix_grants_it() {
    let machine = Machine::new().with_vault();
    machine.keyturn(&["lock"], "");
    let window = machine.window();
    window.find("textbox", "Passphrase");
    compare("main", |command| window.invoke(command, &json!({})));
    drop(window);

    for ending in ["close_window", "quit"] {
        assert!(cells("main").contains(&(ending.to_owned(), true)), "{ending}");
        let window = machine.window();
        window.find("textbox", "Passphrase");
        let shown = || machine.shows_window("^Keyturn$");
        // The positive control of its end.
        wait::until("the window on the screen", || shown().then_some(()));
        // The driver has to answer before its window goes. The first close is explained, the second closes.
        let call = format!("window.__TAURI_INTERNALS__.invoke({})", json!(ending));
        let call = format!("setTimeout(() => {call}.then(() => {call}), 500)");
        window.script(&call, &[]);
        wait::until(&format!("{ending} to end the window"), || (!shown()).then_some(()));
    }
}

#[test]
fn the_reveal_page_reaches_exactly_what_the_matrix_grants_it() {
    let machine = Machine::new();
    let value = SecretOnWire::new("canary-7x9z");
    let order = RevealOrder { title: "a field".to_owned(), value, seconds: 600, kit: None };
    let mut prompt = machine.prompt(&PromptOrder::Reveal(order));
    let mut page = prompt.page();
    compare("reveal", |command| page.invoke(command, &json!({})));
    assert!(cells("reveal").contains(&("close_reveal".to_owned(), true)));
    page.tell("window.__TAURI_INTERNALS__.invoke('close_reveal')");
    prompt.ends();
}

#[test]
fn the_consent_page_reaches_exactly_what_the_matrix_grants_it() {
    let machine = Machine::new();
    let prompt = machine.prompt(&PromptOrder::Consent(question(&["deepvue/main".to_owned()])));
    let mut page = prompt.page();
    compare("consent", |command| page.invoke(command, &json!({})));
}

/// A question about a program and what it wants.
pub(crate) fn question(targets: &[String]) -> ConsentQuestion {
    let words = targets.first().expect("something is wanted").clone();
    let path = Some(format!("/usr/bin/{words}"));
    let program = AskingProgram { name: words.clone(), path, script: Some(words), pid: 4_711 };
    ConsentQuestion {
        program: program.clone(),
        parents: vec![program],
        action: ConsentAction::TakeToken,
        targets: targets.to_vec(),
        reach: ConsentReach::Program,
        seconds: 600,
    }
}
