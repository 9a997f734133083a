//! One `--multipart` word, written as curl's `--form`: `K=V`, `K=@FILE` or `K=<FILE`, and behind it
//! `;type=TYPE` and `;filename=NAME`.
//!
//! What is not curl's: a `;` that begins none of these options is a part of the value, where curl
//! would drop the rest with a warning. A value between double quotes is taken as it stands.

use std::path::Path;

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use keyturn_protocol::ApiError;
use keyturn_protocol::calls::{PartContent, RequestPart};

use super::body::NOTHING_SENT;
use crate::failure::usage;
use crate::input::file;

/// The file that a word names as the content of its part.
pub(super) fn file_of(word: &str) -> Option<String> {
    Written::of(word).filter(|written| written.from == From::File).map(|written| written.value)
}

const TYPE: &str = ";type=";
const FILE_NAME: &str = ";filename=";

/// Reads one word, and the file that it names.
pub(super) fn read(word: &str) -> Result<RequestPart, ApiError> {
    let written = Written::of(word).ok_or_else(malformed)?;
    let path = Path::new(&written.value);
    let content = match written.from {
        From::Word => PartContent::Text(written.value.clone()),
        From::TextOfFile => PartContent::Text(file::text(path, NOTHING_SENT)?),
        From::File => PartContent::File {
            name: path.file_name().unwrap_or_default().to_string_lossy().into_owned(),
            base64: BASE64_STANDARD.encode(file::bytes(path, NOTHING_SENT)?),
        },
    };
    let content = match (written.file_name, content) {
        (Some(name), PartContent::File { base64, .. }) => PartContent::File { name, base64 },
        (Some(name), PartContent::Text(text)) => {
            PartContent::File { name, base64: BASE64_STANDARD.encode(text) }
        }
        (None, content) => content,
    };
    Ok(RequestPart { name: written.name, content, content_type: written.content_type })
}

fn malformed() -> ApiError {
    // What was written is not repeated: it may be a secret in the wrong place.
    usage(
        "--multipart needs NAME=VALUE, NAME=@FILE or NAME=<FILE",
        "Behind it may stand ;type=TYPE and ;filename=NAME. Nothing was sent.",
    )
}

/// Where a part's content is from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum From {
    Word,
    File,
    TextOfFile,
}

/// A word taken apart.
#[derive(Debug, PartialEq, Eq)]
struct Written {
    name: String,
    from: From,
    value: String,
    content_type: Option<String>,
    file_name: Option<String>,
}

impl Written {
    fn of(word: &str) -> Option<Self> {
        let (name, rest) = word.split_once('=').filter(|(name, _)| !name.is_empty())?;
        let (from, rest) = if let Some(rest) = rest.strip_prefix('@') {
            (From::File, rest)
        } else if let Some(rest) = rest.strip_prefix('<') {
            (From::TextOfFile, rest)
        } else {
            (From::Word, rest)
        };
        let (content, mut rest) = value(rest)?;
        let mut written = Self {
            name: name.to_owned(),
            from,
            value: content,
            content_type: None,
            file_name: None,
        };
        if from != From::Word && written.value.is_empty() {
            return None;
        }
        while !rest.is_empty() {
            let (slot, behind) = if let Some(behind) = rest.strip_prefix(TYPE) {
                (&mut written.content_type, behind)
            } else {
                (&mut written.file_name, rest.strip_prefix(FILE_NAME)?)
            };
            let (option, behind) = value(behind)?;
            if slot.replace(option).is_some() {
                return None;
            }
            rest = behind;
        }
        Some(written)
    }
}

/// A value up to the option behind it, or between quotes, and what follows.
fn value(text: &str) -> Option<(String, &str)> {
    let Some(quoted) = text.strip_prefix('"') else {
        let end = [TYPE, FILE_NAME].iter().filter_map(|option| text.find(option)).min();
        let (value, rest) = text.split_at(end.unwrap_or(text.len()));
        return Some((value.to_owned(), rest));
    };
    let mut value = String::new();
    let mut chars = quoted.chars();
    loop {
        match chars.next()? {
            '"' => break,
            '\\' => match chars.next()? {
                escaped @ ('"' | '\\') => value.push(escaped),
                other => value.extend(['\\', other]),
            },
            other => value.push(other),
        }
    }
    Some((value, chars.as_str()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(word: &str) -> (From, String, Option<String>, Option<String>) {
        let written = Written::of(word).unwrap_or_else(|| panic!("{word}"));
        assert_eq!(written.name, "k");
        (written.from, written.value, written.content_type, written.file_name)
    }

    #[test]
    fn a_word_is_read_as_curl_reads_it() {
        let some = |text: &str| Some(text.to_owned());
        let cases = [
            ("k=v", From::Word, "v", None, None),
            ("k=", From::Word, "", None, None),
            ("k=a=b;c", From::Word, "a=b;c", None, None),
            (
                "k=v;type=text/csv; charset=utf-8",
                From::Word,
                "v",
                some("text/csv; charset=utf-8"),
                None,
            ),
            ("k=@a/b.csv", From::File, "a/b.csv", None, None),
            ("k=@b;filename=c d;type=x/y", From::File, "b", some("x/y"), some("c d")),
            ("k=<note.txt", From::TextOfFile, "note.txt", None, None),
            ("k=\"@v;type=x\"", From::Word, "@v;type=x", None, None),
            (r#"k=@"a;type=b";filename="c\"d""#, From::File, "a;type=b", None, some("c\"d")),
        ];
        for (word, from, value, content_type, file_name) in cases {
            assert_eq!(written(word), (from, value.to_owned(), content_type, file_name), "{word}");
        }
    }

    #[test]
    fn what_cannot_be_read_is_refused_and_not_repeated() {
        for word in ["hunter2", "=v", "k=@", "k=\"open", "k=\"a\"b", "k=v;type=a/b;type=c/d"] {
            assert_eq!(Written::of(word), None, "{word}");
        }
        let Err(error) = read("hunter2") else { panic!("it is no part") };
        assert!(!format!("{error:?}").contains("hunter2"), "{error:?}");
    }

    #[test]
    fn a_files_part_has_its_name_without_its_folder() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("b.bin");
        std::fs::write(&path, [0, 255]).unwrap();
        let part = read(&format!("k=@{}", path.display())).unwrap();
        let PartContent::File { name, base64 } = part.content else { panic!("it is a file") };
        assert_eq!((name.as_str(), base64.as_str()), ("b.bin", "AP8="));
        let Err(error) = read("k=@/nonexistent") else { panic!("there is none") };
        assert!(error.message.contains("cannot be read"), "{error}");
    }
}
