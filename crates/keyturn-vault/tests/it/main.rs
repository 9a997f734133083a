//! The vault as its users see it, and as somebody without its key sees it.
#![expect(clippy::unwrap_used, reason = "tests, in whose helpers clippy does not see it")]

mod backup;
mod commit;
mod create_open;
mod draft;
mod exchanges;
mod format;
mod kept;
mod rollback;
mod schedule;
mod slots;
mod support;
mod tamper;

#[test]
fn no_test_file_is_forgotten() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it");
    let main = include_str!("main.rs");
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_stem().unwrap().to_str().unwrap();
        assert!(name == "main" || main.contains(&format!("mod {name};")), "{name} is listed");
    }
}
