//! Journeys through the real window: real agent, real command line, imitated providers, real clipboard.
//!
//! Each has a machine of its own. The window is driven by `WebKitWebDriver` and looked at as a user
//! looks at it: by role and name.

mod access;
mod agent;
mod credentials;
mod first_run;
mod leaks;
mod reveal;
mod rotation;
mod second_start;
mod support;
mod tokens;
