//! Where results and messages go: results on standard output, everything else on standard error.
//!
//! Owns formats and colours; the words of states are in `words`, tables in `table`, and what makes
//! foreign text harmless in `visible`, and words of commands to copy in `shell`.

pub(crate) mod shell;
pub(crate) mod table;
pub(crate) mod visible;
pub(crate) mod words;

use std::io::{self, IsTerminal, Stdout, Write};
use std::os::fd::AsFd;

use keyturn_core::SecretString;
use keyturn_protocol::{ApiError, environment};
use serde::Serialize;
use zeroize::Zeroizing;

use crate::output::table::Style;

/// The form of results and errors.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub(crate) enum OutputFormat {
    /// For people.
    Text,
    /// One JSON document.
    Json,
}

/// When to use colours.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub(crate) enum ColorChoice {
    /// On a terminal, unless `NO_COLOR` is set.
    Auto,
    /// Always.
    Always,
    /// Never.
    Never,
}

/// An error as programs read it.
#[derive(Serialize)]
struct Refusal<'a> {
    error: &'a ApiError,
}

/// Writes results and messages.
#[derive(Debug)]
pub(crate) struct Output {
    /// The form of results and errors.
    pub(crate) format: OutputFormat,
    color: ColorChoice,
    terminal: bool,
    stdout: Stdout,
}

impl Output {
    /// Chooses the form and the colours.
    pub(crate) fn new(format: OutputFormat, color: ColorChoice) -> Self {
        let stdout = io::stdout();
        Self { format, color, terminal: stdout.is_terminal(), stdout }
    }

    /// Whether results go to a terminal.
    pub(crate) const fn is_terminal(&self) -> bool {
        self.terminal
    }

    /// Prints a result as JSON: indented for a person, on one line for a program.
    pub(crate) fn json(&self, result: &impl Serialize) -> io::Result<()> {
        let mut bytes = if self.terminal {
            serde_json::to_vec_pretty(result)
        } else {
            serde_json::to_vec(result)
        }?;
        bytes.push(b'\n');
        self.bytes(&bytes)
    }

    /// Prints a result of our own words.
    pub(crate) fn text(&self, text: &str) -> io::Result<()> {
        let text = text.trim_end_matches('\n');
        self.bytes(format!("{text}\n").as_bytes())
    }

    /// Prints foreign bytes as they are, or, on a terminal, so that they cannot steer it.
    pub(crate) fn foreign(&self, text: &str) -> io::Result<()> {
        if self.terminal {
            return self.text(&visible::text(text));
        }
        self.bytes(text.as_bytes())
    }

    /// Prints bytes as they are.
    pub(crate) fn bytes(&self, bytes: &[u8]) -> io::Result<()> {
        let mut output = self.stdout.lock();
        output.write_all(bytes)?;
        output.flush()
    }

    /// Prints a secret and a line break, past all buffers.
    pub(crate) fn secret(&self, secret: &SecretString) -> io::Result<()> {
        let shown = if self.terminal {
            Zeroizing::new(visible::text(secret.expose()))
        } else {
            Zeroizing::new(secret.expose().clone())
        };
        let mut bytes = Zeroizing::new(Vec::with_capacity(shown.len() + 1));
        bytes.extend_from_slice(shown.as_bytes());
        bytes.push(b'\n');
        let mut rest = bytes.as_slice();
        while !rest.is_empty() {
            let written =
                rustix::io::retry_on_intr(|| rustix::io::write(self.stdout.as_fd(), rest))?;
            rest = rest.get(written..).unwrap_or_default();
        }
        Ok(())
    }

    /// Tells something that is no result, e.g. a warning. A lost message fails no command.
    pub(crate) fn note(&self, label: &str, text: &str) {
        let style = if label == "warning" { Style::Warn } else { Style::Dim };
        let label = style.paint(&format!("{label}:"), self.error_colors());
        drop(writeln!(io::stderr(), "{label} {}", visible::line(text)));
    }

    /// Tells why a command failed.
    pub(crate) fn error(&self, error: &ApiError) {
        let text = if self.format == OutputFormat::Json {
            serde_json::to_string(&Refusal { error }).unwrap_or_default()
        } else {
            let colors = self.error_colors();
            let label = Style::Bad.paint("error:", colors);
            let hint = error.hint.as_ref().map(|hint| {
                format!("\n{} {}", Style::Dim.paint("hint:", colors), visible::line(hint))
            });
            format!("{label} {}{}", visible::line(&error.message), hint.unwrap_or_default())
        };
        drop(writeln!(io::stderr(), "{text}"));
    }

    /// Whether results are coloured.
    pub(crate) fn colors(&self) -> bool {
        self.wants_colors(self.terminal)
    }

    fn error_colors(&self) -> bool {
        self.wants_colors(io::stderr().is_terminal())
    }

    fn wants_colors(&self, terminal: bool) -> bool {
        match self.color {
            ColorChoice::Always => true,
            ColorChoice::Never => false,
            ColorChoice::Auto => {
                terminal && std::env::var_os(environment::NO_COLOR).is_none_or(|v| v.is_empty())
            }
        }
    }
}
