//! Who calls: the process behind a connection and the chain of its parents, read from `/proc`.
//!
//! A process is known by its id and start time together, since ids are used again.

use std::fmt;
use std::fs;
use std::io;
use std::os::unix::fs::MetadataExt as _;

/// How far up the chain is followed; deeper ones are cut.
const MAX_CHAIN: usize = 64;

/// One process.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Process {
    pub(crate) pid: i32,
    /// Clock ticks after boot; tells apart processes that had the same id.
    pub(crate) started: u64,
    pub(crate) parent: i32,
    pub(crate) session: i32,
    pub(crate) has_terminal: bool,
    pub(crate) name: String,
    /// Its arguments as `/proc` gives them.
    pub(crate) command_line: Vec<u8>,
}

/// The process behind a connection, then its parent, and so on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Caller {
    chain: Vec<Process>,
    /// Whether the process runs the very file that the agent runs: the command line, which speaks for
    /// whoever ran it. A name would prove nothing.
    is_messenger: bool,
}

impl Process {
    pub(crate) fn read(pid: i32) -> io::Result<Self> {
        let stat = fs::read_to_string(format!("/proc/{pid}/stat"))?;
        let process = Self::parse(&stat).ok_or_else(|| {
            io::Error::new(io::ErrorKind::InvalidData, "/proc/PID/stat is garbled")
        })?;
        Ok(Self { command_line: fs::read(format!("/proc/{pid}/cmdline"))?, ..process })
    }

    /// Reads proc(5) `stat`: the name is in brackets and may hold anything, brackets included.
    fn parse(stat: &str) -> Option<Self> {
        let (pid, rest) = stat.split_once(" (")?;
        let (name, rest) = rest.rsplit_once(") ")?;
        let fields: Vec<&str> = rest.split_ascii_whitespace().collect();
        let number = |at: usize| fields.get(at)?.parse::<i64>().ok();
        // The third field of proc(5) is the first here.
        Some(Self {
            pid: pid.parse().ok()?,
            parent: i32::try_from(number(1)?).ok()?,
            session: i32::try_from(number(3)?).ok()?,
            has_terminal: number(4)? != 0,
            started: u64::try_from(number(19)?).ok()?,
            name: name.to_owned(),
            command_line: Vec::new(),
        })
    }
}

impl Process {
    /// Whether it is a fork of its parent that runs nothing else yet, as a shell's subshells are.
    pub(crate) fn is_copy_of(&self, parent: &Self) -> bool {
        self.name == parent.name
            && self.session == parent.session
            && self.command_line == parent.command_line
    }
}

impl Caller {
    /// Reads the chain from this process up to, but without, the system's first one, unless that
    /// one is the session's own (a container's shell).
    pub(crate) fn of(pid: i32) -> io::Result<Self> {
        let first = Process::read(pid)?;
        let own_session = first.session;
        let mut chain = vec![first];
        while let Some(parent) = chain.last().map(|process| process.parent) {
            let reached_the_top = parent <= 0 || (parent == 1 && own_session != 1);
            if reached_the_top || chain.len() == MAX_CHAIN {
                break;
            }
            let Ok(process) = Process::read(parent) else {
                break;
            };
            chain.push(process);
        }
        let is_messenger = runs_our_file(pid);
        Ok(Self { chain, is_messenger })
    }

    /// The chain, the calling process first.
    pub(crate) fn chain(&self) -> &[Process] {
        &self.chain
    }

    /// The calling process.
    pub(crate) fn process(&self) -> Option<&Process> {
        self.chain.first()
    }

    /// Whether it is our own command line, which speaks for whoever ran it.
    pub(crate) const fn is_messenger(&self) -> bool {
        self.is_messenger
    }

    /// The chain from whoever is behind our own command line.
    pub(crate) fn behind_messenger(&self) -> &[Process] {
        match &*self.chain {
            [_, above @ ..] if self.is_messenger && !above.is_empty() => above,
            whole => whole,
        }
    }

    #[cfg(test)]
    pub(crate) fn from_chain(chain: Vec<Process>) -> Self {
        Self { chain, is_messenger: false }
    }
}

fn runs_our_file(pid: i32) -> bool {
    let file = |pid: &str| {
        let metadata = fs::metadata(format!("/proc/{pid}/exe")).ok()?;
        Some((metadata.dev(), metadata.ino()))
    };
    let theirs = file(&pid.to_string());
    theirs.is_some() && theirs == file("self")
}

/// For the journal: `keyturn (4711) < zsh (4000) < foot (1234)`.
impl fmt::Display for Caller {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (depth, process) in self.chain.iter().take(4).enumerate() {
            if depth > 0 {
                formatter.write_str(" < ")?;
            }
            let name: String = process.name.chars().filter(|c| !c.is_control()).collect();
            write!(formatter, "{name} ({})", process.pid)?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_with_brackets_and_spaces_is_read_whole() {
        let stat = "42 (a) S 1 (b) S 7 42 41 34816 42 4194304 1 2 3 4 5 6 7 8 20 0 1 0 99887 1 1";
        let process = Process::parse(stat).unwrap();
        assert_eq!(process.name, "a) S 1 (b");
        assert_eq!((process.pid, process.parent, process.session), (42, 7, 41));
        assert_eq!(process.started, 99_887);
        assert!(process.has_terminal);
    }

    #[test]
    fn garbage_is_no_process() {
        for stat in ["", "42", "42 (x", "42 (x) S", "x (y) S 1 2 3"] {
            assert_eq!(Process::parse(stat), None, "{stat:?}");
        }
    }

    #[test]
    fn a_caller_is_its_process_and_its_parents() {
        let own = i32::try_from(std::process::id()).unwrap();
        let caller = Caller::of(own).unwrap();
        assert_eq!(caller.process().unwrap().pid, own);
        let parents = caller.chain().windows(2);
        assert!(parents.into_iter().all(|pair| pair[0].parent == pair[1].pid));
    }
}
