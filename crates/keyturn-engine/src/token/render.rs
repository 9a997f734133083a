//! A token in the forms that programs and people take it in.

use std::sync::Arc;

use keyturn_core::{
    Credential, EnvironmentName, Expiry, ExpirySource, FieldName, SecretString, TokenFormat,
};
use keyturn_providers::{Carried, Method, Profile, Recipe};
use keyturn_vault::Batch;

use super::{LiveToken, TokenRequest};
use crate::bound::Bound;
use crate::snippet::{CodeParts, TokenParts, render_token};
use crate::{Engine, EngineError};

/// A token to be handed out in a form.
#[derive(Debug, Clone)]
pub struct RenderToken {
    /// Which token.
    pub token: TokenRequest,
    /// The form.
    pub format: TokenFormat,
    /// Whether the recipe's other secrets come along.
    pub with_key: bool,
}

/// A token in a form.
#[derive(Debug)]
pub struct RenderedToken {
    /// The text.
    pub text: SecretString,
    /// The environment that the token is for.
    pub environment: EnvironmentName,
    /// When the token ends.
    pub expiry: Expiry,
    /// Whether it had been there before.
    pub reused: bool,
    /// Whether a long-lived secret is in it.
    pub long_lived: bool,
    /// What the user should know about the form.
    pub warnings: Vec<String>,
}

impl Engine {
    /// Hands out the live token in a form.
    pub async fn render_token(
        self: &Arc<Self>,
        request: &RenderToken,
        caller: &str,
    ) -> Result<RenderedToken, EngineError> {
        let token = self.token(&request.token, caller).await?;
        let now = self.now();
        self.write(|vault| {
            let wanted = &request.token;
            let bound = self.bound(vault, &wanted.reference, wanted.environment.as_ref())?;
            let Bound { credential, profile, endpoint, .. } = bound;
            let key_field = match profile.method_for(credential) {
                Method::Key(field) => Some(field),
                Method::Exchange(_) => None,
            };
            let recipe = recipe_for(profile, credential, request.with_key);
            let recipe = recipe.filled(&|name| profile.open_value(credential, name))?;
            if request.format == TokenFormat::Header && recipe.headers.is_empty() {
                return Err(EngineError::NoHeader { provider: profile.id.clone() });
            }
            let mut other_headers = Vec::new();
            if request.with_key {
                let secrets = vault.secrets(credential.id)?;
                for header in &recipe.headers {
                    if let Carried::Field(field) = &header.carries
                        && Some(field) != key_field
                        && let Some(secret) = secrets.get(field)
                    {
                        other_headers.push((header.name.clone(), secret.duplicate()));
                    }
                }
            }
            let base_url = endpoint.base().as_str();
            let parts = TokenParts {
                code: CodeParts { profile, recipe: &recipe, key_field, base_url },
                token: &token,
                other_headers,
                now,
            };
            let (text, mut warnings) = render_token(&parts, request.format);
            // A key has no times that a wrong clock could spoil.
            if key_field.is_none() {
                warnings.extend(self.skew_warning(&credential.provider, bound.environment));
            }
            warnings.extend(token.warnings.iter().cloned());
            if let Some(left) = token.expiry.at.map(|end| end - now)
                && token.expiry.source != ExpirySource::Learned
                && left < request.token.min_ttl
            {
                let left = keyturn_core::duration::human(left);
                warnings.push(format!("the provider's newest token lives only {left}"));
            }
            let environment = bound.environment.clone();
            // A long-lived secret leaves only after it was written down that it did.
            let long_lived = request.with_key || key_field.is_some();
            if long_lived {
                let mut batch = Batch::new();
                batch.append_journal(vec![self.entry(caller, "token with key", credential)]);
                self.commit(vault, batch)?;
            }
            let LiveToken { expiry, reused, .. } = token;
            Ok(RenderedToken { text, environment, expiry, reused, long_lived, warnings })
        })
    }
}

/// The secret fields that stand in the text of a token. The code forms read the environment and hold none.
pub(crate) fn fields_in_text<'profile>(
    profile: &'profile Profile,
    credential: &Credential,
    request: &RenderToken,
) -> Vec<&'profile FieldName> {
    if matches!(request.format, TokenFormat::Python | TokenFormat::Javascript | TokenFormat::Httpie)
    {
        return Vec::new();
    }
    let sent = match profile.method_for(credential) {
        Method::Key(field) => Some(field),
        Method::Exchange(_) => None,
    };
    let recipe = recipe_for(profile, credential, request.with_key);
    let beside = recipe.fields().filter(|_| request.with_key);
    sent.into_iter().chain(beside).collect()
}

/// The recipe whose headers are shown: the credential's own or, with the key, the first that sends
/// the token and something long-lived.
fn recipe_for<'profile>(
    profile: &'profile Profile,
    credential: &Credential,
    with_key: bool,
) -> &'profile Recipe {
    let with_both = |recipe: &&Recipe| recipe.needs_token() && recipe.fields().next().is_some();
    profile
        .recipes
        .iter()
        .find(|recipe| with_key && with_both(recipe))
        .unwrap_or_else(|| profile.default_recipe(credential))
}
