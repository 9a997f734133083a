//! The windows of the app, by label, and what a page in them may never do.
//!
//! Sizes and titles are data in `tauri.conf.json`; this module adds what data cannot say: a page
//! never leaves the app's own origin and never opens another window. What each window may call is
//! granted in `src-tauri/capabilities/`.

use tauri::webview::NewWindowResponse;
use tauri::{AppHandle, Manager, Runtime, Url, WebviewWindow, WebviewWindowBuilder};

/// The label of the main window, the one name that its capability is granted to.
pub const MAIN: &str = "main";

/// Opens the main window, or brings the one that is open to the front.
pub fn open_main<R: Runtime>(app: &AppHandle<R>) -> tauri::Result<WebviewWindow<R>> {
    if let Some(window) = app.get_webview_window(MAIN) {
        window.set_focus()?;
        return Ok(window);
    }
    let config = app.config().app.windows.iter().find(|window| window.label == MAIN);
    let config = config.cloned().ok_or(tauri::Error::WindowNotFound)?;
    let development = app.config().build.dev_url.clone();
    WebviewWindowBuilder::from_config(app, &config)?
        .on_navigation(move |url| is_ours(url, development.as_ref()))
        .on_new_window(|_, _| NewWindowResponse::Deny)
        .build()
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
