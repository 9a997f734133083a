//! What a package brings along for desktops, held to what the program is.

use super::{configuration, read};

const ENTRY: &str = "packaging/app.keyturn.desktop.desktop";
const METAINFO: &str = "packaging/app.keyturn.desktop.metainfo.xml";

#[test]
fn desktops_know_the_app_by_one_id_and_the_version_is_the_packages() {
    let id = configuration()["identifier"].as_str().unwrap().to_owned();
    let metainfo = read(METAINFO);
    assert!(metainfo.contains(&format!("<id>{id}</id>")));
    assert!(
        metainfo.contains(&format!("<launchable type=\"desktop-id\">{id}.desktop</launchable>"))
    );
    let version = format!("<release version=\"{}\"", env!("CARGO_PKG_VERSION"));
    assert!(metainfo.contains(&version), "the newest release is this one");
    let entry = read(ENTRY);
    let program = env!("CARGO_PKG_NAME");
    for line in
        [format!("Exec={program}"), format!("Icon={program}"), format!("StartupWMClass={program}")]
    {
        assert!(entry.lines().any(|has| has == line), "{line}");
    }
}

#[test]
fn both_packages_bring_entry_metainfo_and_agent() {
    let linux = &configuration()["bundle"]["linux"];
    for package in ["deb", "rpm"] {
        let files = linux[package]["files"].as_object().unwrap();
        let id = "app.keyturn.desktop";
        assert_eq!(files[&format!("/usr/share/applications/{id}.desktop")], ENTRY, "{package}");
        assert_eq!(files[&format!("/usr/share/metainfo/{id}.metainfo.xml")], METAINFO, "{package}");
        assert!(
            files.contains_key("/usr/bin/keyturn"),
            "{package} has the agent beside the window"
        );
    }
}
