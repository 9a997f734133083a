//! What the bus says about notifications: some desktops tell everybody instead of who asked, and none
//! tells when it begins or ends. Owns nothing of the screen.

use notify_rust::CloseReason;
use tokio::sync::mpsc::UnboundedSender;
use zbus::export::ordered_stream::OrderedStreamExt as _;
use zbus::message::Type;
use zbus::{Connection, MatchRule, Message, MessageStream};

use crate::board::Happening;
use crate::notification::{Fate, action};

const DESKTOP: &str = "org.freedesktop.Notifications";

/// Passes on what becomes of anybody's notifications, and that the desktop's service has ended. Ends
/// with the bus, or where there is none.
pub(crate) async fn watch(happenings: UnboundedSender<Happening>) {
    let streams = async {
        let connection = Connection::session().await?;
        Ok::<_, zbus::Error>((signals(&connection).await?, owners(&connection).await?))
    };
    let streams = streams.await;
    drop(happenings.send(Happening::Watching));
    // The bus that is not there has no notifications that could be lost.
    let Ok((mut signals, mut owners)) = streams else {
        return;
    };
    loop {
        let happening = tokio::select! {
            message = signals.next() => match message {
                Some(Ok(message)) => signal(&message),
                _ => break,
            },
            message = owners.next() => match message {
                Some(Ok(message)) => owner_changed(&message),
                _ => break,
            },
        };
        if let Some(happening) = happening
            && happenings.send(happening).is_err()
        {
            return;
        }
    }
    drop(happenings.send(Happening::DesktopEnded));
}

async fn signals(connection: &Connection) -> zbus::Result<MessageStream> {
    let rule =
        MatchRule::builder().msg_type(Type::Signal).sender(DESKTOP)?.interface(DESKTOP)?.build();
    MessageStream::for_match_rule(rule, connection, None).await
}

async fn owners(connection: &Connection) -> zbus::Result<MessageStream> {
    let rule = MatchRule::builder()
        .msg_type(Type::Signal)
        .sender("org.freedesktop.DBus")?
        .interface("org.freedesktop.DBus")?
        .member("NameOwnerChanged")?
        .arg(0, DESKTOP)?
        .build();
    MessageStream::for_match_rule(rule, connection, None).await
}

fn signal(message: &Message) -> Option<Happening> {
    let (on_bus, fate) = match message.header().member()?.as_str() {
        "ActionInvoked" => {
            let (on_bus, key): (u32, String) = message.body().deserialize().ok()?;
            (on_bus, Fate::Chosen(action(&key)?))
        }
        "NotificationClosed" => {
            let (on_bus, reason): (u32, u32) = message.body().deserialize().ok()?;
            (on_bus, Fate::Closed(CloseReason::from(reason)))
        }
        _ => return None,
    };
    Some(Happening::EndedOnBus { on_bus, fate })
}

/// Whoever had the name before is gone, and its notifications with it.
fn owner_changed(message: &Message) -> Option<Happening> {
    let (_name, before, _after): (String, String, String) = message.body().deserialize().ok()?;
    Some(if before.is_empty() { Happening::DesktopBegan } else { Happening::DesktopEnded })
}
