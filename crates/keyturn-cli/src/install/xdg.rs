//! A desktop's autostart entry (Desktop Application Autostart and Desktop Entry Specifications).

use super::{InstallError, MARK, Start, text};

/// Below the folder of the user's configuration.
pub(super) const FILE: &str = "autostart/app.keyturn.agent.desktop";

/// The entry. Where the program is gone the desktop passes it over.
pub(super) fn entry(start: &Start) -> Result<String, InstallError> {
    let program = text(&start.program)?;
    let command = if program.contains('=') {
        // An equals sign may not stand in the path of a program, though in an argument.
        format!("sh -c {} {}", argument(r#"exec "$0" "$@""#), argument(program))
    } else {
        argument(program)
    };
    let home = match &start.home {
        Some(home) => format!(" --home {}", argument(text(home)?)),
        None => String::new(),
    };
    Ok(format!(
        "# {MARK}\n\
         [Desktop Entry]\n\
         Type=Application\n\
         Name=Keyturn's agent\n\
         Comment=Reminds you of keys before they end\n\
         TryExec={}\n\
         Exec={command}{home} agent\n\
         Terminal=false\n\
         NoDisplay=true\n\
         X-GNOME-Autostart-enabled=true\n",
        value(program),
    ))
}

/// A word of a command line: in quotes, with what a shell would read escaped, then as a value of the
/// file. A percent sign would begin a field code.
fn argument(word: &str) -> String {
    let mut quoted = String::from("\"");
    for sign in word.chars() {
        match sign {
            '"' | '`' | '$' | '\\' => quoted.extend(['\\', sign]),
            '%' => quoted.push_str("%%"),
            _ => quoted.push(sign),
        }
    }
    quoted.push('"');
    value(&quoted)
}

/// A value of the file.
fn value(text: &str) -> String {
    text.replace('\\', r"\\")
}

#[cfg(test)]
mod tests {
    use super::super::system::tests::{awkward, plain};
    use super::*;

    #[test]
    fn an_entry_starts_the_agent_with_the_desktop() {
        let entry = entry(&plain()).unwrap();
        assert!(entry.contains("\nExec=\"/usr/bin/keyturn\" agent\n"), "{entry}");
        assert!(entry.contains("\nTryExec=/usr/bin/keyturn\n"), "{entry}");
    }

    #[test]
    fn signs_in_a_path_are_escaped_for_the_shell_and_for_the_file() {
        let entry = entry(&awkward()).unwrap();
        let line = r#"Exec="/opt/my \\"50%%\\" \\$HOME \\\\ tools/keyturn" --home "/data/a b/\\$x %%u" agent"#;
        assert!(entry.contains(line), "{entry}");
        assert!(entry.contains(r#"TryExec=/opt/my "50%" $HOME \\ tools/keyturn"#), "{entry}");
    }

    #[test]
    fn a_path_with_an_equals_sign_goes_by_the_shell_as_an_argument() {
        let entry = entry(&Start { program: "/opt/a=b/keyturn".into(), home: None }).unwrap();
        let line = r#"Exec=sh -c "exec \\"\\$0\\" \\"\\$@\\"" "/opt/a=b/keyturn" agent"#;
        assert!(entry.contains(line), "{entry}");
    }

    #[test]
    fn a_line_break_in_a_path_is_refused() {
        let start = Start { program: "/opt/a\nExec=/bin/sh".into(), home: None };
        assert!(matches!(entry(&start), Err(InstallError::Unwritable)));
    }
}
