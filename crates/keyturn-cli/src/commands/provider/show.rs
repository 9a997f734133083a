//! `keyturn provider show`.

use clap::Args;
use keyturn_core::ProviderId;
use keyturn_protocol::calls::{
    EnvironmentView, FieldGuide, LinkView, MethodGuide, OwnProfileState, ProviderView, SampleView,
    ShowProvider,
};

use crate::context::Context;
use crate::exit::Status;
use crate::failure::Failure;
use crate::output::table::Facts;

use super::list::origin;

/// Show what Keyturn knows of a provider: hosts, fields, limits, samples
///
/// Example:
///     keyturn provider show acme
#[derive(Debug, Args)]
#[command(verbatim_doc_comment)]
pub(super) struct Show {
    /// The provider, see `keyturn provider list`
    id: ProviderId,
}

impl Show {
    pub(super) fn run(self, context: &Context) -> Result<Status, Failure> {
        let provider = context.agent()?.call(ShowProvider { id: self.id })?;
        if context.is_json() {
            context.output.json(&provider)?;
        } else {
            context.output.text(&facts(&provider).render(context.output.colors()))?;
        }
        Ok(Status::Done)
    }
}

fn facts(provider: &ProviderView) -> Facts {
    let mut facts = Facts::default();
    facts.add_known("Provider", Some(format!("{} ({})", provider.name, provider.id)));
    facts.add_known("For", Some(&provider.summary));
    facts.add("Profile", origin(provider.state).append(profile_hint(provider)));
    facts.add_lines("Environments", provider.environments.iter().map(environment));
    let several = provider.methods.len() > 1;
    facts.add_lines("Fields", provider.fields.iter().flat_map(|one| field(one, several)));
    if several {
        facts.add_lines("Methods", provider.methods.iter().map(method));
    }
    facts.add_lines("Sent as", &provider.sent_as);
    facts.add_lines("Token", &provider.exchanges);
    facts.add_lines("Limits", &provider.limits);
    facts.add_lines("Rotation", provider.rotation.iter().chain(&provider.rotation_notes));
    facts.add_known("Test", Some(&provider.test_call));
    let once = "shown only once by the provider: store it with `keyturn capture`";
    facts.add_known("Key", provider.reveal_once.then_some(once));
    facts.add_lines("Checklist", &provider.checklist);
    facts.add_lines("Samples", provider.samples.iter().map(sample));
    facts.add_lines("Notes", &provider.notes);
    facts.add_lines("Documents", provider.docs.iter().map(link));
    facts.add_lines("Unconfirmed", &provider.unconfirmed);
    facts
}

fn environment(environment: &EnvironmentView) -> String {
    let own = if environment.own { ", your own" } else { "" };
    let plain = if environment.plain_http { ", may use clear text" } else { "" };
    let tokens = environment.token_origin.as_ref();
    let tokens = tokens.map(|origin| format!(", tokens from {origin}")).unwrap_or_default();
    format!("{}: {}{tokens}{plain}{own}", environment.name, environment.base_url)
}

/// A field in its line, and what else there is to say of it in lines below.
fn field(field: &FieldGuide, several_methods: bool) -> Vec<String> {
    let secret = if field.secret { ", secret" } else { "" };
    let optional = if field.required { "" } else { ", optional" };
    let place = field.where_to_find.as_ref().map(|place| format!(" – {place}")).unwrap_or_default();
    let names = |names: Vec<String>| (!names.is_empty()).then(|| names.join(", "));
    let environments = field.for_environments.iter().map(ToString::to_string).collect();
    let methods = if several_methods { field.methods.clone() } else { Vec::new() };
    let below = [
        names(methods).map(|methods| format!("for the method {methods}")),
        names(environments).map(|names| format!("needed in the environment {names} alone")),
        names(field.choices.clone()).map(|choices| format!("one of {choices}")),
        field.default.as_ref().map(|default| format!("{default} where it is left empty")),
        field.format.clone(),
        field.note.clone(),
    ];
    let head = format!("{}: {}{secret}{optional}{place}", field.name, field.label);
    let below = below.into_iter().flatten().map(|line| format!("  {line}"));
    std::iter::once(head).chain(below).collect()
}

fn method(method: &MethodGuide) -> String {
    let recommended = if method.recommended { ", recommended" } else { "" };
    let advice = method.advice.as_ref().map(|advice| format!(" – {advice}")).unwrap_or_default();
    format!("{}: {}{recommended}{advice}", method.name, method.label)
}

/// What to do about a profile that is not used.
const fn profile_hint(provider: &ProviderView) -> &'static str {
    match provider.state {
        Some(OwnProfileState::Changed | OwnProfileState::New | OwnProfileState::Missing) => {
            " until it is accepted with `keyturn provider add FILE`"
        }
        _ => "",
    }
}

fn sample(sample: &SampleView) -> String {
    let creates = if sample.creates { " (creates something)" } else { "" };
    format!("{}: {} {} – {}{creates}", sample.id, sample.method, sample.path, sample.title)
}

fn link(link: &LinkView) -> String {
    let dated = link.dated.as_ref().map(|dated| format!(" ({dated})")).unwrap_or_default();
    let url = link.url.as_ref().map(|url| format!(", {url}")).unwrap_or_default();
    format!("{}{dated}{url}", link.title)
}
