//! Requests as code that reads the environment: no form here can hold a token or a key, since none is
//! given to it (acceptance X9).

use keyturn_core::FieldName;
use keyturn_providers::{Carried, Profile, Recipe, RecipeHeader, Sample};

use super::quote;

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

    pub(super) fn python(&self) -> Vec<String> {
        let (method, url) = self.target();
        let basic = self.carriers().any(|header| header.basic_user.is_some());
        let mut lines: Vec<String> = if basic { vec!["import base64".to_owned()] } else { vec![] };
        lines.extend(
            ["import os", "", "import requests", "", "response = requests.request("]
                .map(str::to_owned),
        );
        lines.push(format!("    {},", literal(method)));
        lines.push(format!("    {},", literal(&url)));
        let query = self.query();
        let variable = |name: &str| format!("os.environ[{}]", literal(name));
        let mut pairs: Vec<String> = query
            .iter()
            .map(|(key, value)| format!("{}: {}", literal(key), literal(value)))
            .collect();
        let secret = self.parameters();
        pairs.extend(
            secret.map(|name| format!("{}: {}", literal(name), variable(&self.variable()))),
        );
        if !pairs.is_empty() {
            lines.push(format!("    params={{{}}},", pairs.join(", ")));
        }
        lines.push("    headers={".to_owned());
        let basic = |pair: &str| format!("base64.b64encode(({pair}).encode()).decode()");
        lines
            .extend(self.headers_reading(variable, basic).map(|entry| format!("        {entry},")));
        lines.extend(
            ["    },", "    timeout=30,", ")", "print(response.status_code, response.text)"]
                .map(str::to_owned),
        );
        lines
    }

    pub(super) fn javascript(&self) -> Vec<String> {
        let (method, url) = self.target();
        let mut lines = vec![format!("const url = new URL({});", literal(&url))];
        lines.extend(self.query().iter().map(|(key, value)| {
            format!("url.searchParams.set({}, {});", literal(key), literal(value))
        }));
        let variable = |name: &str| format!("process.env.{name}");
        lines.extend(self.parameters().map(|name| {
            format!("url.searchParams.set({}, {});", literal(name), variable(&self.variable()))
        }));
        lines.push("const response = await fetch(url, {".to_owned());
        lines.push(format!("  method: {},", literal(method)));
        lines.push("  headers: {".to_owned());
        let basic = |pair: &str| format!("Buffer.from({pair}).toString(\"base64\")");
        lines.extend(self.headers_reading(variable, basic).map(|entry| format!("    {entry},")));
        lines.extend(
            ["  },", "});", "console.log(response.status, await response.text());"]
                .map(str::to_owned),
        );
        lines
    }

    pub(super) fn httpie(&self) -> Vec<String> {
        let (method, url) = self.target();
        let variable = self.variable();
        let mut words = vec![format!("http {method} {}", &*quote::shell(&url))];
        words.extend(self.query().iter().map(|(key, value)| {
            let pair = format!("{key}=={value}");
            quote::shell(&pair).to_string()
        }));
        words.extend(self.parameters().map(|name| format!("\"{name}==${{{variable}}}\"")));
        words.extend(
            self.fixed().map(|(name, value)| quote::shell(&format!("{name}:{value}")).to_string()),
        );
        words.extend(self.carriers().map(|header| {
            if header.basic_user.is_some() {
                return format!("-a \"${{{}}}:${{{variable}}}\"", self.user_variable(header));
            }
            let scheme = header.scheme.as_ref().map(|scheme| format!("{scheme} "));
            format!("\"{}:{}${{{variable}}}\"", header.name, scheme.unwrap_or_default())
        }));
        words
    }

    /// The headers as entries of a Python or JavaScript object, their values read by `read`; `basic`
    /// writes a text of theirs in base64.
    pub(super) fn headers_reading(
        &self,
        read: impl Fn(&str) -> String,
        basic: impl Fn(&str) -> String,
    ) -> impl Iterator<Item = String> {
        let fixed = self.fixed();
        let fixed = fixed.map(|(name, value)| format!("{}: {}", literal(name), literal(value)));
        fixed.chain(self.carriers().map(move |header| {
            let value = read(&self.variable());
            let value = match &header.basic_user {
                Some(_) => {
                    let user = read(&self.user_variable(header));
                    basic(&format!("{user} + \":\" + {value}"))
                }
                None => value,
            };
            match &header.scheme {
                Some(scheme) => {
                    let scheme = literal(&format!("{scheme} "));
                    format!("{}: {scheme} + {value}", literal(&header.name))
                }
                None => format!("{}: {value}", literal(&header.name)),
            }
        }))
    }
}

/// A text as a JSON, Python or JavaScript literal; what JSON escapes, the others read alike.
pub(super) fn literal(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}
