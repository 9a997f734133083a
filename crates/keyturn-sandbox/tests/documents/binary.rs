//! The binary of the demo.

use std::io::{BufRead as _, BufReader, Read as _};
use std::process::{Command, Stdio};

use serde_json::Value;

#[test]
fn one_line_of_json_says_where_everything_is_and_the_end_of_stdin_ends_it() {
    let folder = tempfile::tempdir().unwrap();
    let mut child = Command::new(env!("CARGO_BIN_EXE_keyturn-sandbox"))
        .args(["--until-stdin-closes", "--seed", "7", "--dir"])
        .arg(folder.path())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut stdout = BufReader::new(child.stdout.take().unwrap());
    let mut line = String::new();
    stdout.read_line(&mut line).unwrap();
    let ready: Value = serde_json::from_str(&line).unwrap();
    assert!(ready["urls"]["deepvue"].as_str().unwrap().starts_with("https://127.0.0.1:"));
    assert!(ready["credentials"]["deepcurrent"]["api_key"].as_str().unwrap().starts_with("dc_"));
    let authority = std::fs::read_to_string(ready["ca_file"].as_str().unwrap()).unwrap();
    assert_eq!(authority, ready["ca_pem"].as_str().unwrap());
    drop(child.stdin.take());
    assert!(child.wait().unwrap().success());
    let mut rest = String::new();
    stdout.read_to_string(&mut rest).unwrap();
    assert_eq!(rest, "");
}

#[test]
fn a_taken_port_is_named() {
    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let port = taken.local_addr().unwrap().port();
    let output = Command::new(env!("CARGO_BIN_EXE_keyturn-sandbox"))
        .args(["--port-base", &port.to_string()])
        .output()
        .unwrap();
    assert!(!output.status.success());
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(said.contains(&port.to_string()) && said.contains("--port-base"), "{said}");
}
