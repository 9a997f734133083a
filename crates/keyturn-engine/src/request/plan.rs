//! What is sent, where to and with which recipe: settled before the network is asked.

use keyturn_core::{Credential, EnvironmentName, SecretFields};
use keyturn_http::{Endpoint, UserRequest, checked_method, checked_path};
use keyturn_providers::{Method, Profile, Recipe, Sample, reads};
use keyturn_request::Check;
use keyturn_vault::SaveError;

use super::{Body, KeepExchange, TestRequest};
use crate::bound::{Bound, with_refresh_token};
use crate::fields::check_text;
use crate::limit::{Claim, Sending};
use crate::token::FlightKey;
use crate::{Engine, EngineError, TokenRequest};

/// A request whose parts are all settled. It holds no secret, so that it may wait.
pub(super) struct Plan {
    pub(super) profile: Profile,
    pub(super) recipe: Recipe,
    pub(super) endpoint: Endpoint,
    pub(super) buys_tokens: bool,
    /// Whether it creates or changes something, and so is never sent again by itself.
    pub(super) creates: bool,
    pub(super) credential: Credential,
    pub(super) environment: EnvironmentName,
    pub(super) request: UserRequest,
    /// What the journal may keep of the path: the rest may be personal data.
    pub(super) path_template: String,
    pub(super) token: TokenRequest,
    /// The limits that count for it.
    pub(super) claims: Vec<Claim>,
    /// The choice to keep the exchange.
    pub(super) keep: Option<KeepExchange>,
    /// What its answer is checked for.
    pub(super) checks: Vec<Check>,
    /// The name under which it is saved.
    pub(super) saved: Option<String>,
}

impl Engine {
    /// Settles what is sent, where to and with which recipe; refuses what needs a yes first.
    pub(super) fn plan(&self, request: TestRequest) -> Result<Plan, EngineError> {
        let note = request.keep.as_ref().and_then(|keep| keep.note.as_ref());
        check_text("note", note)?;
        self.read(|vault| {
            // An older file may bind a secret to where the user has since unbound it from.
            if vault.is_quarantined() && !request.dry_run {
                return Err(SaveError::Quarantined.into());
            }
            let bound = self.bound(vault, &request.reference, request.environment.as_ref())?;
            let Bound { credential, profile, environment, endpoint } = bound;
            let sample = match &request.sample {
                Some(id) => Some(sample(profile, id)?),
                None => None,
            };
            let method = request
                .method
                .or_else(|| sample.map(|sample| sample.method.clone()))
                .unwrap_or_else(|| "GET".to_owned());
            // A yes is asked for what can be sent with it.
            let method = checked_method(&method)?;
            let path = request
                .path
                .or_else(|| sample.map(|sample| sample.path.clone()))
                .ok_or(EngineError::NoPath)?;
            // Everything goes by the path that the server sees, however it was typed.
            let path = checked_path(&endpoint, &path)?;
            // A sample that the user typed out is that sample: it needs the same recipe and yes.
            let sample = sample.or_else(|| profile.sample_at(&method, &path));
            let creates = creates(profile, sample, &method, &path, &request.headers);
            if !request.dry_run {
                self.know_exchanges(vault, credential.id);
            }
            if creates && !request.confirmed && !request.dry_run {
                return Err(EngineError::CreatesSomething { provider: profile.id.clone() });
            }
            let named = request.sample.is_some();
            let mut query = request.query;
            let mut body = request.body;
            if let (Some(sample), true) = (sample, named) {
                for entry in &sample.query {
                    if !query.iter().any(|(key, _)| *key == entry.key) {
                        query.push((entry.key.clone(), entry.value.clone()));
                    }
                }
                body = body.or_else(|| {
                    sample.body.as_ref().map(|body| Body::Bytes {
                        content_type: body.content_type.clone(),
                        bytes: body.text.clone().into_bytes(),
                    })
                });
            }
            let recipe = match request.recipe.as_deref() {
                Some(name) => recipe(profile, name)?,
                None => sample
                    .and_then(|sample| profile.recipe(sample.recipe.as_deref()?))
                    .unwrap_or_else(|| usual_recipe(profile, credential, &path)),
            };
            let recipe = recipe.filled(&|name| profile.open_value(credential, name))?;
            let path_template = match sample {
                Some(sample) => sample.path.clone(),
                None => template(&recipe, &path),
            };
            let sending = Sending { path: &path, buys_a_token: false };
            Ok(Plan {
                keep: request.keep,
                checks: request.checks,
                saved: request.saved,
                path_template,
                claims: self.claims(profile, credential, environment, sending),
                creates,
                environment: environment.clone(),
                profile: profile.clone(),
                recipe,
                endpoint,
                buys_tokens: matches!(profile.method_for(credential), Method::Exchange(_)),
                credential: credential.clone(),
                request: UserRequest {
                    method,
                    path,
                    query,
                    headers: request.headers,
                    body: body.unwrap_or_default(),
                },
                token: TokenRequest {
                    no_wait: request.no_wait,
                    ..TokenRequest::usable(request.reference, Some(environment.clone()))
                },
            })
        })
    }

    /// Why nobody but who asks for a request sends it, by what its profile says.
    pub(crate) fn held_back(&self, request: &TestRequest) -> Result<Option<String>, EngineError> {
        self.read(|vault| {
            let bound = self.bound(vault, &request.reference, request.environment.as_ref())?;
            let Bound { profile, endpoint, .. } = bound;
            let sample = request.sample.as_deref().map(|id| sample(profile, id)).transpose()?;
            let method = request.method.as_deref().or(sample.map(|sample| &*sample.method));
            let path = request.path.as_deref().or(sample.map(|sample| &*sample.path));
            let path = checked_path(&endpoint, path.ok_or(EngineError::NoPath)?)?;
            Ok(profile.held_back(method.unwrap_or("GET"), &path).map(str::to_owned))
        })
    }

    /// The secrets that a plan is sent with, and the refresh token that they bought; refused where the
    /// credential has changed since.
    pub(super) fn secrets_of(&self, plan: &Plan) -> Result<SecretFields, EngineError> {
        let id = plan.credential.id;
        self.read(|vault| {
            if !FlightKey::of(&plan.credential, &plan.environment).still_holds(vault) {
                return Err(EngineError::TokenVanished);
            }
            let token = vault.token(id, &plan.environment)?;
            Ok(with_refresh_token(vault.secrets(id)?, token.as_ref()))
        })
    }
}

/// Headers by which a server takes a request for one of another method.
const OTHER_METHOD: [&str; 3] = ["x-http-method-override", "x-http-method", "x-method-override"];

/// Whether a request needs a yes: what is known to be harmless does not, nor does a reading method, unless a
/// header makes another one of it.
pub(crate) fn creates(
    profile: &Profile,
    sample: Option<&Sample>,
    method: &str,
    path: &str,
    headers: &[(String, String)],
) -> bool {
    let other = |name: &str| OTHER_METHOD.contains(&&*name.to_ascii_lowercase().replace('_', "-"));
    let others = headers.iter().filter(|(name, _)| other(name)).map(|(_, value)| value.trim());
    let others = others.map(|method| (profile.sample_at(method, path), method));
    std::iter::once((sample, method)).chain(others).any(|(sample, method)| {
        let known = sample.filter(|sample| sample.method.eq_ignore_ascii_case(method));
        known.map_or(!reads(method), Sample::may_change_something)
            || sample.is_some_and(|sample| sample.creates_something)
            || profile.creates_by(method, path)
    })
}

pub(crate) fn sample<'profile>(
    profile: &'profile Profile,
    id: &str,
) -> Result<&'profile Sample, EngineError> {
    profile.sample(id).ok_or_else(|| EngineError::NoSample {
        provider: profile.id.clone(),
        sample: id.to_owned(),
        known: profile.samples.iter().map(|sample| sample.id.clone()).collect(),
    })
}

pub(crate) fn recipe<'profile>(
    profile: &'profile Profile,
    name: &str,
) -> Result<&'profile Recipe, EngineError> {
    profile.recipe(name).ok_or_else(|| EngineError::NoRecipe {
        provider: profile.id.clone(),
        recipe: name.to_owned(),
        known: profile.recipes.iter().map(|recipe| recipe.name.clone()).collect(),
    })
}

/// The recipe for a request that names none: the credential's own, unless another one is there for
/// exactly this path, such as the one that has a token issued.
fn usual_recipe<'profile>(
    profile: &'profile Profile,
    credential: &Credential,
    path: &str,
) -> &'profile Recipe {
    let usual = profile.default_recipe(credential);
    let is_for = |recipe: &&Recipe| recipe.paths.iter().any(|known| known == path);
    if is_for(&usual) {
        return usual;
    }
    profile.recipes.iter().find(is_for).unwrap_or(usual)
}

/// The part of a path that the profile names, for the journal.
fn template(recipe: &Recipe, path: &str) -> String {
    let covering = recipe.paths.iter().filter(|prefix| path.starts_with(prefix.as_str()));
    let prefix = covering.max_by_key(|prefix| prefix.len());
    prefix.map_or_else(|| "/…".to_owned(), |prefix| format!("{}/…", prefix.trim_end_matches('/')))
}
