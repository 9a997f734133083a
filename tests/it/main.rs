//! Journeys: what a user does, through the real binary and the agent it starts, against the
//! sandbox's providers. Where a rule can be shown closer to its code it is not shown here.
//!
//! `support` is the world they take place in. Each file is one part of a user's day.

#![expect(clippy::unwrap_used, reason = "a test's helper fails like the test")]

mod agent;
mod bad_answers;
mod calendar;
mod cancel;
mod capture;
mod checklist;
mod checks;
mod clipboard;
mod clipboard_rounds;
mod consent;
mod consumers;
mod credentials;
mod due;
mod durability;
mod environments;
mod expiry;
mod explain;
mod find;
mod guards;
mod health;
mod history;
mod history_of_requests;
mod hostile_answers;
mod httpbin;
mod install;
mod ips;
mod journal;
mod keyring;
mod leaks;
mod limits;
mod methods;
mod oauth;
mod paste;
mod personal_data;
mod profiles;
mod provider_failures;
mod provider_pages;
mod providers;
mod recipes;
mod redirects;
mod reminders;
mod request_code;
mod requests;
mod rotation;
mod saved_requests;
mod secrets;
mod settings;
mod shortcut;
mod support;
mod timeline;
mod token_forms;
mod tokens;
mod trash;
mod tray;
mod updates;
mod usage;
mod vault;

use std::path::Path;

#[test]
fn no_file_beside_this_one_is_forgotten() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/it");
    let main = std::fs::read_to_string(folder.join("main.rs")).unwrap();
    let mut modules = 0;
    for entry in std::fs::read_dir(&folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_stem().unwrap().to_str().unwrap();
        if name != "main" {
            modules += 1;
            assert!(
                main.contains(&format!("\nmod {name};\n")),
                "{} is not compiled",
                path.display()
            );
        }
    }
    assert!(modules > 10, "the folder was read: {modules}");
}
