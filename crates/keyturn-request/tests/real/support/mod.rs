//! A server that writes down what it gets, a sender of what the crate encodes, and Bash.

pub(crate) mod bench;
pub(crate) mod programs;
pub(crate) mod recorder;
pub(crate) mod run;
pub(crate) mod sender;
