//! The four providers on loopback over TLS, imitated from their own documentation and from nothing
//! else: a test that passes here shows what the documents ask for, not what our client believes.
//!
//! [`Sandbox::start`] runs them on a thread of their own until the [`Sandbox`] is dropped; the
//! binary `keyturn-sandbox` does the same for the demo. Every credential is made up at the start.
//! This is the one crate in which the providers' names stand in Rust.
//!
//! What it refuses: it never leaves loopback, and it invents no behaviour silently. Where a
//! provider's documents are silent, the module of that provider says "not documented" and what was
//! chosen.
//!
//! | where to look | for |
//! |---|---|
//! | `deepvue`, `deepidv`, `deeply`, `deepcurrent` | one provider's endpoints and their sources |
//! | [`Admin`], [`Command`] | what a test can do: expire tokens, move the clock, revoke a key, … |
//! | [`Fault`] | answers that no document shows: broken, endless, hanging, redirecting |
//! | [`TlsFault`] | connections that must not be trusted |
//!
//! # The admin port
//!
//! [`Sandbox::admin_url`] speaks JSON over plain HTTP on loopback, for whoever runs the binary:
//!
//! | request | answer |
//! |---|---|
//! | `GET /state` | `{"now", "credentials", "counts": {PROVIDER: {PATH: n}}, "last_tokens": {PROVIDER: TOKEN}}` |
//! | `GET /requests/PROVIDER` | what reached the provider, oldest first: method, path, query, headers, body |
//! | `POST /control` | one [`Command`]; `{"ok": true}`, with `"key"` where the command yields one |
//!
//! ```text
//! {"do": "expire_tokens", "provider": "deepvue"}
//! {"do": "advance_clock", "seconds": 86400}
//! {"do": "stop_clock"} · {"do": "run_clock"}
//! {"do": "revoke_key", "provider": "deepidv"}
//! {"do": "issue_key", "provider": "deepcurrent"}        → {"ok": true, "key": "dc_…"}
//! {"do": "issue_pair"}                                  Deepvue's new pair; its client id stands in /state
//! {"do": "confirm_key", "provider": "deepcurrent"}      the old key dies here
//! {"do": "reveal_key"}                                  DeepCurrent's dialog: the key once, then four characters
//! {"do": "allow_ips", "provider": "deepvue", "ips": ["203.0.113.7"]}   null lifts it
//! {"do": "forbid", "provider": "deepcurrent", "on": true}              403: no access
//! {"do": "out_of_credit", "on": true}                                  deepidv's 402
//! {"do": "set_used_today", "provider": "deepidv", "count": 9999}
//! {"do": "set_plan", "plan": "starter"}
//! {"do": "set_panbasic_auth", "auth": "both"}
//! {"do": "break_tls", "provider": "deeply", "fault": "expired"}        null mends it
//! {"do": "fault", "provider": "deepvue", "kind": "answer", "status": 500, "body": "{}", "times": 1}
//! {"do": "clear_faults", "provider": "deepvue"}
//! {"do": "forget_requests"}
//! ```

mod admin;
mod admin_http;
mod certificates;
mod command;
mod credentials;
mod deepcurrent;
mod deepidv;
mod deeply;
mod deepvue;
mod draw;
mod fault;
mod gate;
mod jwt;
mod limits;
mod listen;
mod options;
mod provider;
mod sandbox;
mod seen;
mod state;
mod tokens;

pub use admin::Admin;
pub use command::{Command, CommandError};
pub use credentials::Credentials;
pub use fault::{Fault, FaultKind};
pub use options::{PanbasicAuth, Plan, SandboxOptions, TlsFault};
pub use provider::Provider;
pub use sandbox::{Sandbox, StartError};
pub use seen::SeenRequest;
