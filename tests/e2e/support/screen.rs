//! What the screen shows, by the X server's word, and what a user does with a window's frame.

use super::Machine;

/// Where a window's content is and how large, in pixels.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Geometry {
    pub(crate) x: i32,
    pub(crate) y: i32,
    pub(crate) width: u32,
    pub(crate) height: u32,
}

impl Machine {
    /// How many windows of that title the screen shows.
    pub(crate) fn windows_shown(&self, title: &str) -> usize {
        self.xdotool(&["search", "--onlyvisible", "--name", title]).lines().count()
    }

    /// Where the window of that title is; `None` while there is none.
    pub(crate) fn geometry(&self, title: &str) -> Option<Geometry> {
        let words = ["search", "--onlyvisible", "--name", title, "getwindowgeometry", "--shell"];
        let told = self.xdotool(&words);
        let number =
            |name: &str| told.lines().find_map(|line| line.strip_prefix(name)?.parse().ok());
        let side = |name: &str| u32::try_from(number(name)?).ok();
        Some(Geometry {
            x: number("X=")?,
            y: number("Y=")?,
            width: side("WIDTH=")?,
            height: side("HEIGHT=")?,
        })
    }

    /// Moves the window of that title and makes it so large, by its frame.
    pub(crate) fn place_window(&self, title: &str, to: Geometry) {
        let [x, y] = [to.x, to.y].map(|number| number.to_string());
        let [width, height] = [to.width, to.height].map(|number| number.to_string());
        let window = ["search", "--onlyvisible", "--name", title];
        let place = ["windowsize", "%1", &width, &height, "windowmove", "%1", &x, &y];
        self.xdotool(&[&window[..], &place].concat());
    }

    /// Clicks twice on the title of the window of that title, by which it fills the screen and no longer does.
    pub(crate) fn double_click_title(&self, title: &str) {
        let window = ["search", "--onlyvisible", "--name", title];
        let clicks = ["mousemove", "--window", "%1", "300", "-8", "click", "--repeat", "2", "1"];
        self.xdotool(&[&window[..], &clicks].concat());
    }

    /// Types a text into whatever has the focus.
    pub(crate) fn type_text(&self, text: &str) {
        self.xdotool(&["type", "--delay", "2", text]);
    }

    pub(super) fn xdotool(&self, words: &[&str]) -> String {
        let output = self.foreign("xdotool").args(words).output().expect("xdotool can be started");
        String::from_utf8_lossy(&output.stdout).into_owned()
    }
}
