//! Says why a reveal-once key was not caught, marked or shown. No message repeats anything of the value.

use keyturn_core::{CredentialRef, FieldName};
use thiserror::Error;

use super::twin::Twin;

/// Says why a reveal-once key was not caught, marked or shown.
#[derive(Debug, Error, PartialEq, Eq)]
pub enum CaptureError {
    /// Nothing was given.
    #[error("there is nothing to catch: what was given is empty")]
    Nothing,
    /// It is too long for a key.
    #[error("what was given is longer than any key: 64 KiB")]
    TooLong,
    /// It is something else, which can be named.
    #[error("this is not the {label}: it looks like {what}")]
    LooksLike {
        /// The field's label.
        label: String,
        /// What it looks like.
        what: &'static str,
        /// What to do.
        hint: &'static str,
    },
    /// A space or a line break is in the middle of it.
    #[error(
        "the {label} has {what} in the middle, and a key has none: a part of it may be missing"
    )]
    Broken {
        /// The field's label.
        label: String,
        /// A space, or a line break.
        what: &'static str,
    },
    /// There is more than one value that could be the key.
    #[error("{count} different values in it could be the {label}, and Keyturn does not guess")]
    Several {
        /// The field's label.
        label: String,
        /// How many.
        count: usize,
    },
    /// There are several lines, and none of them is the key.
    #[error("none of its {count} lines is the {label}")]
    NoneOfLines {
        /// The field's label.
        label: String,
        /// How many.
        count: usize,
    },
    /// The same value is stored elsewhere, or was.
    #[error("this same key is {twin}")]
    Known {
        /// Where.
        twin: Box<Twin>,
    },
    /// It is another key than the one whose last four characters are known.
    #[error("you caught another key than the one that was known by {known}: this one ends in {}", caught.as_deref().unwrap_or("something too short to show"))]
    AnotherKey {
        /// The known last four characters.
        known: String,
        /// Those of the caught one.
        caught: Option<String>,
    },
    /// A stored value is neither lost nor still to be shown.
    #[error("the {field} of {reference} is stored here")]
    StillStored {
        /// The credential.
        reference: CredentialRef,
        /// The field.
        field: FieldName,
    },
    /// A value came together with the word that there is none.
    #[error("the value of {field} was given, and it was said that there is none")]
    GivenAndMarked {
        /// The field.
        field: FieldName,
    },
    /// A key that its provider shows once is shown after a second yes only.
    #[error(
        "{reference} holds a key that its provider shows exactly once; showing it needs a second yes"
    )]
    ShowsOnce {
        /// The credential.
        reference: CredentialRef,
    },
}
