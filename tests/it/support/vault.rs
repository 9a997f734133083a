//! One vault made by `keyturn init` in this process, copied for every journey that is not about how
//! a vault is made: the key derivation is as slow as it must be, and has no back door.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use super::World;

/// Opens the vaults of the journeys.
pub(crate) const PASSPHRASE: &str = "correct horse battery staple canary";

/// The files of a vault that is locked, and its recovery key.
pub(crate) struct Template {
    files: Vec<(PathBuf, Vec<u8>)>,
    recovery_key: String,
}

/// The vault that all worlds begin with.
pub(crate) fn template() -> &'static Template {
    static TEMPLATE: OnceLock<Template> = OnceLock::new();
    TEMPLATE.get_or_init(|| {
        let world = World::empty();
        let words =
            ["init", "--protect", "passphrase", "--passphrase-stdin", "--recovery-file", "r.txt"];
        world.keyturn(&words).stdin(PASSPHRASE).run().done();
        world.keyturn(&["stop"]).run().done();
        world.wait_for_agents_end();
        let recovery_key =
            fs::read_to_string(world.folder().join("r.txt")).expect("init writes the recovery key");
        let mut files = Vec::new();
        collect(&world.home(), Path::new(""), &mut files);
        assert!(!files.is_empty(), "init leaves files in its home");
        Template { files, recovery_key: recovery_key.trim().to_owned() }
    })
}

/// The recovery key of every copied vault.
pub(crate) fn recovery_key() -> String {
    template().recovery_key.clone()
}

impl Template {
    /// Copies the vault into a home.
    pub(crate) fn copy_to(&self, home: &Path) {
        for (path, bytes) in &self.files {
            let target = home.join(path);
            let folder = target.parent().expect("a file is in a folder");
            make_private(folder);
            fs::write(&target, bytes).expect("a file of the vault can be written");
            restrict(&target, 0o600);
        }
    }
}

/// Makes a folder that only its owner may enter.
pub(crate) fn make_private(folder: &Path) {
    fs::create_dir_all(folder).expect("a folder can be made");
    restrict(folder, 0o700);
}

fn restrict(path: &Path, mode: u32) {
    use std::os::unix::fs::PermissionsExt as _;
    fs::set_permissions(path, fs::Permissions::from_mode(mode)).expect("a mode can be set");
}

/// Reads all files below a folder, but for the sockets and locks of a running agent.
fn collect(home: &Path, below: &Path, files: &mut Vec<(PathBuf, Vec<u8>)>) {
    let entries = fs::read_dir(home.join(below)).expect("the home can be listed");
    for entry in entries {
        let entry = entry.expect("the home can be listed");
        let path = below.join(entry.file_name());
        if entry.path().is_dir() {
            if path != Path::new("run") {
                collect(home, &path, files);
            }
        } else {
            let bytes = fs::read(entry.path()).expect("a file of the home can be read");
            files.push((path, bytes));
        }
    }
}

/// Turns the bytes of a vault into those of a version after this one: it asks for a newer reader.
/// The number stands in the header that SQLite documents, at offset 60 (`user_version`).
pub(crate) fn make_newer(vault: &mut [u8]) {
    let place = vault.get_mut(60..64).expect("a vault is longer than a header");
    let now = u32::from_be_bytes(place.try_into().expect("four bytes"));
    place.copy_from_slice(&(now + 1).to_be_bytes());
}
