//! From a click in the tray to a window that takes text, beside KeePassXC's start and a bare Tauri window's in the
//! same run: what the bare one takes is the web engine's own start, which no window of it can go below.
//!
//! Nobody drives this window: the agent starts it. What tells that it is ready is what screen readers are
//! told, that its field has the focus. They are told of KeePassXC as well, so that both pay for it.

use std::io::{BufRead as _, BufReader};
use std::process::{Child, Stdio};
use std::sync::mpsc::{self, Receiver};
use std::thread;
use std::time::{Duration, Instant};

use super::keepassxc::{KeePassXc, TITLE, make_database};
use super::report::{UNNUMBERED, held, median, milliseconds, told};
use super::seed;
use super::support::{Machine, processes, programs, wait};

const CREDENTIALS: usize = 100;
const OPENINGS: usize = 7;
const OURS: &str = "^Keyturn$";
const PROGRAM: &str = "keyturn-desktop";
const BARE: &str = "bare-window";
/// A window that took no focus for so long never does.
const PATIENCE: Duration = Duration::from_secs(20);

/// Measures both, in turn.
pub(crate) fn tray() {
    let machine = Machine::new();
    let panel = machine.panel();
    let machine = machine.with_vault().with_screen_reader();
    seed::seed(&machine, 1..=CREDENTIALS);
    let agent = u32::try_from(machine.agent().as_raw_nonzero().get()).expect("a process id");
    let database = make_database(&machine, CREDENTIALS);
    let (focus, bare_focus) = (Focus::listen(&machine, PROGRAM), Focus::listen(&machine, BARE));
    let (mut theirs, mut mapped, mut interactive) = (Vec::new(), Vec::new(), Vec::new());
    let mut bare = Vec::new();
    for _ in 0..OPENINGS {
        let begun = Instant::now();
        let peer = KeePassXc::open(&machine, &database);
        theirs.push(milliseconds(begun));
        drop(peer);
        wait::until("no window", || (!machine.shows_window(TITLE)).then_some(()));

        bare.push(bare_window(&machine, &bare_focus));

        let begun = Instant::now();
        panel.click("Open Keyturn");
        wait::until("the window", || machine.shows_window(OURS).then_some(()));
        mapped.push(milliseconds(begun));
        interactive.push(focus.next().1.duration_since(begun).as_secs_f64() * 1_000.0);
        windows(agent).for_each(end);
        // As long as it runs it is the one window, and no other opens.
        wait::until("no window", || windows(agent).next().is_none().then_some(()));
    }
    let (theirs, mapped, interactive) = (median(theirs), median(mapped), median(interactive));
    told(UNNUMBERED, "KeePassXC, start to its window", theirs, "ms", "the peer");
    let words = "bare window, start to a field that has the focus";
    told(UNNUMBERED, words, median(bare), "ms", "the floor");
    told(UNNUMBERED, "from the tray to our window on the screen", mapped, "ms", "");
    told(UNNUMBERED, "from the tray to a field that has the focus", interactive, "ms", "");
    held(UNNUMBERED, "  as a ratio", interactive / theirs, "×", 1.3);
}

/// How long a bare window takes from its start to a field that has the focus.
fn bare_window(machine: &Machine, focus: &Focus) -> f64 {
    let begun = Instant::now();
    let program = programs().join("examples").join(BARE);
    let mut command = machine.foreign(&program.to_string_lossy());
    let mut window =
        command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().expect("it is built");
    let took = focus.next().1.duration_since(begun).as_secs_f64() * 1_000.0;
    drop(window.kill());
    drop(window.wait());
    took
}

/// The processes of the windows that the agent opened.
fn windows(agent: u32) -> impl Iterator<Item = u32> {
    let below = processes::descendants(agent).into_iter();
    below.filter(|pid| processes::name(*pid) == PROGRAM && processes::runs(*pid))
}

/// Ends a window, as closing it does.
fn end(pid: u32) {
    if let Some(pid) = i32::try_from(pid).ok().and_then(rustix::process::Pid::from_raw) {
        // It may have ended by itself.
        rustix::process::kill_process(pid, rustix::process::Signal::TERM).ok();
    }
}

/// What screen readers are told of fields that get the focus, with the time.
struct Focus {
    listener: Child,
    heard: Receiver<(String, Instant)>,
}

impl Focus {
    fn listen(machine: &Machine, program: &str) -> Self {
        let script = concat!(env!("CARGO_MANIFEST_DIR"), "/src-tauri/benches/focus.py");
        let mut command = machine.foreign("/usr/bin/python3");
        command
            .arg(script)
            .arg(program)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null());
        let mut listener = command.spawn().expect("Debian's Python can be started");
        let stdout = listener.stdout.take().expect("its stdout is a pipe");
        let (sender, heard) = mpsc::channel();
        thread::spawn(move || {
            for line in BufReader::new(stdout).lines().map_while(Result::ok) {
                if sender.send((line, Instant::now())).is_err() {
                    break;
                }
            }
        });
        let focus = Self { listener, heard };
        assert_eq!(focus.next().0, "listening");
        focus
    }

    /// The next line, and when it came.
    fn next(&self) -> (String, Instant) {
        self.heard.recv_timeout(PATIENCE).expect("a field takes the focus")
    }
}

impl Drop for Focus {
    fn drop(&mut self) {
        drop(self.listener.kill());
        drop(self.listener.wait());
    }
}
