//! The live token: raw, as the header that carries it, as a command, as code.

use chrono::{DateTime, SecondsFormat, Utc};
use keyturn_core::{Secret, SecretString, TokenFormat};
use keyturn_providers::{Carried, Profile, Recipe, RecipeHeader, Sample};
use serde_json::json;
use zeroize::Zeroizing;

use super::quote;
use crate::token::LiveToken;

/// What a token's forms are made of.
pub(crate) struct TokenParts<'a> {
    pub(crate) profile: &'a Profile,
    /// The recipe whose headers are shown.
    pub(crate) recipe: &'a Recipe,
    /// The field whose value the token is, where the credential's key itself is sent.
    pub(crate) key_field: Option<&'a keyturn_core::FieldName>,
    /// The environment's address.
    pub(crate) base_url: &'a str,
    pub(crate) token: &'a LiveToken,
    /// The values of the recipe's other headers by header name; empty without `--with-key`.
    pub(crate) other_headers: Vec<(String, SecretString)>,
    pub(crate) now: DateTime<Utc>,
}

/// Renders the token, with warnings the user should see.
pub(crate) fn render_token(
    parts: &TokenParts<'_>,
    format: TokenFormat,
) -> (SecretString, Vec<String>) {
    let token = parts.token.access_token.expose().as_str();
    let variable = parts.variable();
    let text = match format {
        TokenFormat::Raw => token.to_owned(),
        TokenFormat::Header => parts.header_lines().join("\n"),
        TokenFormat::Curl => parts.curl().join(" \\\n"),
        TokenFormat::Env => format!("export {variable}={}", &*quote::shell(token)),
        TokenFormat::Dotenv => format!("{variable}={}", &*quote::dotenv(token)),
        TokenFormat::Powershell => format!("$env:{variable} = {}", &*quote::powershell(token)),
        TokenFormat::Python => parts.python().join("\n"),
        TokenFormat::Javascript => parts.javascript().join("\n"),
        TokenFormat::Httpie => parts.httpie().join(" "),
        TokenFormat::Json => parts.json(),
    };
    let warnings = match format {
        TokenFormat::Javascript => vec![parts.profile.client_side_warning.clone()],
        _ => Vec::new(),
    };
    (Secret::new(text), warnings)
}

/// A name as environment variables are written.
pub(super) fn shouted(name: &str) -> String {
    let shout = |c: char| {
        if c.is_ascii_alphanumeric() { c.to_ascii_uppercase() } else { '_' }
    };
    name.chars().map(shout).collect()
}

impl TokenParts<'_> {
    /// The environment variable that programs read the token from.
    fn variable(&self) -> String {
        let of_key = self.key_field.and_then(|field| self.profile.field(field)?.env_var.clone());
        of_key
            .or_else(|| self.profile.token_env_var.clone())
            .unwrap_or_else(|| shouted(&format!("{}_ACCESS_TOKEN", self.profile.id)))
    }

    /// The headers that carry the token itself.
    fn carriers(&self) -> impl Iterator<Item = &RecipeHeader> {
        self.recipe.headers.iter().filter(|header| self.is_token(&header.carries))
    }

    /// The names of the query parameters that carry it, where a provider takes it in no other way.
    fn parameters(&self) -> impl Iterator<Item = &str> {
        let all = self.recipe.query.iter();
        all.filter(|own| self.is_token(&own.carries)).map(|own| own.name.as_str())
    }

    fn is_token(&self, carried: &Carried) -> bool {
        match (carried, self.key_field) {
            (Carried::Token, _) => true,
            (Carried::Field(field), Some(key)) => field == key,
            (Carried::Field(_), None) => false,
        }
    }

    fn header_lines(&self) -> Vec<String> {
        let token = &self.token.access_token;
        let carried = self.carriers().map(|header| {
            let value = match &header.basic_user {
                Some(user) => keyturn_http::basic_credentials(user, token),
                None => token.duplicate(),
            };
            match &header.scheme {
                Some(scheme) => format!("{}: {scheme} {}", header.name, value.expose()),
                None => format!("{}: {}", header.name, value.expose()),
            }
        });
        let others = self.other_headers.iter();
        carried.chain(others.map(|(name, value)| format!("{name}: {}", value.expose()))).collect()
    }

    /// The environment variable that programs read a header's user name from.
    fn user_variable(&self, header: &RecipeHeader) -> String {
        let written = self.profile.recipe(&self.recipe.name).and_then(|recipe| {
            recipe.headers.iter().find(|other| other.carries == header.carries)?.basic_user.clone()
        });
        let name = written.unwrap_or_default().replace(['{', '}'], "");
        let field = self.profile.fields.iter().find(|field| field.name.as_str() == name);
        field
            .and_then(|field| field.env_var.clone())
            .unwrap_or_else(|| shouted(&format!("{}_{name}", self.profile.id)))
    }

    /// The profile's first sample that does no harm.
    fn sample(&self) -> Option<&Sample> {
        self.profile.samples.iter().find(|sample| !sample.creates_something)
    }

    /// Method and URL of a request to begin with.
    fn target(&self) -> (&str, String) {
        match self.sample() {
            None => ("GET", self.base_url.to_owned()),
            Some(sample) => {
                let base = self.base_url.trim_end_matches('/');
                (sample.method.as_str(), format!("{base}{}", sample.path))
            }
        }
    }

    fn query(&self) -> Vec<(&str, &str)> {
        let entries = self.sample().into_iter().flat_map(|sample| &sample.query);
        entries.map(|entry| (entry.key.as_str(), entry.value.as_str())).collect()
    }

    fn curl(&self) -> Vec<String> {
        let (method, url) = self.target();
        let query = self.query();
        let with_query = !query.is_empty() || self.parameters().next().is_some();
        let get = if with_query { " -G" } else { "" };
        let mut parts = vec![format!("curl -X {method}{get} {}", &*quote::shell(&url))];
        parts.extend(query.iter().map(|(key, value)| {
            format!("  --data-urlencode {}", &*quote::shell(&format!("{key}={value}")))
        }));
        let token = self.token.access_token.expose();
        parts.extend(self.parameters().map(|name| {
            let pair = Zeroizing::new(format!("{name}={token}"));
            format!("  --data-urlencode {}", &*quote::shell(&pair))
        }));
        parts.extend(self.header_lines().into_iter().map(|line| {
            let line = Zeroizing::new(line);
            format!("  -H {}", &*quote::shell(&line))
        }));
        parts
    }

    fn python(&self) -> Vec<String> {
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

    fn javascript(&self) -> Vec<String> {
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

    fn httpie(&self) -> Vec<String> {
        let (method, url) = self.target();
        let variable = self.variable();
        let mut words = vec![format!("http {method} {}", &*quote::shell(&url))];
        words.extend(self.query().iter().map(|(key, value)| {
            let pair = format!("{key}=={value}");
            quote::shell(&pair).to_string()
        }));
        words.extend(self.parameters().map(|name| format!("\"{name}==${{{variable}}}\"")));
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
    fn headers_reading(
        &self,
        read: impl Fn(&str) -> String,
        basic: impl Fn(&str) -> String,
    ) -> impl Iterator<Item = String> {
        self.carriers().map(move |header| {
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
        })
    }

    fn json(&self) -> String {
        let rfc3339 = |at: DateTime<Utc>| at.to_rfc3339_opts(SecondsFormat::Secs, true);
        let token = self.token;
        let end = token.expiry.at;
        json!({
            "access_token": token.access_token.expose(),
            "token_type": token.token_type,
            "expires_at": end.map(rfc3339),
            "expires_in_s": end.map(|end| (end - self.now).num_seconds()),
            "source": token.expiry.source,
            "issued_at": token.issued_at.map(rfc3339),
            "reused": token.reused,
        })
        .to_string()
    }
}

/// A text as a JSON, Python or JavaScript literal; what JSON escapes, the others read alike.
fn literal(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

#[cfg(test)]
mod tests {
    use keyturn_core::{Expiry, ExpirySource};
    use keyturn_providers::Catalogue;

    use super::*;

    const CANARY: &str = "canary-token-7x9z";

    fn rendered(provider: &str, format: TokenFormat) -> (String, Vec<String>) {
        let catalogue = Catalogue::builtin();
        let profile = catalogue.get(&provider.parse().unwrap()).unwrap();
        let issued_at = DateTime::from_timestamp(1_772_000_000, 0).unwrap();
        let end = issued_at + chrono::TimeDelta::hours(24);
        let token = LiveToken {
            access_token: Secret::new(CANARY.to_owned()),
            token_type: "bearer".to_owned(),
            issued_at: Some(issued_at),
            expiry: Expiry { at: Some(end), source: ExpirySource::ResponseField },
            reused: true,
            warnings: Vec::new(),
        };
        let parts = TokenParts {
            profile,
            recipe: profile.recipes.iter().find(|recipe| recipe.needs_token()).unwrap(),
            key_field: None,
            base_url: "https://production.deepvue.tech/",
            token: &token,
            other_headers: Vec::new(),
            now: issued_at,
        };
        let (text, warnings) = render_token(&parts, format);
        (text.expose().clone(), warnings)
    }

    #[test]
    fn x9_code_forms_read_the_environment_and_hold_no_token() {
        for format in [TokenFormat::Python, TokenFormat::Javascript, TokenFormat::Httpie] {
            let (code, _) = rendered("deepvue", format);
            assert!(code.contains("DEEPVUE_ACCESS_TOKEN"), "{code}");
            assert!(!code.contains(CANARY), "{code}");
        }
        let (control, _) = rendered("deepvue", TokenFormat::Header);
        assert!(control.contains(CANARY), "positive control: the header form does hold it");
    }

    #[test]
    fn x6_code_for_browsers_comes_with_a_warning() {
        assert!(!rendered("deepvue", TokenFormat::Javascript).1.is_empty());
        assert!(rendered("deepvue", TokenFormat::Python).1.is_empty());
    }

    #[test]
    fn dv5_header_and_curl_carry_the_bearer_alone() {
        assert_eq!(
            rendered("deepvue", TokenFormat::Header).0,
            format!("Authorization: Bearer {CANARY}")
        );
        let (command, _) = rendered("deepvue", TokenFormat::Curl);
        assert!(!command.to_lowercase().contains("x-api-key"), "{command}");
    }

    #[test]
    fn the_json_form_says_when_the_token_ends_and_who_says_so() {
        let document: serde_json::Value =
            serde_json::from_str(&rendered("deepvue", TokenFormat::Json).0).unwrap();
        assert_eq!(document["expires_in_s"], 86_400);
        assert_eq!(document["expires_at"], "2026-02-26T06:13:20Z");
        assert_eq!(document["source"], "response_field");
        assert_eq!(document["reused"], true);
    }

    #[test]
    fn a_curl_command_is_understood_by_a_shell() {
        let (command, _) = rendered("deepvue", TokenFormat::Curl);
        let status = std::process::Command::new("sh").args(["-n", "-c", &command]).status();
        assert!(status.unwrap().success(), "{command}");
    }
}
