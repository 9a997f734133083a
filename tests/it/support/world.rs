//! A user's machine for one journey, and the commands given on it.

use std::fs::{self, File};
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::sync::Mutex;

use keyturn_protocol::Home;
use keyturn_sandbox::{Admin, Provider, Sandbox, SandboxOptions};
use rustix::fs::{FlockOperation, flock};
use serde_json::{Value, json};
use tempfile::TempDir;

use super::desktop::Desktop;
use super::panel::Panel;
use super::tie::Tie;
use super::vault::{make_private, template};
use super::{Outcome, PASSPHRASE, wait};

/// The commands that hand secrets out on stdout; from all others none may come.
const HANDS_OUT: [&str; 3] = ["token", "get", "init"];

/// A machine with a home of its own. Its agents end with it.
pub(crate) struct World {
    // Fields are dropped in this order, after `drop` below has ended the agents.
    desktop: Desktop,
    sandbox: Option<Sandbox>,
    tie: Mutex<Tie>,
    /// Secrets that are not the sandbox's.
    others: Mutex<Vec<String>>,
    folder: TempDir,
}

impl World {
    /// No vault, no network, no desktop.
    pub(crate) fn empty() -> Self {
        let folder = TempDir::with_prefix("kt-").expect("a temporary folder can be made");
        make_private(&folder.path().join("runtime"));
        Self {
            desktop: Desktop::default(),
            sandbox: None,
            tie: Mutex::new(Tie::new()),
            others: Mutex::default(),
            folder,
        }
    }

    /// An open vault that holds nothing.
    pub(crate) fn with_vault() -> Self {
        Self::empty().vault()
    }

    /// An open vault and the four providers as environment `sandbox`; Deeply's device is `device`.
    pub(crate) fn with_providers() -> Self {
        Self::with_vault().providers(&SandboxOptions::default())
    }

    /// Copies a vault here and opens it.
    pub(crate) fn vault(self) -> Self {
        template().copy_to(&self.home());
        self.unlock();
        self
    }

    /// Starts the providers and makes them known.
    pub(crate) fn providers(mut self, options: &SandboxOptions) -> Self {
        let sandbox = Sandbox::start(SandboxOptions {
            directory: Some(self.folder().to_owned()),
            // A day, not "until midnight": no journey may depend on the time of day.
            deepvue_expiry_at_midnight: false,
            ..options.clone()
        });
        let sandbox = self.sandbox.insert(sandbox.expect("the sandbox starts"));
        let addresses: Vec<_> = Provider::ALL
            .into_iter()
            .map(|provider| (provider, sandbox.base_url(provider)))
            .collect();
        let device = sandbox.deeply_edge_url();
        for (provider, address) in addresses {
            self.add_environment(provider, "sandbox", &["--base-url", &address, "--ca", "ca.pem"]);
        }
        let plain = ["--base-url", &device, "--allow-plain-http"];
        self.add_environment(Provider::Deeply, "device", &plain);
        self
    }

    /// Gives the machine a message bus.
    pub(crate) fn bus(mut self) -> Self {
        let folder = self.folder.path().to_owned();
        self.desktop.start_bus(&folder);
        self
    }

    /// Gives the machine a message bus with an unlocked keyring.
    pub(crate) fn keyring(self) -> Self {
        let mut world = self.bus();
        let folder = world.folder.path().to_owned();
        world.desktop.start_keyring(&folder);
        world
    }

    /// Gives the machine a screen.
    pub(crate) fn screen(mut self) -> Self {
        let folder = self.folder.path().to_owned();
        self.desktop.start_screen(&folder);
        self
    }

    /// Gives the machine a screen, a message bus and a notification daemon.
    pub(crate) fn notifications(self) -> Self {
        let mut world = self.screen().bus();
        let folder = world.folder.path().to_owned();
        world.desktop.start_notifications(&folder);
        world
    }

    /// Has the notification daemon die.
    pub(crate) fn kill_notifications(&mut self) {
        self.desktop.kill_notifications();
    }

    /// Starts a notification daemon, on the screen and the bus that are there.
    pub(crate) fn start_notifications(&mut self) {
        let folder = self.folder.path().to_owned();
        self.desktop.start_notifications(&folder);
    }

    /// A panel on the bus that shows the tray; a fake.
    pub(crate) fn panel(&self) -> Panel {
        let mut command = Command::new("/usr/bin/python3");
        command.envs(self.desktop.variables().iter().map(|(name, value)| (name, value)));
        Panel::start(command)
    }

    /// The folder in which commands run.
    pub(crate) fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// `KEYTURN_HOME`.
    pub(crate) fn home(&self) -> PathBuf {
        self.folder().join("home")
    }

    /// Where the agent listens.
    pub(crate) fn socket(&self) -> PathBuf {
        let user = rustix::process::geteuid().as_raw();
        Home::resolve(Some(self.home()), user, |_| None).expect("the home is a path").socket()
    }

    /// The vault file.
    pub(crate) fn vault_file(&self) -> PathBuf {
        self.home().join("vault.kyt")
    }

    pub(crate) fn sandbox(&self) -> &Sandbox {
        self.sandbox.as_ref().expect("this world has providers")
    }

    pub(crate) fn admin(&self) -> &Admin {
        self.sandbox().admin()
    }

    /// Begins a command.
    pub(crate) fn keyturn(&self, words: &[&str]) -> Invocation<'_> {
        let mut command = self.command(env!("CARGO_BIN_EXE_keyturn"));
        command.args(words);
        Invocation { world: self, words: words.join(" "), command, stdin: None }
    }

    /// Begins a foreign program that runs `keyturn`, which is first on its path.
    pub(crate) fn program(&self, words: &[&str]) -> Invocation<'_> {
        let (program, arguments) = words.split_first().expect("a program is named");
        let mut command = self.command(program);
        command.args(arguments);
        Invocation { world: self, words: words.join(" "), command, stdin: None }
    }

    fn command(&self, program: &str) -> Command {
        let mut command = Command::new(program);
        let keyturn = Path::new(env!("CARGO_BIN_EXE_keyturn"));
        let folder = keyturn.parent().expect("the binary is in a folder").to_owned();
        let path = std::env::var_os("PATH").unwrap_or_default();
        let path = std::env::join_paths([folder].into_iter().chain(std::env::split_paths(&path)));
        command.env_clear().current_dir(self.folder());
        command.env("PATH", path.expect("the path has no colon in a folder"));
        command.env("HOME", self.folder()).env("KEYTURN_HOME", self.home());
        command.env("XDG_RUNTIME_DIR", self.folder().join("runtime"));
        command.env("LANG", "C.UTF-8").env("TZ", "UTC");
        command.env(
            "KEYTURN_PARENT_PIPE",
            self.tie.lock().expect("no test panics with it").descriptor(),
        );
        // Without a bus of its own a world must not find the machine's.
        command.env("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent");
        command.envs(self.desktop.variables().iter().map(|(name, value)| (name, value)));
        command
    }

    /// Runs a foreign program of the desktop.
    pub(crate) fn desktop_program(&self, words: &[&str]) -> Output {
        self.desktop.run(self.folder(), words, None)
    }

    /// What the clipboard of the screen holds; empty where nobody owns it.
    pub(crate) fn clipboard(&self) -> String {
        let output = self.desktop_program(&["xclip", "-selection", "clipboard", "-out"]);
        String::from_utf8(output.stdout).expect("the clipboard holds text")
    }

    /// Puts a text into the clipboard of the screen.
    pub(crate) fn set_clipboard(&self, text: &str) {
        let words = ["xclip", "-selection", "clipboard", "-in"];
        assert!(self.desktop.run(self.folder(), &words, Some(text)).status.success());
    }

    pub(crate) fn unlock(&self) {
        self.keyturn(&["unlock", "--passphrase-stdin"]).stdin(PASSPHRASE).run().done();
    }

    /// What a command that works answers to programs.
    #[track_caller]
    pub(crate) fn json(&self, words: &[&str]) -> Value {
        self.keyturn(&[words, &["--format", "json"]].concat()).run().done().json()
    }

    pub(crate) fn status(&self) -> Value {
        self.json(&["status"])
    }

    /// The process that runs the agent.
    pub(crate) fn agent_pid(&self) -> i32 {
        let status = self.status();
        let pid = status["agent"]["pid"].as_i64().expect("an agent runs");
        i32::try_from(pid).expect("a process id")
    }

    /// Adds a credential `PROVIDER/main` in the environment `sandbox`, with more flags.
    pub(crate) fn add_with(&self, provider: Provider, flags: &[&str]) {
        let known = self.sandbox().credentials();
        let client_id = format!("client_id={}", known.deepvue.client_id);
        let email = format!("username={}", known.deepcurrent.email);
        let mut words = vec!["add", provider.id(), "--environment", "sandbox", "--secrets-stdin"];
        let secrets = match provider {
            Provider::Deepvue => {
                words.extend(["--field", &client_id]);
                json!({"client_secret": known.deepvue.client_secret})
            }
            Provider::Deepidv => json!({"api_key": known.deepidv.api_key}),
            Provider::Deeply => json!({"api_key": known.deeply.api_key}),
            // Named so by `add_login`.
            Provider::Deepcurrent if flags.contains(&"login") => {
                words.extend(["--field", &email]);
                json!({"password": known.deepcurrent.password})
            }
            Provider::Deepcurrent => json!({"api_key": known.deepcurrent.api_key}),
        };
        words.extend(flags);
        self.keyturn(&words).stdin(&secrets.to_string()).run().done();
    }

    /// Adds `PROVIDER/main`.
    pub(crate) fn add(&self, provider: Provider) {
        self.add_with(provider, &[]);
    }

    /// Adds `deepcurrent/login`, which holds an e-mail address and a password instead of a key.
    pub(crate) fn add_login(&self) {
        self.add_with(Provider::Deepcurrent, &["--name", "login"]);
    }

    pub(crate) fn add_environment(&self, provider: Provider, name: &str, flags: &[&str]) {
        let words = ["provider", "environment", "add", provider.id(), name];
        self.keyturn(&[&words[..], flags].concat()).run().done();
    }

    /// A credential as `list --format json` shows it.
    pub(crate) fn listed(&self, reference: &str) -> Value {
        let list = self.json(&["list"]);
        let list = list.as_array().expect("a list is an array");
        let found = list.iter().find(|credential| credential["ref"] == reference);
        found.unwrap_or_else(|| panic!("{reference} is in the list: {list:?}")).clone()
    }

    /// Ends the agents as the end of the test's process would.
    pub(crate) fn cut_tie(&self) {
        self.tie.lock().expect("no test panics with it").cut();
    }

    /// Waits until no agent holds this home's lock.
    pub(crate) fn wait_for_agents_end(&self) {
        wait::until("the end of the agent", || self.agent_has_ended());
    }

    fn agent_has_ended(&self) -> Option<()> {
        let Ok(lock) = File::open(self.home().join("run/agent.lock")) else { return Some(()) };
        flock(&lock, FlockOperation::NonBlockingLockExclusive).ok()
    }

    /// Makes a secret known, so that it is looked for wherever none may be.
    pub(crate) fn keeps_secret(&self, secret: &str) {
        self.others.lock().expect("no test panics with it").push(secret.to_owned());
    }

    /// Every secret that this world knows, each with its name.
    fn secrets(&self) -> Vec<(String, String)> {
        let mut secrets = vec![("the passphrase".to_owned(), PASSPHRASE.to_owned())];
        let others = self.others.lock().expect("no test panics with it");
        secrets.extend(others.iter().map(|secret| ("a secret".to_owned(), secret.clone())));
        if let Some(sandbox) = &self.sandbox {
            let known = sandbox.credentials();
            for provider in Provider::ALL {
                secrets.push((format!("{provider}'s key"), known.key(provider).to_owned()));
            }
            secrets.push(("the password".to_owned(), known.deepcurrent.password));
            for (provider, token) in sandbox.admin().last_tokens() {
                secrets.push((format!("{provider}'s token"), token));
            }
        }
        secrets
    }

    /// Asserts that a text holds no secret.
    #[track_caller]
    pub(crate) fn holds_no_secret(&self, what: &str, text: &str) {
        for (name, secret) in self.secrets() {
            assert!(!text.contains(&secret), "{what} shows {name}");
        }
    }

    /// Asserts that no file of the home holds a secret in clear.
    pub(crate) fn home_holds_no_secret(&self) {
        let mut folders = vec![self.home()];
        while let Some(folder) = folders.pop() {
            for entry in fs::read_dir(folder).expect("the home can be listed").flatten() {
                let path = entry.path();
                if path.is_dir() {
                    folders.push(path);
                } else if let Ok(bytes) = fs::read(&path) {
                    let text = String::from_utf8_lossy(&bytes);
                    self.holds_no_secret(&path.to_string_lossy(), &text);
                }
            }
        }
    }
}

impl Drop for World {
    fn drop(&mut self) {
        if std::thread::panicking()
            && let Ok(log) = fs::read_to_string(self.home().join("state/agent.log"))
        {
            // A failed test tells what the agent saw; nothing can be done where stderr is closed.
            drop(writeln!(std::io::stderr(), "--- the agent's log\n{log}"));
        }
        self.cut_tie();
        // A second panic would end the whole run without a word about the first.
        let ended = wait::ask(|| self.agent_has_ended());
        assert!(ended.is_some() || std::thread::panicking(), "the agent outlives its test");
    }
}

/// A command that is about to run.
pub(crate) struct Invocation<'world> {
    world: &'world World,
    words: String,
    command: Command,
    stdin: Option<String>,
}

impl Invocation<'_> {
    /// What it reads; nothing otherwise.
    pub(crate) fn stdin(mut self, text: &str) -> Self {
        self.stdin = Some(text.to_owned());
        self
    }

    /// Runs it to its end. No secret may be on stderr, nor on the stdout of a command that has none
    /// to hand out.
    #[track_caller]
    pub(crate) fn run(mut self) -> Outcome {
        let child = self.spawn();
        let watch = wait::kill_if_it_hangs(child.id());
        let output = child.wait_with_output().expect("the command ends");
        drop(watch);
        let outcome = Outcome::new(self.words, output);
        self.world.holds_no_secret(&format!("stderr of `{}`", outcome.words), &outcome.stderr);
        let verb = outcome.words.split(' ').next().unwrap_or_default();
        if !HANDS_OUT.contains(&verb) {
            self.world.holds_no_secret(&format!("stdout of `{}`", outcome.words), &outcome.stdout);
        }
        outcome
    }

    /// Starts it for a dialogue: its input stays open, and is the caller's to write.
    pub(crate) fn spawn_for_dialogue(&mut self) -> Child {
        self.command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null());
        self.command.spawn().expect("the command can be started")
    }

    /// Starts it and leaves it to the caller.
    pub(crate) fn spawn(&mut self) -> Child {
        let stdin = if self.stdin.is_some() { Stdio::piped() } else { Stdio::null() };
        self.command.stdin(stdin).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = self.command.spawn().expect("the command can be started");
        if let Some(text) = &self.stdin {
            let mut pipe = child.stdin.take().expect("its stdin is a pipe");
            // A command that refuses its arguments ends before it reads.
            drop(pipe.write_all(text.as_bytes()));
        }
        child
    }
}
