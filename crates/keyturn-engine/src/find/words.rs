//! Whether the words that somebody looks for stand in what is known of a credential.

use keyturn_core::Credential;
use keyturn_providers::Profile;

/// The words that were asked for, in lower case.
pub(super) struct Words(Vec<String>);

impl Words {
    pub(super) fn new(text: &str) -> Self {
        Self(text.to_lowercase().split_whitespace().map(str::to_owned).collect())
    }

    /// Whether each word stands somewhere. The hosts cost most and are asked for last.
    pub(super) fn are_in(
        &self,
        credential: &Credential,
        profile: Option<&Profile>,
        hosts: impl FnOnce() -> Vec<String>,
    ) -> bool {
        let mut known = vec![credential.reference().to_string()];
        known.extend(profile.map(|profile| profile.name.clone()));
        known.extend(credential.owner.clone());
        known.extend(credential.note.clone());
        known.extend(credential.environments.iter().map(ToString::to_string));
        known.extend(credential.consumers.iter().map(|consumer| consumer.name.clone()));
        let lacking = absent(&self.0, &known);
        lacking.is_empty() || absent(&lacking, &hosts()).is_empty()
    }
}

fn absent(words: &[String], texts: &[String]) -> Vec<String> {
    let texts: Vec<String> = texts.iter().map(|text| text.to_lowercase()).collect();
    let is_absent = |word: &&String| !texts.iter().any(|text| text.contains(word.as_str()));
    words.iter().filter(is_absent).cloned().collect()
}
