//! The desktop program: opens the window and nothing else; see the library for what it does.

// Without this a release build opens a console window beside ours on Windows.
#![cfg_attr(not(debug_assertions), windows_subsystem = "windows")]

use std::process::ExitCode;

fn main() -> Result<ExitCode, Box<dyn std::error::Error>> {
    if let Some(status) = keyturn_desktop::automation::restart_without()? {
        return Ok(if status.success() { ExitCode::SUCCESS } else { ExitCode::FAILURE });
    }
    keyturn_desktop::run()?;
    Ok(ExitCode::SUCCESS)
}
