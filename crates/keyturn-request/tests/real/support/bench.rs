//! A recorder, and a folder with the files that requests name.

use keyturn_request::{Filled, encode};
use tempfile::TempDir;

use super::recorder::{Recorded, Recorder};
use super::{run, sender};

const BOUNDARY: &str = "keyturn-boundary-0123456789";

pub(crate) struct Bench {
    pub(crate) recorder: Recorder,
    pub(crate) folder: TempDir,
}

impl Bench {
    pub(crate) fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        for (name, content) in run::FILES {
            std::fs::write(folder.path().join(name), content).unwrap();
        }
        Self { recorder: Recorder::start(), folder }
    }

    /// What is sent for the request itself.
    pub(crate) fn by_itself(&self, filled: &Filled) -> Recorded {
        let mut read = |path: &str| std::fs::read(self.folder.path().join(path)).ok();
        let encoded = encode(filled, BOUNDARY, &mut read).unwrap();
        sender::send(&encoded, self.recorder.port);
        self.recorder.next().unwrap()
    }
}
