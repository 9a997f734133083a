//! The programs that code is written for: Bash, HTTPie and Python in an environment that `scripts/setup.sh`
//! makes, Node.

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::Command;

use keyturn_request::code::CodeForm;

/// Where setup.sh puts HTTPie and requests.
fn environment() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../target/requests/bin")
}

/// Runs code of a form in a folder, with variables of the environment.
pub(crate) fn run(form: CodeForm, code: &str, folder: &Path, variables: &[(&str, &str)]) {
    let bin = environment();
    assert!(bin.join("http").exists(), "HTTPie is missing: scripts/setup.sh test installs it");
    let (program, file) = match form {
        CodeForm::Curl | CodeForm::Httpie => (PathBuf::from("bash"), "code.sh"),
        CodeForm::Python => (bin.join("python"), "code.py"),
        CodeForm::Javascript => (PathBuf::from("node"), "code.mjs"),
    };
    std::fs::write(folder.join(file), code).unwrap();
    let output = Command::new(program)
        .arg(file)
        .current_dir(folder)
        .env_clear()
        .env("PATH", with_path(&bin))
        .env("HOME", folder)
        .env("LC_ALL", "C.UTF-8")
        .envs(variables.iter().copied())
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{form:?} failed: {said}\n{code}");
}

/// The usual path, with one folder before it.
pub(crate) fn with_path(first: &Path) -> OsString {
    let usual = std::env::var_os("PATH").unwrap_or_default();
    let folders = std::iter::once(first.to_path_buf()).chain(std::env::split_paths(&usual));
    std::env::join_paths(folders).unwrap()
}

/// What a program prints that gets a script on its command line.
pub(crate) fn printed(program: &str, arguments: &[&str]) -> String {
    let program = match program {
        "python" => environment().join("python"),
        other => PathBuf::from(other),
    };
    let output = Command::new(program).args(arguments).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}
