//! Journeys through the real window: real agent, real command line, imitated providers, real clipboard.
//!
//! Each has a machine of its own. The window is driven by `WebKitWebDriver` and looked at as a user
//! looks at it: by role and name.

mod access;
mod agent;
mod appearance;
mod closing;
mod consent;
mod copying;
mod credentials;
mod first_run;
mod kinds;
mod leaks;
mod matrix;
mod memory;
mod odd_input;
mod paste;
mod payloads;
mod placement;
mod restart;
mod reveal;
mod rotation;
mod second_start;
mod shortcut;
mod support;
mod tester;
mod tokens;
mod tray;
mod tree;
