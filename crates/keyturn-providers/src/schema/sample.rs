//! Requests to begin with, and the one that tests a credential.

use keyturn_core::FieldName;
use serde::{Deserialize, Serialize};

/// A request to begin with.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Sample {
    /// Its name.
    pub id: String,
    /// What it does.
    pub label: String,
    /// The HTTP method.
    pub method: String,
    /// The path.
    pub path: String,
    /// The recipe it is sent with; without one the credential's own.
    pub recipe: Option<String>,
    /// What the query holds.
    #[serde(default)]
    pub query: Vec<QueryField>,
    /// What the body holds.
    pub body: Option<SampleBody>,
    /// Whether it creates or changes something, so that one is asked first.
    #[serde(default)]
    pub creates_something: bool,
    /// Whether it changes nothing although its method is not a reading one, so that nobody is asked
    /// and it may be sent again.
    #[serde(default)]
    pub harmless: bool,
    /// Whether it sends or gets personal data, so that it is kept out of every log and history.
    #[serde(default)]
    pub personal_data: bool,
    /// What else to know about it.
    pub note: Option<String>,
    /// Where the answer tells the last four characters of the key that the provider knows.
    pub last_four: Option<LastFour>,
    /// Whether the provider's main documentation has it.
    #[serde(default = "super::answer::verified")]
    pub verified: bool,
}

impl Sample {
    /// Whether a user is asked before it is sent: what does not read may change something, unless the
    /// profile says that it does not.
    #[must_use]
    pub fn may_change_something(&self) -> bool {
        self.creates_something || !(self.harmless || reads(&self.method))
    }
}

/// Whether a request of this HTTP method reads and changes nothing (RFC 9110, section 9.2.1).
#[must_use]
pub fn reads(method: &str) -> bool {
    matches!(method.to_ascii_uppercase().as_str(), "GET" | "HEAD" | "OPTIONS")
}

/// One entry of a query.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct QueryField {
    /// Its name.
    pub key: String,
    /// Its value; one to be replaced by the user's where it is personal.
    pub value: String,
}

/// A body of a sample.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct SampleBody {
    /// Its media type.
    pub content_type: String,
    /// The body itself.
    pub text: String,
}

/// Where an answer tells the last four characters of a key.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct LastFour {
    /// Where, as a JSON pointer.
    pub pointer: String,
    /// Of which field.
    pub field: FieldName,
    /// Whether the provider's main documentation says so.
    #[serde(default = "super::answer::verified")]
    pub verified: bool,
}

/// How a credential is tested.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub enum TestCall {
    /// There is no request that would do no harm.
    None {
        /// Why.
        reason: String,
    },
    /// Buying a token is the test.
    Exchange {
        /// Why no request is sent.
        reason: String,
    },
    /// This sample is.
    Sample {
        /// The sample's name.
        sample: String,
    },
}
