//! The icon in the system tray, with its menu: a `StatusNotifierItem` over D-Bus, without GTK.
//!
//! A desktop without a tray (GNOME as it comes) shows nothing; the icon appears as soon as somebody on
//! the bus shows trays, and again after that somebody was restarted.

mod icon;
mod menu;

use keyturn_protocol::tray::{TrayChoice, TrayView};
use ksni::{Category, Handle, OfflineReason, Status, ToolTip, TrayMethods};
use tokio::sync::mpsc::UnboundedSender;

/// The tray, once the agent has said what it shows.
pub(crate) struct Tray {
    shown: Option<Handle<Item>>,
    choices: UnboundedSender<TrayChoice>,
}

/// What the bus is shown.
#[derive(Debug)]
struct Item {
    view: TrayView,
    choices: UnboundedSender<TrayChoice>,
}

impl Tray {
    /// No icon yet; it connects to nothing.
    pub(crate) fn new(choices: UnboundedSender<TrayChoice>) -> Self {
        Self { shown: None, choices }
    }

    /// Shows this from now on. Without a bus nothing is shown, and the next view tries again.
    pub(crate) async fn show(&mut self, view: TrayView) {
        if let Some(handle) = self.shown.as_ref().filter(|handle| !handle.is_closed()) {
            handle.update(|item| item.view = view).await;
            return;
        }
        let item = Item { view, choices: self.choices.clone() };
        self.shown = item.assume_sni_available(true).spawn().await.ok();
    }
}

impl ksni::Tray for Item {
    fn id(&self) -> String {
        "keyturn".to_owned()
    }

    fn title(&self) -> String {
        "Keyturn".to_owned()
    }

    fn category(&self) -> Category {
        Category::ApplicationStatus
    }

    fn status(&self) -> Status {
        if self.view.attention > 0 { Status::NeedsAttention } else { Status::Active }
    }

    fn icon_pixmap(&self) -> Vec<ksni::Icon> {
        icon::pixmap()
    }

    fn attention_icon_pixmap(&self) -> Vec<ksni::Icon> {
        icon::pixmap()
    }

    fn tool_tip(&self) -> ToolTip {
        ToolTip {
            title: self.title(),
            description: self.view.headline.clone(),
            ..ToolTip::default()
        }
    }

    fn menu(&self) -> Vec<ksni::MenuItem<Self>> {
        menu::of(&self.view)
    }

    // Stays on the bus: the icon comes back with the next tray.
    fn watcher_offline(&self, _: OfflineReason) -> bool {
        true
    }
}
