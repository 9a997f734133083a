//! The new key, as it comes in: from standard input, or typed without echo.

use std::collections::BTreeMap;
use std::io::{self, IsTerminal as _};

use keyturn_core::{FieldName, Secret};
use keyturn_protocol::calls::{RotationDetail, ShowCredential};
use keyturn_protocol::{ApiError, Client, SecretOnWire};

use crate::context::Context;
use crate::failure::usage;
use crate::input::fields::Fields;
use crate::input::{ask_line, ask_secret, secret_from_stdin};

/// The new values by field.
pub(super) type Values = BTreeMap<FieldName, SecretOnWire>;

/// Reads the new values: those that were named, or else those that a rotation replaces.
pub(super) fn read(
    context: &Context,
    agent: &mut Client,
    detail: &RotationDetail,
    fields: &Fields,
) -> Result<Values, ApiError> {
    let mut values: Values = fields
        .open
        .iter()
        .map(|(name, value)| (name.clone(), SecretOnWire::new(value.clone())))
        .collect();
    if fields.names_secrets() {
        values.extend(fields.read_secrets(context)?);
        return Ok(values);
    }
    let known = agent.call(ShowCredential { reference: detail.reference.clone() })?;
    let open = |name: &FieldName| {
        known.view.fields.iter().any(|field| field.name == *name && !field.secret)
    };
    let (open, secret): (Vec<_>, Vec<_>) =
        detail.fields.iter().partition(|field| open(&field.name));
    if !io::stdin().is_terminal() {
        let [only] = secret.as_slice() else {
            let names: Vec<&str> = secret.iter().map(|field| field.name.as_str()).collect();
            return Err(usage(
                format!("the new key has several secrets: {}", names.join(", ")),
                "Give them as one JSON object with --secrets-stdin.",
            ));
        };
        let typed = secret_from_stdin()?;
        if typed.is_empty() {
            return Err(usage(
                format!("{} on standard input is empty", only.name),
                "Pipe the new key in, or run this at a terminal to be asked for it.",
            ));
        }
        values.insert(only.name.clone(), SecretOnWire(typed));
        return Ok(values);
    }
    for field in secret {
        let label = format!("New {}", field.label);
        let typed = ask_secret(context, &label, "Give it on standard input.")?;
        values.insert(field.name.clone(), SecretOnWire(typed));
    }
    for field in open.into_iter().filter(|_| context.can_ask()) {
        if values.contains_key(&field.name) {
            continue;
        }
        let typed = ask_line(&format!("New {} (empty: it stays): ", field.label))?;
        if !typed.trim().is_empty() {
            values.insert(field.name.clone(), SecretOnWire(Secret::trimmed(typed)));
        }
    }
    Ok(values)
}

/// The same values once more: a call takes them away.
pub(super) fn duplicate(values: &Values) -> Values {
    let copy = |(name, value): (&FieldName, &SecretOnWire)| {
        (name.clone(), SecretOnWire(value.0.duplicate()))
    };
    values.iter().map(copy).collect()
}
