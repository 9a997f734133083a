//! Stored fields: raw, as environment variables, or as JSON.

use keyturn_core::{
    Credential, FieldName, FieldValue, Secret, SecretFields, SecretFormat, SecretString,
};
use keyturn_providers::Profile;
use keyturn_request::code::word;
use zeroize::Zeroizing;

use super::quote;

/// One field with its value, and the environment variable it goes by.
pub(crate) struct NamedField {
    pub(crate) name: FieldName,
    pub(crate) variable: String,
    pub(crate) value: SecretString,
}

/// The fields of a credential that have a value, open ones included, in the order of the profile.
pub(crate) fn named_fields(
    profile: &Profile,
    credential: &Credential,
    secrets: &SecretFields,
) -> Vec<NamedField> {
    let value_of = |name: &FieldName| match &credential.field(name)?.value {
        FieldValue::Open(value) => Some(Secret::new(value.clone())),
        FieldValue::Secret { .. } => secrets.get(name).map(Secret::duplicate),
        FieldValue::Missing { .. } => None,
    };
    let fields = credential.fields.iter().filter_map(|field| {
        let value = value_of(&field.name)?;
        let variable = variable_of(profile, &field.name);
        Some(NamedField { name: field.name.clone(), variable, value })
    });
    fields.collect()
}

pub(crate) fn variable_of(profile: &Profile, field: &FieldName) -> String {
    let named = profile.field(field).and_then(|field| field.env_var.clone());
    named.unwrap_or_else(|| super::code::shouted(&format!("{}_{field}", profile.id)))
}

/// Renders fields; the raw form takes the first alone.
pub(crate) fn render_fields(fields: &[NamedField], format: SecretFormat) -> SecretString {
    if format == SecretFormat::Json {
        return json(fields);
    }
    let mut text = Zeroizing::new(String::new());
    for field in fields {
        let value = field.value.expose();
        let line = Zeroizing::new(match format {
            SecretFormat::Env => format!("export {}={}", field.variable, &*word(value)),
            SecretFormat::Dotenv => format!("{}={}", field.variable, &*quote::dotenv(value)),
            SecretFormat::Powershell => {
                format!("$env:{} = {}", field.variable, &*quote::powershell(value))
            }
            SecretFormat::Raw | SecretFormat::Json => return field.value.duplicate(),
        });
        if !text.is_empty() {
            text.push('\n');
        }
        text.push_str(&line);
    }
    Secret::new(std::mem::take(&mut *text))
}

fn json(fields: &[NamedField]) -> SecretString {
    let object: std::collections::BTreeMap<&str, &str> =
        fields.iter().map(|field| (field.name.as_str(), field.value.expose().as_str())).collect();
    Secret::new(serde_json::to_string(&object).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pair() -> Vec<NamedField> {
        let field = |name: &str, variable: &str, value: &str| NamedField {
            name: name.parse().unwrap(),
            variable: variable.to_owned(),
            value: Secret::new(value.to_owned()),
        };
        vec![
            field("client_id", "DEEPVUE_CLIENT_ID", "id-1"),
            field("client_secret", "DEEPVUE_CLIENT_SECRET", "it's"),
        ]
    }

    #[test]
    fn dv11_a_pair_is_rendered_for_shell_dotenv_and_powershell() {
        let rendered = |format| render_fields(&pair(), format).expose().clone();
        assert_eq!(
            rendered(SecretFormat::Env),
            "export DEEPVUE_CLIENT_ID='id-1'\nexport DEEPVUE_CLIENT_SECRET='it'\\''s'"
        );
        assert_eq!(
            rendered(SecretFormat::Dotenv),
            "DEEPVUE_CLIENT_ID=\"id-1\"\nDEEPVUE_CLIENT_SECRET=\"it's\""
        );
        assert_eq!(
            rendered(SecretFormat::Powershell),
            "$env:DEEPVUE_CLIENT_ID = 'id-1'\n$env:DEEPVUE_CLIENT_SECRET = 'it''s'"
        );
        assert_eq!(rendered(SecretFormat::Json), r#"{"client_id":"id-1","client_secret":"it's"}"#);
    }
}
