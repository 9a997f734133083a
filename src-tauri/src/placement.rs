//! Where the main window was and how large, so that it comes back there.
//!
//! Own code: `tauri-plugin-window-state` keeps its file in a folder of its own, and every file of Keyturn
//! lies with its vault. A place that no screen shows any more is not taken.

use std::fs;
use std::path::{Path, PathBuf};

use keyturn_protocol::Home;
use serde::{Deserialize, Serialize};
use tauri::{AppHandle, LogicalPosition, LogicalSize, Manager, Monitor, Runtime, WebviewWindow};

use crate::agent::Agent;
use crate::windows;

/// So much of the window's upper edge has to be on a screen, so that it can be taken hold of.
const HANDLE: (f64, f64) = (120.0, 32.0);
/// A window whose size makes no sense is not restored.
const LARGEST: f64 = 20_000.0;

/// The main window's place, in the units of its screen's scale.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub(crate) struct Placement {
    /// Its size without the frame, as it was before it filled the screen.
    pub(crate) width: f64,
    /// See `width`.
    pub(crate) height: f64,
    /// The upper left corner of its frame.
    pub(crate) x: f64,
    /// See `x`.
    pub(crate) y: f64,
    /// Whether it filled the screen.
    pub(crate) maximized: bool,
}

/// A screen, in the same units.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Screen {
    x: f64,
    y: f64,
    width: f64,
    height: f64,
}

impl Placement {
    /// The placement that was kept, where it is of use.
    pub(crate) fn kept<R: Runtime>(app: &AppHandle<R>) -> Option<Self> {
        Self::read(&file(app.state::<Agent>().home()?))
    }

    /// Whether a screen shows where it was.
    pub(crate) fn is_visible<R: Runtime>(&self, app: &AppHandle<R>) -> bool {
        let screens = app.available_monitors().unwrap_or_default();
        let screens = screens.into_iter().map(|screen| {
            let place: LogicalPosition<f64> = screen.position().to_logical(screen.scale_factor());
            let LogicalSize { width, height } = size(&screen);
            Screen { x: place.x, y: place.y, width, height }
        });
        self.is_on(&screens.collect::<Vec<_>>())
    }

    fn is_on(&self, screens: &[Screen]) -> bool {
        screens.iter().any(|screen| {
            let (right, lower) = (screen.x + screen.width, screen.y + screen.height);
            let across = right.min(self.x + self.width) - screen.x.max(self.x);
            let down = lower.min(self.y + HANDLE.1) - screen.y.max(self.y);
            across >= HANDLE.0 && down >= HANDLE.1
        })
    }

    fn read(file: &Path) -> Option<Self> {
        let kept: Self = serde_json::from_slice(&fs::read(file).ok()?).ok()?;
        let sane = |size: f64| size.is_finite() && (1.0..LARGEST).contains(&size);
        let numbers = kept.x.is_finite() && kept.y.is_finite();
        (sane(kept.width) && sane(kept.height) && numbers).then_some(kept)
    }

    fn write(&self, file: &Path) -> std::io::Result<()> {
        let beside = file.with_extension("json.new");
        fs::write(&beside, serde_json::to_vec(self)?)?;
        fs::rename(&beside, file)
    }
}

/// The sizes of the screens that are there.
pub(crate) fn screens<R: Runtime>(app: &AppHandle<R>) -> Vec<LogicalSize<f64>> {
    app.available_monitors().unwrap_or_default().iter().map(size).collect()
}

fn size(screen: &Monitor) -> LogicalSize<f64> {
    screen.size().to_logical(screen.scale_factor())
}

/// Keeps where the main window is now. Where that cannot be kept, it opens as it comes the next time.
pub(crate) fn keep<R: Runtime>(app: &AppHandle<R>) {
    let agent = app.state::<Agent>();
    if let (Some(window), Some(home)) = (app.get_webview_window(windows::MAIN), agent.home()) {
        let file = file(home);
        if let Some(now) = current(&window, Placement::read(&file)) {
            drop(now.write(&file));
        }
    }
}

/// Where the window is; of one that fills the screen, where it was `before`.
fn current<R: Runtime>(window: &WebviewWindow<R>, before: Option<Placement>) -> Option<Placement> {
    if window.is_minimized().ok()? {
        return before;
    }
    let scale = window.scale_factor().ok()?;
    let size: LogicalSize<f64> = window.inner_size().ok()?.to_logical(scale);
    let place: LogicalPosition<f64> = window.outer_position().ok()?.to_logical(scale);
    let (LogicalSize { width, height }, LogicalPosition { x, y }) = (size, place);
    let maximized = window.is_maximized().ok()?;
    let now = Placement { width, height, x, y, maximized };
    Some(match before {
        Some(before) if maximized => Placement { maximized, ..before },
        _ => now,
    })
}

fn file(home: &Home) -> PathBuf {
    home.state.join("window.json")
}

#[cfg(test)]
mod tests {
    use super::*;

    const LEFT: Screen = Screen { x: 0.0, y: 0.0, width: 1280.0, height: 800.0 };
    const RIGHT: Screen = Screen { x: 1280.0, y: 0.0, width: 1920.0, height: 1080.0 };

    fn at(x: f64, y: f64) -> Placement {
        Placement { width: 1000.0, height: 700.0, x, y, maximized: false }
    }

    #[test]
    fn a_place_is_taken_only_where_the_window_can_be_taken_hold_of() {
        let shown = [at(0.0, 0.0), at(1200.0, 700.0), at(2000.0, 10.0), at(-800.0, 20.0)];
        for placement in shown {
            assert!(placement.is_on(&[LEFT, RIGHT]), "{placement:?}");
        }
        let lost = [at(3190.0, 0.0), at(0.0, 790.0), at(-950.0, 0.0), at(0.0, -200.0)];
        for placement in lost {
            assert!(!placement.is_on(&[LEFT, RIGHT]), "{placement:?}");
        }
        assert!(!at(2000.0, 10.0).is_on(&[LEFT]), "the second screen is gone");
        assert!(!at(0.0, 0.0).is_on(&[]));
    }

    #[test]
    fn what_was_kept_is_read_again_and_nonsense_is_not() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("window.json");
        assert_eq!(Placement::read(&file), None);
        at(7.0, 8.0).write(&file).unwrap();
        assert_eq!(Placement::read(&file), Some(at(7.0, 8.0)));
        for text in ["", "{}", r#"{"width":-1,"height":5,"x":0,"y":0,"maximized":false}"#] {
            fs::write(&file, text).unwrap();
            assert_eq!(Placement::read(&file), None, "{text}");
        }
    }
}
