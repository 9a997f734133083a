//! The request tester in the real window: large answers, the history, and how soon a request leaves. A server
//! on this machine answers at once, so that what is measured is the window's own.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::thread;

use keyturn_protocol::calls::{ListExchanges, SendRequest};
use serde_json::{Value, json};

use super::frames;
use super::report::{UNNUMBERED, held, median, told};
use super::support::{Key, Machine, Window, wait};

const ROUNDS: usize = 5;
/// Ten of them are an answer that is still read: 10 MiB are the most.
const MB: usize = 1_000_000;
/// As large as answers are, in megabytes; less where nothing is optimized.
const LARGE: usize = if cfg!(debug_assertions) { 2 } else { 10 };
/// What a history holds at most.
const HISTORY: usize = 500;
const REFERENCE: &str = "device/main";

/// Measures all of it.
pub(crate) fn tester() {
    let machine = Machine::new().with_vault();
    add_device(&machine, &serve());
    fill_history(&machine);
    machine.keyturn(&["lock"], "");
    let window = machine.window();
    window.unlock();
    window.select("Device");
    window.press("t");
    window.find("heading", "Requests");
    history(&window);
    sending(&window);
    shown(&window, 1, 200.0);
    shown(&window, LARGE, 1_500.0);
    looking(&window);
}

/// A server whose answers are as many megabytes of JSON as the path says.
fn serve() -> String {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port is free");
    let address = format!("http://{}", listener.local_addr().expect("it has one"));
    // It ends with the measurement's process.
    thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            thread::spawn(move || answer(&stream));
        }
    });
    address
}

fn answer(stream: &TcpStream) {
    let mut lines = BufReader::new(stream);
    let (mut line, mut length, mut megabytes) = (String::new(), 0, 0);
    while lines.read_line(&mut line).is_ok_and(|read| read > 2) {
        let text = line.to_lowercase();
        if let Some(number) = text.strip_prefix("content-length:") {
            length = number.trim().parse().unwrap_or(0);
        }
        if let Some((_, path)) = line.split_once("/v1/json/") {
            megabytes = path.split([' ', '?']).next().unwrap_or_default().parse().unwrap_or(0);
        }
        line.clear();
    }
    drop(std::io::copy(&mut lines.by_ref().take(length), &mut std::io::sink()));
    let body = records(megabytes);
    let head = format!(
        "HTTP/1.1 200 OK\r\nconnection: close\r\ncontent-type: application/json\r\n\
         content-length: {}\r\n\r\n",
        body.len()
    );
    let mut stream = stream;
    // Who asked may have gone.
    drop(stream.write_all(head.as_bytes()).and_then(|()| stream.write_all(body.as_bytes())));
}

/// Records as services list them, with a word at the end that can be searched for.
fn records(megabytes: usize) -> String {
    let record = r#"{"id":1234567,"email":"maya@example.org","tags":["a","b"],"address":{"city":"Pune","geo":[18.52,73.85]}},"#;
    let records = record.repeat(megabytes * MB / record.len());
    format!(r#"{{"megabytes":{megabytes},"records":[{records}{{}}],"last":"the-last-word"}}"#)
}

fn add_device(machine: &Machine, address: &str) {
    let profile = include_str!("../../tests/fixtures/profiles/device.toml");
    let profile = profile.replace("http://127.0.0.1:1", address);
    let file = machine.folder().join("device.toml");
    std::fs::write(&file, profile).expect("a profile can be written");
    let file = file.to_str().expect("the path is text");
    machine.keyturn(&["provider", "add", file, "--yes"], "");
    machine.keyturn(&["add", "device", "--secret", "api_key", "--allow-plain-http"], "key-3k9w");
}

/// Asks so often that the history is full.
fn fill_history(machine: &Machine) {
    let mut client = machine.client();
    for number in 0..HISTORY {
        let path = format!("/v1/orders/{number}");
        let request = json!({
            "reference": REFERENCE, "sample": null, "method": null, "path": path, "query": [],
            "headers": [], "body": null, "environment": null, "confirmed": true, "dry_run": false,
        });
        let request: SendRequest = serde_json::from_value(request).expect("it is a request");
        client.call(request).expect("the server answers");
    }
    let reference = REFERENCE.parse().expect("it is a reference");
    let list = client.call(ListExchanges { reference }).expect("the vault is open");
    assert_eq!(list.len(), HISTORY, "the history is full");
}

/// From a letter in the search of the history to the list that shows what is left, laid out.
fn history(window: &Window) {
    window.click_on("tab", "History");
    window.find("textbox", "Search the history");
    wait::until("the history", || window.text().contains("500").then_some(()));
    let script = r#"
        const [steps, done] = arguments;
        const field = document.querySelector("[aria-label='Search the history'] input");
        const amount = field.parentElement.querySelector("[role=status]");
        const took = [];
        const one = (turn) => {
          if (turn === steps.length) return done(took);
          const before = amount.textContent;
          const begun = performance.now();
          const observer = new MutationObserver(() => {
            if (amount.textContent === before) return;
            observer.disconnect();
            void document.body.offsetHeight;
            took.push(performance.now() - begun);
            requestAnimationFrame(() => setTimeout(() => one(turn + 1)));
          });
          observer.observe(document.body, { subtree: true, childList: true, characterData: true });
          field.value = steps[turn];
          field.dispatchEvent(new Event("input", { bubbles: true }));
        };
        one(0);"#;
    let steps: Vec<&str> = ["orders/4", "orders/49", "orders/499", "orders/4", ""].repeat(ROUNDS);
    let took = frames::numbers(&window.script_until_done(script, &[json!(steps)]));
    held(UNNUMBERED, "500 requests of a history searched", median(took), "ms", 10.0);
}

/// From the key that sends to the call of the shell, with a megabyte of JSON in the body.
fn sending(window: &Window) {
    window.click_on("tab", "Body");
    let kind = window.find("combobox", "Body").reference();
    let choose = "const [field, value] = arguments; field.value = value;
        field.dispatchEvent(new Event('change', { bubbles: true }))";
    window.script(choose, &[kind.clone(), json!("json")]);
    let method = window.find("combobox", "Method").reference();
    window.script(choose, &[method.clone(), json!("POST")]);
    let area = window.find("textbox", "The JSON that is sent").reference();
    let write = "const [area, text] = arguments; area.value = text;
        area.dispatchEvent(new Event('input', { bubbles: true })); area.focus()";
    window.script(write, &[area, json!(records(1))]);
    path(window, "/v1/taken");
    let listen = r#"
        window.realFetch = window.fetch;
        window.begun = null;
        window.called = null;
        const heard = (event) => {
          if (event.key !== "Enter") return;
          removeEventListener("keydown", heard, true);
          window.begun = event.timeStamp;
        };
        addEventListener("keydown", heard, true);
        window.fetch = (...call) => {
          if (String(call[0]).includes("tester_send")) window.called = performance.now();
          return window.realFetch(...call);
        };"#;
    let once = || {
        window.script(listen, &[]);
        window.press_with_control(Key::Enter.character());
        // The page's own handler may have called before ours is asked.
        let left = "return window.begun && window.called && window.called - window.begun";
        let took = wait::until("the call", || window.script(left, &[]).as_f64());
        window.script("window.fetch = window.realFetch", &[]);
        // It may change something: the page asks before it goes further than the agent.
        window.find("dialog", "Send a request");
        window.press_key(Key::Escape);
        wait::until("no question", || window.look_for("dialog", "").is_none().then_some(()));
        took
    };
    let took = (0..ROUNDS).map(|_| once()).collect();
    held(UNNUMBERED, "Ctrl+Enter → sent, with 1 MB of JSON", median(took), "ms", 16.0);
    window.script(choose, &[kind, json!("none")]);
    window.script(choose, &[method, json!("GET")]);
}

fn path(window: &Window, path: &str) {
    let field = window.find("textbox", "Path and query");
    window.replace_text(&field, path);
}

/// From the shell's answer to the lines on the screen; and how long the page's thread was held meanwhile.
fn shown(window: &Window, megabytes: usize, at_most: f64) {
    let listen = r#"
        const [wanted] = arguments;
        window.realFetch ??= window.fetch;
        window.took = null;
        const begun = performance.now();
        let answered = null;
        window.fetch = async (...call) => {
          const answer = await window.realFetch(...call);
          if (String(call[0]).includes("tester_send")) answered = performance.now();
          return answer;
        };
        // A task that comes again at once: the longest time between two is the longest block.
        const channel = new MessageChannel();
        let last = performance.now();
        let longest = 0;
        channel.port1.onmessage = () => {
          const now = performance.now();
          longest = Math.max(longest, now - last);
          last = now;
          if (window.took === null) channel.port2.postMessage(0);
        };
        channel.port2.postMessage(0);
        const look = () => {
          const rows = document.querySelector("[role=tree]")?.textContent ?? "";
          if (answered === null || !rows.includes(wanted)) return requestAnimationFrame(look);
          window.fetch = window.realFetch;
          setTimeout(() => {
            const now = performance.now();
            window.took = [now - answered, longest, now - begun];
          });
        };
        requestAnimationFrame(look);"#;
    let wanted = format!("\"megabytes\": {megabytes},");
    let (mut took, mut blocked, mut whole) = (Vec::new(), Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        // Another answer stands there before each.
        path(window, "/v1/json/0");
        window.press_with_control(Key::Enter.character());
        wait::until("the small answer", || {
            window.text().contains("\"megabytes\": 0").then_some(())
        });
        path(window, &format!("/v1/json/{megabytes}"));
        window.script(listen, &[json!(wanted)]);
        window.press_with_control(Key::Enter.character());
        let pair = wait::until("the lines", || {
            let took = window.script("return window.took", &[]);
            took.is_array().then(|| frames::numbers(&took))
        });
        took.push(pair[0]);
        blocked.push(pair[1]);
        whole.push(pair[2]);
    }
    let what = format!("JSON of {megabytes} MB → its lines are drawn");
    held(UNNUMBERED, &what, median(took), "ms", at_most);
    told(UNNUMBERED, "  from the key on", median(whole), "ms", "server, agent and layout");
    let longest = blocked.into_iter().fold(0.0, f64::max);
    held(UNNUMBERED, "  the page's thread held, at most", longest, "ms", 100.0);
}

/// Searching and folding what is there, from the page's call to the shell's answer.
fn looking(window: &Window) {
    let id = window.invoke("tester_send", &json!({ "call": composed() }));
    let id = &id["value"]["shown"]["id"];
    assert!(id.is_u64(), "the answer has a body");
    let timed = |command: &str, call: &Value| {
        let script = "const [name, call, done] = arguments;
            const begun = performance.now();
            window.__TAURI_INTERNALS__.invoke(name, call).then(() => done(performance.now() - begun));";
        let took = |_| window.script_until_done(script, &[json!(command), call.clone()]).as_f64();
        median((0..ROUNDS).filter_map(took).collect())
    };
    let search = |text: &str| json!({"body": id, "form": "json", "text": text, "case": false});
    held(
        UNNUMBERED,
        &format!("{LARGE} MB searched to its end"),
        timed("body_search", &search("the-LAST-word")),
        "ms",
        100.0,
    );
    told(UNNUMBERED, "  for what is everywhere", timed("body_search", &search("e")), "ms", "");
    let fold = |closed: bool| json!({"body": id, "form": "json", "line": null, "closed": closed});
    held(UNNUMBERED, "a million lines folded", timed("body_fold", &fold(true)), "ms", 50.0);
    held(UNNUMBERED, "  and opened", timed("body_fold", &fold(false)), "ms", 50.0);
    // In their midst, however many there are.
    let lines = json!({"body": id, "form": "json", "from": LARGE * 50_000, "count": 400});
    held(UNNUMBERED, "400 of its lines", timed("body_lines", &lines), "ms", 50.0);
}

fn composed() -> Value {
    json!({
        "turn": 4_711, "reference": REFERENCE, "environment": null, "recipe": null, "sample": null,
        "request": {"method": "GET", "url": format!("/v1/json/{LARGE}")}, "variables": {}, "files": [],
        "checks": [], "saved": null, "confirmed": false, "no_wait": false, "keep": null,
    })
}
