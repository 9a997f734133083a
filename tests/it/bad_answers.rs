//! Hostile and broken providers, through the real programs: typed errors, the old token kept, and
//! neither memory nor terminal nor surroundings given away.

use std::io::{BufRead as _, BufReader, Write as _};
use std::net::TcpListener;
use std::process::{Child, ChildStdout, Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use keyturn_sandbox::{Fault, FaultKind, Provider, TlsFault};
use serde_json::json;

use crate::support::{Outcome, PASSPHRASE, World};

const MIB: usize = 1024 * 1024;
/// By how much the agent may grow while it reads an answer.
const MOST_MEMORY_KIB: u64 = 64 * 1024;

fn renew(world: &World) -> Outcome {
    world.keyturn(&["token", "deepvue/main", "--renew", "--format", "json"]).run()
}

fn request(world: &World, words: &[&str]) -> Outcome {
    world.keyturn(&[&["request", "deepidv/main", "/v1/sessions"], words].concat()).run()
}

fn says(body: impl Into<Vec<u8>>) -> FaultKind {
    FaultKind::Bytes { body: body.into() }
}

/// X4: a bad answer is an error with its own words; the token that was there is still handed out.
#[test]
fn no_bad_answer_of_the_exchange_costs_the_old_token() {
    let world = World::with_providers();
    world.add(Provider::Deepvue);
    let old = world.keyturn(&["token", "deepvue/main"]).run().done();
    let utf16: Vec<u8> =
        r#"{"access_token":"x"}"#.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let long = json!({"access_token": "x".repeat(10_000_000)}).to_string();
    let answers = [
        ("not JSON", says("<!doctype html><title>Sign in</title>")),
        ("not JSON", says(utf16)),
        ("not JSON", says(b"{\"access_token\":\"t\xf6ken\"}")),
        ("not JSON", says("\u{feff}")),
        ("no token", says("{}")),
        ("no token", says(r#"{"access_token":12345678}"#)),
        ("no token", says(r#"{"access_token":"a\u001b[2Jb"}"#)),
        ("twice", says(r#"{"access_token":"one","access_token":"two"}"#)),
        ("larger", says(long)),
        ("cut off", FaultKind::EndlessBody { bytes: 1 << 30 }),
        ("already", says(r#"{"access_token":"x","expiry":-1}"#)),
    ];
    for (words, answer) in answers {
        world.admin().fault(Provider::Deepvue, Fault::next(answer));
        let error = renew(&world).exits(1).error();
        assert_eq!(error["code"], "provider_answer", "{error}");
        assert!(error["message"].as_str().unwrap().contains(words), "{words}: {error}");
        let kept = world.keyturn(&["token", "deepvue/main"]).run().done();
        assert_eq!(kept.line(), old.line(), "{words}");
    }
    assert!(world.listed("deepvue/main")["token"]["state"] == "fresh");
}

/// X4: an end beyond all calendars, and a label that is wrong, are no reason to refuse a token.
#[test]
fn an_odd_answer_with_one_meaning_is_read() {
    let world = World::with_providers();
    world.add(Provider::Deepvue);
    let day = 86_000..=86_400;
    for end in [json!("9999-12-31T23:59:59Z"), json!(1e300), json!("NaN"), json!("86400")] {
        let body = json!({"access_token": "odd-token-1", "expiry": end}).to_string();
        let answer = says(format!("\u{feff}{body}"));
        world.admin().fault(Provider::Deepvue, Fault::next(answer));
        let words = ["token", "deepvue/main", "--renew", "--as", "json"];
        let token = world.keyturn(&words).run().done().json();
        assert_eq!(token["access_token"], "odd-token-1");
        assert!(day.contains(&token["expires_in_s"].as_i64().unwrap()), "{end}: {token}");
    }
}

/// DV8: each flaw has its own words, and nothing was sent.
#[test]
fn dv8_each_flaw_of_a_certificate_is_exit_7_with_its_own_words_and_no_byte_of_http() {
    let world = World::with_providers();
    world.add(Provider::Deepvue);
    let flaws = [
        (TlsFault::Expired, "expired"),
        (TlsFault::NotYetValid, "not valid yet"),
        (TlsFault::WrongHost, "another host"),
        (TlsFault::NoNames, "names no host"),
        (TlsFault::AuthorityAsServer, "of an authority"),
        (TlsFault::UnknownCa, "issuer that is not trusted"),
        (TlsFault::SelfSigned, "signed by itself"),
    ];
    for (flaw, words) in flaws {
        world.admin().break_tls(Provider::Deepvue, Some(flaw));
        let error = renew(&world).exits(7).error();
        assert_eq!(error["code"], "tls", "{flaw:?}");
        let message = error["message"].as_str().unwrap();
        assert!(message.contains(words) && message.contains("nothing was sent"), "{message}");
    }
    assert_eq!(world.admin().total(Provider::Deepvue), 0);
    world.admin().break_tls(Provider::Deepvue, None);
    renew(&world).done();
    assert_eq!(world.admin().total(Provider::Deepvue), 1, "the same record sees a request");
}

/// DV8: TLS 1.1 and a cipher without encryption, from OpenSSL, which still can.
#[test]
fn dv8_a_server_of_another_age_is_exit_7() {
    let world = World::with_providers();
    // OpenSSL makes its own certificate here: the handshake never gets so far as to look at it.
    let files = ["-keyout", "key.pem", "-out", "certificate.pem", "-subj", "/CN=localhost"];
    let curve = ["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes"];
    let made = world.program(&[&["openssl"], &curve[..], &files].concat()).run();
    made.done();
    let weak = "ECDHE-ECDSA-NULL-SHA:@SECLEVEL=0";
    for (name, version, ciphers, words) in [
        ("old", "-tls1_1", "DEFAULT:@SECLEVEL=0", "TLS 1.2 or newer"),
        ("weak", "-tls1_2", weak, "too weak"),
    ] {
        let server = OldServer::start(&world, &[version, "-cipher", ciphers]);
        let address = format!("https://127.0.0.1:{}", server.port);
        let flags = ["--base-url", &address, "--ca", "certificate.pem"];
        world.add_environment(Provider::Deepidv, name, &flags);
        let words_of_add = ["add", "deepidv", "--name", name, "--environment", name];
        let words_of_add = [&words_of_add[..], &["--secret", "api_key"]].concat();
        world.keyturn(&words_of_add).stdin("deepidv-key-7x9z-7x9z").run().done();
        let reference = format!("deepidv/{name}");
        let sent = ["request", &reference, "GET", "/v1/sessions", "--format", "json"];
        let error = world.keyturn(&sent).run().exits(7).error();
        assert_eq!(error["code"], "tls", "{error}");
        assert!(error["message"].as_str().unwrap().contains(words), "{error}");
    }
}

/// `openssl s_server`; killed when it is dropped.
struct OldServer {
    child: Child,
    port: u16,
    /// It would end when nobody reads what it prints.
    _stdout: BufReader<ChildStdout>,
}

impl OldServer {
    fn start(world: &World, flags: &[&str]) -> Self {
        let mut command = Command::new("openssl");
        command.args(["s_server", "-accept", "127.0.0.1:0"]).args(flags);
        command.args(["-cert", "certificate.pem", "-key", "key.pem"]).current_dir(world.folder());
        // It ends a connection when its own input ends.
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null());
        let mut child = command.spawn().expect("openssl is installed: scripts/setup.sh test");
        let mut stdout = BufReader::new(child.stdout.take().unwrap());
        let port = loop {
            let mut line = String::new();
            assert!(stdout.read_line(&mut line).unwrap() > 0, "openssl s_server listens");
            if let Some(address) = line.strip_prefix("ACCEPT ") {
                break address.trim().rsplit(':').next().unwrap().parse().unwrap();
            }
        };
        Self { child, port, _stdout: stdout }
    }
}

impl Drop for OldServer {
    fn drop(&mut self) {
        // It may have ended by itself.
        drop(self.child.kill());
        drop(self.child.wait());
    }
}

#[test]
fn escape_sequences_of_an_answer_do_not_reach_the_terminal() {
    let world = World::with_providers();
    world.add(Provider::Deepidv);
    let escapes = "\u{1b}]0;owned\u{7}\u{1b}[2J\u{9b}31m";
    let answer = |status| FaultKind::Answer {
        status,
        headers: vec![("x-title".to_owned(), "\u{9b}31m".to_owned())],
        body: json!({"detail": format!("hello {escapes}"), "raw": "x"}).to_string()
            + escapes
            + "plain",
    };
    let command = "keyturn request deepidv/main /v1/sessions --include --color never";
    for (status, exit) in [(200, 0), (418, 1)] {
        world.admin().fault(Provider::Deepidv, Fault::next(answer(status)));
        // `script` gives the command a terminal, whose output it prints.
        let shown = world.program(&["script", "-qec", command, "/dev/null"]).run().exits(exit);
        assert!(shown.stdout.contains("plain"), "the answer is shown: {shown:?}");
        let control = |c: char| c.is_control() && !matches!(c, '\r' | '\n' | '\t');
        assert!(!shown.stdout.chars().any(control), "{:?}", shown.stdout);
    }
    // Whoever redirects it gets the bytes as they came.
    world.admin().fault(Provider::Deepidv, Fault::next(answer(200)));
    assert!(request(&world, &[]).done().stdout.contains(escapes), "the server did send them");
}

/// The most memory that the agent has at any moment while something is done.
fn peak_kib_while(agent: i32, action: impl FnOnce()) -> u64 {
    let resident = move || -> u64 {
        let status = std::fs::read_to_string(format!("/proc/{agent}/status")).unwrap();
        let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).unwrap();
        line.split_whitespace().next().unwrap().parse().unwrap()
    };
    let before = resident();
    let done = Arc::new(AtomicBool::new(false));
    let watch = std::thread::spawn({
        let done = Arc::clone(&done);
        move || {
            let mut peak = 0;
            while !done.load(Ordering::Relaxed) {
                peak = peak.max(resident());
                // Nobody waits for this: it leaves the processor to those who are measured.
                std::thread::sleep(std::time::Duration::from_millis(1));
            }
            peak
        }
    });
    action();
    done.store(true, Ordering::Relaxed);
    watch.join().unwrap().saturating_sub(before)
}

#[test]
fn no_answer_makes_the_agent_grow_by_more_than_64_mib() {
    let world = World::with_providers();
    world.add(Provider::Deepidv);
    world.add(Provider::Deepvue);
    renew(&world).done();
    let agent = world.agent_pid();
    let key = world.sandbox().credentials().deepidv.api_key;
    let ten_mib = |text: &str| says(text.repeat(10 * MIB / text.len()));
    let answers = [
        ("a body without end", FaultKind::EndlessBody { bytes: 1 << 30 }),
        ("control characters", ten_mib("\u{1}")),
        ("its own key", ten_mib(&key)),
        ("JSON", says(format!("[{}0]", "0,".repeat(5 * MIB - 2)))),
    ];
    let mut largest = 0;
    for (name, answer) in answers {
        let cut_off = matches!(answer, FaultKind::EndlessBody { .. });
        world.admin().fault(Provider::Deepidv, Fault::next(answer.clone()));
        world.admin().fault(Provider::Deepvue, Fault::next(answer));
        let grown = peak_kib_while(agent, || {
            // The answer as a tester gets it, and as an exchange does.
            let expected = i32::from(cut_off);
            let shown = request(&world, &["--format", "json"]).exits(expected);
            assert!(cut_off || shown.stdout.len() > MIB, "{name}: the answer came");
            renew(&world).exits(1);
        });
        assert!(grown <= MOST_MEMORY_KIB, "{name}: {grown} KiB");
        largest = largest.max(grown);
    }
    let words = format!("answers of 10 MiB: the agent grew by {largest} KiB at most");
    writeln!(std::io::stderr(), "{words} (limit {MOST_MEMORY_KIB})").unwrap();
    assert_eq!(world.agent_pid(), agent, "it is the same agent still");
}

#[test]
fn an_agent_started_among_proxies_and_key_logs_uses_neither() {
    let world = World::with_providers();
    world.add(Provider::Deepvue);
    world.keyturn(&["stop"]).run().done();
    world.wait_for_agents_end();
    let proxy = TcpListener::bind("127.0.0.1:0").unwrap();
    proxy.set_nonblocking(true).unwrap();
    let address = format!("http://{}", proxy.local_addr().unwrap());
    let names =
        ["HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "http_proxy", "https_proxy", "all_proxy"];
    let mut words = vec!["env".to_owned(), "SSLKEYLOGFILE=session-keys".to_owned()];
    words.extend(names.map(|name| format!("{name}={address}")));
    words.extend(["keyturn", "unlock", "--passphrase-stdin"].map(str::to_owned));
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    world.program(&words).stdin(PASSPHRASE).run().done();
    renew(&world).done();
    assert_eq!(world.admin().total(Provider::Deepvue), 1);
    let nobody = proxy.accept().map(|(_, peer)| peer).unwrap_err();
    assert_eq!(nobody.kind(), std::io::ErrorKind::WouldBlock);
    assert!(!world.folder().join("session-keys").exists());
    // The same listener does see who asks for it.
    let asked = world.program(&["curl", "-s", "-m", "1", &address]).spawn();
    crate::support::wait::until("curl's connection", || proxy.accept().ok());
    drop(asked.wait_with_output());
}
