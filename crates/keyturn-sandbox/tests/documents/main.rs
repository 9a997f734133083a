//! What the providers' documents say, sentence by sentence, asked of the sandbox with a client that
//! is not ours. Each test quotes its sentence.
#![expect(clippy::unwrap_used, reason = "a test's helper fails like the test")]

mod binary;
mod control;
mod deepcurrent;
mod deepidv;
mod deeply;
mod deepvue;
mod faults;
mod support;
mod transport;
