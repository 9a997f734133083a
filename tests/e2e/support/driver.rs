//! The real window under automation: a small client of the W3C `WebDriver` protocol.

use std::io::Write as _;
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};

use super::{http, processes, wait};

/// The member under which the protocol names an element.
const ELEMENT: &str = "element-6066-11e4-a52e-4f735466cecf";

/// A key that is no character.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Key {
    Enter,
    Escape,
    Down,
    Left,
    Right,
    Tab,
}

impl Key {
    /// The character that the protocol gives it.
    pub(crate) const fn character(self) -> &'static str {
        match self {
            Self::Enter => "\u{E007}",
            Self::Escape => "\u{E00C}",
            Self::Down => "\u{E015}",
            Self::Left => "\u{E012}",
            Self::Right => "\u{E014}",
            Self::Tab => "\u{E004}",
        }
    }
}

/// The control character that the protocol gives to Control.
const CONTROL: &str = "\u{E009}";

impl Element {
    /// The element as an argument of a script.
    pub(crate) fn reference(&self) -> Value {
        json!({ ELEMENT: self.0 })
    }
}

/// The main window, controlled as a user would.
pub(crate) struct Window {
    driver: Child,
    address: String,
    session: String,
}

/// An element of the page.
#[derive(Debug, Clone)]
pub(crate) struct Element(String);

/// The page has drawn another element in its place since it was found; nothing was done.
#[derive(Debug)]
pub(crate) struct Stale;

impl Window {
    /// Starts a program of ours under a driver of its own. `command` starts drivers on the screen.
    pub(crate) fn open(mut driver: Command, program: &Path) -> Self {
        let address = free_address();
        let port = address.rsplit(':').next().expect("an address has a port");
        let driver = driver
            .arg(format!("--port={port}"))
            .env("TAURI_AUTOMATION", "true")
            .env("TAURI_WEBVIEW_AUTOMATION", "true")
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("WebKitWebDriver can be started");
        let mut window = Self { driver, address, session: String::new() };
        wait::until("the driver's answer", || {
            http::send(&window.address, "GET", "/status", None).ok()
        });
        let options = json!({"binary": program, "args": []});
        let capabilities = json!({"alwaysMatch": {"webkitgtk:browserOptions": options}});
        let body = json!({"capabilities": capabilities});
        let answer = window.send("POST", "/session", Some(&body));
        let session = answer["sessionId"].as_str();
        session.unwrap_or_else(|| panic!("no session: {answer}")).clone_into(&mut window.session);
        window
    }

    /// Runs a script in the page and takes what it returns.
    #[track_caller]
    pub(crate) fn script(&self, script: &str, arguments: &[Value]) -> Value {
        self.post("/execute/sync", &json!({"script": script, "args": arguments}))
    }

    /// Runs a script that calls its last argument when it is done.
    #[track_caller]
    pub(crate) fn script_until_done(&self, script: &str, arguments: &[Value]) -> Value {
        self.post("/execute/async", &json!({"script": script, "args": arguments}))
    }

    /// The element that a script returns, if any. The script is run again where the page draws the
    /// element anew before the driver has it.
    #[track_caller]
    pub(crate) fn element(&self, script: &str, arguments: &[Value]) -> Option<Element> {
        let body = json!({"script": script, "args": arguments});
        let look = || self.post_unless_stale("/execute/sync", &body).ok();
        let found = wait::until("an element that stays on the page", look);
        found[ELEMENT].as_str().map(|id| Element(id.to_owned()))
    }

    #[track_caller]
    pub(crate) fn click(&self, element: &Element) {
        self.try_click(element).expect("the element is on the page");
    }

    pub(crate) fn try_click(&self, element: &Element) -> Result<(), Stale> {
        self.post_unless_stale(&format!("/element/{}/click", element.0), &json!({})).map(drop)
    }

    /// Clicks it, and says whether the click came to it: the driver looks where it is and clicks there, and what
    /// is above it may grow in between.
    pub(crate) fn click_lands(&self, element: &Element) -> Result<bool, Stale> {
        let listen = "window.__landed = false;
            const landed = () => { window.__landed = true; };
            arguments[0].addEventListener('click', landed, { once: true, capture: true });";
        let body = json!({"script": listen, "args": [element.reference()]});
        self.post_unless_stale("/execute/sync", &body)?;
        self.try_click(element)?;
        // The click may have ended the window.
        let path = format!("/session/{}/execute/sync", self.session);
        let ask = json!({"script": "return window.__landed", "args": []});
        let told = http::send(&self.address, "POST", &path, Some(&ask));
        Ok(!told.is_ok_and(|(status, told)| status == 200 && told["value"] == json!(false)))
    }

    /// Moves the pointer over it.
    pub(crate) fn point_at(&self, element: &Element) {
        self.pointer(element, &[]);
    }

    /// Clicks it as a mouse does: where it is, and on whatever is there.
    pub(crate) fn click_with_pointer(&self, element: &Element) {
        let (down, up) = (
            json!({"type": "pointerDown", "button": 0}),
            json!({"type": "pointerUp", "button": 0}),
        );
        self.pointer(element, &[down, up]);
    }

    fn pointer(&self, element: &Element, then: &[Value]) {
        let origin = element.reference();
        let mut actions =
            vec![json!({"type": "pointerMove", "duration": 0, "x": 0, "y": 0, "origin": origin})];
        actions.extend_from_slice(then);
        let pointer = json!([{"type": "pointer", "id": "mouse", "actions": actions,
                              "parameters": {"pointerType": "mouse"}}]);
        self.post("/actions", &json!({"actions": pointer}));
    }

    #[track_caller]
    pub(crate) fn type_into(&self, element: &Element, text: &str) {
        self.try_type_into(element, text).expect("the element is on the page");
    }

    pub(crate) fn try_type_into(&self, element: &Element, text: &str) -> Result<(), Stale> {
        let path = format!("/element/{}/value", element.0);
        self.post_unless_stale(&path, &json!({"text": text})).map(drop)
    }

    /// Scrolls it to the middle of its pane.
    pub(crate) fn try_scroll_to(&self, element: &Element) -> Result<(), Stale> {
        let script = "arguments[0].scrollIntoView({ block: 'center' })";
        let body = json!({"script": script, "args": [element.reference()]});
        self.post_unless_stale("/execute/sync", &body).map(drop)
    }

    pub(crate) fn clear(&self, element: &Element) {
        self.post(&format!("/element/{}/clear", element.0), &json!({}));
    }

    /// Presses the keys of a text, one after the other.
    pub(crate) fn press_each(&self, text: &str) {
        text.chars().for_each(|character| self.press(character.encode_utf8(&mut [0; 4])));
    }

    /// Presses a key wherever the focus is.
    pub(crate) fn press(&self, key: &str) {
        self.keys(&[
            json!({"type": "keyDown", "value": key}),
            json!({"type": "keyUp", "value": key}),
        ]);
    }

    pub(crate) fn press_key(&self, key: Key) {
        self.press(key.character());
    }

    pub(crate) fn press_with_control(&self, key: &str) {
        self.keys(&with_control(key));
    }

    /// Presses what may end the window before the driver has an answer.
    pub(crate) fn end_with_control(&self, key: &str) {
        let path = format!("/session/{}/actions", self.session);
        drop(http::send(&self.address, "POST", &path, Some(&key_actions(&with_control(key)))));
    }

    /// Waits until what the tree says is on the screen: after the next frame, and with its own letters.
    pub(crate) fn settle(&self) {
        let settled = "const done = arguments[0];
            const fading = document.getAnimations()
              .filter((one) => one.effect?.getComputedTiming().endTime !== Infinity)
              .map((one) => one.finished);
            Promise.allSettled([document.fonts.ready, ...fading]).then(() =>
              requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done, 50))));";
        self.script_until_done(settled, &[]);
    }

    /// Saves a picture of the page.
    pub(crate) fn picture(&self, file: &Path) {
        self.settle();
        let answer = self.get("/screenshot");
        let text = answer.as_str().expect("a picture is base64");
        let bytes = STANDARD.decode(text).expect("a picture is base64");
        std::fs::write(file, bytes).expect("the picture can be written");
    }

    pub(crate) fn resize(&self, width: u32, height: u32) {
        self.post("/window/rect", &json!({"width": width, "height": height}));
    }

    pub(crate) fn minimize(&self) {
        self.post("/window/minimize", &json!({}));
    }

    /// The driver's process; the window and its web processes descend from it.
    pub(crate) fn process(&self) -> u32 {
        self.driver.id()
    }

    /// Saves what a failed test saw beside the programs, named after the test; never panics.
    fn leave_picture(&self) {
        let path = format!("/session/{}/screenshot", self.session);
        let Ok((200, answer)) = http::send(&self.address, "GET", &path, None) else { return };
        let bytes = answer["value"].as_str().and_then(|text| STANDARD.decode(text).ok());
        let test = std::thread::current().name().unwrap_or("main").replace("::", "-");
        let file = programs().join(format!("failed-{test}.png"));
        if std::fs::write(&file, bytes.unwrap_or_default()).is_ok() {
            drop(writeln!(std::io::stderr(), "--- the page: {}", file.display()));
        }
    }

    fn keys(&self, actions: &[Value]) {
        self.post("/actions", &key_actions(actions));
    }

    #[track_caller]
    fn post(&self, path: &str, body: &Value) -> Value {
        self.send("POST", &format!("/session/{}{path}", self.session), Some(body))
    }

    #[track_caller]
    fn post_unless_stale(&self, path: &str, body: &Value) -> Result<Value, Stale> {
        let path = format!("/session/{}{path}", self.session);
        let sent = http::send(&self.address, "POST", &path, Some(body));
        let (status, mut answer) = sent.expect("the driver answers");
        if status == 404 && answer["value"]["error"] == "stale element reference" {
            return Err(Stale);
        }
        assert_eq!(status, 200, "POST {path}: {answer}");
        Ok(answer["value"].take())
    }

    #[track_caller]
    fn get(&self, path: &str) -> Value {
        self.send("GET", &format!("/session/{}{path}", self.session), None)
    }

    #[track_caller]
    fn send(&self, method: &str, path: &str, body: Option<&Value>) -> Value {
        let sent = http::send(&self.address, method, path, body);
        let (status, mut answer) = sent.expect("the driver answers");
        assert_eq!(status, 200, "{method} {path}: {answer}");
        answer["value"].take()
    }
}

fn with_control(key: &str) -> [Value; 4] {
    [
        json!({"type": "keyDown", "value": CONTROL}),
        json!({"type": "keyDown", "value": key}),
        json!({"type": "keyUp", "value": key}),
        json!({"type": "keyUp", "value": CONTROL}),
    ]
}

fn key_actions(actions: &[Value]) -> Value {
    json!({"actions": [{"type": "key", "id": "keyboard", "actions": actions}]})
}

impl Drop for Window {
    fn drop(&mut self) {
        let path = format!("/session/{}", self.session);
        if std::thread::panicking() {
            self.leave_picture();
        }
        let mut driven = processes::parents();
        driven.retain(|_, parent| *parent == self.driver.id());
        drop(http::send(&self.address, "DELETE", &path, None));
        // The driver answers before it has ended the window: killed at once, it leaves one that is handed what the
        // next is opened for.
        wait::ask(|| driven.keys().all(|pid| !processes::runs(*pid)).then_some(()));
        drop(self.driver.kill());
        drop(self.driver.wait());
    }
}

/// A port that nobody uses at the moment.
pub(crate) fn free_address() -> String {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port is free");
    listener.local_addr().expect("a listener has an address").to_string()
}

/// The folder that the programs under test lie in: this one runs in a folder below.
pub(crate) fn programs() -> PathBuf {
    let own = std::env::current_exe().expect("a program has a place");
    let folder = own.parent().and_then(Path::parent);
    folder.expect("a test runs in a folder below the programs").to_owned()
}
