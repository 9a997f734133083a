//! The forms that a window shows: none of them holds a secret, since none is given to them.

use keyturn_core::CredentialRef;
use keyturn_request::code::{CodeForm, literal};

use super::CodeParts;
use super::quote;

/// A form, with its text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Snippet {
    /// Which one.
    pub form: SnippetForm,
    /// The text.
    pub code: String,
    /// Why to think twice where this one would run (X6, DI8).
    pub warning: Option<String>,
}

/// What a form is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SnippetForm {
    /// Sets the environment variables in a POSIX shell.
    Shell,
    /// A cURL command.
    Curl,
    /// An `HTTPie` command.
    Httpie,
    /// Python.
    Python,
    /// JavaScript that runs on a server.
    Javascript,
    /// Sets the environment variables in PowerShell.
    PowershellVariable,
    /// A PowerShell command.
    Powershell,
    /// JavaScript that runs in a browser or a mobile application: it asks a server of the user's own.
    Browser,
    /// The reference, for files that everybody may read.
    Reference,
}

/// All forms, in the order in which they are offered.
pub(crate) fn snippets(code: &CodeParts<'_>, reference: &CredentialRef) -> Vec<Snippet> {
    use SnippetForm::{
        Browser, Curl, Httpie, Javascript, Powershell, PowershellVariable, Python, Reference, Shell,
    };
    let plain = |form, code| Snippet { form, code, warning: None };
    // On a server it is right, and in a page it would look the same.
    let warned = |form, text| Snippet {
        form,
        code: text,
        warning: Some(code.profile.client_side_warning.clone()),
    };
    let target = code.key_field.map_or("token", |field| field.as_str());
    vec![
        plain(Shell, set_in_shell(code, reference).join("\n")),
        plain(Curl, code.written(CodeForm::Curl)),
        plain(Httpie, code.written(CodeForm::Httpie)),
        plain(Python, code.written(CodeForm::Python)),
        warned(Javascript, code.written(CodeForm::Javascript)),
        plain(PowershellVariable, set_in_powershell(code, reference).join("\n")),
        plain(Powershell, powershell(code).join(" `\n")),
        warned(Browser, browser(code).join("\n")),
        plain(Reference, format!("keyturn://{reference}/{target}")),
    ]
}

/// The variables that the other forms read, each with the command that prints its value.
fn variables(code: &CodeParts<'_>, reference: &CredentialRef) -> Vec<(String, String)> {
    let users = code.carriers().filter_map(|header| {
        let field = code.user_field(header)?;
        Some((code.user_variable(header), format!("keyturn get {reference}/{field}")))
    });
    let token = (code.variable(), format!("keyturn token {reference}"));
    users.chain([token]).collect()
}

fn set_in_shell(code: &CodeParts<'_>, reference: &CredentialRef) -> Vec<String> {
    let all = variables(code, reference).into_iter();
    all.map(|(name, command)| format!("export {name}=\"$({command})\"")).collect()
}

fn set_in_powershell(code: &CodeParts<'_>, reference: &CredentialRef) -> Vec<String> {
    let all = variables(code, reference).into_iter();
    all.map(|(name, command)| format!("$env:{name} = {command}")).collect()
}

fn powershell(code: &CodeParts<'_>) -> Vec<String> {
    let (method, url) = code.target();
    let variable = code.variable();
    let query: String =
        url::form_urlencoded::Serializer::new(String::new()).extend_pairs(code.query()).finish();
    let mut address = if query.is_empty() { url } else { format!("{url}?{query}") };
    let mut secret = String::new();
    for name in code.parameters() {
        let sign = if address.contains('?') { '&' } else { '?' };
        address = format!("{address}{sign}{name}=");
        secret = format!(" + $env:{variable}");
    }
    let address = quote::powershell(&address);
    let mut headers: Vec<String> = code
        .fixed()
        .map(|(name, value)| {
            format!("{} = {}", &*quote::powershell(name), &*quote::powershell(value))
        })
        .collect();
    headers.extend(code.carriers().map(|header| {
        let name = quote::powershell(&header.name);
        let value = if header.basic_user.is_none() {
            format!("$env:{variable}")
        } else {
            let pair = format!("\"$($env:{}):$($env:{variable})\"", code.user_variable(header));
            format!("[Convert]::ToBase64String([Text.Encoding]::UTF8.GetBytes({pair}))")
        };
        match &header.scheme {
            Some(scheme) => format!("{} = \"{scheme} $({value})\"", &*name),
            None => format!("{} = {value}", &*name),
        }
    }));
    let mut parts = vec![format!("Invoke-RestMethod -Method {method}")];
    parts.push(if secret.is_empty() {
        format!("  -Uri {}", &*address)
    } else {
        format!("  -Uri ({}{secret})", &*address)
    });
    if !headers.is_empty() {
        parts.push(format!("  -Headers @{{ {} }}", headers.join("; ")));
    }
    parts
}

/// Asks a server of the user's own: what is sent to a page is everybody's.
fn browser(code: &CodeParts<'_>) -> Vec<String> {
    let (method, _) = code.target();
    let path = code.sample().map_or_else(|| "/".to_owned(), |sample| sample.path.clone());
    let own = literal(&format!("/api/{}{path}", code.profile.id));
    vec![
        "// No key and no token here: your own server adds them.".to_owned(),
        format!("const response = await fetch({own}, {{"),
        format!("  method: {},", literal(method)),
        "});".to_owned(),
        "console.log(response.status, await response.text());".to_owned(),
    ]
}

#[cfg(test)]
mod tests {
    use std::sync::LazyLock;

    use keyturn_providers::Catalogue;

    use super::*;

    static CATALOGUE: LazyLock<Catalogue> = LazyLock::new(Catalogue::builtin);

    fn all(provider: &str) -> Vec<Snippet> {
        let profile = CATALOGUE.get(&provider.parse().unwrap()).unwrap();
        let method = &profile.methods[0];
        let recipe = profile.recipe(&method.recipe).unwrap();
        let key = profile.fields.iter().find(|field| {
            field.is_secret()
                && !recipe.needs_token()
                && recipe.fields().any(|name| *name == field.name)
        });
        let code = CodeParts {
            profile,
            recipe,
            key_field: key.map(|field| &field.name),
            base_url: "https://api.example.test",
        };
        snippets(&code, &format!("{provider}/main").parse().unwrap())
    }

    fn text(provider: &str, form: SnippetForm) -> String {
        all(provider).into_iter().find(|one| one.form == form).unwrap().code
    }

    #[test]
    fn x9_every_form_but_the_browsers_reads_the_environment() {
        for form in [
            SnippetForm::Curl,
            SnippetForm::Httpie,
            SnippetForm::Python,
            SnippetForm::Javascript,
            SnippetForm::Powershell,
        ] {
            assert!(text("deepvue", form).contains("DEEPVUE_ACCESS_TOKEN"), "{form:?}");
            assert!(text("deepidv", form).contains("DEEPIDV_API_KEY"), "{form:?}");
        }
    }

    #[test]
    fn x6_di8_forms_that_could_run_in_a_browser_are_warned_of_for_keys_and_tokens_alike() {
        for provider in ["deepvue", "deepidv", "deeply", "deepcurrent"] {
            let warned = all(provider).into_iter().filter(|one| one.warning.is_some());
            let forms: Vec<_> = warned.map(|one| one.form).collect();
            assert_eq!(forms, [SnippetForm::Javascript, SnippetForm::Browser], "{provider}");
            let page = text(provider, SnippetForm::Browser);
            assert!(!page.contains("process.env") && !page.contains("Authorization"), "{page}");
        }
    }

    #[test]
    fn the_shell_sets_what_the_code_reads() {
        assert_eq!(
            text("deepvue", SnippetForm::Shell),
            "export DEEPVUE_ACCESS_TOKEN=\"$(keyturn token deepvue/main)\""
        );
        assert_eq!(text("deepvue", SnippetForm::Reference), "keyturn://deepvue/main/token");
        assert_eq!(text("deepidv", SnippetForm::Reference), "keyturn://deepidv/main/api_key");
    }

    #[test]
    fn commands_are_understood_by_a_shell() {
        for profile in CATALOGUE.iter() {
            for form in [SnippetForm::Shell, SnippetForm::Curl, SnippetForm::Httpie] {
                let command = text(profile.id.as_str(), form);
                let status = std::process::Command::new("sh").args(["-n", "-c", &command]).status();
                assert!(status.unwrap().success(), "{command}");
            }
        }
    }
}
