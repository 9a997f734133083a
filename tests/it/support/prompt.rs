//! An installation whose window is a FAKE: a script in place of `keyturn-desktop`, which the agent starts
//! as its prompt. It keeps what it was asked and answers, on the descriptor that it inherited, what the
//! test tells it to.

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;

use super::{PASSPHRASE, World, program, wait};

/// What the fake does. A frame is a length in four bytes and as many bytes of JSON.
const SCRIPT: &str = r#"#!/bin/sh
cd 'FOLDER' && [ "$*" = --prompt ] || exit 1
set -- $(head -c 4 | od -An -tu1)
head -c $(($3 * 256 + $4)) > asked.new
env > environment
say() { printf "\\000\\000\\000\\$(printf %03o ${#1})%s" "$1" >&0; }
say '"shown"'
mv asked.new "asked.$(ls | grep -c '^asked\.[0-9]')"
IFS= read -r answer < answers
[ "$answer" != die ] || exit 1
say "{\"answered\":\"$answer\"}"
"#;

/// The programs of the installation, and what passes between the fake and its test.
pub(crate) struct FakePrompt {
    folder: PathBuf,
}

impl FakePrompt {
    /// Puts the agent's program and the fake beside each other, and opens the vault there, at the screen
    /// of that name. Nothing draws on it.
    pub(crate) fn install(world: &World, screen: &str) -> Self {
        let folder = world.folder().join("programs");
        fs::create_dir(&folder).expect("a folder can be made");
        let prompt = Self { folder };
        program::copy(Path::new(env!("CARGO_BIN_EXE_keyturn")), &prompt.folder.join("keyturn"));
        let script = SCRIPT.replace("FOLDER", &prompt.folder.to_string_lossy());
        program::write(&prompt.folder.join("keyturn-desktop"), &script);
        let pipe = Command::new("mkfifo").arg(prompt.folder.join("answers")).status();
        assert!(pipe.expect("mkfifo can be started").success());
        world.keyturn(&["stop"]).run().done();
        prompt.unlock(world, screen);
        prompt
    }

    /// Opens the vault for this test's programs, at a screen.
    pub(crate) fn unlock(&self, world: &World, screen: &str) {
        let (keyturn, screen) = (self.keyturn(), format!("DISPLAY={screen}"));
        let words = ["env", &screen, &keyturn, "unlock", "--passphrase-stdin"];
        world.program(&words).stdin(PASSPHRASE).run().done();
    }

    /// The installation's `keyturn`.
    pub(crate) fn keyturn(&self) -> String {
        self.folder.join("keyturn").to_string_lossy().into_owned()
    }

    /// Waits until question number `index` is on the screen, the first one being 0.
    #[track_caller]
    pub(crate) fn asked(&self, index: usize) -> Value {
        let file = self.folder.join(format!("asked.{index}"));
        let text = wait::until("a question", || fs::read_to_string(&file).ok());
        let order: Value = serde_json::from_str(&text).expect("an order is JSON");
        order["consent"].clone()
    }

    /// How many questions there were.
    pub(crate) fn questions(&self) -> usize {
        let files = fs::read_dir(&self.folder).expect("the folder can be listed").flatten();
        files.filter(|file| file.file_name().to_string_lossy().starts_with("asked.")).count()
    }

    /// The environment that the last prompt was started with.
    pub(crate) fn environment(&self) -> String {
        fs::read_to_string(self.folder.join("environment")).expect("a prompt was started")
    }

    /// Has the question that is on the screen answered so.
    pub(crate) fn answer(&self, answer: &str) {
        let pipe = fs::OpenOptions::new().write(true).open(self.folder.join("answers"));
        writeln!(pipe.expect("the fake waits for its answer"), "{answer}")
            .expect("the fake reads its answer");
    }
}
