//! A body as a file of the user's: its bytes as they came, under a name that leads nowhere else.

use keyturn_protocol::ApiError;
use tauri::AppHandle;

use super::body::Bodies;
use crate::documents::{self, SavedFile};

/// The longest name, in characters.
const LONGEST_NAME: usize = 60;
const USUAL_NAME: &str = "answer";

/// Writes a body to a new file.
pub(crate) async fn save(
    app: AppHandle,
    bodies: &Bodies,
    id: u64,
    name: String,
) -> Result<SavedFile, ApiError> {
    let work = move |body: &super::body::Body| {
        let (name, extension) = (safe(&name), extension(body.kind()));
        documents::save(&app, &name, extension, body.bytes())
    };
    bodies.work(id, work).await
}

/// A name that no system reads as a path, a device or a hidden file.
fn safe(name: &str) -> String {
    let allowed = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '.' | ' ');
    let name: String = name.chars().map(|c| if allowed(c) { c } else { '-' }).collect();
    let name: String = name.trim_matches(['.', ' ', '-']).chars().take(LONGEST_NAME).collect();
    let name = name.trim_end_matches(['.', ' ', '-']);
    let stem = name.split('.').next().unwrap_or_default().to_ascii_lowercase();
    let is_device = matches!(stem.as_str(), "con" | "prn" | "aux" | "nul")
        || (stem.len() == 4
            && (stem.starts_with("com") || stem.starts_with("lpt"))
            && stem.ends_with(|c: char| c.is_ascii_digit()));
    if name.is_empty() || is_device { USUAL_NAME.to_owned() } else { name.to_owned() }
}

/// What a file of a media type ends with.
fn extension(media_type: Option<&str>) -> &'static str {
    let essence = media_type.and_then(|said| said.split(';').next()).unwrap_or_default().trim();
    let essence = essence.to_ascii_lowercase();
    match essence.as_str() {
        "text/html" | "application/xhtml+xml" => "html",
        "text/csv" => "csv",
        "text/css" => "css",
        "application/xml" | "text/xml" => "xml",
        "application/pdf" => "pdf",
        "application/zip" => "zip",
        "application/gzip" | "application/x-gzip" => "gz",
        "application/yaml" | "text/yaml" | "application/x-yaml" => "yaml",
        "application/javascript" | "text/javascript" => "js",
        "application/x-ndjson" | "application/jsonl" => "jsonl",
        "image/png" => "png",
        "image/jpeg" => "jpg",
        "image/gif" => "gif",
        "image/webp" => "webp",
        "image/svg+xml" => "svg",
        other if other.ends_with("/json") || other.ends_with("+json") => "json",
        other if other.ends_with("+xml") => "xml",
        other if other.starts_with("text/") => "txt",
        _ => "bin",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_leads_nowhere_else() {
        for (name, expected) in [
            ("orders 2026-11", "orders 2026-11"),
            ("../../.bashrc", "bashrc"),
            ("/etc/passwd", "etc-passwd"),
            ("C:\\a\\b", "C--a-b"),
            ("a\0b\n\u{202e}c", "a-b--c"),
            ("COM1.txt", "answer"),
            ("nul", "answer"),
            ("...", "answer"),
            ("", "answer"),
            ("Schlüssel", "Schlüssel"),
        ] {
            assert_eq!(safe(name), expected, "{name:?}");
        }
        assert_eq!(safe(&"x".repeat(500)).len(), LONGEST_NAME);
    }

    #[test]
    fn a_file_ends_as_its_media_type_says() {
        assert_eq!(extension(Some("application/problem+json; charset=utf-8")), "json");
        assert_eq!(extension(Some("TEXT/HTML")), "html");
        assert_eq!(extension(Some("text/plain")), "txt");
        assert_eq!(extension(Some("application/x-sh")), "bin");
        assert_eq!(extension(None), "bin");
    }
}
