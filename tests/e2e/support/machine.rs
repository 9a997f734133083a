//! A user's machine with a screen.

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};

use keyturn_protocol::prompt::PromptOrder;
use keyturn_protocol::{Asking, Client, Home, start};
use rustix::process::{Pid, Signal, kill_process};
use serde_json::Value;

use super::desktop::Desktop;
use super::driver::{Window, free_address, programs};
use super::panel::Panel;
use super::prompt::Prompt;
use super::sandbox::{Provider, Sandbox};
use super::{processes, program, wait};

/// Opens the vaults made here.
pub(crate) const PASSPHRASE: &str = "correct horse battery staple canary";

/// The pixels of a usual screen here.
const USUAL: &str = "1280x800";

/// A machine with a home, a bus and a screen of its own. All that runs on it ends with it.
pub(crate) struct Machine {
    // Fields are dropped in this order, after `drop` below has ended the agent.
    sandbox: Option<Sandbox>,
    openbox: Option<Child>,
    screen_reader: Option<Child>,
    desktop: Desktop,
    folder: PathBuf,
    // Only held: a folder that is gone afterwards.
    temporary: Option<tempfile::TempDir>,
}

/// Runs the rest of its words in a session of their own, once their parent is gone.
const STRANGER: &str = r#"
setsid sh -c '
    while [ "$(cut -d " " -f 4 /proc/$$/stat)" = "$1" ]; do :; done
    shift
    "$@" 2>&1
    echo "status=$?"
' stranger $$ "$@" &
"#;

impl Machine {
    /// A machine that leaves nothing behind.
    pub(crate) fn new() -> Self {
        Self::on_screen_of(USUAL)
    }

    /// The same with a screen of so many pixels, `WIDTHxHEIGHT`.
    pub(crate) fn on_screen_of(pixels: &str) -> Self {
        let folder = tempfile::TempDir::with_prefix("kt-").expect("a temporary folder can be made");
        let mut machine = Self::bare(folder.path().to_owned());
        machine.temporary = Some(folder);
        machine.with_screen(pixels)
    }

    /// A machine in a folder that stays, on the screen that is there.
    pub(crate) fn on_this_screen(folder: PathBuf) -> Self {
        Self::bare(folder)
    }

    /// A machine in a folder that stays, on a screen of its own.
    pub(crate) fn in_folder(folder: PathBuf) -> Self {
        Self::bare(folder).with_screen(USUAL)
    }

    fn bare(folder: PathBuf) -> Self {
        let machine = Self {
            sandbox: None,
            openbox: None,
            screen_reader: None,
            desktop: Desktop::default(),
            folder,
            temporary: None,
        };
        make_private(&machine.folder.join("runtime"));
        machine
    }

    fn with_screen(mut self, pixels: &str) -> Self {
        self.desktop.start_bus(&self.folder);
        self.desktop.start_screen_of(pixels, &self.folder);
        // Windows get the focus, and lose it, only where somebody manages them.
        let mut openbox = self.command(Path::new("openbox"));
        let openbox =
            openbox.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).spawn();
        self.openbox = Some(openbox.expect("openbox can be started"));
        // A window that is there before it would lose the focus once more.
        wait::until("openbox", || {
            let words = ["xdotool", "get_num_desktops"];
            self.desktop.run(&self.folder, &words, None).status.success().then_some(())
        });
        self
    }

    /// Says on the bus that a screen reader listens, so that pages tell what is on them.
    pub(crate) fn with_screen_reader(mut self) -> Self {
        let mut launcher = self.command(Path::new("/usr/libexec/at-spi-bus-launcher"));
        launcher.args(["--launch-immediately", "--a11y=1", "--screen-reader=1"]);
        launcher.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
        self.screen_reader = Some(launcher.spawn().expect("at-spi2-core is installed"));
        let words = ["gdbus", "wait", "--session", "--timeout", "20", "org.a11y.Bus"];
        assert!(self.desktop.run(&self.folder, &words, None).status.success());
        self
    }

    /// What a screen reader is told of a program's windows: roles and names.
    pub(crate) fn told(&self, application: &str) -> String {
        let script = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/e2e/support/tree.py");
        let words = ["/usr/bin/python3", script, application];
        let output = self.desktop.run(&self.folder, &words, None);
        String::from_utf8(output.stdout).expect("a tree is text")
    }

    /// A panel on the bus that shows the tray; a fake.
    pub(crate) fn panel(&self) -> Panel {
        Panel::start(self.command(Path::new("/usr/bin/python3")))
    }

    /// Starts the prompt as the agent would.
    pub(crate) fn prompt(&self, order: &PromptOrder) -> Prompt {
        Prompt::start(self.plain_window(), order)
    }

    /// Makes a vault and adds the four providers; the vault stays open for this test's commands.
    pub(crate) fn with_vault(mut self) -> Self {
        let words =
            ["init", "--protect", "passphrase", "--passphrase-stdin", "--recovery-file", "r.txt"];
        self.keyturn(&words, PASSPHRASE);
        self.imitate_providers();
        self
    }

    /// Starts the imitated providers, and tells the vault of them.
    pub(crate) fn imitate_providers(&mut self) {
        let sandbox =
            self.sandbox.insert(Sandbox::start(&programs().join("keyturn-sandbox"), &self.folder));
        let addresses = Provider::ALL.map(|provider| (provider, sandbox.url(provider).to_owned()));
        for (provider, address) in addresses {
            let place = ["provider", "environment", "add", provider.id(), "sandbox"];
            let flags = ["--base-url", &address, "--ca", "ca.pem"];
            self.keyturn(&[&place[..], &flags].concat(), "");
        }
    }

    /// Adds a credential under a name, with more flags.
    pub(crate) fn add(&self, provider: Provider, name: &str, flags: &[&str]) {
        let known = |field: &str| self.sandbox().credential(provider, field);
        let mut words = vec!["add", provider.id(), "--name", name, "--environment", "sandbox"];
        let open = match provider {
            Provider::Deepvue => Some(format!("client_id={}", known("client_id"))),
            Provider::Deepcurrent => Some(format!("username={}", known("email"))),
            Provider::Deepidv | Provider::Deeply => None,
        };
        if let Some(open) = &open {
            words.extend(["--field", open]);
        }
        let (field, secret) = match provider {
            Provider::Deepvue => ("client_secret", known("client_secret")),
            Provider::Deepidv | Provider::Deeply => ("api_key", known("api_key")),
            Provider::Deepcurrent => ("password", known("password")),
        };
        words.extend(["--secret", field]);
        words.extend(flags);
        self.keyturn(&words, &secret);
    }

    pub(crate) fn sandbox(&self) -> &Sandbox {
        self.sandbox.as_ref().expect("this machine has providers")
    }

    pub(crate) fn folder(&self) -> &Path {
        &self.folder
    }

    /// Runs a command of the command line, which must succeed.
    #[track_caller]
    pub(crate) fn keyturn(&self, words: &[&str], stdin: &str) -> String {
        let mut command = self.command(&programs().join("keyturn"));
        command.args(words).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().expect("keyturn lies beside the window: scripts/beside.sh");
        let mut pipe = child.stdin.take().expect("its stdin is a pipe");
        // A command that reads nothing may have ended already.
        drop(pipe.write_all(stdin.as_bytes()));
        drop(pipe);
        let output = child.wait_with_output().expect("the command ends");
        let stderr = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "`keyturn {}`: {stderr}", words.join(" "));
        String::from_utf8(output.stdout).expect("stdout is text")
    }

    /// The files of the vault.
    pub(crate) fn vault_files(&self) -> Vec<PathBuf> {
        let words = ["find", "home", "-name", "*.kyt", "-o", "-name", "*.keyturn"];
        let found = self.desktop.run(&self.folder, &words, None).stdout;
        String::from_utf8_lossy(&found).lines().map(|line| self.folder.join(line)).collect()
    }

    /// Opens the vault for this test's commands.
    pub(crate) fn unlock(&self) {
        self.keyturn(&["unlock", "--passphrase-stdin"], PASSPHRASE);
    }

    /// Starts the agent anew, so that a window it opens can be looked into without automation; says where.
    pub(crate) fn open_windows_to_inspector(&self) -> String {
        self.keyturn(&["stop"], "");
        let address = free_address();
        let mut status = self.command(&programs().join("keyturn"));
        status.args(["provider", "list"]).env("WEBKIT_INSPECTOR_HTTP_SERVER", &address);
        assert!(status.output().expect("keyturn can be started").status.success());
        address
    }

    /// Asks the agent as a program does.
    pub(crate) fn client(&self) -> Client {
        let user = rustix::process::geteuid().as_raw();
        let home = Home::resolve(Some(self.folder.join("home")), user, |_| None);
        let client = start::connect(&home.expect("the folder is absolute"), Asking::Never);
        client.expect("the agent answers").expect("an agent runs")
    }

    /// Ends the agent as a crash would.
    pub(crate) fn kill_agent(&self) {
        kill_process(self.agent(), Signal::KILL).expect("the agent can be killed");
    }

    /// The agent's process.
    pub(crate) fn agent(&self) -> Pid {
        let status = self.keyturn(&["status", "--format", "json"], "");
        let status: Value = serde_json::from_str(&status).expect("a status is JSON");
        let pid = status["agent"]["pid"].as_i64().and_then(|pid| i32::try_from(pid).ok());
        pid.and_then(Pid::from_raw).expect("an agent runs")
    }

    /// Opens the vault for another program than this test and what it starts.
    pub(crate) fn unlock_from_elsewhere(&self) {
        let script = "(\"$0\" unlock --passphrase-stdin; :)";
        let mut command = self.command(Path::new("sh"));
        command.args(["-c", script]).arg(programs().join("keyturn")).stdin(Stdio::piped());
        let mut child = command.stdout(Stdio::null()).spawn().expect("a shell can be started");
        let mut pipe = child.stdin.take().expect("its stdin is a pipe");
        pipe.write_all(PASSPHRASE.as_bytes()).expect("it reads the passphrase");
        drop(pipe);
        assert!(child.wait().expect("the shell ends").success());
    }

    /// Opens the window, under automation, once the last one has let go of its claim to be the only one: another
    /// start would hand over to that and end, and the driver would wait for it.
    pub(crate) fn window(&self) -> Window {
        if let Ok(claim) = fs::File::open(self.folder.join("home/state/window.lock")) {
            wait::ask(|| claim.try_lock().ok());
        }
        self.window_of("keyturn-desktop")
    }

    /// Opens the window of an installation that lost its agent's program.
    pub(crate) fn window_without_agent(&self) -> Window {
        let alone = self.folder.join("keyturn-desktop");
        program::copy(&programs().join("keyturn-desktop"), &alone);
        Window::open(self.command(Path::new("WebKitWebDriver")), &alone)
    }

    /// Opens the window in the desktop's light or dark theme.
    pub(crate) fn window_in(&self, theme: &str) -> Window {
        let mut driver = self.command(Path::new("WebKitWebDriver"));
        driver.env("GTK_THEME", if theme == "dark" { "Adwaita:dark" } else { "Adwaita" });
        Window::open(driver, &programs().join("keyturn-desktop"))
    }

    /// A day so many days from today, as the command line reads it.
    pub(crate) fn day(&self, days: i32) -> String {
        let offset = format!("{days} days");
        let output = self.command(Path::new("date")).args(["-d", &offset, "+%F"]).output();
        let text = String::from_utf8(output.expect("date can be started").stdout);
        text.expect("a date is text").trim().to_owned()
    }

    /// Opens the window of another program of ours, under automation.
    pub(crate) fn window_of(&self, program: &str) -> Window {
        Window::open(self.command(Path::new("WebKitWebDriver")), &programs().join(program))
    }

    /// Begins the window without automation.
    pub(crate) fn plain_window(&self) -> Command {
        self.command(&programs().join("keyturn-desktop"))
    }

    /// Begins a foreign program on this machine.
    pub(crate) fn foreign(&self, program: &str) -> Command {
        self.command(Path::new(program))
    }

    /// Copies a text, as another program would.
    pub(crate) fn put_on_clipboard(&self, text: &str) {
        let words = ["xclip", "-selection", "clipboard", "-in"];
        assert!(self.desktop.run(&self.folder, &words, Some(text)).status.success());
    }

    /// What the clipboard holds.
    pub(crate) fn clipboard(&self) -> String {
        let words = ["xclip", "-selection", "clipboard", "-out"];
        let output = self.desktop.run(&self.folder, &words, None);
        String::from_utf8(output.stdout).expect("the clipboard holds text")
    }

    /// Runs `xdotool`, by which a test is the user at the screen. It looks at every window when it
    /// searches, and ends where one of them goes meanwhile, whichever it was: so it looks again then,
    /// as it has done nothing yet.
    pub(super) fn xdotool(&self, words: &[&str]) -> Output {
        wait::until("windows that hold still", || {
            let output = self.desktop.run(&self.folder, &[&["xdotool"], words].concat(), None);
            let gone = String::from_utf8_lossy(&output.stderr).contains("BadWindow");
            (!gone).then_some(output)
        })
    }

    /// Whether the screen shows a window of that title.
    pub(crate) fn shows_window(&self, title: &str) -> bool {
        !self.xdotool(&titled(title)).stdout.is_empty()
    }

    /// The title of the window that has the focus.
    pub(crate) fn focused_window(&self) -> String {
        let output = self.xdotool(&["getactivewindow", "getwindowname"]);
        String::from_utf8_lossy(&output.stdout).trim().to_owned()
    }

    /// Gives the focus to the window of exactly that title, which is on the screen or comes to it.
    pub(crate) fn focus_window(&self, title: &str) {
        let exactly = format!("^{title}$");
        wait::until("the focus", || {
            self.xdotool(&[&titled(&exactly)[..], &["windowactivate"]].concat());
            (self.focused_window() == title).then_some(())
        });
    }

    /// Clicks into the window of that title, so far from its left upper corner.
    pub(crate) fn click_into(&self, title: &str, x: u32, y: u32) {
        let (x, y) = (x.to_string(), y.to_string());
        let click = ["mousemove", "--window", "%1", &x, &y, "click", "1"];
        // The window may be gone in this moment.
        drop(self.xdotool(&[&titled(title)[..], &click].concat()));
    }

    /// Presses a key, whatever has the focus.
    pub(crate) fn press_key(&self, key: &str) {
        assert!(self.xdotool(&["key", key]).status.success());
    }

    /// Begins `keyturn` as a program of another family than this test: its parent is gone before it runs.
    pub(crate) fn stranger(&self, words: &[&str]) -> Command {
        let mut command = self.command(Path::new("sh"));
        command.args(["-c", STRANGER, "sh"]).arg(programs().join("keyturn")).args(words);
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::null());
        command
    }

    /// Saves a picture of the window of that title as it is on the screen.
    pub(crate) fn picture(&self, title: &str, file: &Path) {
        let found = self.xdotool(&titled(title)).stdout;
        let found = String::from_utf8_lossy(&found).into_owned();
        let window = found.lines().next().unwrap_or_else(|| panic!("no window '{title}'"));
        let file = file.to_string_lossy();
        let words = ["import", "-window", window, &file];
        assert!(
            self.desktop.run(&self.folder, &words, None).status.success(),
            "a picture is taken"
        );
        // Fewer colours make a small file; where the program is missing it stays as it is.
        let words = ["pngquant", "--force", "--skip-if-larger", "--output", &file, &file];
        drop(Command::new(words[0]).args(&words[1..]).output());
    }

    fn command(&self, program: &Path) -> Command {
        let mut command = Command::new(program);
        command.current_dir(&self.folder).env("KEYTURN_HOME", self.folder.join("home"));
        let own_screen = !self.desktop.variables().is_empty();
        if own_screen {
            command.env_clear().env("PATH", std::env::var_os("PATH").unwrap_or_default());
            command.env("HOME", &self.folder).env("KEYTURN_HOME", self.folder.join("home"));
            command.env("XDG_RUNTIME_DIR", self.folder.join("runtime"));
            command.env("LANG", "C.UTF-8").env("TZ", "UTC").env("GDK_BACKEND", "x11");
            command.envs(self.desktop.variables().iter().map(|(name, value)| (name, value)));
        }
        command
    }
}

impl Drop for Machine {
    fn drop(&mut self) {
        if std::thread::panicking()
            && let Ok(log) = fs::read_to_string(self.folder.join("home/state/agent.log"))
        {
            // A failed test tells what the agent saw; nothing can be done where stderr is closed.
            drop(writeln!(std::io::stderr(), "--- the agent's log\n{log}"));
        }
        let mut stop = self.command(&programs().join("keyturn"));
        drop(stop.arg("stop").stdout(Stdio::null()).stderr(Stdio::null()).status());
        for mut foreign in self.openbox.take().into_iter().chain(self.screen_reader.take()) {
            // The launcher of the accessibility bus leaves the bus behind.
            for below in processes::descendants(foreign.id()) {
                if let Some(below) = i32::try_from(below).ok().and_then(Pid::from_raw) {
                    // It may have ended by itself.
                    kill_process(below, Signal::TERM).ok();
                }
            }
            drop(foreign.kill());
            drop(foreign.wait());
        }
    }
}

/// Makes a folder that only its owner may enter.
fn make_private(folder: &Path) {
    use std::os::unix::fs::PermissionsExt as _;
    fs::create_dir_all(folder).expect("a folder can be made");
    let private = fs::Permissions::from_mode(0o700);
    fs::set_permissions(folder, private).expect("a mode can be set");
}

/// What finds the windows of a title, in the words of `xdotool`; others may follow.
pub(super) const fn titled(title: &str) -> [&str; 4] {
    ["search", "--onlyvisible", "--name", title]
}
