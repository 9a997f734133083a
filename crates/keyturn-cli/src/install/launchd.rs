//! macOS's launch agent (launchd.plist(5)). Written from its documentation and never run there.

use super::{InstallError, MARK, Start, text, xml};

/// Below the user's home.
pub(super) const FILE: &str = "Library/LaunchAgents/app.keyturn.agent.plist";
/// The agent's name at launchd.
pub(super) const LABEL: &str = "app.keyturn.agent";

/// The property list. A second agent ends by itself, so only a crash starts it anew.
pub(super) fn agent(start: &Start) -> Result<String, InstallError> {
    let mut words = vec![text(&start.program)?];
    if let Some(home) = &start.home {
        words.extend(["--home", text(home)?]);
    }
    words.push("agent");
    let words: Vec<String> =
        words.into_iter().map(|word| format!("        <string>{}</string>", xml(word))).collect();
    let words = words.join("\n");
    Ok(format!(
        r#"<?xml version="1.0" encoding="UTF-8"?>
<!-- {MARK} -->
<!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">
<plist version="1.0">
<dict>
    <key>Label</key>
    <string>{LABEL}</string>
    <key>ProgramArguments</key>
    <array>
{words}
    </array>
    <key>RunAtLoad</key>
    <true/>
    <key>KeepAlive</key>
    <dict>
        <key>Crashed</key>
        <true/>
    </dict>
    <key>ProcessType</key>
    <string>Background</string>
    <key>LimitLoadToSessionType</key>
    <string>Aqua</string>
</dict>
</plist>
"#
    ))
}

#[cfg(test)]
mod tests {
    use super::super::system::tests::{awkward, read_with_python};
    use super::*;

    /// Read by the property list reader of Python's own library.
    #[test]
    fn a_property_list_holds_the_command_as_it_is() {
        let start = awkward();
        let read = read_with_python(
            agent(&start).unwrap().as_bytes(),
            "import plistlib; print(json.dumps(plistlib.loads(data)))",
        );
        let (program, home) = (start.program.to_str().unwrap(), start.home.unwrap());
        let words = serde_json::json!([program, "--home", home.to_str().unwrap(), "agent"]);
        assert_eq!(read["ProgramArguments"], words);
        assert_eq!(read["Label"], LABEL);
        assert_eq!(read["RunAtLoad"], true);
        assert_eq!(read["KeepAlive"], serde_json::json!({"Crashed": true}));
    }
}
