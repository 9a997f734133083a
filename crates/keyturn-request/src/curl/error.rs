//! Why a command was not made a request of.

use thiserror::Error;

/// Says why a command was not read. No value of it is repeated.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum CurlError {
    /// It is another text.
    #[error("this is no curl command")]
    NotCurl,
    /// It is longer than anything that is pasted.
    #[error("the command is longer than 1 MiB")]
    TooLong,
    /// It names no address.
    #[error("the command has no address")]
    NoAddress,
    /// The address cannot be read.
    #[error("the command's address cannot be read")]
    BadAddress,
    /// It speaks another protocol.
    #[error("the command's address is not one of http or https")]
    OtherProtocol,
    /// It sends more than one request.
    #[error(
        "the command sends several requests ({how}); a saved request is one: take them over one by one"
    )]
    SeveralRequests {
        /// By what.
        how: &'static str,
    },
    /// It reads its options from a file.
    #[error("the command reads options from a file (--config), which is not here to be read")]
    ConfigFile,
    /// It runs another command.
    #[error(
        "the command runs another one within it; nothing is run here: put its result in its place"
    )]
    RunsCommand,
    /// Its body comes from standard input.
    #[error(
        "the command reads its body from standard input, which is not here: save it as a file and name that"
    )]
    BodyFromInput,
    /// Its body is made of several pieces that cannot be joined here.
    #[error(
        "the command joins its body from a file and other pieces; a saved request has one file or a text"
    )]
    JoinedBody,
    /// It has two kinds of body or of method.
    #[error(
        "the command asks for two kinds of request at once, {one} and {other}, as curl would say"
    )]
    TwoKinds {
        /// One.
        one: &'static str,
        /// The other.
        other: &'static str,
    },
    /// A part of a form cannot be read.
    #[error("a part of the form (--form) cannot be taken over: {why}")]
    Form {
        /// Why.
        why: &'static str,
    },
    /// An option has no value.
    #[error("the command ends where the value of --{option} belongs")]
    NoValue {
        /// Which one.
        option: &'static str,
    },
    /// curl has no such option.
    #[error("curl has no option {option}")]
    UnknownOption {
        /// Its name.
        option: String,
    },
}
