//! What the agent and the prompt say to each other: the one process that may answer a question of
//! consent, and the only one that is handed a secret to show.
//!
//! The prompt is the window's program, started by the agent itself with [`FLAG`]. They speak over a pair
//! of connected sockets whose one end the agent keeps and whose other end is the prompt's standard
//! input. Nothing of this is a [`crate::Request`]: whoever can only speak to the agent's socket, as any
//! program of the same user can, has no words to answer with. Messages are JSON in [`crate::frame`]s.
//!
//! The agent says one [`PromptOrder`] first. The prompt says [`PromptReport::Shown`] when its window is
//! on the screen and, to a question, one answer. It ends with its window, and with the agent's end of
//! the pair; its death without an answer is a refusal.

use std::path::PathBuf;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::SecretOnWire;

/// The argument that makes the window's program a prompt.
pub const FLAG: &str = "--prompt";

/// What the prompt is to show.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PromptOrder {
    /// Asks the user about a program.
    Consent(ConsentQuestion),
    /// Shows one secret.
    Reveal(RevealOrder),
}

/// A secret that is to be shown.
#[derive(Debug, Serialize, Deserialize)]
pub struct RevealOrder {
    /// What it is.
    pub title: String,
    /// The secret itself.
    pub value: SecretOnWire,
    /// For how long.
    pub seconds: u64,
    /// What is printed with it, where it is a recovery key that is to be printed.
    #[serde(default)]
    pub kit: Option<RecoveryKit>,
}

/// What a printed recovery key says of its vault.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct RecoveryKit {
    /// The vault's file.
    pub vault: PathBuf,
    /// The day of the print.
    pub on: NaiveDate,
}

/// A program wants to use the open vault.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct ConsentQuestion {
    /// Who asks.
    pub program: AskingProgram,
    /// Who started it, the nearest first.
    pub parents: Vec<AskingProgram>,
    /// What it wants to do.
    pub action: ConsentAction,
    /// With what, exactly: `PROVIDER/NAME` or `PROVIDER/NAME/FIELD`. Empty where no credential is named.
    pub targets: Vec<String>,
    /// Whom a yes until the lock counts for.
    pub reach: ConsentReach,
    /// After how many seconds no answer is a refusal.
    pub seconds: u64,
}

/// A process, as a person is told about it. All of it is what the kernel says, nothing what the process
/// says of itself, but for its name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct AskingProgram {
    /// Its short name, which a process can choose.
    pub name: String,
    /// The file that it runs; `None` where that cannot be told: an unknown program.
    pub path: Option<String>,
    /// The script that it runs, where the program is one that runs scripts.
    pub script: Option<String>,
    /// Its process id.
    pub pid: i32,
}

/// What a program wants to do with the vault.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum ConsentAction {
    /// Take access tokens.
    TakeToken,
    /// Take stored keys and passwords, which live long.
    TakeSecret,
    /// Put a value on the clipboard.
    Copy,
    /// Have a value shown on the screen.
    Show,
    /// Send a request with a credential.
    Send,
    /// Read names, states and dates, and no secret.
    Look,
    /// Change what the vault holds.
    Change,
}

/// Whom a yes until the lock counts for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum ConsentReach {
    /// Everything in the terminal session that the program runs in.
    Terminal,
    /// The program and what it starts.
    Program,
}

/// What the prompt tells the agent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PromptReport {
    /// The window is on the screen.
    Shown,
    /// The user answered.
    Answered(ConsentAnswer),
}

/// The user's answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum ConsentAnswer {
    /// It may not.
    Refuse,
    /// It may do this, this one time.
    AllowOnce,
    /// It may use the vault until that is locked, as if it had unlocked it.
    AllowUntilLock,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_of_a_secret_that_is_to_be_shown_is_in_debug() {
        let value = SecretOnWire::new("canary");
        let title = String::new();
        let order = PromptOrder::Reveal(RevealOrder { title, value, seconds: 15, kit: None });
        assert!(!format!("{order:?}").contains("canary"));
        assert!(String::from_utf8_lossy(&crate::encode(&order)).contains("canary"), "control");
    }

    /// An answer has no place among the calls, in whatever form it comes.
    #[test]
    fn no_call_of_the_ordinary_socket_is_an_answer_to_the_user_s_question() {
        for answer in
            [ConsentAnswer::Refuse, ConsentAnswer::AllowOnce, ConsentAnswer::AllowUntilLock]
        {
            let report = PromptReport::Answered(answer);
            assert!(crate::decode::<crate::Request>(&crate::encode(&report)).is_none());
            assert!(crate::decode::<crate::Request>(&crate::encode(&answer)).is_none());
        }
        let shown = crate::encode(&PromptReport::Shown);
        assert!(crate::decode::<crate::Request>(&shown).is_none());
        let call: crate::Request = crate::calls::ShowStatus {}.into();
        assert!(crate::decode::<crate::Request>(&crate::encode(&call)).is_some(), "control");
    }

    #[test]
    fn the_list_of_calls_names_no_consent_and_no_grant() {
        let unknown = serde_json::from_str::<crate::Request>(r#"{"?":{}}"#).unwrap_err();
        let list = unknown.to_string();
        let calls: Vec<&str> = list.split('`').skip(3).step_by(2).collect();
        assert!(calls.contains(&"show_status") && calls.contains(&"reveal_secret"), "{list}");
        for call in &calls {
            for word in ["consent", "grant", "approve", "prompt", "answer_"] {
                assert!(!call.contains(word), "{call} could answer in the user's place");
            }
        }
    }
}
