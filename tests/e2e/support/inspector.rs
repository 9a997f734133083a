//! A page that no driver drives: the prompt's, which keeps nothing and so is closed to automation, and the
//! one of a window that the agent opened. It is asked through `WebKit`'s remote inspector, which our debug
//! builds have and no other.

use std::net::TcpStream;
use std::time::Duration;

use serde_json::{Value, json};
use tungstenite::{Message, WebSocket};

use super::{http, wait};

/// An inspector that is silent for so long will never answer.
const LONGEST: Duration = Duration::from_secs(30);

/// A connection to one page.
pub(crate) struct Inspector {
    socket: WebSocket<TcpStream>,
    target: String,
    last: u64,
}

impl Inspector {
    /// Waits for the page behind an inspector's address, and connects to it.
    #[track_caller]
    pub(crate) fn of(address: &str) -> Self {
        let mut inspector = wait::until("the inspector's page", || Self::connect(address));
        wait::until("the page's scripts", || {
            let ready = "document.readyState === 'complete' && '__TAURI_INTERNALS__' in window \
                         && document.body.innerText.trim() !== ''";
            (inspector.evaluate(ready) == json!(true)).then_some(())
        });
        inspector
    }

    fn connect(address: &str) -> Option<Self> {
        // Whoever connects before the page is there is never told of it, nor is anybody after that.
        let (_, pages) = http::exchange(address, "GET", "/", None).ok()?;
        if ![".html<", "://localhost<"].iter().any(|end| pages.contains(end)) {
            return None;
        }
        let stream = TcpStream::connect(address).ok()?;
        stream.set_read_timeout(Some(LONGEST)).ok()?;
        let url = format!("ws://{address}/socket/1/1/WebPage");
        let (mut socket, _) = tungstenite::client(url, stream).ok()?;
        loop {
            let said = next(&mut socket)?;
            if said["method"] == "Target.targetCreated" {
                let target = said["params"]["targetInfo"]["targetId"].as_str()?.to_owned();
                return Some(Self { socket, target, last: 0 });
            }
        }
    }

    /// Has the page do something, and waits for no answer: the page may end with it.
    pub(crate) fn tell(&mut self, expression: &str) {
        self.last += 1;
        let parameters = json!({"expression": expression, "returnByValue": true});
        let inner = json!({"id": self.last, "method": "Runtime.evaluate", "params": parameters});
        let parameters = json!({"targetId": self.target, "message": inner.to_string()});
        let method = "Target.sendMessageToTarget";
        let outer = json!({"id": self.last, "method": method, "params": parameters});
        self.socket.send(Message::text(outer.to_string())).expect("the inspector listens");
    }

    /// What an expression is in the page, as JSON has it.
    pub(crate) fn evaluate(&mut self, expression: &str) -> Value {
        self.tell(expression);
        loop {
            let said = next(&mut self.socket)
                .unwrap_or_else(|| panic!("the inspector answers to {expression}"));
            if said["method"] == "Target.targetCreated" {
                // The page was loaded anew in a process of its own.
                if let Some(target) = said["params"]["targetInfo"]["targetId"].as_str() {
                    target.clone_into(&mut self.target);
                    return Value::Null;
                }
            }
            let Some(message) = said["params"]["message"].as_str() else { continue };
            let answer: Value = serde_json::from_str(message).unwrap_or_default();
            if answer["id"] == json!(self.last) {
                return answer["result"]["result"]["value"].clone();
            }
        }
    }

    /// Calls a command of the shell from the page, and waits for what it says.
    pub(crate) fn invoke(&mut self, command: &str, arguments: &Value) -> Value {
        let call = format!(
            "(() => {{ window.__said = null; \
               window.__TAURI_INTERNALS__.invoke({command}, {arguments}).then( \
                 (value) => {{ window.__said = {{ value: value ?? null }}; }}, \
                 (error) => {{ window.__said = {{ error }}; }}); return true; }})()",
            command = json!(command),
        );
        self.evaluate(&call);
        wait::until(command, || {
            let said = self.evaluate("window.__said");
            (!said.is_null()).then_some(said)
        })
    }
}

/// The next thing that the inspector says.
fn next(socket: &mut WebSocket<TcpStream>) -> Option<Value> {
    loop {
        if let Message::Text(text) = socket.read().ok()? {
            return serde_json::from_str(&text).ok();
        }
    }
}
