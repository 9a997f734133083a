//! A provider's recipe as a request that code is written for (`keyturn-request`): the code reads the
//! environment, and no form can hold a token or a key, since none is given to it (acceptance X9).

use keyturn_core::{CredentialRef, EnvironmentName, FieldName};
use keyturn_providers::{Carried, Profile, Recipe, RecipeHeader, Sample};
use keyturn_request::code::{Carrier, CodeForm, code};
use keyturn_request::{Filled, Header, Param, Request};

use super::fields::variable_of;

/// What code is made of: everything but the secret.
#[derive(Clone, Copy)]
pub(crate) struct CodeParts<'a> {
    pub(crate) profile: &'a Profile,
    /// The recipe whose headers are shown.
    pub(crate) recipe: &'a Recipe,
    /// The field whose value the token is, where the credential's key itself is sent.
    pub(crate) key_field: Option<&'a FieldName>,
    /// The environment's address.
    pub(crate) base_url: &'a str,
}

/// How a request is authenticated by code.
pub(crate) struct Authentication {
    /// The headers and parameters.
    pub(crate) carriers: Vec<Carrier>,
    /// The variables that they are read from, each with the command that prints its value.
    pub(crate) variables: Vec<(String, String)>,
}

/// A name as environment variables are written.
pub(super) fn shouted(name: &str) -> String {
    let shout = |c: char| {
        if c.is_ascii_alphanumeric() { c.to_ascii_uppercase() } else { '_' }
    };
    name.chars().map(shout).collect()
}

impl CodeParts<'_> {
    /// The environment variable that programs read the token from.
    pub(super) fn variable(&self) -> String {
        let of_key = self.key_field.and_then(|field| self.profile.field(field)?.env_var.clone());
        of_key
            .or_else(|| self.profile.token_env_var.clone())
            .unwrap_or_else(|| shouted(&format!("{}_ACCESS_TOKEN", self.profile.id)))
    }

    /// The headers that carry the token itself.
    pub(super) fn carriers(&self) -> impl Iterator<Item = &RecipeHeader> {
        self.recipe.headers.iter().filter(|header| self.is_token(&header.carries))
    }

    /// The names of the query parameters that carry it, where a provider takes it in no other way.
    pub(super) fn parameters(&self) -> impl Iterator<Item = &str> {
        let all = self.recipe.query.iter();
        all.filter(|own| self.is_token(&own.carries)).map(|own| own.name.as_str())
    }

    pub(super) fn is_token(&self, carried: &Carried) -> bool {
        match (carried, self.key_field) {
            (Carried::Token, _) => true,
            (Carried::Field(field), Some(key)) => field == key,
            (Carried::Field(_), None) => false,
        }
    }

    /// What the profile calls the user name of a header, with the field's braces taken off.
    fn user_name(&self, header: &RecipeHeader) -> String {
        let written = self.profile.recipe(&self.recipe.name).and_then(|recipe| {
            recipe.headers.iter().find(|other| other.carries == header.carries)?.basic_user.clone()
        });
        written.unwrap_or_default().replace(['{', '}'], "")
    }

    /// The field that a header's user name is; none where it has none, or is always the same.
    pub(super) fn user_field(&self, header: &RecipeHeader) -> Option<&FieldName> {
        header.basic_user.as_ref()?;
        let name = self.user_name(header);
        let field = self.profile.fields.iter().find(|field| field.name.as_str() == name)?;
        Some(&field.name)
    }

    /// The environment variable that programs read a header's user name from.
    pub(super) fn user_variable(&self, header: &RecipeHeader) -> String {
        let named = self.user_field(header).and_then(|name| self.profile.field(name));
        named
            .and_then(|field| field.env_var.clone())
            .unwrap_or_else(|| shouted(&format!("{}_{}", self.profile.id, self.user_name(header))))
    }

    /// The headers that are always the same, such as an API's version.
    pub(super) fn fixed(&self) -> impl Iterator<Item = (&str, &str)> {
        self.recipe.fixed.iter().map(|header| (header.name.as_str(), header.value.as_str()))
    }

    /// The profile's first sample that does no harm.
    pub(super) fn sample(&self) -> Option<&Sample> {
        self.profile.samples.iter().find(|sample| !sample.creates_something)
    }

    /// Method and URL of a request to begin with.
    pub(super) fn target(&self) -> (&str, String) {
        match self.sample() {
            None => ("GET", self.base_url.to_owned()),
            Some(sample) => {
                let base = self.base_url.trim_end_matches('/');
                (sample.method.as_str(), format!("{base}{}", sample.path))
            }
        }
    }

    pub(super) fn query(&self) -> Vec<(&str, &str)> {
        let entries = self.sample().into_iter().flat_map(|sample| &sample.query);
        entries.map(|entry| (entry.key.as_str(), entry.value.as_str())).collect()
    }

    /// The request to begin with, without what authenticates it.
    pub(super) fn request(&self) -> Filled {
        let (method, url) = self.target();
        let mut request = Request::new(method, &url);
        let query = self.query().into_iter();
        request.query = query.map(|(name, value)| Param::new(name, value)).collect();
        request.headers = self.fixed().map(|(name, value)| Header::new(name, value)).collect();
        Filled::literally(request)
    }

    /// How it is authenticated, by the variables that code reads.
    fn carried(&self) -> Vec<Carrier> {
        let variable = self.variable();
        let headers = self.carriers().map(|header| {
            let (name, variable) = (header.name.clone(), variable.clone());
            match &header.basic_user {
                Some(_) => Carrier::Basic { name, user: self.user_variable(header), variable },
                None => Carrier::Header { name, scheme: header.scheme.clone(), variable },
            }
        });
        let parameters = self
            .parameters()
            .map(|name| Carrier::Query { name: name.to_owned(), variable: variable.clone() });
        headers.chain(parameters).collect()
    }

    /// All that authenticates a request, the secrets beside the token included.
    pub(crate) fn authentication(
        &self,
        reference: &CredentialRef,
        environment: &EnvironmentName,
    ) -> Authentication {
        let mut variables: Vec<(String, String)> = Vec::new();
        let mut known = |variable: String, command: String| {
            if variables.iter().all(|(name, _)| *name != variable) {
                variables.push((variable.clone(), command));
            }
            variable
        };
        let token = format!("keyturn token {reference} --environment {environment}");
        let field = |field: &FieldName| format!("keyturn get {reference}/{field}");
        let mut carried = |carries: &Carried| match carries {
            Carried::Field(name) if !self.is_token(carries) => {
                known(variable_of(self.profile, name), field(name))
            }
            _ => known(self.variable(), token.clone()),
        };
        let mut carriers = Vec::new();
        for header in &self.recipe.headers {
            let (name, variable) = (header.name.clone(), carried(&header.carries));
            carriers.push(match &header.basic_user {
                Some(_) => Carrier::Basic { name, user: self.user_variable(header), variable },
                None => Carrier::Header { name, scheme: header.scheme.clone(), variable },
            });
        }
        carriers.extend(
            self.recipe.query.iter().map(|own| Carrier::Query {
                name: own.name.clone(),
                variable: carried(&own.carries),
            }),
        );
        for header in &self.recipe.headers {
            if let Some(name) = self.user_field(header) {
                drop(known(self.user_variable(header), field(name)));
            }
        }
        Authentication { carriers, variables }
    }

    /// The request as code; where a form has no way to say it, the sentence that says so.
    pub(super) fn written(&self, form: CodeForm) -> String {
        let written = code(&self.request(), &self.carried(), form);
        let comment = if form == CodeForm::Javascript { "//" } else { "#" };
        written.map_or_else(|error| format!("{comment} {error}"), |code| code.text)
    }
}
