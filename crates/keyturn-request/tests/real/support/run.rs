//! A real Bash with the real curl, whose connections all lead to the recorder.

use std::path::Path;
use std::process::Command;

/// The value of every credential in the commands.
pub(crate) const SECRET: &str = "canary-key-7x9z";

/// What the commands' variables are.
pub(crate) const VARIABLES: [(&str, &str); 5] = [
    ("CUSTOMER", "cus_7 & co"),
    ("BASE_URL", "http://api.northwind.example/v2"),
    ("TOKEN", SECRET),
    ("ORG", "northwind"),
    ("ZONE", "zone-9"),
];

/// Files that the commands name.
pub(crate) const FILES: [(&str, &str); 4] = [
    ("body.json", "{\"from\": \"a file\"}"),
    ("note.txt", "a note & more"),
    ("photo.png", "\u{89}PNG not really"),
    ("data.bin", "\u{0}\u{1}binary\r\nlines\n"),
];

/// Runs a command; what curl says where it was not content.
pub(crate) fn bash(command: &str, port: u16, folder: &Path) -> Result<(), String> {
    // Only where it leads is changed: no proxy, no configuration of the user's own, one address.
    let curl = format!(
        "curl() {{ command curl -q --noproxy '*' --connect-to ::127.0.0.1:{port} \"$@\"; }}\njq() {{ cat; }}\n"
    );
    let output = Command::new("bash")
        .args(["--norc", "--noprofile", "-c", &format!("{curl}{command}")])
        .current_dir(folder)
        .env_clear()
        .env("PATH", std::env::var_os("PATH").unwrap_or_default())
        .env("LC_ALL", "C.UTF-8")
        .envs(VARIABLES)
        .output()
        .unwrap();
    if output.status.success() {
        Ok(())
    } else {
        Err(String::from_utf8_lossy(&output.stderr).into_owned())
    }
}
