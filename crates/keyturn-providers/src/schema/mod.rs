//! What a profile says: the types that a `*.toml` profile is read into.
//!
//! A value of these types that came out of [`crate::check()`] or [`crate::Catalogue`] is consistent:
//! names are unique, and every name that one part uses of another exists. Unknown keys are refused
//! everywhere, so that a typing error cannot switch a protection off in silence.
//!
//! Where to look next: one file for each part, named like the part.

pub mod answer;
pub mod environment;
pub mod exchange;
pub mod field;
#[cfg(feature = "schema")]
pub mod json;
mod limit;
pub mod method;
mod page;
pub mod recipe;
pub mod rotation;
pub mod sample;
mod sent;
mod span;
pub mod template;

use keyturn_core::{Credential, EnvironmentName, FieldName, FieldValue, ProviderId};
use keyturn_request::path::{alike, lies_below};
use serde::{Deserialize, Serialize};

pub use limit::{Limit, LimitScope};
pub use page::{
    Automatic, ChecklistItem, Documentation, IpAllowList, NeverCalled, NeverUnasked, Notice,
};
pub use span::Span;

use answer::Answer;
use environment::Environment;
use exchange::Exchange;
use field::{Field, FieldKind};
use method::{AuthMethod, Means, Method};
use recipe::{Carried, Recipe};
use rotation::{Reveal, Rotation};
use sample::{Sample, TestCall, reads};

/// Everything that Keyturn knows about one provider.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Profile {
    /// The version of this schema; 1.
    pub schema: u32,
    /// The provider's identifier.
    pub id: ProviderId,
    /// Its name as it writes it.
    pub name: String,
    /// What it is and how one authenticates there, in a sentence or two.
    pub summary: String,
    /// The pages that this profile was made from.
    #[serde(default)]
    pub documentation: Vec<Documentation>,
    /// What a user should know and no other part says.
    #[serde(default)]
    pub notices: Vec<Notice>,
    /// Where its API is; the first is the usual one.
    pub environments: Vec<Environment>,
    /// What a credential consists of, in the order of the form.
    pub fields: Vec<Field>,
    /// The ways to authenticate, the preferred one first.
    pub methods: Vec<AuthMethod>,
    /// The open field in which a user names the method to be used; without one, or where it is
    /// empty, the first method whose fields are set is used.
    pub method_field: Option<FieldName>,
    /// The requests that buy an access token.
    #[serde(default)]
    pub exchanges: Vec<Exchange>,
    /// The ways a request shows who sends it.
    pub recipes: Vec<Recipe>,
    /// The environment variable that programs read the access token from.
    pub token_env_var: Option<String>,
    /// What is said when a snippet would run in a browser or mobile application.
    pub client_side_warning: String,
    /// What the provider's answers mean; the first that matches counts.
    #[serde(default)]
    pub answers: Vec<Answer>,
    /// How many requests the provider takes.
    #[serde(default)]
    pub limits: Vec<Limit>,
    /// Paths that are never called, whatever the recipe.
    #[serde(default)]
    pub never_called: Vec<NeverCalled>,
    /// Paths that nothing is sent to but for somebody who asks for it, also where its method reads.
    #[serde(default)]
    pub never_unasked: Vec<NeverUnasked>,
    /// How a long-lived secret is replaced.
    pub rotation: Rotation,
    /// How often the provider shows a secret.
    pub reveal: Reveal,
    /// What to do before production.
    #[serde(default)]
    pub checklist: Vec<ChecklistItem>,
    /// The list of addresses that may call, where the provider keeps one.
    pub ip_allow_list: Option<IpAllowList>,
    /// Requests to begin with.
    #[serde(default)]
    pub samples: Vec<Sample>,
    /// The request that tests a credential without doing anything.
    pub test_call: TestCall,
}

impl Profile {
    /// The environment of that name.
    #[must_use]
    pub fn environment(&self, name: &EnvironmentName) -> Option<&Environment> {
        self.environments.iter().find(|environment| environment.name == *name)
    }

    /// The field of that name.
    #[must_use]
    pub fn field(&self, name: &FieldName) -> Option<&Field> {
        self.fields.iter().find(|field| field.name == *name)
    }

    /// The open value of a credential's field, or what the field counts as where it is empty.
    #[must_use]
    pub fn open_value(&self, credential: &Credential, name: &FieldName) -> Option<String> {
        let given = credential.open_value(name).filter(|value| !value.is_empty());
        given.map(str::to_owned).or_else(|| self.field(name)?.default.clone())
    }

    /// Whether a field says how tokens are revoked, and nothing else.
    #[must_use]
    pub fn only_revokes(&self, name: &FieldName) -> bool {
        let within = |text: &str| template::fields(text).is_some_and(|all| all.contains(name));
        let mut revocations =
            self.exchanges.iter().filter_map(|exchange| exchange.revocation.as_ref());
        revocations.any(|revocation| within(&revocation.path))
            && !self
                .exchanges
                .iter()
                .any(|exchange| within(&exchange.path) || exchange.sent_fields().contains(&name))
            && !self.environments.iter().any(|environment| {
                within(&environment.base_url)
                    || environment.token_origin.as_deref().is_some_and(within)
            })
    }

    /// The recipe of that name.
    #[must_use]
    pub fn recipe(&self, name: &str) -> Option<&Recipe> {
        self.recipes.iter().find(|recipe| recipe.name == name)
    }

    /// The exchange of that name.
    #[must_use]
    pub fn exchange(&self, name: &str) -> Option<&Exchange> {
        self.exchanges.iter().find(|exchange| exchange.name == name)
    }

    /// The exchanges at a path, once the credential's open fields are filled in.
    pub fn exchanges_at(
        &self,
        path: &str,
        open: &dyn Fn(&FieldName) -> Option<String>,
    ) -> impl Iterator<Item = &Exchange> {
        self.exchanges
            .iter()
            .filter(move |exchange| exchange.filled(open).is_ok_and(|filled| filled.path == path))
    }

    /// The sample request of that name.
    #[must_use]
    pub fn sample(&self, id: &str) -> Option<&Sample> {
        self.samples.iter().find(|sample| sample.id == id)
    }

    /// The sample request that this is, where it is one.
    #[must_use]
    pub fn sample_at(&self, method: &str, path: &str) -> Option<&Sample> {
        let is_it =
            |sample: &&Sample| sample.path == path && sample.method.eq_ignore_ascii_case(method);
        self.samples.iter().find(is_it)
    }

    /// Whether a request is, to some server, a sample that creates something.
    #[must_use]
    pub fn creates_by(&self, method: &str, path: &str) -> bool {
        self.samples_like(method, path).any(|sample| sample.creates_something)
    }

    /// Why a request is sent to nobody who did not ask for it, however harmless its method is: to some server it
    /// is a sample with personal data, which may be billed, too, or the profile holds its path back. The profile's
    /// own test call is sent, which it vouches for.
    #[must_use]
    pub fn held_back(&self, method: &str, path: &str) -> Option<&str> {
        let tests = match &self.test_call {
            TestCall::Sample { sample } => Some(sample),
            TestCall::None { .. } | TestCall::Exchange { .. } => None,
        };
        let is_personal = |sample: &Sample| sample.personal_data && tests != Some(&sample.id);
        if self.samples_like(method, path).any(is_personal) {
            return Some("it sends personal data, or may be billed");
        }
        if self.sample_at(method, path).is_some_and(|sample| !sample.may_change_something()) {
            return None;
        }
        let mut held = self.never_unasked.iter();
        held.find(|held| lies_below(&held.path, path)).map(|held| held.reason.as_str())
    }

    /// The samples that a server may take a request for, however its path is written.
    fn samples_like(&self, method: &str, path: &str) -> impl Iterator<Item = &Sample> {
        self.samples.iter().filter(move |sample| {
            let same = sample.method.eq_ignore_ascii_case(method)
                || (reads(&sample.method) && reads(method));
            same && alike(&sample.path, path)
        })
    }

    /// The way of authenticating that this credential uses: the one the user chose, or the first
    /// whose fields are all stored, or else the preferred one.
    ///
    /// # Panics
    /// Never with a checked profile: it has at least one method, and what methods name exists.
    #[must_use]
    pub fn auth_method(&self, credential: &Credential) -> &AuthMethod {
        let chosen = self.method_field.as_ref().and_then(|field| credential.open_value(field));
        self.methods
            .iter()
            .find(|method| chosen.is_some_and(|chosen| method.name == chosen))
            .or_else(|| self.usable_methods(credential).next())
            .or_else(|| self.methods.first())
            .expect("a checked profile has a method")
    }

    /// The ways of authenticating whose fields are all stored.
    pub fn usable_methods(&self, credential: &Credential) -> impl Iterator<Item = &AuthMethod> {
        let stored = |field: &FieldName| {
            credential.field(field).is_some_and(|field| match &field.value {
                FieldValue::Open(value) => !value.is_empty(),
                FieldValue::Secret { .. } => true,
                FieldValue::Missing { .. } => false,
            })
        };
        self.methods.iter().filter(move |method| self.fields_of(method).into_iter().all(stored))
    }

    /// What [`Profile::auth_method`] comes down to: an exchange, or a key that is sent itself.
    ///
    /// # Panics
    /// Never with a checked profile.
    #[must_use]
    pub fn method_for(&self, credential: &Credential) -> Method<'_> {
        self.means_of(self.auth_method(credential))
    }

    /// The recipe that a request of this credential uses unless another one is named.
    ///
    /// # Panics
    /// Never with a checked profile.
    #[must_use]
    pub fn default_recipe(&self, credential: &Credential) -> &Recipe {
        let method = self.auth_method(credential);
        self.recipe(&method.recipe).expect("a checked profile's methods name recipes of it")
    }

    /// What `copy PROVIDER/NAME` copies: the token where there is one, else the key.
    #[must_use]
    pub fn primary_for(&self, credential: &Credential) -> Carried {
        match self.method_for(credential) {
            Method::Exchange(_) => Carried::Token,
            Method::Key(field) => Carried::Field(field.clone()),
        }
    }

    /// Why a path is never called, if it is one of those.
    #[must_use]
    pub fn never_calls(&self, path: &str) -> Option<&NeverCalled> {
        let is_below = |prefix: &str| recipe::below(prefix, path) || lies_below(prefix, path);
        self.never_called.iter().find(|never| is_below(&never.path))
    }

    /// The fields that are missing before a credential can be used in these environments: those
    /// without which nothing works, those that the environments' addresses are made of, and, where
    /// no method has all of its fields, those of the preferred one.
    #[must_use]
    pub fn missing_fields(
        &self,
        is_set: &dyn Fn(&FieldName) -> bool,
        environments: &[EnvironmentName],
    ) -> Vec<FieldName> {
        let needed_here = |field: &&Field| {
            field.required || environments.iter().any(|name| field.for_environments.contains(name))
        };
        let needed = self.fields.iter().filter(needed_here).map(|field| &field.name);
        let mut missing: Vec<FieldName> = needed.filter(|name| !is_set(name)).cloned().collect();
        let complete = |method: &AuthMethod| self.fields_of(method).into_iter().all(is_set);
        if let (false, Some(first)) = (self.methods.iter().any(complete), self.methods.first()) {
            for field in self.fields_of(first) {
                if !is_set(field) && !missing.contains(field) {
                    missing.push(field.clone());
                }
            }
        }
        missing
    }

    /// What a method comes down to.
    ///
    /// # Panics
    /// Never with a checked profile.
    #[must_use]
    pub fn means_of<'profile>(&'profile self, method: &'profile AuthMethod) -> Method<'profile> {
        match &method.means {
            Means::Key { key } => Method::Key(key),
            Means::Exchange { exchange } => Method::Exchange(
                self.exchange(exchange).expect("a checked profile's methods name exchanges of it"),
            ),
        }
    }

    /// The fields that a method cannot do without.
    #[must_use]
    pub fn fields_of<'profile>(
        &'profile self,
        method: &'profile AuthMethod,
    ) -> Vec<&'profile FieldName> {
        let mut fields = match &method.means {
            Means::Key { key } => vec![key],
            Means::Exchange { exchange } => {
                self.exchange(exchange).map(Exchange::needed_fields).unwrap_or_default()
            }
        };
        // A user name belongs to its password.
        let headers = self.recipe(&method.recipe).into_iter().flat_map(|recipe| &recipe.headers);
        let names = headers.filter_map(|header| template::fields(header.basic_user.as_ref()?));
        let users = names.flatten().filter_map(|name| self.field(&name));
        fields.extend(users.filter(|field| field.default.is_none()).map(|field| &field.name));
        fields
    }

    /// The fields whose values are secrets.
    pub fn secret_fields(&self) -> impl Iterator<Item = &Field> {
        self.fields.iter().filter(|field| field.kind != FieldKind::Open)
    }

    /// Whether any of its methods buys access tokens.
    #[must_use]
    pub fn has_tokens(&self) -> bool {
        !self.exchanges.is_empty()
    }
}
