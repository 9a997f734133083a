//! What a screen reader is told of the real window, against trees that are checked in.

use std::fs;
use std::path::Path;

use crate::support::{Key, Machine, Provider};

/// Has the trees written anew; look at the difference before it is committed.
const WRITE: &str = "KEYTURN_WRITE_TREES";
const PROGRAM: &str = "keyturn-desktop";
/// A page that has not settled after so many looks never does.
const MOST_LOOKS: usize = 40;

/// What is told once it stands still and is what is waited for; what was told last where that never comes.
fn settled(machine: &Machine, awaited: impl Fn(&str) -> bool) -> Result<String, String> {
    let mut before = String::new();
    // A look at a large page takes its time, so that looks are counted and no seconds.
    let tree = (0..MOST_LOOKS).find_map(|_| {
        let tree = machine.told(PROGRAM);
        let settled = tree == before && awaited(&tree);
        before.clone_from(&tree);
        settled.then_some(tree)
    });
    tree.ok_or(before)
}

/// Compares what is told, once it stands still, with a tree that is checked in.
#[track_caller]
fn compare(machine: &Machine, name: &str, holds: &str) -> String {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("tests/e2e/trees/{name}.txt"));
    if std::env::var_os(WRITE).is_some() {
        let tree = settled(machine, |tree| tree.contains(holds)).expect("a tree that holds it");
        fs::write(&file, &tree).expect("the tree can be written");
    }
    let golden = fs::read_to_string(&file).unwrap_or_default();
    // A page may stand still for two looks before it is complete.
    let told = settled(machine, |tree| tree.contains(holds) && tree.lines().eq(golden.lines()));
    told.unwrap_or_else(|last| {
        assert_eq!(
            last.lines().collect::<Vec<_>>(),
            golden.lines().collect::<Vec<_>>(),
            "screen readers are told something else on {name}: {WRITE}=1 writes the trees"
        );
        panic!("{name} does not hold '{holds}', or never stands still:\n{last}")
    })
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

    window.press("t");
    window.find("button", "Send");
    let untold =
        |tree: &str| TESTER.iter().find(|told| !tree.lines().any(|line| line.trim() == **told));
    let tree = settled(&machine, |tree| untold(tree).is_none());
    let tree = tree.unwrap_or_else(|last| panic!("{:?} is not told:\n{last}", untold(&last)));
    assert!(!tree.contains("heading: deepidv spoken"), "what is behind the tester is not told");
}

/// What is composed with, and what answers. No tree is checked in: a list's entries are told or not, as they
/// were there before somebody listened.
const TESTER: [&str; 16] = [
    "landmark: Requests",
    "heading: Requests",
    "combo box: Credential",
    "combo box: Environment",
    "combo box: Request",
    "combo box: Method",
    "entry: Path and query, below the address of the environment",
    "push button: Send",
    "panel: Requests through this Keyturn",
    "page tab list: The request's parts",
    "page tab: Headers",
    "page tab: History",
    "table: Query",
    "entry: Query: name #",
    "check box: Keep this exchange",
    "landmark: Answer",
];
