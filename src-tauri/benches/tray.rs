//! From a click in the tray to a window that takes text, beside KeePassXC's start in the same run.
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
use super::support::{Machine, processes, wait};

const CREDENTIALS: usize = 100;
const OPENINGS: usize = 7;
const OURS: &str = "^Keyturn$";
const PROGRAM: &str = "keyturn-desktop";
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
    let focus = Focus::listen(&machine);
    let (mut theirs, mut mapped, mut interactive) = (Vec::new(), Vec::new(), Vec::new());
    for _ in 0..OPENINGS {
        let begun = Instant::now();
        let peer = KeePassXc::open(&machine, &database);
        theirs.push(milliseconds(begun));
        drop(peer);
        wait::until("no window", || (!machine.shows_window(TITLE)).then_some(()));

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
    told(UNNUMBERED, "from the tray to our window on the screen", mapped, "ms", "");
    told(UNNUMBERED, "from the tray to a field that has the focus", interactive, "ms", "");
    held(UNNUMBERED, "  as a ratio", interactive / theirs, "×", 1.3);
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
    fn listen(machine: &Machine) -> Self {
        let script = concat!(env!("CARGO_MANIFEST_DIR"), "/src-tauri/benches/focus.py");
        let mut command = machine.foreign("/usr/bin/python3");
        command
            .arg(script)
            .arg(PROGRAM)
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
