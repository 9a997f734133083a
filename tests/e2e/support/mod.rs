//! A machine with a screen, an agent, the imitated providers, and the real window under automation.
//!
//! The programs lie beside each other in one folder: `scripts/beside.sh` puts them there. The bus, the
//! screen and the clipboard's reader are those of the journeys in `tests/it`.

#![allow(dead_code, unused_imports, reason = "tests, tour and figures each use a part of it")]

pub(crate) mod cpu;
#[path = "../../it/support/desktop.rs"]
mod desktop;
mod drag;
mod driver;
mod find;
mod http;
mod inspector;
mod machine;
pub(crate) mod memory;
#[path = "../../it/support/panel.rs"]
mod panel;
pub(crate) mod processes;
#[path = "../../it/support/program.rs"]
mod program;
mod prompt;
mod sandbox;
mod screen;
#[path = "../../it/support/wait.rs"]
pub(crate) mod wait;

pub(crate) use drag::Dragged;
pub(crate) use driver::{Element, Key, Window, programs};
pub(crate) use inspector::Inspector;
pub(crate) use machine::{Machine, PASSPHRASE};
pub(crate) use panel::Panel;
pub(crate) use prompt::Prompt;
pub(crate) use sandbox::Provider;
pub(crate) use screen::Geometry;
