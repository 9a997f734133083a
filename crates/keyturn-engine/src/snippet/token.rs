//! The live token: raw, as the header that carries it, as a command, as code.

use chrono::{DateTime, SecondsFormat, Utc};
use keyturn_core::{Secret, SecretString, TokenFormat};
use keyturn_request::code::{CodeForm, curl_lines, word};
use serde_json::json;
use zeroize::Zeroizing;

use super::code::CodeParts;
use super::quote;
use crate::token::LiveToken;

/// What a token's forms are made of.
pub(crate) struct TokenParts<'a> {
    pub(crate) code: CodeParts<'a>,
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
    let variable = parts.code.variable();
    let text = match format {
        TokenFormat::Raw => token.to_owned(),
        TokenFormat::Header => parts.header_lines().join("\n"),
        TokenFormat::Curl => parts.curl().join(" \\\n  "),
        TokenFormat::Env => format!("export {variable}={}", &*word(token)),
        TokenFormat::Dotenv => format!("{variable}={}", &*quote::dotenv(token)),
        TokenFormat::Powershell => format!("$env:{variable} = {}", &*quote::powershell(token)),
        TokenFormat::Python => parts.code.written(CodeForm::Python),
        TokenFormat::Javascript => parts.code.written(CodeForm::Javascript),
        TokenFormat::Httpie => parts.code.written(CodeForm::Httpie),
        TokenFormat::Json => parts.json(),
    };
    let warnings = match format {
        TokenFormat::Javascript => vec![parts.code.profile.client_side_warning.clone()],
        _ => Vec::new(),
    };
    (Secret::new(text), warnings)
}

impl TokenParts<'_> {
    fn header_lines(&self) -> Vec<String> {
        let token = &self.token.access_token;
        let carried = self.code.carriers().map(|header| {
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

    /// The command with the token in it; where cURL has no way to say the request, the sentence that
    /// says so.
    fn curl(&self) -> Vec<String> {
        let mut parts = match curl_lines(&self.code.request()) {
            Ok(lines) => lines,
            Err(error) => return vec![format!("# {error}")],
        };
        let token = self.token.access_token.expose();
        parts.extend(self.code.parameters().map(|name| {
            let pair = Zeroizing::new(format!("{name}={token}"));
            format!("-G --data-urlencode {}", &*word(&pair))
        }));
        parts.extend(self.header_lines().into_iter().map(|line| {
            let line = Zeroizing::new(line);
            format!("-H {}", &*word(&line))
        }));
        parts
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
        let code = CodeParts {
            profile,
            recipe: profile.recipes.iter().find(|recipe| recipe.needs_token()).unwrap(),
            key_field: None,
            base_url: "https://production.deepvue.tech/",
        };
        let parts = TokenParts { code, token: &token, other_headers: Vec::new(), now: issued_at };
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
