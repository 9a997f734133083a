//! How the web view paints, where nothing but the processor is there to do it.
//!
//! `WebKitGTK` composites on the graphics card. On a machine without one (a virtual machine, a remote
//! desktop) the processor imitates the card for every frame: a text that changes once a second then
//! costs 5 % of a core, ten times as much as painting it straight into the window (`make ui-bench`).

use tauri::{Runtime, WebviewWindow};

/// Has a window painted without compositing, where there is no graphics card.
#[cfg(target_os = "linux")]
pub(crate) fn suit_machine<R: Runtime>(window: &WebviewWindow<R>) -> tauri::Result<()> {
    use webkit2gtk::{HardwareAccelerationPolicy, SettingsExt as _, WebViewExt as _};

    if has_graphics_card(std::path::Path::new("/dev/dri")) {
        return Ok(());
    }
    window.with_webview(|webview| {
        if let Some(settings) = webview.inner().settings() {
            settings.set_hardware_acceleration_policy(HardwareAccelerationPolicy::Never);
        }
    })
}

/// Elsewhere the system's own web view decides.
#[cfg(not(target_os = "linux"))]
pub(crate) fn suit_machine<R: Runtime>(_: &WebviewWindow<R>) -> tauri::Result<()> {
    Ok(())
}

/// Whether the kernel offers a device that renders: `renderD128` and so on.
#[cfg(target_os = "linux")]
fn has_graphics_card(devices: &std::path::Path) -> bool {
    let Ok(entries) = std::fs::read_dir(devices) else { return false };
    entries.flatten().any(|entry| entry.file_name().to_string_lossy().starts_with("renderD"))
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use super::*;

    #[test]
    fn a_device_that_only_shows_is_no_graphics_card_and_one_that_renders_is() {
        let devices = tempfile::tempdir().unwrap();
        assert!(!has_graphics_card(&devices.path().join("absent")));
        std::fs::write(devices.path().join("card0"), "").unwrap();
        assert!(!has_graphics_card(devices.path()));
        std::fs::write(devices.path().join("renderD128"), "").unwrap();
        assert!(has_graphics_card(devices.path()));
    }
}
