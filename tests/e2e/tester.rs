//! The request tester in the real window: composed and sent by keys, looked through, taken back; and whatever
//! an answer is, it is text.

use std::collections::VecDeque;
use std::fs;
use std::io::{BufRead as _, BufReader, Write as _};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread;

use serde_json::{Value, json};

use crate::payloads::{LOOK, PAYLOADS, nothing_happened};
use crate::support::{Key, Machine, Window, wait};

const PATH: &str = "Path and query";
const KEY: &str = "device-key-canary-3k9w-5Pq7";

/// A media type and a body.
type Answer = (&'static str, String);

/// A server on this machine that gives the answers that it was told, in their order, and none after them.
struct Device {
    address: String,
    answers: Arc<Mutex<VecDeque<Answer>>>,
    /// Who asked and got no answer.
    waiting: Arc<Mutex<Vec<TcpStream>>>,
}

impl Device {
    fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port is free");
        let address = format!("http://{}", listener.local_addr().expect("it has one"));
        let answers = Arc::new(Mutex::new(VecDeque::new()));
        let told = Arc::clone(&answers);
        let waiting = Arc::new(Mutex::new(Vec::new()));
        let silent = Arc::clone(&waiting);
        // It ends with the test's process.
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let next = told.lock().expect("nobody panicked with it").pop_front();
                match next {
                    Some(next) => answer(&stream, &next),
                    None => silent.lock().expect("nobody panicked with it").push(stream),
                }
            }
        });
        Self { address, answers, waiting }
    }

    /// Waits until somebody asked who gets no answer: one that is taken back before was never sent.
    fn is_asked(&self) {
        wait::until("a request", || {
            let waiting = self.waiting.lock().expect("nobody panicked with it");
            (!waiting.is_empty()).then_some(())
        });
    }

    fn answers(&self, media_type: &'static str, body: &str) {
        let mut answers = self.answers.lock().expect("nobody panicked with it");
        answers.push_back((media_type, body.to_owned()));
    }
}

fn answer(stream: &TcpStream, (media_type, body): &Answer) {
    let mut line = String::new();
    let mut lines = BufReader::new(stream);
    while lines.read_line(&mut line).is_ok_and(|read| read > 2) {
        line.clear();
    }
    let head = format!(
        "HTTP/1.1 200 OK\r\nconnection: close\r\ncontent-type: {media_type}\r\n\
         content-length: {}\r\n\r\n{body}",
        body.len()
    );
    let mut stream = stream;
    // Who asked may have gone.
    drop(stream.write_all(head.as_bytes()));
}

/// A window with a credential of the device, in the tester.
fn tester(machine: &Machine, device: &Device) -> Window {
    let profile = include_str!("../fixtures/profiles/device.toml");
    let profile = profile.replace("http://127.0.0.1:1", &device.address);
    let file = machine.folder().join("device.toml");
    fs::write(&file, profile).expect("a profile can be written");
    let file = file.to_str().expect("the path is text");
    machine.keyturn(&["provider", "add", file, "--yes"], "");
    machine.keyturn(&["add", "device", "--secret", "api_key", "--allow-plain-http"], KEY);
    machine.keyturn(&["lock"], "");
    let window = machine.window();
    window.unlock();
    window.select("Device");
    window.press("t");
    window.find("heading", "Requests");
    // The credential's own address stands there once it is known.
    window.says(&device.address);
    window
}

/// Sends a reading request by its key.
fn send(window: &Window, path: &str) {
    let field = window.find("textbox", PATH);
    window.replace_text(&field, path);
    window.press_with_control(Key::Enter.character());
}

/// The lines of the body that stand on the page.
fn lines(window: &Window) -> Vec<String> {
    let script = "return [...document.querySelectorAll('[data-row]')]
        .sort((a, b) => a.dataset.row - b.dataset.row)
        .map((row) => row.querySelector('.text')?.textContent ?? '')";
    let lines = window.script(script, &[]);
    serde_json::from_value(lines).expect("the rows are texts")
}

#[track_caller]
fn shows_line(window: &Window, text: &str) {
    let found = wait::ask(|| lines(window).iter().any(|line| line.contains(text)).then_some(()));
    assert!(found.is_some(), "no line '{text}':\n{:?}\n{}", lines(window), window.text());
}

#[test]
fn a_request_is_sent_by_keys_and_its_body_folded_and_searched() {
    let machine = Machine::new().with_vault();
    let device = Device::start();
    let window = tester(&machine, &device);
    let orders: Vec<Value> =
        (0..500).map(|id| json!({"id": id, "note": format!("order-{id}")})).collect();
    device.answers("application/json", &json!({"orders": orders, "end": 1.50}).to_string());
    send(&window, "/v1/orders");
    window.find("tree", "Body of the answer");
    shows_line(&window, "\"id\": 0,");
    assert!(lines(&window).len() < 200, "a part of two thousand lines is on the page");

    // The list is the second line; it closes and opens by the arrows, as trees do.
    let tree = window.find("tree", "Body of the answer");
    window.script("arguments[0].focus()", &[tree.reference()]);
    let open = |state: &str| {
        let script =
            "return document.querySelector('[role=treeitem][aria-selected=true]')?.ariaExpanded";
        wait::until(state, || (window.script(script, &[]) == json!(state)).then_some(()));
    };
    let first =
        lines(&window).iter().position(|line| line.contains("orders")).expect("it is there");
    for _ in 0..first {
        window.press_key(Key::Down);
    }
    open("true");
    window.press_key(Key::Left);
    open("false");
    shows_line(&window, "\"end\"");
    window.press_key(Key::Right);
    open("true");
    shows_line(&window, "\"id\": 0,");

    // What is far below is found, and what hides it opened.
    window.press_key(Key::Left);
    open("false");
    window.press_with_control("f");
    window.find("textbox", "Search");
    window.press_each("order-487");
    window.says("1 of 1");
    window.press_key(Key::Enter);
    shows_line(&window, "order-487");
}

#[test]
fn a_request_that_hangs_is_taken_back_and_the_next_one_is_sent() {
    let machine = Machine::new().with_vault();
    let device = Device::start();
    let window = tester(&machine, &device);
    send(&window, "/v1/slow");
    window.find("button", "Cancel");
    device.is_asked();
    window.press_key(Key::Escape);
    window.says("Cancelled");
    device.answers("text/plain", "the next answer");
    send(&window, "/v1/next");
    shows_line(&window, "the next answer");
    let reference = json!({"reference": "device/main"});
    let heard = wait::until("both in the history", || {
        let heard = window.invoke("list_exchanges", &reference)["value"].as_array()?.clone();
        (heard.len() == 2).then_some(heard)
    });
    assert_eq!(heard[0]["status"], 200);
    assert_eq!(heard[1]["problem"], "cancelled");
}

#[test]
fn a_hostile_answer_is_text_and_runs_nothing() {
    let machine = Machine::new().with_vault();
    let device = Device::start();
    let window = tester(&machine, &device);
    let all = PAYLOADS.join("\n");
    for media_type in ["text/html", "image/svg+xml", "application/xhtml+xml", "text/plain"] {
        device.answers(media_type, &format!("{all}\n{media_type}"));
        send(&window, "/v1/hostile");
        shows_line(&window, media_type);
        shows_line(&window, PAYLOADS[1]);
        shows_line(&window, "\u{241b}[31m");
        nothing_happened(&window.script(&format!("return {LOOK}"), &[]));
    }
    let named = json!({PAYLOADS[1]: PAYLOADS}).to_string();
    device.answers("application/json", &named);
    send(&window, "/v1/hostile");
    window.find("tree", "Body of the answer");
    shows_line(&window, PAYLOADS[2]);
    nothing_happened(&window.script(&format!("return {LOOK}"), &[]));
}

#[test]
fn no_secret_of_a_request_is_in_the_page_or_in_what_it_hears() {
    let machine = Machine::new().with_vault();
    let device = Device::start();
    let window = tester(&machine, &device);
    window.record_answers();
    let mut pages = String::new();
    // The server sends the key back: plainly, in JSON, in the middle of a text.
    let plain = format!("before {KEY} behind remark-7x9z");
    let json = json!({"echo": {"x-device-key": KEY}, "note": "remark-7x9z"}).to_string();
    let all = [("text/plain", &plain, "before"), ("application/json", &json, "\"echo\"")];
    for (media_type, body, begins) in all {
        device.answers(media_type, body);
        send(&window, "/v1/echo");
        shows_line(&window, begins);
        shows_line(&window, "remark-7x9z");
        pages.push_str(&window.everything());
    }
    // Saved to a file, it holds none either.
    window.click_on("button", "Save…");
    window.says("Saved to ");
    let text = window.text();
    let (_, path) = text.split_once("Saved to ").expect("it says where");
    let path = path.lines().next().unwrap_or_default().trim();
    let saved = fs::read_to_string(path).unwrap_or_else(|error| panic!("{path}: {error}"));
    let heard = window.answers();
    for (place, text) in [("the page", &pages), ("an answer", &heard), ("a file", &saved)] {
        assert!(!text.contains(KEY), "{place} holds the key");
        assert!(text.contains("remark-7x9z"), "a positive control: {place} was searched");
    }
}
