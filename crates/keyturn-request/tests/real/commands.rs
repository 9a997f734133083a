//! The commands, out of `corpus/`: a file a source, a block a command.
//!
//! A block begins with `=== its name`. Lines that begin with `taken out: ` and `left out: ` say what the
//! import must tell; the command follows, and behind `--- cmd` perhaps its twin for the Windows prompt.

use std::fs;
use std::path::Path;

/// A command with what is expected of its import.
pub(crate) struct Case {
    pub(crate) name: String,
    /// What Bash runs.
    pub(crate) run: String,
    /// The same for the Windows prompt.
    pub(crate) twin: Option<String>,
    /// The places of the credentials in it.
    pub(crate) taken_out: Vec<String>,
    /// Beginnings of what is left out.
    pub(crate) left_out: Vec<String>,
}

impl Case {
    pub(crate) fn new(name: &str, run: &str) -> Self {
        Self {
            name: name.to_owned(),
            run: run.to_owned(),
            twin: None,
            taken_out: Vec::new(),
            left_out: Vec::new(),
        }
    }

    /// The texts that are imported.
    pub(crate) fn read(&self) -> impl Iterator<Item = &str> {
        [Some(self.run.as_str()), self.twin.as_deref()].into_iter().flatten()
    }
}

/// All commands of the corpus.
pub(crate) fn all() -> Vec<Case> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/real/corpus");
    let mut files: Vec<_> =
        fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    let cases = files.iter().flat_map(|path| {
        let source = path.file_stem().unwrap().to_string_lossy().into_owned();
        let text = fs::read_to_string(path).unwrap();
        text.split("=== ").skip(1).map(move |block| case(&source, block)).collect::<Vec<_>>()
    });
    cases.collect()
}

fn case(source: &str, block: &str) -> Case {
    let (name, rest) = block.split_once('\n').unwrap();
    let (run, twin) = match rest.split_once("\n--- cmd\n") {
        Some((run, twin)) => (run, Some(twin.trim_end().to_owned())),
        None => (rest, None),
    };
    let mut case = Case { twin, ..Case::new(&format!("{source}: {name}"), "") };
    let mut run = run;
    loop {
        let (line, behind) = run.split_once('\n').unwrap_or((run, ""));
        if let Some(places) = line.strip_prefix("taken out: ") {
            case.taken_out = places.split(", ").map(str::to_owned).collect();
            case.taken_out.sort();
        } else if let Some(what) = line.strip_prefix("left out: ") {
            case.left_out.push(what.to_owned());
        } else {
            break;
        }
        run = behind;
    }
    run.trim_end().clone_into(&mut case.run);
    case
}
