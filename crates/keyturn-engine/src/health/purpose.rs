//! Keys for tests where production is.

use keyturn_core::{Credential, EnvironmentName};
use keyturn_providers::Profile;
use keyturn_vault::Vault;

use super::Found;
use crate::Engine;

/// What says in a name that something is for tests.
const FOR_TESTS: [&str; 14] = [
    "test",
    "tests",
    "testing",
    "sandbox",
    "staging",
    "stage",
    "dev",
    "development",
    "demo",
    "qa",
    "local",
    "trial",
    "mock",
    "ci",
];

impl Engine {
    /// A key whose looks say that it is for tests, at an address that is not, under a name that does
    /// not say so either: at some providers both kinds share one address.
    pub(super) fn key_for_tests(&self, vault: &Vault, credential: &Credential) -> Found {
        let profile = self.profile(&credential.provider).ok()?;
        let tells = profile.fields.iter().any(|field| field.test_pattern.is_some());
        if !tells || says_tests(credential.name.as_str()) {
            return None;
        }
        let mut environments = credential.environments.iter();
        let production = environments.find(|name| is_production(profile, name))?;
        // Each is decrypted here, looked at, and wiped.
        let secrets = vault.secrets(credential.id).ok()?;
        let is_for_tests =
            secrets.iter().find(|(field, value)| profile.is_for_tests(field, value.expose()));
        let (field, _) = is_for_tests?;
        let reference = credential.reference();
        Some((
            format!(
                "The value of {field} is a key for tests, and {production} is no environment for tests."
            ),
            format!(
                "Store the key for production: `keyturn edit {reference} --secret {field}`. If it is meant for tests, say so in its name: `keyturn edit {reference} --rename NAME-test`."
            ),
        ))
    }
}

fn is_production(profile: &Profile, name: &EnvironmentName) -> bool {
    let known = profile.environment(name);
    !known.is_some_and(|known| known.for_tests) && !says_tests(name.as_str())
}

fn says_tests(name: &str) -> bool {
    let name = name.to_lowercase();
    let mut words = name.split(|c: char| !c.is_alphanumeric());
    words.any(|word| FOR_TESTS.contains(&word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_says_tests_by_a_whole_word() {
        for name in ["test", "stripe-test", "sandbox", "Dev_2", "eu.staging"] {
            assert!(says_tests(name), "{name}");
        }
        for name in ["main", "contest", "latest", "device", "production"] {
            assert!(!says_tests(name), "{name}");
        }
    }
}
