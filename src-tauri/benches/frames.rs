//! Frames of the page: how far apart they are, and how many were left out.

use serde_json::Value;

use super::support::Window;

/// A frame that comes later than this after the one before left one out: one and a half of 60 a second.
const LATE: f64 = 25.0;
/// The time from one frame to the next.
const FRAME: f64 = 1_000.0 / 60.0;

/// Writes down when each frame comes, until [`end`].
pub(crate) fn begin(window: &Window) {
    let record = "
        window.frames = [];
        const frame = () => {
          window.frames.push(performance.now());
          window.nextFrame = requestAnimationFrame(frame);
        };
        window.nextFrame = requestAnimationFrame(frame);";
    window.script(record, &[]);
}

/// The milliseconds between the frames since.
pub(crate) fn end(window: &Window) -> Vec<f64> {
    let frames = window.script("cancelAnimationFrame(window.nextFrame); return window.frames", &[]);
    let frames = numbers(&frames);
    frames.windows(2).map(|pair| pair[1] - pair[0]).collect()
}

/// How many frames are missing between those that came.
pub(crate) fn dropped(apart: &[f64]) -> f64 {
    let late = apart.iter().filter(|apart| **apart > LATE);
    late.map(|apart| (apart / FRAME).round() - 1.0).sum()
}

/// A list of numbers that a script returned.
pub(crate) fn numbers(list: &Value) -> Vec<f64> {
    list.as_array().expect("a list").iter().filter_map(Value::as_f64).collect()
}
