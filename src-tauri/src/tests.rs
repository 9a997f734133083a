//! Holds the shell's data files to their promises: a strict window, and each command granted by name.

mod bars;
mod matrix;
mod packaging;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;

pub(crate) fn read(path: impl AsRef<Path>) -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(path)).unwrap()
}

pub(crate) fn files(folder: &str) -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
    fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect()
}

fn configuration() -> Value {
    serde_json::from_str(&read("tauri.conf.json")).unwrap()
}

fn words(list: &Value) -> BTreeSet<String> {
    list.as_array().unwrap().iter().map(|word| word.as_str().unwrap().to_owned()).collect()
}

/// The names of the functions under `#[tauri::command]`.
fn commands() -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for file in files("src-tauri/src/commands") {
        let text = read(file);
        for item in text.split("#[tauri::command").skip(1) {
            let name = item.split("fn ").nth(1).unwrap();
            found.insert(name.split(['(', '<']).next().unwrap().to_owned());
        }
    }
    found
}

/// The commands that permissions allow, one a permission, with the permission's name.
fn permitted() -> BTreeSet<(String, String)> {
    let mut found = BTreeSet::new();
    for file in files("src-tauri/permissions") {
        let table: toml::Table = read(file).parse().unwrap();
        for permission in table["permission"].as_array().unwrap() {
            let allowed = permission["commands"]["allow"].as_array().unwrap();
            assert_eq!(allowed.len(), 1, "one command a permission: {permission}");
            let name = permission["identifier"].as_str().unwrap().to_owned();
            found.insert((name, allowed[0].as_str().unwrap().to_owned()));
        }
    }
    found
}

/// The permissions of each window.
fn granted() -> BTreeMap<String, BTreeSet<String>> {
    let mut granted: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for file in files("src-tauri/capabilities") {
        let capability: Value = serde_json::from_str(&read(file)).unwrap();
        for window in words(&capability["windows"]) {
            granted.entry(window).or_default().extend(words(&capability["permissions"]));
        }
    }
    granted
}

#[test]
fn each_command_has_one_permission_of_its_own_name() {
    let expected = commands().into_iter();
    let expected = expected.map(|name| (format!("allow-{}", name.replace('_', "-")), name));
    assert_eq!(permitted(), expected.collect());
    assert!(!permitted().is_empty());
}

#[test]
fn each_command_is_granted_to_a_window() {
    let granted = granted();
    assert!(!granted.contains_key("*"), "windows are granted by name");
    for (permission, command) in permitted() {
        let may = granted.values().any(|window| window.contains(&permission));
        assert!(may, "no window may call {command}");
    }
}

#[test]
fn the_page_may_load_nothing_that_is_not_ours() {
    let policy = &configuration()["app"]["security"]["csp"];
    assert_eq!(policy["default-src"], "'none'");
    assert_eq!(policy["require-trusted-types-for"], "'script'");
    for (directive, sources) in policy.as_object().unwrap() {
        for source in sources.as_str().unwrap().split(' ') {
            let own = source.starts_with('\'') && !source.contains("unsafe");
            let local = ["data:", "ipc:", "http://ipc.localhost", "svelte-trusted-html"];
            assert!(own || local.contains(&source), "{directive} allows {source}");
        }
    }
}

#[test]
fn the_window_is_frozen_and_shows_the_embedded_page() {
    let configuration = configuration();
    assert_eq!(configuration["app"]["withGlobalTauri"], false);
    assert_eq!(configuration["app"]["security"]["freezePrototype"], true);
    assert!(
        configuration["build"]["devUrl"].is_null(),
        "a development server belongs in the overlay"
    );
    assert_eq!(configuration["app"]["windows"][0]["label"], crate::windows::MAIN);
    assert_eq!(configuration["app"]["windows"][1]["label"], crate::prompt::REVEAL);
    assert_eq!(configuration["app"]["windows"][2]["label"], crate::prompt::CONSENT);
    for prompt in [1, 2] {
        let window = &configuration["app"]["windows"][prompt];
        assert_eq!(window["contentProtected"], true);
        assert_eq!(window["incognito"], true, "nothing of it is kept on disk");
    }
}

#[test]
fn the_version_is_the_packages() {
    let info = crate::commands::about::info("app.keyturn.desktop".to_owned(), None, None);
    assert_eq!(info.version, env!("CARGO_PKG_VERSION"));
}
