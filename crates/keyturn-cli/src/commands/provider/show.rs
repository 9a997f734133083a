//! `keyturn provider show`.

use clap::Args;
use keyturn_core::ProviderId;
use keyturn_protocol::calls::{
    EnvironmentView, FieldGuide, LinkView, ProviderView, SampleView, ShowProvider,
};

use crate::context::Context;
use crate::exit::Status;
use crate::failure::Failure;
use crate::output::table::Facts;

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
    facts.add_lines("Environments", provider.environments.iter().map(environment));
    facts.add_lines("Fields", provider.fields.iter().map(field));
    facts.add_lines("Token", &provider.exchanges);
    facts.add_lines("Limits", &provider.limits);
    facts.add_known("Rotation", provider.rotation.as_deref());
    let once = "shown only once by the provider: store it with `keyturn capture`";
    facts.add_known("Key", provider.reveal_once.then_some(once));
    facts.add_lines("Checklist", &provider.checklist);
    facts.add_lines("Samples", provider.samples.iter().map(sample));
    facts.add_lines("Documents", provider.docs.iter().map(link));
    facts.add_lines("Unconfirmed", &provider.unconfirmed);
    facts
}

fn environment(environment: &EnvironmentView) -> String {
    let own = if environment.own { ", your own" } else { "" };
    let plain = if environment.plain_http { ", may use clear text" } else { "" };
    format!("{}: {}{plain}{own}", environment.name, environment.base_url)
}

fn field(field: &FieldGuide) -> String {
    let secret = if field.secret { ", secret" } else { "" };
    let optional = if field.required { "" } else { ", optional" };
    let place = field.where_to_find.as_ref().map(|place| format!(" – {place}")).unwrap_or_default();
    format!("{}: {}{secret}{optional}{place}", field.name, field.label)
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
