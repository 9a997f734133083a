//! Having the agent start at login. The systems themselves are not there: what they read is checked by
//! their own checkers, and the manager of units is a script that does what the real one documents.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use crate::support::{World, program};

const ENTRY: &str = ".config/autostart/app.keyturn.agent.desktop";
const UNIT: &str = ".config/systemd/user/keyturn.service";

/// Every file and link under the user's configuration.
fn configuration(world: &World) -> BTreeMap<PathBuf, Vec<u8>> {
    let mut found = BTreeMap::new();
    let mut folders = vec![world.folder().join(".config")];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).into_iter().flatten().flatten() {
            let path = entry.path();
            if path.is_symlink() {
                found.insert(
                    path.clone(),
                    fs::read_link(&path).unwrap().into_os_string().into_encoded_bytes(),
                );
            } else if path.is_dir() {
                folders.push(path);
            } else {
                found.insert(path.clone(), fs::read(&path).unwrap());
            }
        }
    }
    found
}

fn write_program(path: &Path, text: &str) {
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    program::write(path, text);
}

/// Stands in for systemd's user manager: it writes down what it is told, and enables by a link.
const MANAGER: &str = r#"#!/bin/sh
echo "$*" >> "$HOME/manager.log"
wants="$HOME/.config/systemd/user/default.target.wants"
case "$*" in
    *enable*) mkdir -p "$wants" && ln -sf ../keyturn.service "$wants/keyturn.service" ;;
    *disable*) rm -f "$wants/keyturn.service" ;;
esac
"#;

/// Runs this `keyturn` where the stand-in is the first `systemctl` on the path.
fn with_manager(world: &World, keyturn: &str, words: &[&str]) -> crate::support::Outcome {
    let folder = world.folder().join("manager");
    write_program(&folder.join("systemctl"), MANAGER);
    let path = format!("PATH={}:/usr/bin:/bin", folder.display());
    world.program(&[&["env", &path, keyturn], words].concat()).run()
}

fn manager_was_told(world: &World, words: &str) -> bool {
    let log = fs::read_to_string(world.folder().join("manager.log")).unwrap();
    log.lines().any(|line| line == words)
}

#[test]
fn without_a_manager_of_units_the_desktops_autostart_is_used() {
    let world = World::empty();
    let installed = world.keyturn(&["agent", "install", "--format", "json"]).run().done().json();
    assert_eq!(installed["way"], "autostart");
    let file = world.folder().join(ENTRY);
    assert_eq!(installed["file"], file.to_str().unwrap());
    assert!(world.agent_pid() > 0, "it runs at once, too");
    world.program(&["desktop-file-validate", file.to_str().unwrap()]).run().done();
    let entry = fs::read_to_string(&file).unwrap();
    let (program, home) = (env!("CARGO_BIN_EXE_keyturn"), world.home());
    let line = format!("Exec=\"{program}\" --home \"{}\" agent", home.display());
    assert!(entry.lines().any(|one| one == line), "it starts this agent for this vault: {entry}");

    let before = configuration(&world);
    world.keyturn(&["agent", "install"]).run().done();
    assert_eq!(configuration(&world), before, "doing it again changes nothing");
    let show = ["agent", "install", "--show", "--format", "json"];
    let shown = world.keyturn(&show).run().done().json();
    assert_eq!((&shown["installed"], &shown["file"]), (&true.into(), &installed["file"]));

    let removed = world.keyturn(&["agent", "uninstall", "--format", "json"]).run().done().json();
    assert_eq!(removed["removed"], serde_json::json!([file.to_str().unwrap()]));
    assert!(configuration(&world).is_empty(), "nothing is left of it");
    let shown = world.keyturn(&show).run().done().json();
    assert_eq!(
        (&shown["installed"], &shown["label"]),
        (&false.into(), &"the desktop's autostart".into())
    );
    assert!(configuration(&world).is_empty(), "looking changes nothing");
    let again = world.keyturn(&["agent", "uninstall"]).run().done();
    assert_eq!(again.line(), "Nothing was installed.");
}

#[test]
fn where_systemd_answers_a_user_unit_takes_the_place_of_autostart() {
    let world = World::empty();
    world.keyturn(&["agent", "install"]).run().done();
    let keyturn = env!("CARGO_BIN_EXE_keyturn");
    let words = ["agent", "install", "--format", "json"];
    let installed = with_manager(&world, keyturn, &words).done().json();
    assert_eq!(installed["way"], "systemd");
    assert!(manager_was_told(&world, "--user daemon-reload"));
    assert!(manager_was_told(&world, "--user --quiet enable keyturn.service"));
    assert!(!world.folder().join(ENTRY).exists(), "one way is enough");
    let unit = fs::read_to_string(world.folder().join(UNIT)).unwrap();
    assert!(unit.contains("WantedBy=default.target"), "{unit}");

    let before = configuration(&world);
    with_manager(&world, keyturn, &["agent", "install"]).done();
    assert_eq!(configuration(&world), before);

    // Where the manager is gone the link that it made goes all the same.
    world.keyturn(&["agent", "uninstall"]).run().done();
    assert!(configuration(&world).is_empty(), "{:?}", configuration(&world));
}

/// systemd's own checker reads the unit, and looks for the program at the path that it read.
#[test]
fn systemd_finds_a_program_whose_path_has_spaces_and_signs() {
    let world = World::empty();
    for name in ["my tools 50% $HOME", "my \"tools\" 'here' \\ there"] {
        let keyturn = world.folder().join(name).join("keyturn");
        fs::create_dir_all(keyturn.parent().unwrap()).unwrap();
        program::copy(Path::new(env!("CARGO_BIN_EXE_keyturn")), &keyturn);
        with_manager(&world, keyturn.to_str().unwrap(), &["agent", "install"]).done();
        let unit = world.folder().join(UNIT);
        let verify = ["systemd-analyze", "verify", "--user", unit.to_str().unwrap()];
        let verified = world.program(&verify).run().done();
        assert!(!verified.stderr.contains("keyturn"), "{}", verified.stderr);
    }
    // The same checker sees a program that is not there, so its silence means something.
    let unit = world.folder().join("missing.service");
    fs::write(&unit, "[Service]\nExecStart=\"/nowhere/keyturn\" agent\n").unwrap();
    let verify = ["systemd-analyze", "verify", "--user", unit.to_str().unwrap()];
    assert!(world.program(&verify).run().stderr.contains("/nowhere/keyturn"));
}

/// A desktop starts what the entry says: a shell reads its command as the specification describes.
#[test]
fn a_desktop_finds_a_program_whose_path_has_spaces_and_signs() {
    let world = World::empty();
    for name in ["my \"tools\" 50% $HOME `x` \\ there", "a=b"] {
        let keyturn = world.folder().join(name).join("keyturn");
        fs::create_dir_all(keyturn.parent().unwrap()).unwrap();
        program::copy(Path::new(env!("CARGO_BIN_EXE_keyturn")), &keyturn);
        world.program(&[keyturn.to_str().unwrap(), "agent", "install"]).run().done();
        let file = world.folder().join(ENTRY);
        world.program(&["desktop-file-validate", file.to_str().unwrap()]).run().done();
        let entry = fs::read_to_string(&file).unwrap();
        let value = entry.lines().find_map(|line| line.strip_prefix("Exec=")).unwrap();
        let command =
            value.replace("\\\\", "\\").replace("%%", "%").replace(" agent", " --version");
        let said = world.program(&["sh", "-c", &command]).run().done();
        assert!(said.stdout.starts_with("keyturn "), "{command}: {}", said.stdout);
    }
}

#[test]
fn a_file_that_keyturn_did_not_write_is_left_alone() {
    let world = World::empty();
    for name in [ENTRY, UNIT] {
        let file = world.folder().join(name);
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(&file, "mine\n").unwrap();
        let before = configuration(&world);
        for verb in ["install", "uninstall"] {
            let refused = world.keyturn(&["agent", verb, "--format", "json"]).run().exits(1);
            assert_eq!(refused.error()["code"], "already_exists");
            assert_eq!(configuration(&world), before, "{verb} changed nothing");
        }
        fs::remove_file(&file).unwrap();
    }
}

#[test]
fn a_link_is_not_followed() {
    let world = World::empty();
    let file = world.folder().join(ENTRY);
    fs::create_dir_all(file.parent().unwrap()).unwrap();
    let target = world.folder().join("dotfiles.desktop");
    fs::write(&target, "# Written by `keyturn agent install`\n").unwrap();
    std::os::unix::fs::symlink(&target, &file).unwrap();
    world.keyturn(&["agent", "install"]).run().exits(1);
    assert_eq!(fs::read_to_string(&target).unwrap(), "# Written by `keyturn agent install`\n");
}
