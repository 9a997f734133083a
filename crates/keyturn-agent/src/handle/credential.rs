//! Credentials: adding, listing, changing, removing, and what is due. No secret goes outwards here.

use chrono::TimeDelta;
use keyturn_core::{
    Credential, FieldName, FieldValue, KeyMark, RotationPolicy, SecretFields, TokenState,
};
use keyturn_engine::{CredentialSummary, LimitUse, ListFilter};
use keyturn_protocol::calls::{
    AddCredential, CredentialDetail, CredentialView, Done, DueItem, EditCredential, FieldView,
    FromPaste, LimitScope, LimitView, LimitWindow, ListCredentials, ListDue, MethodInUse,
    RemoveCredential, RevealView, RotationView, ShowCredential, TokenView,
};
use keyturn_protocol::{ApiError, Event, SecretOnWire};
use keyturn_providers::Profile;

use crate::agent::Agent;
use crate::caller::Caller;
use crate::errors::to_api;

pub(super) fn add(
    agent: &Agent,
    caller: &Caller,
    call: AddCredential,
) -> Result<CredentialDetail, ApiError> {
    let request = keyturn_engine::AddCredential {
        provider: call.provider,
        name: call.name,
        environments: call.environments,
        owner: call.owner,
        note: call.note,
        fields: call.fields,
        secrets: secrets(call.secrets),
        mark: call.mark.or(call.last_four.map(KeyMark::LastFour)),
        rotation: RotationPolicy {
            issued_on: call.issued_on,
            expires_on: call.expires_on,
            rotate_every_days: call.rotate_every_days,
            replace_on: call.replace_on,
            age_only: call.age_only.unwrap_or_default(),
        },
        plan: call.plan,
        keep_fresh: call.keep_fresh,
        allow_plain_http: call.allow_plain_http,
    };
    let caller = caller.to_string();
    let added = match call.from_paste {
        None => agent.engine.add(request, &caller),
        Some(FromPaste { ticket, fields }) => {
            let from = keyturn_engine::FromPaste { ticket, fields };
            agent.engine.add_pasted(request, &from, &caller)
        }
    };
    changed(agent, added)
}

pub(super) fn edit(
    agent: &Agent,
    caller: &Caller,
    call: EditCredential,
) -> Result<CredentialDetail, ApiError> {
    let request = keyturn_engine::EditCredential {
        reference: call.reference,
        name: call.name,
        environments: call.environments,
        owner: call.owner,
        note: call.note,
        fields: call.fields,
        secrets: secrets(call.secrets),
        mark: call.mark,
        issued_on: call.issued_on,
        expires_on: call.expires_on,
        clear_issued_on: call.clear_issued_on,
        clear_expires_on: call.clear_expires_on,
        rotate_every_days: call.rotate_every_days,
        replace_on: call.replace_on,
        clear_replace_on: call.clear_replace_on,
        age_only: call.age_only,
        plan: call.plan,
        keep_fresh: call.keep_fresh,
        favourite: call.favourite,
        allow_plain_http: call.allow_plain_http,
        confirmed: call.confirmed,
    };
    changed(agent, agent.engine.edit(request, &caller.to_string()))
}

pub(super) fn remove(
    agent: &Agent,
    caller: &Caller,
    call: &RemoveCredential,
) -> Result<Done, ApiError> {
    agent.engine.remove(&call.reference, &caller.to_string()).map_err(|error| to_api(&error))?;
    agent.tell(Event::CredentialChanged(call.reference.clone()));
    Ok(Done {})
}

pub(super) fn list(agent: &Agent, call: &ListCredentials) -> Result<Vec<CredentialView>, ApiError> {
    let filter = ListFilter {
        provider: call.provider.clone(),
        due_within_days: call.due_within_days,
        expiring_within: call.expiring_within_s.and_then(TimeDelta::try_seconds),
    };
    let found = agent.engine.list(&filter).map_err(|error| to_api(&error))?;
    Ok(found.iter().map(|summary| view(agent, summary)).collect())
}

pub(super) fn show(agent: &Agent, call: &ShowCredential) -> Result<CredentialDetail, ApiError> {
    let summary = agent.engine.show(&call.reference).map_err(|error| to_api(&error))?;
    Ok(detail(agent, &summary))
}

pub(super) fn due(agent: &Agent, call: &ListDue) -> Result<Vec<DueItem>, ApiError> {
    let due = agent.engine.due(call.within_days).map_err(|error| to_api(&error))?;
    let items = due.into_iter().map(|item| DueItem {
        reference: item.reference,
        due_on: item.due.on,
        days_left: item.days_left,
        reason: item.due.reason,
        state: item.state,
    });
    Ok(items.collect())
}

fn secrets(on_wire: std::collections::BTreeMap<FieldName, SecretOnWire>) -> SecretFields {
    on_wire.into_iter().map(|(name, secret)| (name, secret.0)).collect()
}

pub(super) fn changed(
    agent: &Agent,
    result: Result<CredentialSummary, keyturn_engine::EngineError>,
) -> Result<CredentialDetail, ApiError> {
    let summary = result.map_err(|error| to_api(&error))?;
    agent.tell(Event::CredentialChanged(summary.credential.reference()));
    Ok(detail(agent, &summary))
}

fn detail(agent: &Agent, summary: &CredentialSummary) -> CredentialDetail {
    let credential = &summary.credential;
    let known = agent.engine.known_profile(&credential.provider).ok();
    let open_values = credential.fields.iter().filter_map(|field| match &field.value {
        FieldValue::Open(value) => Some((field.name.clone(), value.clone())),
        FieldValue::Secret { .. } | FieldValue::Missing { .. } => None,
    });
    let profile = known.and_then(|known| known.profile);
    CredentialDetail {
        view: view(agent, summary),
        method: profile.as_ref().map(|profile| method(profile, credential)),
        provider_name: profile
            .map_or_else(|| credential.provider.to_string(), |profile| profile.name),
        environments: credential.environments.clone(),
        open_values: open_values.collect(),
        note: credential.note.clone(),
        issued_on: credential.rotation.issued_on,
        expires_on: credential.rotation.expires_on,
        rotate_every_days: credential.rotation.rotate_every_days,
        replace_on: credential.rotation.replace_on,
        age_only: credential.rotation.age_only,
        plan: credential.plan.clone(),
        keep_fresh: credential.keep_fresh,
        clock_skew_s: agent.engine.clock_skew(credential).map(|skew| skew.num_seconds()),
        limits: agent.engine.limits(credential).into_iter().map(limit).collect(),
        created_at: credential.created_at,
        updated_at: credential.updated_at,
    }
}

/// The way of authenticating that is used, and those that could be (DC1).
fn method(profile: &Profile, credential: &Credential) -> MethodInUse {
    let used = profile.auth_method(credential);
    let fields = profile.fields_of(used);
    // A method that takes the same fields in another way has nothing stored of its own.
    let others = profile.usable_methods(credential).filter(|other| {
        other.name != used.name && !profile.fields_of(other).iter().all(|one| fields.contains(one))
    });
    MethodInUse {
        name: used.name.clone(),
        label: used.label.clone(),
        others: others.map(|other| other.name.clone()).collect(),
    }
}

fn limit(used: LimitUse) -> LimitView {
    LimitView {
        label: used.label,
        plan: used.plan,
        scope: match used.scope {
            keyturn_providers::LimitScope::Organization => LimitScope::Organization,
            keyturn_providers::LimitScope::Account => LimitScope::Account,
            keyturn_providers::LimitScope::Endpoint => LimitScope::Endpoint,
        },
        window: match used.window {
            keyturn_engine::LimitWindow::Second => LimitWindow::Second,
            keyturn_engine::LimitWindow::Minute => LimitWindow::Minute,
            keyturn_engine::LimitWindow::Day => LimitWindow::Day,
        },
        limit: used.limit,
        burst: used.burst,
        used: used.used,
        resets_at: used.resets_at,
        verified: used.verified,
    }
}

/// A credential's fields, without a secret.
pub(super) fn fields(credential: &Credential) -> Vec<FieldView> {
    let fields = credential.fields.iter().map(|field| FieldView {
        name: field.name.clone(),
        secret: !matches!(field.value, FieldValue::Open(_)),
        set: !field.is_missing(),
        last_four: field.last_four().map(str::to_owned),
    });
    fields.collect()
}

fn view(agent: &Agent, summary: &CredentialSummary) -> CredentialView {
    let credential = &summary.credential;
    let (now, today) = (agent.engine.now(), agent.engine.today());
    let countdown = agent.engine.countdown();
    let token = match &summary.token {
        None => TokenView {
            state: TokenState::None,
            issued_at: None,
            expires_at: None,
            expires_in_s: None,
            source: None,
            soon_at: None,
            urgent_at: None,
            kept_fresh: credential.keep_fresh,
            renewal_problem: None,
        },
        Some(token) => TokenView {
            state: token.state(now, &countdown),
            issued_at: Some(token.issued_at),
            expires_at: token.expiry.at,
            expires_in_s: token.expiry.at.map(|end| (end - now).num_seconds()),
            source: Some(token.expiry.source),
            soon_at: token.warnings(&countdown).map(|(soon, _)| soon),
            urgent_at: token.warnings(&countdown).map(|(_, urgent)| urgent),
            kept_fresh: credential.keep_fresh,
            renewal_problem: agent.engine.renewal_problem(credential),
        },
    };
    let due = summary.due;
    CredentialView {
        reference: credential.reference(),
        provider: credential.provider.clone(),
        name: credential.name.clone(),
        environment: credential.environment().clone(),
        owner: credential.owner.clone(),
        fields: fields(credential),
        token,
        rotation: RotationView {
            state: summary.state,
            due_on: due.map(|due| due.on),
            days_left: due.map(|due| (due.on - today).num_days()),
        },
        reveal: RevealView { state: credential.reveal },
        favourite: credential.favourite,
    }
}
