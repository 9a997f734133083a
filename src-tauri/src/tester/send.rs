//! The way of a request to the agent and of its answer back: the body stays here.

use std::collections::BTreeMap;

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use keyturn_core::{CredentialRef, ExchangeId};
use keyturn_protocol::calls::{OutlineRequest, SendRequest, SendRequestAnswer, ShowKept};
use keyturn_protocol::{ApiError, Call, ErrorCode, address_of};
use keyturn_request::{Param, Request, fill};

use super::answer::{ShownKept, TesterAnswer};
use super::body::Bodies;
use super::call::TesterRequest;
use super::turns::{Begun, Turns};
use crate::agent::{Agent, blocking};

const NOTHING_SENT: &str = "Nothing was sent.";

/// A composed request with its variables' values.
pub(super) struct Composed {
    /// The address that it was written down with, where that has a host.
    pub(super) address: Option<String>,
    pub(super) call: SendRequest,
}

/// Reads what the page composed, off the main thread: files may be large.
pub(super) async fn composed(asked: TesterRequest) -> Result<Composed, ApiError> {
    blocking(move || compose(asked)).await
}

fn compose(mut asked: TesterRequest) -> Result<Composed, ApiError> {
    take_query(&mut asked.request);
    let filled = fill(&asked.request, &asked.variables).map_err(|missing| {
        ApiError::new(ErrorCode::InvalidInput, missing.to_string())
            .hint(format!("Give it a value under Params. {NOTHING_SENT}"))
    })?;
    let contents: BTreeMap<_, _> = asked.files.into_iter().collect();
    let file = |path: &str| content(&contents, path);
    let mut call = SendRequest::of(asked.reference, &filled, &file)?;
    if asked.sample.is_some() {
        // The sample says where; what else is given counts beside its own.
        (call.method, call.path) = (None, None);
    }
    call.sample = asked.sample;
    call.environment = asked.environment;
    call.recipe = asked.recipe;
    call.checks = asked.checks;
    call.saved = asked.saved;
    call.confirmed = asked.confirmed;
    call.no_wait = asked.no_wait;
    call.keep = asked.keep;
    let address = if call.sample.is_some() { None } else { address_of(&filled) };
    Ok(Composed { address, call })
}

/// Takes a query that was written behind the path to the parameters, as it is written.
fn take_query(request: &mut Request) {
    let Some((path, query)) = request.url.split_once('?') else { return };
    let written = query.split('&').filter(|pair| !pair.is_empty()).map(|pair| {
        let (name, value) = pair.split_once('=').map_or((pair, None), |(n, v)| (n, Some(v)));
        let (name, value) = (name.to_owned(), value.map(str::to_owned));
        Param { name, value, on: true, encoded: true }
    });
    let written: Vec<_> = written.chain(request.query.iter().cloned()).collect();
    (request.url, request.query) = (path.to_owned(), written);
}

/// The content of a file that the page read. The shell itself opens none that a page names.
fn content(contents: &BTreeMap<String, String>, path: &str) -> Result<Vec<u8>, ApiError> {
    let Some(content) = contents.get(path) else {
        let message = format!("the content of {path} is not here: files are not kept");
        return Err(ApiError::new(ErrorCode::InvalidInput, message)
            .hint(format!("Pick the file again. {NOTHING_SENT}")));
    };
    BASE64_STANDARD.decode(content).map_err(|_| {
        ApiError::new(ErrorCode::InvalidInput, format!("{path} could not be read"))
            .hint(format!("Pick the file again. {NOTHING_SENT}"))
    })
}

/// Sends a request; it can be taken back by its turn.
pub(crate) async fn send(
    agent: &Agent,
    bodies: &Bodies,
    turns: &Turns,
    asked: TesterRequest,
) -> Result<TesterAnswer, ApiError> {
    let begun = turns.begin(asked.turn)?;
    let Composed { address, call } = composed(asked).await?;
    if let Some(address) = address {
        begun.call(agent, outline(&call, address)).await?;
    }
    shown(agent, bodies, &begun, call).await
}

/// Shows what would be sent.
pub(crate) async fn preview(
    agent: &Agent,
    asked: TesterRequest,
) -> Result<SendRequestAnswer, ApiError> {
    let call = own_host(agent, composed(asked).await?).await?;
    agent.call(SendRequest { dry_run: true, keep: None, ..call }).await
}

/// Refuses an address of another host than the environment's: the agent says what to do instead.
async fn own_host(agent: &Agent, composed: Composed) -> Result<SendRequest, ApiError> {
    let Composed { address, call } = composed;
    if let Some(address) = address {
        agent.call(outline(&call, address)).await?;
    }
    Ok(call)
}

/// The call that refuses an address of another host.
fn outline(call: &SendRequest, address: String) -> OutlineRequest {
    OutlineRequest { request: without_body(call), address: Some(address) }
}

/// What is asked for, without what is long.
fn without_body(call: &SendRequest) -> SendRequest {
    SendRequest {
        reference: call.reference.clone(),
        sample: call.sample.clone(),
        method: call.method.clone(),
        path: call.path.clone(),
        recipe: call.recipe.clone(),
        query: call.query.clone(),
        headers: call.headers.clone(),
        body: None,
        environment: call.environment.clone(),
        confirmed: call.confirmed,
        dry_run: true,
        no_wait: call.no_wait,
        keep: None,
        checks: Vec::new(),
        saved: None,
    }
}

/// Makes a call that is answered as a request is.
pub(crate) async fn answered<C>(
    agent: &Agent,
    bodies: &Bodies,
    turns: &Turns,
    turn: u64,
    call: C,
) -> Result<TesterAnswer, ApiError>
where
    C: Call<Answer = SendRequestAnswer> + Send + 'static,
{
    shown(agent, bodies, &turns.begin(turn)?, call).await
}

async fn shown<C>(
    agent: &Agent,
    bodies: &Bodies,
    begun: &Begun,
    call: C,
) -> Result<TesterAnswer, ApiError>
where
    C: Call<Answer = SendRequestAnswer> + Send + 'static,
{
    let stretch = bodies.stretch();
    let mut answer = begun.call(agent, call).await?;
    let shown = bodies.take(stretch, &mut answer).await?;
    Ok(TesterAnswer { answer, shown })
}

/// Shows an exchange that was kept.
pub(crate) async fn kept(
    agent: &Agent,
    bodies: &Bodies,
    reference: CredentialRef,
    id: ExchangeId,
) -> Result<ShownKept, ApiError> {
    let stretch = bodies.stretch();
    let mut kept = agent.call(ShowKept { reference, id }).await?;
    let shown = bodies.take(stretch, &mut kept.exchange).await?;
    Ok(ShownKept { kept, shown })
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc::channel;

    use keyturn_protocol::calls::RequestBody;
    use keyturn_protocol::{Reply, encode, frame};
    use serde_json::json;
    use tauri::async_runtime;

    use super::super::body::tests::answer;
    use super::super::wire;
    use super::*;

    fn asked(request: &serde_json::Value) -> TesterRequest {
        let asked = json!({
            "turn": 1, "reference": "acme/main", "environment": null, "recipe": null, "sample": null,
            "request": request, "variables": {"id": "a b/7"}, "files": [["a.bin", "AP8="]],
            "checks": [], "saved": null, "confirmed": false, "no_wait": true, "keep": null,
        });
        serde_json::from_value(asked).unwrap()
    }

    #[test]
    fn a_composed_request_is_the_call_that_sends_it() {
        let body = json!({"kind": "file", "path": "a.bin"});
        let request = json!({"method": "post", "url": "/v1/{id}", "body": body});
        let Composed { address, call } = compose(asked(&request)).unwrap();
        assert_eq!((call.path.as_deref(), address), (Some("/v1/a%20b%2F7"), None));
        assert!(call.no_wait && !call.confirmed && !call.dry_run);
        let Some(RequestBody::Raw { base64, .. }) = call.body else { panic!("the file's bytes") };
        assert_eq!(base64, "AP8=");
    }

    #[test]
    fn a_query_behind_the_path_is_sent_as_the_parameters_are() {
        let query = json!([{"name": "c", "value": "3"}]);
        let request = json!({"method": "GET", "url": "/v1/x?a=1%202&b", "query": query});
        let Composed { call, .. } = compose(asked(&request)).unwrap();
        assert_eq!(call.path.as_deref(), Some("/v1/x"));
        let sent = [("a", "1 2"), ("b", ""), ("c", "3")];
        assert_eq!(call.query, sent.map(|(name, value)| (name.to_owned(), value.to_owned())));
    }

    #[test]
    fn a_file_that_the_page_did_not_give_is_asked_for_and_never_opened() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("there.txt");
        std::fs::write(&file, "canary").unwrap();
        let body = json!({"kind": "file", "path": file});
        let request = json!({"method": "POST", "url": "/v1", "body": body});
        let Err(error) = compose(asked(&request)) else { panic!("it was read") };
        assert!(error.hint.as_deref().unwrap().contains("Pick the file again"), "{error:?}");
        assert!(!format!("{error:?}").contains("canary"));
    }

    #[test]
    fn a_variable_without_a_value_is_named_and_nothing_is_sent() {
        let request = json!({"method": "GET", "url": "/v1/{other}"});
        let Err(error) = compose(asked(&request)) else { panic!("a value is missing") };
        assert!(error.message.contains("other"), "{error:?}");
        assert!(error.hint.as_deref().unwrap().contains("Nothing was sent"));
    }

    #[test]
    fn an_address_with_a_host_is_told_apart_so_that_a_foreign_one_is_refused() {
        let request = json!({"method": "GET", "url": "https://elsewhere.example/v1"});
        let Composed { address, call } = compose(asked(&request)).unwrap();
        assert_eq!(address.as_deref(), Some("//elsewhere.example/v1"));
        assert_eq!(call.path.as_deref(), Some("/v1"));
    }

    #[test]
    fn a_request_is_taken_back_before_it_is_composed_and_while_its_address_is_looked_at() {
        let folder = tempfile::tempdir().unwrap();
        let (agent, heard) = wire::silent(folder.path());
        let (bodies, turns) = (Bodies::default(), Turns::default());
        let request = json!({"method": "GET", "url": "https://elsewhere.example/v1"});
        turns.cancel(1);
        let first = async_runtime::block_on(send(&agent, &bodies, &turns, asked(&request)));
        assert_eq!(first.unwrap_err().message, "the request was cancelled");
        assert!(heard.try_recv().is_err(), "the agent was asked");

        let (also, again) = (turns.clone(), asked(&request));
        let second = async_runtime::spawn(async move { send(&agent, &bodies, &also, again).await });
        assert_eq!(wire::next(&heard), "asked");
        turns.cancel(1);
        assert_eq!(wire::next(&heard), "left");
        let error = async_runtime::block_on(second).unwrap().unwrap_err();
        assert_eq!(error.message, "the request was cancelled");
    }

    #[test]
    fn an_answer_that_comes_after_a_lock_is_not_shown_and_its_body_not_held() {
        let folder = tempfile::tempdir().unwrap();
        let (go, gone) = channel();
        let (agent, heard) = wire::agent(folder.path(), move |stream| {
            gone.recv().unwrap();
            let said = SendRequestAnswer { body: Some("said".to_owned()), ..answer(None) };
            frame::write(stream, &encode(&Reply::Ok(said))).unwrap();
        });
        let (bodies, turns) = (Bodies::default(), Turns::default());
        let asked = |turn| TesterRequest { turn, ..asked(&json!({"method": "GET", "url": "/v1"})) };
        let sent = |turn| {
            let (agent, bodies, turns) = (agent.clone(), bodies.clone(), turns.clone());
            let asked = asked(turn);
            async_runtime::spawn(async move { send(&agent, &bodies, &turns, asked).await })
        };
        let before = sent(1);
        go.send(()).unwrap();
        let shown = async_runtime::block_on(before).unwrap().unwrap().shown.unwrap();
        assert!(bodies.body(shown.id).is_ok(), "a positive control");
        assert_eq!([wire::next(&heard), wire::next(&heard)], ["asked", "left"]);

        let after = sent(2);
        assert_eq!(wire::next(&heard), "asked");
        bodies.clear();
        go.send(()).unwrap();
        let error = async_runtime::block_on(after).unwrap().unwrap_err();
        assert_eq!(error.code, ErrorCode::VaultLocked);
        assert!(bodies.body(shown.id + 1).is_err());
    }

    #[test]
    fn nothing_that_is_composed_is_in_what_debug_says() {
        let body = json!({"kind": "text", "text": "canary"});
        let request = json!({"method": "POST", "url": "/canary", "body": body});
        let asked = asked(&request);
        let said = format!("{asked:?}");
        assert!(!said.contains("canary") && said.contains("acme"), "{said}");
        assert_eq!(asked.request.url, "/canary", "a positive control");
    }
}
