//! Calls about profiles of the user's own: checking, adding and removing them.

use keyturn_core::ProviderId;
use serde::{Deserialize, Serialize};

/// Checks a profile without adding it.
#[derive(Debug, Serialize, Deserialize)]
pub struct CheckProfile {
    /// The file's name, for the problems.
    pub file: String,
    /// The file's text.
    pub text: String,
}

/// What was found in a profile.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CheckProfileAnswer {
    /// The profile's identifier, where it is sound.
    pub id: Option<ProviderId>,
    /// What is wrong; empty where it is sound.
    pub problems: Vec<ProblemView>,
}

/// One thing wrong in a profile.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProblemView {
    /// The file.
    pub file: String,
    /// The line, from 1.
    pub line: usize,
    /// The column, from 1.
    pub column: usize,
    /// What is wrong.
    pub reason: String,
    /// What may have been meant.
    pub hint: Option<String>,
}

/// Makes a profile known, or accepts that it changed.
#[derive(Debug, Serialize, Deserialize)]
pub struct AddProfile {
    /// The file's name, for the problems.
    pub file: String,
    /// The file's text.
    pub text: String,
    /// Whether the user agreed to where it lets stored secrets go.
    pub confirmed: bool,
}

/// What became of a profile.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AddProfileAnswer {
    /// The profile's identifier, where it is sound.
    pub id: Option<ProviderId>,
    /// The provider's name, where it is sound.
    pub name: Option<String>,
    /// What became of it.
    pub outcome: AddProfileOutcome,
    /// What is wrong; empty where it is sound.
    pub problems: Vec<ProblemView>,
    /// Where it lets which value go.
    pub allows: Option<EgressView>,
    /// Where the one that was accepted before let them go.
    pub allowed_before: Option<EgressView>,
}

/// What became of a profile.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AddProfileOutcome {
    /// It is not sound; nothing was done.
    Unsound,
    /// Stored secrets would go elsewhere than before: nothing was done without a yes.
    ConfirmationNeeded,
    /// It is known now.
    Added,
    /// It takes the place of an earlier one.
    Changed,
    /// It was accepted already.
    Unchanged,
}

/// Where a profile lets which value go.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EgressView {
    /// The origins, each with the environment that names it.
    pub hosts: Vec<String>,
    /// Each value that is sent, with one of the ways it goes.
    pub values: Vec<WayView>,
}

/// One value, and one of the ways it goes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct WayView {
    /// The field's name, `token`, or `refresh token`.
    pub value: String,
    /// What carries it, and to which paths.
    pub goes: String,
}

/// Removes a profile of the user's own.
#[derive(Debug, Serialize, Deserialize)]
pub struct RemoveProfile {
    /// Whose.
    pub id: ProviderId,
}
