//! The windows of the app, by label, and what a page in them may never do.
//!
//! Sizes and titles are data in `tauri.conf.json`; this module adds what data cannot say: a page
//! never leaves the app's own origin and never opens another window. What each window may call is
//! granted in `src-tauri/capabilities/`.

use keyturn_protocol::config_file::ConfigFile;
use tauri::utils::config::WindowConfig;
use tauri::webview::NewWindowResponse;
use tauri::{
    AppHandle, LogicalSize, Manager, Runtime, Url, WebviewWindow, WebviewWindowBuilder, WindowEvent,
};

use crate::only::Only;
use crate::placement::Placement;
use crate::{agent, closing, placement, preferences, rendering};

/// The label of the main window, the one name that its capability is granted to.
pub(crate) const MAIN: &str = "main";

/// Opens the main window.
pub(crate) fn open_main<R: Runtime>(app: &AppHandle<R>) -> tauri::Result<()> {
    let window = open(app, MAIN)?;
    let app = app.clone();
    window.on_window_event(move |event| match event {
        WindowEvent::CloseRequested { api, .. } if closing::waits(&app) => api.prevent_close(),
        WindowEvent::CloseRequested { .. } => placement::keep(&app),
        WindowEvent::Destroyed => app.state::<Only>().release(),
        _ => {}
    });
    Ok(())
}

/// Brings the main window before the user, where it is open.
pub(crate) fn bring_to_front<R: Runtime>(app: &AppHandle<R>) {
    if let Some(window) = app.get_webview_window(MAIN) {
        // Best effort: some desktops let no window take the focus.
        drop(window.unminimize().and_then(|()| window.show()).and_then(|()| window.set_focus()));
    }
}

/// Opens the window of that label as `tauri.conf.json` describes it, looking as the user wants it.
pub(crate) fn open<R: Runtime>(app: &AppHandle<R>, label: &str) -> tauri::Result<WebviewWindow<R>> {
    let config = app.config().app.windows.iter().find(|window| window.label == label);
    let mut config = config.cloned().ok_or(tauri::Error::WindowNotFound)?;
    if label == MAIN {
        if let Some(kept) = Placement::kept(app) {
            place(&mut config, &kept, kept.is_visible(app));
        }
        fit(&mut config, &placement::screens(app));
    }
    let development = app.config().build.dev_url.clone();
    // The file, not the agent: a prompt has no agent to ask, and no window waits for one.
    let file = agent::home_of_user().map(|home| ConfigFile::of(&home));
    let look = file.map(|file| preferences::current(&file).appearance()).unwrap_or_default();
    let window = WebviewWindowBuilder::from_config(app, &config)?
        .theme(look.theme.forced())
        .initialization_script(look.script())
        .on_navigation(move |url| is_ours(url, development.as_ref()))
        .on_new_window(|_, _| NewWindowResponse::Deny)
        .build()?;
    rendering::suit_machine(&window)?;
    Ok(window)
}

/// Puts the window where it was, unless no screen shows that any more.
fn place(config: &mut WindowConfig, kept: &Placement, visible: bool) {
    (config.width, config.height) = (kept.width, kept.height);
    config.maximized = kept.maximized;
    if visible {
        (config.x, config.y) = (Some(kept.x), Some(kept.y));
    }
}

/// Lets a window be as small as the smallest screen: what is out of a screen can be reached by nobody.
fn fit(config: &mut WindowConfig, screens: &[LogicalSize<f64>]) {
    for screen in screens {
        let no_larger = |side: Option<f64>, most: f64| side.map(|side| side.min(most));
        config.min_width = no_larger(config.min_width, screen.width);
        config.min_height = no_larger(config.min_height, screen.height);
    }
}

/// Whether a page may be shown: the embedded UI, or the development server where one is configured.
fn is_ours(url: &Url, development: Option<&Url>) -> bool {
    match url.scheme() {
        "tauri" => url.host_str() == Some("localhost"),
        // Windows serves the embedded UI under this host, since its web view knows no own schemes.
        "http" | "https" if url.host_str() == Some("tauri.localhost") => true,
        _ => development.is_some_and(|development| development.origin() == url.origin()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn url(text: &str) -> Url {
        Url::parse(text).unwrap()
    }

    #[test]
    fn a_window_comes_back_as_it_was_and_never_where_nobody_sees_it() {
        let kept = Placement { width: 900.0, height: 600.0, x: 40.0, y: 50.0, maximized: true };
        let mut config = WindowConfig::default();
        place(&mut config, &kept, true);
        assert_eq!((config.width, config.x, config.maximized), (900.0, Some(40.0), true));
        let mut config = WindowConfig::default();
        place(&mut config, &kept, false);
        assert_eq!((config.height, config.x, config.y), (600.0, None, None));
    }

    #[test]
    fn a_window_may_be_as_small_as_the_smallest_screen_and_no_smaller() {
        let sides = |screens: &[(f64, f64)]| {
            let mut config = WindowConfig {
                min_width: Some(880.0),
                min_height: Some(560.0),
                ..WindowConfig::default()
            };
            let screens = screens.iter().map(|(width, height)| LogicalSize::new(*width, *height));
            fit(&mut config, &screens.collect::<Vec<_>>());
            (config.min_width, config.min_height)
        };
        assert_eq!(sides(&[]), (Some(880.0), Some(560.0)));
        assert_eq!(sides(&[(1_920.0, 1_080.0)]), (Some(880.0), Some(560.0)));
        assert_eq!(sides(&[(1_920.0, 1_080.0), (800.0, 600.0)]), (Some(800.0), Some(560.0)));
    }

    #[test]
    fn the_embedded_ui_may_be_shown() {
        assert!(is_ours(&url("tauri://localhost/index.html"), None));
        assert!(is_ours(&url("http://tauri.localhost/"), None));
    }

    #[test]
    fn a_foreign_page_may_not_be_shown() {
        for foreign in [
            "https://example.com/",
            "https://tauri.localhost.example.com/",
            "tauri://example.com/",
            "file:///etc/passwd",
            "data:text/html,hello",
            "http://localhost:5173/",
        ] {
            assert!(!is_ours(&url(foreign), None), "{foreign}");
        }
    }

    #[test]
    fn the_development_server_may_be_shown_only_where_it_is_configured() {
        let development = url("http://localhost:5173/");
        assert!(is_ours(&url("http://localhost:5173/src/main.ts"), Some(&development)));
        assert!(!is_ours(&url("http://localhost:5174/"), Some(&development)));
    }
}
