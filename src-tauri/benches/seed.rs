//! Fills a vault in seconds: over the agent's own socket, without a process for each credential.

use std::collections::BTreeMap;
use std::ops::RangeInclusive;
use std::path::Path;

use keyturn_core::Secret;
use keyturn_protocol::calls::AddCredential;
use keyturn_protocol::{Asking, Home, SecretOnWire, start};
use tempfile::TempDir;

use super::support::{Machine, Provider};

/// A machine in memory, where a disk is not waited for ten thousand times. Its folder goes with the second.
pub(crate) fn machine_in_memory() -> (Machine, TempDir) {
    let memory = Path::new("/dev/shm");
    let parent = if memory.is_dir() { memory.to_owned() } else { std::env::temp_dir() };
    let folder = tempfile::Builder::new().prefix("kt-").tempdir_in(parent);
    let folder = folder.expect("a temporary folder can be made");
    (Machine::in_folder(folder.path().to_owned()).with_vault(), folder)
}

/// Adds a credential for each number, `many-00001` and so on, each with a value of its own. The vault
/// has to be open for this program.
pub(crate) fn seed(machine: &Machine, numbers: RangeInclusive<usize>) {
    let user = rustix::process::geteuid().as_raw();
    let folder = machine.folder().join("home");
    let home = Home::resolve(Some(folder), user, |_| None).expect("the folder is absolute");
    let client = start::connect(&home, Asking::Never).expect("the agent answers");
    let mut client = client.expect("an agent runs");
    let known = machine.sandbox().credential(Provider::Deepidv, "api_key");
    for number in numbers {
        let (start, end) = known.split_at(known.len() - 5);
        assert_eq!(end.len(), 5, "a key has no letters of several bytes");
        let value = Secret::new(format!("{start}{number:05}"));
        client.call(credential(number, SecretOnWire(value))).expect("the vault is open");
    }
}

/// The name of the credential with that number.
pub(crate) fn name(number: usize) -> String {
    format!("many-{number:05}")
}

fn credential(number: usize, value: SecretOnWire) -> AddCredential {
    let parse = "a valid name";
    AddCredential {
        provider: "deepidv".parse().expect(parse),
        name: name(number).parse().expect(parse),
        environments: vec!["sandbox".parse().expect(parse)],
        owner: None,
        note: None,
        fields: BTreeMap::new(),
        secrets: BTreeMap::from([("api_key".parse().expect(parse), value)]),
        from_paste: None,
        last_four: None,
        mark: None,
        issued_on: None,
        expires_on: None,
        rotate_every_days: None,
        replace_on: None,
        age_only: None,
        plan: None,
        keep_fresh: false,
        allow_plain_http: false,
    }
}
