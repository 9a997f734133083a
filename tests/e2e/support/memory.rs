//! Searches the memory of running processes for secrets, in the forms in which they could lie there.

use std::fs::{self, File};
use std::os::unix::fs::FileExt as _;

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};

/// How much of a process is looked at at once.
const PART: usize = 1 << 20;

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
    let escaped = secret.bytes().map(|byte| format!("%{byte:02X}")).collect::<String>();
    let json = secret.chars().map(|c| format!("\\u{:04x}", u32::from(c))).collect::<String>();
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

/// Which of the forms lie in a process's memory. It has to be one that the test may read.
pub(crate) fn found(pid: u32, forms: &[Form]) -> Vec<String> {
    let maps = fs::read_to_string(format!("/proc/{pid}/maps")).expect("the process runs");
    let memory = File::open(format!("/proc/{pid}/mem")).expect("its memory may be read");
    let mut found = Vec::new();
    for (begin, end) in maps.lines().filter_map(writable) {
        search(&memory, begin, end, forms, &mut found);
    }
    found.sort();
    found.dedup();
    found
}

/// The place of a part that a process can write to; code and files are no place of secrets.
fn writable(line: &str) -> Option<(u64, u64)> {
    let (place, rest) = line.split_once(' ')?;
    let (begin, end) = place.split_once('-')?;
    let place = (u64::from_str_radix(begin, 16).ok()?, u64::from_str_radix(end, 16).ok()?);
    rest.starts_with("rw").then_some(place)
}

fn search(memory: &File, begin: u64, end: u64, forms: &[Form], found: &mut Vec<String>) {
    let overlap = forms.iter().map(|form| form.bytes.len()).max().unwrap_or(0);
    let finders: Vec<_> =
        forms.iter().map(|form| (form, memchr::memmem::Finder::new(&form.bytes))).collect();
    let mut part = vec![0; PART + overlap];
    let mut at = begin;
    while at < end {
        let wanted = usize::try_from(end - at).map_or(part.len(), |left| left.min(part.len()));
        // Pages that were never touched cannot be read.
        let read = memory.read_at(&mut part[..wanted], at).unwrap_or(0);
        for (form, finder) in &finders {
            if finder.find(&part[..read]).is_some() {
                found.push(form.what.clone());
            }
        }
        at += u64::try_from(PART.min(wanted)).expect("a part is small");
    }
}
