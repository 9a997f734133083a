//! Lists `builtin/*.toml`, so that a profile becomes built in by lying there and no code names it.

use std::error::Error;
use std::fmt::Write as _;
use std::path::PathBuf;
use std::{env, fs};

fn main() -> Result<(), Box<dyn Error>> {
    let folder = PathBuf::from(env::var("CARGO_MANIFEST_DIR")?).join("builtin");
    let mut paths = Vec::new();
    for entry in fs::read_dir(&folder)? {
        let path = entry?.path();
        if path.extension().is_some_and(|extension| extension == "toml") {
            paths.push(path);
        }
    }
    paths.sort();
    let mut list = "[\n".to_owned();
    for path in paths {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        writeln!(
            list,
            "    (\"builtin/{name}\", include_str!({:?})),",
            path.display().to_string()
        )?;
    }
    list.push_str("]\n");
    fs::write(PathBuf::from(env::var("OUT_DIR")?).join("builtin.rs"), list)?;
    println!("cargo::rerun-if-changed=builtin");
    Ok(())
}
