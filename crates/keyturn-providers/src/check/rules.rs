//! The rules that a readable profile must keep, one function for each part.

mod answers;
mod credential;
mod limits;
mod requests;

use std::collections::BTreeSet;
use std::fmt::Display;

use keyturn_core::FieldName;

use crate::schema::Profile;
use crate::schema::field::FieldKind;
use crate::suggest::did_you_mean;

/// A rule that is broken, and by what.
pub(super) struct Broken {
    /// The value, e.g. `exchanges.0.path`.
    pub(super) path: String,
    /// What is wrong.
    pub(super) reason: String,
    /// What to do about it.
    pub(super) hint: Option<String>,
}

struct Rules<'profile> {
    profile: &'profile Profile,
    broken: Vec<Broken>,
}

/// Every rule that the profile breaks.
pub(super) fn broken(profile: &Profile) -> Vec<Broken> {
    let mut rules = Rules { profile, broken: Vec::new() };
    rules.whole();
    for (at, environment) in profile.environments.iter().enumerate() {
        rules.environment(&format!("environments.{at}"), environment);
    }
    for (at, field) in profile.fields.iter().enumerate() {
        rules.field(&format!("fields.{at}"), field);
    }
    rules.methods();
    for (at, exchange) in profile.exchanges.iter().enumerate() {
        rules.exchange(&format!("exchanges.{at}"), exchange);
    }
    for (at, recipe) in profile.recipes.iter().enumerate() {
        rules.recipe(&format!("recipes.{at}"), recipe);
    }
    rules.answers();
    for (at, limit) in profile.limits.iter().enumerate() {
        rules.limit(&format!("limits.{at}"), limit);
    }
    for (at, sample) in profile.samples.iter().enumerate() {
        rules.sample(&format!("samples.{at}"), sample);
    }
    rules.test_call();
    rules.broken
}

impl Rules<'_> {
    fn report(&mut self, path: impl Into<String>, reason: impl Into<String>) {
        self.report_with(path, reason, None);
    }

    fn report_with(
        &mut self,
        path: impl Into<String>,
        reason: impl Into<String>,
        hint: Option<String>,
    ) {
        self.broken.push(Broken { path: path.into(), reason: reason.into(), hint });
    }

    /// Reports a name that is used twice.
    fn unique<T: Ord + Display>(&mut self, part: &str, key: &str, names: impl Iterator<Item = T>) {
        let mut seen = BTreeSet::new();
        for (at, name) in names.enumerate() {
            let text = name.to_string();
            if !seen.insert(name) {
                self.report(format!("{part}.{at}.{key}"), format!("'{text}' is there twice"));
            }
        }
    }

    /// Reports a name that nothing has.
    fn known<'n>(
        &mut self,
        path: String,
        what: &str,
        name: &str,
        known: impl Iterator<Item = &'n str> + Clone,
    ) -> bool {
        if known.clone().any(|candidate| candidate == name) {
            return true;
        }
        let hint = did_you_mean(name, known);
        self.report_with(path, format!("there is no {what} '{name}' in this profile"), hint);
        false
    }

    fn known_field(&mut self, path: String, name: &FieldName) -> Option<FieldKind> {
        let profile = self.profile;
        let fields = profile.fields.iter().map(|field| field.name.as_str());
        self.known(path, "field", name.as_str(), fields);
        profile.field(name).map(|field| field.kind)
    }

    fn whole(&mut self) {
        let profile = self.profile;
        if profile.schema != 1 {
            self.report("schema", "this version of Keyturn reads profiles of schema 1 alone");
        }
        for (part, empty) in [
            ("environments", profile.environments.is_empty()),
            ("fields", profile.fields.is_empty()),
            ("methods", profile.methods.is_empty()),
            ("recipes", profile.recipes.is_empty()),
        ] {
            if empty {
                self.report(part, format!("a profile needs at least one entry in `{part}`"));
            }
        }
        self.unique("environments", "name", profile.environments.iter().map(|e| &e.name));
        self.unique("fields", "name", profile.fields.iter().map(|f| &f.name));
        self.unique("methods", "name", profile.methods.iter().map(|m| &m.name));
        self.unique("exchanges", "name", profile.exchanges.iter().map(|e| &e.name));
        self.unique("recipes", "name", profile.recipes.iter().map(|r| &r.name));
        self.unique("answers", "row", profile.answers.iter().map(|a| &a.row));
        self.unique("samples", "id", profile.samples.iter().map(|s| &s.id));
        self.unique("checklist", "id", profile.checklist.iter().map(|c| &c.id));
        self.unique("notices", "id", profile.notices.iter().map(|n| &n.id));
        for (at, page) in profile.documentation.iter().enumerate() {
            if page.url.as_ref().is_some_and(|url| !url.starts_with("https://")) {
                self.report(format!("documentation.{at}.url"), "a link begins with https://");
            }
        }
        for (at, never) in profile.never_called.iter().enumerate() {
            self.path(format!("never_called.{at}.path"), &never.path);
        }
        for (at, held) in profile.never_unasked.iter().enumerate() {
            self.path(format!("never_unasked.{at}.path"), &held.path);
        }
        if let Some(name) = &profile.token_env_var {
            self.environment_variable("token_env_var".to_owned(), name);
        }
    }

    fn environment_variable(&mut self, path: String, name: &str) {
        let fits = name.starts_with(|c: char| c.is_ascii_uppercase())
            && name.chars().all(|c| c.is_ascii_uppercase() || c.is_ascii_digit() || c == '_');
        if !fits {
            self.report(
                path,
                "an environment variable is made of A–Z, 0–9 and _, and begins with a letter",
            );
        } else if steers_programs(name) {
            let reason =
                format!("'{name}' steers shells or programs, and is no place for a secret");
            let hint = Some("take a name of the provider's, such as ACME_API_KEY".to_owned());
            self.report_with(path, reason, hint);
        }
    }
}

/// Whether an environment variable tells shells, loaders or interpreters what to do: whoever loads
/// such a value runs something else than before.
fn steers_programs(name: &str) -> bool {
    const NAMES: [&str; 28] = [
        "BASHOPTS",
        "BASH_ENV",
        "CDPATH",
        "CLASSPATH",
        "EDITOR",
        "ENV",
        "HOME",
        "IFS",
        "JAVA_TOOL_OPTIONS",
        "LOGNAME",
        "NODE_OPTIONS",
        "NODE_PATH",
        "PAGER",
        "PATH",
        "PROMPT_COMMAND",
        "PS4",
        "PWD",
        "PYTHONHOME",
        "PYTHONINSPECT",
        "RUBYLIB",
        "RUBYOPT",
        "SHELL",
        "SHELLOPTS",
        "TMPDIR",
        "USER",
        "VISUAL",
        "ZDOTDIR",
        "_JAVA_OPTIONS",
    ];
    let loads = ["LD_", "DYLD_", "PERL5", "BASH_FUNC_"].iter().any(|start| name.starts_with(start));
    let python =
        name.starts_with("PYTHON") && (name.ends_with("PATH") || name.ends_with("STARTUP"));
    let git = name.starts_with("GIT_")
        && ["SSH", "EXEC_PATH", "CONFIG", "ASKPASS", "PROXY", "EDITOR", "PAGER"]
            .iter()
            .any(|part| name.contains(part));
    NAMES.contains(&name) || loads || python || git
}
