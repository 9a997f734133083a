//! What the user is asked: who wants what, told from what the kernel knows of the processes. A caller can
//! choose its name and its arguments, so the file that it runs comes first; where that cannot be told, the
//! program is unknown, and said to be.

use std::time::Duration;

use keyturn_protocol::prompt::{AskingProgram, ConsentQuestion};

use super::Wish;
use crate::caller::{Caller, Process};
use crate::grant::Grant;

/// So many programs above the caller are told.
const MOST_PARENTS: usize = 5;
/// A text that a process chose is cut after so many characters.
const LONGEST: usize = 200;
/// Programs that run what is in another file: their own name says nothing.
const RUNS_SCRIPTS: [&str; 14] = [
    "sh", "bash", "dash", "zsh", "fish", "ksh", "python", "python3", "node", "deno", "bun", "ruby",
    "perl", "php",
];

/// The question about a caller.
pub(super) fn about(caller: &Caller, grant: &Grant, wish: Wish, left: Duration) -> ConsentQuestion {
    let mut told = caller.behind_messenger().iter().map(tell);
    ConsentQuestion {
        program: told.next().unwrap_or_else(nobody),
        parents: told.take(MOST_PARENTS).collect(),
        action: wish.action,
        targets: wish.targets,
        reach: grant.reach(),
        seconds: u64::try_from(left.as_millis().div_ceil(1_000)).unwrap_or(u64::MAX),
    }
}

fn tell(process: &Process) -> AskingProgram {
    let path = std::fs::read_link(format!("/proc/{}/exe", process.pid)).ok();
    let path = path.map(|path| path.to_string_lossy().into_owned());
    // A file that is gone cannot be looked at, and another process may have the number by now.
    let known = |path: &String| !path.ends_with(" (deleted)") && still_runs(process);
    AskingProgram {
        name: plain(&process.name),
        path: path.filter(known).map(|path| plain(&path)),
        script: script(process).map(|script| plain(&script)),
        pid: process.pid,
    }
}

fn nobody() -> AskingProgram {
    AskingProgram { name: String::new(), path: None, script: None, pid: 0 }
}

fn still_runs(process: &Process) -> bool {
    Process::read(process.pid).is_ok_and(|now| now.started == process.started)
}

/// The first argument that is no flag, of a program that runs scripts.
fn script(process: &Process) -> Option<String> {
    let mut words = process.command_line.split(|byte| *byte == 0);
    let program = String::from_utf8_lossy(words.next()?).into_owned();
    let program = program.rsplit('/').next()?;
    let program = program.trim_end_matches(|c: char| c.is_ascii_digit() || c == '.');
    if !RUNS_SCRIPTS.contains(&program) {
        return None;
    }
    let word = words.next()?;
    let named = !word.is_empty() && !word.starts_with(b"-");
    named.then(|| String::from_utf8_lossy(word).into_owned())
}

/// A text without what could move other text about on a screen, and not too long.
fn plain(text: &str) -> String {
    let misleads = |c: char| {
        c.is_control()
            || matches!(c, '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{2069}' | '\u{FEFF}')
    };
    let shown: String = text.chars().filter(|c| !misleads(*c)).take(LONGEST + 1).collect();
    if shown.chars().count() <= LONGEST {
        return shown;
    }
    shown.chars().take(LONGEST).chain(['…']).collect()
}

#[cfg(test)]
mod tests {
    use keyturn_protocol::prompt::{ConsentAction, ConsentReach};

    use super::*;

    fn process(pid: i32, name: &str, words: &[&str]) -> Process {
        let command_line = words.join("\0").into_bytes();
        let name = name.to_owned();
        Process { pid, started: 1, parent: 1, session: 5, has_terminal: false, name, command_line }
    }

    fn ask(caller: &Caller) -> ConsentQuestion {
        let grant = Grant::asked_for(caller).unwrap();
        let targets = vec!["acme/main/token".to_owned()];
        let wish = Wish { action: ConsentAction::TakeToken, targets };
        about(caller, &grant, wish, Duration::from_millis(59_900))
    }

    #[test]
    fn the_program_is_told_by_its_file_and_what_is_above_it_follows() {
        let caller = Caller::of(i32::try_from(std::process::id()).unwrap()).unwrap();
        let asked = ask(&caller);
        let own = std::env::current_exe().unwrap();
        // This test is the agent's own program, so it counts as the messenger of what ran it.
        assert_ne!(asked.program.path.as_deref(), own.to_str());
        assert_eq!(asked.program.pid, caller.chain()[1].pid);
        assert!(asked.parents.len() <= MOST_PARENTS);
        assert_eq!((asked.seconds, asked.reach), (60, Grant::asked_for(&caller).unwrap().reach()));
    }

    #[test]
    fn a_program_that_only_calls_itself_keyturn_is_no_messenger_and_is_unknown() {
        let liar = process(i32::MAX, "keyturn", &["keyturn", "get"]);
        let shell = process(i32::MAX - 1, "zsh", &["zsh"]);
        let asked = ask(&Caller::from_chain(vec![liar, shell]));
        assert_eq!((asked.program.name.as_str(), asked.program.path), ("keyturn", None));
        assert_eq!(asked.parents.len(), 1);
        assert_eq!(asked.reach, ConsentReach::Program);
    }

    #[test]
    fn of_an_interpreter_the_script_is_told_and_of_others_no_argument() {
        let of = |words: &[&str]| script(&process(9, "x", words));
        assert_eq!(of(&["python3.11", "deploy.py", "x"]).as_deref(), Some("deploy.py"));
        assert_eq!(of(&["/bin/sh", "/home/a/run.sh"]).as_deref(), Some("/home/a/run.sh"));
        assert_eq!(of(&["sh", "-c", "echo canary"]), None);
        assert_eq!(of(&["curl", "canary"]), None);
        assert_eq!(of(&["bash"]), None);
    }

    #[test]
    fn what_a_process_chose_cannot_turn_the_text_around_it() {
        assert_eq!(plain("a\u{202E}b\n\u{1B}[31mc\u{200B}"), "ab[31mc");
        assert_eq!(plain(&"x".repeat(1_000)).chars().count(), LONGEST + 1);
    }
}
