//! The ways to authenticate that a provider offers.

use keyturn_core::FieldName;
use serde::{Deserialize, Serialize};

use super::exchange::Exchange;

/// One way to authenticate.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(try_from = "Written")]
pub struct AuthMethod {
    /// Its name.
    pub name: String,
    /// What the form calls it.
    pub label: String,
    /// When to take it.
    pub advice: Option<String>,
    /// Whether the provider recommends it.
    pub recommended: bool,
    /// Whether a key is sent, or a token that is bought with it.
    #[serde(flatten)]
    pub means: Means,
    /// The recipe that its requests use unless another one is named.
    pub recipe: String,
}

/// What a method sends.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(untagged)]
pub enum Means {
    /// The long-lived key in this field.
    Key {
        /// The field.
        key: FieldName,
    },
    /// The token that this exchange buys.
    Exchange {
        /// The exchange's name.
        exchange: String,
    },
}

/// The way of authenticating that a credential uses.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Method<'profile> {
    /// A token is bought first.
    Exchange(&'profile Exchange),
    /// The key in this field is what is sent.
    Key(&'profile FieldName),
}

/// A method as it stands in the file: flattened enums cannot refuse unknown keys, this can.
#[derive(Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
struct Written {
    name: String,
    label: String,
    advice: Option<String>,
    #[serde(default)]
    recommended: bool,
    key: Option<FieldName>,
    exchange: Option<String>,
    recipe: String,
}

impl TryFrom<Written> for AuthMethod {
    type Error = &'static str;

    fn try_from(written: Written) -> Result<Self, &'static str> {
        let means = match (written.key, written.exchange) {
            (Some(key), None) => Means::Key { key },
            (None, Some(exchange)) => Means::Exchange { exchange },
            _ => return Err("a method has either `key` or `exchange`"),
        };
        let Written { name, label, advice, recommended, recipe, .. } = written;
        Ok(Self { name, label, advice, recommended, means, recipe })
    }
}
