//! Prepares what `tauri::generate_context!` embeds: capabilities, command permissions, the built UI.

use std::path::Path;

use tauri_build::{AppManifest, Attributes};

const CAPABILITIES: &str = "./src-tauri/capabilities/**/*.json";
const PERMISSIONS: &str = "./src-tauri/permissions/**/*.toml";
const BUILT_UI: &str = "ui/dist";

/// Stands in for a UI that nobody has built yet, so that checks and tests need no Node.
const PLACEHOLDER: &str = "<!doctype html><title>Keyturn</title><p>The interface is not built: \
                           run <code>make app</code>, then start Keyturn again.</p>\n";

fn main() -> Result<(), Box<dyn std::error::Error>> {
    println!("cargo:rerun-if-changed=src-tauri/capabilities");
    println!("cargo:rerun-if-changed=src-tauri/permissions");
    println!("cargo:rerun-if-changed={BUILT_UI}");

    let page = Path::new(BUILT_UI).join("index.html");
    if !page.exists() {
        std::fs::create_dir_all(BUILT_UI)?;
        std::fs::write(page, PLACEHOLDER)?;
    }

    // Without an app manifest every command of the app could be called from every window.
    let attributes = Attributes::new()
        .capabilities_path_pattern(CAPABILITIES)
        .app_manifest(AppManifest::new().permissions_path_pattern(PERMISSIONS));
    Ok(tauri_build::try_build(attributes)?)
}
