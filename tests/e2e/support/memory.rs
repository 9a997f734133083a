//! Searches the memory of running processes for secrets, in the forms in which they could lie there.

use std::io::Write as _;
use std::process::{Command, Stdio};

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};

/// A secret in one of the eight forms.
#[derive(Debug, Clone)]
pub(crate) struct Form {
    pub(crate) what: String,
    pub(crate) bytes: Vec<u8>,
}

/// The eight forms of a secret: as it is, as a page's text has it, and as it goes over wires.
pub(crate) fn forms(name: &str, secret: &str) -> Vec<Form> {
    let hex = |upper: bool| {
        let digits = |byte: u8| if upper { format!("{byte:02X}") } else { format!("{byte:02x}") };
        secret.bytes().map(digits).collect::<String>().into_bytes()
    };
    let escaped = secret.bytes().map(|byte| format!("%{byte:02X}")).collect::<Vec<_>>().concat();
    let json =
        secret.chars().map(|c| format!("\\u{:04x}", u32::from(c))).collect::<Vec<_>>().concat();
    // The last characters depend on what follows, so that they are left out.
    let base64 = STANDARD.encode(secret);
    let whole = base64.len() - 4;
    let url_safe = URL_SAFE_NO_PAD.encode(format!("?{secret}"));
    [
        ("as it is", secret.as_bytes().to_vec()),
        ("in UTF-16", secret.encode_utf16().flat_map(u16::to_le_bytes).collect()),
        ("in base64", base64.as_bytes()[..whole].to_vec()),
        ("in base64 of URLs, shifted", url_safe.as_bytes()[2..url_safe.len() - 4].to_vec()),
        ("in hexadecimal", hex(false)),
        ("in capital hexadecimal", hex(true)),
        ("in percent signs", escaped.into_bytes()),
        ("in JSON's escapes", json.into_bytes()),
    ]
    .map(|(form, bytes)| Form { what: format!("{name} {form}"), bytes })
    .to_vec()
}

/// Which of the forms lie in a process's memory. It has to be one that the test may read. A program of its
/// own looks: a debug build of ours would take minutes.
pub(crate) fn found(pid: u32, forms: &[Form]) -> Vec<String> {
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/e2e/support/scan.py");
    let mut command = Command::new("/usr/bin/python3");
    command.arg(script).arg(pid.to_string()).stdin(Stdio::piped()).stdout(Stdio::piped());
    let mut child = command.spawn().expect("Debian's Python can be started");
    let mut stdin = child.stdin.take().expect("its stdin is a pipe");
    for form in forms {
        let line = form.bytes.iter().map(|byte| format!("{byte:02x}")).collect::<Vec<_>>().concat();
        writeln!(stdin, "{line}").expect("it reads what it looks for");
    }
    drop(stdin);
    let output = child.wait_with_output().expect("it ends");
    assert!(output.status.success(), "the memory of process {pid} is read");
    let numbers = String::from_utf8(output.stdout).expect("numbers are text");
    let numbers = numbers.split_whitespace().filter_map(|number| number.parse::<usize>().ok());
    numbers.map(|number| forms[number].what.clone()).collect()
}
