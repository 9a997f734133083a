//! How a credential is used, and what its token says.

use keyturn_engine::{Bought, SentAs, Snippet};
use keyturn_protocol::ApiError;
use keyturn_protocol::calls::{
    BoughtView, CredentialDetail, DecodeToken, DecodedJwt, DecodedToken, SentAsView, SetTokenEnd,
    ShowUsage, SnippetForm, SnippetView, UsageView,
};

use super::credential::changed;
use crate::agent::Agent;
use crate::caller::Caller;
use crate::errors::to_api;

pub(super) fn show(agent: &Agent, call: &ShowUsage) -> Result<UsageView, ApiError> {
    let usage = agent.engine.usage(&call.reference).map_err(|error| to_api(&error))?;
    Ok(UsageView {
        base_url: usage.base_url,
        clear_text: usage.clear_text,
        sent: usage.sent.into_iter().map(sent).collect(),
        bought: usage.bought.map(bought),
        only_buy: usage.only_buy,
        with_key: usage.with_key,
        client_side_warning: usage.client_side_warning,
        snippets: usage.snippets.into_iter().map(snippet).collect(),
    })
}

pub(super) fn decode(agent: &Agent, call: &DecodeToken) -> Result<DecodedToken, ApiError> {
    let decoded = agent.engine.decoded_token(&call.reference).map_err(|error| to_api(&error))?;
    let jwt = decoded.map(|parts| DecodedJwt {
        header: parts.header,
        claims: parts.claims,
        issued_at: parts.issued_at,
        not_before: parts.not_before,
        expires_at: parts.expires_at,
    });
    Ok(DecodedToken { jwt })
}

pub(super) fn set_end(
    agent: &Agent,
    caller: &Caller,
    call: &SetTokenEnd,
) -> Result<CredentialDetail, ApiError> {
    changed(agent, agent.engine.set_token_end(&call.reference, call.end, &caller.to_string()))
}

fn sent(sent: SentAs) -> SentAsView {
    let SentAs { name, scheme, field, in_query } = sent;
    SentAsView { name, scheme, field, in_query }
}

fn bought(bought: Bought) -> BoughtView {
    let Bought { method, url, clear_text, fields, documented_lifetime, verified, revocable } =
        bought;
    BoughtView { method, url, clear_text, fields, documented_lifetime, verified, revocable }
}

fn snippet(snippet: Snippet) -> SnippetView {
    let form = match snippet.form {
        keyturn_engine::SnippetForm::Shell => SnippetForm::Shell,
        keyturn_engine::SnippetForm::Curl => SnippetForm::Curl,
        keyturn_engine::SnippetForm::Httpie => SnippetForm::Httpie,
        keyturn_engine::SnippetForm::Python => SnippetForm::Python,
        keyturn_engine::SnippetForm::Javascript => SnippetForm::Javascript,
        keyturn_engine::SnippetForm::PowershellVariable => SnippetForm::PowershellVariable,
        keyturn_engine::SnippetForm::Powershell => SnippetForm::Powershell,
        keyturn_engine::SnippetForm::Browser => SnippetForm::Browser,
        keyturn_engine::SnippetForm::Reference => SnippetForm::Reference,
    };
    SnippetView { form, code: snippet.code, warning: snippet.warning }
}
