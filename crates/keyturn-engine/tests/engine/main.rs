//! The engine with a vault in a temporary folder, a clock that stands still, and a provider that
//! says what the test tells it to.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod credentials;
mod reminders;
mod requests;
mod tokens;
mod world;
