//! What a package brings along for desktops, held to what the program is.

use std::collections::BTreeSet;

use super::{configuration, read, words};

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

/// What both packages bring beside the window's own program, which the bundler adds by the package's name.
const BROUGHT: [&str; 6] = [
    "/usr/bin/keyturn",
    "/usr/share/applications/app.keyturn.desktop.desktop",
    "/usr/share/metainfo/app.keyturn.desktop.metainfo.xml",
    "/usr/share/icons/hicolor/scalable/apps/keyturn-desktop.svg",
    "/usr/share/doc/keyturn/LICENSE-APACHE",
    "/usr/share/doc/keyturn/LICENSE-MIT",
];

#[test]
fn both_packages_bring_the_agent_the_entry_the_icon_the_metainfo_and_the_licences() {
    let linux = &configuration()["bundle"]["linux"];
    for package in ["deb", "rpm"] {
        let files = linux[package]["files"].as_object().unwrap();
        let brought: BTreeSet<&str> = files.keys().map(String::as_str).collect();
        assert_eq!(brought, BTreeSet::from(BROUGHT), "{package}");
        for (place, source) in files {
            let source = source.as_str().unwrap();
            // Built before it is packed.
            let built = source.starts_with("target/");
            assert!(built || !read(source).is_empty(), "{place} of the {package} is {source}");
        }
        assert_eq!(files[BROUGHT[1]], ENTRY, "{package}");
        assert_eq!(files[BROUGHT[2]], METAINFO, "{package}");
    }
}

#[test]
fn a_package_says_what_it_is_and_has_icons_of_the_usual_sizes() {
    let bundle = &configuration()["bundle"];
    for description in ["shortDescription", "longDescription"] {
        let text = bundle[description].as_str();
        assert!(text.is_some_and(|text| text.len() > 20), "{description}");
    }
    let icons = words(&bundle["icon"]);
    for size in ["32x32", "128x128"] {
        let icon = format!("icons/{size}.png");
        assert!(icons.contains(&icon), "{icon}");
    }
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
    for icon in &icons {
        assert!(root.join(icon).is_file(), "{icon}");
    }
}
