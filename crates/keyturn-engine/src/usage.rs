//! How a credential is used: what its requests carry, how its tokens are bought, and the code for both.
//! Nothing here holds a secret, and nothing is bought for it.

use keyturn_core::{Credential, CredentialRef, FieldName, Target, TargetRef};
use keyturn_providers::{Carried, Exchange, Field, Method, Profile, Recipe};
use keyturn_vault::Vault;

use crate::bound::Bound;
use crate::endpoint::token_endpoint;
use crate::engine::find;
use crate::snippet::{CodeParts, snippets};
use crate::{Engine, EngineError, Snippet};

/// How a credential is used in its preferred environment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Usage {
    /// Where its requests go.
    pub base_url: String,
    /// Whether they go there in clear text.
    pub clear_text: bool,
    /// What they carry.
    pub sent: Vec<SentAs>,
    /// How its tokens are bought, where it has some.
    pub bought: Option<Bought>,
    /// The secrets that buy tokens and do nothing else: no request takes them.
    pub only_buy: Vec<FieldName>,
    /// Whether a request may carry a long-lived secret beside the token.
    pub with_key: bool,
    /// Why none of it belongs into a page or a mobile application.
    pub client_side_warning: String,
    /// The code.
    pub snippets: Vec<Snippet>,
}

/// A header or a query parameter with the credential in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SentAs {
    /// Its name.
    pub name: String,
    /// What stands before the value.
    pub scheme: Option<String>,
    /// The field whose value it is; `None` for the token.
    pub field: Option<FieldName>,
    /// Whether it is a query parameter.
    pub in_query: bool,
}

/// How a token is bought.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bought {
    /// The method.
    pub method: String,
    /// The whole address.
    pub url: String,
    /// Whether it goes there in clear text.
    pub clear_text: bool,
    /// The fields that it is bought with.
    pub fields: Vec<FieldName>,
    /// How long one lives, as documented.
    pub documented_lifetime: Option<String>,
    /// Whether the provider's main documentation says so.
    pub verified: bool,
    /// Whether one can be revoked.
    pub revocable: bool,
}

impl Engine {
    /// Tells how a credential is used.
    pub fn usage(&self, reference: &CredentialRef) -> Result<Usage, EngineError> {
        self.read(|vault| {
            let bound = self.bound(vault, reference, None)?;
            let Bound { credential, profile, ref endpoint, .. } = bound;
            let open = |name: &FieldName| profile.open_value(credential, name);
            let recipe = profile.default_recipe(credential).filled(&open)?;
            let (key_field, bought) = match profile.method_for(credential) {
                Method::Key(field) => (Some(field), None),
                Method::Exchange(exchange) => {
                    (None, Some(bought(vault, profile, &bound, exchange)?))
                }
            };
            let base_url = endpoint.base().as_str();
            let code = CodeParts { profile, recipe: &recipe, key_field, base_url };
            Ok(Usage {
                base_url: base_url.to_owned(),
                clear_text: endpoint.is_clear_text(),
                sent: sent_as(&recipe),
                only_buy: only_buy(profile, credential),
                with_key: bought.is_some() && carries_both(profile),
                bought,
                client_side_warning: profile.client_side_warning.clone(),
                snippets: snippets(&code, reference),
            })
        })
    }

    /// What to know before a stored field is pasted somewhere; nothing where requests carry it.
    pub fn copy_warnings(&self, target: &TargetRef) -> Result<Vec<String>, EngineError> {
        let Target::Field(field) = &target.target else { return Ok(Vec::new()) };
        self.read(|vault| {
            let credential = find(vault, &target.credential)?;
            let profile = self.profile(&credential.provider)?;
            let label = profile.field(field).map_or(field.as_str(), |field| &field.label);
            let warned = only_buy(profile, credential).contains(field).then(|| {
                format!(
                    "The {label} only buys tokens: give programs the token, and this to nobody."
                )
            });
            Ok(warned.into_iter().collect())
        })
    }
}

fn sent_as(recipe: &Recipe) -> Vec<SentAs> {
    let field = |carried: &Carried| match carried {
        Carried::Token => None,
        Carried::Field(name) => Some(name.clone()),
    };
    let headers = recipe.headers.iter().map(|header| SentAs {
        name: header.name.clone(),
        scheme: header
            .scheme
            .clone()
            .or_else(|| header.basic_user.as_ref().map(|_| "Basic".to_owned())),
        field: field(&header.carries),
        in_query: false,
    });
    let query = recipe.query.iter().map(|own| SentAs {
        name: own.name.clone(),
        scheme: None,
        field: field(&own.carries),
        in_query: true,
    });
    headers.chain(query).collect()
}

fn bought(
    vault: &Vault,
    profile: &Profile,
    bound: &Bound<'_>,
    exchange: &Exchange,
) -> Result<Bought, EngineError> {
    let open = |name: &FieldName| profile.open_value(bound.credential, name);
    let endpoint = token_endpoint(vault, profile, bound.credential, bound.environment)?;
    let path = exchange.filled(&open)?.path;
    let base = endpoint.base().as_str().trim_end_matches('/');
    Ok(Bought {
        method: exchange.method.clone(),
        url: format!("{base}{path}"),
        clear_text: endpoint.is_clear_text(),
        fields: exchange.sent_fields().into_iter().cloned().collect(),
        documented_lifetime: exchange.documented_lifetime.as_ref().map(ToString::to_string),
        verified: exchange.verified,
        revocable: exchange.filled_revocation(&open)?.is_some(),
    })
}

/// The secrets of the exchange in use that no other request takes.
fn only_buy(profile: &Profile, credential: &Credential) -> Vec<FieldName> {
    let Method::Exchange(exchange) = profile.method_for(credential) else { return Vec::new() };
    let is_secret = |name: &FieldName| profile.field(name).is_some_and(Field::is_secret);
    // A recipe for the exchange's own path sends the field to buy, too.
    let goes_elsewhere = |recipe: &&Recipe| {
        recipe.paths.is_empty() || recipe.paths.iter().any(|path| *path != exchange.path)
    };
    let is_sent = |name: &FieldName| {
        let mut others = profile.recipes.iter().filter(goes_elsewhere);
        others.any(|recipe| recipe.fields().any(|one| one == name))
    };
    let sent = exchange.sent_fields().into_iter();
    sent.filter(|name| is_secret(name) && !is_sent(name)).cloned().collect()
}

fn carries_both(profile: &Profile) -> bool {
    profile.recipes.iter().any(|recipe| recipe.needs_token() && recipe.fields().next().is_some())
}
