//! Requests that are sent for real, to a server that writes down what comes.
//!
//! Commands as browsers and documentation print them are run by Bash with the real `curl`, and sent by what
//! the import makes of them: both must say the same, but for what the import says that it took out or left
//! out. A command for the Windows prompt stands beside its twin for Bash, which is the one that is run: there
//! is no such prompt here. And each form of code is run by what it is written for.

#![expect(clippy::unwrap_used, reason = "a test's helper fails like the test")]

mod commands;
mod compared;
mod difference;
mod hostile;
mod refused;
mod support;
mod written;
