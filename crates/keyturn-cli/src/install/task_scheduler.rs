//! Windows' scheduled task (Task Scheduler Schema 1.2). Written from its documentation and never run
//! there.

use super::{InstallError, MARK, Start, text, xml};

/// Below the folder of the user's configuration; the Task Scheduler reads it once and keeps a copy.
pub(super) const FILE: &str = "keyturn/agent-task.xml";
/// The task's name.
pub(super) const TASK: &str = "Keyturn agent";

/// The task, for this user (`DOMAIN\name`) alone: one for everybody would need an administrator.
pub(super) fn task(start: &Start, user: &str) -> Result<String, InstallError> {
    let program = without_variables(text(&start.program)?)?;
    let arguments = match &start.home {
        Some(home) => format!("--home {} agent", quoted(without_variables(text(home)?)?)),
        None => "agent".to_owned(),
    };
    let (program, arguments, user) = (xml(program), xml(&arguments), xml(user));
    Ok(format!(
        r#"<?xml version="1.0" encoding="UTF-16"?>
<!-- {MARK} -->
<Task version="1.2" xmlns="http://schemas.microsoft.com/windows/2004/02/mit/task">
  <RegistrationInfo>
    <Description>Keyturn's agent: reminds you of keys before they end</Description>
  </RegistrationInfo>
  <Triggers>
    <LogonTrigger>
      <Enabled>true</Enabled>
      <UserId>{user}</UserId>
    </LogonTrigger>
  </Triggers>
  <Principals>
    <Principal id="Author">
      <UserId>{user}</UserId>
      <LogonType>InteractiveToken</LogonType>
      <RunLevel>LeastPrivilege</RunLevel>
    </Principal>
  </Principals>
  <Settings>
    <MultipleInstancesPolicy>IgnoreNew</MultipleInstancesPolicy>
    <DisallowStartIfOnBatteries>false</DisallowStartIfOnBatteries>
    <StopIfGoingOnBatteries>false</StopIfGoingOnBatteries>
    <StartWhenAvailable>true</StartWhenAvailable>
    <ExecutionTimeLimit>PT0S</ExecutionTimeLimit>
    <Hidden>true</Hidden>
    <Enabled>true</Enabled>
  </Settings>
  <Actions Context="Author">
    <Exec>
      <Command>{program}</Command>
      <Arguments>{arguments}</Arguments>
    </Exec>
  </Actions>
</Task>
"#
    ))
}

/// The bytes that `schtasks /Create /XML` reads: UTF-16 with a byte order mark.
pub(super) fn encode(text: &str) -> Vec<u8> {
    let units = std::iter::once(0xfeff).chain(text.encode_utf16());
    units.flat_map(u16::to_le_bytes).collect()
}

/// `%NAME%` is replaced and cannot be escaped.
fn without_variables(text: &str) -> Result<&str, InstallError> {
    if text.contains('%') { Err(InstallError::PercentSign) } else { Ok(text) }
}

/// One word of a Windows command line: a backslash counts only before a quote.
fn quoted(word: &str) -> String {
    let trailing = word.chars().rev().take_while(|sign| *sign == '\\').count();
    format!("\"{word}{}\"", "\\".repeat(trailing))
}

#[cfg(test)]
mod tests {
    use super::super::system::tests::read_with_python;
    use super::*;

    /// Read by the XML reader of Python's own library, from the bytes as they lie on the disk.
    #[test]
    fn a_task_starts_the_agent_when_this_user_logs_on() {
        let start = Start {
            program: r"C:\Program Files\A & B\keyturn.exe".into(),
            home: Some(r"D:\my keys\".into()),
        };
        let text = task(&start, r"OFFICE\Ann & Co").unwrap();
        let read = read_with_python(
            &encode(&text),
            "import xml.etree.ElementTree as tree\n\
             space = '{http://schemas.microsoft.com/windows/2004/02/mit/task}'\n\
             root = tree.fromstring(data)\n\
             print(json.dumps({e.tag.replace(space, ''): e.text for e in root.iter()}))",
        );
        assert_eq!(read["Command"], r"C:\Program Files\A & B\keyturn.exe");
        assert_eq!(read["Arguments"], r#"--home "D:\my keys\\" agent"#);
        assert_eq!(read["UserId"], r"OFFICE\Ann & Co");
        assert_eq!(read["ExecutionTimeLimit"], "PT0S");
    }

    #[test]
    fn a_percent_sign_is_refused() {
        let start = Start { program: r"C:\50%\keyturn.exe".into(), home: None };
        assert!(matches!(task(&start, "u"), Err(InstallError::PercentSign)));
    }
}
