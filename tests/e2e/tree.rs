//! What a screen reader is told of the real window, against trees that are checked in.

use std::fs;
use std::path::Path;

use crate::support::{Key, Machine, Provider};

/// Has the trees written anew; look at the difference before it is committed.
const WRITE: &str = "KEYTURN_WRITE_TREES";
const PROGRAM: &str = "keyturn-desktop";
/// A page that has not settled after so many looks never does.
const MOST_LOOKS: usize = 40;

/// Compares what is told, once it stands still, with a tree that is checked in.
#[track_caller]
fn compare(machine: &Machine, name: &str, holds: &str) -> String {
    let mut before = String::new();
    // A look at a large page takes its time, so that looks are counted and no seconds.
    let tree = (0..MOST_LOOKS).find_map(|_| {
        let tree = machine.told(PROGRAM);
        let settled = tree == before && tree.contains(holds);
        before.clone_from(&tree);
        settled.then_some(tree)
    });
    let tree = tree.unwrap_or_else(|| panic!("no tree with '{holds}':\n{before}"));
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("tests/e2e/trees/{name}.txt"));
    if std::env::var_os(WRITE).is_some() {
        fs::write(&file, &tree).expect("the tree can be written");
    }
    let golden = fs::read_to_string(&file).unwrap_or_default();
    assert_eq!(
        tree.lines().collect::<Vec<_>>(),
        golden.lines().collect::<Vec<_>>(),
        "screen readers are told something else on {name}: {WRITE}=1 writes the trees"
    );
    tree
}

#[test]
fn screen_readers_are_told_roles_and_names_and_nothing_of_what_is_behind_a_dialog() {
    let machine = Machine::new().with_vault().with_screen_reader();
    machine.add(Provider::Deepidv, "spoken", &["--owner", "Onboarding", "--note", "a remark"]);
    machine.add(Provider::Deepvue, "other", &[]);
    machine.keyturn(&["lock"], "");
    let window = machine.window();
    window.find("textbox", "Passphrase");
    let tree = compare(&machine, "lock", "Passphrase");
    assert!(!tree.contains("spoken"), "a locked window tells no name");

    window.unlock();
    window.select("spoken");
    let tree = compare(&machine, "main", "heading: deepidv spoken");
    assert!(tree.contains("list item") || tree.contains("list box"), "{tree}");

    window.press_with_control("k");
    window.find("dialog", "");
    let tree = compare(&machine, "palette", "dialog");
    assert!(!tree.contains("heading: deepidv spoken"), "what is behind the palette is not told");
    assert!(!tree.contains("Search credentials"), "what is behind the palette is not told");
    window.press_key(Key::Escape);
    compare(&machine, "main", "heading: deepidv spoken");
}
