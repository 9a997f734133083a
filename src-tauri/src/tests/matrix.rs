//! The checked-in matrix of windows and commands: what the capabilities grant. `tests/e2e/matrix.rs` tries
//! each cell from the pages of the real windows.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::Path;

use super::{commands, granted, read};

const FILE: &str = "tests/e2e/matrix.txt";
/// Has the file written anew; look at the difference before it is committed.
const WRITE: &str = "KEYTURN_WRITE_MATRIX";
const WINDOWS: [&str; 3] = [crate::windows::MAIN, crate::prompt::REVEAL, crate::prompt::CONSENT];
/// Commands that Tauri and its plug-ins bring along. A page has use for two of them.
const TAURIS: [&str; 20] = [
    "plugin:app|version",
    "plugin:event|emit",
    "plugin:event|emit_to",
    "plugin:event|listen",
    "plugin:event|unlisten",
    "plugin:fs|read_text_file",
    "plugin:http|fetch",
    "plugin:image|from_path",
    "plugin:menu|new",
    "plugin:opener|open_url",
    "plugin:path|resolve_directory",
    "plugin:resources|close",
    "plugin:shell|execute",
    "plugin:shell|open",
    "plugin:tray|new",
    "plugin:webview|create_webview_window",
    "plugin:webview|internal_toggle_devtools",
    "plugin:window|close",
    "plugin:window|create",
    "plugin:window|set_title",
];

/// The permission that allows a command.
fn permission(command: &str) -> String {
    let name = command.replace('_', "-");
    match name.strip_prefix("plugin:").and_then(|rest| rest.split_once('|')) {
        Some((plugin, command)) => format!("core:{plugin}:allow-{command}"),
        None => format!("allow-{name}"),
    }
}

#[test]
fn the_matrix_says_what_each_window_is_granted() {
    let granted = granted();
    assert_eq!(granted.len(), WINDOWS.len(), "each window has a column: {granted:?}");
    let mut table = format!("{:<40}", "command");
    writeln!(table, " {}", WINDOWS.join(" ")).unwrap();
    let mut cells = 0;
    for command in commands().into_iter().chain(TAURIS.map(str::to_owned)) {
        write!(table, "{command:<40}").unwrap();
        for window in WINDOWS {
            let may = granted[window].contains(&permission(&command));
            cells += usize::from(may);
            let width = window.len();
            write!(table, " {:<width$}", if may { "yes" } else { "no" }).unwrap();
        }
        table.truncate(table.trim_end().len());
        table.push('\n');
    }
    if std::env::var_os(WRITE).is_some() {
        let file = Path::new(env!("CARGO_MANIFEST_DIR")).join(FILE);
        std::fs::write(file, &table).unwrap();
    }
    assert_eq!(read(FILE), table, "what windows may call has changed: {WRITE}=1 writes the matrix");
    let all: usize = granted.values().map(BTreeSet::len).sum();
    assert_eq!(cells, all, "a permission is granted that the matrix has no row for");
}
