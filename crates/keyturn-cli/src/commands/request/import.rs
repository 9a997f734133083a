//! `request --from-curl`: a request out of a curl command, without the credential in it.

use std::path::Path;

use keyturn_protocol::{ApiError, files_of};
use keyturn_request::{Filled, Request, curl, fill};
use zeroize::Zeroizing;

use super::body::NOTHING_SENT;
use super::saved::variables_for;
use crate::context::Context;
use crate::failure::usage;
use crate::input::{file, text_from_stdin};

/// Reads a command, and tells what was taken out of it and what was not taken over.
pub(super) fn read(
    context: &Context,
    from: &Path,
    variables: &[String],
) -> Result<Filled, ApiError> {
    let request = read_unfilled(context, from)?;
    let given = variables_for(&request, variables, NOTHING_SENT)?;
    fill(&request, &given).map_err(|missing| {
        usage(missing.to_string(), "Give each with --variable NAME=VALUE. Nothing was sent.")
    })
}

/// The same with its variables as they are.
pub(super) fn read_unfilled(context: &Context, from: &Path) -> Result<Request, ApiError> {
    let text =
        if from == Path::new("-") { text_from_stdin()? } else { file::text(from, NOTHING_SENT)? };
    let text = Zeroizing::new(text);
    let imported = curl::import(&text).map_err(|error| usage(error.to_string(), NOTHING_SENT))?;
    for removed in &imported.removed {
        context.output.note("taken out", &removed.sentence());
    }
    for left_out in &imported.left_out {
        context.output.note("left out", &left_out.to_string());
    }
    tell_files(context, None, &imported.request);
    Ok(imported.request)
}

/// Names the files whose content a request sends: whoever wrote it chose them, and not who sends it.
pub(crate) fn tell_files(context: &Context, name: Option<&str>, request: &Request) {
    let name = name.map_or_else(String::new, |name| format!("{name}: "));
    for path in files_of(&request.body).into_iter().flatten() {
        context.output.note("file", &format!("{name}it sends the content of {path}"));
    }
}

/// Reads a file that the request names.
pub(crate) fn read_file(path: &str) -> Result<Vec<u8>, ApiError> {
    file::bytes(Path::new(path), NOTHING_SENT)
}
