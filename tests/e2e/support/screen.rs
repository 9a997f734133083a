//! What the screen shows, by the X server's word, and what a user does with a window's frame.

use super::machine::{Machine, titled};

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
        String::from_utf8_lossy(&self.xdotool(&titled(title)).stdout).lines().count()
    }

    /// Where the window of that title is; `None` while there is none.
    pub(crate) fn geometry(&self, title: &str) -> Option<Geometry> {
        let words = [&titled(title)[..], &["getwindowgeometry", "--shell"]].concat();
        let told = String::from_utf8_lossy(&self.xdotool(&words).stdout).into_owned();
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

    /// Moves the window of that title and makes it so large, by its frame: once it is so large, it was moved.
    pub(crate) fn place_window(&self, title: &str, to: Geometry) {
        let [x, y] = [to.x, to.y].map(|number| number.to_string());
        let [width, height] = [to.width, to.height].map(|number| number.to_string());
        let place = ["windowmove", "%1", &x, &y, "windowsize", "%1", &width, &height];
        self.xdotool(&[&titled(title)[..], &place].concat());
    }

    /// Clicks twice on the title of the window of that title, by which it fills the screen and no longer does.
    pub(crate) fn double_click_title(&self, title: &str) {
        let clicks = ["mousemove", "--window", "%1", "300", "-8", "click", "--repeat", "2", "1"];
        self.xdotool(&[&titled(title)[..], &clicks].concat());
    }

    /// Types a text into whatever has the focus.
    pub(crate) fn type_text(&self, text: &str) {
        self.xdotool(&["type", "--delay", "2", text]);
    }
}
