//! What the command line says, word for word: help texts, mistakes, and a first day with a provider.
//!
//! The texts are the specification. After a change on purpose, write them anew with
//! `TRYCMD=overwrite SNAPSHOTS=overwrite cargo test -p keyturn-cli --test cmd` and read the
//! difference. Where to look next: `tests/it` for what commands do rather than say.

mod first_day;
mod terminal;
mod transcript;

use std::path::Path;

/// No agent is reached here: these commands end before they need one.
#[test]
fn help_and_mistakes_read_as_written() {
    let home = tempfile::tempdir().unwrap();
    let path = home.path().to_str().unwrap();
    trycmd::TestCases::new()
        .env("KEYTURN_HOME", path)
        .env("COLUMNS", "100")
        .env("NO_COLOR", "1")
        .case(Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/cmd/*.trycmd"))
        .insert_var("[KEYTURN_HOME]", path.to_owned())
        .unwrap()
        .run();
    assert!(!home.path().join("run").exists(), "no agent was started on the way");
}
