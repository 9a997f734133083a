//! What Keyturn knows of providers.

mod profile;
mod view;

use keyturn_engine::{KnownProfile, OwnState};
use keyturn_protocol::calls::{
    AddEnvironment, Done, EnvironmentView, OwnProfileState, ProviderSummary, ProviderView,
    ShowProvider,
};
use keyturn_protocol::{ApiError, ErrorCode, Event};
use keyturn_providers::{PlainHttp, Profile};

use crate::agent::Agent;
use crate::caller::Caller;
use crate::errors::to_api;

pub(super) use profile::{add as add_profile, check as check_profile, remove as remove_profile};

pub(super) fn list(agent: &Agent) -> Vec<ProviderSummary> {
    agent.engine.known_profiles().into_iter().map(summary).collect()
}

pub(super) fn show(agent: &Agent, call: &ShowProvider) -> Result<ProviderView, ApiError> {
    let known = agent.engine.known_profile(&call.id).map_err(|error| to_api(&error))?;
    let Some(profile) = &known.profile else {
        let message = format!("the profile of {} is not sound", known.id);
        return Err(ApiError::new(ErrorCode::InvalidInput, message)
            .hint("`keyturn provider check FILE` says what is wrong with it."));
    };
    Ok(view::of(profile, known.own.map(state), environments(agent, profile)))
}

fn summary(known: KnownProfile) -> ProviderSummary {
    let (name, summary) = match known.profile {
        Some(profile) => (profile.name, profile.summary),
        None => (known.id.to_string(), "Its profile cannot be read.".to_owned()),
    };
    let state = known.own.map(state);
    ProviderSummary { id: known.id, name, summary, own: state.is_some(), state }
}

const fn state(state: OwnState) -> OwnProfileState {
    match state {
        OwnState::Accepted => OwnProfileState::Accepted,
        OwnState::Changed => OwnProfileState::Changed,
        OwnState::Missing => OwnProfileState::Missing,
        OwnState::New => OwnProfileState::New,
        OwnState::Unknown => OwnProfileState::Unknown,
    }
}

/// The profile's environments, then the user's own.
fn environments(agent: &Agent, profile: &Profile) -> Vec<EnvironmentView> {
    let of_profile = profile.environments.iter().map(|environment| EnvironmentView {
        name: environment.name.clone(),
        base_url: environment.base_url.clone(),
        token_origin: environment.token_origin.clone(),
        plain_http: environment.plain_http == PlainHttp::Private,
        own: false,
    });
    let own = agent.engine.own_environments(&profile.id);
    let own = own.into_iter().map(|own| EnvironmentView {
        name: own.name,
        base_url: own.base_url,
        token_origin: own.token_origin,
        plain_http: own.allow_plain_http,
        own: true,
    });
    of_profile.chain(own).collect()
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
        token_origin: call.token_origin,
        ca_pem: call.ca_pem,
        allow_plain_http: call.allow_plain_http,
    };
    agent.engine.add_environment(request, &caller.to_string()).map_err(|error| to_api(&error))?;
    agent.tell(Event::ProviderChanged(provider));
    Ok(Done {})
}
