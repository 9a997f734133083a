//! The flags that give a credential its fields, shared by `add` and `edit`.

use std::collections::BTreeMap;
use std::io::{self, IsTerminal};

use clap::Args;
use keyturn_core::FieldName;
use keyturn_protocol::{ApiError, SecretOnWire, decode};

use crate::context::Context;
use crate::failure::usage;
use crate::input::{ask_secret, passphrase, secret_from_stdin};
use crate::parse;

/// The fields of a credential.
#[derive(Debug, Args)]
pub(crate) struct FieldFlags {
    /// Set an open field, e.g. a client id; repeat for more
    #[arg(long = "field", value_name = "K=V")]
    fields: Vec<String>,

    /// Ask for a secret field without echo, or read it from stdin if it is the only one
    #[arg(long = "secret", value_name = "K", conflicts_with = "secrets_stdin")]
    secrets: Vec<String>,

    /// Read the secret fields from stdin, as one JSON object of names and values
    #[arg(long)]
    secrets_stdin: bool,
}

/// The fields that were named, before any secret was read.
#[derive(Debug)]
pub(crate) struct Fields {
    /// The open fields.
    pub(crate) open: BTreeMap<FieldName, String>,
    secrets: Vec<FieldName>,
    secrets_stdin: bool,
}

impl FieldFlags {
    /// Whether any field was named.
    pub(crate) const fn is_given(&self) -> bool {
        self.secrets_stdin || !self.secrets.is_empty() || !self.fields.is_empty()
    }

    /// Reads the words; asks nothing yet.
    pub(crate) fn parse(&self) -> Result<Fields, ApiError> {
        Ok(Fields {
            open: parse::open_fields(&self.fields)?,
            secrets: parse::field_names("--secret", &self.secrets)?,
            secrets_stdin: self.secrets_stdin,
        })
    }
}

impl Fields {
    /// None at all.
    pub(crate) const fn none() -> Self {
        Self { open: BTreeMap::new(), secrets: Vec::new(), secrets_stdin: false }
    }

    /// Whether the secrets are named, or come all together.
    pub(crate) const fn names_secrets(&self) -> bool {
        self.secrets_stdin || !self.secrets.is_empty()
    }

    /// Reads or asks for the secret fields.
    pub(crate) fn read_secrets(
        &self,
        context: &Context,
    ) -> Result<BTreeMap<FieldName, SecretOnWire>, ApiError> {
        if self.secrets_stdin {
            return from_json(passphrase::from_stdin("the JSON object of fields")?.expose());
        }
        if let [only] = self.secrets.as_slice()
            && !io::stdin().is_terminal()
        {
            let secret = secret_from_stdin()?;
            if secret.is_empty() {
                return Err(usage(
                    format!("{only} on standard input is empty"),
                    format!("Pipe it in, or run this at a terminal to be asked for {only}."),
                ));
            }
            return Ok(BTreeMap::from([(only.clone(), SecretOnWire(secret))]));
        }
        let mut secrets = BTreeMap::new();
        for name in &self.secrets {
            let instead = "Give all of them on standard input with --secrets-stdin.";
            let typed = ask_secret(context, name.as_str(), instead)?;
            secrets.insert(name.clone(), SecretOnWire(typed));
        }
        Ok(secrets)
    }
}

/// Reads a JSON object; what is wrong with it is not told, since the words would quote it.
fn from_json(text: &str) -> Result<BTreeMap<FieldName, SecretOnWire>, ApiError> {
    decode(text.as_bytes()).ok_or_else(|| {
        usage(
            "standard input holds no JSON object of field names and texts",
            "Write it like {\"client_secret\": \"…\"}; `keyturn provider show ID` lists the fields.",
        )
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn secrets_come_as_one_json_object() {
        let fields = from_json(r#"{"client_secret":"a","api_key":"b"}"#).unwrap();
        assert_eq!(fields.len(), 2);
    }

    #[test]
    fn broken_json_is_refused_without_quoting_it() {
        for text in
            ["{\"k\":\"canary\"", "[\"canary\"]", "{\"k\":[\"canary\"]}", "{\"token\":\"canary\"}"]
        {
            let error = from_json(text).unwrap_err();
            assert!(!format!("{error:?}").contains("canary"), "{error:?}");
        }
    }
}
