//! What happens at a terminal: questions, prompts without echo, secrets that are not shown. The
//! terminal is real, a pseudo-terminal that `script` (bsdutils) makes.

use std::io::{BufReader, Read, Write};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

use crate::transcript::Transcript;

const PASSPHRASE: &str = "correct horse battery staple 7";

/// A command at a terminal, and everything that was said so far.
struct Terminal {
    child: Child,
    keyboard: ChildStdin,
    screen: BufReader<ChildStdout>,
    said: String,
}

impl Terminal {
    fn open(place: &Transcript, words: &str) -> Self {
        let mut command = Command::new("script");
        let line = format!("{} {words}", env!("CARGO_BIN_EXE_keyturn"));
        command.args(["--quiet", "--return", "--command", &line, "/dev/null"]);
        place.surround(&mut command).env("SHELL", "/bin/sh").env("TERM", "xterm");
        let mut child = command
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("script is installed (package bsdutils)");
        let keyboard = child.stdin.take().expect("its input is a pipe");
        let screen = BufReader::new(child.stdout.take().expect("its output is a pipe"));
        Self { child, keyboard, screen, said: String::new() }
    }

    /// Reads until the text appears, and gives what came up to it.
    fn wait_for(&mut self, text: &str) -> String {
        let mut bytes = Vec::new();
        while !String::from_utf8_lossy(&bytes).ends_with(text) {
            let mut byte = [0];
            let count = self.screen.read(&mut byte).expect("the screen can be read");
            let so_far = String::from_utf8_lossy(&bytes).into_owned();
            assert_ne!(count, 0, "waited for {text:?} after {}{so_far}", self.said);
            bytes.push(byte[0]);
        }
        let seen = String::from_utf8_lossy(&bytes).into_owned();
        self.said += &seen;
        seen
    }

    fn type_line(&mut self, line: &str) {
        writeln!(self.keyboard, "{line}").expect("the terminal takes input");
    }

    /// Reads to the end; gives the exit status and all that was said.
    fn end(mut self) -> (i32, String) {
        let mut rest = Vec::new();
        self.screen.read_to_end(&mut rest).expect("the screen can be read");
        let status = self.child.wait().expect("the command ends");
        (status.code().expect("no signal ended it"), self.said + &String::from_utf8_lossy(&rest))
    }
}

#[test]
fn a_new_vault_asks_twice_shows_its_recovery_key_once_and_wants_its_tail_back() {
    let place = Transcript::new();
    let mut terminal = Terminal::open(&place, "init --protect passphrase");
    terminal.wait_for("New passphrase: ");
    terminal.type_line(PASSPHRASE);
    terminal.wait_for("Once more: ");
    terminal.type_line(PASSPHRASE);
    let shown = terminal.wait_for("last 4 characters: ");
    let mut lines = shown.lines().map(str::trim);
    let key = lines.find(|line| line.len() > 40 && !line.contains(' ')).unwrap().to_owned();
    terminal.type_line("nope");
    terminal.wait_for("That is not how it ends");
    terminal.wait_for("last 4 characters: ");
    terminal.type_line(key.get(key.len() - 4..).unwrap());
    let (status, said) = terminal.end();
    assert_eq!(status, 0, "{said}");
    assert!(said.contains("The vault is made and open"), "{said}");
    assert!(!said.contains(PASSPHRASE), "a passphrase is not echoed");
    assert_eq!(said.matches(&key).count(), 1, "the key is shown once");
}

#[test]
fn two_different_passphrases_make_no_vault() {
    let place = Transcript::new();
    let mut terminal = Terminal::open(&place, "init --protect passphrase");
    terminal.wait_for("New passphrase: ");
    terminal.type_line(PASSPHRASE);
    terminal.wait_for("Once more: ");
    terminal.type_line("something else");
    let (status, said) = terminal.end();
    assert_eq!(status, 2, "{said}");
    assert!(!place.folder().join("home/vault.kyt").exists());
}

#[test]
fn a_terminal_shows_a_secret_only_on_demand_and_asks_before_it_removes() {
    let mut place = Transcript::new();
    let init = "init --protect passphrase --passphrase-stdin --recovery-file key.txt";
    place.run(init, &format!("{PASSPHRASE}\n"));
    place.run("add deepidv --secret api_key", "canary-0123456789\n");

    let (status, said) = Terminal::open(&place, "get deepidv/main/api_key").end();
    assert_eq!(status, 5, "{said}");
    assert!(!said.contains("canary") && said.contains("--show"), "{said}");
    let (status, said) = Terminal::open(&place, "get deepidv/main/api_key --show").end();
    assert_eq!((status, said.trim()), (0, "canary-0123456789"), "positive control");

    let mut terminal = Terminal::open(&place, "remove deepidv/main");
    terminal.wait_for("[y/N] ");
    terminal.type_line("");
    let (status, said) = terminal.end();
    assert_eq!(status, 5, "{said}");
    let mut terminal = Terminal::open(&place, "remove deepidv/main");
    terminal.wait_for("[y/N] ");
    terminal.type_line("y");
    let (status, said) = terminal.end();
    assert_eq!(status, 0, "{said}");
}

/// DI4: at a terminal what creates something is asked for, and a no sends nothing.
#[test]
fn di4_a_request_that_creates_something_is_asked_for() {
    let mut place = Transcript::new();
    let init = "init --protect passphrase --passphrase-stdin --recovery-file key.txt";
    place.run(init, &format!("{PASSPHRASE}\n"));
    place.run("add deepidv --secret api_key", "canary-0123456789\n");
    let mut terminal = Terminal::open(&place, "request deepidv/main --sample create-session");
    let asked = terminal.wait_for("Send it? [y/N] ");
    assert!(asked.contains("creates or changes something"), "{asked}");
    terminal.type_line("n");
    let (status, said) = terminal.end();
    assert_eq!(status, 5, "{said}");
}

#[test]
fn a_profile_that_would_lead_a_stored_secret_elsewhere_is_asked_for_with_old_and_new() {
    let mut place = Transcript::new();
    let init = "init --protect passphrase --passphrase-stdin --recovery-file key.txt";
    place.run(init, &format!("{PASSPHRASE}\n"));
    let profile = include_str!("../fixtures/profiles/device.toml");
    let file = place.folder().join("device.toml");
    std::fs::write(&file, profile).unwrap();
    place.run("provider add device.toml", "");
    place.run("add device --secret api_key --allow-plain-http", "canary-0123456789\n");
    std::fs::write(&file, profile.replace("127.0.0.1:1\"", "127.0.0.1:2\"")).unwrap();
    let answered = |answer: &str| {
        let mut terminal = Terminal::open(&place, "provider add device.toml --color never");
        let asked = terminal.wait_for("[y/N] ");
        assert!(asked.contains("was: to http://127.0.0.1:1"), "{asked}");
        assert!(asked.contains("now: to http://127.0.0.1:2"), "{asked}");
        terminal.type_line(answer);
        terminal.end()
    };
    let stored = place.folder().join("home/providers/device.toml");
    let (status, said) = answered("n");
    assert_eq!(status, 5, "{said}");
    assert_eq!(std::fs::read_to_string(&stored).unwrap(), profile, "nothing was changed");
    let (status, said) = answered("y");
    assert_eq!(status, 0, "{said}");
    assert!(std::fs::read_to_string(&stored).unwrap().contains("127.0.0.1:2"));
}
