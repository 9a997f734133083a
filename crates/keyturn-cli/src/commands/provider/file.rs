//! The profile that a command is given as a file.

use std::path::Path;

use keyturn_protocol::ApiError;
use keyturn_protocol::calls::ProblemView;

use crate::failure::usage;
use crate::input::file;
use crate::output::visible;

/// Reads a profile's text.
pub(super) fn profile(path: &Path) -> Result<String, ApiError> {
    let hint = "Name a profile, a TOML file in UTF-8.";
    String::from_utf8(file::bytes(path, hint)?).map_err(|error| {
        let readable = &error.as_bytes()[..error.utf8_error().valid_up_to()];
        let line = 1 + String::from_utf8_lossy(readable).matches('\n').count();
        usage(format!("{}:{line}: this is no text in UTF-8", path.display()), hint)
    })
}

/// One problem in a line: file, place, reason, and what may have been meant.
pub(super) fn told(problem: &ProblemView) -> String {
    let hint = problem.hint.as_ref().map(|hint| format!(" ({hint})")).unwrap_or_default();
    let ProblemView { file, line, column, reason, .. } = problem;
    visible::line(&format!("{file}:{line}:{column}: {reason}{hint}"))
}
