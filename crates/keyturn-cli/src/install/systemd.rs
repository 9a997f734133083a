//! systemd's user unit (systemd.service(5), systemd.syntax(7)).

use super::{InstallError, MARK, Start, text};

/// Below the folder of the user's configuration.
pub(super) const FILE: &str = "systemd/user/keyturn.service";
/// The link by which the unit is enabled.
pub(super) const LINK: &str = "systemd/user/default.target.wants/keyturn.service";
/// The unit's name.
pub(super) const UNIT: &str = "keyturn.service";

/// The unit. A second agent ends by itself with status 1, so only a crash starts it anew.
pub(super) fn unit(start: &Start) -> Result<String, InstallError> {
    let program = text(&start.program)?;
    let program = if program.contains(['"', '\'', '\\']) {
        // systemd takes no such sign in the path of a program, though in an argument.
        format!(r#"/bin/sh -c "exec \"$$0\" \"$$@\"" {}"#, argument(program))
    } else {
        quoted(program)
    };
    let home = match &start.home {
        Some(home) => format!(" --home {}", argument(text(home)?)),
        None => String::new(),
    };
    Ok(format!(
        "# {MARK}\n\
         [Unit]\n\
         Description=Keyturn's agent: reminds you of keys before they end\n\
         \n\
         [Service]\n\
         Type=exec\n\
         ExecStart={program}{home} agent\n\
         Restart=on-abnormal\n\
         \n\
         [Install]\n\
         WantedBy=default.target\n"
    ))
}

/// One word behind the program, where a dollar sign begins a variable.
fn argument(word: &str) -> String {
    quoted(word).replace('$', "$$")
}

/// One word; a percent sign would begin a specifier.
fn quoted(word: &str) -> String {
    let escaped = word.replace('\\', r"\\").replace('"', "\\\"").replace('%', "%%");
    format!("\"{escaped}\"")
}

#[cfg(test)]
mod tests {
    use super::super::system::tests::{awkward, plain};
    use super::*;

    #[test]
    fn a_unit_starts_the_agent_at_login() {
        let unit = unit(&plain()).unwrap();
        assert!(unit.contains("\nExecStart=\"/usr/bin/keyturn\" agent\n"), "{unit}");
        assert!(unit.contains("\nWantedBy=default.target\n"), "{unit}");
    }

    #[test]
    fn signs_in_a_path_are_not_read_as_more_than_signs() {
        let start = Start { program: "/opt/my 50% $x/keyturn".into(), ..awkward() };
        let unit = unit(&start).unwrap();
        let line = r#"ExecStart="/opt/my 50%% $x/keyturn" --home "/data/a b/$$x %%u" agent"#;
        assert!(unit.contains(line), "{unit}");
    }

    #[test]
    fn a_path_with_quotes_goes_by_the_shell_as_an_argument() {
        let unit = unit(&awkward()).unwrap();
        let line = r#"ExecStart=/bin/sh -c "exec \"$$0\" \"$$@\"" "/opt/my \"50%%\" $$HOME \\ tools/keyturn" --home"#;
        assert!(unit.contains(line), "{unit}");
    }

    #[test]
    fn a_line_break_in_a_path_is_refused() {
        let start = Start { program: "/opt/a\nExecStart=/bin/sh".into(), home: None };
        assert!(matches!(super::unit(&start), Err(InstallError::Unwritable)));
    }
}
