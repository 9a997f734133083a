//! A body for the clipboard: its text, where it is one and not too long to be pasted anywhere.

use keyturn_protocol::{ApiError, ErrorCode};

use super::body::Body;

/// The longest text that is copied, as the agent allows it.
const LONGEST: usize = 1024 * 1024;

/// The text of a body.
pub(crate) fn copied(body: &Body) -> Result<String, ApiError> {
    if body.text().len() > LONGEST {
        let message = "the body is longer than 1 MB, which is more than is copied";
        return Err(ApiError::new(ErrorCode::InvalidInput, message).hint("Save it to a file."));
    }
    Ok(body.text().to_owned())
}
