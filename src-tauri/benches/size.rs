//! Bar 11: what the main window loads, compressed as gzip does.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::process::Command;

use super::report::{held, told};

const DIST: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/ui/dist");
const KILOBYTE: f64 = 1_000.0;

/// Prints the size of scripts, styles and fonts. There is no editor in the page: the largest script
/// that is loaded later stands in its place.
pub(crate) fn size() {
    let page = fs::read_to_string(format!("{DIST}/index.html")).expect("the interface is built");
    let at_start: BTreeSet<&str> =
        page.split('"').filter_map(|word| word.strip_prefix("/")).collect();
    let sizes = |kind: &str| files(kind).into_iter().map(|name| (compressed(&name), name));
    let (first, later): (Vec<_>, Vec<_>) =
        sizes("js").partition(|(_, name)| at_start.contains(&**name));
    let sum = |files: &[(f64, String)]| files.iter().map(|(size, _)| size).sum::<f64>();
    held("11", "JavaScript at the start, gzip", sum(&first), "kB", 130.0);
    let largest = later.into_iter().max_by(|one, other| one.0.total_cmp(&other.0));
    let (most, name) = largest.expect("screens are loaded later");
    let name = name.trim_start_matches("assets/").rsplit_once('-').map_or(&*name, |(stem, _)| stem);
    held("11", &format!("largest later script, gzip: {name}"), most, "kB", 130.0);
    let (first, later): (Vec<_>, Vec<_>) =
        sizes("css").partition(|(_, name)| at_start.contains(&**name));
    told("11", "styles at the start, gzip", sum(&first), "kB", "");
    held("11", "all styles, gzip", sum(&first) + sum(&later), "kB", 25.0);
    // They are compressed already.
    let fonts: u64 = files("woff2").iter().map(|name| length(name)).sum();
    held("11", "fonts", super::report::counted(fonts) / KILOBYTE, "kB", 100.0);
}

/// The built files of a kind, as the page names them.
fn files(kind: &str) -> Vec<String> {
    let folder = fs::read_dir(format!("{DIST}/assets")).expect("the interface is built");
    let names = folder.flatten().filter_map(|entry| entry.file_name().into_string().ok());
    let of_kind = names.filter(|name| Path::new(name).extension().is_some_and(|end| end == kind));
    of_kind.map(|name| format!("assets/{name}")).collect()
}

fn compressed(name: &str) -> f64 {
    let output = Command::new("gzip").args(["-9", "-c"]).arg(format!("{DIST}/{name}")).output();
    let bytes = output.expect("gzip can be started").stdout.len();
    super::report::counted(bytes as u64) / KILOBYTE
}

fn length(name: &str) -> u64 {
    fs::metadata(format!("{DIST}/{name}")).map_or(0, |file| file.len())
}
