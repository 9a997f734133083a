//! The rules of what a credential consists of: environments, fields, methods.

use super::super::BaseUrlError;
use super::super::url_rules::check_base_url;
use super::Rules;
use crate::schema::environment::{Environment, PlainHttp};
use crate::schema::field::{Field, FieldKind};
use crate::schema::method::Means;
use crate::schema::recipe::Recipe;
use crate::value::{compile, compile_whole};

impl Rules<'_> {
    pub(super) fn environment(&mut self, path: &str, environment: &Environment) {
        let url = format!("{path}.base_url");
        match environment.variables() {
            Err(error) => {
                self.report(url, error.to_string());
                return;
            }
            Ok(variables) => {
                for field in variables {
                    let kind = self.known_field(url.clone(), &field);
                    if kind.is_some_and(|kind| kind != FieldKind::Open) {
                        let reason =
                            format!("'{field}' is a secret and must not stand in an address");
                        self.report(url.clone(), reason);
                    }
                }
            }
        }
        let filled = environment.resolved_base_url(&|_| Some("host.example".to_owned()));
        if let Ok(filled) = filled
            && let Err(error) = check_base_url(&filled, environment.plain_http)
        {
            self.report_with(url, error.to_string(), address_hint(&error));
        }
        if environment.token_origin.is_some() {
            self.token_origin(&format!("{path}.token_origin"), environment);
        }
        if environment.plain_http == PlainHttp::Private && environment.plain_http_consent.is_none()
        {
            let reason =
                "where clear text is allowed, `plain_http_consent` says what would be readable";
            self.report(format!("{path}.plain_http"), reason);
        }
    }

    /// The second origin that a profile may name: tokens are bought there, and nothing else is sent.
    fn token_origin(&mut self, path: &str, environment: &Environment) {
        match environment.token_variables() {
            Err(error) => self.report(path, error.to_string()),
            Ok(variables) => {
                for field in variables {
                    let kind = self.known_field(path.to_owned(), &field);
                    if kind.is_some_and(|kind| kind != FieldKind::Open) {
                        let reason =
                            format!("'{field}' is a secret and must not stand in an address");
                        self.report(path, reason);
                    }
                }
            }
        }
        let filled = environment.resolved_token_origin(&|_| Some("host.example".to_owned()));
        if let Ok(Some(filled)) = filled
            && let Err(error) = check_base_url(&filled, PlainHttp::Never)
        {
            let hint = address_hint(&error).filter(|_| error != BaseUrlError::PlainHttp);
            self.report_with(path, error.to_string(), hint);
        }
        if self.profile.exchanges.is_empty() {
            self.report(path, "there is no exchange that would go there");
        }
    }

    pub(super) fn field(&mut self, path: &str, field: &Field) {
        if let Some(default) = &field.default {
            if field.is_secret() {
                self.report(format!("{path}.default"), "a secret has no default");
            } else if let Err(problem) = self.profile.validate_value(&field.name, default) {
                self.report(format!("{path}.default"), problem.to_string());
            }
        }
        if let Some(pattern) = &field.pattern {
            self.pattern(format!("{path}.pattern"), pattern, compile_whole);
        }
        if let Some(pattern) = &field.test_pattern {
            let place = format!("{path}.test_pattern");
            if !field.is_secret() {
                self.report(place.clone(), "only a secret can be a key for tests");
            }
            self.pattern(place, pattern, compile);
        }
        for (at, other) in field.lookalikes.iter().enumerate() {
            self.pattern(format!("{path}.lookalikes.{at}.pattern"), &other.pattern, compile);
        }
        if field.kind == FieldKind::Password && field.show_last_four {
            let reason = "nothing of a password that a person chose is ever shown";
            self.report(format!("{path}.show_last_four"), reason);
        }
        if field.kind != FieldKind::Open && !field.choices.is_empty() {
            self.report(format!("{path}.choices"), "a secret is not one of a few known values");
        }
        if let Some(name) = &field.env_var {
            self.environment_variable(format!("{path}.env_var"), name);
            let profile = self.profile;
            let first = profile.fields.iter().find(|other| other.env_var.as_ref() == Some(name));
            if first.is_some_and(|first| first.name != field.name) {
                self.report(format!("{path}.env_var"), format!("'{name}' is there twice"));
            }
        }
        for (at, name) in field.for_environments.iter().enumerate() {
            let known = self.profile.environments.iter().map(|e| e.name.as_str());
            let place = format!("{path}.for_environments.{at}");
            self.known(place, "environment", name.as_str(), known);
        }
    }

    fn pattern(
        &mut self,
        place: String,
        pattern: &str,
        compile: fn(&str) -> Result<regex::Regex, regex::Error>,
    ) {
        if pattern.chars().count() > LONGEST_PATTERN {
            self.report(place, "this pattern is longer than 1,000 characters");
        } else if let Err(error) = compile(pattern) {
            self.report(place, pattern_problem(&error));
        }
    }

    pub(super) fn methods(&mut self) {
        let profile = self.profile;
        for (at, method) in profile.methods.iter().enumerate() {
            let path = format!("methods.{at}");
            let recipes = profile.recipes.iter().map(|recipe| recipe.name.as_str());
            self.known(format!("{path}.recipe"), "recipe", &method.recipe, recipes);
            let needs_token = profile.recipe(&method.recipe).is_some_and(Recipe::needs_token);
            match &method.means {
                Means::Exchange { exchange } => {
                    let known = profile.exchanges.iter().map(|exchange| exchange.name.as_str());
                    self.known(format!("{path}.exchange"), "exchange", exchange, known);
                }
                Means::Key { key } => {
                    let kind = self.known_field(format!("{path}.key"), key);
                    if kind == Some(FieldKind::Open) {
                        self.report(format!("{path}.key"), format!("'{key}' is not a secret"));
                    }
                    if needs_token {
                        let reason = "this recipe sends a token, and a method with a key has none";
                        self.report(format!("{path}.recipe"), reason);
                    }
                }
            }
        }
        let Some(name) = &profile.method_field else {
            return;
        };
        self.known_field("method_field".to_owned(), name);
        let Some(field) = profile.field(name) else {
            return;
        };
        if field.is_secret() {
            self.report("method_field", format!("'{name}' is a secret and cannot name a method"));
        }
        for choice in &field.choices {
            let known = profile.methods.iter().map(|method| method.name.as_str());
            self.known("method_field".to_owned(), "method", choice, known);
        }
    }
}

fn address_hint(error: &BaseUrlError) -> Option<String> {
    let hint = match error {
        BaseUrlError::PlainHttp => {
            "`plain_http = \"private\"` allows it for loopback and private addresses"
        }
        BaseUrlError::NotAscii => "give the host's punycode, which begins with xn--",
        _ => return None,
    };
    Some(hint.to_owned())
}

/// The longest pattern, in characters.
const LONGEST_PATTERN: usize = 1_000;

fn pattern_problem(error: &regex::Error) -> &'static str {
    match error {
        regex::Error::CompiledTooBig(_) => {
            "this pattern is too big; it has to compile to 256 KiB at most"
        }
        _ if error.to_string().contains("nested") => {
            "groups stand too deep in each other in this pattern; 50 is the most"
        }
        _ => "this is not a regular expression",
    }
}
