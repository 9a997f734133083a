//! Connections: the handshake, then one answer for each call.

use std::sync::Arc;
use std::time::Duration;

use keyturn_protocol::{Event, Hello, Reply, Request, Waiting, decode, encode};
use rustix::net::RecvFlags;
use tokio::io::{AsyncReadExt, Interest};
use tokio::net::UnixStream;
use tokio::sync::Notify;
use tokio::sync::broadcast::error::RecvError;

use crate::agent::Agent;
use crate::caller::Caller;
use crate::greeting::Greeting;
use crate::{handle, message};

/// A peer that says nothing for so long before its hello is let go.
const HELLO_PATIENCE: Duration = Duration::from_secs(10);

/// Serves one connection until the peer leaves or garbles.
pub(crate) async fn serve(agent: Arc<Agent>, mut stream: UnixStream, peer: i32) {
    let Ok(caller) = Caller::of(peer) else { return };
    let Ok(Ok(hello)) = tokio::time::timeout(HELLO_PATIENCE, message::read(&mut stream)).await
    else {
        return;
    };
    let said = decode::<Hello>(&hello);
    let asking = said.as_ref().map(|hello| hello.asking).unwrap_or_default();
    let hears_waiting = said.is_some_and(|hello| hello.hears_waiting);
    let greeting = Greeting::to(decode(&hello).as_ref(), agent.is_busy(), agent.engine.now());
    let (welcomed, ends) = (greeting.is_welcome(), greeting.ends_us());
    let written = message::write(&mut stream, &encode(&greeting.reply())).await;
    if ends {
        agent.log.line(&format!("ending for a newer version: {caller}"));
        agent.stopping.notify_one();
        // The client waits for the end of this connection, which is the process's.
        return std::future::pending().await;
    }
    if written.is_err() || !welcomed {
        return;
    }
    while let Ok(received) = message::read(&mut stream).await {
        let Some(request) = decode::<Request>(&received) else {
            agent.log.line(&format!("a message of {caller} was not understood"));
            return;
        };
        drop(received);
        if matches!(request, Request::Subscribe(_)) {
            return send_events(&agent, &caller, stream).await;
        }
        let stop = matches!(request, Request::Stop(_));
        // What may wait long, for a turn or a provider in trouble, ends when nobody waits for it.
        let may_wait = matches!(
            request,
            Request::SendRequest(_)
                | Request::FollowRedirect(_)
                | Request::RunChecks(_)
                | Request::GetToken(_)
        );
        let _under_way = agent.under_way.begin();
        let asked = Notify::new();
        let admit = handle::admit(&agent, &caller, asking, request, &asked);
        tokio::pin!(admit);
        let admitted = loop {
            tokio::select! {
                biased;
                admitted = &mut admit => break admitted,
                () = asked.notified(), if hears_waiting => {}
                // Nothing was begun: whoever leaves takes the question to the user along.
                () = left(&stream) => return,
            }
            if message::write(&mut stream, &encode(&Waiting::Asked)).await.is_err() {
                return;
            }
        };
        let answer = match admitted {
            Err(refused) => handle::refuse(refused),
            Ok(admitted) => tokio::select! {
                answer = handle::answer(&agent, &caller, admitted) => answer,
                // What was begun is in the journal all the same.
                () = left(&stream), if may_wait => return,
            },
        };
        let written = message::write(&mut stream, &answer).await;
        if stop {
            agent.stopping.notify_one();
        }
        if written.is_err() {
            return;
        }
    }
}

/// Waits until the peer has left. What it sends meanwhile stays where it is.
async fn left(stream: &UnixStream) {
    while stream.readable().await.is_ok() {
        let peeked = stream.try_io(Interest::READABLE, || {
            Ok(rustix::net::recv(stream, &mut [0_u8; 1], RecvFlags::PEEK)?.0)
        });
        match peeked {
            Ok(0) => return,
            Ok(_) => std::future::pending().await,
            Err(error) if error.kind() == std::io::ErrorKind::WouldBlock => {}
            Err(_) => return,
        }
    }
}

/// Sends events until the peer leaves. What names a credential goes only to callers that may use
/// the vault.
async fn send_events(agent: &Agent, caller: &Caller, mut stream: UnixStream) {
    let mut events = agent.events.subscribe();
    let subscribed = encode(&Reply::Ok(Event::Subscribed));
    if message::write(&mut stream, &subscribed).await.is_err() {
        return;
    }
    let mut byte = [0];
    loop {
        let event = tokio::select! {
            event = events.recv() => event,
            _ = stream.read(&mut byte) => return,
        };
        let event = match event {
            Ok(event) => event,
            // The peer was too slow to hear each one: it asks anew for everything.
            Err(RecvError::Lagged(_)) => Event::Unlocked,
            Err(RecvError::Closed) => return,
        };
        let names = matches!(event, Event::CredentialChanged(_) | Event::ProviderChanged(_));
        if names && !agent.grants.covers(caller) {
            continue;
        }
        if message::write(&mut stream, &encode(&event)).await.is_err() {
            return;
        }
    }
}
