//! Dragging something out of another program's window into ours, with the mouse and by X11's own protocol.

use std::process::{Child, Command, Stdio};

use super::driver::Window;
use super::machine::titled;
use super::{Machine, wait};

/// The window of the program that hands something out.
const SOURCE: &str = "^Something to drag$";
const OURS: &str = "^Keyturn$";

/// What is dragged.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Dragged<'text> {
    Text(&'text str),
    /// The path of a file.
    File(&'text str),
}

/// The program; it ends with this.
pub(crate) struct Source(Child);

impl Source {
    fn start(mut python: Command, what: Dragged<'_>) -> Self {
        let (kind, what) = match what {
            Dragged::Text(text) => ("text", text),
            Dragged::File(path) => ("file", path),
        };
        let script = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/e2e/support/drag.py");
        python.args([script, kind, what]).stdin(Stdio::null());
        python.stdout(Stdio::null()).stderr(Stdio::null());
        Self(python.spawn().expect("Debian's Python can be started"))
    }
}

impl Drop for Source {
    fn drop(&mut self) {
        drop(self.0.kill());
        drop(self.0.wait());
    }
}

impl Machine {
    /// Another program, with its window in front.
    #[track_caller]
    pub(crate) fn other_program(&self, what: Dragged<'_>) -> Source {
        let source = Source::start(self.foreign("/usr/bin/python3"), what);
        wait::until("its window", || self.geometry(SOURCE));
        self.xdotool(&[&titled(SOURCE)[..], &["windowactivate"]].concat());
        wait::until("its focus", || (self.focused_window() == "Something to drag").then_some(()));
        source
    }

    /// Drags something onto the place where anything can be dropped, and lets go of it there.
    #[track_caller]
    pub(crate) fn drop_onto(&self, window: &Window, what: Dragged<'_>) {
        let source = self.other_program(what);
        let zone = "const { x, y, width, height } = document.querySelector('.zone').getBoundingClientRect();
                    return [Math.round(x + width / 2), Math.round(y + height / 2)]";
        let zone = window.script(zone, &[]);
        let side = |at: usize| zone[at].as_i64().expect("a zone is somewhere");
        let (x, y) = (side(0), side(1));

        let take = ["mousemove", "--window", "%1", "60", "40", "mousedown", "1"];
        self.xdotool(&[&titled(SOURCE)[..], &take].concat());
        // A drag begins and goes on with movements, each answered by the page.
        let mut seen = 0;
        wait::until("the page to see it coming", || {
            for step in [12, 4, 0] {
                let (x, y) = ((x - step).to_string(), (y - step).to_string());
                let to = ["mousemove", "--window", "%1", &x, &y];
                self.xdotool(&[&titled(OURS)[..], &to].concat());
            }
            let over = window.script("return document.querySelector('.zone.over') !== null", &[]);
            seen += i32::from(over == serde_json::json!(true));
            (seen >= 2).then_some(())
        });
        self.xdotool(&["mouseup", "1"]);
        // What was dropped is asked for afterwards; the page is no longer under it once it has that.
        wait::until("the drop", || {
            let over = window.script("return document.querySelector('.zone.over') !== null", &[]);
            (over == serde_json::json!(false)).then_some(())
        });
        drop(source);
    }
}
