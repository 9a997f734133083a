//! Profiles of the user's own, from the file to the request, and who changes the file behind one's back.

use std::fs;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::path::PathBuf;
use std::sync::{Arc, Mutex};

use serde_json::Value;

use crate::support::World;

const KEY: &str = "acme-key-5p2w-canary";
const TOKEN: &str = "acme-access-token-8r3k-canary";

/// A server on loopback that writes down everything it gets and answers each request alike: with what
/// a seller of tokens would say.
struct Recorder {
    address: String,
    heard: Arc<Mutex<Vec<u8>>>,
}

impl Recorder {
    fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = format!("http://{}", listener.local_addr().unwrap());
        let heard = Arc::new(Mutex::new(Vec::new()));
        let ear = Arc::clone(&heard);
        // It ends with the test's process.
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                serve(&stream, &ear);
            }
        });
        Self { address, heard }
    }

    fn heard(&self) -> String {
        String::from_utf8_lossy(&self.heard.lock().unwrap()).into_owned()
    }
}

fn serve(stream: &TcpStream, heard: &Mutex<Vec<u8>>) {
    let mut lines = BufReader::new(stream);
    let (mut line, mut length) = (Vec::new(), 0);
    while lines.read_until(b'\n', &mut line).is_ok_and(|read| read > 2) {
        let text = String::from_utf8_lossy(&line).to_lowercase();
        if let Some(number) = text.strip_prefix("content-length:") {
            length = number.trim().parse().unwrap();
        }
        heard.lock().unwrap().append(&mut line);
    }
    let mut body = vec![0; length];
    if lines.read_exact(&mut body).is_ok() {
        heard.lock().unwrap().append(&mut body);
    }
    let mut stream = stream;
    let sold = format!(r#"{{"access_token":"{TOKEN}","token_type":"Bearer","expires_in":3600}}"#);
    let status = "HTTP/1.1 200 OK\r\nconnection: close\r\ncontent-type: application/json";
    let answer = format!("{status}\r\ncontent-length: {}\r\n\r\n{sold}", sold.len());
    // Who asked may have gone.
    drop(stream.write_all(answer.as_bytes()));
}

/// A profile for a server on the user's own machine.
fn profile(address: &str) -> String {
    include_str!("../fixtures/profiles/device.toml").replace("http://127.0.0.1:1", address)
}

fn write(world: &World, text: &str) -> PathBuf {
    let file = world.folder().join("device.toml");
    fs::write(&file, text).unwrap();
    file
}

fn stored(world: &World) -> PathBuf {
    world.home().join("providers/device.toml")
}

fn own_state(world: &World) -> Value {
    let list = world.keyturn(&["provider", "list", "--format", "json"]).run().done().json();
    let device = list.as_array().unwrap().iter().find(|one| one["id"] == "device").cloned();
    device.unwrap_or_default()
}

/// A world that knows the device, with a key for it.
fn world_with(device: &Recorder) -> World {
    let world = World::with_vault();
    write(&world, &profile(&device.address));
    let added = world.keyturn(&["provider", "add", "device.toml"]).run().done().stdout;
    assert!(added.contains(&device.address) && added.contains("X-Device-Key"), "{added}");
    let add = ["add", "device", "--secret", "api_key", "--allow-plain-http"];
    world.keyturn(&add).stdin(KEY).run().done();
    world
}

#[test]
fn an_own_profile_is_used_without_a_restart_and_after_one() {
    let device = Recorder::start();
    let world = world_with(&device);
    let request = ["request", "device/main", "/v1/state"];
    world.keyturn(&request).run().done();
    assert!(device.heard().contains(KEY), "{}", device.heard());
    assert_eq!(own_state(&world)["own"], true);
    assert_eq!(own_state(&world)["state"], "accepted");
    world.keyturn(&["stop"]).run().done();
    world.wait_for_agents_end();
    world.unlock();
    world.keyturn(&request).run().done();
    assert_eq!(device.heard().matches(KEY).count(), 2);
}

#[test]
fn a_profile_changed_behind_ones_back_sends_nothing_to_the_other_host() {
    let (device, thief) = (Recorder::start(), Recorder::start());
    let world = world_with(&device);
    let request = ["request", "device/main", "/v1/state"];
    fs::write(stored(&world), profile(&thief.address)).unwrap();
    let refused = world.keyturn(&request).run().exits(5);
    assert!(refused.stderr.contains("provider add"), "{}", refused.stderr);
    world.keyturn(&["token", "device/main"]).run().exits(5);
    assert_eq!(own_state(&world)["state"], "changed");
    let list = world.keyturn(&["provider", "list"]).run().done().stdout;
    assert!(list.contains("changed: not used"), "{list}");
    assert_eq!((device.heard().len(), thief.heard().len()), (0, 0), "no byte was sent anywhere");
    // Accepting it shows old and new, and needs a yes.
    let add = ["provider", "add", stored(&world).to_str().unwrap()].map(str::to_owned);
    let add: Vec<&str> = add.iter().map(String::as_str).collect();
    let asked = world.keyturn(&add).run().exits(5).stderr;
    assert!(asked.contains(&device.address) && asked.contains(&thief.address), "{asked}");
    world.keyturn(&request).run().exits(5);
    assert_eq!(thief.heard().len(), 0);
    // The positive control: after a yes the other host does hear the key.
    world.keyturn(&[&add[..], &["--yes"]].concat()).run().done();
    world.keyturn(&request).run().done();
    assert!(thief.heard().contains(KEY), "{}", thief.heard());
    assert_eq!(device.heard().len(), 0);
}

#[test]
fn an_own_profile_is_removed_when_no_credential_uses_it() {
    let device = Recorder::start();
    let world = world_with(&device);
    let refused = world.keyturn(&["provider", "remove", "device"]).run().exits(5);
    assert!(refused.stderr.contains("device/main"), "{}", refused.stderr);
    world.keyturn(&["remove", "device/main", "--yes"]).run().done();
    world.keyturn(&["provider", "remove", "device"]).run().done();
    assert!(!stored(&world).exists());
    assert_eq!(own_state(&world), Value::Null);
    world.keyturn(&["provider", "show", "device"]).run().exits(4);
    let slip = world.keyturn(&["provider", "show", "githib"]).run().exits(4).stderr;
    assert!(slip.contains("Did you mean github?"), "{slip}");
}

#[test]
fn bad_files_are_refused_with_file_and_line() {
    let world = World::with_vault();
    let sound = profile("http://127.0.0.1:1");
    for (bytes, place, reason) in [
        (b"schema = 1\nid = \"\xff\"\n".to_vec(), "device.toml:2", "no text in UTF-8"),
        (format!("\u{feff}{sound}").into_bytes(), "device.toml:1", "byte order mark"),
        (vec![b'#'; 256 * 1024 + 1], "device.toml:1", "256 KiB"),
        (sound.replace("X-Device-Key", "Host").into_bytes(), "device.toml:", "connection"),
        (sound.replace("[[recipes]]", "[[recipe]]").into_bytes(), "device.toml:", "recipes"),
    ] {
        fs::write(world.folder().join("device.toml"), bytes).unwrap();
        for verb in ["check", "add"] {
            let told = world.keyturn(&["provider", verb, "device.toml"]).run();
            assert!(matches!(told.status, 1 | 2), "{verb}, {reason}: {}", told.status);
            let said = format!("{}{}", told.stdout, told.stderr);
            assert!(said.contains(place) && said.contains(reason), "{verb}: {said}");
        }
    }
    assert_eq!(own_state(&world), Value::Null);
}

#[test]
fn a_providers_fields_are_shown_with_what_a_form_needs() {
    let world = World::with_vault();
    let show =
        |id: &str| world.keyturn(&["provider", "show", id, "--format", "json"]).run().done().json();
    let deeply = show("deeply");
    let field = |name: &str| {
        let fields = deeply["fields"].as_array().unwrap();
        fields.iter().find(|field| field["name"] == name).unwrap().clone()
    };
    assert_eq!(field("edge_ip")["for_environments"][0], "edge", "{}", field("edge_ip"));
    let deepcurrent = show("deepcurrent");
    let methods = deepcurrent["methods"].as_array().unwrap();
    assert_eq!(methods.len(), 2, "{methods:?}");
    let fields = deepcurrent["fields"].as_array().unwrap();
    let password = fields.iter().find(|field| field["name"] == "password").unwrap();
    assert_eq!(password["methods"].as_array().unwrap().len(), 1, "{password}");
    assert_eq!(deepcurrent["own"], false);
    let text = world.keyturn(&["provider", "show", "deepcurrent"]).run().done().stdout;
    assert!(text.contains("for the method"), "{text}");
}

#[test]
fn the_tutorial_s_profile_is_checked_added_and_used_as_the_tutorial_says() {
    let acme = Recorder::start();
    let world = World::with_vault();
    let page = include_str!("../../docs/provider-profiles.md");
    let pieces = page.split("```toml\n").skip(1).map(|piece| piece.split("```").next().unwrap());
    let text = pieces.collect::<Vec<_>>().join("\n");
    fs::write(world.folder().join("acme.toml"), &text).unwrap();
    let said = |words: &[&str]| {
        let command = format!("$ keyturn {}\n", words.join(" "));
        let told = page.split_once(&command).unwrap().1;
        let told = told.split("$ ").next().unwrap().split("```").next().unwrap();
        assert_eq!(world.keyturn(words).run().done().stdout, told, "{command}");
    };
    said(&["provider", "check", "acme.toml"]);
    said(&["provider", "add", "acme.toml"]);
    // Acme do not exist: a server on this machine stands in for them.
    let here = format!(
        "base_url = \"{}\"\nplain_http = \"private\"\nplain_http_consent = \"A test.\"",
        acme.address
    );
    let here = text.replace("base_url = \"https://api.acme.example\"", &here);
    fs::write(world.folder().join("acme.toml"), here).unwrap();
    world.keyturn(&["provider", "add", "acme.toml"]).run().done();
    let secret = format!("acme_{KEY}");
    let add = ["add", "acme", "--field", "client_id=id-1", "--secret", "client_secret"];
    world.keyturn(&[&add[..], &["--allow-plain-http"]].concat()).stdin(&secret).run().done();
    let header = world.keyturn(&["token", "acme/main", "--as", "header"]).run().done();
    assert_eq!(header.line(), format!("Authorization: Bearer {TOKEN}"));
    world.keyturn(&["request", "acme/main", "--sample", "me"]).run().done();
    let heard = acme.heard();
    assert!(heard.contains("POST /oauth/token") && heard.contains(KEY), "{heard}");
    assert!(heard.contains("GET /v1/me") && heard.contains(TOKEN), "{heard}");
}

/// Provider, secret field, its value's head and what follows, other flags, and a header that shows how
/// the provider wants it.
type KnownApi = (
    &'static str,
    &'static str,
    &'static str,
    usize,
    &'static [&'static str],
    (&'static str, &'static str),
);

const KNOWN_APIS: [KnownApi; 10] = [
    ("github", "access_token", "ghp_", 36, &[], ("X-GitHub-Api-Version", "2026-03-10")),
    ("gitlab", "access_token", "glpat-", 20, &[], ("PRIVATE-TOKEN", "<redacted>")),
    ("stripe", "secret_key", "rk_test_", 24, &[], ("Authorization", "<redacted>")),
    ("openai", "api_key", "sk-proj-", 100, &[], ("Authorization", "<redacted>")),
    ("anthropic", "api_key", "sk-ant-api03-", 95, &[], ("anthropic-version", "2023-06-01")),
    ("slack", "access_token", "xoxb-", 50, &[], ("Authorization", "<redacted>")),
    (
        "twilio",
        "auth_token",
        "",
        32,
        &["--field", "account_sid=AC00000000000000000000000000000000"],
        ("Authorization", "<redacted>"),
    ),
    ("sendgrid", "api_key", "SG.", 66, &[], ("Authorization", "<redacted>")),
    ("cloudflare", "api_token", "", 40, &[], ("Authorization", "<redacted>")),
    ("huggingface", "access_token", "hf_", 34, &[], ("Authorization", "<redacted>")),
];

#[test]
fn a_key_of_each_well_known_api_makes_the_request_that_its_documents_show() {
    let world = World::with_vault();
    for (id, field, head, length, flags, (header, value)) in KNOWN_APIS {
        let key = format!("{head}{}", "a".repeat(length));
        let add = [&["add", id, "--secret", field], flags].concat();
        world.keyturn(&add).stdin(&key).run().done();
        let shown =
            world.keyturn(&["provider", "show", id, "--format", "json"]).run().done().json();
        let sample = shown["samples"][0]["id"].as_str().unwrap().to_owned();
        let reference = format!("{id}/main");
        let dry = ["request", &reference, "--sample", &sample, "--dry-run", "--format", "json"];
        let dry = world.keyturn(&dry).run().done();
        assert!(!dry.stdout.contains(&key), "{id}");
        let sent = &dry.json()["sent"];
        let method = if id == "slack" { "POST" } else { "GET" };
        assert_eq!(sent["method"], method, "{id}: {sent}");
        let headers = sent["headers"].as_object().unwrap();
        let found = headers.iter().find(|(name, _)| name.eq_ignore_ascii_case(header));
        let found = found.unwrap_or_else(|| panic!("{id}: {sent}")).1.as_str().unwrap();
        assert!(found.ends_with(value), "{id}: {sent}");
    }
}
