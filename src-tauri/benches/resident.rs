//! What stays in memory, and how fast a window comes, beside KeePassXC and a bare window in the same run.

use std::io::Write as _;
use std::process::{Child, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use super::support::{Machine, Provider, Window, processes, wait};
use super::{median, milliseconds, report};

const CREDENTIALS: usize = 100;
const OPENINGS: usize = 5;
const PASSWORD: &str = "correct horse";
/// So long a program rests before its memory is read.
const REST: Duration = Duration::from_secs(5);

/// Measures memory with the window closed and open, and opening from the tray.
pub(crate) fn resident() {
    let machine = Machine::new();
    let panel = machine.panel();
    let machine = machine.with_vault();
    for number in 1..=CREDENTIALS {
        machine.add(Provider::Deepidv, &format!("kept-{number:03}"), &[]);
    }
    wait::until("the tray", || (!panel.lines().is_empty()).then_some(()));
    thread::sleep(REST);
    let agent = u32::try_from(machine.agent().as_raw_nonzero().get()).expect("a process id");
    let ours = with_descendants(agent);

    let database = make_database(&machine);
    let mut peer = KeePassXc::open(&machine, &database);
    thread::sleep(REST);
    let theirs = with_descendants(peer.0.id());
    report("KeePassXC, 100 entries, unlocked", megabytes(theirs), "the peer (PSS)");
    report("agent and session, window closed", megabytes(ours), "≤ 30 MB (PSS)");
    peer.end();

    let window = machine.window();
    window.unlock();
    thread::sleep(REST);
    let open = below(&window);
    drop(window);
    let window = machine.window_of("examples/bare-window");
    thread::sleep(REST);
    let bare = below(&window);
    drop(window);
    report("bare window with its web processes", megabytes(bare), "the peer (PSS)");
    report("our window with its web processes", megabytes(open), "");
    report("  as a ratio", format!("{:.2} ×", ratio(open, bare)), "≤ 1.2 ×");

    let (mut theirs, mut ours) = (Vec::new(), Vec::new());
    for _ in 0..OPENINGS {
        let begun = Instant::now();
        let mut peer = KeePassXc::open(&machine, &database);
        theirs.push(milliseconds(begun));
        peer.end();
        wait::until("no window", || (!machine.shows_window("KeePassXC")).then_some(()));

        let begun = Instant::now();
        panel.click("Open Keyturn");
        wait::until("the window", || machine.shows_window("^Keyturn$").then_some(()));
        ours.push(milliseconds(begun));
        close_windows(agent);
        wait::until("no window", || (!machine.shows_window("^Keyturn$")).then_some(()));
    }
    let (theirs, ours) = (median(theirs), median(ours));
    report("KeePassXC, start to its window", format!("{theirs:.0} ms"), "the peer");
    report("from the tray to our window", format!("{ours:.0} ms"), "");
    report("  as a ratio", format!("{:.2} ×", ours / theirs), "≤ 1.3 ×");
}

/// Ends the windows that the agent opened, as a closed window does.
fn close_windows(agent: u32) {
    let below = processes::descendants(agent).into_iter();
    for pid in below.filter(|pid| processes::name(*pid) == "keyturn-desktop") {
        if let Some(pid) = i32::try_from(pid).ok().and_then(rustix::process::Pid::from_raw) {
            // It may have ended by itself.
            rustix::process::kill_process(pid, rustix::process::Signal::TERM).ok();
        }
    }
}

/// The peer, with a file of as many entries open.
struct KeePassXc(Child);

impl KeePassXc {
    fn open(machine: &Machine, database: &str) -> Self {
        let mut command = machine.foreign("keepassxc");
        command.args(["--pw-stdin", database]).stdin(Stdio::piped());
        command.stdout(Stdio::null()).stderr(Stdio::null());
        let mut child = command.spawn().expect("keepassxc is installed");
        let mut stdin = child.stdin.take().expect("its stdin is a pipe");
        writeln!(stdin, "{PASSWORD}").expect("it reads the password");
        wait::until("KeePassXC's window", || machine.shows_window("KeePassXC").then_some(()));
        Self(child)
    }

    fn end(&mut self) {
        drop(self.0.kill());
        drop(self.0.wait());
    }
}

fn make_database(machine: &Machine) -> String {
    let entry = |number: usize| {
        let text = |key: &str, value: &str| {
            format!("<String><Key>{key}</Key><Value>{value}</Value></String>")
        };
        let name = format!("kept-{number:03}");
        format!("<Entry>{}{}</Entry>", text("Title", &name), text("Password", "a password of it"))
    };
    let entries: String = (1..=CREDENTIALS).map(entry).collect();
    let xml = format!(
        "<?xml version=\"1.0\"?><KeePassFile><Meta/><Root><Group><Name>Root</Name>{entries}</Group>\
         </Root></KeePassFile>"
    );
    let file = machine.folder().join("peer.xml");
    std::fs::write(file, xml).expect("a file can be written");
    let mut command = machine.foreign("keepassxc-cli");
    command.args(["import", "-p", "peer.xml", "peer.kdbx"]).stdin(Stdio::piped());
    let mut child = command.stdout(Stdio::null()).spawn().expect("keepassxc-cli is installed");
    let mut stdin = child.stdin.take().expect("its stdin is a pipe");
    writeln!(stdin, "{PASSWORD}\n{PASSWORD}").expect("it reads the password");
    drop(stdin);
    assert!(child.wait().expect("it ends").success(), "the peer's file is made");
    "peer.kdbx".to_owned()
}

fn with_descendants(pid: u32) -> u64 {
    let below = processes::descendants(pid);
    below.into_iter().chain([pid]).map(processes::proportional_memory).sum()
}

fn below(window: &Window) -> u64 {
    let processes = processes::descendants(window.process());
    processes.into_iter().map(processes::proportional_memory).sum()
}

fn megabytes(bytes: u64) -> String {
    format!("{} MB", bytes / 1_000_000)
}

fn ratio(ours: u64, theirs: u64) -> f64 {
    #[expect(clippy::cast_precision_loss, reason = "a ratio is rounded anyway")]
    let (ours, theirs) = (ours as f64, theirs as f64);
    ours / theirs
}
