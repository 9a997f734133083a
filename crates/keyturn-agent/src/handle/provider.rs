//! What Keyturn knows of providers.

use keyturn_protocol::calls::{
    AddEnvironment, CheckProfile, CheckProfileAnswer, Done, EnvironmentView, FieldGuide, LinkView,
    ProblemView, ProviderSummary, ProviderView, SampleView, ShowProvider,
};
use keyturn_protocol::{ApiError, Event};
use keyturn_providers::{
    Encoding, Exchange, Limit, PlainHttp, Profile, RevealPolicy, RotationKind, check,
};

use crate::agent::Agent;
use crate::caller::Caller;
use crate::errors::to_api;

pub(super) fn list(agent: &Agent) -> Vec<ProviderSummary> {
    let profiles = agent.engine.catalogue().iter().map(|profile| ProviderSummary {
        id: profile.id.clone(),
        name: profile.name.clone(),
        summary: profile.summary.clone(),
    });
    profiles.collect()
}

pub(super) fn show(agent: &Agent, call: &ShowProvider) -> Result<ProviderView, ApiError> {
    let profile = agent.engine.profile(&call.id).map_err(|error| to_api(&error))?;
    let mut environments: Vec<EnvironmentView> = profile
        .environments
        .iter()
        .map(|environment| EnvironmentView {
            name: environment.name.clone(),
            base_url: environment.base_url.clone(),
            plain_http: environment.plain_http == PlainHttp::Private,
            own: false,
        })
        .collect();
    environments.extend(agent.engine.own_environments(&call.id).into_iter().map(|own| {
        EnvironmentView {
            name: own.name,
            base_url: own.base_url,
            plain_http: own.allow_plain_http,
            own: true,
        }
    }));
    Ok(view(profile, environments))
}

pub(super) fn check_profile(call: &CheckProfile) -> CheckProfileAnswer {
    match check(&call.file, &call.text) {
        Ok(profile) => CheckProfileAnswer { id: Some(profile.id), problems: Vec::new() },
        Err(problems) => CheckProfileAnswer {
            id: None,
            problems: problems
                .into_iter()
                .map(|problem| ProblemView {
                    file: problem.file,
                    line: problem.line,
                    column: problem.column,
                    reason: problem.reason,
                    hint: problem.hint,
                })
                .collect(),
        },
    }
}

pub(super) fn add_environment(
    agent: &Agent,
    caller: &Caller,
    call: AddEnvironment,
) -> Result<Done, ApiError> {
    let provider = call.provider.clone();
    let request = keyturn_engine::AddEnvironment {
        provider: call.provider,
        name: call.name,
        base_url: call.base_url,
        ca_pem: call.ca_pem,
        allow_plain_http: call.allow_plain_http,
    };
    agent.engine.add_environment(request, &caller.to_string()).map_err(|error| to_api(&error))?;
    agent.tell(Event::ProviderChanged(provider));
    Ok(Done {})
}

fn view(profile: &Profile, environments: Vec<EnvironmentView>) -> ProviderView {
    let fields = profile.fields.iter().map(|field| FieldGuide {
        name: field.name.clone(),
        label: field.label.clone(),
        secret: field.is_secret(),
        required: field.required,
        where_to_find: field.where_to_find.clone(),
        env_var: field.env_var.clone(),
    });
    let docs = profile.documentation.iter().map(|page| LinkView {
        title: page.title.clone(),
        url: page.url.clone(),
        dated: page.version.clone().or_else(|| Some(format!("read on {}", page.read_on))),
    });
    let samples = profile.samples.iter().map(|sample| SampleView {
        id: sample.id.clone(),
        title: sample.label.clone(),
        method: sample.method.clone(),
        path: sample.path.clone(),
        creates: sample.creates_something,
    });
    let rotation = match profile.rotation.kind {
        RotationKind::SelfService => format!("You replace it yourself: {}", profile.rotation.place),
        RotationKind::SupportRequest => {
            format!("The provider's support replaces it: {}", profile.rotation.place)
        }
    };
    ProviderView {
        id: profile.id.clone(),
        name: profile.name.clone(),
        summary: profile.summary.clone(),
        docs: docs.collect(),
        environments,
        fields: fields.collect(),
        exchanges: profile.exchanges.iter().map(exchange_in_words).collect(),
        limits: profile.limits.iter().map(limit_in_words).collect(),
        rotation: Some(rotation),
        reveal_once: profile.reveal.policy == RevealPolicy::Once,
        checklist: profile.checklist.iter().map(|item| item.text.clone()).collect(),
        samples: samples.collect(),
        unconfirmed: unconfirmed(profile),
    }
}

fn exchange_in_words(exchange: &Exchange) -> String {
    let encoding = match exchange.encoding {
        Encoding::Multipart => ", multipart form",
        Encoding::Form => ", urlencoded form",
        Encoding::Json => ", JSON",
        Encoding::None => "",
    };
    let lifetime = exchange
        .documented_lifetime
        .as_ref()
        .map(|lifetime| format!(", lives {lifetime}"))
        .unwrap_or_default();
    format!("{} {}{encoding}{lifetime}", exchange.method, exchange.path)
}

fn limit_in_words(limit: &Limit) -> String {
    let rates = [
        (limit.per_second, "a second"),
        (limit.burst, "at once"),
        (limit.per_minute, "a minute"),
        (limit.per_day, "a day"),
    ];
    let rates: Vec<String> =
        rates.iter().filter_map(|(count, unit)| Some(format!("{} {unit}", (*count)?))).collect();
    format!("{}: {}", limit.label, rates.join(", "))
}

/// Everything that the provider's main documentation does not confirm.
fn unconfirmed(profile: &Profile) -> Vec<String> {
    let exchanges = profile.exchanges.iter().filter(|exchange| !exchange.verified);
    let limits = profile.limits.iter().filter(|limit| !limit.verified);
    let notices = profile.notices.iter().filter(|notice| !notice.verified);
    exchanges
        .map(|exchange| format!("The exchange {} {}", exchange.method, exchange.path))
        .chain(limits.map(|limit| format!("The limits: {}", limit.label)))
        .chain(notices.map(|notice| notice.text.clone()))
        .collect()
}
