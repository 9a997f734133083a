//! Whether a stored key works: by the profile's harmless test call, or by buying a token (X8). A test that
//! fails changes nothing of what is stored.

use std::sync::Arc;

use keyturn_core::CredentialRef;
use keyturn_http::ExchangeError;
use keyturn_providers::{Diagnosis, TestCall};

use crate::engine::find;
use crate::last_four::another_key;
use crate::{Engine, EngineError, TestRequest, TokenRequest};

/// What a test of a key found out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeyTest {
    /// Whether the provider took the key; `None` where that is not known.
    pub worked: Option<bool>,
    /// What that means, in words.
    pub words: String,
    /// What else was noticed: e.g. that the provider knows another key (DC5).
    pub warning: Option<String>,
}

impl Engine {
    /// Finds out whether the key in use works. Nothing is sent where nothing harmless is known.
    pub async fn test_stored_key(
        self: &Arc<Self>,
        reference: &CredentialRef,
        caller: &str,
    ) -> Result<KeyTest, EngineError> {
        let call = self.read(|vault| {
            let credential = find(vault, reference)?;
            Ok(self.profile(&credential.provider)?.test_call.clone())
        })?;
        let found = match call {
            TestCall::None { reason } => {
                return Ok(KeyTest {
                    worked: None,
                    words: format!("not tested, since nothing harmless can be sent: {reason}"),
                    warning: None,
                });
            }
            TestCall::Exchange { .. } => self.test_by_exchange(reference, caller).await,
            TestCall::Sample { sample } => self.test_by_sample(reference, sample, caller).await,
        };
        match found {
            Ok(test) => Ok(test),
            Err(error) if concerns_vault(&error) => Err(error),
            Err(error) => Ok(not_tested(&error)),
        }
    }

    async fn test_by_exchange(
        self: &Arc<Self>,
        reference: &CredentialRef,
        caller: &str,
    ) -> Result<KeyTest, EngineError> {
        let wanted = TokenRequest { renew: true, ..TokenRequest::usable(reference.clone(), None) };
        drop(self.token(&wanted, caller).await?);
        Ok(KeyTest {
            worked: Some(true),
            words: "it works: the provider sold an access token for it".to_owned(),
            warning: None,
        })
    }

    async fn test_by_sample(
        self: &Arc<Self>,
        reference: &CredentialRef,
        sample: String,
        caller: &str,
    ) -> Result<KeyTest, EngineError> {
        let request =
            TestRequest { sample: Some(sample.clone()), ..TestRequest::new(reference.clone()) };
        let sent = self.send(request, caller).await?;
        let Some((answer, diagnosis)) = sent.answer else {
            return Err(EngineError::NoPath);
        };
        let status = answer.status;
        let accepted = (200..=299).contains(&status) && !diagnosis.refused;
        let (worked, words) = if accepted {
            (Some(true), "it works: the provider took it".to_owned())
        } else if diagnosis.credential_refused {
            (Some(false), refused(&diagnosis))
        } else {
            let meaning = &diagnosis.meaning;
            (None, format!("the provider answered {status}, which does not tell: {meaning}"))
        };
        let warning = self.read(|vault| {
            let credential = find(vault, reference)?;
            let profile = self.profile(&credential.provider)?;
            let sample = profile.sample(&sample);
            Ok(sample.and_then(|sample| another_key(sample, credential, &answer)))
        })?;
        Ok(KeyTest { worked, words: words.trim().to_owned(), warning })
    }
}

/// Whether an error says that there is nothing to be tested.
fn concerns_vault(error: &EngineError) -> bool {
    matches!(
        error,
        EngineError::VaultAbsent
            | EngineError::VaultLocked
            | EngineError::NoCredential { .. }
            | EngineError::NoProvider { .. }
            | EngineError::Save(_)
            | EngineError::Read(_)
    )
}

fn refused(diagnosis: &Diagnosis) -> String {
    let Diagnosis { meaning, action, .. } = diagnosis;
    format!("the provider refused it: {meaning} {action}").trim().to_owned()
}

fn not_tested(error: &EngineError) -> KeyTest {
    let error = match error {
        EngineError::Shared(shared) => shared,
        other => other,
    };
    let words = match error {
        EngineError::Exchange(ExchangeError::Refused { diagnosis, .. })
            if diagnosis.credential_refused =>
        {
            return KeyTest { worked: Some(false), words: refused(diagnosis), warning: None };
        }
        other => format!("not tested: {other}"),
    };
    KeyTest { worked: None, words, warning: None }
}
