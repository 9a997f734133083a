//! From a key to the frame that shows what it did, by the page's own clock.

use super::support::{Window, wait};

/// Presses a key and waits until the page has drawn something; answers in milliseconds. `key` is a
/// condition on the event `event`, `shown` one on the page, both in its language.
pub(crate) fn from_key(window: &Window, key: &str, shown: &str, press: impl FnOnce()) -> f64 {
    let listen = format!(
        "window.took = null;
         const heard = (event) => {{
           if (!({key})) return;
           removeEventListener('keydown', heard, true);
           const begun = performance.now();
           const look = () => {{
             // A task behind a frame's callbacks runs once the frame is drawn.
             if ({shown}) setTimeout(() => (window.took = performance.now() - begun));
             else requestAnimationFrame(look);
           }};
           requestAnimationFrame(look);
         }};
         addEventListener('keydown', heard, true);"
    );
    window.script(&listen, &[]);
    press();
    wait::until(shown, || window.script("return window.took", &[]).as_f64())
}
