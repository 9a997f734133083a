//! The tester beside curl: each case is sent by `keyturn request` and by `curl` to httpbin, over TLS, and
//! both answers are compared field by field: status, headers, and the body, which for most cases is what
//! reached httpbin. That in turn is compared with what Keyturn showed as sent.

use std::collections::BTreeMap;
use std::path::Path;
use std::process::Command;

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use serde_json::{Value, json};

use crate::oauth::peer::Peer;
use crate::support::World;

const KEY: &str = "httpbin-key-canary-7x9z-4Q2w";

/// One request, in the words of Keyturn; [`curl_words`] puts it into curl's.
struct Case(&'static str, &'static str, &'static [&'static str]);

const CASES: [Case; 64] = [
    // Methods.
    Case("GET", "/get", &[]),
    Case("POST", "/post", &[]),
    Case("PUT", "/put", &[]),
    Case("PATCH", "/patch", &[]),
    Case("DELETE", "/delete", &[]),
    Case("HEAD", "/get", &[]),
    Case("OPTIONS", "/get", &[]),
    Case("DELETE", "/anything/things/7", &["--json", "{\"why\":\"because\"}"]),
    // Queries and paths.
    Case("GET", "/get", &["--query", "a=b"]),
    Case("GET", "/get", &["--query", "a=1", "--query", "a=2", "--query", "b="]),
    Case("GET", "/get", &["--query", "a=b c&d=e+f%20g"]),
    Case("GET", "/get", &["--query", "q=значение"]),
    Case("GET", "/get", &["--query", "a[]=1", "--query", "x=/?#"]),
    Case("GET", "/anything/a%20b/c", &[]),
    Case("GET", "/anything/%C3%A4", &[]),
    Case("GET", "/anything/a;b=c,d@e:f", &[]),
    // JSON.
    Case("POST", "/post", &["--json", "{\"a\":[1,2.5,null,true],\"b\":{\"c\":\"d\"}}"]),
    Case("POST", "/post", &["--json", "[]"]),
    Case("POST", "/post", &["--json", "\"grüße, 世界 🌍\""]),
    Case("PUT", "/put", &["--json", "@body.json"]),
    Case(
        "PATCH",
        "/patch",
        &["--json", "{}", "--header", "content-type:application/merge-patch+json"],
    ),
    // Other texts.
    Case("POST", "/post", &["--text", "plain"]),
    Case("POST", "/post", &["--text", "grüße"]),
    Case("POST", "/post", &["--text", "a,b\n1,2\n", "--content-type", "text/csv"]),
    Case("POST", "/post", &["--text", "<a>b</a>", "--content-type", "application/xml"]),
    Case("PUT", "/put", &["--text", "@body.txt"]),
    // Forms.
    Case("POST", "/post", &["--form", "a=b"]),
    Case("POST", "/post", &["--form", "a=1", "--form", "a=2", "--form", "b="]),
    Case("POST", "/post", &["--form", "a=b&c=d +e%"]),
    Case("PUT", "/put", &["--form", "name=世界"]),
    // Parts.
    Case("POST", "/post", &["--multipart", "a=b"]),
    Case("POST", "/post", &["--multipart", "a=b", "--multipart", "a=c d"]),
    Case("POST", "/post", &["--multipart", "f=@body.txt"]),
    Case("POST", "/post", &["--multipart", "f=@body.bin", "--multipart", "note=x"]),
    Case("POST", "/post", &["--multipart", "f=@body.json;type=application/json;filename=x.json"]),
    Case("POST", "/post", &["--multipart", "f=@body.txt", "--multipart", "g=@body.json"]),
    Case("POST", "/post", &["--multipart", "f=<body.txt"]),
    Case("PUT", "/put", &["--multipart", "имя=世界;type=text/plain"]),
    Case("POST", "/post", &["--multipart", "f=@body.txt;filename=grüße.txt"]),
    // Files.
    Case("POST", "/post", &["--body-file", "body.bin"]),
    Case("PUT", "/put", &["--body-file", "body.bin", "--content-type", "image/png"]),
    Case("POST", "/post", &["--body-file", "empty"]),
    // Headers.
    Case("GET", "/headers", &["--header", "x-one:1", "--header", "X-Two: two words"]),
    Case("GET", "/headers", &["--header", "accept:text/html"]),
    Case("GET", "/user-agent", &["--header", "user-agent:mine/1"]),
    Case("GET", "/bearer", &[]),
    Case("GET", "/etag/seven", &["--header", "if-none-match:seven"]),
    Case("GET", "/cache", &["--header", "if-modified-since:Sat, 07 Mar 2026 10:00:00 GMT"]),
    Case("GET", "/response-headers", &["--query", "x-a=b", "--query", "x-a=c"]),
    // Encodings of the answer.
    Case("GET", "/gzip", &["--header", "accept-encoding:gzip"]),
    Case("GET", "/deflate", &["--header", "accept-encoding:deflate"]),
    Case("GET", "/brotli", &["--header", "accept-encoding:br"]),
    Case("GET", "/encoding/utf8", &[]),
    Case("GET", "/drip", &["--query", "duration=0", "--query", "numbytes=5"]),
    Case("GET", "/stream-bytes/5000", &["--query", "seed=7", "--query", "chunk_size=100"]),
    // Statuses and redirects.
    Case("GET", "/status/204", &[]),
    Case("GET", "/status/401", &[]),
    Case("GET", "/status/404", &[]),
    Case("GET", "/status/418", &[]),
    Case("GET", "/redirect/1", &[]),
    Case("GET", "/redirect-to", &["--query", "url=https://elsewhere.invalid/x?y=z"]),
    // Other answers.
    Case("GET", "/bytes/100", &["--query", "seed=7"]),
    Case("GET", "/image/png", &[]),
    Case("GET", "/xml", &[]),
];

#[test]
fn what_reaches_httpbin_is_what_curl_sends_and_what_is_shown() {
    let server = Peer::httpbin();
    let world = World::with_vault();
    let folder = world.folder().to_owned();
    std::fs::write(folder.join("peer.pem"), server.ca_pem()).unwrap();
    std::fs::write(folder.join("body.json"), "{\n  \"a\": \"ä\"\n}\n").unwrap();
    std::fs::write(folder.join("body.txt"), "one\r\ntwo\n").unwrap();
    std::fs::write(folder.join("body.bin"), (0..=255).collect::<Vec<u8>>()).unwrap();
    std::fs::write(folder.join("empty"), "").unwrap();
    let flags = ["--base-url", server.origin(), "--ca", "peer.pem"];
    let add = ["provider", "environment", "add", "generic-bearer", "test"];
    world.keyturn(&[&add[..], &flags].concat()).run().done();
    world.keeps_secret(KEY);
    let add = ["add", "generic-bearer", "--environment", "test", "--secrets-stdin"];
    world.keyturn(&add).stdin(&json!({"bearer_token": KEY}).to_string()).run().done();

    let mut wrong = Vec::new();
    for Case(method, path, words) in CASES {
        let name = format!("{method} {path} {}", words.join(" "));
        let ours = ours(&world, method, path, words);
        let theirs = by_curl(&folder, server.origin(), method, path, words);
        wrong.extend(differences(&name, &ours, &theirs));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// An answer, as it is compared.
struct Told {
    status: u64,
    headers: Vec<String>,
    body: Value,
    /// What Keyturn showed as sent; curl shows nothing.
    sent: Value,
}

fn ours(world: &World, method: &str, path: &str, words: &[&str]) -> Told {
    let ask = ["request", "generic-bearer/main", method, path];
    let always = ["--yes", "--no-wait", "--format", "json"];
    let answer = world.keyturn(&[&ask[..], words, &always].concat()).run().json();
    let headers = answer["headers"].as_array().unwrap().iter();
    let headers = headers.map(|pair| (pair[0].as_str().unwrap(), pair[1].as_str().unwrap()));
    let body = match answer["body_base64"].as_str() {
        Some(base64) => BASE64_STANDARD.decode(base64).unwrap(),
        None => answer["body"].as_str().unwrap().as_bytes().to_vec(),
    };
    Told {
        status: answer["status"].as_u64().unwrap(),
        headers: comparable(headers),
        body: read(&body),
        sent: answer["sent"].clone(),
    }
}

fn by_curl(folder: &Path, origin: &str, method: &str, path: &str, words: &[&str]) -> Told {
    let mut curl = Command::new("curl");
    curl.current_dir(folder).args(["--silent", "--show-error", "--http1.1", "--noproxy", "*"]);
    curl.args(["--cacert", "peer.pem", "--path-as-is", "--dump-header", "head"]);
    curl.args(["--user-agent", concat!("keyturn/", env!("CARGO_PKG_VERSION"))]);
    curl.arg("--header").arg(format!("Authorization: Bearer {KEY}"));
    match method {
        "HEAD" => curl.arg("--head"),
        _ => curl.args(["--request", method]),
    };
    curl.args(curl_words(words)).arg(format!("{origin}{path}"));
    // `--head` writes the head to standard output as well.
    let output = curl.output().expect("curl can be started");
    assert!(output.status.success(), "{method} {path}: {output:?}");
    let head = std::fs::read_to_string(folder.join("head")).unwrap();
    let last = head.trim_end().rsplit("\r\n\r\n").next().unwrap();
    let mut lines = last.lines();
    let status = lines.next().unwrap().split(' ').nth(1).unwrap().parse().unwrap();
    let headers = lines.filter_map(|line| line.split_once(':'));
    let body = if method == "HEAD" { Vec::new() } else { output.stdout };
    let body = match String::from_utf8(body) {
        Ok(text) => text.replace(KEY, "<redacted>").into_bytes(),
        Err(error) => error.into_bytes(),
    };
    Told { status, headers: comparable(headers), body: read(&body), sent: Value::Null }
}

/// The same request in curl's words.
fn curl_words(words: &[&str]) -> Vec<String> {
    let mut curl = Vec::new();
    let typed = words.iter().position(|word| *word == "--content-type");
    let has_type = words.iter().any(|word| word.to_lowercase().starts_with("content-type:"));
    let of_type = |curl: &mut Vec<String>, usual: &str| {
        let content_type = typed.map_or(usual, |at| words[at + 1]);
        if !has_type {
            curl.extend(["--header".to_owned(), format!("Content-Type: {content_type}")]);
        }
    };
    for pair in words.chunks(2) {
        let &[flag, value] = pair else { panic!("a flag has a value: {pair:?}") };
        let mut add = |flag: &str, value: String| curl.extend([flag.to_owned(), value]);
        match flag {
            // The name stands for itself; curl would encode the value alone.
            "--query" => add("--url-query", value.to_owned()),
            "--form" => add("--data-urlencode", value.to_owned()),
            "--multipart" => add("--form", value.to_owned()),
            "--json" | "--text" => {
                add("--data-binary", value.to_owned());
                let json = flag == "--json";
                let usual = if json { "application/json" } else { "text/plain; charset=utf-8" };
                of_type(&mut curl, usual);
            }
            "--body-file" => {
                add("--data-binary", format!("@{value}"));
                of_type(&mut curl, "application/octet-stream");
            }
            "--header" => {
                add("--header", value.replacen(':', ": ", 1));
                if value.starts_with("accept-encoding") {
                    curl.push("--compressed".to_owned());
                }
            }
            "--content-type" => {}
            other => panic!("a flag that the table does not know: {other}"),
        }
    }
    curl
}

/// Headers that are the same for the same answer, in one order.
fn comparable<'a>(headers: impl Iterator<Item = (&'a str, &'a str)>) -> Vec<String> {
    let mut lines: Vec<String> = headers
        .map(|(name, value)| (name.to_lowercase(), value.trim()))
        // The echo of a boundary has another length.
        .filter(|(name, _)| !matches!(name.as_str(), "date" | "last-modified" | "content-length"))
        .map(|(name, value)| format!("{name}: {}", value.replace(KEY, "<redacted>")))
        .collect();
    lines.sort();
    lines
}

/// A body as JSON where it is that, else as a text, else as its bytes.
fn read(body: &[u8]) -> Value {
    let mut value = serde_json::from_slice(body).unwrap_or_else(|_| {
        let text = std::str::from_utf8(body).map(str::to_owned);
        json!(text.unwrap_or_else(|_| BASE64_STANDARD.encode(body)))
    });
    // Everybody makes a boundary of their own, of their own length; and a space in a query is written
    // in one of two ways.
    if let Some(headers) = value.get_mut("headers").and_then(Value::as_object_mut) {
        let is_multipart = |value: &Value| value.to_string().contains("multipart/form-data");
        if headers.get("Content-Type").is_some_and(is_multipart) {
            headers.insert("Content-Type".to_owned(), json!("multipart/form-data"));
            headers.remove("Content-Length");
        }
    }
    if let Some(url) = value.get_mut("url")
        && let Some((address, _)) = url.as_str().and_then(|text| text.split_once('?'))
    {
        *url = json!(address.to_owned());
    }
    value
}

fn differences(name: &str, ours: &Told, theirs: &Told) -> Vec<String> {
    let mut wrong = Vec::new();
    let mut differ = |what: &str, ours: &dyn std::fmt::Debug, theirs: &dyn std::fmt::Debug| {
        wrong.push(format!("{name}: {what}\n   ours   {ours:?}\n   theirs {theirs:?}"));
    };
    if ours.status != theirs.status {
        differ("status", &ours.status, &theirs.status);
    }
    if ours.headers != theirs.headers {
        differ("headers", &ours.headers, &theirs.headers);
    }
    if ours.body != theirs.body {
        differ("body", &ours.body, &theirs.body);
    }
    // What reached httpbin, and what Keyturn said that it sends.
    if let Some(reached) = ours.body.get("headers").and_then(Value::as_object) {
        let is_multipart = ours.sent["body"] == "multipart";
        let lower = |headers: &serde_json::Map<String, Value>| -> BTreeMap<String, String> {
            let pairs = headers.iter().map(|(name, value)| {
                let text = value.as_str().unwrap_or_default();
                let text = text.strip_prefix("Bearer ").unwrap_or(text);
                let text = text.split("; boundary=").next().unwrap_or_default();
                (name.to_lowercase(), text.to_owned())
            });
            pairs.filter(|(name, _)| name != "content-length" || !is_multipart).collect()
        };
        let (reached, shown) = (lower(reached), lower(ours.sent["headers"].as_object().unwrap()));
        if reached != shown {
            differ("what is shown as sent", &shown, &reached);
        }
    }
    wrong
}
