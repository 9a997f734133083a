//! The clipboard, round after round: what is ours is cleared, and nothing else ever is.
//!
//! Five rounds in each test run; `make bench` takes 100. The time until it is cleared is shortened to 2 s.

use std::time::{Duration, Instant};

use keyturn_protocol::ClipboardEnd;
use keyturn_sandbox::{Provider, SandboxOptions};

use crate::support::{World, clipboard_ends, wait};

const CLEARED_AFTER: Duration = Duration::from_secs(2);
const FOREIGN: &str = "something of the user's own";
const HINT: [&str; 6] =
    ["xclip", "-selection", "clipboard", "-out", "-target", "x-kde-passwordManagerHint"];

fn rounds() -> usize {
    let wanted = std::env::var("KEYTURN_ROUNDS").ok().and_then(|text| text.parse().ok());
    wanted.unwrap_or(5)
}

/// How one round ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum End {
    Time,
    ForeignThenTime,
    Lock,
    ForeignThenLock,
    Exit,
}

#[test]
fn each_round_clears_what_is_ours_in_time_and_leaves_what_is_not() {
    let world = World::empty().screen().vault().providers(&SandboxOptions::default());
    world.add(Provider::Deepidv);
    let key = world.sandbox().credentials().deepidv.api_key;
    let mut longest = Duration::ZERO;
    let ends = [End::Time, End::ForeignThenTime, End::Lock, End::ForeignThenLock, End::Exit];
    for end in ends.into_iter().cycle().take(rounds()) {
        let mut next_end = clipboard_ends(&world);
        let begun = Instant::now();
        world.keyturn(&["copy", "deepidv/main", "--clear-after", "2s"]).run().done();
        assert_eq!(world.clipboard(), key, "{end:?}");
        assert_eq!(world.desktop_program(&HINT).stdout, b"secret", "{end:?}: histories are told");
        let foreign = matches!(end, End::ForeignThenTime | End::ForeignThenLock);
        if foreign {
            world.set_clipboard(FOREIGN);
        }
        match end {
            End::Time | End::ForeignThenTime => {}
            End::Lock | End::ForeignThenLock => drop(world.keyturn(&["lock"]).run().done()),
            End::Exit => drop(world.keyturn(&["stop"]).run().done()),
        }
        // What holds a copy looks at the clipboard when its time is over, whatever is there by then.
        if end != End::Exit {
            let told = if foreign { ClipboardEnd::Replaced } else { ClipboardEnd::Cleared };
            assert_eq!(next_end(), told, "{end:?}");
        }
        if matches!(end, End::Time | End::ForeignThenTime) {
            assert!(begun.elapsed() >= CLEARED_AFTER, "{end:?}: it ended too early");
        }
        if foreign {
            assert_eq!(world.clipboard(), FOREIGN, "{end:?}");
        } else {
            wait::until("the clipboard to be cleared", || (world.clipboard() != key).then_some(()));
            assert_eq!(world.clipboard(), "", "{end:?}");
        }
        if end == End::Time {
            longest = longest.max(begun.elapsed());
        }
        if matches!(end, End::Lock | End::ForeignThenLock | End::Exit) {
            world.unlock();
        }
    }
    println!("{} rounds; cleared after {CLEARED_AFTER:?}, at most {longest:?}", rounds());
}
