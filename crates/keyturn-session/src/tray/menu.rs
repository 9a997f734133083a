//! The menu: what can be copied, what comes due, the window, the lock. Trays report no clicks on the icon
//! itself on every desktop, so everything is in the menu.

use keyturn_protocol::tray::{TrayChoice, TrayLine, TrayView};
use ksni::MenuItem;
use ksni::menu::{StandardItem, SubMenu};

use super::Item;

/// The lines of the menu for what is shown.
pub(super) fn of(view: &TrayView) -> Vec<MenuItem<Item>> {
    let mut lines = vec![words(&view.headline), MenuItem::Separator];
    if view.unlocked {
        lines.extend(
            view.copies
                .iter()
                .map(|line| choice(&line.label, TrayChoice::Copy(line.reference.clone()))),
        );
        lines.extend(expiring(&view.expiring));
        if lines.len() > 2 {
            lines.push(MenuItem::Separator);
        }
    }
    if view.unlocked {
        lines.push(choice("Quick copy…", TrayChoice::Palette));
        lines.push(choice("Open Keyturn", TrayChoice::Open(None)));
        lines.extend(pause(view.paused.as_deref()));
        lines.push(choice("Lock", TrayChoice::Lock));
    } else {
        lines.push(choice("Unlock…", TrayChoice::Open(None)));
    }
    lines.extend([MenuItem::Separator, choice("Quit", TrayChoice::Quit)]);
    lines
}

fn pause(paused: Option<&str>) -> Vec<MenuItem<Item>> {
    match paused {
        Some(paused) => {
            vec![words(paused), choice("Resume reminders", TrayChoice::ResumeReminders)]
        }
        None => vec![choice("Pause reminders for 1 h", TrayChoice::PauseReminders)],
    }
}

fn expiring(lines: &[TrayLine]) -> Option<MenuItem<Item>> {
    let submenu = lines
        .iter()
        .map(|line| choice(&line.label, TrayChoice::Open(Some(line.reference.clone()))));
    let submenu: Vec<MenuItem<Item>> = submenu.collect();
    let label = format!("Expiring ({})", submenu.len());
    (!submenu.is_empty()).then(|| SubMenu { label, submenu, ..SubMenu::default() }.into())
}

fn choice(label: &str, choice: TrayChoice) -> MenuItem<Item> {
    StandardItem {
        label: literal(label),
        // It fails only where the session is ending.
        activate: Box::new(move |item: &mut Item| drop(item.choices.send(choice.clone()))),
        ..StandardItem::default()
    }
    .into()
}

fn words(text: &str) -> MenuItem<Item> {
    StandardItem { label: literal(text), enabled: false, ..StandardItem::default() }.into()
}

/// Menus read an underscore as the mark of an access key; two are one.
fn literal(text: &str) -> String {
    text.replace('_', "__")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn labels(view: &TrayView) -> Vec<String> {
        let label = |item: &MenuItem<Item>| match item {
            MenuItem::Standard(item) => item.label.clone(),
            MenuItem::SubMenu(menu) => format!("{} ▸ {}", menu.label, menu.submenu.len()),
            _ => "—".to_owned(),
        };
        of(view).iter().map(label).collect()
    }

    fn line(reference: &str, label: &str) -> TrayLine {
        TrayLine { reference: reference.parse().unwrap(), label: label.to_owned() }
    }

    #[test]
    fn a_locked_vaults_menu_names_no_credential() {
        let view = TrayView {
            copies: vec![line("acme/main", "Copy acme/main")],
            headline: "Locked".to_owned(),
            ..TrayView::default()
        };
        let expected = ["Locked", "—", "Unlock…", "—", "Quit"];
        assert_eq!(labels(&view), expected);
    }

    #[test]
    fn an_open_vaults_menu_copies_and_tells_what_comes() {
        let view = TrayView {
            unlocked: true,
            attention: 1,
            headline: "1 key needs you".to_owned(),
            copies: vec![line("acme/my_key", "Copy acme/my_key · 5 h")],
            expiring: vec![line("acme/old", "acme/old · due in 3 days")],
            paused: Some("Reminders are silent until 15:00".to_owned()),
        };
        let expected = [
            "1 key needs you",
            "—",
            "Copy acme/my__key · 5 h",
            "Expiring (1) ▸ 1",
            "—",
            "Quick copy…",
            "Open Keyturn",
            "Reminders are silent until 15:00",
            "Resume reminders",
            "Lock",
            "—",
            "Quit",
        ];
        assert_eq!(labels(&view), expected);
    }
}
