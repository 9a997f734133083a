//! An installation whose window's program is a stand-in that writes down how it was started.

use std::fs;
use std::path::{Path, PathBuf};

use super::{World, program};

/// A copy of `keyturn` with the stand-in beside it.
pub(crate) struct Installation {
    keyturn: String,
    opened: PathBuf,
}

impl Installation {
    /// Puts both into a folder of the world.
    pub(crate) fn new(world: &World) -> Self {
        let folder = world.folder().join("bin");
        fs::create_dir_all(&folder).expect("a folder can be made");
        let keyturn = folder.join("keyturn");
        program::copy(Path::new(env!("CARGO_BIN_EXE_keyturn")), &keyturn);
        let opened = world.folder().join("opened");
        let script = format!("#!/bin/sh\necho \"$*\" >> '{}'\n", opened.display());
        program::write(&folder.join("keyturn-desktop"), &script);
        Self { keyturn: keyturn.to_string_lossy().into_owned(), opened }
    }

    /// The installation's `keyturn`.
    pub(crate) fn keyturn(&self) -> &str {
        &self.keyturn
    }

    /// The arguments of each start of the window's program, in order.
    pub(crate) fn opened(&self) -> Vec<String> {
        let text = fs::read_to_string(&self.opened).unwrap_or_default();
        text.lines().map(str::to_owned).collect()
    }
}
