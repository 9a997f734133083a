//! A notification service that answers when the test lets it.

#![expect(
    clippy::used_underscore_binding,
    reason = "the interface's macro names what it passes on"
)]

use std::sync::Arc;

use tokio::sync::{Semaphore, mpsc};
use zbus::zvariant::OwnedValue;
use zbus::{Connection, connection, interface};

/// Takes its time.
pub(crate) struct LateService {
    /// Each permit lets one notification be answered.
    pub(crate) answers: Arc<Semaphore>,
    pub(crate) asked: mpsc::UnboundedReceiver<String>,
    connection: Connection,
}

struct Service {
    answers: Arc<Semaphore>,
    asked: mpsc::UnboundedSender<String>,
}

#[interface(name = "org.freedesktop.Notifications")]
impl Service {
    #[expect(clippy::too_many_arguments, reason = "the desktops' specification")]
    async fn notify(
        &self,
        _app: String,
        _replaces: u32,
        _icon: String,
        summary: String,
        _body: String,
        _actions: Vec<String>,
        _hints: std::collections::HashMap<String, OwnedValue>,
        _timeout: i32,
    ) -> u32 {
        self.asked.send(summary).expect("the test lives");
        self.answers.acquire().await.expect("it is never closed").forget();
        1
    }
}

impl LateService {
    pub(crate) async fn start(bus: &str) -> Self {
        let answers = Arc::new(Semaphore::new(0));
        let (tell, asked) = mpsc::unbounded_channel();
        let service = Service { answers: Arc::clone(&answers), asked: tell };
        let connection = connection::Builder::address(bus)
            .and_then(|builder| builder.name("org.freedesktop.Notifications"))
            .and_then(|builder| builder.serve_at("/org/freedesktop/Notifications", service))
            .expect("the names are sound")
            .build()
            .await
            .expect("the bus answers");
        Self { answers, asked, connection }
    }

    /// Tells everybody on the bus that a notification was chosen from, as GNOME and KDE do.
    pub(crate) async fn tell_everybody(&self, action: &str) {
        let path = "/org/freedesktop/Notifications";
        let name = "org.freedesktop.Notifications";
        let body = (1_u32, action);
        let told = self.connection.emit_signal(None::<&str>, path, name, "ActionInvoked", &body);
        told.await.expect("the bus answers");
    }
}
